"""A live session from one seat: what the room says, what I ask of it, and the documents of the round."""

import asyncio
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from psygnal import Signal

from sparring.live.clock import ServerClock
from sparring.live.connection import Connection, LinkState
from sparring.live.document import SharedDocument
from sparring.live.exchange import ProblemExchange
from sparring.live.presence import RENEW_SECONDS, Activity, SessionPresence, coarse_round_trip_ms
from sparring.live.rounds import RoundDocuments, StoredUpdates
from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.names import SESSION_DOCUMENT
from sparring_server.protocol.token import SENTENCES, Credentials, Denial, encode_token
from sparring_server.protocol.view import Member, RoomView

log = logging.getLogger(__name__)

TIME_PING_SECONDS = 3.0
FIRST_TIME_PINGS = 5
"""So many in quick succession after connecting, for a good offset from the first second on."""
FIRST_TIME_PING_SECONDS = 0.1
TELL_LINK_SECONDS = 6.0
"""My partner sees how good my link is, no more often than this."""


@dataclass(frozen=True)
class Seat:
    """Who I am in this room. The key never leaves this profile but in tokens; its `repr` shows no secret."""

    member: str
    key: str
    name: str
    opens: bool = False
    """I made this room, and open it if the server does not know it."""
    access_key: str = ""
    """What the server asks of those who open rooms on it."""

    def __repr__(self) -> str:
        return f"Seat({self.member!r}, {self.name!r})"


def _nothing_stored(name: str) -> tuple[bytes, ...]:
    return ()


class LiveSession:
    """Connects, follows the room and carries commands. All signals are emitted in the event loop's thread."""

    view_changed = Signal(object)
    """The room's state (`RoomView`) is now this."""
    happened = Signal(object)
    """A numbered `messages.Event`, each once and in order, also those missed while offline."""
    refused = Signal(str)
    """A command of mine was refused; a sentence for people."""
    denied = Signal(str)
    """I cannot take part in this session; a sentence for people. Final."""
    link_changed = Signal(object)
    """The connection's `LinkState` is now this."""
    link_trouble = Signal(str)
    """Why the server cannot be reached right now."""
    storage_trouble = Signal(bool)
    """The server cannot save, or can again."""
    unsaved_changed = Signal(int)
    exchange_changed = Signal()
    """What partners tell one another to choose a problem is different now."""
    invite_changed = Signal(object)
    """The room's `Invite` is now this: another secret opens it."""
    document_opened = Signal(object)
    """A `SharedDocument` exists at this seat: keep its updates."""

    def __init__(self, invite: Invite, seat: Seat, stored: StoredUpdates = _nothing_stored) -> None:
        self.invite = invite
        self.seat = seat
        self.clock = ServerClock()
        self.view: RoomView | None = None
        self.presence = SessionPresence(Activity(member=seat.member, name=seat.name))
        self.round: RoundDocuments | None = None
        self.exchange: ProblemExchange | None = None
        """Of this round; None before there is one."""
        self._stored = stored
        self._refs = itertools.count(1)
        self._last_event = 0
        self._next_secret = ""
        """What I asked the room to take for its secret."""
        self.has_old_invite = False
        """Another secret opens the room now, and nobody has told me which."""
        self._heard_secret = False
        self._early: dict[int, messages.Event] = {}
        """Events that came while those before them were still on their way."""
        self._is_catching_up = False
        self._rounds: dict[int, RoundDocuments] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._connection = Connection(invite.url, invite.pin)
        self._connection.opened.connect(self._opened)
        self._connection.lost.connect(self._lost)
        self._connection.received.connect(self._received)
        self._connection.state_changed.connect(self._link_changed)
        self._connection.failed.connect(self._failed)

    # Life.

    def start(self) -> None:
        """Connect, and stay connected until `close`."""
        self._connection.start()
        self._tasks = [
            asyncio.create_task(self._keep_time(), name="sparring-time"),
            asyncio.create_task(self._keep_presence(), name="sparring-presence"),
            asyncio.create_task(self._keep_telling_link(), name="sparring-link"),
        ]

    async def close(self) -> None:
        """Leave: send what is waiting, say goodbye, end every task."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self.presence.leave()
        await self._connection.close()

    @property
    def link(self) -> LinkState:
        return self._connection.state

    @property
    def unsaved(self) -> int:
        """Changes of mine that the server has not acknowledged; what is not for the room yet does not count."""
        return sum(part.unsaved for part in self._rounds.values())

    @property
    def documents(self) -> tuple[SharedDocument, ...]:
        """Every document of every round that is open at this seat."""
        return tuple(document for part in self._rounds.values() for document in part.for_room)

    @property
    def partner(self) -> Member | None:
        """The other one who practises, once they have joined."""
        if self.view is None:
            return None
        return next((member for member in self.view.partners if member.id != self.seat.member), None)

    # Commands.

    def send(self, command: messages.AnyCommand) -> None:
        """Ask the room for something. While offline it is refused here and now, never carried out later by surprise."""
        if self.view is None or self._connection.state is not LinkState.ONLINE:
            self.refused.emit("There is no connection to the session right now. Try again when it is back.")
            return
        self._say(command)

    def next_ref(self) -> int:
        """A number for a command, to recognise its refusal."""
        return next(self._refs)

    def rotate_invite(self, remove: str = "") -> None:
        """Ask for another secret of the room, and that this member is removed. The link changes when it is done."""
        self._next_secret = names.new_secret()
        self.send(messages.RotateInvite(ref=self.next_ref(), secret=self._next_secret, remove=remove))

    @property
    def _token(self) -> str:
        seat = self.seat
        access = seat.access_key if seat.opens else ""
        return encode_token(
            Credentials(secret=self.invite.secret, member=seat.member, key=seat.key, open=seat.opens, access=access)
        )

    def _take_secret(self, secret: str) -> None:
        self.has_old_invite, self._heard_secret = False, True
        if secret and secret != self.invite.secret:
            self.invite = replace(self.invite, secret=secret)
            self.invite_changed.emit(self.invite)
            if self.view is not None:
                self.view_changed.emit(self.view)

    def _say(self, command: messages.AnyCommand) -> None:
        text = messages.encode_message(command)
        self._connection.send(frames.encode(frames.Stateless(SESSION_DOCUMENT, text)))

    # The link.

    def _opened(self) -> None:
        self._heard_secret = False
        self._connection.send(frames.encode(frames.Token(SESSION_DOCUMENT, self._token)))
        self.presence.attach(self._connection.send)

    def _lost(self) -> None:
        self._is_catching_up = False
        self._early.clear()
        self.presence.connection_lost()
        for document in self.documents:
            if document.is_attached:
                document.connection_lost()

    def _link_changed(self, state: LinkState) -> None:
        self.link_changed.emit(state)

    def _failed(self, sentence: str) -> None:
        if self._connection.state is LinkState.REFUSED:
            self.denied.emit(sentence)
        else:
            self.link_trouble.emit(sentence)

    # What the server says.

    def _received(self, frame: frames.Frame) -> None:
        if isinstance(frame, frames.Ping | frames.Pong):
            return
        if frame.document != SESSION_DOCUMENT:
            document = next((one for one in self.documents if one.name == frame.document), None)
            if isinstance(frame, frames.PermissionDenied):
                log.error("document %s: %s", frame.document, frame.reason)
            elif document is not None:
                document.receive(frame)
            return
        match frame:
            case frames.PermissionDenied():
                self._denied(frame.reason)
            case frames.Awareness():
                self.presence.receive(frame.update)
            case frames.Stateless():
                self._heard(messages.decode_notice(frame.text))

    def _denied(self, reason: str) -> None:
        try:
            sentence = SENTENCES[Denial(reason)]
        except ValueError:
            sentence = f"The server refused: {reason}"
        self._connection.refuse(sentence)

    def _heard(self, notice: messages.AnyNotice) -> None:
        match notice:
            case messages.Snapshot():
                self._take_snapshot(notice)
            case messages.Event():
                if notice.number > self._last_event:
                    self._take_event(notice)
            case messages.Missed():
                self._take_missed(notice)
            case messages.Refused():
                self.refused.emit(notice.reason)
            case messages.TimePong():
                self.clock.observe(notice.t0, notice.server_time_ms)
            case messages.StorageTrouble():
                self.storage_trouble.emit(notice.failing)
            case messages.InviteChanged():
                self._take_secret(notice.secret)

    def _take_snapshot(self, snapshot: messages.Snapshot) -> None:
        self.clock.restart(snapshot.server_time_ms, snapshot.clock_rate)
        if snapshot.view.number > self._last_event:
            self._catch_up()
        self._set_view(snapshot.view)
        self._say(messages.Join(ref=self.next_ref(), name=self.seat.name))

    def _catch_up(self) -> None:
        self._is_catching_up = True
        self._say(messages.CatchUp(since=self._last_event))

    def _take_event(self, event: messages.Event) -> None:
        self._set_view(event.view)
        self._early[event.number] = event
        self._tell_early_events()
        if self._early and not self._is_catching_up:
            self._catch_up()

    def _take_missed(self, missed: messages.Missed) -> None:
        self._is_catching_up = False
        for event in missed.events:
            if event.number > self._last_event:
                self._tell(event)
        self._tell_early_events()

    def _tell_early_events(self) -> None:
        """One that happened while I was catching up may arrive before what I missed; it is told after it."""
        while (event := self._early.pop(self._last_event + 1, None)) is not None:
            self._tell(event)

    def _tell(self, event: messages.Event) -> None:
        self._last_event = event.number
        self._early.pop(event.number, None)
        if isinstance(event.change, messages.InviteRotated):
            self._note_rotation(event.by)
        self.happened.emit(event)

    def _note_rotation(self, by: str) -> None:
        if by == self.seat.member and self._next_secret:
            self._take_secret(self._next_secret)
            self._next_secret = ""
        else:
            # While I was away it was told before the events that I missed.
            self.has_old_invite = not self._heard_secret

    def _set_view(self, view: RoomView) -> None:
        self.view = view
        if self.round is None or self.round.number != view.round:
            self._enter_round(view.round)
        assert self.round is not None
        known = set(self.round.all)
        attachable = self.round.follow(view)
        for document in self.round.all:
            if document not in known:
                self._opened_document(document)
        if self._connection.state is LinkState.ONLINE:
            for document in attachable:
                if not document.is_attached:
                    document.attach(self._connection.send, self._token)
        self.view_changed.emit(view)

    def open_scratch(self) -> SharedDocument | None:
        """This round's scratch pad, which never leaves this seat; None before there is a round."""
        if self.round is None:
            return None
        return self._newly_opened(self.round.open_scratch)

    def open_drafts(self) -> SharedDocument | None:
        """Where this round's code in other languages is kept, at this seat only; None before there is a round."""
        if self.round is None:
            return None
        return self._newly_opened(self.round.open_drafts)

    def _newly_opened(self, open_document: Callable[[], SharedDocument]) -> SharedDocument:
        assert self.round is not None
        known = set(self.round.all)
        document = open_document()
        if document not in known:
            self._opened_document(document)
        return document

    def _enter_round(self, number: int) -> None:
        self.round = self._rounds[number] = RoundDocuments(number, self.seat.member, self._stored)
        self.round.choosing.unsaved_changed.connect(self._count_unsaved)
        self.exchange = ProblemExchange(self.round.choosing, self.seat.member)
        self.exchange.changed.connect(self.exchange_changed.emit)
        for document in self.round.all:
            self._opened_document(document)

    def _opened_document(self, document: SharedDocument) -> None:
        document.unsaved_changed.connect(self._count_unsaved)
        self.document_opened.emit(document)

    def _count_unsaved(self) -> None:
        self.unsaved_changed.emit(self.unsaved)

    # Rhythms.

    async def _keep_time(self) -> None:
        while True:
            pings = FIRST_TIME_PINGS
            while self.view is not None and self._connection.state is LinkState.ONLINE:
                self._say(messages.TimePing(t0=self.clock.reading()))
                await asyncio.sleep(FIRST_TIME_PING_SECONDS if pings > 0 else TIME_PING_SECONDS)
                pings -= 1
            await asyncio.sleep(FIRST_TIME_PING_SECONDS)

    async def _keep_presence(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            self.presence.renew()

    async def _keep_telling_link(self) -> None:
        while True:
            # The first pings after connecting tell enough for a first word.
            await asyncio.sleep(FIRST_TIME_PING_SECONDS * (FIRST_TIME_PINGS + 1))
            while (round_trip_ms := self.clock.usual_round_trip_ms) is not None:
                self.presence.update(round_trip_ms=coarse_round_trip_ms(round_trip_ms))
                await asyncio.sleep(TELL_LINK_SECONDS)
