"""The tool that selects, moves and resizes."""

from dataclasses import replace

from sparring.live.board import Element, SharedBoard
from sparring.live.board.geometry import SNAP, Point, Rect, bounds, snap
from sparring.ui.board.tool import Ground, Preview, Tool


class SelectTool(Tool):
    """Click to select, drag to move, drag the corner to resize, drag the ground for a band."""

    id = "select"
    hint = "Click or Tab to select, drag to move, double-click for a label"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._mode = ""
        self._kept: frozenset[str] = frozenset()

    def press(self, point: Point, extend: bool) -> None:
        super().press(point, extend)
        ground = self.ground
        if ground.is_on_handle(point):
            self._mode = "resize"
            return
        found = self.top_at(point)
        if found is None:
            self._mode = "band"
            self._kept = ground.selection if extend else frozenset()
            ground.select(self._kept)
        elif extend:
            self._mode = ""
            ground.select(ground.selection ^ {found.id})
        else:
            self._mode = "drag"
            if found.id not in ground.selection:
                ground.select({found.id})

    def move(self, point: Point) -> None:
        super().move(point)
        if self._mode == "band" and self.start is not None:
            band, by_id = self._band(), self.ground.by_id()
            caught = {one.id for one in self.ground.shown() if band.holds(bounds(one, by_id))}
            self.ground.select(self._kept | caught)

    def release(self, point: Point, board: SharedBoard) -> None:
        self.here = point
        if self.has_moved and self._mode == "drag":
            board.move(self.ground.selection, *self._way())
        elif self.has_moved and self._mode == "resize":
            for element in self._resized():
                board.change(element.id, width=element.width, height=element.height)
        self.cancel()

    def cancel(self) -> None:
        super().cancel()
        self._mode = ""

    def preview(self, board: SharedBoard) -> Preview:
        if not self.has_moved:
            return Preview()
        if self._mode == "drag":
            dx, dy = self._way()
            return Preview(tuple(replace(one, x=one.x + dx, y=one.y + dy) for one in self._selected()))
        if self._mode == "resize":
            return Preview(self._resized())
        return Preview(band=self._band()) if self._mode == "band" else Preview()

    def _selected(self) -> list[Element]:
        return [one for one in self.ground.shown() if one.id in self.ground.selection]

    def _way(self) -> tuple[int, int]:
        assert self.start is not None
        dx, dy = self.here[0] - self.start[0], self.here[1] - self.start[1]
        boxes = [one for one in self._selected() if one.is_shape]
        if not boxes:
            return round(dx), round(dy)
        return snap(boxes[0].x + dx) - boxes[0].x, snap(boxes[0].y + dy) - boxes[0].y

    def _resized(self) -> tuple[Element, ...]:
        assert self.start is not None
        dx, dy = self.here[0] - self.start[0], self.here[1] - self.start[1]
        return tuple(
            replace(one, width=max(2 * SNAP, snap(one.width + dx)), height=max(2 * SNAP, snap(one.height + dy)))
            for one in self._selected()
        )

    def _band(self) -> Rect:
        assert self.start is not None
        (x1, y1), (x2, y2) = self.start, self.here
        return Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
