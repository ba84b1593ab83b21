"""The rows of the area "server" that are measured under load."""

import os
import sys
from pathlib import Path

from bench.children import ROOT
from bench.figures import Figure
from bench.sync.peers import install
from bench.sync.rounds import FULL, QUICK, Extent, Rounds
from bench.sync.rows import rows

OUTPUT = ROOT / "bench-output"


def run() -> list[Figure]:
    """All of it: about a quarter of an hour."""
    return _measured(FULL)


def run_quick() -> list[Figure]:
    """Shorter slices, fewer of them, smaller documents: about two minutes and a half."""
    return _measured(QUICK)


def _measured(extent: Extent) -> list[Figure]:
    if sys.platform != "linux":
        return [Figure("server", "under load", None, "", "missing: the load generator needs Linux")]
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return [Figure("server", "under load", None, "", "missing: the load generator needs a core of its own")]
    output = OUTPUT / "sync"
    output.mkdir(parents=True, exist_ok=True)
    peers = install(OUTPUT / "peers")
    return rows(Rounds(extent, peers, (cores[0], cores[-1]), Path(output)).measure())
