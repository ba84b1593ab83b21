"""The shell from the keyboard: palette, sheet of keys, panes, full screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sparring.ui.editor import CodeEditor
from sparring.ui.shell import Entry, MainWindow
from sparring.ui.shell.actions import ACTIONS, bind_action, bind_button, visible_actions
from sparring.ui.shell.shortcuts import groups, in_columns
from sparring.ui.widgets import button, column, field, row

CONTROL = Qt.KeyboardModifier.ControlModifier


class Work(QWidget):
    """A screen with a bar, two columns and a few actions."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.is_break = False
        bar = QWidget()
        bar.setProperty("role", "bar")
        self.stuck = button("Stuck", "stuck")
        self.stuck.clicked.connect(lambda: self.done.append("stuck"))
        bar.setLayout(row(self.stuck))
        self.left, self.right = CodeEditor("left", "Left"), CodeEditor("right", "Right")
        columns = QSplitter()
        columns.addWidget(self.left)
        columns.addWidget(self.right)
        self.setLayout(column(bar, columns))
        bind_action(self, "run", lambda: self.done.append("run"))
        bind_button(self, "stuck", self.stuck)
        bind_action(self, "skip", lambda: self.done.append("skip"), lambda: self.is_break, "there is no break")
        bind_action(self, "extend", lambda: self.done.append("extend"), lambda: self.is_break)
        for editor in (self.left, self.right):
            name = f"comment {editor.objectName()}"
            bind_action(editor, "comment", lambda name=name: self.done.append(name), has_shortcut=False)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    work, other = Work(), QWidget()
    other.setLayout(column(field("elsewhere", "Elsewhere")))
    made.add_screen("session/work", work)
    made.add_screen("today", other)
    made.screen_requested.connect(lambda name: made.show_screen("session/work" if name == "session" else name))
    made.closing.connect(made.allow_close)
    made.set_session_available(True)
    made.show_screen("session/work")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    work.left.setFocus()
    qtbot.waitUntil(work.left.hasFocus)
    return made


def work_of(window: MainWindow) -> Work:
    found = window.findChild(Work)
    assert isinstance(found, Work)
    return found


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifiers)


def open_palette() -> QLineEdit:
    press(Qt.Key.Key_K, CONTROL)
    query = focus()
    assert isinstance(query, QLineEdit)
    assert query.objectName() == "palette-query"
    return query


def lines(window: MainWindow) -> list[str]:
    view = window.findChild(QListView, "palette-list")
    assert isinstance(view, QListView)
    return [str(view.model().index(number, 0).data()) for number in range(view.model().rowCount())]


def test_the_palette_finds_does_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    work = work_of(window)
    query = open_palette()
    QTest.keyClicks(query, "run my")
    press(Qt.Key.Key_Return)
    assert work.done == ["run"]
    assert work.left.hasFocus()
    open_palette()
    press(Qt.Key.Key_Escape)
    assert work.left.hasFocus()
    assert work.left.toPlainText() == ""


def test_the_palette_lists_only_what_can_be_found_here(window: MainWindow) -> None:
    open_palette()
    shown = lines(window)
    assert shown[0] == "Run my code"
    assert "Go to Today" in shown
    assert "Skip the break" in shown
    assert "Two more minutes" not in shown
    assert "Rate: again" not in shown
    assert shown.count("Comment lines") == 1


def test_what_cannot_be_done_is_explained_and_not_done(window: MainWindow) -> None:
    work = work_of(window)
    QTest.keyClicks(open_palette(), "skip")
    press(Qt.Key.Key_Return)
    assert work.done == []
    assert focus().objectName() == "palette-query"
    press(Qt.Key.Key_Escape)
    work.is_break = True
    QTest.keyClicks(open_palette(), "skip")
    press(Qt.Key.Key_Return)
    assert work.done == ["skip"]


def test_of_two_editors_the_one_with_the_focus_acts(window: MainWindow) -> None:
    work = work_of(window)
    work.right.setFocus()
    QTest.keyClicks(open_palette(), "comment")
    press(Qt.Key.Key_Return)
    assert work.done == ["comment right"]


def test_arrows_move_and_come_round(window: MainWindow) -> None:
    open_palette()
    view = window.findChild(QListView, "palette-list")
    assert isinstance(view, QListView)
    press(Qt.Key.Key_Up)
    assert view.currentIndex().row() == len(lines(window)) - 1
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1


def test_nothing_behind_the_palette_answers(window: MainWindow) -> None:
    work = work_of(window)
    open_palette()
    press(Qt.Key.Key_1, CONTROL)
    press(Qt.Key.Key_E, CONTROL)
    press(Qt.Key.Key_Tab)
    assert focus().objectName() == "palette-query"
    assert work.done == []
    assert window.current_screen == "session/work"


def test_a_provider_adds_lines(window: MainWindow) -> None:
    picked: list[str] = []
    window.add_palette_entries(lambda: [Entry("Pick problem: Two Sum", lambda: picked.append("two-sum"))])
    QTest.keyClicks(open_palette(), "pick two")
    assert lines(window) == ["Pick problem: Two Sum"]
    press(Qt.Key.Key_Return)
    assert picked == ["two-sum"]


def test_a_hidden_or_disabled_button_is_not_pressed_by_its_key(window: MainWindow) -> None:
    work = work_of(window)
    work.stuck.setEnabled(False)
    press(Qt.Key.Key_U, CONTROL)
    work.stuck.setEnabled(True)
    work.stuck.hide()
    press(Qt.Key.Key_U, CONTROL)
    assert work.done == []
    work.stuck.show()
    press(Qt.Key.Key_U, CONTROL)
    assert work.done == ["stuck"]


def test_actions_come_in_the_order_of_the_table(window: MainWindow) -> None:
    order = [action.id for action in ACTIONS]
    found = [order.index(action.spec.id) for action in visible_actions(window)]
    assert found == sorted(found)


def test_the_sheet_has_every_action_and_closes(window: MainWindow) -> None:
    press(Qt.Key.Key_F1)
    sheet = window.findChild(QWidget, "shortcut-sheet")
    assert isinstance(sheet, QWidget)
    words = {part.text() for part in sheet.findChildren(QLabel)}
    assert {action.words for action in ACTIONS} <= words
    assert sheet.rect().contains(sheet.childrenRect())
    press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert work_of(window).left.hasFocus()


@pytest.mark.parametrize("sizes", [[], [4], [10, 2, 3], [1] * 9, [5, 9, 3, 3, 8]])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_groups_fill_columns_in_order(sizes: list[int], count: int) -> None:
    taken = in_columns(sizes, count)
    assert sum(taken) == len(sizes)
    assert len(taken) <= count


def test_places_are_told_once() -> None:
    places = [where for where, _ in groups()]
    assert len(places) == len(set(places))


def test_f6_goes_round_the_panes(window: MainWindow) -> None:
    seen = []
    for _ in range(5):
        press(Qt.Key.Key_F6)
        seen.append(focus().objectName())
    assert seen == ["right", "rail-session", "stuck", "left", "right"]
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focus().objectName() == "left"


def test_a_notice_is_a_pane_and_a_key_dismisses_it(window: MainWindow) -> None:
    window.show_notice("Something happened.")
    work_of(window).right.setFocus()
    press(Qt.Key.Key_F6)
    dismiss = focus()
    assert isinstance(dismiss, QAbstractButton)
    assert dismiss.toolTip()
    press(Qt.Key.Key_Space)
    assert window.notice == ""
    assert work_of(window).isAncestorOf(focus())
    window.show_notice("Something else.")
    press(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.notice == ""


def test_full_screen_hides_the_rail_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    rail = window.findChild(QWidget, "rail-today")
    assert isinstance(rail, QWidget)
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert not rail.isVisible()
    press(Qt.Key.Key_1, CONTROL)
    assert window.current_screen == "today"
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.isMaximized()
    assert rail.isVisible()


def test_a_place_that_cannot_be_gone_to_says_why(window: MainWindow) -> None:
    rail = window.findChild(QAbstractButton, "rail-session")
    assert isinstance(rail, QAbstractButton)
    window.set_session_available(False)
    assert not rail.isEnabled()
    assert "no session yet" in rail.toolTip()
    window.set_session_available(True)
    assert "no session yet" not in rail.toolTip()


@pytest.mark.parametrize("make", [CodeEditor, QPlainTextEdit, QLineEdit, QPushButton])
def test_the_palette_opens_from_wherever_one_types(window: MainWindow, make: type[QWidget]) -> None:
    typed = make("typed", "Typed") if make is CodeEditor else make()
    screen = window.findChild(Work)
    assert screen is not None
    screen.layout().addWidget(typed)
    typed.show()
    typed.setFocus()
    open_palette()
    press(Qt.Key.Key_K, CONTROL)
    assert typed.hasFocus()
