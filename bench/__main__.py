"""`make bench`, or `python -m bench editor`: the figures of some areas, or of all, as tables and as JSON."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import choosing, editor, pair, queries, running, server, start, trace
from bench.figures import Figure, show, write
from bench.sync.run import run as run_sync
from bench.sync.run import run_quick as run_sync_quickly

Measure = Callable[[], list[Figure]]
AREAS: dict[str, tuple[Measure, ...]] = {
    "server": (server.run, run_sync),
    "editor": (editor.run, trace.run, pair.run),
    "journal": (queries.run,),
    "choosing": (choosing.run,),
    "start": (start.run,),
    "running": (running.first_figures, running.loop_figures, running.bank_figure),
}

QUICK: dict[str, tuple[Measure, ...]] = {"server": (server.run, run_sync_quickly)}
"""The areas that have a shorter version."""


def measure(areas: list[str], quick: bool = False) -> Iterator[list[Figure]]:
    """The rows, each part's as soon as they are known."""
    for area in areas:
        sys.stdout.write(f"{area}\n")
        for part in QUICK.get(area, AREAS[area]) if quick else AREAS[area]:
            rows = part()
            show(rows)
            yield rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="area", help=f"of {', '.join(AREAS)}; all without")
    parser.add_argument("--output", type=Path, default=Path("bench-output"))
    parser.add_argument("--quick", action="store_true", help="the server's area in minutes, and less exactly")
    arguments = parser.parse_args()
    areas = arguments.areas or list(AREAS)
    if unknown := set(areas) - set(AREAS):
        parser.error(f"there is no area {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
    sys.stdout.write(f"on a machine of {os.cpu_count()} cores\n")
    rows = [row for part in measure(areas, arguments.quick) for row in part]
    write(rows, arguments.output)
    missed = [row.figure for row in rows if row.holds is False]
    missing = sum(row.value is None for row in rows)
    sys.stdout.write(
        f"\n{len(rows)} figures; "
        + (f"{len(missed)} miss their goals" if missed else "all goals hold")
        + (f"; {missing} could not be measured\n" if missing else "\n")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
