"""A damaged file of rooms: what can be read goes into a new file, the damaged one is kept, and lost rooms are named.

A room of which a part cannot be read is set aside: it stays in the damaged file, and whoever comes to its door is told
so. It never comes back as an empty one.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

_TABLES = (
    ("room", "select id, record, version, at_ms from room where id = ?", "insert into room values (?, ?, ?, ?)"),
    ("event", "select room, number, body from event where room = ?", "insert into event values (?, ?, ?)"),
    (
        "document_update",
        "select room, document, body from document_update where room = ? order by id",
        "insert into document_update (room, document, body) values (?, ?, ?)",
    ),
    (
        "update_tail",
        "select room, document, body from update_tail where room = ? order by id",
        "insert into document_update (room, document, body) values (?, ?, ?)",
    ),
)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds no fault in the file. Reads all of it."""
    try:
        return [row[0] for row in connection.execute("pragma quick_check(1)")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether this says that a file of ours is damaged, rather than that it is no database or cannot be opened."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT


def salvage(path: Path, prepare: Callable[[sqlite3.Connection], None]) -> Path:
    """Make a new file at `path` with what is readable in the damaged one; where that is kept now.

    `prepare` gives a new file its schema. Raises `sqlite3.Error` and `OSError` when not even that can be done; then
    everything is as it was.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    kept = _free_name(path.with_name(f"{path.name}.damaged-{stamp}"))
    fresh = path.with_name(f"{path.name}.salvaged")
    fresh.unlink(missing_ok=True)
    source = sqlite3.connect(path, isolation_level=None)
    target = sqlite3.connect(fresh, isolation_level=None)
    try:
        fresh.chmod(0o600)
        prepare(target)
        whole, lost = _copy(source, target)
    finally:
        # Closing the last connection takes the write-ahead log into its file.
        target.close()
        source.close()
    path.rename(kept)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + ending))
    fresh.rename(path)
    log.error(
        "the rooms' file was damaged: %d rooms were saved, %d are set aside (%s); the damaged file is %s",
        whole, len(lost), ", ".join(sorted(lost)) or "none", kept,
    )  # fmt: skip
    return kept


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> tuple[int, set[str]]:
    """How many rooms were copied whole, and the ids of the others."""
    lost: set[str] = set()
    whole = 0
    # A file of an earlier version lacks the later tables.
    there = {row[0] for row in source.execute("select name from sqlite_schema where type = 'table'")}
    tables = [(read, write) for name, read, write in _TABLES if name in there]
    for room in sorted(_rooms(source)):
        target.execute("begin")
        try:
            for read, write in tables:
                target.executemany(write, source.execute(read, (room,)))
            target.execute("commit")
            whole += 1
        except sqlite3.DatabaseError as error:
            target.execute("rollback")
            lost.add(room)
            target.execute("insert or replace into set_aside values (?, ?)", (room, str(error)))
    return whole, lost


def _rooms(source: sqlite3.Connection) -> set[str]:
    """Every room's id that can be found anywhere in the file: in tables and in their indexes."""
    found: set[str] = set()
    for query in (
        "select id from set_aside",
        "select id from room indexed by room_at",
        "select id from room not indexed",
        "select id from room order by id desc",
        "select room from event",
        "select room from document_update indexed by document_update_of",
        "select room from document_update not indexed order by id",
        "select room from document_update not indexed order by id desc",
        "select room from update_tail order by id",
    ):
        try:
            # Row by row, so that what comes before the damage counts.
            for (room,) in source.execute(query):
                if isinstance(room, str):
                    found.add(room)
        except sqlite3.DatabaseError:
            continue
    return found
