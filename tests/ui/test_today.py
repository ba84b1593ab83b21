"""Today keeps the focus, whatever comes and goes."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.screens.today import TodayRow, TodayScreen, TodayState
from sparring.ui.widgets import Elided, button, label

TOLLS = TodayRow("1", "Tolls", "graphs", "struggled")
SWAP = TodayRow("2", "Swap", "greedy", "good")


@pytest.fixture
def today(qtbot: QtBot) -> TodayScreen:
    screen = TodayScreen()
    qtbot.addWidget(screen)
    screen.show_state(TodayState(name="Ana"))
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def part(today: TodayScreen, name: str) -> QWidget:
    found = [one for one in today.findChildren(QWidget, name) if one.isVisible()]
    assert len(found) == 1, name
    return found[0]


def focused() -> str:
    found = QApplication.focusWidget()
    return found.objectName() if found else ""


def test_the_focus_is_where_a_hand_would_go_first(qtbot: QtBot) -> None:
    for state, name in (
        (TodayState(), "my-name"),
        (TodayState(name="Ana"), "start-session"),
        (TodayState(name="Ana", resume_words="You were in a session."), "resume-session"),
    ):
        screen = TodayScreen()
        qtbot.addWidget(screen)
        screen.show_state(state)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        assert focused() == name


@pytest.mark.parametrize("pressed", ["start-session", "join-session"])
def test_the_focus_goes_to_cancel_and_back(today: TodayScreen, pressed: str) -> None:
    part(today, pressed).setFocus()
    today.show_state(TodayState(name="Ana", busy="Connecting…"))
    assert focused() == "cancel-start"
    today.show_state(TodayState(name="Ana", busy="Connecting…", error="No answer yet."))
    assert focused() == "cancel-start"
    today.show_state(TodayState(name="Ana"))
    assert focused() == pressed


def test_a_field_keeps_the_focus_while_connecting(today: TodayScreen) -> None:
    link = part(today, "invite-link-input")
    assert isinstance(link, QLineEdit)
    link.setFocus()
    QTest.keyClicks(link, "sparring")
    today.show_state(TodayState(name="Ana", busy="Connecting…"))
    QTest.keyClicks(link, "x")
    assert (focused(), link.text()) == ("invite-link-input", "sparring")
    today.show_state(TodayState(name="Ana"))
    QTest.keyClicks(link, "x")
    assert link.text() == "sparringx"


def test_esc_stops_connecting(today: TodayScreen, qtbot: QtBot) -> None:
    part(today, "start-session").setFocus()
    today.show_state(TodayState(name="Ana", busy="Connecting…"))
    with qtbot.waitSignal(today.cancel_requested):
        QTest.keyClick(part(today, "cancel-start"), Qt.Key.Key_Escape)


def test_rows_of_both_lists_have_names_of_their_own(today: TodayScreen, qtbot: QtBot) -> None:
    today.show_state(TodayState(name="Ana", struggled=(TOLLS,), recent=(SWAP, TOLLS)))
    for name, key in (("open-struggled-round-0", "1"), ("open-recent-round-0", "2"), ("open-recent-round-1", "1")):
        row = part(today, name)
        assert isinstance(row, QAbstractButton)
        assert row.toolTip()
        with qtbot.waitSignal(today.round_opened) as opened:
            row.click()
        assert opened.args == [key]


def test_the_focus_stays_on_a_round_when_rows_are_made_anew(today: TodayScreen) -> None:
    today.show_state(TodayState(name="Ana", struggled=(TOLLS,), recent=(TOLLS,)))
    part(today, "open-recent-round-0").setFocus()
    today.show_state(TodayState(name="Ana", struggled=(TOLLS,), recent=(SWAP, TOLLS)))
    assert focused() == "open-recent-round-1"


def test_names_are_shown_as_they_were_written(qtbot: QtBot) -> None:
    for made in (label("<b>Ana</b>"), Elided("<b>Ana</b>")):
        qtbot.addWidget(made)
        assert made.textFormat() is Qt.TextFormat.PlainText


def test_words_without_room_end_in_an_ellipsis(qtbot: QtBot) -> None:
    def painted(words: str) -> QImage:
        made = Elided(words)
        qtbot.addWidget(made)
        made.resize(120, 20)
        return made.grab().toImage()

    plain = Elided()
    qtbot.addWidget(plain)
    room = plain.fontMetrics().horizontalAdvance
    words = "dynamic programming, two pointers"
    fitting = [end for end in range(len(words)) if room(words[:end]) + room("…") <= 120]
    assert painted(words) == painted(words[: fitting[-1]] + "…")
    assert painted(words) != painted(words[: fitting[-1]])
    assert painted("greedy") != painted("greed")


def test_a_hand_shows_what_can_be_pressed(qtbot: QtBot) -> None:
    made = button("Join", "join")
    qtbot.addWidget(made)
    middle = QPointF(5, 5)
    QApplication.sendEvent(made, QEnterEvent(middle, middle, middle))
    assert made.cursor().shape() is Qt.CursorShape.PointingHandCursor
