"""Several servers on one Redis: partners on two of them notice nothing, whatever dies."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sparring.live.connection import LinkState
from sparring.live.document import SharedDocument
from sparring_server import gateway
from sparring_server.clock import Clock
from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway
from sparring_server.protocol import messages
from sparring_server.protocol.view import Phase, Plan
from sparring_server.storage.shared import RedisStorage
from tests.support.partners import PROBLEM, Partner, Room, in_focus, reveal, same_text, text_of
from tests.support.processes import Balancer, sharing_servers
from tests.support.redis_server import RedisServer, running_redis
from tests.support.waiting import until


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[RedisServer]:
    async with running_redis(tmp_path / "redis") as server:
        yield server


class TwoDoors:
    """One room, which Ana enters by one server and Ben by another."""

    def __init__(self, port: int, other_port: int) -> None:
        self.here = Room(port)
        self.there = Room(other_port)
        self.there.invite = replace(self.here.invite, port=other_port)

    async def both(self) -> tuple[Partner, Partner]:
        ana = self.here.enter("Ana", opens=True)
        await ana.sees(lambda view: len(view.members) == 1, "Ana's seat")
        ben = self.there.enter("Ben")
        for partner in (ana, ben):
            await partner.sees(lambda view: len(view.members) == 2, "both seats")
        ana.session.send(messages.PickProblem(problem=PROBLEM))
        problem = (await ben.sees(lambda view: view.problem, "a suggestion")).problem
        assert problem is not None
        ben.session.send(messages.Agree(problem=problem))
        for partner in (ana, ben):
            await partner.sees(lambda view: not view.awaited(), "that both agree")
        return ana, ben

    async def close(self) -> None:
        await asyncio.gather(self.here.close(), self.there.close())


def mine(partner: Partner) -> SharedDocument:
    assert partner.session.round is not None
    return partner.session.round.mine


def theirs(partner: Partner) -> SharedDocument:
    assert partner.session.round is not None
    assert partner.session.round.partners is not None
    return partner.session.round.partners


async def sees_activity(watcher: Partner, member: str, lines: int) -> None:
    await until(
        lambda: (seen := watcher.session.presence.of(member)) and seen.lines == lines,
        watcher.session.presence.changed, what=f"{lines} lines",
    )  # fmt: skip


async def test_partners_on_two_processes_see_each_others_keystrokes_presence_and_events(redis: RedisServer) -> None:
    async with sharing_servers(redis.url, 2) as (first, second):
        doors = TwoDoors(first.port, second.port)
        ana, ben = await doors.both()
        await in_focus(ana, ben)
        ana.session.presence.update(lines=21)
        await sees_activity(ben, ana.id, 21)
        ben.session.presence.update(lines=12)
        await sees_activity(ana, ben.id, 12)
        await reveal(ana, ben)
        ana.type(mine(ana), "def tolls(): 🧮\n")
        ben.type(mine(ben), "lambda: 0\n")
        await until(lambda: "🧮" in str(text_of(theirs(ben))), theirs(ben).updated)
        await until(lambda: "lambda" in str(text_of(theirs(ana))), theirs(ana).updated)
        # Both in one text, at the same moment.
        assert ana.session.round is not None
        assert ben.session.round is not None
        for letter in range(50):
            ana.type(ana.session.round.notes, f"a{letter} ", at=0)
            ben.type(ben.session.round.notes, f"b{letter} ", at=0)
            if letter % 10 == 0:
                await asyncio.sleep(0)
        await asyncio.gather(ana.has_saved(), ben.has_saved())
        text = await same_text([ana.session.round.notes, ben.session.round.notes])
        assert len(text.split()) == 100
        # Who goes is gone, by the other process too.
        ana_id = ana.id
        await doors.here.close()
        await until(lambda: ben.session.presence.of(ana_id) is None, ben.session.presence.changed, what="her absence")
        await doors.close()


async def test_commands_from_both_at_once_are_one_order_without_gaps(redis: RedisServer) -> None:
    async with sharing_servers(redis.url, 2) as (first, second):
        doors = TwoDoors(first.port, second.port)
        ana, ben = await doors.both()
        for line in range(25):
            ana.session.send(messages.Say(text=f"ana {line}"))
            ben.session.send(messages.Say(text=f"ben {line}"))

        def lines(partner: Partner) -> list[str]:
            return [event.change.text for event in partner.events if isinstance(event.change, messages.Said)]

        await until(lambda: len(lines(ana)) == 50, ana.session.happened, what="all lines")
        await until(lambda: len(lines(ben)) == 50, ben.session.happened, what="all lines")
        assert ana.refusals == ben.refusals == []
        assert lines(ana) == lines(ben)
        for name in ("ana", "ben"):
            assert [line for line in lines(ana) if line.startswith(name)] == [f"{name} {line}" for line in range(25)]
        for partner in (ana, ben):
            numbers = [event.number for event in partner.events]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert ana.events[-1] == ben.events[-1]
        await doors.close()


async def test_a_bell_rings_once_although_two_processes_ring_it(redis: RedisServer) -> None:
    # In one process, since two servers of compressed time share it only here.
    clock = Clock(rate=1_000)
    config = ServerConfig(clock_rate=1_000, test_mode=True)
    async with (
        Gateway(config, RedisStorage(redis.url), clock) as first,
        Gateway(config, RedisStorage(redis.url), clock) as second,
    ):
        doors = TwoDoors(first.port, second.port)
        ana, ben = await doors.both()
        ana.session.send(messages.SetPlan(plan=Plan(focus_minutes=10, break_minutes=2, blocks=4)))
        await ben.sees(lambda view: view.plan.blocks == 4, "the plan")
        ana.session.send(messages.Start())
        for partner in (ana, ben):
            await partner.sees(lambda view: view.phase is Phase.REVEAL, "the last bell")
        for partner in (ana, ben):
            numbers = [event.number for event in partner.events]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert [event for event in ana.events if event in ben.events][-8:] == ben.events[-8:]
        bells = [event for event in ben.events if isinstance(event.change, messages.PhaseChanged)]
        assert len({(event.at_ms, event.view.phase) for event in bells}) == len(bells)
        await doors.close()


async def test_a_killed_process_loses_nothing_that_was_acknowledged(redis: RedisServer) -> None:
    async with (
        sharing_servers(redis.url, 2) as (first, second),
        Balancer(first.port, second.port) as balancer,
    ):
        doors = TwoDoors(balancer.port, second.port)
        ana, ben = await doors.both()
        await in_focus(ana, ben)
        await reveal(ana, ben)
        for letter in range(200):
            ana.type(mine(ana), f"{letter} 🧮\n")
            ben.type(mine(ben), f"{letter}\n")
            if letter % 20 == 0:
                await asyncio.sleep(0)
        await first.kill()
        ana.type(mine(ana), "typed while nobody served\n")
        await until(lambda: ana.session.link is LinkState.RECONNECTING, ana.session.link_changed)
        await ana.is_online()
        await asyncio.gather(ana.has_saved(), ben.has_saved())
        for document, other in ((mine(ana), theirs(ben)), (mine(ben), theirs(ana))):
            text = await same_text([document, other])
            assert text.count("\n") >= 200
        assert "typed while nobody served" in str(text_of(theirs(ben)))
        # The session goes on, with both of them.
        ana.session.send(messages.Say(text="still here"))
        await ben.hears(messages.Said)
        ben.session.presence.update(lines=77)
        await sees_activity(ana, ben.id, 77)
        await doors.close()


async def test_who_was_on_a_killed_process_and_does_not_come_back_is_gone(redis: RedisServer) -> None:
    async with sharing_servers(redis.url, 2) as (first, second):
        doors = TwoDoors(first.port, second.port)
        ana, ben = await doors.both()
        ana.session.presence.update(lines=21)
        await sees_activity(ben, ana.id, 21)
        await first.kill()
        await until(lambda: ben.session.presence.of(ana.id) is None, ben.session.presence.changed, what="her absence")
        # Nobody waits for her word any more.
        ben.session.send(messages.Start())
        await ben.sees(lambda view: view.phase is Phase.FOCUS, "the first block")
        await doors.close()


async def test_redis_is_killed_and_comes_back_while_both_go_on_typing(redis: RedisServer) -> None:
    async with sharing_servers(redis.url, 2) as (first, second):
        doors = TwoDoors(first.port, second.port)
        ana, ben = await doors.both()
        await in_focus(ana, ben)
        await reveal(ana, ben)
        ana.type(mine(ana), "before\n")
        await ana.has_saved()
        await redis.kill()
        ana.type(mine(ana), "while Redis was away\n")
        ben.type(mine(ben), "so did I\n")
        assert "right now" in await ana.is_refused(messages.Say(text="lost"))
        assert ana.session.unsaved
        await redis.start()
        await asyncio.gather(ana.has_saved(), ben.has_saved())
        await until(lambda: "away" in str(text_of(theirs(ben))), theirs(ben).updated, what="what was typed meanwhile")
        await until(lambda: "so did I" in str(text_of(theirs(ana))), theirs(ana).updated, what="what Ben typed")
        ana.session.send(messages.Say(text="and on"))
        await ben.hears(messages.Said)
        assert (await ana.hears(messages.Said)).number == ben.events[-1].number
        ben.session.presence.update(lines=5)
        await sees_activity(ana, ben.id, 5)
        await doors.close()


async def test_who_comes_while_redis_is_away_comes_again_and_is_let_in(redis: RedisServer) -> None:
    async with Gateway(ServerConfig(), RedisStorage(redis.url), Clock()) as first:
        room = Room(first.port)
        ana, _ = await room.both()
        await room.close()
    async with Gateway(ServerConfig(), RedisStorage(redis.url), Clock()) as server:
        await redis.kill()
        back = Room(server.port)
        back.invite = replace(room.invite, port=server.port)
        again = back.enter("Ana", seat=ana.session.seat)
        await until(lambda: again.session.link is LinkState.RECONNECTING, again.session.link_changed)
        await redis.start()
        await again.sees(lambda view: len(view.members) == 2, "the room")
        assert again.denials == []
        await back.close()


async def test_who_is_removed_at_one_server_is_cut_off_at_the_other(redis: RedisServer) -> None:
    async with sharing_servers(redis.url, 2) as servers:
        doors = TwoDoors(*(server.port for server in servers))
        ana, eve = await doors.both()
        old = doors.here.invite
        ana.session.rotate_invite(eve.id)
        await until(lambda: eve.denials, eve.session.denied, what="the end")
        assert "removed" in eve.denials[-1]
        await until(lambda: ana.session.invite != old, ana.session.invite_changed, what="a new link")
        late = doors.there.enter("Eve", seat=eve.session.seat)
        await until(lambda: late.denials, late.session.denied, what="a closed door")
        doors.there.invite = replace(ana.session.invite, port=doors.there.invite.port)
        ben = doors.there.enter("Ben")
        await ben.sees(lambda view: [one.name for one in view.members] == ["Ana", "Ben"], "both")
        await doors.close()


class Stepping(Clock):
    """A clock that stands still but for what it is told, and remembers by how much it was moved."""

    def __init__(self) -> None:
        super().__init__(steady=lambda: 0.0)
        self.moved: asyncio.Queue[float] = asyncio.Queue()

    def follow(self, time_ms: float, most_ms: float) -> None:
        before = self.now_ms()
        super().follow(time_ms, most_ms)
        self.moved.put_nowait(self.now_ms() - before)


async def test_servers_keep_together_in_time(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "SHARED_TIME_SECONDS", 0.01)
    clock = Stepping()
    async with Gateway(ServerConfig(), RedisStorage(redis.url), clock):
        clock.go_by(clock.now_ms() + 3_600_000)
        for _ in range(3):
            assert await asyncio.wait_for(clock.moved.get(), 20) == pytest.approx(-gateway.MAX_DRIFT_MS)
