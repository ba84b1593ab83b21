"""A room in memory: bells after its machine slept, and the answer to those who missed a long evening."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from sparring_server import live_room
from sparring_server.clock import Clock
from sparring_server.counts import Counts
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import frames, limits, messages, names
from sparring_server.protocol.token import Credentials
from sparring_server.protocol.view import Format, Phase, Plan, ProblemRef
from sparring_server.storage.memory import MemoryStorage


@dataclass(eq=False)
class Listener:
    """A client's session document that remembers what it was told."""

    member_id: str = "ana-ana-ana-ana-"
    key: str = names.SESSION_DOCUMENT
    secret: str = ""
    heard: list[messages.AnyNotice] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, stored: bool) -> None:
        raise AssertionError("nothing was written")

    def acknowledge_later(self) -> None:
        raise AssertionError("nothing was written")

    def expel(self, reason: str) -> None:
        raise AssertionError("nobody was removed")

    def send(self, frame: bytes) -> None:
        decoded = frames.decode(frame)
        assert isinstance(decoded, frames.Stateless)
        self.heard.append(messages.decode_notice(decoded.text))
        self.sizes.append(len(frame))
        self.news.set()

    async def hears(self, wanted: Callable[[messages.AnyNotice], bool]) -> messages.AnyNotice:
        async with asyncio.timeout(10):
            while not any(map(wanted, self.heard)):
                self.news.clear()
                await self.news.wait()
        return next(filter(wanted, self.heard))


async def a_room(clock: Clock) -> tuple[LiveRoom, Listener]:
    ana = Listener()
    credentials = Credentials(secret=names.new_secret(), member=ana.member_id, key=names.new_secret(), open=True)
    room = LiveRoom(names.new_id(), MemoryStorage(), clock, Counts())
    await room.create(credentials)
    room.attach(room.document(names.SESSION_DOCUMENT), ana)
    await room.command(ana, "member", messages.Join(name="Ana"))
    return room, ana


async def in_solo_focus(room: LiveRoom, ana: Listener) -> None:
    for command in (
        messages.SetPlan(plan=Plan(format=Format.SOLO, focus_minutes=25, blocks=1)),
        messages.PickProblem(problem=ProblemRef("tolls", "Tolls")),
        messages.Start(),
    ):
        await room.command(ana, "member", command)


async def test_a_bell_that_was_slept_through_rings_soon_after_and_at_its_own_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_room, "BELL_CHECK_SECONDS", 0.01)
    asleep = 0.0
    clock = Clock(steady=lambda: asleep)
    room, ana = await a_room(clock)
    await in_solo_focus(room, ana)
    started_ms = clock.now_ms()
    asleep = 3_600.0
    bell = await ana.hears(lambda one: isinstance(one, messages.Event) and one.view.phase is Phase.REVEAL)
    assert isinstance(bell, messages.Event)
    assert bell.at_ms == pytest.approx(started_ms + 25 * 60_000, abs=2)
    room.close()


async def test_a_room_that_left_memory_rings_no_more() -> None:
    asleep = 0.0
    room, ana = await a_room(Clock(steady=lambda: asleep))
    await in_solo_focus(room, ana)
    heard = len(ana.heard)
    # The bell falls due while the room is busy, and the room is closed before it is its turn.
    async with room._order:
        asleep = 3_600.0
        room._ring_soon()
        room.close()
    await asyncio.gather(*room._tasks)
    assert len(ana.heard) == heard
    assert room._bell is None


async def test_a_long_evening_is_told_in_pieces_that_fit_a_frame() -> None:
    room, ana = await a_room(Clock())
    words = "é" * limits.MAX_CHAT_LENGTH
    for _ in range(300):
        await room.command(ana, "member", messages.Say(text=words))
    ana.heard.clear()
    ana.sizes.clear()
    await room.command(ana, "member", messages.CatchUp(since=0))
    missed = [one for one in ana.heard if isinstance(one, messages.Missed)]
    assert len(missed) > 1
    assert all(one.complete for one in missed)
    assert [event.number for one in missed for event in one.events] == list(range(1, 302))
    assert max(ana.sizes) < limits.MAX_FRAME_BYTES
    room.close()
