"""What the keys of a code editor do: one table from keys to commands, the same for keyboard, menu and palette."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu

from sparring.editing import Change, Selection, characters, cursors, lines
from sparring.live import positions
from sparring.live.text import Intent
from sparring.ui.shell.actions import key_of

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
Act = Callable[["CodeEditor"], None]


@dataclass(frozen=True)
class Command:
    """Something the editor does on a key. One that changes the text does nothing in a text that can only be read."""

    act: Act
    changes: bool = True


def _lines(make: Callable[..., Change], *rest: object) -> Act:
    def act(editor: "CodeEditor") -> None:
        editor.apply(make(editor.text, editor.selections, *rest))

    return act


def _in_language(make: Callable[..., Change]) -> Act:
    def act(editor: "CodeEditor") -> None:
        editor.apply(make(editor.text, editor.selections, editor.language))

    return act


def _select(make: Callable[..., tuple[Selection, ...]], *rest: object) -> Act:
    def act(editor: "CodeEditor") -> None:
        editor.set_selections(make(editor.text, editor.selections, *rest))
        editor.ensureCursorVisible()

    return act


def undo(editor: "CodeEditor") -> None:
    """What is undone is decided below the interface."""
    editor.undo_requested.emit()


def redo(editor: "CodeEditor") -> None:
    """And what is done again."""
    editor.redo_requested.emit()


def new_line(editor: "CodeEditor") -> None:
    """Enter."""
    editor.apply(characters.new_line(editor.text, editor.selections, editor.language), Intent.TYPE)


def backspace(editor: "CodeEditor") -> None:
    """Backspace."""
    change = characters.backspace(editor.text, editor.selections, editor.language, auto_close=editor.auto_close)
    editor.apply(change, Intent.DELETE)


def delete(editor: "CodeEditor") -> None:
    """Delete."""
    editor.apply(characters.delete(editor.text, editor.selections), Intent.DELETE)


def one_cursor(editor: "CodeEditor") -> None:
    """Back to the main cursor, then to no selection."""
    main = editor.selections[0]
    editor.set_selections((main if editor.extra_selections else Selection.at(main.head),))


def copy(editor: "CodeEditor") -> None:
    """What is selected, or the line."""
    taken, _ = characters.cut_lines(editor.text, editor.selections)
    QGuiApplication.clipboard().setText(taken)


def cut(editor: "CodeEditor") -> None:
    """The same, and take it away."""
    taken, change = characters.cut_lines(editor.text, editor.selections)
    QGuiApplication.clipboard().setText(taken)
    editor.apply(change)


def select_paste(editor: "CodeEditor") -> None:
    """What was pasted last, wherever it is by now."""
    if editor.last_paste is not None:
        editor.set_selections((editor.last_paste,))


EDITOR_COMMANDS: dict[str, Command] = {
    "undo": Command(undo),
    "redo": Command(redo),
    "comment": Command(_in_language(lines.toggle_comment)),
    "indent": Command(_in_language(lines.indent)),
    "unindent": Command(_in_language(lines.unindent)),
    "line-up": Command(_lines(lines.move_lines, -1)),
    "line-down": Command(_lines(lines.move_lines, 1)),
    "duplicate": Command(_lines(lines.duplicate_lines)),
    "delete-line": Command(_lines(lines.delete_lines)),
    "next-occurrence": Command(_select(cursors.add_next_occurrence), changes=False),
    "all-occurrences": Command(_select(cursors.select_all_occurrences), changes=False),
    "cursor-above": Command(_select(cursors.add_vertically, -1), changes=False),
    "cursor-below": Command(_select(cursors.add_vertically, 1), changes=False),
    "split-lines": Command(_select(cursors.split_into_lines), changes=False),
    "select-paste": Command(select_paste, changes=False),
    "zoom-in": Command(lambda editor: editor.set_zoom(editor.zoom + 1), changes=False),
    "zoom-out": Command(lambda editor: editor.set_zoom(editor.zoom - 1), changes=False),
    "zoom-usual": Command(lambda editor: editor.set_zoom(0), changes=False),
}
"""By the id of the action's row in the table of actions."""

_PLAIN: dict[tuple[Qt.Key, Qt.KeyboardModifier], Command] = {
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): Command(new_line),
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): Command(new_line),
    (Qt.Key.Key_Return, _SHIFT): Command(new_line),
    (Qt.Key.Key_Enter, _SHIFT): Command(new_line),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier): Command(_in_language(lines.tab)),
    (Qt.Key.Key_Backtab, _SHIFT): Command(_in_language(lines.unindent)),
    (Qt.Key.Key_Backtab, Qt.KeyboardModifier.NoModifier): Command(_in_language(lines.unindent)),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): Command(backspace),
    (Qt.Key.Key_Backspace, _SHIFT): Command(backspace),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): Command(delete),
    (Qt.Key.Key_Backspace, _CONTROL): Command(_lines(characters.delete_word_before)),
    (Qt.Key.Key_Delete, _CONTROL): Command(_lines(characters.delete_word_after)),
    (Qt.Key.Key_Y, _CONTROL): EDITOR_COMMANDS["redo"],
    (Qt.Key.Key_Plus, _CONTROL): EDITOR_COMMANDS["zoom-in"],
}


def _table() -> dict[int, Command]:
    table = {QKeyCombination(modifiers, key).toCombined(): command for (key, modifiers), command in _PLAIN.items()}
    for action, command in EDITOR_COMMANDS.items():
        table[QKeySequence(key_of(action))[0].toCombined()] = command  # type: ignore[index]
    return table


_COMMANDS = _table()
"""By key and modifiers in one number: to put Python's flags together takes longer than all the rest here."""
_KEYPAD_BIT = _KEYPAD.value
_COMMAND_BITS = (_CONTROL.value, (_CONTROL | _SHIFT).value)


def _command(editor: "CodeEditor", event: QKeyEvent) -> Command | None:
    command = _COMMANDS.get(event.keyCombination().toCombined() & ~_KEYPAD_BIT)
    if command is None and event.key() == Qt.Key.Key_Escape and len(editor.selections) > 1:
        return Command(one_cursor, changes=False)
    return command if command is None or not (command.changes and editor.isReadOnly()) else None


def wants(editor: "CodeEditor", event: QKeyEvent) -> bool | None:
    """Whether a key is the editor's before it is a shortcut; None to leave it to Qt."""
    if _command(editor, event) is not None:
        return True
    modifiers = event.modifiers()
    if not modifiers & (_CONTROL | _ALT) or _is_printable(event):
        return None
    moves = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
    known = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste)
    if event.key() in moves or event.matches(QKeySequence.StandardKey.SelectAll) or any(map(event.matches, known)):
        return None
    return False


def handle(editor: "CodeEditor", event: QKeyEvent) -> bool:
    """Do what a key means; False leaves it to Qt (moving one cursor, say)."""
    command = _command(editor, event)
    if command is not None:
        command.act(editor)
        return True
    if event.matches(QKeySequence.StandardKey.Copy):
        copy(editor)
        return True
    if not editor.isReadOnly():
        if event.matches(QKeySequence.StandardKey.Cut):
            cut(editor)
            return True
        if _is_printable(event):
            type_text(editor, event.text())
            return True
    return _move(editor, event)


def _is_printable(event: QKeyEvent) -> bool:
    if not event.text().isprintable() or not event.text():
        return False
    return event.modifiers().value & ~_KEYPAD_BIT not in _COMMAND_BITS


def type_text(editor: "CodeEditor", text: str) -> None:
    """Printable characters, as typed."""
    for character in positions.clean(text):
        change = characters.type_character(
            editor.text, editor.selections, character, editor.language, auto_close=editor.auto_close
        )
        editor.apply(change, Intent.TYPE)


_MOVES: dict[Qt.Key, tuple[QTextCursor.MoveOperation, QTextCursor.MoveOperation]] = {
    Qt.Key.Key_Left: (QTextCursor.MoveOperation.Left, QTextCursor.MoveOperation.PreviousWord),
    Qt.Key.Key_Right: (QTextCursor.MoveOperation.Right, QTextCursor.MoveOperation.NextWord),
    Qt.Key.Key_Up: (QTextCursor.MoveOperation.Up, QTextCursor.MoveOperation.Up),
    Qt.Key.Key_Down: (QTextCursor.MoveOperation.Down, QTextCursor.MoveOperation.Down),
    Qt.Key.Key_Home: (QTextCursor.MoveOperation.StartOfLine, QTextCursor.MoveOperation.Start),
    Qt.Key.Key_End: (QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveOperation.End),
}


def _move(editor: "CodeEditor", event: QKeyEvent) -> bool:
    """Move every cursor; a single one is left to Qt, but for Home, which stops at the code first."""
    operations = _MOVES.get(Qt.Key(event.key()))
    modifiers = event.modifiers() & ~_KEYPAD
    if operations is None or modifiers & _ALT:
        return False
    editor.place_chosen.emit()
    is_home = event.key() == Qt.Key.Key_Home and not modifiers & _CONTROL
    if not editor.extra_selections and not is_home:
        return False
    keep = QTextCursor.MoveMode.KeepAnchor if modifiers & _SHIFT else QTextCursor.MoveMode.MoveAnchor
    moved = []
    for one in editor.selections:
        cursor = editor.cursor_of(one)
        if is_home:
            line = cursor.block().text()
            indent = len(line) - len(line.lstrip())
            column = 0 if cursor.positionInBlock() == indent else indent
            cursor.setPosition(cursor.block().position() + column, keep)
        elif cursor.hasSelection() and keep is QTextCursor.MoveMode.MoveAnchor and not modifiers:
            _leave(cursor, Qt.Key(event.key()), operations[0])
        else:
            cursor.movePosition(operations[bool(modifiers & _CONTROL)], keep)
        text = editor.text
        moved.append(
            Selection(
                positions.code_points_from_utf16(text, cursor.anchor()),
                positions.code_points_from_utf16(text, cursor.position()),
            )
        )
    editor.set_selections(tuple(dict.fromkeys(moved)))
    editor.ensureCursorVisible()
    return True


def _leave(cursor: QTextCursor, key: Qt.Key, operation: QTextCursor.MoveOperation) -> None:
    """Left and Right leave a selection at its ends."""
    if key == Qt.Key.Key_Left:
        cursor.setPosition(cursor.selectionStart())
    elif key == Qt.Key.Key_Right:
        cursor.setPosition(cursor.selectionEnd())
    else:
        cursor.movePosition(operation)


def context_menu(editor: "CodeEditor") -> QMenu:
    """What the right button offers."""
    menu = QMenu(editor)
    entries: list[tuple[str, str, Callable[[], object], bool]] = [
        ("Undo", key_of("undo"), editor.undo_requested.emit, True),
        ("Redo", key_of("redo"), editor.redo_requested.emit, True),
        ("Cut", "Ctrl+X", partial(cut, editor), True),
        ("Copy", "Ctrl+C", partial(copy, editor), False),
        ("Paste", "Ctrl+V", editor.paste, True),
        ("Select all", "Ctrl+A", editor.selectAll, False),
        ("Comment lines", key_of("comment"), partial(EDITOR_COMMANDS["comment"].act, editor), True),
    ]
    for words, key, act, changes in entries:
        action = menu.addAction(f"{words}\t{key}")
        action.setEnabled(not (changes and editor.isReadOnly()))
        action.triggered.connect(lambda _=False, act=act: act())
    return menu
