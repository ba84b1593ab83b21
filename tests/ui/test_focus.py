"""Where the focus is when a screen comes, when what had it goes, and when one comes back."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.screens.lobby import LobbyScreen, LobbyState
from sparring.ui.screens.session import Claim, HintRow, PartnerState, SessionScreen, SessionState
from sparring.ui.screens.walkthrough import WalkthroughScreen, WalkthroughState
from sparring.ui.screens.wrapup import WrapUpScreen, WrapUpState
from sparring.ui.shell import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    for name, screen in (
        ("session/lobby", LobbyScreen()), ("session/work", SessionScreen()),
        ("session/walkthrough", WalkthroughScreen()), ("session/wrapup", WrapUpScreen()),
    ):  # fmt: skip
        made.add_screen(name, screen)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def screen(window: MainWindow, kind: type[QWidget]) -> QWidget:
    found = window.findChild(kind)
    assert found is not None
    return found


def work(window: MainWindow, state: SessionState | None = None) -> SessionScreen:
    found = screen(window, SessionScreen)
    assert isinstance(found, SessionScreen)
    if state is not None:
        found.show_state(state)
    return found


def test_every_phase_begins_where_a_hand_would_go_first(window: MainWindow) -> None:
    lobby, wrap_up = screen(window, LobbyScreen), screen(window, WrapUpScreen)
    assert isinstance(lobby, LobbyScreen)
    assert isinstance(wrap_up, WrapUpScreen)
    wrap_up.show_state(WrapUpState(proposed="hard"))
    walk = screen(window, WalkthroughScreen)
    assert isinstance(walk, WalkthroughScreen)
    walk.show_state(WalkthroughState(speaker="me"))
    lobby.show_state(LobbyState(partner="Ben"))
    for name, home in (
        ("session/lobby", "problem-list"), ("session/work", "my-editor"), ("session/walkthrough", "notes"),
        ("session/wrapup", "rate-hard"),
    ):  # fmt: skip
        window.show_screen(name)
        window.focus_home()
        assert focus() == home


def test_coming_back_is_coming_to_where_one_was(window: MainWindow) -> None:
    window.show_screen("session/work")
    work(window, SessionState(format="side-by-side")).guide.show_page("chat")
    assert focus() == "chat-line"
    window.show_screen("session/walkthrough")
    window.show_screen("session/work")
    assert focus() == "chat-line"


def test_a_new_screen_takes_nothing_from_an_open_sheet(window: MainWindow) -> None:
    window.show_screen("session/lobby")
    window.show_palette()
    window.show_screen("session/work")
    window.focus_home()
    assert focus() == "palette-query"


def test_what_goes_with_the_focus_gives_it_home(window: MainWindow) -> None:
    window.show_screen("session/work")
    shown = work(window, SessionState(phase="break"))
    skip = shown.bar.findChild(QWidget, "skip")
    assert skip is not None
    skip.setFocus()
    with window.keeping_focus():
        shown.show_state(SessionState(phase="focus", block=2))
    assert focus() == "my-editor"


def test_what_stays_keeps_the_focus(window: MainWindow) -> None:
    window.show_screen("session/work")
    shown = work(window, SessionState(phase="focus"))
    shown.guide.show_page("chat")
    with window.keeping_focus():
        shown.show_state(SessionState(phase="break"))
    assert focus() == "chat-line"


def test_after_a_hint_the_next_one_has_the_focus(window: MainWindow) -> None:
    window.show_screen("session/work")
    shown = work(window, SessionState(hints=(HintRow(1), HintRow(2))))
    asked: list[int] = []
    shown.guide.hint_taken.connect(asked.append)
    shown.guide.show_page("hints")
    assert focus() == "hint-1"
    QTest.keyClicks(QApplication.focusWidget(), " ")
    with window.keeping_focus():
        shown.show_state(SessionState(hints=(HintRow(1, "Think.", True), HintRow(2))))
    assert asked == [1]
    assert focus() == "hint-2"


def test_news_from_before_my_claim_arrived_takes_nothing_away(window: MainWindow) -> None:
    window.show_screen("session/work")
    mine = work(window, SessionState(phase="reveal", blind=False)).mine
    claimed: list[Claim] = []
    mine.claimed.connect(lambda time, space: claimed.append(Claim(time, space)))
    for name, words in (("claim-time", "O(n)"), ("claim-space", "O(1)")):
        edit = mine.findChild(QWidget, name)
        assert edit is not None
        edit.setFocus()
        QTest.keyClicks(edit, words)
        mine.editor.setFocus()
        # My partner's claim is told before mine is answered.
        theirs = PartnerState(claim=Claim(words))
        work(window, SessionState(phase="reveal", blind=False, partner=theirs))
    assert claimed == [Claim("O(n)", ""), Claim("O(n)", "O(1)")]
