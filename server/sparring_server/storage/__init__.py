"""Where rooms live. Every storage passes the same acceptance kit, `tests/server/storage/test_storage.py`."""

from sparring_server.storage.base import (
    ConflictError,
    RoomListener,
    Storage,
    StorageAwayError,
    StorageError,
    StoredRoom,
)
from sparring_server.storage.memory import MemoryStorage
from sparring_server.storage.sqlite import SqliteStorage

__all__ = [
    "ConflictError",
    "MemoryStorage",
    "RoomListener",
    "SqliteStorage",
    "Storage",
    "StorageAwayError",
    "StorageError",
    "StoredRoom",
    "open_storage",
]

REDIS_SCHEMES = ("redis", "rediss", "unix")


def open_storage(address: str) -> Storage:
    """The storage that `memory:`, `sqlite:PATH` or `redis://…` names. Raises `StorageError` with a sentence."""
    kind, _, rest = address.partition(":")
    if kind == "memory" and not rest:
        return MemoryStorage()
    if kind == "sqlite" and rest:
        return SqliteStorage(rest)
    if kind in REDIS_SCHEMES:
        # Not for those who need none of it: the server that an app hosts starts sooner.
        from sparring_server.storage.shared import RedisStorage

        return RedisStorage(address)
    # Only its kind: what is left of a mistyped address may hold a password.
    raise StorageError(f"'{kind}:' is no storage. Use memory:, sqlite:PATH or redis://HOST:PORT/NUMBER")
