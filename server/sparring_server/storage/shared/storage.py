"""Rooms in Redis, which any number of servers may share. See docs/scaling.md."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable, Sequence
from itertools import count

from sparring_server.protocol import limits
from sparring_server.protocol.names import new_id
from sparring_server.storage.base import (
    ConflictError,
    RoomListener,
    Storage,
    StorageAwayError,
    StorageError,
    StoredRoom,
)
from sparring_server.storage.shared import keys, said
from sparring_server.storage.shared.address import RedisAddress
from sparring_server.storage.shared.appending import MEDIUM_CODES, Appender
from sparring_server.storage.shared.bus import Bus
from sparring_server.storage.shared.link import CommandLink
from sparring_server.storage.shared.scripts import COMPACT, EXPIRE, SAVE
from sparring_server.storage.shared.wire import Argument, Reply, ReplyError, pack
from sparring_server.update_log import UpdateLog

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
"""How often a process shows that it lives, and looks for those it has heard."""
PROCESS_SECONDS = 4.0
"""A process that has not shown itself for so long is gone, and with it all who were connected to it."""
SAVE_AGAIN_SECONDS = 1.0
"""If the connection is lost while a record is being saved, so long is waited for it to come back."""
CLOSE_SECONDS = 3.0
"""How long a stopping server waits for its updates to be stored."""
EXPIRE_AT_ONCE = 500
"""Rooms looked at in one go when old ones are deleted."""
_ROOM_FIELDS = 4
"""Fields of a room's hash that are no documents'."""


def _ignore(failing: bool) -> None:
    """Until the server listens."""


class RedisStorage(Storage):
    """See `Storage`."""

    def __init__(self, url: str) -> None:
        self.on_trouble: Callable[[bool], None] = _ignore
        self.process = new_id()
        """The name of this process among those that share the Redis."""
        self._address = RedisAddress.parse(url)
        self._link = CommandLink(self._address, self._link_came_up, self._link_went_down)
        self._bus = Bus(self._address, self.process, self._link)
        self._appender: Appender | None = None
        self._unsure: set[str] = set()
        self._saves = count(1)
        self._beating: asyncio.Task[None] | None = None
        self._up = asyncio.Event()
        self._is_closed = False

    @property
    def healthy(self) -> bool:
        """Whether Redis can be reached, takes updates, and passes on what others do."""
        failing = self._appender is None or self._appender.is_failing
        return self._link.is_up and self._bus.is_up and not failing

    @property
    def is_choked(self) -> bool:  # type: ignore[override]
        """See `Storage`."""
        return self._appender is not None and self._appender.is_choked

    async def open(self) -> None:
        self._appender = Appender(self._link, self.process.encode(), lambda failing: self.on_trouble(failing))
        try:
            await self._link.open()
            self._up.set()
            await self._bus.open()
            await self._show_life()
        except (StorageError, ReplyError) as error:
            await self._let_go()
            if isinstance(error, StorageError):
                raise
            raise StorageError(f"Redis at {self._address} cannot be used: {error}.") from error
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        if self._is_closed or self._appender is None:
            return
        self._is_closed = True
        await self._appender.flush(CLOSE_SECONDS)
        if self._link.is_up:
            self._link.send(pack("DEL", keys.process_key(self.process)), _no_matter)
            ended = said.encode(self.process.encode(), said.Ended())
            self._link.send(pack("PUBLISH", keys.PROCESSES, ended), _no_matter)
        await self._let_go()

    async def _let_go(self) -> None:
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating
        await self._bus.close()
        await self._link.close()
        if self._appender is not None:
            self._appender.close()

    # Rooms.

    async def load(self, room: str) -> StoredRoom | None:
        fields = _pairs(await self._call("HGETALL", keys.room_key(room)))
        if not fields:
            return None
        names = [field[len(keys.DOCUMENT_FIELD) :] for field in fields if field.startswith(keys.DOCUMENT_FIELD)]
        logs = await asyncio.gather(*(self._call("LRANGE", keys.log_key(room, name), 0, -1) for name in names))
        try:
            record, version = fields["record"], int(fields["version"])
        except (KeyError, ValueError) as error:
            raise StorageError(f"room {room} in Redis cannot be read") from error
        return StoredRoom(record, version, {name: _bytes(log) for name, log in zip(names, logs, strict=True)})

    async def events(self, room: str, since: int) -> list[bytes]:
        numbered = await self._call("ZRANGEBYSCORE", keys.events_key(room), f"({since}", "+inf")
        return [body.partition(b":")[2] for body in _bytes(numbered)]

    async def save_room(
        self, room: str, record: bytes, events: Sequence[tuple[int, bytes]], *, after: int, at_ms: int
    ) -> int:
        by = f"{self.process}:{next(self._saves)}"
        message = said.encode(self.process.encode(), said.Changed(after + 1, record, [body for _, body in events]))
        arguments: list[Argument] = [after, by, record, at_ms, limits.MAX_EVENTS_KEPT, keys.channel(room), message]
        for event in events:
            arguments += event
        names = [keys.room_key(room), keys.events_key(room)]
        # Into the list of rooms first: a room that is not in it would never expire, one too many does no harm.
        self._link.send(pack("ZADD", keys.ROOMS, at_ms, room), _no_matter)
        try:
            version = await self._link.run(SAVE, names, *arguments)
        except ReplyError as error:
            if error.code != "LOST":
                raise self._sentence(error) from error
            version = await self._save_again(room, names, arguments, error)
        if not version:
            raise ConflictError(room)
        assert isinstance(version, int)
        return version

    async def _save_again(self, room: str, names: list[str], arguments: list[Argument], lost: ReplyError) -> Reply:
        """After a lost answer nobody knows whether it was saved; the script does."""
        self._unsure.add(room)
        try:
            async with asyncio.timeout(SAVE_AGAIN_SECONDS):
                await self._up.wait()
            return await self._link.run(SAVE, names, *arguments)
        except (ReplyError, TimeoutError):
            raise self._sentence(lost) from lost

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        if self._appender is None or self._is_closed:
            raise StorageError("The storage is closed.")
        self._appender.append(room, document, update, done)

    async def compact(self, room: str, document: str) -> None:
        field, log_key = keys.document_field(document), keys.log_key(room, document)
        # In this order: who compacts in between changes the number, and is noticed.
        compactions = await self._call("HGET", keys.room_key(room), field)
        pieces = _bytes(await self._call("LRANGE", log_key, 0, -1))
        if len(pieces) < 2 or not isinstance(compactions, bytes):
            return
        try:
            merged = await asyncio.to_thread(_merge, pieces)
        except ValueError as error:
            raise StorageError(f"document {document} of room {room} cannot be merged: {error}") from error
        try:
            await self._link.run(COMPACT, [keys.room_key(room), log_key], field, compactions, len(pieces), merged)
        except ReplyError as error:
            raise self._sentence(error) from error

    async def expire(self, before_ms: int) -> list[str]:
        expired: list[str] = []
        while True:
            old = await self._call("ZRANGEBYSCORE", keys.ROOMS, "-inf", f"({before_ms}", "LIMIT", 0, EXPIRE_AT_ONCE)
            rooms = [name.decode() for name in _bytes(old)]
            for room in rooms:
                if await self._expire(room, before_ms):
                    expired.append(room)
            if len(rooms) < EXPIRE_AT_ONCE:
                return expired

    async def _expire(self, room: str, before_ms: int) -> bool:
        """Delete one room if it is as old as the list says, and mend the list if not."""
        deleted = said.encode(self.process.encode(), said.Deleted())
        at: Reply = -2
        while at == -2:
            fields = _bytes(await self._call("HKEYS", keys.room_key(room)))
            prefix = keys.DOCUMENT_FIELD
            documents = [name.decode()[len(prefix) :] for name in fields if name.startswith(prefix.encode())]
            names = [keys.room_key(room), keys.events_key(room), *(keys.log_key(room, name) for name in documents)]
            try:
                at = await self._link.run(EXPIRE, names, before_ms, _ROOM_FIELDS, keys.channel(room), deleted)
            except ReplyError as error:
                raise self._sentence(error) from error
        if isinstance(at, int) and at > 0:
            await self._call("ZADD", keys.ROOMS, at, room)
        else:
            await self._call("ZREM", keys.ROOMS, room)
        if at == 0:
            # The others are told by the script.
            self._bus.lose_touch((room,))
        return at == 0

    # What is shared.

    async def time_ms(self) -> float:
        """Redis's clock, by the fastest of three answers."""
        loop = asyncio.get_running_loop()
        tries: list[tuple[float, float]] = []
        for _ in range(3):
            asked = loop.time()
            seconds, microseconds = _bytes(await self._call("TIME"))
            trip = loop.time() - asked
            # What Redis said was true half a trip ago, and the trip's end was perhaps a while ago.
            said_ms = int(seconds) * 1000 + int(microseconds) / 1000
            tries.append((trip, said_ms + trip * 500 - (asked + trip) * 1000))
        return min(tries)[1] + loop.time() * 1000

    async def listen(self, room: str, listener: RoomListener) -> None:
        await self._bus.listen(room, listener)

    def stop_listening(self, room: str) -> None:
        self._bus.stop_listening(room)

    def tell_presence(self, room: str, document: str, member: str, update: bytes) -> None:
        self._bus.tell_presence(room, document, member, update)

    def tell_members(self, room: str, members: frozenset[str], *, asks: bool = False) -> None:
        self._bus.tell(room, said.Members(sorted(members), asks))

    # Life signs.

    async def _beat(self) -> None:
        silent_since: float | None = None
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                if not await self._show_life() and silent_since is None:
                    log.warning("this process was too slow to show that it lives")
                    self._bus.lose_touch()
                if silent_since is None or loop.time() - silent_since > PROCESS_SECONDS:
                    await self._look_around()
                    silent_since = None
            except ReplyError:
                # While Redis was away nobody could show themselves: give them time before anybody is given up.
                silent_since = loop.time()

    async def _show_life(self) -> bool:
        """Whether it was known that this process lives."""
        name, milliseconds = f"{socket.gethostname()}:{os.getpid()}", int(PROCESS_SECONDS * 1000)
        return await self._link.call("SET", keys.process_key(self.process), name, "PX", milliseconds, "GET") is not None

    async def _look_around(self) -> None:
        for process in self._bus.neighbours:
            if not await self._link.call("EXISTS", keys.process_key(process)):
                log.warning("process %s is gone", process)
                self._bus.process_is_gone(process)

    # The connection.

    def _link_went_down(self) -> None:
        self._up.clear()
        if self._appender is not None and not self._is_closed:
            self._appender.link_went_down()

    def _link_came_up(self) -> None:
        self._up.set()
        assert self._appender is not None
        self._appender.link_came_up()
        unsure, self._unsure = tuple(self._unsure), set()
        self._bus.lose_touch(unsure)

    async def _call(self, *arguments: Argument) -> Reply:
        try:
            return await self._link.call(*arguments)
        except ReplyError as error:
            raise self._sentence(error) from error

    def _sentence(self, error: ReplyError) -> StorageError:
        """For people who use the server; where Redis is, and what it said, is for the log of who runs it."""
        if error.code == "LOST":
            return StorageAwayError("The server cannot reach its storage right now.")
        log.error("Redis at %s refused: %s", self._address, error)
        if error.code in MEDIUM_CODES:
            return StorageAwayError("The server's storage takes nothing right now.")
        return StorageError("The server's storage refused.")


def _merge(pieces: list[bytes]) -> bytes:
    return UpdateLog(pieces).merged()


def _bytes(reply: Reply) -> list[bytes]:
    assert isinstance(reply, list)
    return [item for item in reply if isinstance(item, bytes)]


def _pairs(reply: Reply) -> dict[str, bytes]:
    flat = iter(_bytes(reply))
    return {name.decode(): value for name, value in zip(flat, flat, strict=True)}


def _no_matter(reply: Reply) -> None:
    """Nobody waits for this answer."""
