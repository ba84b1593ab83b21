"""One journal file: opened with care, written by one thread, read by anybody."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import asdict, replace

from sparring.journal import backup, queries
from sparring.journal.errors import JournalUnwritable
from sparring.journal.opening import cannot_write, prepare
from sparring.journal.records import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    OwnCase,
    ParkedThought,
    ProblemPast,
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

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sparring.journal.writer import Writer

FILE_NAME = "journal.db"

T = TypeVar("T")

_NEXT_EVENT = (
    "insert into tape_event (session, seq, at_ms, lane, round, kind, body, event)"
    " select ?6, coalesce(max(seq), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?7 from tape_event where session = ?6"
    " on conflict do nothing"
)
_KEYS = {
    "attempt": "round, whose", "note": "round", "feedback": "round, giver", "board": "round",
    "hint": "round, whose, number", "claim": "round, whose",
}  # fmt: skip
_JSON_FIELDS = frozenset({"topics", "tags", "results", "scores", "inputs"})


class Journal:
    """See the module. `Journal.open(folder)`, then `close()`."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self._on_trouble: Callable[[str | None], None] | None = None
        self._backup = backup.back_up_daily(folder.absolute() / FILE_NAME)

    @classmethod
    def open(cls, folder: Path) -> "Journal":
        """Open the journal in a profile folder, or begin one. Raises `JournalError`s; never replaces a file."""
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=5)
        except (OSError, sqlite3.Error) as error:
            raise JournalUnwritable(cannot_write(folder, error)) from error
        try:
            prepare(connection, path)
        except BaseException:
            connection.close()
            raise
        return cls(folder, connection)

    def close(self) -> None:
        """Write everything and let go of the file."""
        if self._backup is not None:
            self._backup.result()
        self._writer.close()

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything is on disk; not on the interface's thread."""
        self._writer.flush(timeout)

    def on_trouble(self, callback: Callable[[str | None], None]) -> None:
        """Hear of a failing disk (a sentence) and of its recovery (None), in any thread."""
        self._on_trouble = callback

        def backed_up(told: "Future[str]") -> None:
            if sentence := told.result():
                callback(sentence)

        if self._backup is not None:
            self._backup.add_done_callback(backed_up)

    @cached_property
    def _writer(self) -> "Writer":
        # When something is first written: the first screen only reads, and is there sooner.
        from sparring.journal.writer import Writer

        made = Writer(self._connection)
        made.on_trouble = self._tell
        return made

    def _tell(self, sentence: str | None) -> None:
        if self._on_trouble is not None:
            self._on_trouble(sentence)

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
        self,
        round_id: str,
        at_ms: int,
        passed: int,
        total: int,
        elapsed_ms: float,
        results: object,
        language: str = "python",
    ) -> "Future[None]":
        """One press of Run."""
        row = {
            "id": new_key(), "round": round_id, "at_ms": at_ms, "passed": passed, "total": total,
            "elapsed_ms": elapsed_ms, "results": results, "language": language,
        }  # fmt: skip
        return self._upsert("run", row)

    def save_own_case(self, case: OwnCase) -> "Future[None]":
        """Add a case of my own, or bring it up to date."""
        return self._upsert("own_case", asdict(case))

    def remove_own_case(self, case_id: str) -> "Future[None]":
        """Remove a case of my own."""
        query = "delete from own_case where id = ?"
        return self._writer.submit(lambda connection: _run(connection, query, (case_id,)))

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

    def save_board(self, round_id: str, elements: str) -> "Future[None]":
        """The sketch board as it is now: its elements as JSON."""
        return self._upsert("board", {"round": round_id, "elements": elements}, index=round_id)

    def save_hint(self, round_id: str, hint: HintSeen) -> "Future[None]":
        """A rung of the ladder that one of us has seen."""
        return self._upsert("hint", {"round": round_id, **asdict(hint)}, index=round_id)

    def save_claim(self, round_id: str, whose: str, claim: ClaimMade) -> "Future[None]":
        """What one of us says their solution costs."""
        return self._upsert("claim", {"round": round_id, "whose": whose, **asdict(claim)}, index=round_id)

    def save_chat(self, session_id: str, number: int, said: ChatSaid, round_id: str = "") -> "Future[None]":
        """A line of chat, by the number of its event; heard twice, it is kept once."""
        row = (session_id, number, round_id or None, said.at_ms, said.name, said.is_mine, said.text)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("insert into chat_line values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing", row)
            if round_id:
                queries.index_round(connection, round_id)

        return self._writer.submit(write)

    def park_thought(self, session_id: str, thought: ParkedThought) -> "Future[None]":
        """A stray thought, for later; the same again with what was decided about it."""
        row = {**asdict(thought), "session": session_id, "round": thought.round or None}
        return self._upsert("parked_thought", row, index=thought.round)

    def adopt_loose(self, session_id: str, round_id: str) -> "Future[None]":
        """What was said and parked before this round began belongs to it."""

        def write(connection: sqlite3.Connection) -> None:
            for table in ("chat_line", "parked_thought"):
                connection.execute(
                    f"update {table} set round = ? where session = ? and round is null", (round_id, session_id)
                )
            queries.index_round(connection, round_id)

        return self._writer.submit(write)

    def record_update(self, session_id: str, document: str, update: bytes) -> "Future[None]":
        """A Yjs update of a document at this seat."""
        query = "insert into document_update (session, document, body) values (?, ?, ?)"
        return self._writer.submit(
            lambda connection: _run(connection, query, (session_id, document, update)), urgent=False
        )

    def record_event(
        self, session_id: str, at_ms: int, lane: str, round_number: int, kind: str, body: str, event: int | None = None
    ) -> "Future[None]":
        """One event of the tape. It gets its number in the order of the calls, by the thread that writes it.

        `event` is the room's number for one of its own: heard again, it is not recorded again.
        """
        row = (at_ms, lane, round_number, kind, body, session_id, event)
        return self._writer.submit(lambda connection: _run(connection, _NEXT_EVENT, row), urgent=False)

    def end_session(self, session: SessionRecord) -> "Future[None]":
        """The session is over: nothing to come back to."""
        return self.save_session(replace(session, ended_at=utc_now()))

    def _upsert(self, table: str, row: Mapping[str, object], index: str = "") -> "Future[None]":
        columns = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        keys = _KEYS.get(table, "id")
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name not in keys.split(", "))
        query = f"insert into {table} ({columns}) values ({marks}) on conflict ({keys}) do update set {updates}"

        try:
            values = tuple(queries.in_json(value) if name in _JSON_FIELDS else value for name, value in row.items())
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

    def rounds_of(self, session_id: str) -> list[RoundRecord]:
        """A session's rounds, in their order."""
        return self._read(lambda db: queries.rounds_of(db, session_id))

    def runs_of(self, round_id: str) -> list[tuple[int, int, int]]:
        """A round's runs, oldest first: (time on the tape in ms, passed, total)."""
        return self._read(lambda db: queries.runs_of(db, round_id))

    def own_cases(self, problem_id: str) -> list[OwnCase]:
        """The cases that I have added to a problem, oldest first."""
        return self._read(lambda db: queries.own_cases(db, problem_id))

    def hints_of(self, round_id: str) -> list[HintSeen]:
        """The hints that were seen in a round."""
        return self._read(lambda db: queries.hints_of(db, round_id))

    def rounds(self, wanted: RoundFilter = RoundFilter(), limit: int = 200) -> list[RoundSummary]:  # noqa: B008
        """Past rounds, newest first."""
        return self._read(lambda db: queries.rounds(db, wanted, limit))

    def problem_pasts(self) -> dict[str, ProblemPast]:
        """What became of every problem that was worked on, by its id."""
        return self._read(queries.problem_pasts)

    def round_detail(self, round_id: str) -> RoundDetail | None:
        """Everything about one round."""
        return self._read(lambda db: queries.round_detail(db, round_id))

    def topics(self) -> list[str]:
        """Every topic that was practised."""
        return self._read(queries.topics)

    def partners(self) -> list[str]:
        """Everybody who was a partner."""
        return self._read(queries.partners)

    def parked_thoughts(self, session_id: str) -> list[ParkedThought]:
        """What was parked in a session, oldest first, dismissed or not."""
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
