"""The chooser with 2,000 problems beside a bare list of 2,000 texts: opening it, and each key of a search."""

import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from bench.children import result_of
from bench.figures import Figure, percentile
from sparring.journal import ProblemPast
from sparring.problems import Bank
from sparring.problems.seen import encode_seen
from sparring.ui.screens.lobby import LobbyScreen, LobbyState
from sparring.ui.session.known_problems import choices_of
from sparring.ui.theme import ThemeController

PROBLEMS = 2_000
TRIES = 15
GOAL_OPEN_MS = 100.0
GOAL_KEY_MS = 30.0
SIZE = (1_280, 800)
_NOUNS = (
    "ferry",
    "toll",
    "bridge",
    "locker",
    "stamp",
    "island",
    "queue",
    "orchard",
    "letter",
    "signal",
    "tower",
    "seat",
)
_TOPICS = ("graphs", "greedy", "heaps", "trees", "strings", "sorting", "stack", "bits")
_SEARCHES = ("ferry", "the toll", "queue of", "xyz")


@dataclass
class Times:
    """Milliseconds: (those that passed, those that the thread worked)."""

    reading: float = 0.0
    opening: list[tuple[float, float]] = field(default_factory=list)
    bare: list[tuple[float, float]] = field(default_factory=list)
    keys: list[tuple[float, float]] = field(default_factory=list)


def title(number: int) -> str:
    """A title like those of the bank."""
    chance = random.Random(number)
    return f"{chance.choice(_NOUNS).title()} of the {chance.choice(_NOUNS)} {number}"


def write_shelf(shelf: Path) -> None:
    """Folders with heads; the rest of them nobody opens here."""
    chance = random.Random(5)
    for number in range(PROBLEMS):
        folder = shelf / f"problem-{number}"
        folder.mkdir()
        (folder / "problem.toml").write_text(
            f'id = "problem-{number}"\ntitle = "{title(number)}"\n'
            f'difficulty = "{chance.choice(("easy", "medium", "hard"))}"\n'
            f"topics = {json.dumps(chance.sample(_TOPICS, 2))}\nsuggested_minutes = {chance.randrange(10, 45)}\n"
            '[signature]\nname = "solve"\nparameters = []\nreturns = "int"\n'
        )


def pasts() -> dict[str, ProblemPast]:
    """A journal's word on four problems in ten."""
    chance = random.Random(6)
    at = "2026-11-07T10:00:00.000+00:00"
    return {
        f"problem-{number}": ProblemPast(f"problem-{number}", at, chance.choice(("", "again", "hard", "good")), at)
        for number in range(PROBLEMS)
        if chance.random() < 0.4
    }


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds until it is done and its window is painted: those that passed, and those that this thread worked."""
    begin, own_begin = time.perf_counter(), time.thread_time()
    act()
    QApplication.processEvents()
    return (time.perf_counter() - begin) * 1000, (time.thread_time() - own_begin) * 1000


def open_bare(titles: list[str]) -> tuple[float, float]:
    """The floor: a list that shows texts."""
    view = QListView()
    view.setUniformItemSizes(True)
    view.resize(*SIZE)
    model = QStringListModel(view)
    view.setModel(model)
    view.show()
    QApplication.processEvents()
    took = _timed(partial(model.setStringList, titles))
    view.hide()
    view.deleteLater()
    return took


def open_and_search(letters: str, bank: Bank, found: Times) -> None:
    """A lobby whose chooser opens, and somebody who types and takes it back."""
    lobby = LobbyScreen()
    lobby.resize(*SIZE)
    before = LobbyState(me="Ana", partner="Ben", partner_online=True)
    lobby.show_state(before)
    lobby.show()
    QApplication.processEvents()
    mine, theirs = pasts(), encode_seen(f"problem-{number}" for number in range(0, PROBLEMS, 3))
    gc.collect()

    def open_chooser() -> None:
        listed = choices_of(bank.summaries.values(), mine, theirs, datetime.now(UTC))
        lobby.show_state(replace(before, problems=listed, partner_told=True))

    found.opening.append(_timed(open_chooser))
    search = lobby.findChild(QLineEdit, "problem-search")
    assert isinstance(search, QLineEdit)
    for letter in letters:
        found.keys.append(_timed(partial(QTest.keyClicks, search, letter)))
    for _ in letters:
        found.keys.append(_timed(search.backspace))
    lobby.hide()
    lobby.deleteLater()


def measure() -> Times:
    """In a process of its own."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ThemeController(app).choose("ink")
    with tempfile.TemporaryDirectory() as shelf:
        write_shelf(Path(shelf))
        begin = time.perf_counter()
        bank = Bank({"bench": Path(shelf)})
        found = Times((time.perf_counter() - begin) * 1000)
    assert len(bank.summaries) == PROBLEMS
    titles = [one.title for one in bank.summaries.values()]
    for attempt in range(TRIES):
        # Turn and turn about, so that a busy machine treats both alike.
        found.bare.append(open_bare(titles))
        open_and_search(_SEARCHES[attempt % len(_SEARCHES)], bank, found)
    return found


def run() -> list[Figure]:
    """The rows, measured in a child process."""
    found = Times(**result_of("bench.choosing"))
    opening, bare = ([wall for wall, _ in times] for times in (found.opening, found.bare))
    keys, own = [wall for wall, _ in found.keys], [work for _, work in found.keys]
    own_opening = statistics.median(work for _, work in found.opening)
    beside = f"bare list {statistics.median(bare):.1f}; own work {own_opening:.1f}"
    return [
        Figure("choosing", f"opening the chooser, {PROBLEMS:,} problems", statistics.median(opening), "ms", beside,
               GOAL_OPEN_MS),
        Figure("choosing", "a key in its search, filtered and painted, p50", percentile(keys, 50), "ms"),
        Figure("choosing", "the same, p99", percentile(keys, 99), "ms", f"own work {percentile(own, 99):.1f}",
               GOAL_KEY_MS),
        Figure("choosing", f"reading the heads of {PROBLEMS:,} folders", found.reading, "ms", "beside the interface"),
    ]  # fmt: skip


if __name__ == "__main__":
    json.dump(asdict(measure()), sys.stdout)
