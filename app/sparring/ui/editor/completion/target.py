"""A code editor as completion sees it."""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QFont

from sparring.ui.editor.code_editor import CodeEditor


class PlainTextTarget(QObject):
    """Fits a `CodeEditor` to `Completable`: positions in code points, places in pixels of the editor."""

    scrolled = Signal()

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.typed = editor.typed
        self.cursor_moved = editor.cursor_moved
        editor.verticalScrollBar().valueChanged.connect(self.scrolled)
        editor.horizontalScrollBar().valueChanged.connect(self.scrolled)

    @property
    def widget(self) -> CodeEditor:
        return self._editor

    @property
    def text(self) -> str:
        return self._editor.text

    @property
    def cursor_position(self) -> int:
        return self._editor.cursor_position

    @property
    def has_selection(self) -> bool:
        return self._editor.textCursor().hasSelection() or bool(self._editor.extra_selections)

    @property
    def can_edit(self) -> bool:
        return not self._editor.isReadOnly()

    @property
    def code_font(self) -> QFont:
        return self._editor.font()

    def cursor_rect(self) -> QRect:
        inside = self._editor.cursorRect()
        return QRect(self._editor.viewport().mapTo(self._editor, inside.topLeft()), inside.size())

    def replace(self, start: int, stop: int, inserted: str) -> None:
        self._editor.replace_range(start, stop, inserted)
