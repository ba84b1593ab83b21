"""Rooms in memory: for tests, and for servers that promise nothing beyond their own life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sparring_server.protocol import limits
from sparring_server.storage.base import ConflictError, Storage, StoredRoom
from sparring_server.update_log import UpdateLog


def _ignore(failing: bool) -> None:
    """Memory has no trouble to tell of."""


@dataclass(slots=True)
class _Room:
    record: bytes = b""
    version: int = 0
    at_ms: int = 0
    events: dict[int, bytes] = field(default_factory=dict)
    logs: dict[str, UpdateLog] = field(default_factory=dict)


class MemoryStorage(Storage):
    """See `Storage`."""

    def __init__(self) -> None:
        self.on_trouble: Callable[[bool], None] = _ignore
        self._rooms: dict[str, _Room] = {}

    async def open(self) -> None:
        """Nothing to prepare."""

    async def load(self, room: str) -> StoredRoom | None:
        kept = self._rooms.get(room)
        if kept is None:
            return None
        return StoredRoom(kept.record, kept.version, {name: log.pieces() for name, log in kept.logs.items()})

    async def events(self, room: str, since: int) -> list[bytes]:
        kept = self._rooms.get(room, _Room()).events
        return [kept[number] for number in sorted(kept) if number > since]

    async def save_room(
        self, room: str, record: bytes, events: Sequence[tuple[int, bytes]], *, after: int, at_ms: int
    ) -> int:
        kept = self._rooms.get(room) or _Room()
        if kept.version != after:
            raise ConflictError(room)
        self._rooms[room] = kept
        kept.record = record
        kept.version += 1
        kept.at_ms = at_ms
        kept.events.update(events)
        while len(kept.events) > limits.MAX_EVENTS_KEPT:
            del kept.events[min(kept.events)]
        return kept.version

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        log = self.log_of(room, document)
        if log is not None:
            log.append(update)
        done(log is not None)

    def log_of(self, room: str, document: str) -> UpdateLog | None:
        """The room in use and what is stored of it are one: neither the bytes nor the merging are there twice."""
        kept = self._rooms.get(room)
        if kept is None:
            return None
        log = kept.logs.get(document)
        if log is None:
            log = kept.logs[document] = UpdateLog()
        return log

    async def compact(self, room: str, document: str) -> None:
        """Nothing to do: the log merges by itself."""

    async def expire(self, before_ms: int) -> list[str]:
        expired = [room for room, kept in self._rooms.items() if kept.at_ms < before_ms]
        for room in expired:
            del self._rooms[room]
        return expired

    async def close(self) -> None:
        """Nothing to flush."""
