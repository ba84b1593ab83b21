"""Rooms in one SQLite file, written by one thread that commits in groups.

Updates gather for `GROUP_SECONDS`, and while a commit is on its way to the disk; then they go together in the next one.
So the wait for the disk is shared, and an acknowledgement means that the update would survive a loss of power.
"""

import asyncio
import contextlib
import itertools
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from sparring_server.protocol import limits
from sparring_server.storage.base import ConflictError, Storage, StorageError, StoredRoom
from sparring_server.storage.salvage import is_damaged, is_sound, salvage
from sparring_server.storage.tail import Tail
from sparring_server.update_log import UpdateLog

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 1.0
MAX_GROUP = 1_000
"""Updates that waited for the disk are tried so many at a time."""
GROUP_SECONDS = 0.02
"""An update waits at most so long for others to share its commit; what somebody awaits goes at once."""
_DISK_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
"""What the disk may take later, https://sqlite.org/rescode.html; every other error is the operation's own."""
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


@migrations()
def count_versions(db: Database) -> None:
    """How often a room's record was saved, and when last: a change is made from a version, and old rooms go."""
    db.conn.execute("alter table room add column version integer not null default 1")
    db.conn.execute("alter table room add column at_ms integer not null default 0")
    db.conn.execute("update room set at_ms = coalesce(json_extract(cast(record as text), '$.at_ms'), 0)")
    db.conn.execute("create index room_at on room (at_ms)")


@migrations()
def set_rooms_aside(db: Database) -> None:
    """Rooms that could not be read any more, so that nobody gets an empty one in their place."""
    db.conn.execute("create table set_aside (id text primary key, reason text not null) without rowid")


@migrations()
def write_updates_at_the_end(db: Database) -> None:
    """Updates on their way to the others of their room, see `tail`."""
    db.conn.execute(
        "create table update_tail (id integer primary key, room text not null, document text not null,"
        " body blob not null)"
    )


@dataclass(slots=True)
class _Operation:
    """Something for the writer thread that somebody awaits."""

    run: Callable[[sqlite3.Connection], object]
    future: asyncio.Future[Any]

    def settle(self, result: object, error: Exception | None) -> None:
        """Tell who waits, in the event loop."""
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


@dataclass(slots=True)
class _Append:
    """An update on its way to the file; tried again until the disk takes it."""

    room: str
    document: str
    update: bytes
    done: Callable[[bool], None]

    @property
    def row(self) -> tuple[str, str, bytes]:
        return self.room, self.document, self.update

    def settle(self, result: object, error: Exception | None) -> None:
        """Tell who waits, in the event loop."""
        self.done(error is None)


_Work = _Operation | _Append
_Outcome = tuple[_Work, object, Exception | None]


def _ignore(failing: bool) -> None:
    """Until the server listens."""


class SqliteStorage(Storage):
    """See `Storage`. `path` is created if it is absent, and refused if it is no database of ours."""

    def __init__(self, path: str | Path) -> None:
        self.on_trouble: Callable[[bool], None] = _ignore
        self._path = Path(path)
        self._queue: queue.SimpleQueue[list[_Work] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._dead = ""
        # Of the event loop:
        self._gathered: list[_Work] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_writing = False
        self._waiting_bytes = 0
        # Of the writer thread:
        self._failing = False
        self._unsaved: list[_Append] = []
        self._at_hand: list[_Work] = []
        self._tail = Tail()
        self._try_at = 0.0

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        connection = await asyncio.to_thread(self._connect)
        self._thread = threading.Thread(target=self._write, args=(connection,), name="sparring-storage")
        self._thread.start()

    def _connect(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                connection = self._open_file()
                if is_sound(connection):
                    self._fold(connection)
                    return connection
                connection.close()
            except sqlite3.Error as error:
                if not is_damaged(error):
                    raise
            salvage(self._path, lambda fresh: migrations.apply(Database(fresh)))
            return self._open_file()
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"The rooms' file {self._path} cannot be used: {error}") from error

    def _open_file(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=1)
        try:
            # Secrets are hashed, but texts are not: the file is its owner's only.
            self._path.chmod(0o600)
            # One server owns the file; a second one on it is told so instead of corrupting rooms in turn.
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            migrations.apply(Database(connection))
        except BaseException:
            connection.close()
            raise
        return connection

    async def load(self, room: str) -> StoredRoom | None:
        return await self._submit(partial(self._load, room=room))

    async def events(self, room: str, since: int) -> list[bytes]:
        return await self._submit(partial(_events, room=room, since=since))

    async def save_room(
        self, room: str, record: bytes, events: Sequence[tuple[int, bytes]], *, after: int, at_ms: int
    ) -> int:
        return await self._submit(
            partial(_save_room, room=room, record=record, events=tuple(events), after=after, at_ms=at_ms)
        )

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        if self._dead or self._thread is None:
            raise StorageError(self._dead or "The storage is closed.")
        self._waiting_bytes += len(update)
        self.is_choked = self._waiting_bytes > limits.MAX_UNSAVED_BYTES
        self._gathered.append(_Append(room, document, update, done))
        if self._timer is None and not self._is_writing:
            assert self._loop is not None
            self._timer = self._loop.call_later(GROUP_SECONDS, self._hand_over)

    async def compact(self, room: str, document: str) -> None:
        await self._submit(partial(self._compact, room=room, document=document))

    async def expire(self, before_ms: int) -> list[str]:
        return await self._submit(partial(self._expire, before_ms=before_ms))

    async def close(self) -> None:
        if self._thread is not None:
            if self._gathered:
                self._hand_over()
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def _submit(self, run: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        if self._loop is None or self._thread is None:
            raise StorageError("The storage is closed.")
        future: asyncio.Future[T] = self._loop.create_future()
        if self._dead:
            future.set_exception(StorageError(self._dead))
            return future
        self._gathered.append(_Operation(run, future))
        # Somebody waits for just this: it goes at once, and takes the updates before it along.
        if not self._is_writing:
            self._hand_over()
        return future

    def _hand_over(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._gathered:
            self._is_writing = True
            self._queue.put(self._gathered)
            self._gathered = []

    def _settle(self, outcomes: list[_Outcome]) -> None:
        """Tell who waits what became of it. In the event loop."""
        for work, result, error in outcomes:
            if isinstance(work, _Append):
                self._waiting_bytes -= len(work.update)
            work.settle(result, error)
        self.is_choked = self._waiting_bytes > limits.MAX_UNSAVED_BYTES

    def _group_is_done(self, outcomes: list[_Outcome]) -> None:
        self._is_writing = False
        self._settle(outcomes)
        if not self._gathered or self._is_writing:
            return
        if any(isinstance(work, _Operation) for work in self._gathered):
            self._hand_over()
        elif self._timer is None:
            assert self._loop is not None
            self._timer = self._loop.call_later(GROUP_SECONDS, self._hand_over)

    # The writer thread.

    def _write(self, connection: sqlite3.Connection) -> None:
        """Commit group after group until told to stop. Should the thread end before that, everybody is told."""
        try:
            while True:
                try:
                    group = self._queue.get(timeout=RETRY_SECONDS if self._unsaved else None)
                except queue.Empty:
                    self._try_again(connection)
                    continue
                if group is None:
                    break
                self._take(connection, group)
                # Or the last group of a rush would stay in memory until the next one.
                del group
            self._try_again(connection)
            self._fold(connection)
            if self._unsaved:
                log.error("stopping with %d updates that the disk did not take", len(self._unsaved))
        except BaseException as error:
            log.exception("the storage's thread ended")
            self._in_loop(partial(self._die, error, [*self._unsaved, *self._at_hand]))
        finally:
            connection.close()

    def _take(self, connection: sqlite3.Connection, group: list[_Work]) -> None:
        self._at_hand = list(group)
        waiting: list[_Append] = []
        if self._unsaved:
            # The disk fails: updates line up behind those that wait, and what somebody awaits is tried.
            waiting = [work for work in group if isinstance(work, _Append)]
            group = [work for work in group if not isinstance(work, _Append)]
        outcomes, unsaved = self._commit(connection, group)
        self._unsaved += waiting + unsaved
        self._at_hand = []
        self._in_loop(partial(self._group_is_done, outcomes))
        self._tell(bool(self._unsaved))
        if self._unsaved and time.monotonic() >= self._try_at:
            self._try_again(connection)

    def _try_again(self, connection: sqlite3.Connection) -> None:
        while self._unsaved:
            some = self._unsaved[:MAX_GROUP]
            outcomes, again = self._commit(connection, list(some))
            self._unsaved[: len(some)] = again
            self._in_loop(partial(self._settle, outcomes))
            if again:
                break
        self._try_at = time.monotonic() + RETRY_SECONDS
        self._tell(bool(self._unsaved))

    def _die(self, error: BaseException, unsaved: list[_Work]) -> None:
        """Nothing is stored from now on: fail what waits, and what comes. In the event loop."""
        self._dead = f"The server cannot save any more ({type(error).__name__}: {error}). Restart it."
        waiting = [*unsaved, *self._gathered]
        self._gathered = []
        while not self._queue.empty():
            waiting += self._queue.get() or []
        self._settle([(work, None, StorageError(self._dead)) for work in waiting])
        self.on_trouble(True)

    def _commit(self, connection: sqlite3.Connection, group: list[_Work]) -> tuple[list[_Outcome], list[_Append]]:
        """Commit all of them together, or else apart. Returns what became of them, and updates to try again."""
        if not group:
            return [], []
        try:
            results = self._in_transaction(connection, group)
        except Exception as error:
            if len(group) == 1:
                return self._failed(group[0], error)
            appends = [work for work in group if isinstance(work, _Append)]
            parts: list[list[_Work]] = [[work] for work in group]
            if len(appends) < len(group) and _is_of_the_disk(error):
                # A read may still go, and updates will wait together.
                parts = [[work] for work in group if not isinstance(work, _Append)]
                parts.insert(0, list(appends))
            elif _is_of_the_disk(error):
                self._complain(error)
                return [], appends
            outcomes: list[_Outcome] = []
            again: list[_Append] = []
            for part in parts:
                settled, unsaved = self._commit(connection, part)
                outcomes += settled
                again += unsaved
            return outcomes, again
        return [(work, result, None) for work, result in zip(group, results, strict=True)], []

    def _in_transaction(self, connection: sqlite3.Connection, group: Sequence[_Work]) -> list[object]:
        connection.execute("begin immediate")
        try:
            results: list[object] = []
            for is_append, some in itertools.groupby(group, lambda work: isinstance(work, _Append)):
                if is_append:
                    rows = [work.row for work in some if isinstance(work, _Append)]
                    self._tail.append(connection, rows)
                    results += [None] * len(rows)
                else:
                    results += [work.run(connection) for work in some if isinstance(work, _Operation)]
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            self._tail.rolled_back()
            raise
        if self._tail.is_long:
            self._fold(connection)
        return results

    def _fold(self, connection: sqlite3.Connection) -> None:
        """Where the disk does not take it, it stays for later."""
        with contextlib.suppress(sqlite3.Error):
            connection.execute("begin immediate")
            try:
                self._tail.fold(connection)
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                self._tail.rolled_back()
                self._tail.put_off()
                raise

    def _load(self, connection: sqlite3.Connection, room: str) -> StoredRoom | None:
        stored = _load(connection, room)
        if stored is not None:
            for document, update in self._tail.read(connection, room):
                stored.documents.setdefault(document, []).append(update)
        return stored

    def _compact(self, connection: sqlite3.Connection, room: str, document: str) -> None:
        if self._tail.read(connection, room):
            self._tail.fold(connection)
        _compact(connection, room, document)

    def _expire(self, connection: sqlite3.Connection, before_ms: int) -> list[str]:
        self._tail.fold(connection)
        return _expire(connection, before_ms)

    def _failed(self, work: _Work, error: Exception) -> tuple[list[_Outcome], list[_Append]]:
        if isinstance(error, ConflictError | StorageError):
            return [(work, None, error)], []
        # A broken rule of the schema will not mend itself, nor will a bad value; a full or failing disk may.
        if isinstance(work, _Append) and _is_of_the_disk(error):
            self._complain(error)
            return [], [work]
        log.error("the rooms' file refused an operation: %s", error)
        return [(work, None, StorageError(f"The server cannot save right now: {error}"))], []

    def _complain(self, error: Exception) -> None:
        if not self._failing:
            log.error("the rooms' file cannot be written, will try again: %s", error)

    def _tell(self, failing: bool) -> None:
        if failing != self._failing:
            self._failing = failing
            self._in_loop(lambda: self.on_trouble(failing))

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


def _load(connection: sqlite3.Connection, room: str) -> StoredRoom | None:
    row = connection.execute("select record, version from room where id = ?", (room,)).fetchone()
    if row is None:
        aside = connection.execute("select reason from set_aside where id = ?", (room,)).fetchone()
        if aside is not None:
            raise StorageError(f"room {room} was damaged on disk and is set aside: {aside[0]}")
        return None
    documents: dict[str, list[bytes]] = {}
    query = "select document, body from document_update where room = ? order by id"
    for document, body in connection.execute(query, (room,)):
        documents.setdefault(document, []).append(body)
    return StoredRoom(row[0], row[1], documents)


def _events(connection: sqlite3.Connection, room: str, since: int) -> list[bytes]:
    query = "select body from event where room = ? and number > ? order by number"
    return [body for (body,) in connection.execute(query, (room, since))]


def _save_room(
    connection: sqlite3.Connection,
    room: str,
    record: bytes,
    events: tuple[tuple[int, bytes], ...],
    after: int,
    at_ms: int,
) -> int:
    row = connection.execute("select version from room where id = ?", (room,)).fetchone()
    if (row[0] if row else 0) != after:
        raise ConflictError(room)
    connection.execute(
        "insert into room (id, record, version, at_ms) values (?, ?, ?, ?) on conflict (id) do update"
        " set record = excluded.record, version = excluded.version, at_ms = excluded.at_ms",
        (room, record, after + 1, at_ms),
    )
    connection.executemany(
        "insert or replace into event (room, number, body) values (?, ?, ?)",
        [(room, number, body) for number, body in events],
    )
    if events:
        newest = max(number for number, _ in events)
        connection.execute("delete from event where room = ? and number <= ?", (room, newest - limits.MAX_EVENTS_KEPT))
    return after + 1


def _compact(connection: sqlite3.Connection, room: str, document: str) -> None:
    rows = connection.execute(
        "select id, body from document_update where room = ? and document = ? order by id", (room, document)
    ).fetchall()
    if len(rows) < 2:
        return
    merged = UpdateLog(body for _, body in rows).merged()
    # The new snapshot is stored before the old parts go, in the place of the last of them.
    connection.execute("update document_update set body = ? where id = ?", (merged, rows[-1][0]))
    connection.execute(
        "delete from document_update where room = ? and document = ? and id < ?", (room, document, rows[-1][0])
    )


def _expire(connection: sqlite3.Connection, before_ms: int) -> list[str]:
    expired = [room for (room,) in connection.execute("select id from room where at_ms < ?", (before_ms,))]
    connection.execute("delete from room where at_ms < ?", (before_ms,))
    return expired
