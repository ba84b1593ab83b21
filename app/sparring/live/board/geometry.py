"""Where things are on a board: borders, hits, free places, and strokes with fewer points. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sparring.live.board.elements import MAX_STROKE_POINTS, Element

SNAP = 4
"""Boxes lie on this grid."""
STROKE_TOLERANCE = 0.75
"""How far, in board units, a simplified stroke may stray from the hand."""
ARROW_GAP = 4
"""Between an arrow's end and the border of what it holds on to."""
LEVEL_GAP = 44
"""Between a box and its children below."""
SIBLING_GAP = 16
WIDEST_SPREAD = 128
"""How far to either side of a root its first two children are; half of it one level down, and so on."""

Point = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle with edges that lie on the grid or not."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Rect":
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Rect") -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Rect") -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def snap(value: float) -> int:
    """The nearest line of the grid."""
    return round(value / SNAP) * SNAP


def bounds(element: Element, by_id: Mapping[str, Element]) -> Rect:
    """The rectangle around it, without the width of its line."""
    if element.kind == "arrow":
        (x1, y1), (x2, y2) = arrow_ends(element, by_id)
        return Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return Rect(element.x, element.y, element.x + element.width, element.y + element.height)


def bounds_of_all(elements: Iterable[Element], by_id: Mapping[str, Element]) -> Rect | None:
    """The rectangle around all of them; None around nothing."""
    rects = [bounds(element, by_id) for element in elements]
    if not rects:
        return None
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def arrow_ends(arrow: Element, by_id: Mapping[str, Element]) -> tuple[Point, Point]:
    """From where to where an arrow is drawn: between borders where it holds on to something, else as it was put."""
    source, target = by_id.get(arrow.from_id), by_id.get(arrow.to_id)
    source = source if source is not None and source.is_shape else None
    target = target if target is not None and target.is_shape else None
    start: Point = source.centre if source else (arrow.x, arrow.y)
    end: Point = target.centre if target else (arrow.x + arrow.width, arrow.y + arrow.height)
    length = math.dist(start, end)
    if not length:
        return start, end
    leave = _reach_of_border(source, start, end) if source else 0.0
    arrive = _reach_of_border(target, end, start) if target else 0.0
    if leave + arrive >= length:
        return start, end
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    return (start[0] + dx * leave, start[1] + dy * leave), (end[0] - dx * arrive, end[1] - dy * arrive)


def _reach_of_border(shape: Element, centre: Point, towards: Point) -> float:
    """How far from its centre the border and the gap are, in one direction."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    length = math.hypot(dx, dy)
    half_width, half_height = max(shape.width / 2, 0.5), max(shape.height / 2, 0.5)
    if shape.kind == "ellipse":
        reach = 1 / math.hypot(dx / length / half_width, dy / length / half_height)
    else:
        reach = min(
            half_width * length / abs(dx) if dx else math.inf,
            half_height * length / abs(dy) if dy else math.inf,
        )
    return reach + ARROW_GAP


def hits(element: Element, by_id: Mapping[str, Element], point: Point, reach: float) -> bool:
    """Whether a pointer at `point` is on the element; lines are met within `reach`."""
    if element.kind == "arrow":
        start, end = arrow_ends(element, by_id)
        return _distance(point, start, end) <= reach
    if not _is_inside(bounds(element, by_id).grown(reach), point):
        return False
    if element.kind == "ellipse":
        cx, cy = element.centre
        across = (point[0] - cx) / (element.width / 2 + reach)
        return across**2 + ((point[1] - cy) / (element.height / 2 + reach)) ** 2 <= 1
    if element.kind == "stroke":
        line = stroke_line(element)
        return any(_distance(point, one, other) <= reach for one, other in zip(line, line[1:] or line, strict=False))
    return True


def stroke_line(stroke: Element) -> list[Point]:
    """The points of a stroke on the board."""
    flat = stroke.points
    return [(stroke.x + flat[index], stroke.y + flat[index + 1]) for index in range(0, len(flat), 2)]


def _is_inside(rect: Rect, point: Point) -> bool:
    return rect.left <= point[0] <= rect.right and rect.top <= point[1] <= rect.bottom


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a piece of line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    if not square:
        return math.dist(point, start)
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / square
    along = max(0.0, min(1.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def simplified(points: Sequence[Point], tolerance: float = STROKE_TOLERANCE) -> list[Point]:
    """The stroke with the points that matter (Ramer 1972; Douglas and Peucker 1973), few enough to be stored."""
    kept = _douglas_peucker(points, tolerance)
    while len(kept) > MAX_STROKE_POINTS:
        tolerance *= 2
        kept = _douglas_peucker(kept, tolerance)
        if tolerance > 1e6:
            return kept[:MAX_STROKE_POINTS]
    return kept


def _douglas_peucker(points: Sequence[Point], tolerance: float) -> list[Point]:
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, distance = max(
            ((index, _distance(points[index], points[first], points[last])) for index in range(first + 1, last)),
            key=lambda found: found[1],
            default=(first, 0.0),
        )
        if distance > tolerance:
            keep.add(far)
            spans += ((first, far), (far, last))
    return [points[index] for index in sorted(keep)]


def free_place(elements: Iterable[Element], width: int, height: int, centre: Point) -> tuple[int, int]:
    """The corner of a box with this size that covers nothing, as near to `centre` as there is one."""
    taken = [bounds(element, {}) for element in elements if element.kind != "arrow"]
    step_x, step_y = snap(width + SIBLING_GAP), snap(height + SIBLING_GAP)
    x, y = snap(centre[0] - width / 2), snap(centre[1] - height / 2)
    for ring in range(16):
        places = (
            (x + column * step_x, y + line * step_y)
            for line in range(-ring, ring + 1)
            for column in range(-ring, ring + 1)
            if max(abs(line), abs(column)) == ring
        )
        # Right of what is there, then below it, reads as one would write.
        for place in sorted(places, key=lambda at: (math.dist(at, (x, y)), at[1] < y, at[0] < x, at[1] != y)):
            if _is_free(taken, place, width, height):
                return place
    return x, y


def child_place(parent: Element, elements: Sequence[Element], width: int, height: int) -> tuple[int, int]:
    """The corner of a parent's next child: left below, right below, straight below, then further out."""
    depth = _depth(parent, elements)
    spread = max(snap((width + SIBLING_GAP) / 2), snap(WIDEST_SPREAD / 2**depth))
    taken = [bounds(element, {}) for element in elements if element.kind != "arrow"]
    x = snap(parent.centre[0] - width / 2)
    y = snap(parent.y + parent.height + LEVEL_GAP)
    for step in (-1, 1, 0, *(sign * far for far in range(2, 24) for sign in (-1, 1))):
        place = (x + step * spread, y)
        if _is_free(taken, place, width, height):
            return place
    return free_place(elements, width, height, (x + width / 2, y + height / 2))


def _is_free(taken: Iterable[Rect], place: tuple[int, int], width: int, height: int) -> bool:
    rect = Rect(place[0], place[1], place[0] + width, place[1] + height).grown(SNAP - 1)
    return not any(rect.meets(other) for other in taken)


def parent_of(child_id: str, elements: Iterable[Element]) -> str:
    """Where the first arrow to it comes from, or an empty string."""
    return next((item.from_id for item in elements if item.kind == "arrow" and item.to_id == child_id), "")


def _depth(element: Element, elements: Sequence[Element]) -> int:
    """How many boxes are above it; a ring ends where it closes."""
    parents = {item.to_id: item.from_id for item in reversed(elements) if item.kind == "arrow" and item.from_id}
    seen = {element.id}
    here = parents.get(element.id, "")
    while here and here not in seen:
        seen.add(here)
        here = parents.get(here, "")
    return len(seen) - 1
