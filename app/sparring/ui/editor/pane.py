"""An editor with what belongs to it: the search below, and a quiet line that says where one is."""

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget

from sparring.ui.editor.code_editor import CodeEditor
from sparring.ui.editor.find_bar import FindBar
from sparring.ui.theme import GRID
from sparring.ui.widgets import column, label, row


class EditorPane(QWidget):
    """See the module."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__()
        self.editor = editor
        self.find_bar = FindBar(editor)
        self._place = label("", "dim", f"{editor.objectName()}-place")
        self._mode = label("", "dim", f"{editor.objectName()}-mode")
        foot = row(self._mode, 0, self._place)
        foot.setContentsMargins(GRID * 4, GRID, GRID * 4, GRID)
        layout = column(editor, self.find_bar, foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(editor)
        self._soft_wrap = self._whitespace = False
        self._mode_words = ""
        editor.selections_changed.connect(self._show_place)
        self._show_place()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What can be done here, by the ids of the table of actions."""
        return {
            "find": lambda: self.find_bar.open(with_replace=False),
            "replace": lambda: self.find_bar.open(with_replace=True),
            "find-next": lambda: self.find_bar.go(),
            "find-previous": lambda: self.find_bar.go(backwards=True),
            "go-to-line": self.ask_line,
            "soft-wrap": lambda: self.set_soft_wrap(not self._soft_wrap),
            "whitespace": lambda: self.set_whitespace_shown(not self._whitespace),
        }

    def ask_line(self) -> None:
        """Which line to go to."""
        dialog = QInputDialog(self)
        dialog.setObjectName("go-to-line")
        dialog.setWindowTitle("Go to a line")
        dialog.setLabelText(f"Line, 1 to {self.editor.line_count}")
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, self.editor.line_count)
        dialog.setIntValue(self.editor.textCursor().blockNumber() + 1)
        dialog.intValueSelected.connect(self.editor.go_to_line)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_soft_wrap(self, on: bool) -> None:
        self._soft_wrap = on
        self.editor.set_soft_wrap(on)

    def set_whitespace_shown(self, on: bool) -> None:
        self._whitespace = on
        self.editor.set_whitespace_shown(on)

    def set_mode_words(self, words: str) -> None:
        """What the keys mean now, say: "NORMAL  2d"."""
        self._mode.setText(words)

    def _show_place(self) -> None:
        cursor = self.editor.textCursor()
        words = f"Line {cursor.blockNumber() + 1}, column {cursor.positionInBlock() + 1}"
        many = len(self.editor.selections)
        if many > 1:
            words = f"{many} cursors · {words}"
        self._place.setText(words)
