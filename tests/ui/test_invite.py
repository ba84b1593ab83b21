"""The invitation of the lobby: one link, for whom it works, and what is still being found out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.screens.call_link import call_address
from sparring.ui.screens.invite import InviteWays, LookStep, WayChoice, link_to
from sparring.ui.screens.lobby import LobbyScreen, LobbyState, PlanFields
from sparring_server.protocol import names
from sparring_server.protocol.invite import Invite, parse_invite

INVITE = Invite("127.0.0.1", 41234, names.new_id(), names.new_secret())
WAYS = (WayChoice("out", "Anywhere"), WayChoice("in", "This network"))
FOUND = InviteWays("11.0.0.1", 4242, "Works from anywhere.", ways=WAYS, chosen="out", can_look=True)
LOOKING = InviteWays(steps=(LookStep("Your router", "trying", "Looking…"),), is_looking=True, can_look=True)


@pytest.fixture
def lobby(qtbot: QtBot) -> LobbyScreen:
    made = LobbyScreen()
    qtbot.addWidget(made)
    made.show_state(LobbyState(invite_link=INVITE.link, invite_note="Send it to your partner only."))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def part(lobby: LobbyScreen, name: str) -> QWidget:
    found = lobby.findChild(QWidget, name)
    assert found is not None, name
    return found


def text(lobby: LobbyScreen, name: str) -> str:
    found = part(lobby, name)
    assert isinstance(found, QLabel | QLineEdit | QAbstractButton)
    return found.text() if found.isVisible() else ""


def test_there_is_no_link_before_it_is_known_where_it_leads(lobby: LobbyScreen, qtbot: QtBot) -> None:
    lobby.invite.show_ways(LOOKING)
    assert text(lobby, "invite-link") == ""
    assert not part(lobby, "copy-link").isEnabled()
    assert "Your router: Looking…" in text(lobby, "look-step-0")
    assert text(lobby, "look-for-ways") == "Stop looking"
    with qtbot.waitSignal(lobby.invite.look_requested):
        QTest.keyClick(lobby, Qt.Key.Key_F5)


def test_the_link_leads_where_it_can_be_reached(lobby: LobbyScreen) -> None:
    lobby.invite.show_ways(LOOKING)
    lobby.invite.show_ways(FOUND)
    shown = parse_invite(text(lobby, "invite-link"))
    assert (shown.host, shown.port, shown.room, shown.secret) == ("11.0.0.1", 4242, INVITE.room, INVITE.secret)
    assert lobby.invite.link == shown.link
    assert text(lobby, "invite-words") == "Works from anywhere."
    assert text(lobby, "look-step-0") == ""
    assert part(lobby, "copy-link").isEnabled()


def test_news_of_the_room_keep_the_way(lobby: LobbyScreen) -> None:
    """Another secret, as after an invitation was taken back, goes into the same link."""
    lobby.invite.show_ways(FOUND)
    other = Invite("127.0.0.1", 41234, INVITE.room, names.new_secret())
    lobby.show_state(LobbyState(invite_link=other.link))
    shown = parse_invite(text(lobby, "invite-link"))
    assert (shown.host, shown.secret) == ("11.0.0.1", other.secret)


def test_somebody_chooses_for_whom_the_link_is(lobby: LobbyScreen, qtbot: QtBot) -> None:
    choice = part(lobby, "invite-way")
    assert isinstance(choice, QComboBox)
    assert not choice.isVisible()
    lobby.invite.show_ways(FOUND)
    assert [choice.itemText(at) for at in range(choice.count())] == ["Anywhere", "This network"]
    QTest.keyClick(lobby, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is not None
    popup = choice.view()
    with qtbot.waitSignal(lobby.invite.way_chosen) as chosen:
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen.args == ["in"]


def test_why_nobody_else_can_join_and_what_to_do(lobby: LobbyScreen) -> None:
    lobby.invite.show_ways(
        InviteWays("192.168.7.2", 4242, "Works in this network only.", "Your router said no.", "Use a VPN.")
    )
    assert text(lobby, "invite-reason") == "Your router said no."
    assert text(lobby, "invite-advice") == "Use a VPN."
    assert not part(lobby, "look-for-ways").isVisible()


def test_a_guest_sees_the_link_as_it_came(lobby: LobbyScreen) -> None:
    lobby.invite.show_ways(FOUND)
    lobby.invite.show_ways(InviteWays())
    assert text(lobby, "invite-link") == INVITE.link


def test_what_is_no_link_stays_as_it_is() -> None:
    assert link_to("sparring://somewhere", "11.0.0.1", 1) == "sparring://somewhere"


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("https://meet.example.org/room", "https://meet.example.org/room"),
        (" http://meet.example.org ", "http://meet.example.org"),
        ("meet.example.org/abc", "https://meet.example.org/abc"),
        ("https://192.168.1.4:8443/x?y=1#z", "https://192.168.1.4:8443/x?y=1#z"),
        ("", ""),
        ("the usual one", ""),
        ("meet", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("tel:123", ""),
        ("https://", ""),
        ("https://bank.example@other.example/", ""),
        ("https://meet.example.org/a b", ""),
        ("https:\\\\meet.example.org", ""),
        ("https://meet.example.org\u202egpj", ""),
        ("https://[oops", ""),
        ("https://x.example:99999", ""),
        ("https://a..b/", ""),
    ],
)
def test_only_a_page_of_the_web_is_opened_for_the_call(typed: str, opened: str) -> None:
    assert call_address(typed) == opened


def test_a_bad_call_link_is_said_beside_it(lobby: LobbyScreen) -> None:
    lobby.show_state(LobbyState(plan=PlanFields(call_link="file:///etc/passwd")))
    assert not part(lobby, "open-call").isEnabled()
    assert "cannot be opened" in text(lobby, "call-words")
    lobby.show_state(LobbyState(plan=PlanFields(call_link="https://meet.example.org/x")))
    assert part(lobby, "open-call").isEnabled()
    assert text(lobby, "call-words") == "Call"
