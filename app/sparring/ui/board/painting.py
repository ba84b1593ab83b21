"""How elements look: lines in the colour of who drew them, on the surface of the theme."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from sparring.live.board import Element
from sparring.live.board.geometry import Rect, arrow_ends, bounds, stroke_line
from sparring.live.board.svg import CORNER, FONT_SIZE, LINE_HEIGHT, LINE_WIDTH, arrow_head
from sparring.ui.theme import Theme, interface_font

DOT_STEP = 32
HANDLE = 8
"""The square at the corner of what is selected, in pixels."""
RING_GAP = 4
FADED = 0.25
LABEL_PADDING = 12
SMALLEST_SHAPE = (48, 40)


@dataclass(frozen=True)
class Look:
    """Colours of one paint."""

    theme: Theme
    me: str

    def line(self, element: Element) -> QColor:
        """Mine in my colour, all else in the partner's."""
        return QColor(self.theme.me if element.author == self.me else self.theme.partner)

    def surface(self, element: Element) -> QColor:
        """The panel with a breath of the line's colour."""
        return mixed(QColor(self.theme.panel), self.line(element), 0.09)


def mixed(base: QColor, other: QColor, share: float) -> QColor:
    """`share` of the other colour in the base."""
    pairs = ((base.redF(), other.redF()), (base.greenF(), other.greenF()), (base.blueF(), other.blueF()))
    return QColor.fromRgbF(*(one + (two - one) * share for one, two in pairs))


def label_font() -> QFont:
    """The interface's face at the size of labels, in board units."""
    font = interface_font()
    font.setPixelSize(FONT_SIZE)
    return font


def text_size(text: str) -> QSizeF:
    """What a label takes, in board units."""
    metrics = QFontMetricsF(label_font())
    lines = text.split("\n")
    return QSizeF(math.ceil(max(metrics.horizontalAdvance(line) for line in lines)) + 1, LINE_HEIGHT * len(lines))


def as_rect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)


def label_rect(element: Element, text: str, by_id: Mapping[str, Element]) -> QRectF:
    """Where a label of this element is, in board units."""
    size = text_size(text)
    if element.kind == "text":
        return QRectF(QPointF(element.x, element.y), size)
    if element.kind == "arrow":
        (x1, y1), (x2, y2) = arrow_ends(element, by_id)
        centre = QPointF((x1 + x2) / 2, (y1 + y2) / 2)
    else:
        centre = QPointF(*element.centre)
    return QRectF(centre - QPointF(size.width() / 2, size.height() / 2), size)


def paint_grid(painter: QPainter, theme: Theme, visible: QRectF, zoom: float) -> None:
    """A dot at every eighth line of the grid, fewer when far away."""
    step = DOT_STEP if zoom >= 0.5 else DOT_STEP * 4
    pen = QPen(QColor(theme.hairline), 2 / zoom)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    dots = [
        QPointF(column * step, line * step)
        for column in range(math.floor(visible.left() / step), math.ceil(visible.right() / step) + 1)
        for line in range(math.floor(visible.top() / step), math.ceil(visible.bottom() / step) + 1)
    ]
    painter.drawPoints(dots)


def paint_element(
    painter: QPainter, element: Element, by_id: Mapping[str, Element], look: Look, *, with_text: bool = True
) -> None:
    """One element in board units."""
    colour = look.line(element)
    pen = QPen(colour, LINE_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match element.kind:
        case "box":
            painter.setBrush(look.surface(element))
            painter.drawRoundedRect(as_rect(bounds(element, by_id)), CORNER, CORNER)
        case "ellipse":
            painter.setBrush(look.surface(element))
            painter.drawEllipse(as_rect(bounds(element, by_id)))
        case "stroke":
            painter.drawPath(_smooth([QPointF(x, y) for x, y in stroke_line(element)]))
        case "arrow":
            _paint_arrow(painter, element, by_id)
        case "text":
            pass
    if element.text and with_text:
        _paint_label(painter, element, by_id, look)


def _paint_arrow(painter: QPainter, arrow: Element, by_id: Mapping[str, Element]) -> None:
    start, end = arrow_ends(arrow, by_id)
    painter.drawLine(QLineF(QPointF(*start), QPointF(*end)))
    if math.dist(start, end) > 1:
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in arrow_head(start, end)]))


def _paint_label(painter: QPainter, element: Element, by_id: Mapping[str, Element], look: Look) -> None:
    painter.setFont(label_font())
    place = label_rect(element, element.text, by_id)
    if element.kind == "arrow":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme.background))
        painter.drawRoundedRect(place.adjusted(-4, 1, 4, -1), 4, 4)
    painter.setPen(look.line(element) if element.kind == "text" else QColor(look.theme.text))
    side = Qt.AlignmentFlag.AlignLeft if element.kind == "text" else Qt.AlignmentFlag.AlignHCenter
    for number, line in enumerate(element.text.split("\n")):
        where = QRectF(place.left(), place.top() + LINE_HEIGHT * number, place.width(), LINE_HEIGHT)
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)


def _smooth(points: list[QPointF]) -> QPainterPath:
    """A curve through the middles of the pieces, so that fewer points still look like a hand's."""
    path = QPainterPath(points[0])
    if len(points) < 3:
        path.lineTo(points[-1] if len(points) > 1 else points[0] + QPointF(0.01, 0))
        return path
    for one, other in pairwise(points[1:]):
        path.quadTo(one, (one + other) / 2)
    path.lineTo(points[-1])
    return path


def paint_selection(
    painter: QPainter,
    selected: Iterable[Element],
    by_id: Mapping[str, Element],
    theme: Theme,
    zoom: float,
    *,
    with_handle: bool,
) -> None:
    """A ring around each selected element, and the handle that resizes a lone shape."""
    pen = QPen(QColor(theme.text), 1 / zoom, Qt.PenStyle.DashLine)
    for element in selected:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if element.kind == "arrow":
            painter.setBrush(QColor(theme.background))
            painter.setPen(QPen(QColor(theme.text), 1.5 / zoom))
            for end in arrow_ends(element, by_id):
                painter.drawEllipse(QPointF(*end), HANDLE / 2 / zoom, HANDLE / 2 / zoom)
            continue
        ring = as_rect(bounds(element, by_id).grown(RING_GAP))
        painter.drawRoundedRect(ring, CORNER, CORNER)
        if with_handle and element.kind in ("box", "ellipse"):
            painter.setPen(QPen(QColor(theme.text), 1 / zoom))
            painter.setBrush(QColor(theme.background))
            painter.drawRect(handle_rect(element, by_id, zoom))


def handle_rect(element: Element, by_id: Mapping[str, Element], zoom: float) -> QRectF:
    """Where one can take hold to resize, in board units."""
    corner = as_rect(bounds(element, by_id).grown(RING_GAP)).bottomRight()
    half = HANDLE / 2 / zoom
    return QRectF(corner.x() - half, corner.y() - half, 2 * half, 2 * half)


def paint_target(painter: QPainter, element: Element, by_id: Mapping[str, Element], theme: Theme, zoom: float) -> None:
    """A ring around what an arrow would hold on to."""
    painter.setPen(QPen(QColor(theme.me), 2 / zoom))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rect = as_rect(bounds(element, by_id).grown(RING_GAP))
    if element.kind == "ellipse":
        painter.drawEllipse(rect)
    else:
        painter.drawRoundedRect(rect, CORNER + RING_GAP, CORNER + RING_GAP)
