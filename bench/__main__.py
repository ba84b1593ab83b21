"""`make bench`, or `python -m bench editor`: the figures of some areas, or of all, as tables and as JSON."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import choosing, editor, pair, queries, running, server, start, trace
from bench.figures import Figure, show, write

Measure = Callable[[], list[Figure]]
AREAS: dict[str, tuple[Measure, ...]] = {
    "server": (server.run,),
    "editor": (editor.run, trace.run, pair.run),
    "journal": (queries.run,),
    "choosing": (choosing.run,),
    "start": (start.run,),
    "running": (running.first_figures, running.loop_figures, running.bank_figure),
}


def measure(areas: list[str]) -> Iterator[list[Figure]]:
    """The rows, each part's as soon as they are known."""
    for area in areas:
        sys.stdout.write(f"{area}\n")
        for part in AREAS[area]:
            rows = part()
            show(rows)
            yield rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="area", help=f"of {', '.join(AREAS)}; all without")
    parser.add_argument("--output", type=Path, default=Path("bench-output"))
    arguments = parser.parse_args()
    areas = arguments.areas or list(AREAS)
    if unknown := set(areas) - set(AREAS):
        parser.error(f"there is no area {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
    sys.stdout.write(f"on a machine of {os.cpu_count()} cores\n")
    rows = [row for part in measure(areas) for row in part]
    write(rows, arguments.output)
    missed = [row.figure for row in rows if row.holds is False]
    sys.stdout.write(
        f"\n{len(rows)} figures; " + (f"{len(missed)} miss their goals\n" if missed else "all goals hold\n")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
