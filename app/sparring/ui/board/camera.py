"""Which part of the board one sees."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from sparring.live.board.geometry import Point

SMALLEST, LARGEST = 0.25, 4.0
FIT_MARGIN = 32
ZOOM_STEP = 1.1


class Camera:
    """A zoom and where the board's origin is on the canvas, in pixels."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.origin = QPointF(0, 0)

    def to_board(self, pixel: QPointF) -> Point:
        """A point of the canvas in board units."""
        at = (pixel - self.origin) / self.zoom
        return at.x(), at.y()

    def to_canvas(self, point: Point) -> QPointF:
        """A point of the board in pixels."""
        return QPointF(*point) * self.zoom + self.origin

    def visible(self, size: QSizeF) -> QRectF:
        """What a canvas of this size shows, in board units."""
        return QRectF(-self.origin / self.zoom, size / self.zoom)

    def pan(self, by: QPointF) -> None:
        self.origin = self.origin + by

    def zoom_at(self, pixel: QPointF, zoom: float) -> None:
        """Zoom so that what is at this pixel stays there."""
        kept = (pixel - self.origin) / self.zoom
        self.zoom = max(SMALLEST, min(LARGEST, zoom))
        self.origin = pixel - kept * self.zoom

    def centre_on(self, rect: QRectF, size: QSizeF) -> None:
        middle = QPointF(size.width() / 2, size.height() / 2)
        self.origin = middle - rect.center() * self.zoom

    def fit(self, rect: QRectF, size: QSizeF) -> None:
        """Show all of it, at most at 100 %."""
        across = (size.width() - 2 * FIT_MARGIN) / max(1.0, rect.width())
        down = (size.height() - 2 * FIT_MARGIN) / max(1.0, rect.height())
        self.zoom = max(SMALLEST, min(1.0, across, down))
        self.centre_on(rect, size)

    def reveal(self, rect: QRectF, size: QSizeF) -> None:
        """Pan as little as brings it into sight."""
        left = self.to_canvas((rect.left() - FIT_MARGIN, rect.top() - FIT_MARGIN))
        right = self.to_canvas((rect.right() + FIT_MARGIN, rect.bottom() + FIT_MARGIN))
        dx = min(0.0, size.width() - right.x()) if right.x() > size.width() else max(0.0, -left.x())
        dy = min(0.0, size.height() - right.y()) if right.y() > size.height() else max(0.0, -left.y())
        self.pan(QPointF(dx, dy))
