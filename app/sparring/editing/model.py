"""What an edit of a text is: values that say where and what, and how positions move with them.

All positions count code points (Python's own), and every function is pure: the same change is carried out by the
shared document, shown by a widget and checked by a test.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace `text[start:stop]` by `inserted`.

    The edits of one change are in terms of the text before it, sorted, and do not overlap.
    """

    start: int
    stop: int
    inserted: str


@dataclass(frozen=True, slots=True)
class Selection:
    """From `anchor` to `head`, where the cursor blinks; a bare cursor has both at one place."""

    anchor: int
    head: int

    @classmethod
    def at(cls, position: int) -> "Selection":
        """A bare cursor."""
        return cls(position, position)

    @property
    def start(self) -> int:
        return min(self.anchor, self.head)

    @property
    def stop(self) -> int:
        return max(self.anchor, self.head)

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.head


@dataclass(frozen=True, slots=True)
class Change:
    """Edits (in terms of the text before) and where the selections are after them; the first is the main one."""

    edits: tuple[Edit, ...]
    selections: tuple[Selection, ...]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text after a change's edits."""
    parts: list[str] = []
    read = 0
    for start, stop, inserted in edits:
        parts += (text[read:start], inserted)
        read = stop
    parts.append(text[read:])
    return "".join(parts)


class Shifter:
    """Where positions of the text before a change are in the text after it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._moved = list(
            itertools.accumulate((len(edit.inserted) - (edit.stop - edit.start) for edit in edits), initial=0)
        )

    def __call__(self, position: int, *, after_insertion: bool) -> int:
        """A position inside what is replaced goes to its end if `after_insertion`, else to its beginning; one exactly
        where something is inserted stays before it unless `after_insertion`."""
        # Edits that begin before, and pure insertions exactly here if they count.
        index = bisect_left(self._starts, position)
        while (
            after_insertion
            and index < len(self._edits)
            and (self._edits[index].start == self._edits[index].stop == position)
        ):
            index += 1
        if index:
            last = self._edits[index - 1]
            if last.stop > position:
                # Inside what goes.
                return last.start + self._moved[index - 1] + (len(last.inserted) if after_insertion else 0)
        return position + self._moved[index]


def shift(position: int, edits: Sequence[Edit], *, after_insertion: bool) -> int:
    """Where one position is after the edits; see `Shifter`."""
    return Shifter(edits)(position, after_insertion=after_insertion)


def shift_selection(selection: Selection, edits: Sequence[Edit]) -> Selection:
    """Where my selection is after somebody else's edits: it keeps its words and takes in none of theirs."""
    moved = Shifter(edits)
    if selection.is_empty:
        return Selection.at(moved(selection.head, after_insertion=False))
    start = moved(selection.start, after_insertion=True)
    stop = max(start, moved(selection.stop, after_insertion=False))
    return Selection(start, stop) if selection.anchor <= selection.head else Selection(stop, start)


def merged(selections: Iterable[Selection]) -> tuple[Selection, ...]:
    """Selections without overlaps: those that met become one; the first stays the main one."""
    listed = list(selections)
    if len(listed) < 2:
        return tuple(listed)
    main = listed[0]
    kept: list[Selection] = []
    for one in sorted(listed, key=lambda selection: (selection.start, selection.stop)):
        last = kept[-1] if kept else None
        if last is None or one.start > last.stop or (one.start == last.stop and not (one.is_empty or last.is_empty)):
            kept.append(one)
            continue
        start, stop = min(last.start, one.start), max(last.stop, one.stop)
        forward = one.head >= one.anchor
        kept[-1] = Selection(start, stop) if forward else Selection(stop, start)
    first = next(index for index, one in enumerate(kept) if one.start <= main.start and main.stop <= one.stop)
    return (kept[first], *kept[:first], *kept[first + 1 :])
