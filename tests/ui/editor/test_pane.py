"""An editor with its search, its completion and the line below it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from sparring.ui.editor import CompletionWorker, EditorOptions, EditorPane
from sparring.ui.editor.completion.completer import DEBOUNCE_MS
from sparring.ui.editor.keys import EDITOR_COMMANDS
from sparring.ui.shell.actions import ACTIONS
from sparring.ui.theme import INK, PAPER, stylesheet
from tests.support.editor import CONTROL, EditorDesk

PATIENCE_MS = 20_000


class PaneDesk(EditorDesk):
    def __init__(self, qtbot: QtBot, worker: CompletionWorker, marked: str = "|") -> None:
        super().__init__(qtbot, marked)
        self.worker = worker
        self.pane = EditorPane(self.editor, worker)
        self.layout.addWidget(self.pane)
        self.pane.set_language("python")
        self.editor.setFocus()

    def label(self, name: str) -> str:
        found = self.pane.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text()

    @property
    def place(self) -> str:
        return self.label("mine-place")

    @property
    def mode(self) -> str:
        return self.label("mine-mode")


@pytest.fixture
def worker(qtbot: QtBot, tmp_path: Path) -> Iterator[CompletionWorker]:
    made = CompletionWorker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, worker: CompletionWorker) -> PaneDesk:
    return PaneDesk(qtbot, worker)


def test_where_i_am_is_said_when_a_partner_moves_it(desk: PaneDesk) -> None:
    desk.write("one\n  tw|o")
    desk.partner_writes(0, "zero\n")
    assert desk.place == "Line 3, column 5"
    desk.partner_writes(0, "", deleted=9)
    assert desk.place == "Line 1, column 5"


def test_where_i_am_is_said(desk: PaneDesk) -> None:
    desk.write("one\n  tw|o")
    assert desk.place == "Line 2, column 5"
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Home, CONTROL)
    assert desk.place == "Line 1, column 1"
    desk.write("🧮é|\nx|")
    assert desk.place == "2 cursors · Line 1, column 3"


def test_every_command_of_the_editor_has_a_row_in_the_table_of_actions(desk: PaneDesk) -> None:
    known = {action.id for action in ACTIONS if action.where == "editor"}
    assert known == set(EDITOR_COMMANDS) | set(desk.pane.commands())


def test_going_to_a_line_is_asked(desk: PaneDesk, qtbot: QtBot) -> None:
    desk.write("|one\ntwo\nthree")
    desk.pane.ask_line()
    dialog = desk.pane.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    assert dialog.labelText() == "Line, 1 to 3"
    dialog.setIntValue(3)
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.marked == "one\ntwo\n|three"


def test_options_act_at_once_and_back(desk: PaneDesk) -> None:
    desk.write("|x")
    usual = EditorOptions()
    desk.pane.set_options(EditorOptions(False, False, True, True, True, 3))
    assert desk.mode == "NORMAL"
    assert desk.editor.zoom == 3
    assert desk.editor.lineWrapMode() is desk.editor.LineWrapMode.WidgetWidth
    desk.keys("i(<Esc>")
    assert desk.text == "(x"
    desk.pane.set_options(usual)
    assert (desk.mode, desk.editor.zoom) == ("", 0)
    assert desk.editor.lineWrapMode() is desk.editor.LineWrapMode.NoWrap
    desk.press(Qt.Key.Key_End)
    desk.keys("(")
    assert desk.text == "(x()"


def test_vim_twice_is_vim_once(desk: PaneDesk) -> None:
    desk.write("|one two three")
    for _ in range(2):
        desk.pane.set_options(EditorOptions(vim=True))
    desk.keys("dw")
    assert desk.text == "two three"
    desk.keys("d")
    assert desk.mode == "NORMAL  d"


def test_keys_of_the_pane(desk: PaneDesk) -> None:
    desk.write("|one")
    commands = desk.pane.commands()
    commands["soft-wrap"]()
    assert desk.editor.lineWrapMode() is desk.editor.LineWrapMode.WidgetWidth
    commands["soft-wrap"]()
    assert desk.editor.lineWrapMode() is desk.editor.LineWrapMode.NoWrap
    commands["find"]()
    assert desk.pane.find_bar.isVisible()


def offered(desk: PaneDesk, qtbot: QtBot, letters: str) -> None:
    with qtbot.waitSignal(desk.worker.completed, timeout=PATIENCE_MS):
        desk.keys(letters)
    qtbot.waitUntil(lambda: desk.pane.completer.popup.isVisible())


def test_dot_repeats_what_was_accepted(desk: PaneDesk, qtbot: QtBot) -> None:
    desk.write("|\n\ndistance = 1\n")
    desk.pane.set_options(EditorOptions(vim=True))
    desk.keys("i")
    offered(desk, qtbot, "dist")
    desk.keys("<CR><Esc>j.")
    assert desk.text == "distance\ndistance\ndistance = 1\n"
    desk.keys("ku")
    assert desk.text == "distance\n\ndistance = 1\n"
    desk.keys("u")
    assert desk.text == "\n\ndistance = 1\n"


def test_escape_closes_the_names_before_it_ends_the_insertion(desk: PaneDesk, qtbot: QtBot) -> None:
    desk.write("|\ndistance = 1\n")
    desk.pane.set_options(EditorOptions(vim=True))
    desk.keys("i")
    offered(desk, qtbot, "dist")
    desk.keys("<Esc>")
    assert desk.mode == "INSERT"
    assert not desk.pane.completer.is_open
    desk.keys("<Esc>")
    assert desk.mode == "NORMAL"


def test_nothing_is_offered_in_normal_mode(desk: PaneDesk, qtbot: QtBot) -> None:
    desk.write("dist|\ndistance = 1\n")
    desk.pane.set_options(EditorOptions(vim=True))
    first = desk.worker.request("", 0, "text")
    desk.keys("ylhl")
    rest = QTimer(desk.editor)
    rest.setSingleShot(True)
    with qtbot.waitSignal(rest.timeout):
        rest.start(2 * DEBOUNCE_MS)
    assert desk.worker.request("", 0, "text") == first + 1


def test_many_cursors_are_offered_nothing(desk: PaneDesk) -> None:
    desk.write("di|\ndi|\ndistance = 1\n")
    desk.keys("st")
    desk.pane.completer.complete()
    assert not desk.pane.completer.is_open
    desk.keys("<Tab>")
    assert desk.text.startswith("dist    \ndist    \n") or desk.text.startswith("dist\t\ndist\t\n")


@pytest.mark.parametrize("zoom", [0, 6, 19])
def test_a_few_names_are_seen_whole(desk: PaneDesk, qtbot: QtBot, zoom: int) -> None:
    desk.window.setStyleSheet(stylesheet(INK))
    desk.editor.set_zoom(zoom)
    # The sheet moves the widgets once, which closes what is offered.
    QApplication.processEvents()
    desk.write("|\ndistance = 1\ndistaff = 2\n")
    offered(desk, qtbot, "dist")
    names = desk.pane.completer.popup.list
    assert names.verticalScrollBar().maximum() == 0
    assert names.viewport().rect().contains(names.visualRect(names.model().index(1, 0)))


def test_the_names_are_as_large_as_the_code(desk: PaneDesk, qtbot: QtBot) -> None:
    desk.write("|\ndistance = 1\ndistaff = 2\n")
    offered(desk, qtbot, "dist")
    popup = desk.pane.completer.popup
    usual = popup.height()
    desk.keys("<Esc>")
    desk.write("x = |\ndistance = 1\ndistaff = 2\n")
    desk.editor.set_zoom(15)
    offered(desk, qtbot, "dist")
    assert popup.height() > usual * 1.3
    assert popup.list.visualRect(popup.list.model().index(0, 0)).height() >= desk.editor.fontMetrics().height()
    desk.pane.set_theme(PAPER)
    assert popup.isVisible()
