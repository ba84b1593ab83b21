"""One room while somebody is in it: its state, logs and presence, and who is told what.

Commit, then memory, then announce: a command's new state goes to storage first, becomes the room's state next, and is
sent to everybody last. Updates of documents are forwarded at once and acknowledged when storage has them.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

import msgspec

from sparring_server import room as rules
from sparring_server.clock import Clock
from sparring_server.documents import EMPTY_UPDATE, FAN_OUT, UpdateLog
from sparring_server.doors import Doors
from sparring_server.protocol import frames, limits, messages
from sparring_server.protocol.names import SESSION_DOCUMENT
from sparring_server.protocol.presence import GONE, Presence, encode_presences
from sparring_server.protocol.token import Credentials
from sparring_server.protocol.view import Role, RoomView
from sparring_server.storage import Storage, StorageError, StoredRoom

log = logging.getLogger(__name__)

BELL_CHECK_SECONDS = 5.0
"""A waiting bell looks at the clock so often: the loop's own timers stand still while the machine sleeps."""


class RoomRecord(msgspec.Struct, frozen=True):
    """What storage keeps of a room beside its documents and events."""

    view: RoomView
    doors: Doors
    at_ms: int
    """Server time of the last change."""


_records: msgspec.json.Decoder[RoomRecord] = msgspec.json.Decoder(RoomRecord)
_events: msgspec.json.Decoder[messages.Event] = msgspec.json.Decoder(messages.Event)


class Subscriber(Protocol):
    """One document of one connection, as the room sees it."""

    @property
    def key(self) -> str:
        """The name under which this client knows the document."""

    @property
    def member_id(self) -> str:
        """Whose connection it is."""

    def send(self, frame: bytes) -> None:
        """Hand over a frame; never waits."""


class TooLargeError(Exception):
    """A document or the room's list of documents is at its limit."""


class LiveRoom:
    """See the module. Made by `Hub`; all methods run in the event loop."""

    def __init__(self, room_id: str, record: RoomRecord, storage: Storage, clock: Clock) -> None:
        self.id = room_id
        self._view = record.view
        self._doors = record.doors
        self._storage = storage
        self._clock = clock
        self._documents: dict[str, UpdateLog] = {}
        self._stored_pieces: dict[str, int] = {}
        self._subscribers: dict[str, set[Subscriber]] = {}
        self._presence: dict[str, dict[int, tuple[Presence, Subscriber]]] = {}
        self._order = asyncio.Lock()
        self._bell: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._ringing: set[asyncio.Task[None]] = set()
        self._unsaved = 0
        self._all_saved = asyncio.Event()
        self._all_saved.set()

    # Life.

    @classmethod
    async def create(cls, room_id: str, credentials: Credentials, storage: Storage, clock: Clock) -> "LiveRoom":
        """A new room, stored. Raises `StorageError`."""
        record = RoomRecord(RoomView(), Doors.of_new_room(credentials), int(clock.now_ms()))
        await storage.save_room(room_id, msgspec.json.encode(record), ())
        return cls(room_id, record, storage, clock)

    @classmethod
    def restore(cls, room_id: str, stored: StoredRoom, storage: Storage, clock: Clock) -> "LiveRoom":
        """A room from storage. Raises `StorageError` if its record cannot be read; it never becomes an empty one."""
        try:
            record = _records.decode(stored.record)
        except msgspec.MsgspecError as error:
            raise StorageError(f"the record of room {room_id} cannot be read: {error}") from error
        clock.not_before(record.at_ms)
        room = cls(room_id, record, storage, clock)
        for name, updates in stored.documents.items():
            document = UpdateLog()
            for update in updates:
                document.append(update)
            room._documents[name] = document
            room._stored_pieces[name] = len(updates)
        room._set_bell()
        return room

    @property
    def is_empty(self) -> bool:
        return not any(self._subscribers.values())

    async def flush(self) -> None:
        """Wait until everything is in storage, and compact what grew long."""
        await asyncio.gather(*self._ringing)
        await self._all_saved.wait()
        for name, document in self._documents.items():
            pieces = self._stored_pieces[name]
            if pieces > FAN_OUT:
                await self._storage.compact(self.id, name, pieces, document.merged())
                self._stored_pieces[name] -= pieces - 1

    def close(self) -> None:
        """Leave memory. Bells that ring meanwhile are made up for when the room comes back."""
        self._is_closed = True
        if self._bell is not None:
            self._bell.cancel()
            self._bell = None

    # The door.

    async def admit(self, credentials: Credentials) -> None:
        """Let a client in, with a new seat if it is its first time. Raises `Denied` and `StorageError`."""
        if self._doors.admit(credentials) is self._doors:
            return
        async with self._order:
            doors = self._doors.admit(credentials)
            await self._save(self._view, doors, (), int(self._clock.now_ms()))
            self._doors = doors

    def attach(self, document: str, subscriber: Subscriber) -> None:
        """Send this client what happens to a document from now on, beginning with who is there."""
        if document not in self._subscribers and len(self._subscribers) >= limits.MAX_DOCUMENTS_PER_ROOM:
            raise TooLargeError(f"more than {limits.MAX_DOCUMENTS_PER_ROOM} documents in a room")
        self._subscribers.setdefault(document, set()).add(subscriber)
        self.send_presence(document, subscriber)
        if document == SESSION_DOCUMENT:
            snapshot = messages.Snapshot(self._view, self._clock.now_ms(), self._clock.rate)
            subscriber.send(_stateless(subscriber, snapshot))

    def detach(self, document: str, subscriber: Subscriber) -> None:
        """Stop that, and tell the others that this client's presence is gone."""
        self._subscribers.get(document, set()).discard(subscriber)
        present = self._presence.get(document, {})
        gone = [entry for entry, owner in present.values() if owner is subscriber]
        for entry in gone:
            del present[entry.client_id]
        self._tell_presence(document, [Presence(entry.client_id, entry.clock + 1, GONE) for entry in gone], subscriber)

    # Commands.

    async def command(self, subscriber: Subscriber, role: Role, command: messages.AnyCommand) -> None:
        """Carry out one command and tell everybody, or tell its sender why not."""
        match command:
            case messages.TimePing():
                self._reply(subscriber, messages.TimePong(command.t0, self._clock.now_ms()))
                return
            case messages.CatchUp():
                for missed in await self._missed(command.since):
                    self._reply(subscriber, missed)
                return
        async with self._order:
            now_ms = int(self._clock.now_ms())
            # A bell that is due rings before a command that came after it.
            await self._commit(rules.tick(self._view, now_ms))
            try:
                present = {one.member_id for one in self._subscribers.get(SESSION_DOCUMENT, ())}
                outcome = rules.handle(self._view, subscriber.member_id, role, command, now_ms, present)
                await self._commit(outcome)
            except (rules.Refusal, StorageError) as error:
                self._reply(subscriber, messages.Refused(command.ref, str(error)))

    async def _missed(self, since: int) -> list[messages.Missed]:
        bodies = await self._storage.events(self.id, since)
        events = [_events.decode(body) for body in bodies]
        complete = events[0].number == since + 1 if events else since >= self._view.number
        # A long evening's events are more than one frame may hold.
        pieces: list[list[messages.Event]] = [[]]
        size = 0
        for event, body in zip(events, bodies, strict=True):
            size += len(body)
            if size > limits.MAX_MISSED_BYTES and pieces[-1]:
                pieces.append([])
                size = len(body)
            pieces[-1].append(event)
        return [messages.Missed(tuple(piece), complete) for piece in pieces]

    async def _commit(self, outcome: rules.Outcome) -> None:
        if not outcome.events:
            return
        bodies = [(event.number, msgspec.json.encode(event)) for event in outcome.events]
        await self._save(outcome.view, self._doors, bodies, outcome.events[-1].at_ms)
        self._view = outcome.view
        for event in outcome.events:
            self._announce(event)
        self._set_bell()

    async def _save(
        self, view: RoomView, doors: Doors, events: "list[tuple[int, bytes]] | tuple[()]", at_ms: int
    ) -> None:
        record = RoomRecord(view, doors, at_ms)
        await self._storage.save_room(self.id, msgspec.json.encode(record), events)

    def announce_trouble(self, failing: bool) -> None:
        """Tell everybody that storage fails, or works again."""
        self._announce(messages.StorageTrouble(failing))

    def _announce(self, notice: messages.Notice) -> None:
        for subscriber in tuple(self._subscribers.get(SESSION_DOCUMENT, ())):
            self._reply(subscriber, notice)

    def _reply(self, subscriber: Subscriber, notice: messages.Notice) -> None:
        subscriber.send(_stateless(subscriber, notice))

    # Bells.

    def _set_bell(self) -> None:
        if self._bell is not None:
            self._bell.cancel()
            self._bell = None
        deadline_ms = rules.next_deadline_ms(self._view)
        if deadline_ms is not None and not self._is_closed:
            delay = min(self._clock.seconds_until(deadline_ms), BELL_CHECK_SECONDS)
            self._bell = asyncio.get_running_loop().call_later(delay, self._ring_soon)

    def _ring_soon(self) -> None:
        deadline_ms = rules.next_deadline_ms(self._view)
        if deadline_ms is None or self._clock.now_ms() < deadline_ms:
            self._set_bell()
            return
        task = asyncio.create_task(self._ring())
        self._ringing.add(task)
        task.add_done_callback(self._ringing.discard)

    async def _ring(self) -> None:
        async with self._order:
            if self._is_closed:
                # The room has left memory while this waited; where it is restored, the bell is made up for.
                return
            try:
                await self._commit(rules.tick(self._view, int(self._clock.now_ms())))
            except StorageError as error:
                log.error("room %s: a bell could not be stored, will ring again: %s", self.id, error)
                self._bell = asyncio.get_running_loop().call_later(1.0, self._ring_soon)
                return
            # Nothing may have been due: somebody paused the clock while this waited.
            self._set_bell()

    # Documents.

    def document(self, name: str) -> UpdateLog:
        """The log of a document; an empty one if nothing was written yet."""
        return self._documents.get(name) or UpdateLog()

    def update(self, name: str, update: bytes, sender: Subscriber, saved: Callable[[], None]) -> None:
        """Log, forward and store an update; `saved` is called when storage has it. Raises `TooLargeError`."""
        if update == EMPTY_UPDATE:
            saved()
            return
        document = self._documents.get(name)
        if document is None:
            document = self._documents[name] = UpdateLog()
            self._stored_pieces[name] = 0
        if document.size_bytes + len(update) > limits.MAX_DOCUMENT_BYTES:
            raise TooLargeError(f"a document of more than {limits.MAX_DOCUMENT_BYTES} bytes")
        document.append(update)
        self._stored_pieces[name] += 1
        for subscriber in tuple(self._subscribers.get(name, ())):
            if subscriber is not sender:
                subscriber.send(frames.encode(frames.SyncUpdate(subscriber.key, update)))
        self._unsaved += 1
        self._all_saved.clear()
        self._storage.append_update(self.id, name, update).add_done_callback(lambda future: self._saved(future, saved))

    def _saved(self, future: "asyncio.Future[None]", saved: Callable[[], None]) -> None:
        self._unsaved -= 1
        if not self._unsaved:
            self._all_saved.set()
        if not future.cancelled() and future.exception() is None:
            saved()

    # Presence.

    def presence(self, document: str, entries: list[Presence], sender: Subscriber) -> None:
        """Take the latest presence of a client and pass it on. Nobody can speak for another member's client."""
        present = self._presence.setdefault(document, {})
        news: list[Presence] = []
        for entry in entries:
            known = present.get(entry.client_id)
            if known is not None:
                latest, owner = known
                if owner is not sender and owner.member_id != sender.member_id:
                    continue
                if entry.clock < latest.clock or (entry.clock == latest.clock and entry.state == latest.state):
                    continue
            if entry.is_gone:
                present.pop(entry.client_id, None)
            else:
                if _claimed_member(entry) not in (None, sender.member_id):
                    continue
                present[entry.client_id] = (entry, sender)
            news.append(entry)
        self._tell_presence(document, news, sender)

    def send_presence(self, document: str, subscriber: Subscriber) -> None:
        """Answer a query for everybody's presence."""
        entries = [entry for entry, _ in self._presence.get(document, {}).values()]
        if entries:
            subscriber.send(frames.encode(frames.Awareness(subscriber.key, encode_presences(entries))))

    def _tell_presence(self, document: str, entries: list[Presence], sender: Subscriber) -> None:
        if not entries:
            return
        update = encode_presences(entries)
        for subscriber in tuple(self._subscribers.get(document, ())):
            if subscriber is not sender:
                subscriber.send(frames.encode(frames.Awareness(subscriber.key, update)))


class _Claim(msgspec.Struct):
    member: str | None = None


_claims: msgspec.json.Decoder[_Claim] = msgspec.json.Decoder(_Claim)


def _claimed_member(entry: Presence) -> str | None:
    """Whose presence this says it is; None where it does not say (other clients' presence has any shape)."""
    try:
        return _claims.decode(entry.state).member
    except msgspec.MsgspecError:
        return None


def _stateless(subscriber: Subscriber, notice: messages.Notice) -> bytes:
    return frames.encode(frames.Stateless(subscriber.key, messages.encode_message(notice)))
