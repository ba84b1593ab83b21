"""What processes that share a Redis hear from each other: one connection, subscribed to the rooms in memory here."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import msgspec

from sparring_server.storage.base import RoomListener, StorageAwayError
from sparring_server.storage.shared import keys, said
from sparring_server.storage.shared.address import RedisAddress
from sparring_server.storage.shared.link import ANSWER_SECONDS, CommandLink, Link
from sparring_server.storage.shared.wire import Reply, ReplyError, pack

log = logging.getLogger(__name__)

SUBSCRIBE_AT_ONCE = 1_000
"""Channels in one command when a lost connection is made again."""
TOUCH_AT_ONCE = 50
TOUCH_PAUSE_SECONDS = 0.02
"""So many rooms read what they may have missed, then a pause: Redis has just come back, and has more to do."""
MAX_UNSENT_BYTES = 1_048_576
"""When so much waits for the connection, presence is left out: what comes next is newer anyway."""


class Bus(Link):
    """Says and hears. Its own messages come back to it and are ignored."""

    def __init__(self, address: RedisAddress, process: str, commands: CommandLink) -> None:
        super().__init__(address)
        self._process = process.encode()
        self._commands = commands
        self._listeners: dict[str, RoomListener] = {}
        self._unconfirmed: dict[str, int] = {}
        self._awaited: dict[str, asyncio.Future[None]] = {}
        self._to_touch: dict[str, None] = {}
        self._touching: asyncio.Handle | None = None
        self._greeted: asyncio.Future[None] | None = None
        self._heard_at = 0.0
        self._neighbours: defaultdict[str, set[str]] = defaultdict(set)
        """By process, the rooms that it has in memory, as far as was heard."""
        self._shared: defaultdict[str, set[str]] = defaultdict(set)
        """The same by room."""

    @property
    def neighbours(self) -> tuple[str, ...]:
        """Processes that have a room in memory that is in memory here."""
        return tuple(self._neighbours)

    async def listen(self, room: str, listener: RoomListener) -> None:
        """See `Storage.listen`. Raises `StorageAwayError`."""
        if not self.is_up or self._wire is None:
            raise StorageAwayError("The server cannot reach its storage right now.")
        self._listeners[room] = listener
        confirmed = self._awaited[room] = asyncio.get_running_loop().create_future()
        self._unconfirmed[room] = self._unconfirmed.get(room, 0) + 1
        self._wire.send(pack("SSUBSCRIBE", keys.channel(room)))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await confirmed
        except TimeoutError:
            self.cut()
            raise StorageAwayError("The server's storage does not answer right now.") from None

    def stop_listening(self, room: str) -> None:
        """See `Storage.stop_listening`."""
        if self._listeners.pop(room, None) is None:
            return
        for process in tuple(self._shared[room]):
            self._left(process, room)
        self._shared.pop(room, None)
        self.tell(room, said.Left())
        if self.is_up and self._wire is not None:
            self._wire.send(pack("SUNSUBSCRIBE", keys.channel(room)))

    def tell(self, room: str, said_: said.Said) -> None:
        """Say something in a room that nobody stores."""
        if self._commands.is_up:
            message = said.encode(self._process, said_)
            self._commands.send(pack("SPUBLISH", keys.channel(room), message), _ignore)

    def tell_presence(self, room: str, document: str, member: str, update: bytes) -> None:
        """See `Storage.tell_presence`. Costs nothing while no other process has the room in memory.

        A process that fetches a room asks who is there, and is told all of it then.
        """
        if room in self._shared and self._commands.unsent_bytes < MAX_UNSENT_BYTES:
            self.tell(room, said.Present(document, member, update))

    def lose_touch(self, rooms: Iterable[str] | None = None) -> None:
        """Tell rooms, or all of them, that something may have been missed; a few at a time, as each reads it."""
        self._to_touch.update(dict.fromkeys(self._listeners if rooms is None else rooms))
        if self._touching is None and self._to_touch:
            self._touching = asyncio.get_running_loop().call_soon(self._touch_some)

    def _touch_some(self) -> None:
        self._touching = None
        if not (self.is_up and self._commands.is_up):
            # Rooms will want to read what they missed. Whichever connection comes back last goes on here.
            return
        for room in tuple(islice(self._to_touch, TOUCH_AT_ONCE)):
            del self._to_touch[room]
            listener = self._listeners.get(room)
            if listener is not None:
                listener.lost_touch()
        if self._to_touch:
            self._touching = asyncio.get_running_loop().call_later(TOUCH_PAUSE_SECONDS, self._touch_some)

    def process_is_gone(self, process: str) -> None:
        """Tell the rooms in which that process had somebody."""
        for room in tuple(self._neighbours.get(process, ())):
            self._left(process, room)
            listener = self._listeners.get(room)
            if listener is not None:
                listener.heard_members(process, frozenset(), False)

    # The connection.

    def _check(self) -> None:
        if self._wire is None:
            return
        if asyncio.get_running_loop().time() - self._heard_at > ANSWER_SECONDS:
            self.cut()
        else:
            self._wire.send(pack("PING"))

    async def close(self) -> None:
        if self._touching is not None:
            self._touching.cancel()
        await super().close()

    async def _greet(self) -> None:
        assert self._wire is not None
        self._heard_at = asyncio.get_running_loop().time()
        self._greeted = asyncio.get_running_loop().create_future()
        rooms = tuple(self._listeners)
        for start in range(0, len(rooms), SUBSCRIBE_AT_ONCE):
            some = rooms[start : start + SUBSCRIBE_AT_ONCE]
            for room in some:
                self._unconfirmed[room] = self._unconfirmed.get(room, 0) + 1
            self._wire.send(pack("SSUBSCRIBE", *map(keys.channel, some)))
        # Confirmed last, and so for all.
        self._wire.send(pack("SUBSCRIBE", keys.PROCESSES))
        await self._greeted

    def _went_away(self) -> None:
        self._unconfirmed.clear()
        awaited, self._awaited = self._awaited, {}
        lost = StorageAwayError("The server cannot reach its storage right now.")
        for room, future in awaited.items():
            self._listeners.pop(room, None)
            if not future.done():
                future.set_exception(lost)
        if self._greeted is not None and not self._greeted.done():
            self._greeted.set_exception(ReplyError("LOST the connection was lost"))

    def _came_back(self) -> None:
        self.lose_touch()

    def _take(self, reply: Reply) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        match reply:
            case [b"smessage" | b"message", bytes(channel), bytes(message)]:
                if said.speaker(message) != self._process:
                    self._hear(channel.decode(), message)
            case [b"ssubscribe", bytes(channel), _]:
                self._confirm(keys.room_of_channel(channel.decode()))
            case [b"subscribe", _, _]:
                if self._greeted is not None and not self._greeted.done():
                    self._greeted.set_result(None)
            case ReplyError():
                log.error("Redis refused to pass on what other processes say: %s", reply)
                self.cut()

    def _confirm(self, room: str) -> None:
        left = self._unconfirmed.pop(room, 1) - 1
        if left:
            # The room was put away and fetched again meanwhile; only the last confirmation counts.
            self._unconfirmed[room] = left
            return
        future = self._awaited.pop(room, None)
        if future is not None and not future.done():
            future.set_result(None)

    def _hear(self, channel: str, message: bytes) -> None:
        try:
            heard = said.decode(message)
        except msgspec.MsgspecError as error:
            log.error("another process says what cannot be understood (%s): do all run the same version?", error)
            return
        process = said.speaker(message).decode()
        if isinstance(heard, said.Ended):
            self.process_is_gone(process)
            return
        room = keys.room_of_channel(channel)
        listener = self._listeners.get(room)
        if listener is None:
            return
        try:
            self._pass_on(room, listener, process, heard)
        except Exception:
            # One room's trouble is not the others'.
            log.exception("room %s could not take what another process did", room)

    def _pass_on(self, room: str, listener: RoomListener, process: str, heard: said.Said) -> None:
        if isinstance(heard, said.Left):
            self._left(process, room)
            return
        if not isinstance(heard, said.Deleted):
            self._neighbours[process].add(room)
            self._shared[room].add(process)
        match heard:
            case said.Updated(updates):
                for document, update in updates:
                    listener.heard_update(document, update)
            case said.Changed(version, record, events):
                listener.heard_change(version, record, events)
            case said.Present(document, member, update):
                listener.heard_presence(process, document, member, update)
            case said.Members(members, asks):
                listener.heard_members(process, frozenset(members), asks)
            case said.Deleted():
                listener.lost_touch()

    def _left(self, process: str, room: str) -> None:
        for table, key, value in ((self._neighbours, process, room), (self._shared, room, process)):
            values = table.get(key)
            if values is not None:
                values.discard(value)
                if not values:
                    del table[key]


def _ignore(reply: Reply) -> None:
    """Whoever says something does not wait for an answer."""
