"""A real person's whole recorded typing into one widget, while a partner's widget follows."""

import gc
import gzip
import json
import sys
import time
from pathlib import Path

import pycrdt
from PySide6.QtWidgets import QApplication

from bench.children import ROOT, result_of
from bench.figures import Figure, percentile
from sparring.editing import Change, Edit, Selection
from sparring.live.document import REMOTE
from sparring.live.text import Intent, SharedText
from sparring.ui.editor import CodeEditor, EditorBinding

TRACE = ROOT.parent / "shared" / "traces" / "sveltecomponent.json.gz"
SLOW_MS = 50.0


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


def measure() -> dict[str, object]:
    """Milliseconds of each transaction, typed, sent, applied at the partner and painted at both; and memory."""
    trace = json.loads(gzip.decompress(TRACE.read_bytes()))
    assert QApplication.instance() or QApplication([])
    ana, ben = Desk("ana"), Desk("ben")
    waiting: list[bytes] = []
    watch = ana.doc.observe(lambda event: waiting.append(event.update))
    times: list[float] = []
    QApplication.processEvents()
    gc.collect()
    before = resident_mb()
    for transaction in trace["txns"]:
        begin = time.perf_counter()
        for position, deleted, inserted in transaction["patches"]:
            edit = Edit(position, position + deleted, inserted)
            ana.editor.apply(Change((edit,), (Selection.at(position + len(inserted)),)), Intent.TYPE)
        for update in waiting:
            ben.receive(update)
        waiting.clear()
        QApplication.processEvents()
        times.append((time.perf_counter() - begin) * 1000)
    gc.collect()
    grown = resident_mb() - before
    end = trace["endContent"]
    del watch
    return {"times": times, "grown_mb": grown, "same": ana.shown == ben.shown == ben.shared.value == end}


def run() -> list[Figure]:
    """The rows of the recorded typing; none, with a sentence, where the recording is missing."""
    if not TRACE.exists():
        sys.stdout.write(f"  The recorded typing is not at {TRACE.parent.name}/{TRACE.name} beside the project.\n")
        return []
    found = result_of("bench.trace")
    if not found["same"]:
        raise RuntimeError("after the recorded typing the two widgets do not show its end")
    times: list[float] = found["times"]
    name = f"recorded typing, {len(times):,} transactions, a partner follows"
    slow = sum(one > SLOW_MS for one in times)
    return [
        Figure("editor", f"{name}, p99", percentile(times, 99), "ms", "both widgets painted"),
        Figure("editor", f"{name}, slowest", max(times), "ms"),
        Figure("editor", f"{name}, over {SLOW_MS:.0f} ms", slow, "steps", "", 0.0),
        Figure("editor", f"{name}, memory grown", found["grown_mb"], "MB", "two documents, two widgets"),
    ]


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
