"""Random plans for two servers on one Redis: somebody types, commands, drops out, dies and comes back, in any order."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sparring.live.document import SharedDocument
from sparring_server.protocol import messages
from tests.support.partners import PROBLEM, Partner, Room, in_focus, reveal, same_text, text_of
from tests.support.processes import Balancer, SharingServer
from tests.support.redis_server import RedisServer, running_redis
from tests.support.waiting import until

STEPS = 12


class Evening:
    """Two partners, two servers, one Redis, and whatever a seed does to them."""

    def __init__(self, seed: int, redis: RedisServer, servers: list[SharingServer], doors: list[Balancer]) -> None:
        self.dice = random.Random(seed)
        self.redis, self.servers, self.doors = redis, servers, doors
        self.typed: list[str] = []
        self.plan: list[str] = []
        self.pulse = 0
        self.here, self.there = Room(doors[0].port), Room(doors[1].port)
        self.there.invite = replace(self.here.invite, port=doors[1].port)

    async def begin(self) -> None:
        self.ana = self.here.enter("Ana", opens=True)
        await self.ana.sees(lambda view: len(view.members) == 1, "Ana's seat")
        self.ben = self.there.enter("Ben")
        for partner in self.partners:
            await partner.sees(lambda view: len(view.members) == 2, "both seats")
        self.ana.session.send(messages.PickProblem(problem=PROBLEM))
        await self.ben.sees(lambda view: view.problem, "a suggestion")
        self.ben.session.send(messages.Agree(problem=PROBLEM))
        for partner in self.partners:
            await partner.sees(lambda view: not view.awaited(), "that both agree")
        await in_focus(self.ana, self.ben)
        await reveal(self.ana, self.ben)

    @property
    def partners(self) -> tuple[Partner, Partner]:
        return self.ana, self.ben

    def notes(self, partner: Partner) -> SharedDocument:
        assert partner.session.round is not None
        return partner.session.round.notes

    async def play(self) -> None:
        deeds: list[Callable[[], Awaitable[None]]] = [
            self.type, self.type, self.type, self.talk, self.talk, self.drop, self.kill_server, self.kill_redis,
            self.rest,
        ]  # fmt: skip
        for _ in range(STEPS):
            deed = self.dice.choice(deeds)
            self.plan.append(deed.__name__)
            await deed()
        await self.rest()

    async def type(self) -> None:
        for _ in range(self.dice.randrange(1, 40)):
            partner = self.dice.choice(self.partners)
            word = f"w{len(self.typed)} "
            self.typed.append(word.strip())
            partner.type(self.notes(partner), word, at=0)
            if self.dice.random() < 0.2:
                await asyncio.sleep(0)

    async def talk(self) -> None:
        for partner in self.partners:
            for line in range(self.dice.randrange(4)):
                partner.session.send(messages.Say(text=f"line {line}"))

    async def drop(self) -> None:
        socket = self.dice.choice(self.partners).session._connection._socket
        if socket is not None:
            socket.transport.abort()

    async def kill_server(self) -> None:
        """And a new one comes in its place, while clients find the other."""
        at = self.dice.randrange(2)
        dead = self.servers[at]
        await dead.kill()
        self.servers[at] = await SharingServer.start(self.redis.url, "--port", str(dead.port))

    async def kill_redis(self) -> None:
        await self.redis.kill()
        await self.type()
        await self.redis.start()

    async def rest(self) -> None:
        """Everything is saved, and everybody sees the same."""
        await asyncio.gather(*(partner.is_online() for partner in self.partners))
        await asyncio.gather(*(partner.has_saved() for partner in self.partners))
        words = (await same_text([self.notes(partner) for partner in self.partners])).split()
        assert sorted(words) == sorted(self.typed)
        # A last line of each reaches both: nobody is left behind with an older room.
        for partner in self.partners:
            mark = f"mark {len(self.plan)} {partner.id}"
            await self.say(partner, mark)
            for other in self.partners:
                await self.hears(other, mark)
        # And what each does just now.
        self.pulse += 1
        for partner, other in (self.partners, self.partners[::-1]):
            partner.session.presence.update(lines=self.pulse)
            await self.sees_pulse(other, partner.id)
        numbers = [[event.number for event in partner.events] for partner in self.partners]
        for seen in numbers:
            assert seen == list(range(seen[0], seen[0] + len(seen)))
        known = {event.number: event for event in self.ana.events}
        assert all(known.get(event.number, event) == event for event in self.ben.events)

    async def say(self, partner: Partner, text: str) -> None:
        """Until it is heard: a command that is on its way when a link breaks is lost, and its sender sees that."""
        changed = asyncio.Event()

        def wake(*_: object) -> None:
            changed.set()

        signals = (partner.session.happened, partner.session.refused, partner.session.view_changed)
        for signal in signals:
            signal.connect(wake)
        async with asyncio.timeout(20):
            while text not in said(partner):
                await partner.is_online()
                changed.clear()
                partner.session.send(messages.Say(text=text))
                await changed.wait()
        for signal in signals:
            signal.disconnect(wake)

    async def hears(self, partner: Partner, text: str) -> None:
        await until(lambda: text in said(partner), partner.session.happened, what=text)

    async def sees_pulse(self, partner: Partner, member: str) -> None:
        presence = partner.session.presence
        await until(
            lambda: (seen := presence.of(member)) and seen.lines == self.pulse, presence.changed, what="their pulse"
        )

    async def close(self) -> None:
        await asyncio.gather(self.here.close(), self.there.close())


def said(partner: Partner) -> list[str]:
    return [event.change.text for event in partner.events if isinstance(event.change, messages.Said)]


SEEDS = [pytest.param(1), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 40))]


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_dies_both_see_the_same_and_nothing_is_lost(seed: int, tmp_path: Path) -> None:
    async with running_redis(tmp_path / "redis") as redis:
        servers = list(await asyncio.gather(*(SharingServer.start(redis.url) for _ in range(2))))
        ports = [server.port for server in servers]
        async with Balancer(*ports) as first, Balancer(*reversed(ports)) as second:
            evening = Evening(seed, redis, servers, [first, second])
            try:
                await evening.begin()
                await evening.play()
                # What a newcomer gets from the storage alone.
                late = Room(second.port)
                late.invite = evening.there.invite
                again = late.enter("Ana", seat=evening.ana.session.seat)
                await again.sees(lambda view: view.revealed, "the room")
                notes = evening.notes(again)
                wanted = sorted(evening.typed)
                await until(lambda: sorted(str(text_of(notes)).split()) == wanted, notes.updated, what="the text")
                await late.close()
            except BaseException as error:
                error.add_note(f"seed {seed}: {evening.plan}")
                for server in servers:
                    error.add_note(server.log[-3_000:])
                raise
            finally:
                await evening.close()
                for server in servers:
                    await server.kill()
