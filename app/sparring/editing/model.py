"""What an edit of a text is: values that say where and what, and how positions move with them.

All positions count code points (Python's own), and every function is pure: the same change is carried out by the
shared document, shown by a widget and checked by a test.
"""

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


def shift(position: int, edits: Iterable[Edit], *, after_insertion: bool) -> int:
    """Where a position of the text before is in the text after.

    A position inside what is replaced goes to its end if `after_insertion`, else to its beginning; one exactly where
    something is inserted stays before it unless `after_insertion`.
    """
    moved = position
    for start, stop, inserted in edits:
        if start > position or (start == stop == position and not after_insertion):
            break
        if stop <= position:
            moved += len(inserted) - (stop - start)
        else:
            # Inside what goes; a replacement that begins exactly here pushes nothing away.
            moved += start - position + (len(inserted) if after_insertion and start < position else 0)
            break
    return moved


def shift_selection(selection: Selection, edits: Sequence[Edit]) -> Selection:
    """Where my selection is after somebody else's edits: it keeps its words and takes in none of theirs."""
    if selection.is_empty:
        return Selection.at(shift(selection.head, edits, after_insertion=False))
    start = shift(selection.start, edits, after_insertion=True)
    stop = max(start, shift(selection.stop, edits, after_insertion=False))
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
