"""Where the names and the signature go: one below the line that is written, one above it, both in the window."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from sparring.ui.editor.completion.popup import HINT_INSET, NAMES_INSET
from sparring.ui.theme import GRID

GAP = GRID // 2


def place(names: QWidget, hint: QWidget, line: QRect, word_width: int) -> None:
    """Put the overlays around `line` (the cursor's place in their window), both beginning where the word does.

    The names go below and the signature above; where there is no room below, or none above, they make do.
    """
    window = names.parentWidget()
    if window is None:
        return
    above, below = line.top() - GAP, line.bottom() + 1 + GAP
    is_below = below + names.height() <= window.height() or above < names.height()
    hint_is_above = is_below and above >= hint.height()
    start = line.x() - word_width
    _move(names, start, NAMES_INSET, below if is_below else above - names.height())
    if hint_is_above:
        _move(hint, start, HINT_INSET, above - hint.height())
    else:
        taken = names.height() + GAP if is_below and names.isVisible() else 0
        _move(hint, start, HINT_INSET, below + taken)


def _move(overlay: QWidget, start: int, inset: int, top: int) -> None:
    window = overlay.parentWidget()
    assert window is not None
    x = start - inset
    overlay.move(max(GRID, min(x, window.width() - overlay.width() - GRID)), top)
    overlay.raise_()
