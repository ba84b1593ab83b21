"""What the server asks of a storage."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class StorageError(Exception):
    """Something could not be stored or read; the message is for people. Never means "there is nothing"."""


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """One room as it was stored."""

    record: bytes
    documents: dict[str, list[bytes]] = field(default_factory=dict)
    """Updates by document, oldest first."""


class Storage(Protocol):
    """Rooms on a medium. Every future resolves once the medium has it, or fails with `StorageError`."""

    on_trouble: Callable[[bool], None]
    """Called in the event loop when saving begins to fail (True) and when it works again (False)."""

    async def open(self) -> None:
        """Get ready. Raises `StorageError`."""

    async def load(self, room: str) -> StoredRoom | None:
        """The room, or None if there never was one. Raises `StorageError` if it cannot be read."""

    async def events(self, room: str, since: int) -> list[bytes]:
        """The kept events after number `since`, oldest first."""

    def save_room(self, room: str, record: bytes, events: Sequence[tuple[int, bytes]]) -> asyncio.Future[None]:
        """Store a room's record together with the events that led to it. Fails at once if the medium does."""

    def append_update(self, room: str, document: str, update: bytes) -> asyncio.Future[None]:
        """Add to a document's log. While the medium fails it is kept in memory and tried again."""

    def compact(self, room: str, document: str, count: int, merged: bytes) -> asyncio.Future[None]:
        """Replace the oldest `count` updates of a document by one that holds them all, in one step."""

    async def close(self) -> None:
        """Flush and let go of the medium."""
