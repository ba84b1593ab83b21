"""A seat that types at a person's pace and notes when each key was pressed, or when what was typed came to be shown.

`time.monotonic_ns` is the same clock in every process of a machine, so the two seats' stamps can be compared.
"""

import asyncio
import random
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from demo.seat import Seat, main
from sparring.ui.app import App


class BenchSeat(Seat):
    """See the module."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._shown: dict[int, int] = {}

    def _editor(self, name: str) -> QPlainTextEdit:
        editor = self._find(name)
        assert isinstance(editor, QPlainTextEdit)
        return editor

    async def do_watch(self, name: str) -> int:
        """From now on note when an editor's text first has each length. The length now is the answer."""
        document = self._editor(name).document()
        self._shown.clear()

        def note() -> None:
            self._shown.setdefault(document.characterCount(), time.monotonic_ns())

        document.contentsChange.connect(note)
        return document.characterCount()

    async def do_noted(self) -> list[tuple[int, int]]:
        """(length, nanoseconds) of all that was noted."""
        return list(self._shown.items())

    async def do_type_paced(self, name: str, text: str, a_second: float, seed: int) -> list[tuple[int, int]]:
        """Type at the end of a text, key by key, irregularly as a person does: (length after it, nanoseconds)."""
        editor = self._editor(name)
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        chance = random.Random(seed)
        pressed: list[tuple[int, int]] = []
        for character in text:
            now = time.monotonic_ns()
            if character == "\n":
                QTest.keyClick(editor, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(editor, character)
            pressed.append((editor.document().characterCount(), now))
            await asyncio.sleep(chance.uniform(0.5, 1.5) / a_second)
        return pressed

    async def do_paste(self, name: str, text: str) -> None:
        """Have a text in an editor to begin with."""
        editor = self._editor(name)
        editor.selectAll()
        editor.insertPlainText(text)

    async def do_length(self, name: str) -> int:
        return self._editor(name).document().characterCount()


if __name__ == "__main__":
    sys.exit(main(BenchSeat))
