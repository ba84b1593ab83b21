"""Opening a journal's file: what is there is checked, then brought to this version's schema; nothing is replaced."""

import sqlite3
from pathlib import Path

from sparring.journal import backup
from sparring.journal.errors import JournalTooNew, JournalUnreadable, JournalUnwritable
from sparring.journal.known import KNOWN


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Check what is there, then bring it to this version's schema."""
    try:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        applied = set()
        if "_sqlite_migrations" in tables:
            applied = {row[0] for row in connection.execute("select name from _sqlite_migrations")}
    except sqlite3.DatabaseError as error:
        raise JournalUnreadable(
            f"The journal {path} cannot be read ({error}). It was left as it is. Daily copies of the last week are in"
            f" {path.parent / backup.FOLDER}: move the damaged file away and put a copy in its place."
        ) from error
    if tables and not applied:
        raise JournalUnreadable(f"The file {path} is a database, but not a journal of Sparring. It was left as it is.")
    if applied - KNOWN:
        raise JournalTooNew(
            f"The journal {path} was written by a newer version of Sparring. Nothing was changed. Please update."
        )
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        if applied and applied != KNOWN:
            backup.back_up_before_update(connection, path)
        if applied != KNOWN:
            _update(connection)
        connection.execute("pragma foreign_keys = on")
        path.chmod(0o600)
    except (sqlite3.Error, OSError) as error:
        raise JournalUnwritable(cannot_write(path.parent, error)) from error


def _update(connection: sqlite3.Connection) -> None:
    # Late: they take a tenth of a second to import, and there is something to do after an update only.
    from sqlite_utils import Database

    from sparring.journal.schema import migrations

    # A migration that makes a table anew drops what others refer to.
    connection.execute("pragma foreign_keys = off")
    migrations.apply(Database(connection))


def cannot_write(folder: Path, error: Exception) -> str:
    """What to say of a folder that cannot be written."""
    return (
        f"Sparring cannot write to its folder {folder} ({error}). Nothing was changed."
        " Make the folder writable, or point SPARRING_HOME to another one."
    )
