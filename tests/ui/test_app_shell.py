"""The app's own window: what its palette offers, and that a setting acts at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from sparring.profile import Profile
from sparring.ui.app import App, make_app
from sparring.ui.shell.actions import ACTIONS, Action
from sparring.ui.theme import INK, PAPER, current_theme


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    made = make_app(Profile(tmp_path))
    # Before the test's own end closes it: nothing runs there that could save and close in order.
    qtbot.addWidget(made.window, before_close_func=lambda window: window.allow_close())
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.journal.close()
    made.themes.choose("paper")


def offered(app: App, query: str) -> list[str]:
    app.window.show_palette()
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, query)
    # One that was closed before may be on its way out.
    view = app.window.findChildren(QListView, "palette-list")[-1]
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def choose() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_every_action_of_the_table_is_bound(app: App) -> None:
    """What is promised in the palette, on the sheet and in the guide can be done."""
    for name in ("session/lobby", "journal", "settings", "bring-in"):
        app.window.show_screen(name)
    bound = {action.spec.id for action in app.window.findChildren(Action)}
    # Who has no session has nobody to remove: tests/ui/session/test_removing.py.
    assert {spec.id for spec in ACTIONS} - bound == {"remove-member"}


def test_a_switch_is_turned_from_the_palette(app: App, qtbot: QtBot) -> None:
    assert offered(app, "vim")[0] == "Vim keys: turn on"
    with qtbot.waitSignal(app.setting_changed) as changed:
        choose()
    assert changed.args == ["vim", True]
    assert Profile(app.profile.folder).settings.vim


def test_a_theme_is_chosen_from_the_palette_and_worn_at_once(app: App) -> None:
    for query, theme in (("theme ink", INK), ("theme paper", PAPER)):
        offered(app, query)
        choose()
        assert app.themes.theme is theme
        assert current_theme() is theme


def test_problems_are_offered_where_one_can_be_picked(app: App) -> None:
    problem = next(iter(app.bank.problems.values()))
    assert offered(app, f"pick {problem.title}") == []


def test_the_focus_finds_a_place_when_the_phase_changes_under_the_palette(app: App) -> None:
    offered(app, "")
    app.window.show_screen("session/lobby")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert app.screens.lobby.isAncestorOf(focus)


def test_the_name_is_kept_as_it_is_typed(app: App) -> None:
    name = app.window.findChild(QLineEdit, "my-name")
    assert isinstance(name, QLineEdit)
    assert name.hasFocus()
    QTest.keyClicks(name, "Ana")
    assert Profile(app.profile.folder).settings.name == "Ana"
