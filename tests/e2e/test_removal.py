"""Real apps: the host removes who sits there; the old link opens nothing any more, and the new one does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.player import Player
from tests.e2e.test_apps import sit_down


@pytest.fixture
def players() -> Iterator[list[Player]]:
    started: list[Player] = []
    yield started
    for player in started:
        player.end()


def joins(player: Player, name: str, link: str) -> None:
    player.do("write", name="my-name", text=name)
    player.do("write", name="invite-link-input", text=link)
    player.click("join-session")


@pytest.mark.soak
def test_who_is_removed_comes_back_with_the_new_link_only(players: list[Player], tmp_path: Path) -> None:
    ana, eve = (sit_down(players, tmp_path, name) for name in ("Ana", "Eve"))
    ana.do("write", name="my-name", text="Ana")
    ana.click("start-session")
    ana.do("wait", screen="session/lobby", name="invite-link")
    old = ana.read("invite-link")
    assert old.startswith("sparrings://")
    joins(eve, "Eve", old)
    ana.do("wait", name="partner-name", contains="Eve")
    ana.click("lobby-remove")
    ana.do("wait", name="removal-words", contains="Eve is cut off at once")
    ana.click("removal-yes")
    ana.do("wait", name="notice", contains="Eve was removed")
    ana.do("wait", name="partner-name", contains="waiting for your partner")
    new = ana.read("invite-link")
    assert new != old
    eve.do("wait", screen="today", name="today-error", contains="You were removed")
    eve.do("write", name="invite-link-input", text=old)
    eve.click("join-session")
    eve.do("wait", screen="today", name="today-error", contains="does not open the session")
    # It was a mistake: they are sent the new link.
    eve.do("write", name="invite-link-input", text=new)
    eve.click("join-session")
    eve.do("wait", screen="session/lobby", name="partner-name", contains="Ana")
    ana.do("wait", name="partner-name", contains="Eve")
    assert eve.read("invite-link") == new
    assert [player.close() for player in players] == [0, 0]
