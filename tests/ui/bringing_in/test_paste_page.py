"""Paste, on the screen: what is typed is told, what was understood is shown, and all of it can be corrected."""

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.screens.bringing_in import (
    BringInScreen,
    BringInState,
    CaseRow,
    PasteFields,
    PastePreview,
    ReportView,
    TroubleRow,
)
from sparring.ui.screens.bringing_in.paste_form import MAX_PASTED
from sparring.ui.screens.bringing_in.state import EXPECTED, HIDDEN

Part = TypeVar("Part", bound=QWidget)
PREVIEW = PastePreview(
    is_empty=False, title="Pair", mode="function", signature="pair(nums: list[int], k: int) -> int", difficulty="easy",
    topics="arrays", columns=("nums", "k"),
    cases=(CaseRow("example 1", ("[1]", "2"), "3"), CaseRow("example 2", ("[1, …]", "2"), "3", trouble="left out")),
    statement="Find **them**.", notes=("The order does not matter.",),
    troubles=(
        TroubleRow("text", 2, "Line 2: this example has no output.", is_fatal=False),
        TroubleRow("cases", 2, "Example 2: left out.", is_fatal=False),
        TroubleRow("signature", 1, "Signature: no function is found in it."),
    ),
)  # fmt: skip


@pytest.fixture
def screen(qtbot: QtBot) -> BringInScreen:
    made = BringInScreen()
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def part(screen: QWidget, kind: type[Part], name: str) -> Part:
    found = screen.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def labels(screen: BringInScreen, name: str) -> str:
    return part(screen, QLabel, name).text()


def test_what_is_pasted_is_told_once_the_keys_rest(screen: BringInScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.paste.fields_changed) as told:
        part(screen, QPlainTextEdit, "paste-text").insertPlainText("Pair\nInput: a = 1")
        part(screen, QLineEdit, "paste-link").setText("https://example.org")
        part(screen, QPlainTextEdit, "paste-signature").insertPlainText("int f(int a)")
        part(screen, QPlainTextEdit, "paste-examples").insertPlainText("f(1) -> 2")
    assert told.args == [PasteFields("Pair\nInput: a = 1", "https://example.org", "int f(int a)", "f(1) -> 2")]


def test_what_was_understood_is_shown(screen: BringInScreen) -> None:
    screen.show_preview(PREVIEW)
    assert part(screen, QLineEdit, "preview-title").text() == "Pair"
    assert part(screen, QLineEdit, "preview-signature").text() == PREVIEW.signature
    model = part(screen, QTableView, "cases").model()
    texts = [str(model.index(0, column).data()) for column in range(4)]
    assert texts == ["example 1", "[1]", "2", "3"]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["case", "nums", "k", "expected", "hidden"]
    # A case that cannot be used is told apart without its colour, too.
    assert model.headerData(1, Qt.Orientation.Vertical) == "!"
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "left out"
    assert part(screen, QListView, "troubles").model().rowCount() == 3
    assert labels(screen, "preview-notes") == "The order does not matter."
    assert not part(screen, QAbstractButton, "keep-pasted").isEnabled()
    assert "no function is found" in labels(screen, "paste-hint")


def test_title_difficulty_and_mode_are_chosen_in_the_preview(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(PREVIEW)
    told: list[PasteFields] = []
    screen.paste.fields_changed.connect(told.append)
    title = part(screen, QLineEdit, "preview-title")
    title.selectAll()
    QTest.keyClicks(title, "Mine")
    part(screen, QAbstractButton, "preview-difficulty-hard").click()
    part(screen, QAbstractButton, "preview-mode-program").click()
    assert (told[-1].title, told[-1].difficulty, told[-1].mode) == ("Mine", "hard", "program")


def test_a_written_signature_goes_to_its_field(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(PREVIEW)
    line = part(screen, QLineEdit, "preview-signature")
    line.setFocus()
    line.setText("pair(nums: list[int]) -> int")
    with qtbot.waitSignal(screen.paste.fields_changed) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].signature == "pair(nums: list[int]) -> int"


def test_a_cell_is_corrected_from_the_keyboard(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(PREVIEW)
    table = part(screen, QTableView, "cases")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 3))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "42")
    with qtbot.waitSignal(screen.paste.cell_corrected) as told:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [0, EXPECTED, "3", "42"]
    table.setCurrentIndex(table.model().index(0, 4))
    with qtbot.waitSignal(screen.paste.cell_corrected) as told:
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert told.args == [0, HIDDEN, "", "hidden"]


def test_esc_ends_the_cell_and_only_then_the_screen(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(PREVIEW)
    table = part(screen, QTableView, "cases")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    with qtbot.assertNotEmitted(screen.back_requested):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(table.hasFocus)
    with qtbot.waitSignal(screen.back_requested):
        QTest.keyClick(table, Qt.Key.Key_Escape)


def test_of_a_whole_disk_only_the_beginning_is_taken(screen: BringInScreen) -> None:
    text = part(screen, QPlainTextEdit, "paste-text")
    data = QMimeData()
    data.setText("x" * (MAX_PASTED + 5))
    text.insertFromMimeData(data)
    assert len(text.toPlainText()) == MAX_PASTED


def test_a_case_is_added_and_another_taken_out(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(PREVIEW)
    with qtbot.waitSignal(screen.paste.case_added):
        QTest.keyClick(screen, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    part(screen, QTableView, "cases").setCurrentIndex(part(screen, QTableView, "cases").model().index(1, 1))
    with qtbot.waitSignal(screen.paste.case_removed) as told:
        QTest.keyClick(screen, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [1]


def test_a_key_goes_through_what_was_not_understood(screen: BringInScreen, qtbot: QtBot) -> None:
    text = part(screen, QPlainTextEdit, "paste-text")
    text.setPlainText("one\ntwo\nthree")
    screen.show_preview(PREVIEW)
    QTest.keyClick(screen, Qt.Key.Key_F8)
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "two"
    QTest.keyClick(text, Qt.Key.Key_F8)
    table = part(screen, QTableView, "cases")
    assert (table.hasFocus(), table.currentIndex().row()) == (True, 1)
    QTest.keyClick(table, Qt.Key.Key_F8)
    assert part(screen, QPlainTextEdit, "paste-signature").hasFocus()


def test_what_is_typed_while_a_preview_comes_stays(screen: BringInScreen) -> None:
    screen.show_preview(PREVIEW)
    title = part(screen, QLineEdit, "preview-title")
    title.setFocus()
    QTest.keyClicks(title, "x")
    screen.show_preview(PREVIEW)
    assert title.text() == "Pairx"


def test_it_is_kept_once_it_can_be(screen: BringInScreen, qtbot: QtBot) -> None:
    good = replace(PREVIEW, troubles=(), can_be_kept=True)
    screen.show_preview(good)
    with qtbot.waitSignal(screen.paste.keep_requested):
        QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.show_state(BringInState(in_lobby=True))
    assert part(screen, QAbstractButton, "keep-pasted").text() == "Keep and suggest to both"
    screen.show_state(BringInState(is_busy=True))
    assert not part(screen, QAbstractButton, "keep-pasted").isEnabled()


def test_a_last_word_that_was_not_told_yet_is_told_before_it_is_kept(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_preview(replace(PREVIEW, troubles=(), can_be_kept=True))
    part(screen, QPlainTextEdit, "paste-text").insertPlainText("more")
    told: list[str] = []
    screen.paste.fields_changed.connect(lambda fields: told.append(fields.text))
    screen.paste.keep_requested.connect(lambda: told.append("keep"))
    part(screen, QAbstractButton, "keep-pasted").click()
    assert told == ["more", "keep"]


def test_what_was_kept_is_said_and_can_be_taken_away(screen: BringInScreen, qtbot: QtBot) -> None:
    screen.show_state(BringInState(kept=ReportView("“Pair” is on your shelf.", id="20260101-000000-abcd")))
    assert labels(screen, "kept-words") == "“Pair” is on your shelf."
    with qtbot.waitSignal(screen.undo_requested) as told:
        part(screen, QAbstractButton, "undo-kept").click()
    assert told.args == ["20260101-000000-abcd"]


def test_everything_has_a_name_for_those_who_cannot_see_it(screen: BringInScreen) -> None:
    screen.show_preview(PREVIEW)
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QListView, QTableView):
        for one in screen.findChildren(kind):
            is_inner = one.objectName() in ("qt_spinbox_lineedit", "") or one.objectName().startswith("qt_")
            assert is_inner or one.accessibleName(), one.objectName()
