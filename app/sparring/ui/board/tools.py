"""The tools that draw and erase."""

import math

from sparring.live.board import Element, Kind, SharedBoard
from sparring.live.board.geometry import SNAP, Point, hits, snap
from sparring.ui.board.painting import SMALLEST_SHAPE
from sparring.ui.board.select_tool import SelectTool
from sparring.ui.board.tool import GHOST, HIT_REACH, Ground, Preview, Tool

PEN_STEP = 1.5
"""Between two points of a stroke, in pixels."""
MAX_PEN_POINTS = 4_000
"""After so many a stroke takes no more."""


class PenTool(Tool):
    """Draws as the hand goes."""

    id = "pen"
    hint = "Draw with the pointer held down"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._points: list[Point] = []

    def press(self, point: Point, extend: bool) -> None:
        super().press(point, extend)
        self._points = [point]

    def move(self, point: Point) -> None:
        far = not self._points or math.dist(point, self._points[-1]) * self.ground.zoom >= PEN_STEP
        if self.is_busy and far and len(self._points) < MAX_PEN_POINTS:
            self._points.append(point)
        super().move(point)

    def release(self, point: Point, board: SharedBoard) -> None:
        points, self._points = self._points, []
        self.start = None
        if points:
            board.add_stroke(points)

    def cancel(self) -> None:
        super().cancel()
        self._points = []

    def preview(self, board: SharedBoard) -> Preview:
        flat = tuple(round(number) for point in self._points for number in point)
        return Preview((Element(GHOST, "stroke", board.me, 0, 0, 0, 0, 0, points=flat),) if flat else ())


class ShapeTool(Tool):
    """Drag for a shape of that size, click for one of the usual size; its label comes next."""

    kind: Kind = "box"

    def _place(self) -> tuple[int, int, int, int]:
        assert self.start is not None
        if not self.has_moved:
            width, height = SMALLEST_SHAPE
            return snap(self.start[0] - width / 2), snap(self.start[1] - height / 2), width, height
        (x1, x2), (y1, y2) = sorted((self.start[0], self.here[0])), sorted((self.start[1], self.here[1]))
        x, y = snap(x1), snap(y1)
        return x, y, max(2 * SNAP, snap(x2) - x), max(2 * SNAP, snap(y2) - y)

    def release(self, point: Point, board: SharedBoard) -> None:
        self.here = point
        below = None if self.has_moved else self.shape_at(point)
        place = self._place()
        self.cancel()
        if below is not None:
            self.ground.select({below.id})
            return
        made = board.add(self.kind, *place)
        self.ground.select({made})
        self.ground.begin_label(made)

    def preview(self, board: SharedBoard) -> Preview:
        return Preview((Element(GHOST, self.kind, board.me, 0, *self._place()),) if self.has_moved else ())


class BoxTool(ShapeTool):
    id = "box"
    hint = "Drag a box, click for a small one, or press Enter to drop one"
    kind: Kind = "box"


class EllipseTool(ShapeTool):
    id = "ellipse"
    hint = "Drag an ellipse, click for a small one, or press Enter to drop one"
    kind: Kind = "ellipse"


class ArrowTool(Tool):
    """From where it is pressed to where it is let go; it holds on to shapes at both ends."""

    id = "arrow"
    hint = "Drag from one shape to another; with the keyboard, select a shape and press Ctrl+L"

    def release(self, point: Point, board: SharedBoard) -> None:
        self.here = point
        arrow = self._arrow(board) if self.has_moved else None
        self.cancel()
        if arrow is None:
            return
        place = (arrow.x, arrow.y, arrow.width, arrow.height)
        self.ground.select({board.add("arrow", *place, from_id=arrow.from_id, to_id=arrow.to_id)})

    def preview(self, board: SharedBoard) -> Preview:
        here = self.shape_at(self.here)
        targets = {here.id} if here else set()
        if self.start is None or not self.has_moved:
            return Preview(targets=frozenset(targets))
        arrow = self._arrow(board)
        source = self.shape_at(self.start)
        return Preview((arrow,) if arrow else (), targets=frozenset(targets | ({source.id} if source else set())))

    def _arrow(self, board: SharedBoard) -> Element | None:
        assert self.start is not None
        source, target = self.shape_at(self.start), self.shape_at(self.here)
        if source is not None and target is not None and source.id == target.id:
            return None
        start = source.centre if source else self.start
        end = target.centre if target else self.here
        x, y = round(start[0]), round(start[1])
        ends = (source.id if source else "", target.id if target else "")
        size = (round(end[0]) - x, round(end[1]) - y)
        return Element(GHOST, "arrow", board.me, 0, x, y, *size, from_id=ends[0], to_id=ends[1])


class TextTool(Tool):
    """Click, and type."""

    id = "text"
    hint = "Click where the words go, or press Enter"

    def release(self, point: Point, board: SharedBoard) -> None:
        self.cancel()
        below = self.shape_at(point)
        if below is not None:
            self.ground.select({below.id})
            self.ground.begin_label(below.id)
        else:
            self.ground.begin_text((point[0], point[1] - SNAP * 2))


class EraserTool(Tool):
    """What it touches fades, and goes with its arrows on release."""

    id = "eraser"
    hint = "Drag over what should go"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._touched: set[str] = set()

    def press(self, point: Point, extend: bool) -> None:
        super().press(point, extend)
        self._touch(point)

    def move(self, point: Point) -> None:
        before = self.here
        super().move(point)
        if self.is_busy:
            pieces = max(1, math.ceil(math.dist(before, point) * self.ground.zoom / HIT_REACH))
            for piece in range(1, pieces + 1):
                part = piece / pieces
                self._touch((before[0] + (point[0] - before[0]) * part, before[1] + (point[1] - before[1]) * part))

    def _touch(self, point: Point) -> None:
        by_id, reach = self.ground.by_id(), HIT_REACH / self.ground.zoom
        self._touched |= {one.id for one in self.ground.shown() if hits(one, by_id, point, reach)}

    def release(self, point: Point, board: SharedBoard) -> None:
        touched = self._touched
        self.cancel()
        board.remove(board.with_arrows(touched))

    def cancel(self) -> None:
        super().cancel()
        self._touched = set()

    def preview(self, board: SharedBoard) -> Preview:
        return Preview(faded=board.with_arrows(self._touched))


TOOLS: tuple[type[Tool], ...] = (SelectTool, PenTool, BoxTool, EllipseTool, ArrowTool, TextTool, EraserTool)
