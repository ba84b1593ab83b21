"""One room while somebody is in it: its state, documents and presence, and who is told what.

Commit, then memory, then announce: a command's new state goes to storage first, becomes the room's state next, and is
sent to everybody last. Where several processes share the storage, each keeps its own copy of the room. A new state is
stored only if nobody stored another one since; who comes second takes the other's first, and decides again.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence, Set

import msgspec

from sparring_server import room as rules
from sparring_server.clock import Clock
from sparring_server.counts import Counts
from sparring_server.doors import Doors
from sparring_server.live_documents import LiveDocument, LiveDocuments, Subscriber, TooLargeError
from sparring_server.live_presence import LivePresence
from sparring_server.protocol import frames, limits, messages
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.names import SESSION_DOCUMENT
from sparring_server.protocol.presence import Presence
from sparring_server.protocol.token import Credentials
from sparring_server.protocol.view import Role, RoomView
from sparring_server.storage import ConflictError, Storage, StorageError, StoredRoom

log = logging.getLogger(__name__)

BELL_CHECK_SECONDS = 5.0
"""A waiting bell looks at the clock so often: the loop's own timers stand still while the machine sleeps."""
MAX_CONFLICTS = 16
"""Decisions on one command while other processes keep changing the room."""
REMOVED = "You were removed from this session. What you typed is kept in your journal."
TOUCH_MS = 24 * 3_600_000
"""The record of a room in use is saved at least so often, so that it does not expire."""


class RoomRecord(msgspec.Struct, frozen=True):
    """What storage keeps of a room beside its documents and events."""

    view: RoomView
    doors: Doors
    at_ms: int
    """Server time of the last change."""


_records: msgspec.json.Decoder[RoomRecord] = msgspec.json.Decoder(RoomRecord)
_events: msgspec.json.Decoder[messages.Event] = msgspec.json.Decoder(messages.Event)


class LiveRoom:
    """See the module. Made by `Hub`; all methods run in the event loop. It is a `storage.RoomListener`."""

    __slots__ = (
        "_bell", "_clock", "_counts", "_elsewhere", "_heard_version", "_is_closed", "_order", "_presence", "_record",
        "_removed", "_secret", "_session", "_storage", "_tasks", "_version", "documents", "id",
    )  # fmt: skip

    def __init__(self, room_id: str, storage: Storage, clock: Clock, counts: Counts) -> None:
        self.id = room_id
        self._storage = storage
        self._clock = clock
        self._counts = counts
        self._record: RoomRecord | None = None
        self._version = 0
        self._heard_version = 0
        self.documents = LiveDocuments(room_id, storage, counts)
        self._presence = LivePresence(room_id, storage)
        self._session = self.documents[SESSION_DOCUMENT]
        self._elsewhere: dict[str, frozenset[str]] = {}
        self._secret = ""
        """The room's, as far as somebody who is here has brought it. It is stored nowhere."""
        self._removed: set[str] = set()
        self._order = asyncio.Lock()
        self._bell: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    # Life.

    async def create(self, credentials: Credentials) -> None:
        """A new room: store it. Raises `StorageError`, and `ConflictError` if there is one already."""
        view = RoomView(opener=credentials.member)
        record = RoomRecord(view, Doors.of_new_room(credentials), int(self._clock.now_ms()))
        self._version = await self._store(record, (), after=0)
        self._record = record

    def restore(self, stored: StoredRoom) -> None:
        """A room from storage. Raises `StorageError` if its record cannot be read; it never becomes an empty one."""
        record = self._decode(stored.record)
        self._clock.not_before(record.at_ms)
        try:
            self.documents.restore(stored.documents)
        except (MalformedData, ValueError) as error:
            raise StorageError(f"a document of room {self.id} cannot be read: {error}") from error
        self._record, self._version = record, stored.version
        self._set_bell()
        self._storage.tell_members(self.id, frozenset(), asks=True)
        if self._heard_version > self._version:
            self._soon(self._take_missed())

    def _decode(self, record: bytes) -> RoomRecord:
        try:
            return _records.decode(record)
        except msgspec.MsgspecError as error:
            raise StorageError(f"the record of room {self.id} cannot be read: {error}") from error

    @property
    def _current(self) -> RoomRecord:
        assert self._record is not None
        return self._record

    @property
    def view(self) -> RoomView:
        """The room's public state."""
        return self._current.view

    @property
    def is_empty(self) -> bool:
        return not self.documents.has_subscribers

    @property
    def is_saved(self) -> bool:
        """Whether storage has everything, and nothing is under way."""
        return self.documents.are_saved and not self._tasks

    async def flush(self) -> None:
        """Wait until everything is in storage. Raises `StorageError` where it cannot be."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
        await self.documents.flush()
        if self.documents.has_changed:
            await self._touch()

    async def touch(self) -> None:
        """Save the record once a day, so that a room in use does not expire. Raises `StorageError`."""
        if self._clock.now_ms() - self._current.at_ms > TOUCH_MS:
            await self._touch()

    async def _touch(self) -> None:
        self.documents.has_changed = False
        async with self._order:
            await self._change(lambda record: record)

    def close(self) -> None:
        """Leave memory. Bells that ring meanwhile are made up for when the room comes back."""
        self._is_closed = True
        self._presence.close()
        self._storage.tell_members(self.id, frozenset())
        self._storage.stop_listening(self.id)
        if self._bell is not None:
            self._bell.cancel()
            self._bell = None

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # The door.

    def knows(self, credentials: Credentials) -> bool:
        """Whether this client has a seat already. Raises `Denied`."""
        doors = self._current.doors
        return doors.admit(credentials) is doors

    async def admit(self, credentials: Credentials) -> None:
        """Let a client in, with a new seat if it is its first time. Raises `Denied` and `StorageError`."""
        if self.knows(credentials):
            return
        async with self._order:
            await self._change(lambda record: msgspec.structs.replace(record, doors=record.doors.admit(credentials)))

    def document(self, name: str) -> LiveDocument:
        """The document of this name. Raises `TooLargeError` where there are too many."""
        return self.documents[name]

    def attach(self, document: LiveDocument, subscriber: Subscriber) -> None:
        """Send this client what happens to a document from now on, beginning with who is there."""
        if self._is_removed(subscriber):
            subscriber.expel(REMOVED)
            return
        document.subscribers.add(subscriber)
        self._presence.send_all(document, subscriber)
        if document is self._session:
            snapshot = messages.Snapshot(self.view, self._clock.now_ms(), self._clock.rate)
            subscriber.send(_stateless(subscriber, snapshot))
            self._share_secret(subscriber)
            self._storage.tell_members(self.id, self._members_here)

    def _share_secret(self, newcomer: Subscriber) -> None:
        """Who came in with a former secret learns the new one, as soon as somebody is here who has it."""
        doors = self._current.doors
        if not doors.former:
            return
        if doors.is_current(newcomer.secret):
            self._reply(newcomer, messages.InviteChanged(newcomer.secret))
            if self._secret != newcomer.secret:
                self._secret = newcomer.secret
                for other in tuple(self._session.subscribers):
                    if not doors.is_current(other.secret):
                        self._reply(other, messages.InviteChanged(self._secret))
        elif doors.is_current(self._secret):
            self._reply(newcomer, messages.InviteChanged(self._secret))

    def detach(self, document: LiveDocument, subscriber: Subscriber) -> None:
        """Stop that, and tell the others that this client's presence is gone."""
        document.subscribers.discard(subscriber)
        self._presence.leave(document, subscriber)
        if document is self._session:
            self._storage.tell_members(self.id, self._members_here)

    @property
    def _members_here(self) -> frozenset[str]:
        return frozenset(one.member_id for one in self._session.subscribers)

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
        self._counts.commands += 1
        async with self._order:
            if self._is_removed(subscriber):
                # It was on its way, or waited behind the very command that removed them.
                return
            now_ms = int(self._clock.now_ms())
            try:
                # A bell that is due rings before a command that came after it.
                await self._advance(lambda view: rules.tick(view, now_ms))
                present = self._members_here.union(*self._elsewhere.values())
                await self._advance(
                    lambda view: rules.handle(view, subscriber.member_id, role, command, now_ms, present),
                    lambda doors: _rotated(doors, command),
                )
                if isinstance(command, messages.RotateInvite):
                    self._secret = command.secret
                    self._announce(messages.InviteChanged(command.secret))
            except (rules.Refusal, StorageError) as error:
                self._counts.refusals += 1
                self._reply(subscriber, messages.Refused(command.ref, str(error)))

    async def _missed(self, since: int) -> list[messages.Missed]:
        bodies = await self._storage.events(self.id, since)
        events = [_events.decode(body) for body in bodies]
        complete = events[0].number == since + 1 if events else since >= self.view.number
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

    async def _advance(
        self, step: Callable[[RoomView], rules.Outcome], doors: Callable[[Doors], Doors] = lambda doors: doors
    ) -> None:
        """Take a step of the session, stored and announced. Raises `Refusal` and `StorageError`. Under `_order`."""
        events: tuple[messages.Event, ...] = ()

        def decide(record: RoomRecord) -> RoomRecord | None:
            nonlocal events
            outcome = step(record.view)
            events = outcome.events
            if not events:
                return None
            return RoomRecord(outcome.view, doors(record.doors), events[-1].at_ms)

        await self._change(decide, lambda: events)

    async def _change(
        self,
        decide: Callable[[RoomRecord], RoomRecord | None],
        events: Callable[[], Sequence[messages.Event]] = tuple,
    ) -> None:
        """Store what is decided of the record, if anything, then take and announce it. Under `_order`."""
        for _ in range(MAX_CONFLICTS):
            record = decide(self._current)
            if record is None:
                return
            if not events():
                record = msgspec.structs.replace(record, at_ms=int(self._clock.now_ms()))
            try:
                version = await self._store(record, events(), after=self._version)
            except ConflictError:
                await self._reload()
            else:
                self._take(record, version, events())
                return
        raise StorageError("The session is being changed too often at once. Try again.")

    async def _store(self, record: RoomRecord, events: Sequence[messages.Event], *, after: int) -> int:
        bodies = [(event.number, msgspec.json.encode(event)) for event in events]
        return await self._storage.save_room(
            self.id, msgspec.json.encode(record), bodies, after=after, at_ms=record.at_ms
        )

    def _take(self, record: RoomRecord, version: int, events: Sequence[messages.Event]) -> None:
        before = self._current.doors
        self._record, self._version = record, version
        self._expel(before.seats.keys() - record.doors.seats.keys())
        for event in events:
            self._announce(event)
        self._set_bell()

    def _expel(self, members: Set[str]) -> None:
        """These have no seat any more: nothing more comes from them, and they hear nothing more."""
        if not members:
            return
        self._removed |= members
        for document, subscriber in self.documents.of_members(members):
            self.detach(document, subscriber)
            subscriber.expel(REMOVED)

    def _is_removed(self, subscriber: Subscriber) -> bool:
        return subscriber.member_id in self._removed and subscriber.member_id not in self._current.doors.seats

    def announce_trouble(self, failing: bool) -> None:
        """Tell everybody that storage fails, or works again."""
        self._announce(messages.StorageTrouble(failing))

    def _announce(self, notice: messages.Notice) -> None:
        for subscriber in tuple(self._session.subscribers):
            self._reply(subscriber, notice)

    def _reply(self, subscriber: Subscriber, notice: messages.Notice) -> None:
        subscriber.send(_stateless(subscriber, notice))

    # Bells.

    def _set_bell(self) -> None:
        if self._bell is not None:
            self._bell.cancel()
            self._bell = None
        deadline_ms = rules.next_deadline_ms(self.view)
        if deadline_ms is not None and not self._is_closed:
            delay = min(self._clock.seconds_until(deadline_ms), BELL_CHECK_SECONDS)
            self._bell = asyncio.get_running_loop().call_later(delay, self._ring_soon)

    def _ring_soon(self) -> None:
        deadline_ms = rules.next_deadline_ms(self.view)
        if deadline_ms is None or self._clock.now_ms() < deadline_ms:
            self._set_bell()
            return
        self._soon(self._ring())

    async def _ring(self) -> None:
        async with self._order:
            if self._is_closed:
                # The room has left memory while this waited; where it is restored, the bell is made up for.
                return
            try:
                await self._advance(lambda view: rules.tick(view, int(self._clock.now_ms())))
                self._counts.bells += 1
            except StorageError as error:
                log.error("room %s: a bell could not be stored, will ring again: %s", self.id, error)
                self._bell = asyncio.get_running_loop().call_later(1.0, self._ring_soon)
                return
            # Nothing may have been due: somebody paused the clock while this waited.
            self._set_bell()

    # Documents and presence.

    def presence(self, document: LiveDocument, entries: list[Presence], sender: Subscriber) -> None:
        """Take a client's presence and pass it on."""
        self._presence.take(document, entries, sender)

    def send_presence(self, document: LiveDocument, subscriber: Subscriber) -> None:
        """Answer a query for everybody's presence."""
        self._presence.send_all(document, subscriber)

    # What other processes do in this room.

    def heard_update(self, document: str, update: bytes) -> None:
        """See `storage.RoomListener`."""
        self.documents.heard(document, update)

    def heard_change(self, version: int, record: bytes, events: Sequence[bytes]) -> None:
        """See `storage.RoomListener`."""
        self._heard_version = max(self._heard_version, version)
        if self._record is None or version <= self._version:
            return
        if version == self._version + 1 and not self._order.locked():
            self._take(self._decode(record), version, [_events.decode(event) for event in events])
        else:
            self._soon(self._take_missed())

    def heard_presence(self, process: str, document: str, member: str, update: bytes) -> None:
        """See `storage.RoomListener`."""
        try:
            self._presence.heard(process, self.documents[document], member, update)
        except (MalformedData, TooLargeError) as error:
            log.error("room %s: presence from another process cannot be read: %s", self.id, error)

    def heard_members(self, process: str, members: frozenset[str], asks: bool) -> None:
        """See `storage.RoomListener`."""
        if members:
            self._elsewhere[process] = members
        else:
            self._elsewhere.pop(process, None)
            self._presence.process_gone(process)
        if asks:
            self._storage.tell_members(self.id, self._members_here)
            self._presence.tell_processes()

    def lost_touch(self) -> None:
        """See `storage.RoomListener`."""
        if self._record is not None:
            self._soon(self._catch_up())

    async def _catch_up(self) -> None:
        try:
            async with self._order:
                self.documents.catch_up(await self._reload())
        except StorageError as error:
            log.error("room %s: what other processes did cannot be read: %s", self.id, error)
        self._storage.tell_members(self.id, self._members_here, asks=True)
        self._presence.tell_processes()

    async def _take_missed(self) -> None:
        try:
            async with self._order:
                if self._heard_version > self._version:
                    await self._reload()
        except StorageError as error:
            log.error("room %s: a change by another process cannot be read: %s", self.id, error)

    async def _reload(self) -> dict[str, list[bytes]]:
        """Take the stored record and announce what led to it; the stored documents. Under `_order`."""
        stored = await self._storage.load(self.id)
        if stored is None:
            raise StorageError("This session is no longer on the server.")
        if stored.version > self._version:
            bodies = await self._storage.events(self.id, self.view.number)
            events = [_events.decode(body) for body in bodies]
            record = self._decode(stored.record)
            # One that came between the two reads belongs to a later record, which will be heard of.
            self._take(record, stored.version, [event for event in events if event.number <= record.view.number])
        return stored.documents


def _rotated(doors: Doors, command: messages.AnyCommand) -> Doors:
    return doors.rotate(command.secret, command.remove) if isinstance(command, messages.RotateInvite) else doors


def _stateless(subscriber: Subscriber, notice: messages.Notice) -> bytes:
    return frames.encode(frames.Stateless(subscriber.key, messages.encode_message(notice)))
