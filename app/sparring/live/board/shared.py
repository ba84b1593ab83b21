"""A board in a Yjs document, as one seat draws on it: elements out, gestures in, undo of my own gestures only."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypedDict, Unpack

import pycrdt
from psygnal import Signal

from sparring.live.board import elements as model
from sparring.live.board.elements import MAX_ELEMENTS, Element, Kind, clamp, clean_text
from sparring.live.board.geometry import Point, simplified
from sparring.live.board.history import History, Step
from sparring.live.text import LOCAL

ROOT = "board"
"""The name of the map in a board's document."""
_ID_BYTES = 9


class Fields(TypedDict, total=False):
    """What can be changed of an element. Numbers are rounded and kept within the board, text is cut to its limit."""

    x: float
    y: float
    width: float
    height: float
    text: str
    from_id: str
    to_id: str


class BoardFull(Exception):
    """There are `MAX_ELEMENTS` elements already."""


class SharedBoard:
    """The map named `board` of a document: element id -> map of fields.

    `me` is the member id that my elements carry. Each of `add`, `change`, `move` and `remove` is one transaction and
    one step of undo; inside `with board.gesture():` all of them together are.
    """

    changed = Signal(object)
    """A frozenset of the ids of elements that came, went or changed, whoever did it. Do not edit from a slot."""
    history_changed = Signal()
    """Whether there is something to undo or redo may be different now."""

    def __init__(self, doc: "pycrdt.Doc[Any]", me: str) -> None:
        self.me = me
        self._doc = doc
        self._map: pycrdt.Map[Any] = doc.get(ROOT, type=pycrdt.Map)
        self._by_id: dict[str, Element] = {}
        self._sorted: tuple[Element, ...] | None = None
        self._history = History()
        self._step: Step | None = None
        self._top = 0
        self._read(self._map.keys())
        self._subscription = self._map.observe_deep(self._observed)

    # What is there.

    @property
    def elements(self) -> tuple[Element, ...]:
        """All that can be shown, from the bottom to the top."""
        if self._sorted is None:
            in_order = sorted(self._by_id.values(), key=lambda element: (element.order, element.id))
            self._sorted = tuple(in_order[:MAX_ELEMENTS])
        return self._sorted

    def find(self, element_id: str) -> Element | None:
        """One of them, or None."""
        return self._by_id.get(element_id)

    @property
    def can_undo(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history.can_redo

    # Gestures.

    @contextmanager
    def gesture(self, group: str = "") -> Iterator[None]:
        """One transaction and one step of undo for all that happens inside.

        Gestures that follow one another with the same `group` are one step, as for a key that repeats.
        """
        if self._step is not None:
            yield
            return
        step = self._step = Step(group)
        try:
            with self._doc.transaction(origin=LOCAL):
                yield
        finally:
            self._step = None
            self._history.push(step)
        self.history_changed.emit()

    def add(
        self,
        kind: Kind,
        x: float,
        y: float,
        width: float = 0,
        height: float = 0,
        *,
        text: str = "",
        from_id: str = "",
        to_id: str = "",
    ) -> str:
        """Put a new element of mine on top and return its id. Raises `BoardFull`."""
        place_and_size = (clamp(x), clamp(y), clamp(width), clamp(height))
        return self._add(kind, *place_and_size, text=clean_text(text), from_id=from_id, to_id=to_id)

    def add_stroke(self, points: Iterable[Point]) -> str:
        """Put a stroke of the pen on top, with no more points than it needs. Raises `BoardFull`, or `ValueError`
        without a point."""
        line = [(clamp(x), clamp(y)) for x, y in simplified(list(points))]
        left, top = min(x for x, _ in line), min(y for _, y in line)
        width, height = max(x for x, _ in line) - left, max(y for _, y in line) - top
        flat = tuple(number for x, y in line for number in (x - left, y - top))
        return self._add("stroke", left, top, width, height, points=flat)

    def change(self, element_id: str, **fields: Unpack[Fields]) -> bool:
        """Change some fields of an element; False if it is gone, which a partner may have seen to."""
        with self.gesture():
            before = self._live(element_id)
            if before is None:
                return False
            values: dict[str, Any] = {}
            for name, value in fields.items():
                if name == "text":
                    values[name] = clean_text(str(value))
                else:
                    values[name] = value if isinstance(value, str) else clamp(float(value))  # type: ignore[arg-type]
            return self._put(before, replace(before, **values))

    def move(self, element_ids: Iterable[str], dx: float, dy: float, group: str = "") -> None:
        """Move elements by so much, as one gesture."""
        with self.gesture(group):
            for element_id in element_ids:
                element = self._live(element_id)
                if element is not None:
                    self.change(element_id, x=element.x + dx, y=element.y + dy)

    def remove(self, element_ids: Iterable[str]) -> None:
        """Take elements away, as one gesture. Arrows that hold on to them stay; see `with_arrows`."""
        with self.gesture():
            for element_id in element_ids:
                element = self._live(element_id)
                if element is not None:
                    del self._map[element_id]
                    self._note(element_id, element, None)

    def with_arrows(self, element_ids: Iterable[str]) -> frozenset[str]:
        """These, and the arrows that hold on to one of them."""
        ids = frozenset(element_ids)
        return ids | {arrow.id for arrow in self._by_id.values() if arrow.from_id in ids or arrow.to_id in ids}

    def undo(self) -> bool:
        """Take back my last step that still stands, in part or whole; False if there is none."""
        while (step := self._history.pop_done()) is not None:
            back = self._revert(step)
            self._history.push_undone(back)
            if back.changes:
                self.history_changed.emit()
                return True
        self.history_changed.emit()
        return False

    def redo(self) -> bool:
        """Do again what I took back; False if there is nothing, or nothing of it would still fit."""
        while (step := self._history.pop_undone()) is not None:
            again = self._revert(step)
            self._history.push_redone(again)
            if again.changes:
                self.history_changed.emit()
                return True
        self.history_changed.emit()
        return False

    def detach(self) -> None:
        """Stop watching the document."""
        self._map.unobserve(self._subscription)

    # How it is done.

    def _add(self, kind: Kind, x: int, y: int, width: int, height: int, **rest: Any) -> str:
        if len(self._map) >= MAX_ELEMENTS:
            raise BoardFull
        element_id = secrets.token_urlsafe(_ID_BYTES)
        self._top = min(model.MAX_ORDER, self._top + 1)
        element = Element(element_id, kind, self.me, self._top, x, y, width, height, **rest)
        with self.gesture():
            self._map[element_id] = pycrdt.Map(model.write(element))
            self._note(element_id, None, element)
        return element_id

    def _live(self, element_id: str) -> Element | None:
        """The element as it is inside a gesture, which no observer has heard of yet."""
        if element_id not in self._map:
            return None
        return model.read(element_id, self._map[element_id])

    def _put(self, before: Element, after: Element) -> bool:
        """Write what differs, and nothing else, so that the partner's changes of other fields survive."""
        if model.from_fields(after.id, model.write(after)) != after:
            return False
        old, new = model.write(before), model.write(after)
        fields = self._map[before.id]
        for name in old.keys() | new.keys():
            if name not in new:
                fields[name] = ""
            elif old.get(name) != new[name]:
                fields[name] = new[name]
        self._note(before.id, before, after)
        return True

    def _note(self, element_id: str, before: Element | None, after: Element | None) -> None:
        assert self._step is not None
        self._step.record(element_id, before, after)

    def _revert(self, step: Step) -> Step:
        """Make undone what a step did, where it still stands; return what that did, as a step."""
        back = self._step = Step()
        try:
            with self._doc.transaction(origin=LOCAL):
                for element_id, (before, after) in step.changes.items():
                    self._revert_one(element_id, before, after)
        finally:
            self._step = None
        return back

    def _revert_one(self, element_id: str, before: Element | None, after: Element | None) -> None:
        now = self._live(element_id)
        if before is None:
            if now is not None and now == after:
                del self._map[element_id]
                self._note(element_id, now, None)
        elif after is None:
            if element_id not in self._map:
                self._map[element_id] = pycrdt.Map(model.write(before))
                self._note(element_id, None, before)
        elif now is not None:
            was, left, is_now = model.write(before), model.write(after), model.write(now)
            mine = {
                name: was.get(name, "")
                for name in was.keys() | left.keys()
                if was.get(name) != left.get(name) and is_now.get(name) == left.get(name)
            }
            restored = model.from_fields(element_id, is_now | mine)
            if restored is not None and restored != now:
                self._put(now, restored)

    def _observed(self, events: list[Any]) -> None:  # pycrdt's stubs do not know what `observe_deep` brings
        keys = set(self._map.keys())
        # An update that deletes what came before its predecessors is announced without its key.
        ids = self._by_id.keys() - keys
        for event in events:
            if event.path:
                ids.add(str(event.path[0]))
            else:
                ids.update(event.keys or keys)
        self._read(ids)
        self.changed.emit(frozenset(ids))

    def _read(self, ids: Iterable[str]) -> None:
        for element_id in ids:
            element = self._live(element_id)
            if element is None:
                self._by_id.pop(element_id, None)
            else:
                self._by_id[element_id] = element
                self._top = max(self._top, element.order)
        self._sorted = None
