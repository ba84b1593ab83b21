"""What the screens ask of a journal with a thousand sessions, on the interface's thread."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure
from bench.journals import SESSIONS, make_journal
from sparring.journal import Journal, RoundFilter

TRIES = 25
GOAL_MS = 10.0


def questions(journal: Journal) -> dict[str, Callable[[], object]]:
    """By what they are for; the words are ones that every round has, the worst there is."""
    newest = journal.rounds(limit=1)[0].id
    return {
        "Today": lambda: (journal.rounds(limit=20), journal.last_north_star(), journal.unfinished_session()),
        "all rounds": journal.rounds,
        "rounds with a word": lambda: journal.rounds(RoundFilter(text="queue")),
        "rounds with four words": lambda: journal.rounds(RoundFilter(text="stale entry toll seat")),
        "rounds with no such word": lambda: journal.rounds(RoundFilter(text="zebra")),
        "rounds of a topic": lambda: journal.rounds(RoundFilter(topic="graphs")),
        "rounds with a partner": lambda: journal.rounds(RoundFilter(partner="Ana")),
        "rounds struggled with": lambda: journal.rounds(RoundFilter(struggled=True)),
        "every filter at once": lambda: journal.rounds(RoundFilter("queue", "graphs", "Ana", struggled=True)),
        "topics and partners": lambda: (journal.topics(), journal.partners()),
        "what became of each problem": journal.problem_pasts,
        "one round": lambda: journal.round_detail(newest),
    }


def run(tries: int = TRIES) -> list[Figure]:
    """One row a question."""
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        make_journal(Path(folder), SESSIONS)
        journal = Journal.open(Path(folder))
        for name, ask in questions(journal).items():
            times = []
            for _ in range(tries):
                begin = time.perf_counter()
                ask()
                times.append((time.perf_counter() - begin) * 1000)
            figure, against = f"{name}, {SESSIONS:,} sessions", f"worst of {tries}: {max(times):.1f} ms"
            rows.append(Figure("journal", figure, statistics.median(times), "ms", against, GOAL_MS))
        journal.close()
    return rows
