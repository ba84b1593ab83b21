"""One key in the code editor beside one key in a bare QPlainTextEdit: event, model, update to send, and painting."""

import gc
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence

import pycrdt
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from bench.children import result_of
from bench.figures import Figure, percentile
from sparring.live.text import SharedText
from sparring.ui.editor import CodeEditor, EditorBinding
from sparring.ui.editor.code_editor import code_font
from sparring.ui.painting_threads import paint_on_one_thread

LINES = 2_000
TURN_KEYS = 100
"""At one place of the file. So short, since a virtual machine's speed changes from one second to the next."""
ROUND_TURNS = 10
ROUNDS = 12
"""A round's percentiles are its own, and their median is the figure: what else the machine does meets few."""
WARM_UP_TURNS = 5
GOAL_MS = 8.0
GOAL_TIMES = 2.0
"""Of the bare widget, which colours nothing, compares nothing and sends nothing."""
WORDS = "total = values[index] + 1  # so far\nif total > limit:\n    return heapq.heappop(queue)\n"


class _NoColours(QSyntaxHighlighter):
    def highlightBlock(self, text: str) -> None:
        pass


def program(lines: int) -> str:
    """A Python file of so many lines."""
    part = [
        "def solve(values: list[int], limit: int) -> int:",
        '    """The smallest sum that is larger than the limit."""',
        "    total, queue = 0, [3, 1, 2]",
        "    for index, value in enumerate(values):",
        "        if value % 2 == 0 and index not in queue:  # an even one",
        "            total += value * len('characters')",
        "        elif total > limit:",
        "            return total",
        "    return -1",
        "",
    ]
    return "\n".join(part[number % len(part)] for number in range(lines))


class Typist:
    """Types the same keys at the same places into whatever it was given."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self._random = random.Random(7)
        self._keys = itertools.cycle(WORDS)

    def turn(self) -> list[tuple[float, float]]:
        """Milliseconds from each key to its painted window: those that passed, and those that this thread worked."""
        times: list[tuple[float, float]] = []
        place(self._editor, self._random.randrange(200, LINES - 200))
        for character in itertools.islice(self._keys, TURN_KEYS):
            key = Qt.Key.Key_Return if character == "\n" else Qt.Key(ord(character.upper()))
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character.replace("\n", "\r"))
            begin, own_begin = time.perf_counter(), time.thread_time()
            QCoreApplication.sendEvent(self._editor, event)
            QApplication.processEvents()
            own_ms = (time.thread_time() - own_begin) * 1000
            times.append(((time.perf_counter() - begin) * 1000, own_ms))
        return times


def typed_in_turns(**editors: QPlainTextEdit) -> dict[str, list[tuple[float, float]]]:
    """The times of each editor, turn and turn about, so that a busy machine treats all alike."""
    typists = {name: Typist(editor) for name, editor in editors.items()}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in editors}
    for turn in range(WARM_UP_TURNS + ROUNDS * ROUND_TURNS):
        for name, typist in typists.items():
            times = typist.turn()
            if turn >= WARM_UP_TURNS:
                found[name] += times
    return found


def place(editor: QPlainTextEdit, line: int) -> None:
    cursor = QTextCursor(editor.document().findBlockByNumber(line))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.centerCursor()
    QApplication.processEvents()


def _bare(text: str) -> QPlainTextEdit:
    bare = QPlainTextEdit()
    bare.setFont(code_font())
    bare.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    _NoColours(bare.document())
    bare.setPlainText(text)
    return bare


def measure_plain() -> dict[str, list[tuple[float, float]]]:
    """Key times of a bare widget in a program that has told Qt nothing."""
    QApplication.instance() or QApplication([])
    plain = _bare(program(LINES))
    plain.resize(800, 700)
    plain.show()
    QApplication.processEvents()
    gc.collect()
    gc.freeze()
    return typed_in_turns(plain=plain)


def measure() -> dict[str, list[tuple[float, float]]]:
    """Key times of a bare widget and of ours, with a shared document that sends its updates."""
    paint_on_one_thread()
    QApplication.instance() or QApplication([])
    text = program(LINES)
    bare = _bare(text)
    ours = CodeEditor("bench", "bench")
    ours.set_language("python")
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    shared = SharedText(doc)
    shared.edit(0, 0, text)
    sent: list[bytes] = []
    watch = doc.observe(lambda event: sent.append(event.update))
    binding = EditorBinding(ours, shared)
    for editor in (bare, ours):
        editor.resize(800, 700)
        editor.show()
    QApplication.processEvents()
    while not ours.is_coloured:
        QApplication.processEvents()
    gc.collect()
    gc.freeze()
    found = typed_in_turns(bare=bare, ours=ours)
    assert ours.toPlainText() == shared.value
    assert sent
    binding.detach()
    del watch
    return found


def _of_rounds(times: Sequence[float], part: int) -> float:
    size = ROUND_TURNS * TURN_KEYS
    return statistics.median(percentile(times[at : at + size], part) for at in range(0, len(times), size))


def run() -> list[Figure]:
    """The rows of the own keystroke, measured in a child process."""
    # The plain one before and after, so that a busy machine treats both alike.
    before = result_of("bench.editor", "plain")
    found: dict[str, list[tuple[float, float]]] = result_of("bench.editor")
    found["plain"] = [*before["plain"], *result_of("bench.editor", "plain")["plain"]]
    plain, bare, ours = ([wall for wall, _ in found[name]] for name in ("plain", "bare", "ours"))
    own_work = [own for _, own in found["ours"]]
    rows = []
    for part in (50, 99):
        floor, like, value = (_of_rounds(times, part) for times in (plain, bare, ours))
        # Judged by the quicker of the two bare ones: what we tell Qt is no merit of ours in a comparison.
        goal = min(GOAL_MS, GOAL_TIMES * floor, GOAL_TIMES * like) if part == 99 else None
        against = (
            f"{value / floor:.1f} x bare widget, {floor:.2f}; {value / like:.2f} x one painted like ours, {like:.2f}"
        )
        name = f"own key handled and painted, {LINES:,} lines of Python, p{part}"
        rows.append(Figure("editor", name, value, "ms", against, goal))
    against = f"bare widget: {percentile(plain, 99):.2f}, painted like ours: {percentile(bare, 99):.2f}"
    rows.append(Figure("editor", "the same, p99 of all rounds together", percentile(ours, 99), "ms", against))
    words = "waiting for the machine left out"
    rows.append(Figure("editor", "the same, p99 of its own work", _of_rounds(own_work, 99), "ms", words))
    rows.append(Figure("editor", "own key, slowest", max(ours), "ms", f"bare widget: {max(plain):.2f}"))
    return rows


if __name__ == "__main__":
    json.dump(measure_plain() if "plain" in sys.argv else measure(), sys.stdout)
