"""Feeds messages straight into the server's `Connection`, without sockets, and looks at what becomes of it."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import pycrdt

from sparring_server.clock import Clock
from sparring_server.connection import Connection, Cut
from sparring_server.counts import Counts
from sparring_server.hub import Hub
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import frames, limits
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.messages import decode_notice
from sparring_server.protocol.names import is_id
from sparring_server.protocol.presence import decode_presences
from sparring_server.storage.memory import MemoryStorage
from sparring_server.update_log import EMPTY_STATE_VECTOR

ROOMS = 8
"""Conversations take turns in so many rooms, so that some meet what others have left."""


class Crash(AssertionError):
    """The server did something with these messages that it must not do."""


@dataclass
class Peer:
    """The far end of a connection, which reads everything at once. It is a `Transport`."""

    address: str
    cut_by: Cut | None = None
    updates: list[bytes] = field(default_factory=list)
    refusals: int = 0
    unsent_bytes: int = 0
    is_choked: bool = False

    def send(self, data: bytes) -> None:
        # Whatever the server says must be of the protocol.
        frame = frames.decode(data, limits.MAX_ANSWER_BYTES)
        if isinstance(frame, frames.SyncUpdate | frames.SyncStep2):
            self.updates.append(frame.update)
        elif isinstance(frame, frames.Awareness):
            decode_presences(frame.update)
        elif isinstance(frame, frames.Stateless):
            decode_notice(frame.text)

    def send_together(self, messages: Sequence[bytes]) -> None:
        for message in messages:
            self.send(message)

    def pause_reading(self) -> None:
        """Messages come as they are called for."""

    def resume_reading(self) -> None:
        """See above."""

    def cut(self, cut: Cut) -> None:
        self.cut_by = cut


class Driver:
    """A server without sockets."""

    def __init__(self) -> None:
        self.storage = MemoryStorage()
        self._clock = Clock()
        self._hub = Hub(self.storage, self._clock)
        self._addresses = itertools.count()
        self.messages = 0
        """How many were taken."""
        self._rooms = [f"fuzzed-room-{number:04}" for number in range(ROOMS)]
        assert all(map(is_id, self._rooms))

    async def converse(self, conversation: list[bytes], number: int = 0) -> Cut | None:
        """Say all of it; with which words the server hung up, if it did. Raises `Crash`."""
        # Each from an address of its own: wrong secrets lock an address out.
        peer = Peer(f"10.0.0.{next(self._addresses)}")
        connection = Connection(self._rooms[number % ROOMS], self._hub, peer)
        malformed = False
        try:
            for message in conversation:
                malformed = malformed or is_malformed(message)
                self.messages += 1
                connection.receive(message)
                if peer.cut_by is not None:
                    break
            while connection._work is not None:
                await asyncio.wait([connection._work])
        except BaseException as error:
            raise Crash(f"{type(error).__name__}: {error}, after {[one.hex() for one in conversation]}") from error
        finally:
            await connection.close()
        for update in peer.updates:
            apply(update)
        if peer.cut_by is None and malformed:
            raise Crash(f"nothing was said to a malformed message in {[one.hex() for one in conversation]}")
        if peer.cut_by is not None and peer.cut_by.code == CloseCode.RESET:
            raise Crash(f"{peer.cut_by.reason} after {[one.hex() for one in conversation]}")
        return peer.cut_by

    async def close(self) -> None:
        """Everybody has gone: nothing may be left in memory, and every room must be readable. Raises `Crash`."""
        self._hub.held.release_all()
        left = len(self._hub)
        if left:
            raise Crash(f"{left} rooms stay in memory with nobody in them")
        for room_id in self._rooms:
            stored = await self.storage.load(room_id)
            if stored is None:
                continue
            room = LiveRoom(room_id, self.storage, self._clock, Counts())
            room.restore(stored)
            for name in stored.documents:
                apply(room.document(name).log.difference(EMPTY_STATE_VECTOR))
            room.close()


def is_malformed(message: bytes) -> bool:
    """Whether the protocol's own reader refuses it."""
    try:
        frames.decode(message)
    except MalformedData:
        return True
    return False


def apply(update: bytes) -> None:
    """What a client does with what the server sends. Raises `Crash`."""
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    try:
        document.apply_update(update)
        str(document.get("content", type=pycrdt.Text))
    except BaseException as error:
        raise Crash(f"a client cannot read {update.hex()}: {type(error).__name__}: {error}") from error
