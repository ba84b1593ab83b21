"""What a solution prints, told while it runs: bounded, in whole characters, no more often than a window can show.

What a case printed is in its result as well, so what is not told when a case ends is not told here any more.
"""

import codecs
import math
import time
from collections.abc import Callable

SECONDS_BETWEEN_CALLS = 0.05
MAX_HEARD = 262_144
"""Bytes of one case; a harness says no more, so who does has forged it."""

OnOutput = Callable[[str, str], None]
"""Gets a case's name and what it printed since the last call."""


class Outlet:
    """One for a run. `wait_s` says when `tell` wants to be called again."""

    def __init__(self, on_output: OnOutput) -> None:
        self._on_output = on_output
        self._told_at = time.monotonic()
        self._case = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._kept: list[str] = []
        self._told = 0
        self._size = 0

    def begin(self, case: str) -> None:
        """From now on this case prints."""
        self._case = case
        self._decoder.reset()
        self._kept, self._told, self._size = [], 0, 0

    def hear(self, piece: bytes) -> bool:
        """False, and nothing is told of it, if that is more than a case can have printed."""
        self._size += len(piece)
        if self._size > MAX_HEARD:
            return False
        text = self._decoder.decode(piece)
        if text:
            self._kept.append(text)
        return True

    @property
    def wait_s(self) -> float:
        """Seconds until something is to be told; without end if there is nothing."""
        if self._told == len(self._kept):
            return math.inf
        return max(0.0, self._told_at + SECONDS_BETWEEN_CALLS - time.monotonic())

    def tell(self) -> None:
        """Tell what has come, if it is time."""
        if self.wait_s == 0:
            text = "".join(self._kept[self._told :])
            self._told = len(self._kept)
            self._told_at = time.monotonic()
            self._on_output(self._case, text)

    def text_of(self, case: str) -> str:
        """All that a case has printed: what there is to show of one that never ends."""
        return "".join(self._kept) if case == self._case else ""
