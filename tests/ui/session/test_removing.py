"""Who opened the session removes somebody: a sheet asks, keys reach all of it, and what came of it is told."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from sparring.problems import load_problem
from sparring_server.protocol import messages, names
from sparring_server.protocol.view import Member, Phase
from tests.support.desk import CONTROL, SHIFT, Desk
from tests.support.evening import BEN
from tests.support.problems import write_folder

EVE = Member("eve-eve-eve-eve-", "Eve", "observer")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, load_problem(write_folder(tmp_path / "problem")))
    made.evening.view = msgspec.structs.replace(made.evening.view, opener=made.evening.me)
    made.evening.tells(EVE.id, messages.MemberJoined(EVE), members=(*made.evening.view.members, EVE))
    # What the evening tells carries times of before this app came in.
    made.controller._entered_ms = 0
    yield made
    made.close()


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom the room was asked to remove."""
    listed: list[str] = []
    monkeypatch.setattr(desk.evening.session, "rotate_invite", listed.append)
    return listed


def people(desk: Desk) -> list[str]:
    found = desk.find("removal-people")
    assert isinstance(found, QListWidget)
    return [found.item(number).text() for number in range(found.count())]


def words(desk: Desk, name: str) -> str:
    found = desk.find(name)
    assert isinstance(found, QLabel | QAbstractButton)
    return found.text()


def test_a_key_asks_and_another_removes(desk: Desk, asked: list[str]) -> None:
    desk.press(Qt.Key.Key_M, CONTROL | SHIFT)
    assert people(desk) == ["Ben", "Eve, who watches", "Nobody: only change the link"]
    assert desk.find("removal-people").hasFocus()
    assert "Ben is cut off at once" in words(desk, "removal-words")
    desk.press(Qt.Key.Key_Return)
    assert asked == []
    desk.press(Qt.Key.Key_Down)
    assert words(desk, "removal-yes") == "Remove Eve"
    assert desk.find("removal-yes").accessibleName() == "Remove Eve and change the link"
    for _ in range(2):
        desk.press(Qt.Key.Key_Tab)
    assert desk.find("removal-yes").hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert asked == [EVE.id]
    assert not desk.shows("removal-sheet")


def test_the_link_alone_can_be_changed_and_escape_changes_nothing(desk: Desk, asked: list[str]) -> None:
    before = QApplication.focusWidget()
    desk.press(Qt.Key.Key_M, CONTROL | SHIFT)
    desk.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    desk.press(Qt.Key.Key_M, CONTROL | SHIFT)
    desk.press(Qt.Key.Key_End)
    assert "Everybody who is here stays" in words(desk, "removal-words")
    desk.press(Qt.Key.Key_Backtab)
    desk.press(Qt.Key.Key_Space)
    assert asked == [""]


def test_only_who_opened_the_session_is_offered_it(desk: Desk) -> None:
    entries = [entry.words for entry in desk.controller.palette_entries()]
    assert "Remove Ben and change the link…" in entries
    desk.evening.tells(BEN.id, messages.StuckMarked(on=True), opener=BEN.id)
    desk.press(Qt.Key.Key_M, CONTROL | SHIFT)
    assert not desk.shows("removal-sheet")
    assert not [entry for entry in desk.controller.palette_entries() if entry.words.startswith("Remove")]


def test_what_came_of_it_is_told_and_the_new_link_can_be_copied(desk: Desk) -> None:
    session = desk.evening.session
    old = session.invite
    session._heard(messages.InviteChanged(names.new_secret()))
    view = desk.evening.view
    desk.evening.tells(desk.evening.me, messages.InviteRotated(BEN), members=(view.members[0], EVE))
    assert session.invite != old
    assert "Ben was removed" in desk.window.notice
    desk.press(Qt.Key.Key_F4)
    assert QApplication.clipboard().text() == session.invite.link
    desk.evening.keeper.journal.flush()
    unfinished = desk.evening.journal.unfinished_session()
    assert unfinished is not None
    assert unfinished.invite == session.invite.link


def test_who_stays_hears_that_the_link_is_another_one(desk: Desk) -> None:
    desk.evening.tells(BEN.id, messages.InviteRotated(EVE), members=desk.evening.view.members[:2], opener=BEN.id)
    assert desk.window.notice == "Eve was removed. Ben changed the invite link. You stay in."
    assert desk.evening.session.has_old_invite
    desk.evening.session._heard(messages.InviteChanged(names.new_secret()))
    assert not desk.evening.session.has_old_invite


def test_the_lobby_has_a_button_for_it(desk: Desk) -> None:
    desk.evening.tells(desk.evening.me, messages.PhaseChanged("lobby", 2, 0), phase=Phase.LOBBY, round=2, block=0)
    button = desk.find("lobby-remove")
    assert isinstance(button, QAbstractButton)
    button.click()
    assert desk.shows("removal-sheet")
    desk.press(Qt.Key.Key_Escape)
    desk.evening.tells(BEN.id, messages.StuckMarked(on=True), opener=BEN.id)
    assert not desk.shows("lobby-remove")
