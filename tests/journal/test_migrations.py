"""A journal of any older version opens, whole; a copy of it as it was stays beside it."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils import Database

from bench.journals import make_journal
from sparring.journal import ChatSaid, Journal, RoundFilter, RoundRecord, SessionRecord, queries
from sparring.journal.known import KNOWN
from sparring.journal.schema import migrations

OLD = Path(__file__).parent / "old"


def make_first_version(folder: Path) -> None:
    """As the first version wrote it."""
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        migrations.apply(Database(connection), stop_before="find_rounds_by_number")
        connection.execute(
            "insert into session values ('s', 'r', 'i', 'm', 'k', 1, 'Ben', '', '', '2026-11-14T09:00', null, 0)"
        )
        for key, number, title in (("b", 1, "Tolls"), ("a", 2, "Stamps")):
            connection.execute(
                "insert into round values (?, 's', ?, 'p', ?, '[\"graphs\"]', '', '', ?, null, '', '', '[]', '')",
                (key, number, title, f"2026-11-14T09:0{number}"),
            )
            connection.execute(
                "insert into round_text values (?, ?, '[\"graphs\"]', ?, '', '', '[]')",
                (key, title, f"note of {title.lower()}"),
            )


def test_known_names_every_migration() -> None:
    assert {one.name for one in migrations.pending(Database(memory=True))} == KNOWN


def test_a_journal_of_the_first_version_is_found_in_as_before(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    journal = Journal.open(tmp_path)
    assert [one.id for one in journal.rounds()] == ["a", "b"]
    assert [one.id for one in journal.rounds(RoundFilter(text="note tolls"))] == ["b"]
    journal.save_note("b", "a new word")
    journal.flush()
    assert [one.id for one in journal.rounds(RoundFilter(text="new word"))] == ["b"]
    assert journal.rounds(RoundFilter(text="note tolls")) == []
    journal.close()
    copies = list((tmp_path / "backups").glob("*-before-update.db"))
    assert len(copies) == 1
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("select count(*) from round_text").fetchone() == (2,)


def test_a_journal_of_21_november_opens_whole(tmp_path: Path) -> None:
    """The file was written by the app itself before each interview had a round of its own."""
    (tmp_path / "journal.db").write_bytes(gzip.decompress((OLD / "journal-2026-11-21.db.gz").read_bytes()))
    journal = Journal.open(tmp_path)
    first, second = journal.rounds_of("s")
    assert (first.id, first.tags, first.format, first.role) == ("a", ("queue",), "mock", "")
    assert (second.id, second.takeaway, second.outcome, second.at_ms) == ("b", "", "not finished", 0)
    detail = journal.round_detail("a")
    assert detail is not None
    assert (detail.my_code, detail.partner_code, detail.runs) == ("def mine_a(): ...", "def theirs_a(): ...", 1)
    assert (detail.notes, detail.partner_feedback) == (
        "note of shortest path with tolls",
        ({"communication": 3}, "Clear."),
    )
    assert [one.path for one in detail.recordings] == ["recordings/a.wav"]
    assert (detail.board, detail.hints, detail.chat) == ("", (), ())
    # Each thought is in the round that had begun; one from before in the first.
    thoughts = [(one.text, one.round) for one in journal.parked_thoughts("s")]
    assert thoughts == [("look up the toll tables", "a"), ("ask about heaps", "a"), ("buy stamps", "b")]
    assert [one.id for one in journal.rounds(RoundFilter("buy"))] == ["b"]
    assert [one.id for one in journal.rounds(RoundFilter("note of shortest"))] == ["a"]
    assert len(journal.tape("s")) == 1
    journal.save_round(replace(second, id="c", problem_id="tolls", problem_title="Tolls again")).result(10)
    journal.save_chat("s", 1, ChatSaid("Ben", "hello", False, 5), "c").result(10)
    stray = journal.save_note("no such round", "lost")
    assert isinstance(stray.exception(10), sqlite3.IntegrityError)
    journal.close()
    with closing(sqlite3.connect(tmp_path / "journal.db")) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_new_journal_has_nothing_to_keep(tmp_path: Path) -> None:
    Journal.open(tmp_path).close()
    assert list((tmp_path / "backups").glob("*-before-update.db")) == []


def test_a_topic_is_found_whole_whatever_is_in_it(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    topics = ["graphs", "graph", 'a "graphs"', "graphs\\", "café", "🧮", "graphs, trees"]
    journal.save_session(SessionRecord("s", "room", "link", "me", "key", True, "2026-11-14T09:00"))
    for number, topic in enumerate(topics):
        journal.save_round(RoundRecord(str(number), "s", number, "p", "P", "2026-11-14T09:10", (topic,)))
    journal.flush()
    for topic in topics:
        assert [one.topics for one in journal.rounds(RoundFilter(topic=topic))] == [(topic,)]
    assert journal.rounds(RoundFilter(topic="rap")) == []
    assert journal.topics() == sorted(topics)
    journal.close()


def test_a_damaged_journal_is_told_of_and_never_copied(tmp_path: Path) -> None:
    make_journal(tmp_path, 20)
    for copy in (tmp_path / "backups").iterdir():
        copy.unlink()
    data = bytearray((tmp_path / "journal.db").read_bytes())
    data[len(data) // 2 :] = b"\xff" * (len(data) - len(data) // 2)
    (tmp_path / "journal.db").write_bytes(data)
    heard: list[str | None] = []
    journal = Journal.open(tmp_path)
    journal.on_trouble(heard.append)
    journal.close()
    assert len(heard) == 1
    assert "damaged" in str(heard[0]) or "could not be made" in str(heard[0])
    assert list((tmp_path / "backups").glob("*.db")) == []


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    make_journal(folder, 50)
    return folder


@pytest.mark.parametrize(
    "wanted",
    [
        RoundFilter(),
        RoundFilter(topic="graphs"),
        RoundFilter(partner="Ana"),
        RoundFilter("queue", "graphs", "Ana", True),
    ],
)
def test_no_list_sorts_or_reads_whole_rounds(years: Path, wanted: RoundFilter) -> None:
    journal = Journal.open(years)
    asked: list[str] = []

    def explain(db: sqlite3.Connection) -> None:
        db.set_trace_callback(asked.append)
        queries.rounds(db, wanted, 200)
        db.set_trace_callback(None)

    journal._read(explain)
    query = next(one for one in asked if "from round" in one)
    plan = " ".join(row[3] for row in journal._read(lambda db: db.execute(f"explain query plan {query}").fetchall()))
    journal.close()
    assert "SCAN round USING COVERING INDEX round_list" in plan
    assert "TEMP B-TREE" not in plan


def test_the_same_journal_is_made_again(tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        make_journal(tmp_path / name, 3)
        with closing(sqlite3.connect(tmp_path / name / "journal.db")) as db:
            dumps.append(
                [row for table in ("session", "round", "tape_event") for row in db.execute(f"select * from {table}")]
            )
    assert dumps[0] == dumps[1]


def test_runs_from_before_there_was_a_choice_were_python(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(gzip.decompress((OLD / "journal-2026-11-21.db.gz").read_bytes()))
    journal = Journal.open(tmp_path)
    assert journal.own_cases("shortest-path-with-tolls") == []
    detail = journal.round_detail("a")
    assert detail is not None
    assert (detail.language, detail.runs) == ("python", 1)
    journal.save_run("a", 0, 1, 2, 3.0, [], "rust").result(10)
    languages = journal._read(lambda db: db.execute("select language from run order by rowid").fetchall())
    journal.close()
    assert languages == [("python",), ("python",), ("rust",)]
