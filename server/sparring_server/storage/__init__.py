"""Where rooms live. Every storage passes the same acceptance kit, `tests/server/storage/test_storage.py`."""

from sparring_server.storage.base import ConflictError, RoomListener, Storage, StorageError, StoredRoom
from sparring_server.storage.memory import MemoryStorage
from sparring_server.storage.sqlite import SqliteStorage

__all__ = [
    "ConflictError",
    "MemoryStorage",
    "RoomListener",
    "SqliteStorage",
    "Storage",
    "StorageError",
    "StoredRoom",
    "open_storage",
]


def open_storage(address: str) -> Storage:
    """The storage that `memory:` or `sqlite:PATH` names. Raises `StorageError` with a sentence."""
    kind, _, rest = address.partition(":")
    if kind == "memory" and not rest:
        return MemoryStorage()
    if kind == "sqlite" and rest:
        return SqliteStorage(rest)
    raise StorageError(f"'{address}' is no storage. Use memory: or sqlite:PATH")
