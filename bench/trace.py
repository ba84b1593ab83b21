"""A real person's whole recorded typing into one widget, while a partner's widget follows."""

import gc
import gzip
import json
import sys
import time
from itertools import chain, pairwise
from pathlib import Path

import pycrdt
from PySide6.QtWidgets import QApplication

from bench.children import ROOT, result_of
from bench.figures import Figure, percentile
from sparring.editing import Change, Edit, Selection
from sparring.live.document import REMOTE
from sparring.live.text import Intent, SharedText
from sparring.ui.editor import CodeEditor, EditorBinding
from sparring.ui.painting_threads import paint_on_one_thread

TRACE = ROOT.parent / "shared" / "traces" / "sveltecomponent.json.gz"
SLOW_MS = 50.0
RUNS = 2
"""What the program makes slow is slow every time; what the machine does meanwhile meets other steps."""


class Desk:
    """One widget on one document."""

    def __init__(self, name: str) -> None:
        self.editor = CodeEditor(name, name)
        self.editor.set_language("python")
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self.shared = SharedText(self.doc)
        self.binding = EditorBinding(self.editor, self.shared)
        self.editor.resize(600, 700)
        self.editor.show()
        # The first widget that Qt hands to Python makes Python's enums, 30 ms; in the app that is Today.
        self.editor.viewport()

    @property
    def shown(self) -> str:
        return self.editor.document().toRawText().replace("\u2029", "\n")

    def receive(self, update: bytes) -> None:
        with self.doc.transaction(origin=REMOTE):
            self.doc.apply_update(update)


def resident_mb() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def changes(patches: list[tuple[int, int, str]]) -> list[Change]:
    """A transaction as our editor would make it: what goes from the end to the start is one command, an indentation."""
    edits = [Edit(position, position + deleted, inserted) for position, deleted, inserted in patches]
    if all(later.stop <= earlier.start for earlier, later in pairwise(edits)):
        edits.reverse()
        return [Change(tuple(edits), (Selection.at(edits[0].start + len(edits[0].inserted)),))]
    return [Change((edit,), (Selection.at(edit.start + len(edit.inserted)),)) for edit in edits]


class _Watch:
    """Milliseconds that pass, and those of them in which this thread worked."""

    def __init__(self) -> None:
        self._begin, self._own_begin = time.perf_counter(), time.thread_time()
        self.wall_ms = self.own_ms = 0.0

    def stop(self) -> None:
        self.wall_ms = (time.perf_counter() - self._begin) * 1000
        self.own_ms = (time.thread_time() - self._own_begin) * 1000


def measure() -> dict[str, object]:
    """Milliseconds of each transaction at the slower of the two, handled and painted; and memory.

    "own" is what this process worked: on a machine that does other things too, a step waits for them.
    """
    trace = json.loads(gzip.decompress(TRACE.read_bytes()))
    paint_on_one_thread()
    assert QApplication.instance() or QApplication([])
    ana, ben = Desk("ana"), Desk("ben")
    waiting: list[bytes] = []
    watch = ana.doc.observe(lambda event: waiting.append(event.update))
    times: list[float] = []
    own: list[float] = []
    QApplication.processEvents()
    gc.collect()
    # The recording's own lists are no part of an app.
    gc.freeze()
    before = resident_mb()
    for transaction in trace["txns"]:
        mine = _Watch()
        for change in changes(transaction["patches"]):
            ana.editor.apply(change, Intent.TYPE)
        QApplication.processEvents()
        mine.stop()
        theirs = _Watch()
        for update in waiting:
            ben.receive(update)
        QApplication.processEvents()
        theirs.stop()
        waiting.clear()
        times.append(max(mine.wall_ms, theirs.wall_ms))
        own.append(max(mine.own_ms, theirs.own_ms))
    gc.collect()
    grown = resident_mb() - before
    end = trace["endContent"]
    del watch
    return {"times": times, "own": own, "grown_mb": grown, "same": ana.shown == ben.shown == ben.shared.value == end}


def run() -> list[Figure]:
    """The rows of the recorded typing; none, with a sentence, where the recording is missing."""
    if not TRACE.exists():
        sys.stdout.write(f"  The recorded typing is not at {TRACE.parent.name}/{TRACE.name} beside the project.\n")
        return []
    runs = [result_of("bench.trace") for _ in range(RUNS)]
    if not all(found["same"] for found in runs):
        raise RuntimeError("after the recorded typing the two widgets do not show its end")
    times: list[list[float]] = [found["times"] for found in runs]
    name = f"recorded typing, {len(times[0]):,} transactions, a partner follows"
    over = f"over {SLOW_MS:.0f} ms"
    each = " and ".join(str(sum(one > SLOW_MS for one in all_of)) for all_of in times)
    always = [min(step) for step in zip(*times, strict=True)]
    own = max(max(found["own"]) for found in runs)
    grown = max(found["grown_mb"] for found in runs)
    return [
        Figure("editor", f"{name}, p99", percentile([*chain(*times)], 99), "ms", "the slower of both widgets"),
        Figure("editor", f"{name}, slowest", max(map(max, times)), "ms", f"its own work {own:.1f}"),
        Figure("editor", "the same, the slowest in every run", max(always), "ms"),
        Figure(
            "editor",
            f"the same, {over} in every run",
            sum(one > SLOW_MS for one in always),
            "steps",
            f"{each} in one",
            0.0,
        ),
        Figure("editor", "the same, memory grown", grown, "MB", "two documents, two widgets"),
    ]


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
