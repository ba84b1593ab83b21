"""Two real editor widgets on two documents: what one types is what the other shows."""

import gzip
import json
from pathlib import Path

import pycrdt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sparring.live import positions
from sparring.live.document import REMOTE
from sparring.live.text import SharedText
from sparring.ui.editor import CodeEditor, EditorBinding

TRACE = Path(__file__).parents[3].parent / "shared" / "traces" / "sveltecomponent.json.gz"


class Desk:
    """One seat: a widget, its document and the updates it has not sent."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        self.editor = CodeEditor(name, name)
        qtbot.addWidget(self.editor)
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self.shared = SharedText(self.doc)
        self.binding = EditorBinding(self.editor, self.shared)
        self.outbox: list[bytes] = []
        self._applying = False
        self._watch = self.doc.observe(self._changed)

    def _changed(self, event: pycrdt.TransactionEvent) -> None:
        if not self._applying:
            self.outbox.append(event.update)

    def receive(self, update: bytes) -> None:
        self._applying = True
        with self.doc.transaction(origin=REMOTE):
            self.doc.apply_update(update)
        self._applying = False

    @property
    def shown(self) -> str:
        return self.editor.toPlainText()


def deliver(giver: Desk, taker: Desk) -> None:
    for update in giver.outbox:
        taker.receive(update)
    giver.outbox.clear()


pastes = st.text(st.sampled_from("ab(\n\r \té🧮👩‍🚀\u0301漢'\"#:"), max_size=12)
actions = st.lists(
    st.one_of(
        st.tuples(st.just("paste"), st.integers(0, 1), st.floats(0, 1), st.floats(0, 0.3), pastes),
        st.tuples(st.just("key"), st.integers(0, 1), st.sampled_from(["Enter", "Backspace", "Delete", "Tab", "x"])),
        st.tuples(st.just("undo"), st.integers(0, 1)),
        st.tuples(st.just("deliver"), st.integers(0, 1)),
    ),
    max_size=25,
)
KEYS = {
    "Enter": Qt.Key.Key_Return, "Backspace": Qt.Key.Key_Backspace, "Delete": Qt.Key.Key_Delete,
    "Tab": Qt.Key.Key_Tab, "x": Qt.Key.Key_X,
}  # fmt: skip


@given(plan=actions)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_editors_agree_at_every_quiet_point(qtbot: QtBot, plan: list[tuple[object, ...]]) -> None:
    desks = [Desk(qtbot, "ana"), Desk(qtbot, "ben")]
    for desk in desks:
        desk.editor.set_language("python")
    for kind, *details in plan:
        index = details[0]
        assert isinstance(index, int)
        desk = desks[index]
        match kind, details:
            case "paste", [_, float(where), float(reach), str(words)]:
                paste(desk, where, reach, words)
            case "key", [_, str(key)]:
                QTest.keyClick(desk.editor, KEYS[key])
            case "undo", _:
                QTest.keyClick(desk.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            case "deliver", _:
                deliver(desk, desks[1 - index])
        assert desk.shown == desk.shared.value == str(desk.doc.get("content", type=pycrdt.Text))
    deliver(desks[0], desks[1])
    deliver(desks[1], desks[0])
    assert desks[0].shown == desks[0].shared.value == desks[1].shared.value == desks[1].shown


def paste(desk: Desk, where: float, reach: float, words: str) -> None:
    length = len(desk.shared.value)
    start = int(where * length)
    stop = min(length, start + int(reach * length))
    cursor = desk.editor.textCursor()
    cursor.setPosition(positions.utf16_from_code_points(desk.shared.value, start))
    cursor.setPosition(positions.utf16_from_code_points(desk.shared.value, stop), QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    data = QMimeData()
    data.setText(words)
    desk.editor.insertFromMimeData(data)


def test_a_remote_edit_leaves_my_cursor_and_selection_in_the_text(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.shared.edit(0, 0, "def f():\n    return 1\n")
    deliver(ana, ben)
    cursor = ana.editor.textCursor()
    cursor.setPosition(13)
    cursor.setPosition(19, QTextCursor.MoveMode.KeepAnchor)
    ana.editor.setTextCursor(cursor)
    ben.shared.edit(0, 0, "# 🧮 above\n")
    deliver(ben, ana)
    assert ana.editor.textCursor().selectedText() == "return"
    ben.shared.edit(len(ben.shared.value), 0, "# below\n")
    deliver(ben, ana)
    assert ana.editor.textCursor().selectedText() == "return"


def test_what_the_partner_types_at_my_cursor_does_not_push_it(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.shared.edit(0, 0, "ab")
    deliver(ana, ben)
    cursor = ana.editor.textCursor()
    cursor.setPosition(1)
    ana.editor.setTextCursor(cursor)
    ben.shared.edit(1, 0, "XYZ")
    deliver(ben, ana)
    assert ana.shown == "aXYZb"
    assert ana.editor.textCursor().position() == 1


def test_enter_after_a_colon_indents_and_return_goes_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "ana")
    desk.editor.set_language("python")
    for key in "def f():":
        QTest.keyClick(desk.editor, key)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    for key in "return 1":
        QTest.keyClick(desk.editor, key)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    assert desk.shared.value == "def f():\n    return 1\n"


def test_lines_are_commented_and_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "ana")
    desk.shared.edit(0, 0, "a = 1\n\nb = 2")
    desk.editor.selectAll()
    desk.editor.toggle_comment()
    assert desk.shared.value == "# a = 1\n\n# b = 2"
    desk.editor.selectAll()
    desk.editor.toggle_comment()
    assert desk.shared.value == "a = 1\n\nb = 2"


def test_a_multi_line_string_is_coloured_to_its_end(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "ana")
    desk.editor.set_language("python")
    desk.shared.edit(0, 0, 'x = """one\ntwo\nthree"""\ny = 1\n')

    def colour(line: int) -> str:
        formats = desk.editor.document().findBlockByNumber(line).layout().formats()
        return formats[0].format.foreground().color().name() if formats else ""

    string = colour(1)
    assert string
    assert colour(2) == string
    number = colour(3)
    assert number != string
    # Opening the string anew turns what follows into a string, and closing it turns it back.
    desk.shared.edit(0, 0, '"""')
    assert colour(1) != string
    desk.shared.edit(0, 3, "")
    assert (colour(1), colour(3)) == (string, number)


@pytest.mark.skipif(not TRACE.exists(), reason="the recorded typing is not beside this checkout")
@pytest.mark.parametrize("count", [3_000, pytest.param(None, marks=pytest.mark.soak, id="all")])
def test_a_recorded_evening_of_typing(qtbot: QtBot, count: int | None) -> None:
    trace = json.loads(gzip.decompress(TRACE.read_bytes()))
    transactions = trace["txns"][:count]
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.editor.set_language("python")
    cursor = QTextCursor(ana.editor.document())
    expected = ""
    for number, transaction in enumerate(transactions):
        for position, deleted, inserted in transaction["patches"]:
            cursor.setPosition(position)
            cursor.setPosition(position + deleted, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(inserted)
            expected = expected[:position] + inserted + expected[position + deleted :]
        if number % 500 == 0:
            deliver(ana, ben)
    deliver(ana, ben)
    if count is None:
        assert expected == trace["endContent"]
    assert ana.shown == expected
    assert ben.shown == ben.shared.value == expected
