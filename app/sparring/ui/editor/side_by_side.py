"""Two editors side by side after the reveal: they scroll together, and their differences are marked and stepped."""

import contextlib
import functools

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from sparring.editing.differences import Difference, beside, differences, marked_lines
from sparring.ui.editor.code_editor import CodeEditor

COMPARE_MS = 150
"""So long after the last change the texts are compared, in another thread."""


class SideBySide(QObject):
    """Ties two editors together while it is active."""

    changed = Signal()
    """The differences, or which of them is pointed at, are others now."""
    _compared = Signal(int, object)

    def __init__(self, left: CodeEditor, right: CodeEditor) -> None:
        super().__init__(left)
        self._left, self._right = left, right
        self._is_active = False
        self._scrolls_together = True
        self._is_scrolling = False
        self._asked = 0
        self._found: tuple[Difference, ...] = ()
        self._current: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMPARE_MS)
        self._timer.timeout.connect(self._compare)
        self._compared.connect(self._show)
        for editor, other in ((left, right), (right, left)):
            editor.document().contentsChanged.connect(self._text_changed)
            editor.verticalScrollBar().valueChanged.connect(functools.partial(self._scrolled, editor, other))

    @property
    def count(self) -> int:
        return len(self._found)

    @property
    def current(self) -> int | None:
        """The difference that is pointed at, from 0."""
        return self._current

    @property
    def scrolls_together(self) -> bool:
        return self._scrolls_together

    def set_scrolls_together(self, on: bool) -> None:
        self._scrolls_together = on
        if on:
            self._scrolled(self._left, self._right)

    def set_active(self, active: bool) -> None:
        """Compare and mark from now on, or no longer."""
        if active == self._is_active:
            return
        self._is_active = active
        if active:
            self._compare()
        else:
            self._asked += 1
            self._found, self._current = (), None
            self._mark()

    def step(self, by: int) -> None:
        """To the next difference, or the one before, round and round."""
        if not self._found:
            return
        self._current = (0 if by > 0 else -1) if self._current is None else self._current + by
        self._current %= len(self._found)
        one = self._found[self._current]
        for editor, line in ((self._left, one.left_start), (self._right, one.right_start)):
            self._is_scrolling = True
            editor.show_line(line, editor.verticalScrollBar().pageStep() // 3)
            self._is_scrolling = False
        self._mark()

    def _text_changed(self) -> None:
        if self._is_active:
            self._timer.start()

    def _compare(self) -> None:
        self._asked += 1
        number, left, right = self._asked, self._left.text, self._right.text

        def work() -> None:
            found = differences(left, right)
            # The window may be gone by now.
            with contextlib.suppress(RuntimeError):
                self._compared.emit(number, found)

        QThreadPool.globalInstance().start(work)

    def _show(self, number: int, found: object) -> None:
        if number != self._asked or not self._is_active:
            return
        assert isinstance(found, tuple)
        self._found = found
        if self._current is not None and self._current >= len(found):
            self._current = None
        self._mark()

    def _mark(self) -> None:
        one = self._found[self._current] if self._current is not None else None
        for editor, of_left in ((self._left, True), (self._right, False)):
            editor.marks.lines = marked_lines(self._found, of_left=of_left)
            editor.marks.lit = None if one is None else one.left_start if of_left else one.right_start
            editor.marks.show()
            editor.update_numbers()
        self.changed.emit()

    def _scrolled(self, source: CodeEditor, target: CodeEditor, _: int = 0) -> None:
        if not self._is_active or not self._scrolls_together or self._is_scrolling:
            return
        line = source.firstVisibleBlock().blockNumber()
        there = target.document().findBlockByNumber(beside(line, self._found, from_left=source is self._left))
        self._is_scrolling = True
        target.verticalScrollBar().setValue(there.firstLineNumber() if there.isValid() else target.blockCount())
        self._is_scrolling = False
