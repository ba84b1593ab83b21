"""An editor with what belongs to it: the search below, and a quiet line that says where one is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QInputDialog, QWidget

from sparring.live import positions
from sparring.ui.editor.code_editor import CodeEditor
from sparring.ui.editor.completion import Completer, CompletionWorker, PlainTextTarget
from sparring.ui.editor.find_bar import FindBar
from sparring.ui.editor.vim_keys import VimKeys
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import column, label, row


@dataclass(frozen=True)
class EditorOptions:
    """What a person chose for their editors."""

    completion: bool = True
    auto_close: bool = True
    soft_wrap: bool = False
    show_whitespace: bool = False
    vim: bool = False
    zoom: int = 0


class EditorPane(QWidget):
    """See the module."""

    def __init__(self, editor: CodeEditor, worker: CompletionWorker) -> None:
        super().__init__()
        self.editor = editor
        self.completer = Completer(PlainTextTarget(editor), worker)
        self._vim: VimKeys | None = None
        editor.key_handlers.append(self.completer)
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
        self._language = ""
        editor.selections_changed.connect(self._show_place)
        # What a partner writes above my place, or a text that is begun anew, moves it without a key of mine.
        editor.cursorPositionChanged.connect(self._show_place)
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
            "complete": self.completer.complete,
            "whitespace": lambda: self.set_whitespace_shown(not self._whitespace),
        }

    def set_options(self, options: EditorOptions) -> None:
        """Work as the person likes it."""
        self.editor.auto_close = options.auto_close
        self.completer.set_enabled(options.completion)
        self.set_soft_wrap(options.soft_wrap)
        self.set_whitespace_shown(options.show_whitespace)
        if options.zoom != self.editor.zoom:
            self.editor.set_zoom(options.zoom)
        if options.vim and self._vim is None:
            self._vim = VimKeys(self.editor)
            self._vim.status_changed.connect(self._mode.setText)
            self._mode.setText("NORMAL")
        elif not options.vim and self._vim is not None:
            self._vim.detach()
            self._vim = None
            self._mode.setText("")

    def set_language(self, language: str) -> None:
        """The language of the code."""
        if language == self._language:
            return
        self._language = language
        self.editor.set_language(language)
        self.completer.set_language(language)

    def set_theme(self, theme: Theme) -> None:
        self.completer.set_theme(theme)

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

    def _show_place(self) -> None:
        cursor = self.editor.textCursor()
        column = positions.code_points_from_utf16(cursor.block().text(), cursor.positionInBlock())
        words = f"Line {cursor.blockNumber() + 1}, column {column + 1}"
        many = len(self.editor.selections)
        if many > 1:
            words = f"{many} cursors · {words}"
        self._place.setText(words)
