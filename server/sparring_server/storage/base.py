"""What the server asks of a storage, and what a room hears from the other processes that share it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sparring_server.update_log import UpdateLog


class StorageError(Exception):
    """Something could not be stored or read; the message is for people. Never means "there is nothing"."""


class StorageAwayError(StorageError):
    """The medium cannot be reached just now: who comes again in a moment may find it."""


class ConflictError(Exception):
    """The room was changed by another process since the version that this change was made from. Load it again."""


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """One room as it was stored."""

    record: bytes
    version: int
    """How often the record was saved."""
    documents: dict[str, list[bytes]] = field(default_factory=dict)
    """Updates by document, oldest first; what was compacted is one of them."""


class RoomListener(Protocol):
    """A room in this process, which hears what other processes do in it. Called in the event loop."""

    def heard_update(self, document: str, update: bytes) -> None:
        """Another process stored this update."""

    def heard_change(self, version: int, record: bytes, events: Sequence[bytes]) -> None:
        """Another process saved the room's record as this version, with these events."""

    def heard_presence(self, process: str, document: str, member: str, update: bytes) -> None:
        """A member who is connected to that process said this about themselves (an awareness update)."""

    def heard_members(self, process: str, members: frozenset[str], asks: bool) -> None:
        """Who is connected there now; nobody, if that process is gone. If it `asks`, it wants the same of us."""

    def lost_touch(self) -> None:
        """Something may have been missed: load the room again."""


class Storage(Protocol):
    """Rooms on a medium, which one process owns or several share.

    The last methods are for media that are shared; a storage of one process inherits them as they are.
    """

    on_trouble: Callable[[bool], None]
    """Called in the event loop when saving begins to fail (True) and when it works again (False)."""
    is_choked: bool = False
    """So much waits for a failing medium (`limits.MAX_UNSAVED_BYTES`) that no more updates are taken."""

    async def open(self) -> None:
        """Get ready. Raises `StorageError`."""

    async def load(self, room: str) -> StoredRoom | None:
        """The room, or None if there never was one. Raises `StorageError` if it cannot be read."""

    async def events(self, room: str, since: int) -> list[bytes]:
        """The kept events after number `since`, oldest first."""

    async def save_room(
        self, room: str, record: bytes, events: Sequence[tuple[int, bytes]], *, after: int, at_ms: int
    ) -> int:
        """Store a room's record together with the events that led to it, and return its new version.

        `after` is the version that it was made from, 0 for a room that is new. Raises `ConflictError` if the stored
        one is another, and `StorageError` at once if the medium fails.
        """

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        """Add to a document's log.

        `done` is called in the event loop: with True once the medium has it for good, with False if it never will.
        While the medium fails, updates are kept in memory and tried again. Raises `StorageError` if it is closed.
        """

    def log_of(self, room: str, document: str) -> UpdateLog | None:
        """The log itself where the medium is this process's memory: what is appended is stored. Else None."""
        return None

    async def compact(self, room: str, document: str) -> None:
        """Replace the stored updates of a document by fewer that hold the same; the new ones are stored first."""

    async def expire(self, before_ms: int) -> list[str]:
        """Delete the rooms whose record was last saved before that server time, and name them."""

    async def close(self) -> None:
        """Flush and let go of the medium."""

    # Only for media that several processes share.

    async def time_ms(self) -> float | None:
        """The time that all processes of this medium go by, in milliseconds since 1970; None: each has its own."""
        return None

    async def listen(self, room: str, listener: RoomListener) -> None:
        """Hear of this room from now on, and from before `load` is next called."""
        return

    def stop_listening(self, room: str) -> None:
        """Hear of it no longer."""
        return

    def tell_presence(self, room: str, document: str, member: str, update: bytes) -> None:
        """Pass on what a member who is connected here says about themselves. May be lost; never waits."""
        return

    def tell_members(self, room: str, members: frozenset[str], *, asks: bool = False) -> None:
        """Say who is connected here, and perhaps ask the others the same. May be lost; never waits."""
        return
