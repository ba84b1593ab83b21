"""The journal on a real file: what is saved is there, what is damaged is left alone, what is killed is kept."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sparring.journal import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    Journal,
    JournalTooNew,
    JournalUnreadable,
    JournalUnwritable,
    OwnCase,
    ParkedThought,
    ProblemPast,
    Recording,
    RoundFilter,
    RoundRecord,
    SessionRecord,
)
from sparring.journal.records import new_key, utc_now


def a_session(partner: str = "Ben", started_at: str = "") -> SessionRecord:
    return SessionRecord(
        new_key(), "room", "sparring://x", "me", "key", True, started_at or utc_now(), partner, "Say it out loud"
    )


def a_round(session: SessionRecord, **fields: object) -> RoundRecord:
    values: dict[str, object] = {
        "id": new_key(), "session": session.id, "number": 1, "problem_id": "tolls",
        "problem_title": "Shortest path with tolls", "started_at": utc_now(), "topics": ("graphs",),
    }  # fmt: skip
    return RoundRecord(**{**values, **fields})  # type: ignore[arg-type]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    yield opened
    opened.close()


def test_a_round_comes_back_whole(journal: Journal) -> None:
    session = a_session()
    journal.save_session(session)
    record = a_round(session, struggle="hard", tags=("queue", "🧮"), takeaway="Write the invariant first.")
    journal.save_round(record)
    journal.save_attempt(record.id, "me", "python", "heappush(queue, town)", 11, 12)
    journal.save_attempt(record.id, "partner", "python", "deque()", 12, 12)
    journal.save_note(record.id, "Stale entries are skipped.")
    journal.save_feedback(record.id, "partner", {"communication": 3}, "Clear.")
    journal.save_run(record.id, 60_000, 11, 12, 38.0, [])
    recording = Recording(new_key(), "me", "recordings/a.wav", 4_000, 90_000)
    journal.save_recording(record.id, recording)
    journal.flush()
    detail = journal.round_detail(record.id)
    assert detail is not None
    assert (detail.round, detail.partner, detail.recordings) == (record, "Ben", (recording,))
    assert (detail.my_code, detail.partner_code) == ("heappush(queue, town)", "deque()")
    assert (detail.notes, detail.partner_feedback) == ("Stale entries are skipped.", ({"communication": 3}, "Clear."))
    assert (detail.runs, detail.passed, detail.total) == (1, 11, 12)


def test_what_was_said_and_drawn_comes_back(journal: Journal) -> None:
    session = a_session()
    journal.save_session(session)
    journal.save_chat(session.id, 3, ChatSaid("Ben", "ready when you are", False, 900))
    early = ParkedThought("early", 500, "water the plants")
    journal.park_thought(session.id, early)
    record = a_round(session, at_ms=1_000, format="mock", role="candidate")
    journal.save_round(record)
    journal.adopt_loose(session.id, record.id)
    journal.save_board(record.id, '[{"id": "x", "kind": "box", "text": "frontier"}]')
    journal.save_hint(record.id, HintSeen("me", 1, "Think of a queue."))
    journal.save_hint(record.id, HintSeen("me", 1, "Think of a heap."))
    journal.save_hint(record.id, HintSeen("partner", 2))
    journal.save_claim(record.id, "me", ClaimMade("O(n log n)", "O(n)"))
    journal.save_claim(record.id, "partner", ClaimMade("O(amortised)"))
    for _ in range(2):
        journal.save_chat(session.id, 7, ChatSaid("Ana", "ties?", True, 1_200), record.id)
    late = ParkedThought("late", 2_000, "telephone grandmother", record.id)
    gone = ParkedThought("gone", 2_100, "buy umbrella", record.id)
    for thought in (late, gone):
        journal.park_thought(session.id, thought)
    journal.park_thought(session.id, replace(gone, decision="dismissed"))
    journal.park_thought(session.id, replace(late, decision="kept"))
    journal.flush()
    detail = journal.round_detail(record.id)
    assert detail is not None
    assert (detail.round, detail.me, detail.board[:14]) == (record, "me", '[{"id": "x", "')
    assert detail.hints == (HintSeen("me", 1, "Think of a heap."), HintSeen("partner", 2))
    assert (detail.my_claim, detail.partner_claim) == (ClaimMade("O(n log n)", "O(n)"), ClaimMade("O(amortised)"))
    assert [(line.name, line.text) for line in detail.chat] == [("Ben", "ready when you are"), ("Ana", "ties?")]
    assert detail.thoughts == (replace(early, round=record.id), replace(late, decision="kept"))
    assert [one.id for one in journal.parked_thoughts(session.id)] == ["early", "late", "gone"]
    for words in ("ready", "ties", "n log", "amortised", "heap", "frontier", "grandmother", "plants"):
        assert [one.id for one in journal.rounds(RoundFilter(words))] == [record.id], words
    assert journal.rounds(RoundFilter("umbrella")) == []


def test_two_interviews_of_one_round_are_two(journal: Journal) -> None:
    session = a_session()
    journal.save_session(session)
    answered = a_round(session, at_ms=1, role="candidate")
    asked = a_round(session, at_ms=2, role="interviewer", problem_id="stamps", outcome="interviewed")
    again = a_round(session, number=2, at_ms=3)
    for record in (answered, asked, again):
        journal.save_round(record)
    # The same one twice is refused, with its own key or not.
    twice = journal.save_round(a_round(session, at_ms=4))
    assert isinstance(twice.exception(10), sqlite3.IntegrityError)
    assert journal.rounds_of(session.id) == [answered, asked, again]


def test_rounds_are_found_by_what_one_remembers(journal: Journal) -> None:
    ana, cem = a_session("Ana", "2026-11-14T09:00:00+00:00"), a_session("Cem", "2026-11-21T09:00:00+00:00")
    for session in (ana, cem):
        journal.save_session(session)
    hard = a_round(ana, struggle="again", started_at="2026-11-14T09:10:00+00:00")
    easy = a_round(
        cem, struggle="easy", problem_title="Cheapest seat swap", topics=("greedy",),
        started_at="2026-11-21T09:10:00+00:00",
    )  # fmt: skip
    for record in (hard, easy):
        journal.save_round(record)
    journal.save_attempt(hard.id, "me", "python", "best = {source: 0}", 0, 1)
    journal.save_note(hard.id, "Zero toll cycle")
    journal.flush()

    def found(**wanted: object) -> list[str]:
        return [row.id for row in journal.rounds(RoundFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == [easy.id, hard.id]
    assert found(struggled=True) == [hard.id]
    assert found(topic="greedy") == [easy.id]
    assert found(partner="Ana") == [hard.id]
    assert found(text="zero cyc") == [hard.id]
    assert found(text="sourc") == [hard.id]
    assert found(text="seat", partner="Ana") == []
    assert journal.topics() == ["graphs", "greedy"]
    assert journal.partners() == ["Ana", "Cem"]


@given(text=st.text(max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_search_is_an_error(journal: Journal, text: str) -> None:
    journal.rounds(RoundFilter(text=text))


@given(
    saves=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["again", "hard", "good", "easy", ""]), st.text(max_size=20)),
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None)
def test_what_was_saved_last_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[int, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    model: dict[int, RoundRecord] = {}
    journal = Journal.open(folder)
    session = a_session()
    journal.save_session(session)
    for number, struggle, takeaway in saves:
        takeaway = takeaway.encode(errors="ignore").decode().replace("\x00", "")
        key = model[number].id if number in model else new_key()
        model[number] = a_round(session, id=key, number=number, struggle=struggle, takeaway=takeaway)
        journal.save_round(model[number])
    journal.close()
    again = Journal.open(folder)
    assert again.rounds_of(session.id) == [model[number] for number in sorted(model)]
    again.close()


def test_an_unfinished_session_is_offered_until_it_is_ended(journal: Journal) -> None:
    session = a_session()
    journal.save_session(session)
    journal.flush()
    assert journal.unfinished_session() == session
    journal.end_session(session)
    journal.flush()
    assert journal.unfinished_session() is None


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"years of notes, damaged" * 100)
    with pytest.raises(JournalUnreadable, match="It was left as it is"):
        Journal.open(tmp_path)
    assert (tmp_path / "journal.db").read_bytes() == b"years of notes, damaged" * 100


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.db") as other:
        other.execute("create table theirs (x)")
    other.close()
    with pytest.raises(JournalUnreadable, match="not a journal"):
        Journal.open(tmp_path)


def test_a_newer_journal_is_refused_politely(tmp_path: Path) -> None:
    Journal.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "journal.db") as newer:
        newer.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('sparring_journal', 'future', '')"
        )
    newer.close()
    with pytest.raises(JournalTooNew, match="newer version"):
        Journal.open(tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalUnwritable, match="SPARRING_HOME"):
        Journal.open(tmp_path / "file" / "profile")


def test_a_daily_copy_is_made_and_a_week_of_them_kept(tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    for day in range(10, 20):
        (backups / f"journal-2026-01-{day}.db").write_bytes(b"")
    Journal.open(tmp_path).close()
    kept = sorted(path.name for path in backups.iterdir())
    assert len(kept) == 7
    copy = sqlite3.connect(backups / kept[-1])
    assert copy.execute("select count(*) from session").fetchone() == (0,)
    copy.close()


def test_a_full_disk_loses_nothing_and_recovers(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    session = a_session()
    journal.save_session(session)
    journal.flush()
    heard: list[str | None] = []
    journal.on_trouble(heard.append)
    # The file may not grow any more: what SQLite says then is what it says on a full disk.
    journal._writer.submit(lambda db: _limit(db, 0)).result()
    pending = journal.record_update(session.id, "editor/1/me", b"x" * 500_000)
    later = journal.record_update(session.id, "editor/1/me", b"y")
    while not heard:
        os.sched_yield()
    assert heard[0] is not None
    assert "kept in memory" in heard[0]
    assert not pending.done()
    journal._writer._connection.execute("pragma max_page_count = 1000000")
    pending.result(10)
    later.result(10)
    assert journal.document_updates(session.id, "editor/1/me") == [b"x" * 500_000, b"y"]
    assert heard[-1] is None
    journal.close()


def _limit(db: sqlite3.Connection, _: int) -> None:
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")


CHILD = """
import sys, time
from pathlib import Path
from sparring.journal import Journal, SessionRecord
from sparring.journal.records import new_key, utc_now
journal = Journal.open(Path(sys.argv[1]))
session = SessionRecord("s", "room", "link", "me", "key", True, utc_now())
journal.save_session(session)
journal.flush()
for number in range(100000):
    journal.record_update("s", "editor", str(number).encode())
    print(number, time.monotonic(), flush=True)
    time.sleep(0.002)
"""


@pytest.mark.parametrize("killed_after", [50, 400])
def test_a_killed_app_loses_at_most_its_last_second(tmp_path: Path, killed_after: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    times: list[float] = []
    for line in child.stdout:
        times.append(float(line.split()[1]))
        if len(times) > killed_after:
            break
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().splitlines()
    times += [float(line.split()[1]) for line in rest if len(line.split()) == 2]
    child.wait()
    child.stdout.close()
    journal = Journal.open(tmp_path)
    kept = journal.document_updates("s", "editor")
    unfinished = journal.unfinished_session()
    journal.close()
    assert kept == [str(number).encode() for number in range(len(kept))]
    assert unfinished is not None
    # Everything older than a second before the end is there.
    assert len(kept) >= sum(time < times[-1] - 1.0 for time in times)
    assert kept or times[-1] - times[0] < 1.0


def test_own_cases_are_kept_as_typed_until_they_are_removed(journal: Journal) -> None:
    first = OwnCase(new_key(), "tolls", "2026-11-21T10:00:00.000+00:00", "empty", ("[]", "0"), "0")
    second = OwnCase(new_key(), "tolls", "2026-11-21T10:01:00.000+00:00", "broken", ("[1,", "\ud800"), "")
    journal.save_own_case(first)
    journal.save_own_case(second)
    journal.save_own_case(replace(first, id=new_key(), problem_id="stamps"))
    journal.flush()
    assert journal.own_cases("tolls") == [first, second]
    journal.save_own_case(replace(second, inputs=("[1]", "0")))
    journal.remove_own_case(first.id)
    journal.flush()
    assert journal.own_cases("tolls") == [replace(second, inputs=("[1]", "0"))]


def test_what_became_of_every_problem(journal: Journal) -> None:
    session = a_session()
    journal.save_session(session)
    for number, (problem, day, struggle) in enumerate(
        [("tolls", "03", "again"), ("tolls", "10", "good"), ("tolls", "17", ""), ("stamps", "05", "")], 1
    ):
        started = f"2026-10-{day}T10:00:00.000+00:00"
        journal.save_round(a_round(session, number=number, problem_id=problem, started_at=started, struggle=struggle))
    journal.flush()
    pasts = journal.problem_pasts()
    assert pasts["tolls"] == ProblemPast(
        "tolls", "2026-10-17T10:00:00.000+00:00", "good", "2026-10-10T10:00:00.000+00:00"
    )
    assert pasts["stamps"] == ProblemPast("stamps", "2026-10-05T10:00:00.000+00:00")
