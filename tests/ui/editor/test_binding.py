"""Two real editor widgets on two documents: what one types is what the other shows."""

import gzip
import json
from pathlib import Path

import pycrdt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sparring.editing import Selection
from sparring.live import positions
from sparring.live.document import REMOTE
from sparring.live.text import SharedText
from sparring.ui.editor import CodeEditor, EditorBinding
from tests.support.editor import wait_for_colours

TRACES = Path(__file__).parents[3].parent / "shared" / "traces"
TRACE = TRACES / "sveltecomponent.json.gz"
CONCURRENT_TRACE = TRACES / "friendsforever_concurrent.json.gz"


class Desk:
    """One seat: a widget, its document and the updates it has not sent."""

    def __init__(self, qtbot: QtBot, name: str, client_id: int | None = None) -> None:
        self.editor = CodeEditor(name, name)
        qtbot.addWidget(self.editor)
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc(client_id=client_id)
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
        return self.editor.document().toRawText().replace("\u2029", "\n")


def deliver(giver: Desk, taker: Desk) -> None:
    for update in giver.outbox:
        taker.receive(update)
    giver.outbox.clear()


NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
KEYS = [
    (Qt.Key.Key_Return, NONE), (Qt.Key.Key_Backspace, NONE), (Qt.Key.Key_Delete, NONE), (Qt.Key.Key_Tab, NONE),
    (Qt.Key.Key_Backtab, SHIFT), (Qt.Key.Key_X, NONE), (Qt.Key.Key_ParenLeft, NONE), (Qt.Key.Key_QuoteDbl, NONE),
    (Qt.Key.Key_Slash, CONTROL), (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Down, ALT), (Qt.Key.Key_Down, ALT | SHIFT),
    (Qt.Key.Key_K, CONTROL | SHIFT), (Qt.Key.Key_D, CONTROL), (Qt.Key.Key_L, CONTROL | SHIFT),
    (Qt.Key.Key_Down, CONTROL | ALT), (Qt.Key.Key_Up, CONTROL | ALT), (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Up, SHIFT), (Qt.Key.Key_Home, NONE), (Qt.Key.Key_End, NONE),
    (Qt.Key.Key_Backspace, CONTROL), (Qt.Key.Key_Delete, CONTROL), (Qt.Key.Key_X, CONTROL), (Qt.Key.Key_V, CONTROL),
    (Qt.Key.Key_A, CONTROL), (Qt.Key.Key_Escape, NONE), (Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Z, CONTROL | SHIFT),
]  # fmt: skip
words = st.text(st.sampled_from("ab(\n\r \té🧮👩‍🚀\u0301漢\u05d0\u0628'\"#:\u2028\x00"), max_size=12)
seat = st.integers(0, 1)
actions = st.lists(
    st.one_of(
        st.tuples(st.just("paste"), seat, st.floats(0, 1), st.floats(0, 0.3), words),
        st.tuples(st.just("key"), seat, st.sampled_from(KEYS)),
        st.tuples(st.just("key"), seat, st.sampled_from(KEYS)),
        st.tuples(st.just("compose"), seat, st.floats(0, 1), words),
        st.tuples(st.just("program"), seat, st.floats(0, 1), words),
        st.tuples(st.just("deliver"), seat),
        st.tuples(st.just("lose"), seat),
    ),
    max_size=30,
)


def compose(desk: Desk, where: float, text: str) -> None:
    """As an input method: shown first, then taken."""
    cursor = desk.editor.textCursor()
    cursor.setPosition(positions.utf16_from_code_points(desk.shared.value, int(where * len(desk.shared.value))))
    desk.editor.setTextCursor(cursor)
    QApplication.sendEvent(desk.editor, QInputMethodEvent(text, []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(desk.editor, event)


def resync(desks: list[Desk]) -> None:
    """Connect again: what was lost comes back by the state vectors."""
    for desk in desks:
        desk.outbox.clear()
    for giver, taker in (desks, desks[::-1]):
        taker.receive(giver.doc.get_update(taker.doc.get_state()))


@given(plan=actions)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_editors_agree_at_every_quiet_point(qtbot: QtBot, plan: list[tuple[object, ...]]) -> None:
    desks = [Desk(qtbot, "ana"), Desk(qtbot, "ben")]
    for desk in desks:
        desk.editor.set_language("python")
    for kind, *details in plan:
        index = details[0]
        assert isinstance(index, int)
        desk = desks[index]
        match kind, details:
            case "paste", [_, float(where), float(reach), str(text)]:
                paste(desk, where, reach, text)
            case "compose", [_, float(where), str(text)]:
                compose(desk, where, text)
            case "program", [_, float(where), str(text)]:
                # Another program at this seat, which writes what it likes.
                desk.shared.edit(int(where * len(desk.shared.value)), 0, text)
            case "key", [_, (key, modifiers)]:
                QTest.keyClick(desk.editor, key, modifiers)
            case "deliver", _:
                deliver(desk, desks[1 - index])
            case "lose", _:
                desk.outbox.clear()
        assert desk.shown == positions.shown(desk.shared.value)
        assert desk.shared.value == str(desk.doc.get("content", type=pycrdt.Text))
        for one in desk.editor.selections:
            assert 0 <= one.start <= one.stop <= len(desk.shared.value)
    resync(desks)
    assert desks[0].shared.value == desks[1].shared.value
    for desk in desks:
        assert desk.shown == positions.shown(desk.shared.value)


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
    desk.editor.set_language("python")
    desk.shared.edit(0, 0, "a = 1\n\nb = 2")
    desk.editor.selectAll()
    QTest.keyClick(desk.editor, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert desk.shared.value == "# a = 1\n\n# b = 2"
    desk.editor.selectAll()
    QTest.keyClick(desk.editor, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert desk.shared.value == "a = 1\n\nb = 2"


def test_a_multi_line_string_is_coloured_to_its_end(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "ana")
    desk.editor.set_language("python")
    desk.shared.edit(0, 0, 'x = """one\ntwo\nthree"""\ny = 1\n')

    def colour(line: int) -> str:
        wait_for_colours(qtbot, desk.editor)
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


def test_what_another_program_wrote_with_other_line_ends_keeps_its_place(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.shared.edit(0, 0, "one\r\ntwo\r\nthree")
    deliver(ana, ben)
    ben.shared.edit(10, 0, "X")
    deliver(ben, ana)
    assert ana.shared.value == "one\r\ntwo\r\nXthree"
    assert ana.shown == "one␍\ntwo␍\nXthree"
    cursor = ana.editor.textCursor()
    cursor.setPosition(11)
    ana.editor.setTextCursor(cursor)
    QTest.keyClick(ana.editor, Qt.Key.Key_Y)
    assert ana.shared.value == "one\r\ntwo\r\nXythree"


def test_commenting_many_lines_leaves_the_partners_words_in_theirs(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.editor.set_language("python")
    ana.shared.edit(0, 0, "a = 1\nb = 2\nc = 3")
    deliver(ana, ben)
    ana.editor.selectAll()
    QTest.keyClick(ana.editor, Qt.Key.Key_Slash, CONTROL)
    ben.shared.edit(11, 0, "2")
    deliver(ana, ben)
    deliver(ben, ana)
    assert ana.shared.value == ben.shared.value == "# a = 1\n# b = 22\n# c = 3"


def test_what_the_partner_types_at_my_selections_end_is_not_swallowed(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.shared.edit(0, 0, "total + 1")
    deliver(ana, ben)
    ana.editor.set_selections((Selection(0, 5),))
    ben.shared.edit(5, 0, "s")
    deliver(ben, ana)
    assert ana.editor.selections == (Selection(0, 5),)
    QTest.keyClick(ana.editor, Qt.Key.Key_X)
    assert ana.shared.value == "xs + 1"


def test_the_partners_lines_above_do_not_move_what_i_read(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.editor.resize(300, 200)
    ana.editor.set_soft_wrap(True)
    ana.editor.show()
    ana.shared.edit(0, 0, "".join(f"line {number} " + "long " * 30 + "\n" for number in range(60)))
    deliver(ana, ben)
    bar = ana.editor.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = ana.editor.firstVisibleBlock().text()
    y = ana.editor.cursorRect(QTextCursor(ana.editor.firstVisibleBlock())).y()
    ben.shared.edit(0, 0, "above\n" * 3 + "wrapped " * 60 + "\n")
    deliver(ben, ana)
    assert ana.editor.firstVisibleBlock().text() == seen
    assert ana.editor.cursorRect(QTextCursor(ana.editor.firstVisibleBlock())).y() == y


def test_undo_takes_back_my_words_only_and_one_intent_at_a_time(qtbot: QtBot) -> None:
    ana, ben = Desk(qtbot, "ana"), Desk(qtbot, "ben")
    ana.editor.auto_close = False
    QTest.keyClicks(ana.editor, "first")
    deliver(ana, ben)
    ben.shared.edit(0, 0, "theirs ")
    deliver(ben, ana)
    paste(ana, 1.0, 0.0, " pasted\nlines")
    QTest.keyClicks(ana.editor, "!!")
    undo = (Qt.Key.Key_Z, CONTROL)
    assert ana.shared.value == "theirs first pasted\nlines!!"
    QTest.keyClick(ana.editor, *undo)
    assert ana.shared.value == "theirs first pasted\nlines"
    QTest.keyClick(ana.editor, *undo)
    assert ana.shared.value == "theirs first"
    QTest.keyClick(ana.editor, *undo)
    assert ana.shared.value == "theirs "
    QTest.keyClick(ana.editor, *undo)
    assert ana.shared.value == "theirs "
    QTest.keyClick(ana.editor, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert ana.shared.value == "theirs first"


def test_what_was_pasted_can_be_selected_wherever_it_went(qtbot: QtBot) -> None:
    ana = Desk(qtbot, "ana")
    ana.shared.edit(0, 0, "x\n")
    paste(ana, 1.0, 0.0, "a = 1\nb = 2\n")
    ana.editor.set_selections((Selection.at(0),))
    QTest.keyClicks(ana.editor, "yy")
    QTest.keyClick(ana.editor, Qt.Key.Key_V, CONTROL | ALT)
    assert ana.editor.textCursor().selectedText() == "a = 1\u2029b = 2\u2029"


def test_typing_at_many_cursors(qtbot: QtBot) -> None:
    ana = Desk(qtbot, "ana")
    ana.editor.set_language("python")
    ana.shared.edit(0, 0, "a\nb\nc")
    ana.editor.set_selections((Selection.at(1), Selection.at(3), Selection.at(5)))
    QTest.keyClicks(ana.editor, " = f(1")
    assert ana.shared.value == "a = f(1)\nb = f(1)\nc = f(1)"
    QTest.keyClick(ana.editor, Qt.Key.Key_Home, SHIFT)
    QTest.keyClick(ana.editor, Qt.Key.Key_Delete)
    assert ana.shared.value == ")\n)\n)"
    QTest.keyClick(ana.editor, Qt.Key.Key_Escape)
    QTest.keyClick(ana.editor, Qt.Key.Key_X)
    assert ana.shared.value == "x)\n)\n)"


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


@pytest.mark.skipif(not CONCURRENT_TRACE.exists(), reason="the recorded typing is not beside this checkout")
@pytest.mark.parametrize("count", [3_000, pytest.param(None, marks=pytest.mark.soak, id="all")])
def test_two_people_type_into_one_text_a_second_apart(qtbot: QtBot, count: int | None) -> None:
    trace = json.loads(gzip.decompress(CONCURRENT_TRACE.read_bytes()))
    # Where both type at one place the smaller number comes first; the recording had it so.
    desks = (Desk(qtbot, "ana", client_id=1), Desk(qtbot, "ben", client_id=2))
    said: tuple[list[list[bytes]], ...] = ([], [])
    heard = [0, 0]
    """How many of the other's transactions each desk has."""
    known: list[tuple[int, int]] = []
    """How many transactions of each desk every transaction comes after, itself included."""
    for transaction in trace["txns"][:count]:
        me = transaction["agent"]
        other, desk = 1 - me, desks[me]
        after = [max((known[parent][agent] for parent in transaction["parents"]), default=0) for agent in (0, 1)]
        for updates in said[other][heard[me] : after[other]]:
            for update in updates:
                desk.receive(update)
        heard[me] = max(heard[me], after[other])
        for position, deleted, inserted in transaction["patches"]:
            desk.shared.edit(position, deleted, inserted)
        said[me].append(desk.outbox[:])
        desk.outbox.clear()
        after[me] += 1
        known.append((after[0], after[1]))
    for me, desk in enumerate(desks):
        for updates in said[1 - me][heard[me] :]:
            for update in updates:
                desk.receive(update)
    ana, ben = desks
    assert ana.shown == ben.shown == ana.shared.value == ben.shared.value
    if count is None:
        assert ana.shown == trace["endContent"]
