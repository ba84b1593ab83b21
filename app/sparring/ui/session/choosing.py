"""Choosing a problem from this seat: suggestions with their version, and a problem that one of the two lacks.

A suggestion names a problem and the digest of its folder. Each app looks whether it has that version. Who lacks it asks
for it in the room's document; whoever has it packs it and puts it there; the one who asked checks it, and keeps it on
the shelf of what was received. Folders are read, packed and unpacked away from the interface's thread.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from sparring.journal import Journal
from sparring.live.exchange import CannotSend, ProblemExchange, Said
from sparring.live.session import LiveSession
from sparring.problems import Bank, Problem, ProblemError
from sparring.problems.archive import pack
from sparring.problems.digest import digest
from sparring.problems.received import NotReceived, find_version, keep_received
from sparring.ui.session.known_problems import RECEIVED, KnownProblems
from sparring_server.protocol import limits, messages
from sparring_server.protocol.view import Phase, ProblemRef, RoomView

log = logging.getLogger(__name__)

_BROUGHT_IN = ("mine", RECEIVED)
"""Names of shelves in the bank: what the two brought in. All others are Sparring's own."""
_OTHER_VERSION = "it is one of Sparring's own, and your two apps have different versions of it."


@dataclass(frozen=True)
class Version:
    """How it stands with the suggested version of a problem in this app."""

    state: Literal["none", "looking", "here", "lacked", "refused"]
    words: str = ""
    """What it waits for, or why it is not here; also what the partner's app says."""


class Choosing(QObject):
    """See the module. Follows a session until `close`."""

    changed = Signal()
    told = Signal(str)
    """A sentence that the person should see, wherever they are."""

    def __init__(self, session: LiveSession, bank: Bank, journal: Journal, received: Path) -> None:
        super().__init__()
        self._session, self._bank, self._received = session, bank, received
        self.known = KnownProblems(session, bank, journal)
        self._ref: ProblemRef | None = None
        self._mine: ProblemRef | None = None
        """What I suggested last: of that one I know that it is here."""
        self._state: Literal["none", "looking", "here", "lacked", "refused"] = "none"
        self._refusal = ""
        self._wish = 0
        self._is_busy = False
        self._place: tuple[int, Phase] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        session.exchange_changed.connect(self._exchange)

    def close(self) -> None:
        """Let go of the session; what is on its way is dropped."""
        self._session.exchange_changed.disconnect(self._exchange)
        for task in self._tasks:
            task.cancel()
        self._bank.prefer(None)

    # The suggested version.

    @property
    def problem(self) -> Problem | None:
        """The suggested problem, in the suggested version; None if this app does not have it."""
        if self._ref is None or self._state not in ("here", "looking"):
            return None
        return self._bank.problems.get(self._ref.id)

    @property
    def version(self) -> Version:
        """How it stands with it here, and what the partner's app says."""
        return Version(self._state, self._partner_says or self._refusal or self._waits_for)

    @property
    def _partner_says(self) -> str:
        """Why the partner's app could not take or send it, if it could not."""
        partner, said = self._session.partner, self._said_by_partner
        if partner is None or said is None or said.is_kept:
            return ""
        does = "send" if self._state in ("lacked", "refused") else "take"
        return f"{partner.name}'s app could not {does} it: {said.words}"

    @property
    def _said_by_partner(self) -> Said | None:
        """The partner's word about the suggested version."""
        exchange, partner, ref = self._session.exchange, self._session.partner, self._ref
        said = exchange.said_by(partner.id) if exchange and partner else None
        return said if said is not None and ref is not None and said.digest == ref.digest else None

    @property
    def _waits_for(self) -> str:
        exchange, partner, ref = self._session.exchange, self._session.partner, self._ref
        if ref is None or self._state == "none":
            return ""
        if self._state == "lacked":
            lacks = "Your app does not have this problem."
            return f"{lacks} It is on its way." if ref.digest else lacks
        is_asked = exchange is not None and exchange.is_asked(ref.digest) and self._said_by_partner is None
        if self._state == "here" and partner is not None and is_asked:
            return f"{partner.name} does not have it yet. It is on its way."
        return ""

    @property
    def can_ask_again(self) -> bool:
        """Whether it makes sense to ask for the problem once more."""
        return self._state == "refused" or (self._state == "lacked" and bool(self._partner_says))

    def follow(self, view: RoomView) -> None:
        """The room's state is now this."""
        place = (view.round, view.phase)
        if place != self._place:
            if view.phase is Phase.LOBBY and self._place is not None:
                self.known.read_journal()
            self._place = place
        if view.problem != self._ref:
            self._take_up(view.problem)
        self._act()

    def _take_up(self, ref: ProblemRef | None) -> None:
        self._ref, self._refusal = ref, ""
        self._bank.prefer(None)
        if ref is None:
            self._state = "none"
        elif not ref.digest:
            self._state = "here" if ref.id in self._bank.summaries else "lacked"
        elif ref == self._mine:
            self._state = "here"
        else:
            self._state = "looking"
            self._do(self._look(ref))

    async def _look(self, ref: ProblemRef) -> None:
        summary = self._bank.summaries.get(ref.id)
        folder = summary.folder if summary else None
        found = await asyncio.to_thread(find_version, folder, self._received, ref.id, ref.digest)
        if ref != self._ref:
            return
        if found is None:
            exchange = self._session.exchange
            said = exchange.said_by(self._session.seat.member) if exchange else None
            is_refused = said is not None and said.digest == ref.digest and not said.is_kept
            self._state = "refused" if is_refused else "lacked"
            self._refusal = f"Your app could not take it: {said.words}" if said and is_refused else ""
        else:
            self._have(ref, found)
        self._exchange()

    def _have(self, ref: ProblemRef, folder: Path) -> None:
        """The suggested version is in this folder."""
        summary = self._bank.summaries.get(ref.id)
        try:
            if summary is None or summary.folder != folder:
                self._bank.prefer(folder, RECEIVED)
        except ProblemError as error:
            self._state, self._refusal = "refused", f"It cannot be read: {error}"
        else:
            self._state, self._refusal = "here", ""

    # What I want.

    def suggest(self, problem_id: str) -> None:
        """Suggest a problem of my bank."""
        self._wish += 1
        self._do(self._suggest(problem_id, self._wish))

    async def _suggest(self, problem_id: str, wish: int) -> None:
        summary = self._bank.summaries.get(problem_id)
        if summary is None:
            return
        try:
            version = await asyncio.to_thread(digest, summary.folder)
            readable = await asyncio.to_thread(self._bank.open, problem_id)
        except ProblemError as error:
            self.told.emit(f"“{summary.title}” cannot be suggested: {error}.")
            return
        if wish != self._wish:
            # Another one was clicked meanwhile.
            return
        if readable is None:
            self.told.emit(f"“{summary.title}” cannot be suggested: {self._bank.errors[-1]}.")
            return
        self._mine = ProblemRef(summary.id, summary.title, version)
        self._session.send(messages.PickProblem(problem=self._mine))

    def agree(self, *, on: bool = True) -> None:
        """Agree with what is suggested, or no longer."""
        if self._ref is not None:
            self._session.send(messages.Agree(problem=self._ref, on=on))

    def ask_again(self) -> None:
        """Let the partner's app send it once more."""
        exchange, ref = self._session.exchange, self._ref
        if exchange is None or ref is None or not self.can_ask_again:
            return
        self._state, self._refusal = "lacked", ""
        exchange.ask(ref.digest)
        self.changed.emit()

    # What goes over.

    def _exchange(self) -> None:
        self._act()
        self.changed.emit()

    def _act(self) -> None:
        """Do what the room's document asks for now; it may be told again and again."""
        exchange, ref = self._session.exchange, self._ref
        if exchange is None or not exchange.is_synced:
            return
        exchange.tell_seen(self.known.my_marks)
        if ref is not None and ref.digest and not self._is_busy:
            if self._state == "lacked":
                parcel = exchange.parcel(ref.digest)
                if parcel is not None:
                    self._do(self._take(exchange, ref, parcel), is_exclusive=True)
                elif not exchange.has_asked(ref.digest):
                    exchange.ask(ref.digest)
            elif self._state == "here" and exchange.is_asked(ref.digest) and exchange.parcel(ref.digest) is None:
                mine = exchange.said_by(self._session.seat.member)
                if mine is None or mine.digest != ref.digest:
                    self._do(self._send(exchange, ref), is_exclusive=True)

    async def _send(self, exchange: ProblemExchange, ref: ProblemRef) -> None:
        summary = self._bank.summaries.get(ref.id)
        if summary is None:
            return
        try:
            if summary.shelf not in _BROUGHT_IN:
                raise CannotSend(_OTHER_VERSION)
            packed = await asyncio.to_thread(pack, summary.folder)
            if await asyncio.to_thread(digest, summary.folder) != ref.digest:
                raise CannotSend("its folder was changed after it was suggested.")
            exchange.send(ref.digest, packed)
        except (CannotSend, ProblemError) as error:
            words = f"{str(error).rstrip('.')}."
            exchange.say(Said(ref.digest, False, words))
            self._refuse(ref, f"Your app could not send it: {words}", is_here=True)

    async def _take(self, exchange: ProblemExchange, ref: ProblemRef, parcel: bytes) -> None:
        summary = self._bank.summaries.get(ref.id)
        try:
            if summary is not None and summary.shelf not in _BROUGHT_IN:
                raise NotReceived("it has the name of one of Sparring's own problems.")
            if len(parcel) > limits.MAX_PACKED_PROBLEM_BYTES:
                raise NotReceived(f"it is larger than {limits.MAX_PACKED_PROBLEM_BYTES // 1024} KB.")
            folder = await asyncio.to_thread(keep_received, parcel, ref.id, ref.digest, self._received)
            await asyncio.to_thread(self._bank.refresh)
        except NotReceived as error:
            log.info("a problem that was sent is refused: %s", error)
            exchange.say(Said(ref.digest, False, str(error)))
            self._refuse(ref, f"Your app could not take it: {error}")
            return
        exchange.say(Said(ref.digest, True))
        partner = self._session.partner
        whose = f"{partner.name}'s" if partner else "Your partner's"
        self.told.emit(f"{whose} problem “{ref.title}” is kept on your shelf.")
        if ref == self._ref:
            self._have(ref, folder)

    def _refuse(self, ref: ProblemRef, words: str, *, is_here: bool = False) -> None:
        if ref == self._ref:
            self._refusal = words
            if not is_here:
                self._state = "refused"
        self.told.emit(words)

    # Work beside the interface.

    def _do(self, work: Coroutine[Any, Any, None], *, is_exclusive: bool = False) -> None:
        if is_exclusive:
            self._is_busy = True
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._done(done, is_exclusive))

    def _done(self, task: "asyncio.Task[None]", was_exclusive: bool) -> None:
        self._tasks.discard(task)
        if was_exclusive:
            self._is_busy = False
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log.error("choosing a problem failed", exc_info=error)
            self.told.emit(f"Something went wrong with the problem ({error}). Suggest it again, or another one.")
        if was_exclusive:
            # What came meanwhile was left for now.
            self._exchange()
