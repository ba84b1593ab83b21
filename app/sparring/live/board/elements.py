"""What is on a board: elements as values, and how they are written to and read from a Yjs map.

Whatever arrives from another client is judged here. An element that breaks a limit, lacks a field or holds something
that is no number is not there for us; it is never an error.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard, cast, get_args

import pycrdt

from sparring.live import positions

Kind = Literal["stroke", "box", "ellipse", "arrow", "text"]
KINDS: frozenset[str] = frozenset(get_args(Kind))
SHAPES: frozenset[str] = frozenset({"box", "ellipse", "text"})
"""Kinds that an arrow can hold on to."""

MAX_ELEMENTS = 2_000
MAX_STROKE_POINTS = 1_000
MAX_TEXT_LENGTH = 500
"""Code points of a label; a paste that is longer is cut."""
MAX_COORDINATE = 100_000
"""Board units from the origin, either way."""
MAX_ORDER = 1_000_000_000
MAX_ID_LENGTH = 64
MAX_MEMBER_LENGTH = 128

_FIELDS = ("kind", "author", "order", "place", "size", "text", "points", "from", "to")


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the board, in board units (a pixel each at 100 %, y downwards)."""

    id: str
    kind: Kind
    author: str
    """The member id of who drew it."""
    order: int
    """What is drawn later covers what has a lower order; equal ones go by their id."""
    x: int
    y: int
    width: int
    height: int
    """Of an arrow: the way from its start to its head, so that both may be negative."""
    text: str = ""
    points: tuple[int, ...] = ()
    """Of a stroke: x, y, x, y, … from the element's own corner."""
    from_id: str = ""
    to_id: str = ""
    """What an arrow holds on to; while that is there, the arrow's end follows it."""

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def is_shape(self) -> bool:
        """Whether an arrow can hold on to it."""
        return self.kind in SHAPES


def write(element: Element) -> dict[str, Any]:
    """The element as the fields of a map. Place, size and text are apart, so that a move and an edit both survive."""
    fields: dict[str, Any] = {
        "kind": element.kind,
        "author": element.author,
        "order": element.order,
        "place": [element.x, element.y],
        "size": [element.width, element.height],
    }
    if element.text:
        fields["text"] = element.text
    if element.points:
        fields["points"] = list(element.points)
    if element.from_id:
        fields["from"] = element.from_id
    if element.to_id:
        fields["to"] = element.to_id
    return fields


def read(element_id: str, value: object) -> Element | None:
    """The element that a map holds, or None if it holds none that we could show."""
    if not isinstance(value, pycrdt.Map) or not 0 < len(element_id) <= MAX_ID_LENGTH:
        return None
    return from_fields(element_id, {name: value[name] for name in _FIELDS if name in value})


def from_fields(element_id: str, fields: Mapping[str, object]) -> Element | None:
    """The same, of plain values."""
    kind = fields.get("kind")
    author = fields.get("author")
    order = _whole(fields.get("order"), MAX_ORDER)
    place = _numbers(fields.get("place"), 2)
    size = _numbers(fields.get("size"), 2)
    text = fields.get("text", "")
    if not isinstance(kind, str) or kind not in KINDS or order is None or place is None or size is None:
        return None
    if not _is_short(author, MAX_MEMBER_LENGTH) or not _is_short(text, MAX_TEXT_LENGTH):
        return None
    if kind != "arrow" and min(size) < 0:
        return None
    points: tuple[int, ...] = ()
    if kind == "stroke":
        read_points = _numbers(fields.get("points"), None)
        if read_points is None:
            return None
        points = read_points
    ends = ("", "")
    if kind == "arrow":
        from_id, to_id = fields.get("from", ""), fields.get("to", "")
        if (
            not _is_short(from_id, MAX_ID_LENGTH)
            or not _is_short(to_id, MAX_ID_LENGTH)
            or element_id in (from_id, to_id)
        ):
            return None
        ends = (from_id, to_id)
    return Element(
        element_id, cast(Kind, kind), author, order, place[0], place[1], size[0], size[1], text, points, *ends
    )


def clean_text(text: str) -> str:
    """What may be stored as a label."""
    return positions.clean(text)[:MAX_TEXT_LENGTH]


def clamp(value: float) -> int:
    """A coordinate that may be stored. Raises `ValueError` for what is no number."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no coordinate")
    return max(-MAX_COORDINATE, min(MAX_COORDINATE, round(value)))


def _is_short(value: object, limit: int) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= limit


def _whole(value: object, limit: int) -> int | None:
    # Whole numbers come back from the document as floats.
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value) if abs(value) <= limit else None


def _numbers(value: object, count: int | None) -> tuple[int, ...] | None:
    """`count` coordinates, or any number of pairs that a stroke may have."""
    if not isinstance(value, list):
        return None
    if len(value) != count if count is not None else len(value) % 2 or not 2 <= len(value) <= 2 * MAX_STROKE_POINTS:
        return None
    numbers: list[int] = []
    for item in value:
        number = _whole(item, 2 * MAX_COORDINATE)
        if number is None:
            return None
        numbers.append(number)
    return tuple(numbers)
