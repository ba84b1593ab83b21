"""Plays a plan on a real server, and looks at every quiet point whether everything is as it must be."""

import asyncio
import itertools

from sparring.live.connection import LinkState
from sparring_server.protocol import messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.view import Format, Phase
from sparring_server.protocol.view import Plan as SessionPlan
from tests.faults import plan as steps
from tests.faults.actor import Actor
from tests.faults.auditor import Auditor
from tests.faults.oracle import Oracle
from tests.faults.place import ServerPlace
from tests.faults.plan import MARKS, AnyStep, Plan, Who
from tests.faults.proxy import Address
from tests.support.partners import PROBLEM, agree, same_text
from tests.support.waiting import until


class PlanFailed(AssertionError):
    """What was not as it must be, and how to play it again."""


class Player:
    """One plan at one place. `play` raises `PlanFailed`."""

    def __init__(self, plan: Plan, place: ServerPlace) -> None:
        self._plan = plan
        self._place = place
        self._is_gate_open = True
        self._fences = itertools.count(1)
        self._oracles = [Oracle(mark) for mark in MARKS]
        shared, other = self._oracles
        self._invites = [Invite("127.0.0.1", 1, names.new_id(), names.new_secret()) for _ in MARKS]
        self._auditors = [
            Auditor(invite.room, invite.secret, oracle)
            for invite, oracle in zip(self._invites, self._oracles, strict=True)
        ]
        of_room = {Who.ANA: shared, Who.BEN: shared, Who.CLEO: other}
        self._actors = {who: Actor(who, oracle, self._target) for who, oracle in of_room.items()}
        self._at = "the beginning"

    def _target(self) -> Address | None:
        return self._place.address if self._is_gate_open else None

    async def play(self) -> None:
        """From the lobby to the last quiet point."""
        try:
            await self._open_rooms()
            for number, step in enumerate(self._plan.steps):
                self._at = f"step {number} ({type(step).__name__})"
                await self._do(step)
            self._at = "the end"
            await self._quiet()
        except AssertionError as error:
            raise PlanFailed(self._explain(str(error))) from error
        finally:
            await asyncio.gather(*(actor.leave() for actor in self._actors.values()), return_exceptions=True)
        self._complain()

    def _complain(self) -> None:
        if any(oracle.faults for oracle in self._oracles):
            raise PlanFailed(self._explain())

    def _explain(self, last: str = "") -> str:
        faults = [fault for oracle in self._oracles for fault in oracle.faults]
        listed = "\n  ".join([*dict.fromkeys(faults), *([last] if last else [])])
        return f"plan {self._plan.seed}, at {self._at}:\n  {listed}"

    # The evening begins.

    async def _open_rooms(self) -> None:
        await self._place.start()
        shared, other = self._invites
        ana, ben, cleo = (self._actors[who].partner for who in await self._enter(shared, other))
        chosen = Format.PAIR if self._plan.paired else Format.SIDE_BY_SIDE
        for one, kind in ((ana, chosen), (cleo, Format.SOLO)):
            one.session.send(messages.SetPlan(plan=SessionPlan(format=kind, focus_minutes=1, break_minutes=1)))
        for one in (ana, cleo):
            one.session.send(messages.PickProblem(problem=PROBLEM))
        await agree(ana, ben)
        for one in (ana, cleo):
            one.session.send(messages.Start())
        for one in (ana, ben, cleo):
            await one.sees(lambda view: view.phase is Phase.FOCUS, "the first block")
        if not self._plan.paired:
            for one in (ana, ben, cleo):
                one.session.send(messages.Reveal(ready=True))
            for one in (ana, ben, cleo):
                await one.sees(lambda view: view.revealed, "the reveal")
        await self._audit()

    async def _enter(self, shared: Invite, other: Invite) -> tuple[Who, ...]:
        for who, invite, seats in ((Who.ANA, shared, 1), (Who.CLEO, other, 1), (Who.BEN, shared, 2)):
            await self._actors[who].enter(invite)
            await self._actors[who].partner.sees(lambda view, seats=seats: len(view.members) == seats, f"{who}'s seat")
        await self._actors[Who.ANA].partner.sees(lambda view: len(view.members) == 2, "both seats")
        return Who.ANA, Who.BEN, Who.CLEO

    # Steps.

    async def _do(self, step: AnyStep) -> None:
        match step:
            case steps.Edit():
                self._actors[step.who].edit(step)
            case steps.Ask():
                self._actors[step.who].ask(step.command)
            case steps.Show():
                self._actors[step.who].partner.session.presence.update(typed=step.typed)
            case steps.Settle():
                for _ in range(step.turns):
                    await asyncio.sleep(0)
            case steps.Saved():
                if self._place.is_up:
                    await self._actors[step.who].hopes_for_a_word()
            case steps.Crash():
                await self._actors[step.who].crash(keeps=step.keeps)
            case steps.Quiet():
                await self._quiet()
            case steps.Cut() | steps.Hold() | steps.Release() | steps.Repeat() | steps.Shuffle():
                self._trouble(step)
            case _:
                await self._do_to_server(step)

    def _trouble(self, step: steps.Cut | steps.Hold | steps.Release | steps.Repeat | steps.Shuffle) -> None:
        relay = self._actors[step.who].relay
        trouble = relay.troubles[step.way]
        match step:
            case steps.Cut() if step.after == 0:
                relay.cut()
            case steps.Cut():
                trouble.cut_after = step.after
            case steps.Hold():
                trouble.is_open.clear()
            case steps.Release():
                trouble.is_open.set()
            case steps.Repeat():
                trouble.repeats += step.count
            case steps.Shuffle():
                trouble.shuffles += step.count
                trouble.chance.seed(step.seed)

    async def _do_to_server(self, step: AnyStep) -> None:
        match step:
            case steps.Kill():
                await self._place.kill()
            case steps.Stop():
                await self._place.stop()
            case steps.Start():
                await self._start()
            case steps.Fill():
                self._place.fill(full=step.full)
            case steps.Free():
                self._place.free()
            case steps.Jump():
                self._place.jump(step.seconds)
            case steps.Storage():
                await self._place.restart_storage()

    async def _start(self) -> None:
        """A server that comes back is asked by an auditor before any client can help it out."""
        if self._place.is_whole:
            return
        self._is_gate_open = False
        try:
            await self._place.start()
            await self._audit()
        finally:
            self._is_gate_open = True

    async def _audit(self) -> None:
        address = self._place.address
        assert address is not None
        for auditor in self._auditors:
            await auditor.audit(address)

    # Quiet.

    async def _quiet(self) -> None:
        self._place.free()
        await self._start()
        actors = self._actors.values()
        for actor in actors:
            actor.relay.calm()
        self._complain()
        await asyncio.gather(*(actor.is_back() for actor in actors))
        self._complain()
        ana, ben = self._actors[Who.ANA], self._actors[Who.BEN]
        await self._fence(ana, ben)
        await self._fence(self._actors[Who.CLEO])
        await self._agree(ana, ben)
        for actor in actors:
            actor.check()
        await self._audit()
        self._complain()

    async def _fence(self, *actors: Actor) -> None:
        """Everybody in a room hears everybody: whatever was sent before is done."""
        for speaker in actors:
            await self._is_heard(speaker, actors)

    async def _is_heard(self, speaker: Actor, actors: tuple[Actor, ...]) -> None:
        session = speaker.partner.session
        signals = [actor.partner.session.happened for actor in actors]
        while True:
            text = f"{speaker.oracle.mark} fence {next(self._fences)}"

            def is_heard(text: str = text) -> bool:
                said = messages.Said(text)
                return all(any(event.change == said for event in actor.partner.events) for actor in actors)

            session.send(messages.Say(text=text))
            await until(
                lambda heard=is_heard: heard() or session.link is not LinkState.ONLINE,
                session.link_changed, *signals, what=f"{speaker.who}'s word",
            )  # fmt: skip
            if is_heard():
                return
            # A break that nobody had noticed yet took it.
            await speaker.is_back()

    async def _agree(self, ana: Actor, ben: Actor) -> None:
        hers, his = ana.partner.session, ben.partner.session
        assert hers.round is not None
        assert his.round is not None
        pairs = [(ana.documents[name], ben.documents[name]) for name in ("choosing", "notes")]
        if hers.round.pad is not None:
            pairs.append((ana.documents["main"], ben.documents["main"]))
        else:
            assert hers.round.partners is not None
            assert his.round.partners is not None
            pairs += [(hers.round.mine, his.round.partners), (his.round.mine, hers.round.partners)]
        for pair in pairs:
            await same_text(pair)
        for one, other in ((hers, his), (his, hers)):
            await until(
                lambda one=one, other=other: one.presence.of(other.seat.member) == other.presence.mine,
                one.presence.changed, what=f"{other.seat.name}'s presence",
            )  # fmt: skip
