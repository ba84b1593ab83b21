"""Meeting, for the interface: hands the work to its own thread, and brings what was found back as signals."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from sparring.ui.hosting import fixed_address
from sparring.ui.screens.invite import InviteWays, LookStep, WayChoice

if TYPE_CHECKING:
    # Loaded when somebody meets: Today needs none of it.
    from sparring.meeting.announcing import Nearby, Neighbourhood
    from sparring.meeting.hosting import Hosting
    from sparring.meeting.probe import Answer, Place
    from sparring.meeting.reach import Hosted, Report, Way
    from sparring.meeting.servers import Server
    from sparring.meeting.thread import MeetingThread
    from sparring_server.protocol.invite import Invite

log = logging.getLogger(__name__)

T = TypeVar("T")

CLOSE_SECONDS = 6.0
"""The end of the app waits no longer until the router has closed the port and the network has been told."""

MAX_NEAR = 3
"""So many announced addresses of a room are tried before its link is taken as it is."""


class Meeting(QObject):
    """See the module. Everything is called in the interface's thread, and returns at once."""

    nearby_changed = Signal()
    ways_changed = Signal()
    _heard = Signal(object)
    _reported = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nearby: tuple[Nearby, ...] = ()
        """Who hosts on this network."""
        self.report: Report | None = None
        """What is known of the ways to the session that I host; None while I host none."""
        self._thread: MeetingThread | None = None
        self._neighbourhood: Neighbourhood | None = None
        self._hosting: Hosting | None = None
        self._hosted: Hosted | None = None
        self._running: Future[None] | None = None
        self._pending: set[Future[Any]] = set()
        self._chosen = ""
        self._heard.connect(self._take_nearby)
        self._reported.connect(self._take_report)

    # Who is near.

    def listen(self, on: bool) -> None:
        """See who hosts on this network, or no longer."""
        if fixed_address() or on == (self._neighbourhood is not None):
            return
        from sparring.meeting.addresses import local_addresses
        from sparring.meeting.announcing import Neighbourhood

        if not on:
            gone, self._neighbourhood = self._neighbourhood, None
            assert gone is not None
            self._run(gone.close())
            self._take_nearby(())
            return
        made = self._neighbourhood = Neighbourhood(lambda found: self._tell(self._heard, found))

        async def begin() -> None:
            try:
                await made.open([one.address for one in local_addresses() if one.is_ipv4])
            except OSError as error:
                log.warning("cannot listen on this network: %s", error)

        self._run(begin())

    def near(self, invite: "Invite") -> tuple["Invite", ...]:
        """The same room as it is announced in this network.

        Anybody can announce anything, so only a link that pins the server's certificate is tried elsewhere: who does
        not have that certificate is told nothing.
        """
        if not invite.pin:
            return ()
        found = (one for one in self.nearby if one.room == invite.room)
        return tuple(replace(invite, host=address, port=one.port) for one in found for address in one.addresses)

    async def first_that_answers(self, invites: tuple["Invite", ...]) -> "Invite | None":
        """The first of these whose server has the pinned certificate."""
        from sparring.meeting.probe import Answer, Place

        for one in invites[:MAX_NEAR]:
            if await self.ask(Place(one.host, one.port, one.tls, one.pin)) is Answer.SPARRING:
                return one
        return None

    # My session.

    def host(self, invite: "Invite", name: str, *, is_told: bool, ask_router: bool) -> None:
        """My server listens: find the ways to it, keep them open, and tell the network if that is wanted."""
        from sparring.meeting.addresses import local_addresses
        from sparring.meeting.announcing import Announcement
        from sparring.meeting.reach import Hosted, Report, Scope, Way

        fixed, port = fixed_address(), invite.port
        self._chosen = ""
        if fixed:
            scope = Scope.MACHINE if fixed.startswith("127.") else Scope.NETWORK
            self._take_report(None, Report(ways=(Way(fixed, port, scope),), is_done=True))
            return
        addresses = local_addresses()
        self._hosted = Hosted(port, addresses, invite.tls, invite.pin, ask_router)
        self._look()
        if is_told:
            # Somebody may be quicker than the start, which does this last.
            self.listen(True)
            assert self._neighbourhood is not None
            told = Announcement(invite.room, name, port, tuple(one.address for one in addresses))
            self._run(self._neighbourhood.announce(told))

    def look_again_or_stop(self) -> None:
        """Stop looking, with what was found; or look once more."""
        if self._hosting is None or self.report is None:
            return
        if not self.report.is_done:
            self._run(_call(self._hosting.stop_looking))
            return
        self._stop_hosting()
        self._look()

    def choose(self, key: str) -> None:
        """The link is for those who can use this way."""
        self._chosen = key
        self.ways_changed.emit()

    def end(self) -> None:
        """The session is over: the port is closed and the announcement taken back."""
        self._stop_hosting()
        self._hosted = None
        if self._neighbourhood is not None:
            self._run(self._neighbourhood.withdraw())
        if self.report is not None:
            self.report = None
            self.ways_changed.emit()

    @property
    def ways(self) -> InviteWays | None:
        """What the lobby shows of them."""
        report = self.report
        if report is None:
            return None
        steps = tuple(LookStep(one.name, one.state, one.words) for one in report.steps)
        chosen = next((way for way in report.ways if _key(way) == self._chosen), report.best)
        if chosen is None or not report.is_done:
            return InviteWays(steps=steps, is_looking=True, can_look=True)
        return InviteWays(
            chosen.host, chosen.port, chosen.words, report.reason, report.advice, steps,
            tuple(WayChoice(_key(way), way.title) for way in report.ways), _key(chosen),
            can_look=self._hosted is not None,
        )  # fmt: skip

    # Servers.

    async def ask(self, place: "Place") -> "Answer":
        """Knock at a server, and wait for what comes of it."""
        from sparring.meeting.probe import probe

        return await asyncio.wrap_future(self._run(probe(place)))

    def close(self) -> Callable[[], None]:
        """The app ends. What is returned waits until everything is closed; call it in another thread."""
        self.end()
        self.listen(False)
        pending, thread = set(self._pending), self._thread
        self._thread = None

        def finish() -> None:
            wait(pending, CLOSE_SECONDS)
            if thread is not None:
                thread.close()

        return finish

    # The thread.

    def _look(self) -> None:
        from sparring.meeting.hosting import Hosting
        from sparring.meeting.reach import Report

        assert self._hosted is not None
        made = Hosting(self._hosted, lambda report: self._tell(self._reported, made, report))
        before, self._hosting = self._running, made

        async def work() -> None:
            if before is not None:
                # What it opened is closed before something is opened anew.
                await asyncio.wait([asyncio.wrap_future(before)])
            await made.run()

        self._running = self._run(work())
        self._take_report(made, Report())

    def _stop_hosting(self) -> None:
        hosting, self._hosting = self._hosting, None
        if hosting is not None:
            self._run(_call(hosting.end))

    def _run(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        if self._thread is None:
            from sparring.meeting.thread import MeetingThread

            self._thread = MeetingThread()
        made = self._thread.run(work)
        self._pending.add(made)
        made.add_done_callback(self._done)
        return made

    def _done(self, made: Future[Any]) -> None:
        self._pending.discard(made)
        if not made.cancelled() and (error := made.exception()) is not None:
            log.error("something went wrong while meeting", exc_info=error)

    @staticmethod
    def _tell(signal: SignalInstance, *values: object) -> None:
        # The app may be gone by now.
        with contextlib.suppress(RuntimeError):
            signal.emit(*values)

    def _take_nearby(self, found: object) -> None:
        assert isinstance(found, tuple)
        self.nearby = found if self._neighbourhood is not None else ()
        self.nearby_changed.emit()

    def _take_report(self, hosting: object, report: object) -> None:
        # One that was sent before the session ended comes too late.
        if hosting is self._hosting:
            self.report = report  # type: ignore[assignment]
            self.ways_changed.emit()


async def _call(act: Callable[[], object]) -> None:
    act()


def _key(way: "Way") -> str:
    return f"{way.host} {way.port}"


def at_server(server: "Server") -> InviteWays:
    """What the lobby says of a session on a server that somebody runs."""
    where = server.place.where
    if server.is_for_anybody:
        return InviteWays(words=f"Works from anywhere that reaches the server {where}.")
    return InviteWays(words=f"Works for whoever reaches the server {where}: it is in a network of its own.")
