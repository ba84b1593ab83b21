"""Two solutions side by side: which lines differ, and which line of one stands beside which of the other."""

import difflib
from bisect import bisect_right
from dataclasses import dataclass

MAX_LINES = 5_000
"""Longer texts are not compared: the answer would come too late to be of use."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines `left[left_start:left_stop]` stand against `right[right_start:right_stop]`, counted from 0."""

    left_start: int
    left_stop: int
    right_start: int
    right_stop: int

    @property
    def kind(self) -> str:
        """Seen from the left: "added" (only there), "removed" (only on the right) or "changed"."""
        if self.right_start == self.right_stop:
            return "added"
        return "removed" if self.left_start == self.left_stop else "changed"


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Where two texts differ, line by line; white space at a line's end does not count."""
    one = [line.rstrip() for line in left.split("\n")]
    other = [line.rstrip() for line in right.split("\n")]
    if len(one) > MAX_LINES or len(other) > MAX_LINES:
        return ()
    codes = difflib.SequenceMatcher(None, one, other).get_opcodes()
    return tuple(Difference(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal")


def marked_lines(found: tuple[Difference, ...], *, of_left: bool) -> dict[int, str]:
    """Which lines of one side to mark: those only there as "added", those that differ as "changed"."""
    marks: dict[int, str] = {}
    for one in found:
        mine = (one.left_start, one.left_stop) if of_left else (one.right_start, one.right_stop)
        for line in range(*mine):
            marks[line] = "changed" if one.kind == "changed" else "added"
    return marks


def beside(line: int, found: tuple[Difference, ...], *, from_left: bool) -> int:
    """The line of the other side that stands beside a line of this one."""
    starts = [one.left_start if from_left else one.right_start for one in found]
    index = bisect_right(starts, line) - 1
    if index < 0:
        return line
    one = found[index]
    here = (one.left_start, one.left_stop) if from_left else (one.right_start, one.right_stop)
    there = (one.right_start, one.right_stop) if from_left else (one.left_start, one.left_stop)
    if line < here[1]:
        # Within a difference: as far in as there is room.
        return there[0] + min(line - here[0], max(0, there[1] - there[0] - 1))
    return there[1] + line - here[1]
