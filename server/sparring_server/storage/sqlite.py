"""Rooms in one SQLite file, written by one thread that commits in groups.

While one commit is on its way to the disk the next operations gather, and go together in the next one; so the wait
for the disk is shared, and an acknowledgement means that the update would survive a loss of power.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from sparring_server.protocol import limits
from sparring_server.storage.base import Storage, StorageError, StoredRoom

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 1.0
_DISK_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
"""What the disk may take later, https://sqlite.org/rescode.html; every other error is the operation's own."""
MAX_GROUP = 1_000
"""Operations in one commit; bounds how long one takes."""

migrations = Migrations("sparring_server")


@migrations()
def create_rooms(db: Database) -> None:
    """The first schema."""
    db.conn.execute("create table room (id text primary key, record blob not null) without rowid")
    db.conn.execute(
        "create table event (room text not null references room (id) on delete cascade,"
        " number integer not null, body blob not null, primary key (room, number)) without rowid"
    )
    db.conn.execute(
        "create table document_update (id integer primary key autoincrement,"
        " room text not null references room (id) on delete cascade,"
        " document text not null, body blob not null)"
    )
    db.conn.execute("create index document_update_of on document_update (room, document, id)")


@dataclass(slots=True)
class _Operation:
    """Something for the writer thread. `durable` ones are tried again until the disk takes them."""

    run: Callable[[sqlite3.Connection], object]
    future: asyncio.Future[Any]
    durable: bool = False


def _ignore(failing: bool) -> None:
    """Until the server listens."""


class SqliteStorage(Storage):
    """See `Storage`. `path` is created if it is absent, and refused if it is no database of ours."""

    def __init__(self, path: str | Path) -> None:
        self.on_trouble: Callable[[bool], None] = _ignore
        self._path = Path(path)
        self._queue: queue.SimpleQueue[_Operation | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failing = False
        self._lock = threading.Lock()
        self._dead = ""
        self._unsaved: list[_Operation] = []

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        connection = await asyncio.to_thread(self._connect)
        self._thread = threading.Thread(target=self._write, args=(connection,), name="sparring-storage")
        self._thread.start()

    def _connect(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=1)
            # Secrets are hashed, but texts are not: the file is its owner's only.
            self._path.chmod(0o600)
            # One server owns the file; a second one on it is told so instead of corrupting rooms in turn.
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            migrations.apply(Database(connection))
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"The rooms' file {self._path} cannot be used: {error}") from error
        return connection

    async def load(self, room: str) -> StoredRoom | None:
        return await self._submit(partial(_load, room=room))

    async def events(self, room: str, since: int) -> list[bytes]:
        return await self._submit(partial(_events, room=room, since=since))

    def save_room(self, room: str, record: bytes, events: Sequence[tuple[int, bytes]]) -> asyncio.Future[None]:
        return self._submit(partial(_save_room, room=room, record=record, events=tuple(events)))

    def append_update(self, room: str, document: str, update: bytes) -> asyncio.Future[None]:
        return self._submit(partial(_append, room=room, document=document, update=update), durable=True)

    def compact(self, room: str, document: str, count: int, merged: bytes) -> asyncio.Future[None]:
        return self._submit(partial(_compact, room=room, document=document, count=count, merged=merged))

    async def close(self) -> None:
        if self._thread is not None:
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def _submit(self, run: Callable[[sqlite3.Connection], T], *, durable: bool = False) -> asyncio.Future[T]:
        if self._loop is None or self._thread is None:
            raise StorageError("The storage is closed.")
        future: asyncio.Future[T] = self._loop.create_future()
        with self._lock:
            if self._dead:
                future.set_exception(StorageError(self._dead))
                return future
            self._queue.put(_Operation(run, future, durable))
        return future

    # The writer thread.

    def _write(self, connection: sqlite3.Connection) -> None:
        """Commit group after group until told to stop. Should the thread end before that, everybody is told."""
        try:
            stopping = False
            while not stopping:
                group, stopping = self._gather(RETRY_SECONDS if self._unsaved else None)
                self._unsaved += group
                self._unsaved = self._commit(connection, self._unsaved)
                self._tell(bool(self._unsaved))
            if self._unsaved:
                log.error("stopping with %d updates that the disk did not take", len(self._unsaved))
        except BaseException as error:
            log.exception("the storage's thread ended")
            self._die(error)
        finally:
            connection.close()

    def _die(self, error: BaseException) -> None:
        """Nothing is stored from now on: fail what waits, and what comes."""
        with self._lock:
            self._dead = f"The server cannot save any more ({type(error).__name__}: {error}). Restart it."
        waiting = [operation for operation in self._drain() if not operation.future.done()]
        self._resolve([(operation.future, None, StorageError(self._dead)) for operation in waiting])
        self._tell(True)

    def _drain(self) -> list[_Operation]:
        left = list(self._unsaved)
        while not self._queue.empty():
            operation = self._queue.get()
            if operation is not None:
                left.append(operation)
        return left

    def _gather(self, timeout: float | None) -> tuple[list[_Operation], bool]:
        """The next operations, and whether to stop after them. Empty when it is time to try again."""
        group: list[_Operation] = []
        try:
            operation = self._queue.get(timeout=timeout)
            while operation is not None and len(group) < MAX_GROUP:
                group.append(operation)
                operation = self._queue.get_nowait()
        except queue.Empty:
            return group, False
        if operation is None:
            return group, True
        group.append(operation)
        return group, False

    def _commit(self, connection: sqlite3.Connection, group: list[_Operation]) -> list[_Operation]:
        """Commit all of them together, or else one by one. Returns those to try again."""
        if not group:
            return []
        try:
            results = _in_transaction(connection, group)
        except Exception as error:
            if len(group) > 1:
                return [again for operation in group for again in self._commit(connection, [operation])]
            return self._failed(group[0], error)
        self._resolve([(operation.future, result, None) for operation, result in zip(group, results, strict=True)])
        return []

    def _failed(self, operation: _Operation, error: Exception) -> list[_Operation]:
        # A broken rule of the schema will not mend itself, nor will a bad value; a full or failing disk may.
        if operation.durable and _is_of_the_disk(error):
            if not self._failing:
                log.error("the rooms' file cannot be written, will try again: %s", error)
            return [operation]
        log.error("the rooms' file refused an operation: %s", error)
        self._resolve([(operation.future, None, StorageError(f"The server cannot save right now: {error}"))])
        return []

    def _tell(self, failing: bool) -> None:
        if failing != self._failing:
            self._failing = failing
            self._in_loop(lambda: self.on_trouble(failing))

    def _resolve(self, outcomes: list[tuple[asyncio.Future[Any], object, StorageError | None]]) -> None:
        def resolve() -> None:
            for future, result, error in outcomes:
                if future.done():
                    continue
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)

        self._in_loop(resolve)

    def _in_loop(self, callback: Callable[[], None]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(callback)
        except RuntimeError:
            # The loop is gone, and with it everybody who waited.
            log.debug("nobody waits for the storage any more")


def _is_of_the_disk(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.OperationalError) and code is not None and code & 0xFF in _DISK_CODES


def _in_transaction(connection: sqlite3.Connection, group: list[_Operation]) -> list[object]:
    connection.execute("begin immediate")
    try:
        results = [operation.run(connection) for operation in group]
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    return results


def _load(connection: sqlite3.Connection, room: str) -> StoredRoom | None:
    row = connection.execute("select record from room where id = ?", (room,)).fetchone()
    if row is None:
        return None
    documents: dict[str, list[bytes]] = {}
    query = "select document, body from document_update where room = ? order by id"
    for document, body in connection.execute(query, (room,)):
        documents.setdefault(document, []).append(body)
    return StoredRoom(row[0], documents)


def _events(connection: sqlite3.Connection, room: str, since: int) -> list[bytes]:
    query = "select body from event where room = ? and number > ? order by number"
    return [body for (body,) in connection.execute(query, (room, since))]


def _save_room(connection: sqlite3.Connection, room: str, record: bytes, events: tuple[tuple[int, bytes], ...]) -> None:
    connection.execute(
        "insert into room (id, record) values (?, ?) on conflict (id) do update set record = excluded.record",
        (room, record),
    )
    connection.executemany(
        "insert or replace into event (room, number, body) values (?, ?, ?)",
        [(room, number, body) for number, body in events],
    )
    if events:
        newest = max(number for number, _ in events)
        connection.execute("delete from event where room = ? and number <= ?", (room, newest - limits.MAX_EVENTS_KEPT))


def _append(connection: sqlite3.Connection, room: str, document: str, update: bytes) -> None:
    connection.execute("insert into document_update (room, document, body) values (?, ?, ?)", (room, document, update))


def _compact(connection: sqlite3.Connection, room: str, document: str, count: int, merged: bytes) -> None:
    ids = [
        row[0]
        for row in connection.execute(
            "select id from document_update where room = ? and document = ? order by id limit ?",
            (room, document, count),
        )
    ]
    if len(ids) < count:
        return
    # The new snapshot is stored before the old parts go, in the place of the last of them.
    connection.execute("update document_update set body = ? where id = ?", (merged, ids[-1]))
    connection.executemany("delete from document_update where id = ?", [(old,) for old in ids[:-1]])
