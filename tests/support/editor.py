"""A desk with a real editor widget, and the hands, mouse and input method at it."""

import pycrdt
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sparring.editing import Selection
from sparring.live import positions
from sparring.live.document import REMOTE
from sparring.live.text import SharedText
from sparring.ui.editor import CodeEditor, EditorBinding
from sparring.ui.editor.highlighter import Highlighter

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_NAMED = {
    "Esc": Qt.Key.Key_Escape, "CR": Qt.Key.Key_Return, "BS": Qt.Key.Key_Backspace, "Del": Qt.Key.Key_Delete,
    "Tab": Qt.Key.Key_Tab, "Left": Qt.Key.Key_Left, "Right": Qt.Key.Key_Right, "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down, "Home": Qt.Key.Key_Home, "End": Qt.Key.Key_End,
}  # fmt: skip


def highlighter_of(editor: CodeEditor) -> Highlighter:
    found = editor.document().findChild(Highlighter)
    assert isinstance(found, Highlighter)
    return found


def wait_for_colours(qtbot: QtBot, editor: CodeEditor) -> None:
    """A busy machine colours in slices, even what is short."""
    qtbot.waitUntil(lambda: highlighter_of(editor).is_complete, timeout=20_000)


class EditorDesk:
    """A window with an editor on a shared text, and a partner who writes into the same text elsewhere."""

    def __init__(self, qtbot: QtBot, marked: str = "|", language: str = "python") -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(640, 400)
        self.editor = CodeEditor("mine", "My code")
        self.layout = QVBoxLayout(self.window)
        self.layout.addWidget(self.editor)
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self.shared = SharedText(self.doc)
        self.binding = EditorBinding(self.editor, self.shared)
        self.editor.set_language(language)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.editor.setFocus()
        self._elsewhere: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self._theirs = SharedText(self._elsewhere)
        self.write(marked)

    # What is there.

    @property
    def text(self) -> str:
        """The shared text, which the widget shows."""
        shown = self.editor.document().toRawText().replace("\u2029", "\n")
        assert shown == positions.shown(self.shared.value)
        assert self.shared.value == str(self.doc.get("content", type=pycrdt.Text))
        return self.shared.value

    @property
    def marked(self) -> str:
        """The text with "|" where my cursors are, and a selection as "[…|" or "|…]"."""
        text = self.text
        marks: list[tuple[int, str]] = []
        for one in self.editor.selections:
            marks.append((one.head, "|"))
            if not one.is_empty:
                marks.append((one.anchor, "[" if one.anchor < one.head else "]"))
        for place, mark in sorted(marks, reverse=True):
            text = text[:place] + mark + text[place:]
        return text

    @property
    def selected(self) -> list[str]:
        return [self.text[one.start : one.stop] for one in self.editor.selections]

    # What one does.

    def write(self, marked: str) -> None:
        """Begin with this text, with my cursors at each "|"."""
        places = [index - count for count, index in enumerate(i for i, c in enumerate(marked) if c == "|")]
        text = marked.replace("|", "")
        content = self.doc.get("content", type=pycrdt.Text)
        with self.doc.transaction(origin=REMOTE):
            # It was there before I came: none of it is mine to undo.
            content.clear()
            content.insert(0, text)
        self.editor.set_selections([Selection.at(place) for place in places or [0]])

    def select(self, start: int, stop: int) -> None:
        self.editor.set_selections((Selection(start, stop),))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.editor, key, modifiers)

    def keys(self, keys: str) -> "EditorDesk":
        """Keys as Vim writes them: "ciwnew<Esc>", "<C-d>"."""
        while keys:
            if keys[0] == "<" and ">" in keys[1:]:
                name, keys = keys[1:].split(">", 1)
                if name.startswith("C-"):
                    QTest.keyClick(self.editor, name[2:], CONTROL)
                else:
                    QTest.keyClick(self.editor, _NAMED[name])
            else:
                letter, keys = keys[0], keys[1:]
                QTest.keyClick(self.editor, letter, SHIFT if letter.isupper() else NONE)
        return self

    def type_letter(self, letter: str) -> None:
        """A key of a keyboard that has this letter: `QTest` knows only those of ASCII."""
        QApplication.sendEvent(self.editor, QKeyEvent(QKeyEvent.Type.KeyPress, 0, NONE, letter))

    def compose(self, text: str) -> None:
        """What an input method shows of something unfinished."""
        QApplication.sendEvent(self.editor, QInputMethodEvent(text, []))

    def commit(self, text: str) -> None:
        """And what it gives in the end; a dead key does the same."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.editor, event)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CONTROL)

    def place_of(self, position: int) -> QPoint:
        """Where a position is on the viewport."""
        return self.editor.cursorRect(self.editor.cursor_of(Selection.at(position))).center()

    def click(self, position: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.editor.viewport(), Qt.MouseButton.LeftButton, modifiers, self.place_of(position))

    def drag(self, start: int, stop: int) -> None:
        """Select with the mouse."""
        viewport, button = self.editor.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, button, NONE, self.place_of(start))
        QTest.mouseMove(viewport, self.place_of(stop))
        QTest.mouseRelease(viewport, button, NONE, self.place_of(stop))

    def drop(self, text: str, position: int, *, from_here: bool = False) -> None:
        """Let a dragged text go there."""
        data = QMimeData()
        data.setText(text)
        action = Qt.DropAction.MoveAction if from_here else Qt.DropAction.CopyAction
        where = QPointF(self.place_of(position))
        event = _Drop(where, action, data, Qt.MouseButton.LeftButton, NONE)
        event.giver = self.editor if from_here else None
        # Sent by itself Qt would look for the widget that a real drag entered last.
        self.editor.dropEvent(event)

    # What the partner does.

    def partner_writes(self, position: int, text: str, deleted: int = 0) -> None:
        self._elsewhere.apply_update(self.doc.get_update(self._elsewhere.get_state()))
        self._theirs.edit(position, deleted, text)
        with self.doc.transaction(origin=REMOTE):
            self.doc.apply_update(self._elsewhere.get_update(self.doc.get_state()))


class _Drop(QDropEvent):
    """Outside a real drag Qt knows no source."""

    giver: CodeEditor | None = None

    def source(self) -> CodeEditor | None:  # type: ignore[override]
        return self.giver
