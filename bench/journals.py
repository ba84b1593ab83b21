"""A journal as it is after years of Saturdays, always the same for the same seed: `python -m bench.journals FOLDER`."""

import argparse
import json
import random
import sqlite3
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sparring.journal import Journal, queries
from sparring.journal.journal import FILE_NAME

SESSIONS = 1_000
ROUNDS_A_SESSION = 3
EVENTS_A_SESSION = 60
UPDATES_A_SESSION = 60
CHAT_A_ROUND = 12
STROKES_A_ROUND = 60
SEED = 20_261_121

_FIRST_SATURDAY = datetime(2007, 1, 6, 9, 0, tzinfo=UTC)
_PARTNERS = ("Ana", "Ben", "Cem", "Dora", "Emil", "Fatima", "Goran", "Hana")
_TOPICS = ("arrays", "dynamic programming", "graphs", "greedy", "hashing", "heaps", "intervals", "sorting", "strings",
           "trees", "two pointers", "union find")  # fmt: skip
_WORDS = ("queue", "invariant", "cycle", "prefix", "window", "stack", "toll", "bridge", "flood", "stamp", "seat",
          "letter", "island", "path", "stale", "entry", "empty", "twice", "border", "carry")  # fmt: skip
_LINES = ("best = {source: 0}", "heappush(queue, (cost, town))", "while queue:", "for left in range(size):",
          "if seen[town]: continue", "total += prices[left]", "return best.get(target, -1)")  # fmt: skip


def make_journal(folder: Path, sessions: int = SESSIONS, *, seed: int = SEED) -> None:
    """Fill an empty folder. Every session is ended but the newest; every tenth round is not rated."""
    Journal.open(folder).close()
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute("pragma synchronous = off")
    with connection:
        for number in range(sessions):
            _add_session(connection, random.Random(seed + number), number, number == sessions - 1)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def _add_session(db: sqlite3.Connection, chance: random.Random, number: int, is_last: bool) -> None:
    key = _key(chance)
    start = _FIRST_SATURDAY + timedelta(weeks=number)
    db.execute(
        "insert into session (id, room, invite, member, member_key, is_host, partner, north_star, format, started_at,"
        " ended_at, started_ms) values (?, ?, ?, 'me', 'key', ?, ?, ?, 'blind', ?, ?, 1)",
        (key, _key(chance), "sparring://127.0.0.1:1/x#y", number % 2, chance.choice(_PARTNERS),
         _sentence(chance, 6) if number % 3 == 0 else "", _iso(start),
         None if is_last else _iso(start + timedelta(hours=2))),
    )  # fmt: skip
    for round_number in range(1, ROUNDS_A_SESSION + 1):
        _add_round(db, chance, key, round_number, start + timedelta(minutes=35 * round_number))
    db.executemany(
        "insert into tape_event (session, seq, at_ms, lane, round, kind, body) values (?, ?, ?, 'me', 1, 'edit', ?)",
        [(key, seq, seq * 900, '{"position": 7, "deleted": 0, "inserted": "x"}') for seq in range(EVENTS_A_SESSION)],
    )
    db.executemany(
        "insert into document_update (session, document, body) values (?, 'editor/1/me', ?)",
        [(key, chance.randbytes(25)) for _ in range(UPDATES_A_SESSION)],
    )


def _add_round(db: sqlite3.Connection, chance: random.Random, session: str, number: int, start: datetime) -> None:
    key, title = _key(chance), _sentence(chance, 3)
    topics, tags = json.dumps(chance.sample(_TOPICS, 2)), json.dumps(chance.sample(_WORDS, 2))
    takeaway, note, statement = _sentence(chance, 12), _sentence(chance, 60), _sentence(chance, 150)
    codes = [
        "def solve(values):\n" + "".join(f"    {chance.choice(_LINES)}\n" for _ in range(25)) for _ in ("me", "partner")
    ]
    struggle = chance.choice(("again", "hard", "good", "good", "easy", ""))
    db.execute(
        "insert into round (id, session, number, problem_id, problem_title, topics, difficulty, statement, started_at,"
        " ended_at, outcome, struggle, tags, takeaway) values (?, ?, ?, ?, ?, ?, 'medium', ?, ?, ?, ?, ?, ?, ?)",
        (key, session, number, title.replace(" ", "-").lower(), title, topics, statement, _iso(start),
         _iso(start + timedelta(minutes=30)), chance.choice(("passed", "not finished")), struggle, tags, takeaway),
    )  # fmt: skip
    db.executemany(
        "insert into attempt (round, whose, language, code, passed, total) values (?, ?, 'python', ?, 11, 12)",
        [(key, "me", codes[0]), (key, "partner", codes[1])],
    )
    db.execute("insert into note (round, text) values (?, ?)", (key, note))
    db.execute(
        "insert into feedback (round, giver, scores, text) values (?, 'partner', '{\"communication\": 3}', ?)",
        (key, takeaway),
    )
    db.executemany(
        "insert into run (id, round, at_ms, passed, total, elapsed_ms, results) values (?, ?, ?, 11, 12, 38.0, '[]')",
        [(_key(chance), key, at_ms) for at_ms in (60_000, 120_000, 180_000)],
    )
    _add_talk(db, chance, session, key, number)
    queries.index_round(db, key)


def _add_talk(db: sqlite3.Connection, chance: random.Random, session: str, key: str, number: int) -> None:
    """What is said and drawn in an hour."""
    db.executemany(
        "insert into chat_line (session, number, round, at_ms, name, is_mine, text) values (?, ?, ?, ?, 'Ben', ?, ?)",
        [(session, 100 * number + line, key, line, line % 2, _sentence(chance, 6)) for line in range(CHAT_A_ROUND)],
    )
    db.executemany(
        "insert into hint (round, whose, number, text) values (?, 'me', ?, ?)",
        [(key, rung, _sentence(chance, 10)) for rung in (1, 2)],
    )
    db.executemany(
        "insert into claim (round, whose, time, space) values (?, ?, 'O(n log n)', 'O(n)')",
        [(key, "me"), (key, "partner")],
    )
    db.execute(
        "insert into parked_thought (id, session, at_ms, text, round) values (?, ?, ?, ?, ?)",
        (_key(chance), session, number, _sentence(chance, 5), key),
    )
    strokes = [
        {
            "id": str(order), "kind": "stroke", "author": "me" if order % 2 else "ben", "order": order,
            "place": [10 * order, 7 * order], "size": [80, 80], "points": [chance.randrange(80) for _ in range(40)],
        }
        for order in range(STROKES_A_ROUND)
    ]  # fmt: skip
    db.execute("insert into board (round, elements) values (?, ?)", (key, json.dumps(strokes)))


def _key(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds")


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="bench.journals", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    arguments = parser.parse_args()
    make_journal(arguments.folder, arguments.sessions)
