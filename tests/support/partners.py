"""A room on a real server, and partners who talk in it through real sockets."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pycrdt

from sparring.live.connection import LinkState
from sparring.live.document import SharedDocument
from sparring.live.session import LiveSession, Seat
from sparring_server.protocol import messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.view import Phase, Plan, ProblemRef, RoomView
from tests.support.waiting import until

DEFAULT_PLAN = Plan()
PROBLEM = ProblemRef("shortest-path-with-tolls", "Shortest path with tolls")


def new_invite(port: int) -> Invite:
    return Invite("127.0.0.1", port, names.new_id(), names.new_secret())


def new_seat(name: str, *, opens: bool = False) -> Seat:
    return Seat(names.new_id(), names.new_secret(), name, opens)


def text_of(document: SharedDocument) -> pycrdt.Text:
    return document.doc.get("content", type=pycrdt.Text)


@dataclass
class Partner:
    """One seat, with what it heard."""

    session: LiveSession
    events: list[messages.Event] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    denials: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session.happened.connect(self.events.append)
        self.session.refused.connect(self.refusals.append)
        self.session.denied.connect(self.denials.append)
        self.session.link_trouble.connect(self.troubles.append)

    @property
    def view(self) -> RoomView:
        assert self.session.view is not None
        return self.session.view

    @property
    def id(self) -> str:
        return self.session.seat.member

    async def sees(self, condition: Callable[[RoomView], Any], what: str = "") -> RoomView:
        await until(
            lambda: self.session.view is not None and condition(self.session.view), self.session.view_changed, what=what
        )
        return self.view

    async def hears(self, change: type[messages.Change]) -> messages.Event:
        def heard() -> list[messages.Event]:
            return [event for event in self.events if isinstance(event.change, change)]

        await until(heard, self.session.happened, what=change.__name__)
        return heard()[-1]

    async def is_online(self) -> None:
        await until(lambda: self.session.link is LinkState.ONLINE, self.session.link_changed, what="a connection")

    async def is_gone(self) -> None:
        """The socket is cut, and does not come back before the next `session.start()`."""
        socket, task = self.session._connection._socket, self.session._connection._task
        assert socket is not None
        assert task is not None
        socket.transport.abort()
        await until(
            lambda: self.session.link is LinkState.RECONNECTING, self.session.link_changed, what="the loss of the link"
        )
        task.cancel()
        for rhythm in self.session._tasks:
            rhythm.cancel()
        await asyncio.gather(task, *self.session._tasks, return_exceptions=True)

    async def is_refused(self, command: messages.AnyCommand) -> str:
        before = len(self.refusals)
        self.session.send(command)
        await until(lambda: len(self.refusals) > before, self.session.refused, what="a refusal")
        return self.refusals[-1]

    async def has_saved(self) -> None:
        await until(lambda: self.session.unsaved == 0, self.session.unsaved_changed, what="acknowledgements")

    def type(self, document: SharedDocument, words: str, at: int | None = None) -> None:
        text = text_of(document)
        text.insert(len(text) if at is None else at, words)


class Room:
    """Makes partners and ends them all."""

    def __init__(self, port: int) -> None:
        self.invite = new_invite(port)
        self.partners: list[Partner] = []

    def enter(self, name: str, *, opens: bool = False, seat: Seat | None = None, stored: Any = None) -> Partner:
        taken = seat or new_seat(name, opens=opens)
        session = LiveSession(self.invite, taken, stored) if stored else LiveSession(self.invite, taken)
        partner = Partner(session)
        self.partners.append(partner)
        session.start()
        return partner

    async def both(self, plan: Plan = DEFAULT_PLAN) -> tuple[Partner, Partner]:
        """Ana opens, Ben joins, the plan is set and the problem picked."""
        ana = self.enter("Ana", opens=True)
        await ana.sees(lambda view: len(view.members) == 1, "Ana's seat")
        ben = self.enter("Ben")
        await ana.sees(lambda view: len(view.members) == 2, "Ben's seat")
        await ben.sees(lambda view: len(view.members) == 2, "both seats")
        await begin(ana, ben, plan)
        return ana, ben

    async def close(self) -> None:
        await asyncio.gather(*(partner.session.close() for partner in self.partners))


async def begin(ana: Partner, ben: Partner, plan: Plan = DEFAULT_PLAN) -> None:
    """The plan is set, and a problem chosen."""
    ana.session.send(messages.SetPlan(plan=plan))
    ana.session.send(messages.PickProblem(problem=PROBLEM))
    await ben.sees(lambda view: view.problem == PROBLEM and view.plan == plan, "the plan")
    await agree(ana, ben)


async def agree(ana: Partner, ben: Partner) -> None:
    """Ben is for what Ana suggests."""
    problem = (await ben.sees(lambda view: view.problem, "a suggestion")).problem
    assert problem is not None
    ben.session.send(messages.Agree(problem=problem))
    for partner in (ana, ben):
        await partner.sees(lambda view: not view.awaited(), "that both agree")


async def in_focus(ana: Partner, ben: Partner) -> None:
    ana.session.send(messages.Start())
    for partner in (ana, ben):
        await partner.sees(lambda view: view.phase is Phase.FOCUS, "the first block")


async def reveal(ana: Partner, ben: Partner) -> None:
    for partner in (ana, ben):
        partner.session.send(messages.Reveal(ready=True))
    for partner in (ana, ben):
        await partner.sees(lambda view: view.revealed, "the reveal")


async def same_text(documents: Iterable[SharedDocument]) -> str:
    """Wait until these documents hold the same text, and return it."""
    listed = list(documents)
    await until(
        lambda: len({str(text_of(document)) for document in listed}) == 1,
        *(document.updated for document in listed),
        what="the same text everywhere",
    )
    return str(text_of(listed[0]))
