"""A text in a Yjs document, as one seat edits it: edits in, changes out, undo of my own edits only."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

import pycrdt
from psygnal import Signal

from sparring.editing import Edit
from sparring.live import positions

LOCAL = "local"
"""The origin of edits that were made at this seat; undo covers these and no others."""
ROOT = "content"
"""The name of the text in every document of a room."""
UNDO_GROUP_SECONDS = 1.0
"""A pause in typing after which the next key begins a new group of undo."""
UNDO_GROUP_EDITS = 60
"""So many keys in a row are one group at most."""
_NEW_GROUP = 10_000
_SAME_GROUP = 1_000


class Intent(Enum):
    """Why a text is edited. Undo takes back a run of typing or deleting at one place, or one command, at a time."""

    TYPE = "type"
    DELETE = "delete"
    COMMAND = "command"


class Origin(Enum):
    """Whose a change is."""

    EDIT = "edit"
    """Mine, through `replace`."""
    UNDO = "undo"
    """Mine, taken back or done again."""
    REMOTE = "remote"
    """Somebody else's, or what was on the disk."""


class Patch(NamedTuple):
    """At `position`, `deleted` code points went and `inserted` came. Patches of one change apply in order."""

    position: int
    deleted: int
    inserted: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """What one transaction did to the text; the edits are in terms of `before`."""

    before: str
    after: str
    edits: tuple[Edit, ...]
    origin: Origin

    @property
    def patches(self) -> tuple[Patch, ...]:
        """The edits one after the other, each in terms of the text after the ones before it."""
        patches: list[Patch] = []
        moved = 0
        for start, stop, inserted in self.edits:
            patches.append(Patch(start + moved, stop - start, inserted))
            moved += len(inserted) - (stop - start)
        return tuple(patches)


class SharedText:
    """The text named `content` of a document. All positions here are code points."""

    changed = Signal(object)
    """A `TextChange`, whoever made it."""

    def __init__(self, doc: "pycrdt.Doc[pycrdt.Text]", monotonic: Callable[[], float] = time.monotonic) -> None:
        self._doc = doc
        self._text = doc.get(ROOT, type=pycrdt.Text)
        self._value = str(self._text)
        self._origin = Origin.REMOTE
        self._held: list[TextChange] | None = None
        """While I edit: what is told once the update of it has gone out."""
        self._subscription = self._text.observe(self._observed)
        self._monotonic = monotonic
        self._group: _Group | None = None
        self._is_one = self._is_undo_stale = False
        self._group_time = _NEW_GROUP
        # The manager groups by time; this time is made up, so that the groups follow intents.
        self._undo = pycrdt.UndoManager(
            scopes=[self._text], capture_timeout_millis=_SAME_GROUP, timestamp=lambda: self._group_time
        )
        self._undo.include_origin(LOCAL)

    @property
    def value(self) -> str:
        """The whole text."""
        return self._value

    def edit(self, position: int, deleted: int, inserted: str) -> None:
        """Replace `deleted` code points at `position`, as one change of mine."""
        self.replace((Edit(position, position + deleted, inserted),))

    def replace(self, edits: Sequence[Edit], intent: Intent = Intent.COMMAND) -> None:
        """Make these edits (sorted, apart, in terms of the text now) as one change of mine."""
        before = self._value
        wanted = [edit for edit in edits if edit.start < edit.stop or edit.inserted]
        if not wanted:
            return
        self._clear_stale_undo()
        offsets = positions.utf8_offsets(before, [place for edit in wanted for place in edit[:2]])
        self._choose_group(wanted, intent)
        self._origin = Origin.EDIT
        # A document says what changed before it gives the update. What is shown here can wait for a partner's, who
        # would otherwise wait for my editor's colours.
        held = self._held = []
        try:
            with self._doc.transaction(origin=LOCAL):
                # From the end, so that the offsets before stay true.
                for index in range(len(wanted) - 1, -1, -1):
                    start, end = offsets[2 * index], offsets[2 * index + 1]
                    if end > start:
                        del self._text[start:end]
                    if wanted[index].inserted:
                        self._text.insert(start, wanted[index].inserted)
        finally:
            self._origin, self._held = Origin.REMOTE, None
            # Also when somebody else who heard of it failed: the text has changed, and must be shown as it is.
            for change in held:
                self.changed.emit(change)

    def _choose_group(self, edits: Sequence[Edit], intent: Intent) -> None:
        now = self._monotonic()
        group = self._group
        if group is None or not (self._is_one or group.takes(edits, intent, now)):
            self._group_time += _NEW_GROUP
            group = None
        self._group = _Group(edits, intent, now, group.count + 1 if group else 1)

    def end_group(self) -> None:
        """What I type next is undone apart from what I typed before: the cursor has moved, say."""
        self._group = None

    def group_all(self, on: bool) -> None:
        """From now on all that I do is undone at once, whatever and wherever it is; or as ever again.

        Vim's insertions are such groups. `end_group` still begins the next one.
        """
        self._group = None
        self._is_one = on

    def begin_anew(self, value: str) -> None:
        """Hold this text from now on, as a part of the transaction that the caller has opened; no edit to undo."""
        if value == self._value:
            return
        self._text.clear()
        if value:
            self._text.insert(0, value)

    def forget_undo(self) -> None:
        """What was done so far cannot be taken back any more."""
        # pycrdt cannot clear while it tells of a change, and that is when this is called.
        self._is_undo_stale = True

    def _clear_stale_undo(self) -> None:
        if self._is_undo_stale:
            self._is_undo_stale = False
            self._group = None
            self._undo.clear()

    def undo(self) -> bool:
        """Take back my last group of edits; False if there is none."""
        return self._travel(self._undo.undo)

    def redo(self) -> bool:
        """Do again what I took back."""
        return self._travel(self._undo.redo)

    def _travel(self, act: Callable[[], bool]) -> bool:
        self._clear_stale_undo()
        self._group = None
        self._origin = Origin.UNDO
        try:
            return bool(act())
        finally:
            self._origin = Origin.REMOTE

    def detach(self) -> None:
        """Stop watching the document."""
        self._text.unobserve(self._subscription)

    def _observed(self, event: Any) -> None:  # pycrdt's stub of TextEvent does not know its `delta`
        before = self._value
        edits = _edits(before, event.delta)
        pieces: list[str] = []
        read = 0
        for start, stop, inserted in edits:
            pieces += (before[read:start], inserted)
            read = stop
        pieces.append(before[read:])
        self._value = "".join(pieces)
        change = TextChange(before, self._value, edits, self._origin)
        if self._held is None:
            self.changed.emit(change)
        else:
            self._held.append(change)


class _Group:
    """The group of undo that is open: where it goes on, and until when."""

    def __init__(self, edits: Sequence[Edit], intent: Intent, now: float, count: int) -> None:
        self.count = count
        self._intent = intent
        self._now = now
        moved = 0
        self._ends: list[int] = []
        for start, stop, inserted in edits:
            self._ends.append(start + moved + len(inserted))
            moved += len(inserted) - (stop - start)
        self._at_break = any("\n" in edit.inserted for edit in edits)

    def takes(self, edits: Sequence[Edit], intent: Intent, now: float) -> bool:
        """Whether these edits go on with what the group did."""
        if intent is Intent.COMMAND or intent is not self._intent or self._at_break or self.count >= UNDO_GROUP_EDITS:
            return False
        if now - self._now > UNDO_GROUP_SECONDS or len(edits) != len(self._ends):
            return False
        return all(end in (edit.start, edit.stop) for end, edit in zip(self._ends, edits, strict=True))


def _edits(before: str, delta: "list[dict[str, object]]") -> tuple[Edit, ...]:
    """A delta in UTF-8 bytes as edits in code points, in terms of the text before."""
    found: list[Edit] = []
    encoded = before.encode()
    read = 0
    position = 0
    for step in delta:
        if "retain" in step:
            length = _length(step["retain"])
            position += len(encoded[read : read + length].decode())
            read += length
        elif "delete" in step:
            length = _length(step["delete"])
            gone = len(encoded[read : read + length].decode())
            read += length
            if found and found[-1].stop == position and found[-1].start == position:
                # An insertion, then a deletion at the same place: one replacement.
                found[-1] = Edit(position, position + gone, found[-1].inserted)
            else:
                found.append(Edit(position, position + gone, ""))
            position += gone
        else:
            inserted = str(step["insert"])
            if found and found[-1].stop == position:
                found[-1] = Edit(found[-1].start, position, found[-1].inserted + inserted)
            else:
                found.append(Edit(position, position, inserted))
    return tuple(found)


def _length(value: object) -> int:
    assert isinstance(value, int)
    return value
