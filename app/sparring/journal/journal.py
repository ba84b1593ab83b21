"""One journal file: opened with care, written by one thread, read by anybody."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from sparring.journal import backup, queries
from sparring.journal.errors import JournalTooNew, JournalUnreadable, JournalUnwritable
from sparring.journal.known import KNOWN
from sparring.journal.records import (
    Recording,
    RoundDetail,
    RoundFilter,
    RoundRecord,
    RoundSummary,
    SessionRecord,
    TapeRow,
    new_key,
    utc_now,
)
from sparring.journal.writer import Writer

FILE_NAME = "journal.db"

T = TypeVar("T")

_NEXT_EVENT = (
    "insert into tape_event (session, seq, at_ms, lane, round, kind, body)"
    " select ?6, coalesce(max(seq), 0) + 1, ?1, ?2, ?3, ?4, ?5 from tape_event where session = ?6"
)
_JSON_FIELDS = frozenset({"topics", "tags", "results", "scores"})


class Journal:
    """See the module. `Journal.open(folder)`, then `close()`."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._writer = Writer(connection)
        self._backup = backup.back_up_daily(folder.absolute() / FILE_NAME)

    @classmethod
    def open(cls, folder: Path) -> "Journal":
        """Open the journal in a profile folder, or begin one. Raises `JournalError`s; never replaces a file."""
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=5)
        except (OSError, sqlite3.Error) as error:
            raise JournalUnwritable(_cannot_write(folder, error)) from error
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
        return cls(folder, connection)

    def close(self) -> None:
        """Write everything and let go of the file."""
        self._backup.result()
        self._writer.close()

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything is on disk; not on the interface's thread."""
        self._writer.flush(timeout)

    def on_trouble(self, callback: Callable[[str | None], None]) -> None:
        """Hear of a failing disk (a sentence) and of its recovery (None), in any thread."""
        self._writer.on_trouble = callback

        def backed_up(told: "Future[str]") -> None:
            if sentence := told.result():
                callback(sentence)

        self._backup.add_done_callback(backed_up)

    # Writing: every method returns at once; the future resolves when the disk has it.

    def save_session(self, session: SessionRecord) -> "Future[None]":
        """Add a session, or bring it up to date."""
        return self._upsert("session", asdict(session))

    def save_round(self, record: RoundRecord) -> "Future[None]":
        """Add a round, or bring it up to date."""
        return self._upsert("round", asdict(record), index=record.id)

    def save_attempt(
        self, round_id: str, whose: str, language: str, code: str, passed: int, total: int
    ) -> "Future[None]":
        """My code of a round, or my partner's as it was shared."""
        row = {"round": round_id, "whose": whose, "language": language, "code": code, "passed": passed, "total": total}
        return self._upsert("attempt", row, index=round_id)

    def save_run(
        self, round_id: str, at_ms: int, passed: int, total: int, elapsed_ms: float, results: object
    ) -> "Future[None]":
        """One press of Run."""
        row = {
            "id": new_key(), "round": round_id, "at_ms": at_ms, "passed": passed, "total": total,
            "elapsed_ms": elapsed_ms, "results": results,
        }  # fmt: skip
        return self._upsert("run", row)

    def save_recording(self, round_id: str, recording: Recording) -> "Future[None]":
        """A recorded walkthrough."""
        row = {
            "id": recording.id, "round": round_id, "speaker": recording.speaker, "recording": recording.path,
            "duration_ms": recording.duration_ms, "at_ms": recording.at_ms,
        }  # fmt: skip
        return self._upsert("walkthrough", row)

    def save_note(self, round_id: str, text: str) -> "Future[None]":
        """The shared walkthrough notes as they are now."""
        return self._upsert("note", {"round": round_id, "text": text}, index=round_id)

    def save_feedback(self, round_id: str, giver: str, scores: dict[str, int], text: str) -> "Future[None]":
        """What one of us said about the other's round."""
        row = {"round": round_id, "giver": giver, "scores": scores, "text": text}
        return self._upsert("feedback", row)

    def park_thought(self, session_id: str, at_ms: int, text: str) -> "Future[None]":
        """A stray thought, for later."""
        return self._upsert("parked_thought", {"id": new_key(), "session": session_id, "at_ms": at_ms, "text": text})

    def record_update(self, session_id: str, document: str, update: bytes) -> "Future[None]":
        """A Yjs update of a document at this seat."""
        query = "insert into document_update (session, document, body) values (?, ?, ?)"
        return self._writer.submit(
            lambda connection: _run(connection, query, (session_id, document, update)), urgent=False
        )

    def record_event(
        self, session_id: str, at_ms: int, lane: str, round_number: int, kind: str, body: str
    ) -> "Future[None]":
        """One event of the tape. It gets its number in the order of the calls, by the thread that writes it."""
        row = (at_ms, lane, round_number, kind, body, session_id)
        return self._writer.submit(lambda connection: _run(connection, _NEXT_EVENT, row), urgent=False)

    def end_session(self, session: SessionRecord) -> "Future[None]":
        """The session is over: nothing to come back to."""
        return self.save_session(replace(session, ended_at=utc_now()))

    def _upsert(self, table: str, row: Mapping[str, object], index: str = "") -> "Future[None]":
        columns = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        keys = {"attempt": "round, whose", "note": "round", "feedback": "round, giver"}.get(table, "id")
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name not in keys.split(", "))
        query = f"insert into {table} ({columns}) values ({marks}) on conflict ({keys}) do update set {updates}"

        try:
            values = tuple(json.dumps(value) if name in _JSON_FIELDS else value for name, value in row.items())
        except (TypeError, ValueError, RecursionError) as error:
            return self._writer.refuse(error)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(query, values)
            if index:
                queries.index_round(connection, index)

        return self._writer.submit(write)

    # Reading: own connection for every call, so that any thread may ask.

    def unfinished_session(self) -> SessionRecord | None:
        """The newest session that was not ended, or None."""
        return self._read(queries.unfinished_session)

    def document_updates(self, session_id: str, document: str) -> list[bytes]:
        """What this disk has of a document, oldest first."""
        return self._read(lambda db: queries.document_updates(db, session_id, document))

    def round_of(self, session_id: str, number: int) -> RoundRecord | None:
        """A session's round by its number."""
        return self._read(lambda db: queries.round_of(db, session_id, number))

    def rounds(self, wanted: RoundFilter = RoundFilter(), limit: int = 200) -> list[RoundSummary]:  # noqa: B008
        """Past rounds, newest first."""
        return self._read(lambda db: queries.rounds(db, wanted, limit))

    def round_detail(self, round_id: str) -> RoundDetail | None:
        """Everything about one round."""
        return self._read(lambda db: queries.round_detail(db, round_id))

    def topics(self) -> list[str]:
        """Every topic that was practised."""
        return self._read(queries.topics)

    def partners(self) -> list[str]:
        """Everybody who was a partner."""
        return self._read(queries.partners)

    def parked_thoughts(self, session_id: str) -> list[str]:
        """What was parked in a session."""
        return self._read(lambda db: queries.parked_thoughts(db, session_id))

    def last_north_star(self) -> str:
        """The goal of the newest session that had one."""
        return self._read(queries.last_north_star)

    def tape(self, session_id: str) -> list[TapeRow]:
        """A session's timeline."""
        return self._read(lambda db: queries.tape(db, session_id))

    def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        connection = sqlite3.connect(f"file:{self.folder / FILE_NAME}?mode=ro", uri=True)
        try:
            return query(connection)
        finally:
            connection.close()


def _run(connection: sqlite3.Connection, query: str, row: tuple[object, ...]) -> None:
    connection.execute(query, row)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
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
        connection.execute("pragma foreign_keys = on")
        if applied and applied != KNOWN:
            backup.back_up_before_update(connection, path)
        if applied != KNOWN:
            _update(connection)
        path.chmod(0o600)
    except (sqlite3.Error, OSError) as error:
        raise JournalUnwritable(_cannot_write(path.parent, error)) from error


def _update(connection: sqlite3.Connection) -> None:
    # Late: they take a tenth of a second to import, and there is something to do after an update only.
    from sqlite_utils import Database

    from sparring.journal.schema import migrations

    migrations.apply(Database(connection))


def _cannot_write(folder: Path, error: Exception) -> str:
    return (
        f"Sparring cannot write to its folder {folder} ({error}). Nothing was changed."
        " Make the folder writable, or point SPARRING_HOME to another one."
    )
