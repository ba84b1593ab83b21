"""F6: the parts of the window that one goes round with a key."""

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication, QSplitter, QWidget


def panes_of(screen: QWidget) -> list[QWidget]:
    """A screen's bars and columns in the order of the eye; a screen without columns is one pane."""
    splitters = [one for one in screen.findChildren(QSplitter) if not _inside_splitter(one, screen)]
    if not splitters:
        return [screen] if first_focusable(screen) else []
    bars = [one for one in screen.findChildren(QWidget) if one.property("role") == "bar"]
    found = [*bars, *(leaf for splitter in splitters for leaf in _leaves(splitter))]
    return [pane for pane in found if pane.isVisible() and first_focusable(pane)]


def next_pane(panes: list[QWidget], focus: QWidget | None, *, back: bool = False) -> QWidget | None:
    """The pane after, or before, the one with the focus; the first or the last if none has it."""
    if not panes:
        return None
    here = next((n for n, pane in enumerate(panes) if focus is not None and _holds(pane, focus)), None)
    if here is None:
        return panes[-1 if back else 0]
    return panes[(here + (-1 if back else 1)) % len(panes)]


def focus_pane(pane: QWidget) -> None:
    """Give a pane the focus: where it was the last time, else its first part."""
    # Qt remembers the last one for every widget, not only for windows.
    last = pane.focusProxy() or pane.focusWidget()
    target = last if last is not None and _takes_focus(last) else first_focusable(pane)
    if target is not None:
        target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)


def focus_screen(screen: QWidget, last: QWidget | None = None) -> None:
    """Give a screen the focus: to the part that had it `last`, else at the screen's `home`, else at its first part.

    The home is where a hand would go first; a screen that has one says so with a method of that name.
    """
    home = getattr(screen, "home", None)
    targets: list[QWidget | None] = [last, home() if home is not None else None]
    targets.extend(first_focusable(pane) for pane in panes_of(screen)[:1])
    found = next((one for one in targets if one is not None and _can_have_focus(one)), None)
    if found is not None:
        found.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)


def first_focusable(pane: QWidget) -> QWidget | None:
    """The part that Tab would come to first."""
    candidate: QWidget | None = pane
    for _ in range(len(QApplication.allWidgets())):
        if candidate is None:
            break
        if _holds(pane, candidate) and _takes_focus(candidate):
            return candidate
        candidate = candidate.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled():
        return False
    # The proxy last: PySide takes the answer for a child, and a scroll area is the proxy of its own viewport.
    return bool(widget.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _can_have_focus(widget: QWidget) -> bool:
    """Also what Tab passes by: of exclusive buttons only one is on its way."""
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != QtCore.Qt.FocusPolicy.NoFocus


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _inside_splitter(widget: QWidget, screen: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not screen:
        if isinstance(parent, QSplitter):
            return True
        parent = parent.parentWidget()
    return False


def _leaves(splitter: QSplitter) -> list[QWidget]:
    found: list[QWidget] = []
    for number in range(splitter.count()):
        part = splitter.widget(number)
        if isinstance(part, QSplitter):
            found.extend(_leaves(part))
        elif part is not None:
            found.append(part)
    return found
