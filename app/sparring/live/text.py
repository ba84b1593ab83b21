"""A text in a Yjs document, as one seat edits it: positions in, patches out, undo of my own edits only."""

from dataclasses import dataclass
from typing import Any

import pycrdt
from psygnal import Signal

from sparring.live import positions

LOCAL = "local"
"""The origin of edits that were made at this seat; undo covers these and no others."""
ROOT = "content"
"""The name of the text in every document of a room."""
UNDO_GROUP_MS = 500


@dataclass(frozen=True, slots=True)
class Patch:
    """At `position`, `deleted` code points went and `inserted` came. Patches of one change apply in order."""

    position: int
    deleted: int
    inserted: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """What one transaction did to the text."""

    before: str
    after: str
    patches: tuple[Patch, ...]
    from_editor: bool
    """It was made by `edit`, so that the one who called it has the text already."""


class SharedText:
    """The text named `content` of a document. All positions here are code points."""

    changed = Signal(object)
    """A `TextChange`, whoever made it."""

    def __init__(self, doc: "pycrdt.Doc[pycrdt.Text]") -> None:
        self._doc = doc
        self._text = doc.get(ROOT, type=pycrdt.Text)
        self._value = str(self._text)
        self._is_editing = False
        self._subscription = self._text.observe(self._observed)
        self._undo = pycrdt.UndoManager(scopes=[self._text], capture_timeout_millis=UNDO_GROUP_MS)
        self._undo.include_origin(LOCAL)

    @property
    def value(self) -> str:
        """The whole text."""
        return self._value

    def edit(self, position: int, deleted: int, inserted: str) -> None:
        """Replace `deleted` code points at `position`, as one change of mine."""
        before = self._value
        start = positions.utf8_from_code_points(before, position)
        end = positions.utf8_from_code_points(before, position + deleted)
        if start == end and not inserted:
            return
        self._is_editing = True
        try:
            with self._doc.transaction(origin=LOCAL):
                if end > start:
                    del self._text[start:end]
                if inserted:
                    self._text.insert(start, inserted)
        finally:
            self._is_editing = False

    def undo(self) -> bool:
        """Take back my last group of edits; False if there is none."""
        return bool(self._undo.undo())

    def redo(self) -> bool:
        """Do again what I took back."""
        return bool(self._undo.redo())

    def detach(self) -> None:
        """Stop watching the document."""
        self._text.unobserve(self._subscription)

    def _observed(self, event: Any) -> None:  # pycrdt's stub of TextEvent does not know its `delta`
        before = self._value
        patches = _patches(before, event.delta)
        after = before
        for patch in patches:
            after = after[: patch.position] + patch.inserted + after[patch.position + patch.deleted :]
        self._value = after
        self.changed.emit(TextChange(before, after, patches, self._is_editing))


def _patches(before: str, delta: "list[dict[str, object]]") -> tuple[Patch, ...]:
    """A delta in UTF-8 bytes as patches in code points, each in terms of the text after the ones before it."""
    patches: list[Patch] = []
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
            patches.append(Patch(position, len(encoded[read : read + length].decode()), ""))
            read += length
        else:
            inserted = str(step["insert"])
            last = patches[-1] if patches else None
            if last is not None and last.position == position and not last.inserted:
                patches[-1] = Patch(position, last.deleted, inserted)
            else:
                patches.append(Patch(position, 0, inserted))
            position += len(inserted)
    return tuple(patches)


def _length(value: object) -> int:
    assert isinstance(value, int)
    return value
