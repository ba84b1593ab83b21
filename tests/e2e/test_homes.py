"""Real apps in real homes: behind a router, in one network, and out on what plays the internet."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.player import Player
from sparring_server.protocol.invite import parse_invite
from tests.support.homes import HOME_ADDRESS, ROUTER_OUTSIDE, Homes, homes, why_not

_WHY_NOT = why_not()
pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(_WHY_NOT), reason=_WHY_NOT)]


class AtHome(Player):
    """An app process in a namespace, which asks the networks there."""

    def __init__(self, name: str, namespace: str, folder: Path) -> None:
        self._namespace = namespace
        super().__init__(name, folder / name, folder, {"SPARRING_HOST_ADDRESS": ""}, rate=1)

    def _begin(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["ip", "netns", "exec", self._namespace, sys.executable, "-m", self._seat],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self._environment, text=True,
            )  # fmt: skip


class Street:
    """The homes, and who is at their app."""

    def __init__(self, made: Homes, folder: Path) -> None:
        self.homes, self._folder = made, folder
        self.players: list[Player] = []

    def at(self, place: str, name: str) -> Player:
        player = AtHome(name, self.homes.name(place), self._folder)
        self.players.append(player)
        player.sit_down()
        player.do("write", name="my-name", text=name)
        return player


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    with homes() as made:
        there = Street(made, tmp_path)
        yield there
        for player in there.players:
            player.end()
            log = tmp_path / f"{player.name}.log"
            if os.environ.get("SPARRING_SHOW_LOGS"):
                sys.stderr.write(log.read_text())


def join(player: Player, link: str) -> None:
    player.do("write", name="invite-link-input", text=link)
    player.click("join-session")
    player.wait(screen="session/lobby")


def test_somebody_outside_joins_through_the_router(street: Street) -> None:
    street.homes.build()
    street.homes.start_upnp()
    ana, cleo = street.at("home", "Ana"), street.at("outside", "Cleo")
    ana.click("start-session")
    ana.wait("invite-words", "Should work from anywhere", screen="session/lobby")
    link = ana.read("invite-link")
    assert parse_invite(link).host == ROUTER_OUTSIDE
    assert HOME_ADDRESS in street.homes.forwarded()
    join(cleo, link)
    ana.wait("partner-name", "Cleo")
    assert ana.close() == 0
    assert street.homes.forwarded() == ""


def test_who_hosts_is_seen_and_a_link_for_outside_works_in_the_same_house(street: Street) -> None:
    street.homes.build()
    street.homes.start_upnp()
    ana, ben = street.at("home", "Ana"), street.at("sibling", "Ben")
    ana.click("start-session")
    ana.wait("invite-words", "Should work from anywhere", screen="session/lobby")
    ben.wait("nearby", "Ana is hosting on your network.")
    link = ana.read("invite-link")
    assert parse_invite(link).host == ROUTER_OUTSIDE
    join(ben, link)
    ana.wait("partner-name", "Ben")
    assert parse_invite(ben.read("invite-link")).host == HOME_ADDRESS
    assert ana.close() == 0


def test_without_a_way_in_the_lobby_says_why_and_what_helps(street: Street) -> None:
    street.homes.build()
    ana = street.at("home", "Ana")
    ana.click("start-session")
    ana.wait("invite-words", "Works in this network only.", screen="session/lobby")
    assert parse_invite(ana.read("invite-link")).host == HOME_ADDRESS
    assert "No router answered" in ana.read("invite-reason")
    assert "VPN" in ana.read("invite-advice")
    assert ana.close() == 0
