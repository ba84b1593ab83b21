"""Vim's keys in a code editor: Qt's events to the engine, and what it answers to the widget."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor

from sparring.editing import Selection
from sparring.editing.search import find_all
from sparring.editing.vim import Mode, Response, Vim
from sparring.editing.vim.search import query_of
from sparring.live.text import Intent
from sparring.ui.editor.code_editor import CodeEditor

_NAMES = {
    Qt.Key.Key_Escape: "<Esc>", Qt.Key.Key_Return: "<CR>", Qt.Key.Key_Enter: "<CR>", Qt.Key.Key_Backspace: "<BS>",
    Qt.Key.Key_Delete: "<Del>", Qt.Key.Key_Tab: "<Tab>", Qt.Key.Key_Left: "<Left>", Qt.Key.Key_Right: "<Right>",
    Qt.Key.Key_Up: "<Up>", Qt.Key.Key_Down: "<Down>", Qt.Key.Key_Home: "<Home>", Qt.Key.Key_End: "<End>",
}  # fmt: skip
_CONTROL_KEYS = {
    Mode.INSERT: "[wuh",
    Mode.REPLACE: "[wuh",
}
_COMMAND_KEYS = "[dufbreyv"
"""Letters that Vim takes with Ctrl in its other modes; the rest stay the app's."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_WORDS = {
    Mode.NORMAL: "NORMAL", Mode.INSERT: "INSERT", Mode.VISUAL: "VISUAL", Mode.VISUAL_LINE: "VISUAL LINE",
    Mode.REPLACE: "REPLACE", Mode.COMMAND: "",
}  # fmt: skip


class VimKeys(QObject):
    """Takes an editor's keys first while it lives."""

    status_changed = Signal(str)
    """The mode and what is unfinished, for the line below the code."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        clipboard = QGuiApplication.clipboard()
        self._vim = Vim(clipboard.text, clipboard.setText)
        editor.key_handlers.append(self)
        editor.place_chosen.connect(self._settle)
        editor.inserted.connect(self._vim.typed)
        self._marked: tuple[str, str] | None = None
        self._show("")

    def detach(self) -> None:
        """The keys are the editor's own again."""
        self._editor.key_handlers.remove(self)
        self._editor.place_chosen.disconnect(self._settle)
        self._editor.inserted.disconnect(self._vim.typed)
        self._editor.setCursorWidth(1)
        self._editor.grouped.emit(False)
        self._unmark()
        self._editor.marks.show()
        self.deleteLater()

    @property
    def mode(self) -> Mode:
        return self._vim.mode

    @property
    def _is_inserting(self) -> bool:
        return self.mode in (Mode.INSERT, Mode.REPLACE)

    # Keys.

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key with Ctrl is Vim's before it is a shortcut."""
        return self._name(event) is not None

    def handle_key(self, event: QKeyEvent) -> bool:
        name = self._name(event)
        if name is None:
            return False
        return self._press(name)

    def handle_text(self, text: str) -> bool:
        """What an input method gives: typed in insert mode, keys in the others (a dead key after f, say)."""
        if self.mode is Mode.INSERT:
            return False
        for key in text:
            if not self._press(key) and self._vim.mode is Mode.INSERT:
                self._editor.insert(key)
        return True

    def _press(self, name: str) -> bool:
        editor = self._editor
        if editor.extra_selections:
            editor.set_selections(editor.selections[:1])
        before, was_inserting = editor.selections[0], self._is_inserting
        response = self._vim.key(name, editor.text, before, editor.language)
        if editor.isReadOnly() and (response.change is not None or self.mode in (Mode.INSERT, Mode.REPLACE)):
            editor.set_selections((self._vim.leave(editor.text, before),))
            self._show("this text can only be read")
            return True
        if self._is_inserting and not was_inserting:
            # An insertion is one thing to undo, with the command that began it.
            editor.grouped.emit(True)
        self._carry_out(response)
        if was_inserting and not self._is_inserting:
            editor.grouped.emit(False)
        return response.handled

    def _name(self, event: QKeyEvent) -> str | None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & _COMMANDS
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            letter = chr(key).lower() if 0x20 < key.value < 0x7F else ""
            taken = _CONTROL_KEYS.get(self.mode, _COMMAND_KEYS)
            return f"<C-{letter}>" if letter and letter in taken else None
        if key in _NAMES and not modifiers:
            return _NAMES[key]
        text = event.text()
        return text if text and text.isprintable() and modifiers != Qt.KeyboardModifier.AltModifier else None

    def _carry_out(self, response: Response) -> None:
        editor = self._editor
        if response.change is not None:
            editor.apply(response.change, Intent.COMMAND)
        if response.selection is not None:
            editor.set_selections((response.selection,))
            editor.ensureCursorVisible()
        if response.ask:
            self._ask(response.ask, response.count)
        self._show(response.message)

    def _ask(self, what: str, count: int) -> None:
        editor = self._editor
        bar = editor.verticalScrollBar()
        page = max(2, editor.viewport().height() // max(1, editor.fontMetrics().lineSpacing()))
        if what in ("undo", "redo"):
            for _ in range(count):
                (editor.undo_requested if what == "undo" else editor.redo_requested).emit()
            self._settle()
        elif what.startswith(("half-page", "page")):
            lines = page // 2 if what.startswith("half") else page - 2
            self._move_lines(count * lines if what.endswith("down") else -count * lines)
        elif what in ("line-down", "line-up"):
            bar.setValue(bar.value() + (count if what == "line-down" else -count))
        else:
            line = editor.textCursor().block().firstLineNumber()
            bar.setValue({"centre": line - page // 2, "top": line, "bottom": line - page + 2}.get(what, bar.value()))

    def _move_lines(self, by: int) -> None:
        cursor = self._editor.textCursor()
        operation = QTextCursor.MoveOperation.Down if by > 0 else QTextCursor.MoveOperation.Up
        mode = QTextCursor.MoveMode.KeepAnchor if self.mode.is_visual else QTextCursor.MoveMode.MoveAnchor
        moved = cursor.movePosition(operation, mode, abs(by))
        if not moved:
            # Fewer lines are left: to the last one.
            end = QTextCursor.MoveOperation.End if by > 0 else QTextCursor.MoveOperation.Start
            cursor.movePosition(end, mode)
        self._editor.setTextCursor(cursor)
        self._editor.verticalScrollBar().setValue(self._editor.verticalScrollBar().value() + by)
        self._editor.ensureCursorVisible()
        self._settle()

    def _settle(self) -> None:
        """Something else moved the cursor."""
        here = self._editor.selections[0]
        there = self._vim.settle(self._editor.text, here)
        if there != here:
            self._editor.set_selections((there, *self._editor.extra_selections))
        self._show("")

    def _show(self, message: str) -> None:
        block = self._editor.fontMetrics().horizontalAdvance("m")
        self._editor.setCursorWidth(2 if self.mode in (Mode.INSERT, Mode.COMMAND) else block)
        self._mark()
        self._editor.marks.show()
        parts = (_WORDS[self.mode], self._vim.pending, message)
        self.status_changed.emit("  ".join(part for part in parts if part))

    def _mark(self) -> None:
        """The last search's matches; a search in the find line keeps its own."""
        pattern, text = self._vim.highlighted, self._editor.text
        if not pattern:
            self._unmark()
        elif self._marked != (pattern, text):
            self._editor.marks.matches = _matches(text, pattern)
            self._marked = (pattern, text)

    def _unmark(self) -> None:
        if self._marked is not None:
            self._editor.marks.matches = ()
            self._marked = None


def _matches(text: str, pattern: str) -> tuple[Selection, ...]:
    try:
        return find_all(text, query_of(pattern))
    except ValueError:
        return ()
