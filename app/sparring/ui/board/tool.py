"""What every tool has: press, move, release, and what shows meanwhile.

Nothing is stored before the release; until then a tool has a preview, which the canvas paints in place of the elements
with the same ids.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from sparring.live.board import Element, SharedBoard
from sparring.live.board.geometry import Point, Rect, hits

CLICK_REACH = 4
"""A pointer that has moved less, in pixels, has clicked."""
HIT_REACH = 6
"""How near to a line the pointer must be, in pixels."""
GHOST = "(preview)"
"""The id of an element that is not stored yet."""


class Ground(Protocol):
    """What a tool knows of the canvas."""

    @property
    def board(self) -> SharedBoard | None: ...
    @property
    def zoom(self) -> float: ...
    @property
    def selection(self) -> frozenset[str]: ...
    def by_id(self) -> Mapping[str, Element]: ...
    def shown(self) -> Collection[Element]: ...
    def select(self, ids: Collection[str]) -> None: ...
    def begin_label(self, element_id: str) -> None: ...
    def begin_text(self, point: Point) -> None: ...
    def is_on_handle(self, point: Point) -> bool: ...


@dataclass
class Preview:
    """What to paint besides the board."""

    elements: tuple[Element, ...] = ()
    faded: frozenset[str] = frozenset()
    band: Rect | None = None
    targets: frozenset[str] = frozenset()


class Tool:
    """A tool that does nothing; others override what they need."""

    id = ""
    hint = ""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.start: Point | None = None
        self.here: Point = (0, 0)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self.start is not None

    def press(self, point: Point, extend: bool) -> None:
        self.start = self.here = point

    def move(self, point: Point) -> None:
        self.here = point

    def release(self, point: Point, board: SharedBoard) -> None:
        self.start = None

    def cancel(self) -> None:
        self.start = None

    def preview(self, board: SharedBoard) -> Preview:
        return Preview()

    def top_at(self, point: Point) -> Element | None:
        """What is uppermost under the pointer."""
        by_id, reach = self.ground.by_id(), HIT_REACH / self.ground.zoom
        return next((one for one in reversed(list(self.ground.shown())) if hits(one, by_id, point, reach)), None)

    def shape_at(self, point: Point) -> Element | None:
        """What is uppermost there that an arrow can hold on to."""
        by_id, reach = self.ground.by_id(), HIT_REACH / self.ground.zoom
        shown = reversed(list(self.ground.shown()))
        return next((one for one in shown if one.is_shape and hits(one, by_id, point, reach)), None)

    @property
    def has_moved(self) -> bool:
        return self.start is not None and math.dist(self.start, self.here) * self.ground.zoom >= CLICK_REACH
