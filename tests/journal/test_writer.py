"""The journal's writer thread outlives whatever it is given."""

import contextlib
import queue
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.journal import Journal, JournalError, JournalUnwritable, ParkedThought, SessionRecord
from sparring.journal import writer as writer_module
from sparring.journal.records import new_key
from sparring.journal.writer import Writer

SESSION = SessionRecord("s", "room", "link", "me", "key", True, "2026-11-21T09:00:00+00:00")
LOOP: list[object] = []
LOOP.append(LOOP)

# Each is something that SQLite's binding, SQLite itself or JSON will not take.
POISON = st.sampled_from(["\ud800 half an emoji", 2**63, -(2**70), object(), {"a": 1}, None])


def park(journal: Journal, at_ms: int, text: object) -> "Future[None]":
    return journal.park_thought("s", ParkedThought(new_key(), at_ms, text))  # type: ignore[arg-type]


def parked(journal: Journal) -> list[str]:
    return [one.text for one in journal.parked_thoughts("s")]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    opened.save_session(SESSION)
    yield opened
    opened.close()


def test_a_value_that_cannot_be_stored_fails_alone(journal: Journal) -> None:
    heard: list[str | None] = []
    journal.on_trouble(heard.append)
    before = park(journal, 1, "before")
    bad = park(journal, 2, "\ud800")
    after = park(journal, 3, "after")
    journal.flush(10)
    assert isinstance(bad.exception(0), UnicodeEncodeError)
    assert (before.exception(0), after.exception(0)) == (None, None)
    assert parked(journal) == ["before", "after"]
    assert len(heard) == 1
    assert "not saved" in str(heard[0])


VALUE = POISON.map(lambda bad: (False, bad)) | st.integers().map(lambda number: (True, number))


@given(writes=st.lists(st.tuples(st.booleans(), VALUE), max_size=30))
@settings(max_examples=40)
def test_every_good_write_is_in_the_file(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[bool, tuple[bool, object]]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = Journal.open(folder)
    journal.save_session(SESSION)
    expected: dict[str, list[str]] = {"thought": [], "update": []}
    outcomes = []
    for is_thought, (is_good, value) in writes:
        kept = str(value) if is_good else value
        if is_thought:
            outcomes.append((is_good, park(journal, 1, kept)))  # type: ignore[arg-type]
        else:
            body = kept.encode() if isinstance(kept, str) and is_good else kept
            outcomes.append((is_good, journal.record_update("s", "pad", body)))  # type: ignore[arg-type]
        if is_good:
            expected["thought" if is_thought else "update"].append(str(value))
    journal.flush(20)
    for is_good, future in outcomes:
        assert (future.exception(0) is None) == is_good
    journal.close()
    again = Journal.open(folder)
    thoughts = parked(again)
    updates = [body for body in again.document_updates("s", "pad") if isinstance(body, bytes)]
    again.close()
    assert [text for text in thoughts if text in set(expected["thought"])] == expected["thought"]
    assert [body.decode() for body in updates] == expected["update"]


def test_what_json_cannot_say_is_told_as_well(journal: Journal) -> None:
    heard: list[str | None] = []
    journal.on_trouble(heard.append)
    for results in (LOOP, {1, 2}, object()):
        assert journal.save_run("r", 0, 0, 0, 0.0, results).exception(10) is not None
    journal.flush(10)
    assert len(heard) == 3


def test_a_mistake_in_a_statement_is_refused_and_not_tried_for_ever(journal: Journal) -> None:
    refused = journal._writer.submit(lambda db: _execute(db, "insert into nowhere values (1)"))
    assert isinstance(refused.exception(10), sqlite3.OperationalError)
    journal.flush(10)


def test_half_of_an_operation_is_none_of_it(journal: Journal) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("insert into parked_thought (id, session, at_ms, text) values ('half', 's', 1, 'half')")
        raise ZeroDivisionError

    assert isinstance(journal._writer.submit(half).exception(10), ZeroDivisionError)
    journal.flush(10)
    assert parked(journal) == []


def test_a_listener_that_fails_does_not_end_the_thread(journal: Journal) -> None:
    def gone(sentence: str | None) -> None:
        raise RuntimeError("the window has been deleted")

    journal.on_trouble(gone)
    park(journal, 1, "\ud800")
    park(journal, 2, "kept")
    journal.flush(10)
    assert parked(journal) == ["kept"]


def test_nobody_can_cancel_the_thread(journal: Journal) -> None:
    journal.record_update("s", "pad", b"x").cancel()
    journal.flush(10)
    park(journal, 1, "kept")
    journal.flush(10)
    assert parked(journal) == ["kept"]


def test_a_dead_thread_is_noticed(tmp_path: Path) -> None:
    heard: list[str | None] = []
    writer = Writer(sqlite3.connect(tmp_path / "x.db", check_same_thread=False, isolation_level=None))
    writer.on_trouble = heard.append

    def deadly(db: sqlite3.Connection) -> None:
        raise SystemExit

    assert isinstance(writer.submit(deadly).exception(10), JournalError)
    writer.join(10)
    assert isinstance(writer.submit(lambda db: None).exception(10), JournalUnwritable)
    with pytest.raises(JournalUnwritable, match="not saved"):
        writer.flush(10)
    assert len(heard) == 1
    assert "Restart Sparring" in str(heard[0])
    writer.close()


def test_a_closed_journal_says_so(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    journal.close()
    assert isinstance(journal.save_session(SESSION).exception(0), JournalUnwritable)
    with pytest.raises(JournalUnwritable, match="closed"):
        journal.flush(1)
    with contextlib.suppress(JournalUnwritable):
        journal.close()


def test_events_are_numbered_in_the_order_of_the_calls_and_go_on_after_a_restart(tmp_path: Path) -> None:
    for start in (0, 3):
        journal = Journal.open(tmp_path)
        journal.save_session(SESSION)
        for number in range(start, start + 3):
            journal.record_event("s", number, "me", 1, "edit", "{}")
        journal.record_event("s", 0, "me", 1, "\ud800", "{}")
        journal.flush(10)
        journal.close()
    again = Journal.open(tmp_path)
    assert [(row.seq, row.at_ms) for row in again.tape("s")] == [(n + 1, n) for n in range(6)]
    again.close()


def _execute(db: sqlite3.Connection, query: str) -> None:
    db.execute(query)


FAILS_BEFORE_IT_CLOSES = """
import sys
from pathlib import Path
from sparring.journal import Journal, ParkedThought, SessionRecord
journal = Journal.open(Path(sys.argv[1]))
journal.save_session(SessionRecord("s", "room", "link", "me", "key", True, "2026-11-21T09:00:00+00:00"))
for number in range(200):
    journal.park_thought("s", ParkedThought(f"{number}", number, "kept"))
raise RuntimeError("the program fails here")
"""


def test_a_program_that_fails_before_it_closes_ends_and_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAILS_BEFORE_IT_CLOSES, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "RuntimeError: the program fails here"
    journal = Journal.open(tmp_path)
    assert len(parked(journal)) == 200
    journal.close()


def test_typing_is_kept_whether_the_thread_looks_or_must_be_woken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "GATHER_SECONDS", 0.002)
    monkeypatch.setattr(writer_module, "QUIET_TURNS", 3)
    writer = Writer(sqlite3.connect(tmp_path / "typed.db", check_same_thread=False, isolation_level=None))
    writer.submit(lambda connection: connection.execute("create table typed (number)") and None).result(10)

    def typed(number: int) -> Callable[[sqlite3.Connection], None]:
        return lambda connection: connection.execute("insert into typed values (?)", (number,)) and None

    for number in range(50):
        writer.submit(typed(number), urgent=False).result(10)
    writer.submit(typed(1_000), urgent=False)
    writer.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "typed.db")) as connection:
        numbers = [number for (number,) in connection.execute("select number from typed order by rowid")]
    assert numbers == [*range(50), 1_000]


def test_nobody_asks_the_thread_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some quiet turns it sleeps until it is woken: an app that does nothing takes no processor time."""
    monkeypatch.setattr(writer_module, "GATHER_SECONDS", 0.001)
    monkeypatch.setattr(writer_module, "QUIET_TURNS", 3)
    asleep = threading.Event()

    class Queue(queue.SimpleQueue[Any]):
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            if self.empty():
                asleep.set()
            return super().get(block, timeout)

    monkeypatch.setattr(queue, "SimpleQueue", Queue)
    writer = Writer(sqlite3.connect(tmp_path / "quiet.db", check_same_thread=False, isolation_level=None))
    assert asleep.wait(10)
    asleep.clear()
    writer.submit(lambda connection: None, urgent=False).result(10)
    assert asleep.wait(10)
    writer.submit(lambda connection: None, urgent=False).result(10)
    writer.close()
