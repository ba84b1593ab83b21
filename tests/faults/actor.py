"""One seat of a plan: a real session of the app behind a relay, its disk, and what it was told."""

import asyncio
import itertools
from collections.abc import Callable

from sparring.live.connection import LinkState
from sparring.live.document import SharedDocument
from sparring.live.session import LiveSession
from sparring_server.protocol import messages
from sparring_server.protocol.invite import Invite
from tests.faults.oracle import Oracle, clocks
from tests.faults.plan import Edit, Way, Who
from tests.faults.proxy import Address, Relay
from tests.support.partners import Partner, new_seat, text_of
from tests.support.waiting import until

LONGEST_ERASE = 20
HOPE_SECONDS = 1.0
"""How long a step waits for an acknowledgement that may never come; nothing is asserted of it."""

Ask = Callable[["Actor"], messages.AnyCommand]
COMMANDS: dict[str, Ask] = {
    "say": lambda one: messages.Say(text=f"{one.oracle.mark} {next(one.numbers)}"),
    "stuck": lambda one: messages.Stuck(on=True),
    "unstuck": lambda one: messages.Stuck(on=False),
    "pause": lambda one: messages.Pause(),
    "resume": lambda one: messages.Resume(),
    "extend": lambda one: messages.Extend(),
    "walk": lambda one: messages.StartWalkthrough(speaker=one.partner.id),
    "stop-walk": lambda one: messages.StopWalkthrough(),
    "claim": lambda one: messages.ClaimComplexity(time=f"O({one.oracle.mark})"),
}


class Actor:
    """See the module."""

    def __init__(self, who: Who, oracle: Oracle, target: Callable[[], Address | None]) -> None:
        self.who = who
        self.oracle = oracle
        self.numbers = itertools.count(1)
        self.relay = Relay(target, self._acknowledged, oracle.seen, lambda what: oracle.fault(f"{who}: {what}"))
        self._told = asyncio.Event()
        self._disk: dict[str, list[bytes]] = {}
        self._watched: set[SharedDocument] = set()
        self._invite: Invite | None = None
        self.seat = new_seat(f"{oracle.mark}{who}", opens=who is not Who.BEN)

    async def enter(self, invite: Invite) -> None:
        """Start the app."""
        address = await self.relay.open()
        self._invite = Invite(*address, invite.room, invite.secret)
        self._begin()

    def _begin(self) -> None:
        assert self._invite is not None
        disk = {name: tuple(updates) for name, updates in self._disk.items()}
        session = LiveSession(self._invite, self.seat, lambda name: disk.get(name, ()))
        self.partner = Partner(session)
        session.document_opened.connect(self._keep)
        session.view_changed.connect(self._watch_all)
        session.happened.connect(self.oracle.announced)
        session.denied.connect(lambda sentence: self.oracle.fault(f"{self.who} was turned away: {sentence}"))
        session.start()

    async def leave(self) -> None:
        """Close the app in good order."""
        await self.partner.session.close()
        await self.relay.close()

    async def crash(self, *, keeps: bool) -> None:
        """Kill the app and start it again.

        A disk is lost only with what is saved elsewhere. What was forwarded to a reader and is saved nowhere, since the
        server died too, could not come back: a reader has no say in another's document.
        """
        unsaved = self.partner.session.unsaved
        connection = self.partner.session._connection
        tasks = [task for task in (connection._task, *self.partner.session._tasks) if task is not None]
        if connection._socket is not None:
            connection._socket.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.relay.cut()
        if not keeps and not unsaved:
            self._disk.clear()
        self._watched.clear()
        self._begin()

    # What the app does.

    @property
    def documents(self) -> dict[str, SharedDocument]:
        """By the names that plans use; empty before the room is known."""
        part = self.partner.session.round
        if part is None:
            return {}
        if part.pad is not None:
            return {"main": part.pad, "notes": part.choosing, "choosing": part.choosing}
        return {"main": part.mine, "notes": part.notes, "choosing": part.choosing}

    def edit(self, step: Edit) -> None:
        document = self.documents.get(step.document)
        if document is None:
            return
        text = text_of(document)
        value = str(text)
        place = int(len(value) * step.at)
        erase = min(int((len(value) - place) * step.erase), LONGEST_ERASE)
        start = len(value[:place].encode())
        if erase:
            del text[start : start + len(value[place : place + erase].encode())]
        if step.insert:
            text.insert(start, self.oracle.mark + step.insert)

    def ask(self, command: str) -> None:
        self.partner.session.send(COMMANDS[command](self))

    async def hopes_for_a_word(self) -> None:
        """Wait until something of mine is acknowledged; return at once if nothing can be."""
        session = self.partner.session
        is_held = not all(self.relay.troubles[way].is_open.is_set() for way in Way)
        if not session.unsaved or is_held:
            return
        self._told.clear()
        try:
            await asyncio.wait_for(self._told.wait(), HOPE_SECONDS)
        except TimeoutError:
            pass

    # What it was told.

    def _acknowledged(self, document: str, update: bytes, base: bytes | None) -> None:
        self.oracle.acknowledged(document, update, base)
        self._told.set()

    def _keep(self, document: SharedDocument) -> None:
        kept = self._disk.setdefault(document.name, [])
        document.updated.connect(lambda update, is_remote: kept.append(update))
        self._watch(document)

    def _watch_all(self) -> None:
        if self.partner.session.round is not None:
            for document in self.partner.session.round.for_room:
                self._watch(document)

    def _watch(self, document: SharedDocument) -> None:
        if document not in self._watched:
            self._watched.add(document)
            document.unsaved_changed.connect(lambda count: self._check_claim(document, count))

    def _check_claim(self, document: SharedDocument, unsaved: int) -> None:
        if not unsaved:
            mine = document.doc.client_id
            made = clocks(document.doc.get_state()).get(mine, 0)
            self.oracle.check_claim(document.name, mine, made, self.who)

    # Quiet.

    async def is_back(self) -> None:
        """Online, with everything saved."""
        session = self.partner.session
        await until(
            lambda: session.link in (LinkState.ONLINE, LinkState.REFUSED) and session.view is not None,
            session.link_changed, session.view_changed, what=f"{self.who}'s connection",
        )  # fmt: skip
        await until(lambda: session.unsaved == 0, session.unsaved_changed, what=f"{self.who}'s acknowledgements")

    def check(self) -> None:
        """What this app has against the account."""
        numbers = [event.number for event in self.partner.events]
        self.oracle.check_events(numbers, self.who)
        if numbers and numbers[0] != 1:
            self.oracle.fault(f"{self.who} heard events from {numbers[0]} on")
        for document in self.documents.values():
            self.oracle.check_kept(document.name, document.doc.get_update(), self.who)
