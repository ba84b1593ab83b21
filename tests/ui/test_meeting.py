"""Meeting as the interface sees it: handed to another thread, told by signals, and over when the session is."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from sparring.meeting import addresses
from sparring.meeting.addresses import Kind, LocalAddress
from sparring.meeting.announcing import Nearby
from sparring.meeting.servers import parse_server
from sparring.meeting.thread import MeetingThread
from sparring.ui.hosting import ADDRESS_VARIABLE
from sparring.ui.meeting import Meeting, at_server
from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol import names
from sparring_server.protocol.invite import Invite


@pytest.fixture
def port() -> Iterator[int]:
    """A real server, in a thread of its own."""
    thread, stop, found = MeetingThread(), asyncio.Event(), list[int]()
    listening = threading.Event()

    async def serve() -> None:
        async with make_server(ServerConfig()) as server:
            found.append(server.port)
            listening.set()
            await stop.wait()

    async def end() -> None:
        stop.set()

    serving = thread.run(serve())
    assert listening.wait(10)
    yield found[0]
    thread.run(end()).result(10)
    serving.result(10)
    thread.close()


@pytest.fixture
def meeting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    """This machine alone plays the network."""
    monkeypatch.setenv(ADDRESS_VARIABLE, "")
    monkeypatch.setattr(addresses, "local_addresses", lambda: (LocalAddress("127.0.0.1", "eth0", Kind.NETWORK),))
    made = Meeting()
    yield made
    made.close()()


def test_who_hosts_learns_who_can_join(meeting: Meeting, qtbot: QtBot, port: int) -> None:
    invite = Invite("127.0.0.1", port, names.new_id(), names.new_secret())
    assert meeting.ways is None
    meeting.host(invite, "Ana", is_told=False, ask_router=False)

    def ways() -> str:
        return meeting.ways.words if meeting.ways is not None and not meeting.ways.is_looking else ""

    assert meeting.ways is not None
    assert meeting.ways.is_looking
    qtbot.waitUntil(lambda: ways() == "Works in this network only.")
    assert (meeting.ways.host, meeting.ways.port, meeting.ways.can_look) == ("127.0.0.1", port, True)
    meeting.look_again_or_stop()
    assert meeting.ways.is_looking
    qtbot.waitUntil(lambda: ways() == "Works in this network only.")
    with qtbot.waitSignal(meeting.ways_changed):
        meeting.choose("127.0.0.1 1")
    assert ways() == "Works in this network only."
    meeting.end()
    assert meeting.ways is None


def test_a_room_is_looked_for_here_only_if_it_can_prove_to_be_the_one(meeting: Meeting) -> None:
    room, pin = names.new_id(), "p" * 43
    meeting.nearby = (
        Nearby(room, "Ana", 4242, ("192.168.7.2", "10.8.0.2")),
        Nearby(names.new_id(), "Ben", 4243, ("192.168.7.3",)),
    )
    pinned = Invite("11.0.0.1", 41234, room, names.new_secret(), True, pin)
    assert [(one.host, one.port, one.pin, one.secret) for one in meeting.near(pinned)] == [
        ("192.168.7.2", 4242, pin, pinned.secret), ("10.8.0.2", 4242, pin, pinned.secret)
    ]  # fmt: skip
    assert meeting.near(Invite("11.0.0.1", 41234, room, pinned.secret)) == ()
    assert meeting.near(Invite("11.0.0.1", 41234, names.new_id(), pinned.secret, True, pin)) == ()


def test_what_is_said_of_a_server_that_somebody_runs() -> None:
    assert at_server(parse_server("sparring.example.org")).words.startswith("Works from anywhere that reaches")
    assert "a network of its own" in at_server(parse_server("192.168.1.4")).words


def test_closing_before_anything_was_done_is_quick(qtbot: QtBot) -> None:
    Meeting().close()()
