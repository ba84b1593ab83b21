"""From the start of the process to a usable Today screen, beside a bare window, whole processes in turn."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from bench.journals import SESSIONS, make_journal
from sparring.journal import Journal

TRIES = 15
WARM_UP = 2
GOAL = 1.6
"""Times a bare window."""
BARE = ("-m", "bench.bare_window")
APP = ("-m", "sparring")


def measure(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Milliseconds until a process says that it is ready."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, env=environment, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    with process:
        line = process.stdout.readline()
        elapsed = (time.perf_counter() - begin) * 1000
    if line.strip() != b"ready" or process.returncode != 0:
        raise RuntimeError(f"{arguments} ended with {process.returncode} and said {line!r}")
    return elapsed


def run(tries: int = TRIES) -> list[Figure]:
    """One row for each of both programs."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        home = Path(folder)
        make_journal(home, SESSIONS)
        # The day's copy is made in the background by the first start of a day; here, before all of them.
        Journal.open(home).close()
        environment = {
            "QT_QPA_PLATFORM": "offscreen",
            **os.environ,
            "SPARRING_HOME": folder,
            "SPARRING_SAY_WHEN_READY": "1",
            # As installed: modules are compiled once, by the tries that do not count.
            "PYTHONPYCACHEPREFIX": compiled,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times: dict[tuple[str, ...], list[float]] = {BARE: [], APP: []}
        for _ in range(WARM_UP + tries):
            for program, measured in times.items():
                measured.append(measure(program, environment))
    floors, apps = (measured[WARM_UP:] for measured in times.values())
    floor, app = statistics.median(floors), statistics.median(apps)
    # Each start beside the bare window just before it: a machine that is quicker for a second is so for both.
    ratio = statistics.median(app / floor for floor, app in zip(floors, apps, strict=True))
    figure = f"cold start to Today, {SESSIONS:,} sessions"
    return [
        Figure("start", "a bare PySide6 window", floor, "ms"),
        Figure("start", figure, app, "ms"),
        Figure("start", "the same, each beside the bare window before it, median", ratio, "x bare window", "", GOAL),
    ]
