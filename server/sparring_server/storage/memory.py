"""Rooms in memory: for tests, and for servers that promise nothing beyond their own life."""

import asyncio
from collections.abc import Callable, Sequence

from sparring_server.protocol import limits
from sparring_server.storage.base import Storage, StoredRoom


def _ignore(failing: bool) -> None:
    """Memory has no trouble to tell of."""


class MemoryStorage(Storage):
    """See `Storage`."""

    def __init__(self) -> None:
        self.on_trouble: Callable[[bool], None] = _ignore
        self._records: dict[str, bytes] = {}
        self._events: dict[str, dict[int, bytes]] = {}
        self._updates: dict[str, dict[str, list[bytes]]] = {}

    async def open(self) -> None:
        """Nothing to prepare."""

    async def load(self, room: str) -> StoredRoom | None:
        record = self._records.get(room)
        if record is None:
            return None
        documents = self._updates.get(room, {})
        return StoredRoom(record, {name: list(updates) for name, updates in documents.items()})

    async def events(self, room: str, since: int) -> list[bytes]:
        kept = self._events.get(room, {})
        return [kept[number] for number in sorted(kept) if number > since]

    def save_room(self, room: str, record: bytes, events: Sequence[tuple[int, bytes]]) -> asyncio.Future[None]:
        self._records[room] = record
        kept = self._events.setdefault(room, {})
        kept.update(events)
        while len(kept) > limits.MAX_EVENTS_KEPT:
            del kept[min(kept)]
        return _done()

    def append_update(self, room: str, document: str, update: bytes) -> asyncio.Future[None]:
        self._updates.setdefault(room, {}).setdefault(document, []).append(update)
        return _done()

    def compact(self, room: str, document: str, count: int, merged: bytes) -> asyncio.Future[None]:
        updates = self._updates.get(room, {}).get(document, [])
        if len(updates) >= count:
            updates[:count] = [merged]
        return _done()

    async def close(self) -> None:
        """Nothing to flush."""


def _done() -> asyncio.Future[None]:
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.set_result(None)
    return future
