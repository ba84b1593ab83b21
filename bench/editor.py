"""One key in the code editor beside one key in a bare QPlainTextEdit, both painted, in the same process."""

import os
import random
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pycrdt
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from sparring.live.text import SharedText
from sparring.ui.editor import CodeEditor, EditorBinding
from sparring.ui.editor.code_editor import code_font

LINES = 2_000
KEYS = 1_500
WARM_UP = 200
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


def type_into(editor: QPlainTextEdit, paint: Callable[[], None]) -> list[float]:
    """Milliseconds from each key's event to its painted window."""
    random.seed(7)
    times: list[float] = []
    place(editor)
    for number in range(KEYS + WARM_UP):
        if number % 100 == 0:
            place(editor)
        character = WORDS[number % len(WORDS)]
        key = Qt.Key.Key_Return if character == "\n" else Qt.Key(ord(character.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character.replace("\n", "\r"))
        begin = time.perf_counter()
        QCoreApplication.sendEvent(editor, event)
        paint()
        times.append((time.perf_counter() - begin) * 1000)
    return times[WARM_UP:]


def place(editor: QPlainTextEdit) -> None:
    block = editor.document().findBlockByNumber(random.randrange(200, LINES - 200))
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.centerCursor()
    QApplication.processEvents()


def measure() -> dict[str, list[float]]:
    """Key times of a bare widget and of ours, with a shared document that sends its updates."""
    QApplication.instance() or QApplication([])
    text = program(LINES)
    bare = QPlainTextEdit()
    bare.setFont(code_font())
    bare.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    colours = _NoColours(bare.document())
    ours = CodeEditor("bench", "bench")
    ours.set_language("python")
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    shared = SharedText(doc)
    shared.edit(0, 0, text)
    sent: list[bytes] = []
    watch = doc.observe(lambda event: sent.append(event.update))
    binding = EditorBinding(ours, shared)
    bare.setPlainText(text)
    found: dict[str, list[float]] = {"bare": [], "ours": []}
    for editor in (bare, ours):
        editor.resize(800, 700)
        editor.show()
    QApplication.processEvents()
    for _ in range(2):
        # Turn and turn about, so that a busy machine treats both alike.
        found["bare"] += type_into(bare, QApplication.processEvents)
        found["ours"] += type_into(ours, QApplication.processEvents)
    assert ours.toPlainText() == shared.value
    assert sent
    binding.detach()
    del watch, colours
    return found


if __name__ == "__main__":
    from statistics import quantiles

    for name, values in measure().items():
        cuts = quantiles(values, n=100)
        print(f"{name:8} p50 {cuts[49]:.3f} p99 {cuts[98]:.3f} max {max(values):.2f} ms")  # noqa: T201
