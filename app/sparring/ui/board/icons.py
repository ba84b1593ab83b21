"""The tool bar's icons, drawn in the colours of the theme."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from sparring.ui.theme import Theme

SIZE = 20
_DENSITY = 3
"""Pixels of the picture a pixel of the icon, so that it is crisp on dense screens."""


def icon(name: str, theme: Theme) -> QIcon:
    """The icon of a tool or a command: dim, and in my colour when it is the chosen one."""
    made = QIcon()
    faint = QColor(theme.dim)
    faint.setAlpha(90)
    states = (
        (theme.dim, QIcon.Mode.Normal, QIcon.State.Off),
        (theme.text, QIcon.Mode.Active, QIcon.State.Off),
        (theme.me, QIcon.Mode.Normal, QIcon.State.On),
        (theme.me, QIcon.Mode.Active, QIcon.State.On),
        (faint, QIcon.Mode.Disabled, QIcon.State.Off),
        (faint, QIcon.Mode.Disabled, QIcon.State.On),
    )
    for colour, mode, state in states:
        made.addPixmap(_picture(name, QColor(colour)), mode, state)
    return made


def _picture(name: str, colour: QColor) -> QPixmap:
    picture = QPixmap(QSize(SIZE, SIZE) * _DENSITY)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_DENSITY, _DENSITY)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, cap, join))
    painter.drawPath(_path(name))
    painter.end()
    picture.setDevicePixelRatio(_DENSITY)
    return picture


def _path(name: str) -> QPainterPath:
    path = QPainterPath()
    match name:
        case "select":
            path.addPolygon(_points(5, 3, 5, 15, 8.4, 12, 10.8, 17, 13, 16, 10.7, 11.2, 15, 10.6, 5, 3))
        case "pen":
            path.moveTo(3, 15)
            path.cubicTo(6, 4, 9, 6, 8.5, 10.5)
            path.cubicTo(8, 15, 12, 15.5, 13, 11)
            path.cubicTo(13.6, 8.5, 15, 8, 17, 9.5)
        case "box":
            path.addRoundedRect(QRectF(3, 5, 14, 10), 2, 2)
        case "ellipse":
            path.addEllipse(QRectF(2.5, 4.5, 15, 11))
        case "arrow":
            path.addPolygon(_points(4, 16, 16, 4))
            path.addPolygon(_points(9.5, 4, 16, 4, 16, 10.5))
        case "text":
            path.addPolygon(_points(4.5, 6.5, 4.5, 4, 15.5, 4, 15.5, 6.5))
            path.addPolygon(_points(10, 4, 10, 16))
            path.addPolygon(_points(8, 16, 12, 16))
        case "eraser":
            path.addPolygon(_points(7.5, 16, 3.5, 12, 11.5, 4, 16.5, 9, 9.5, 16, 7.5, 16))
            path.addPolygon(_points(7.2, 8.3, 12.2, 13.3))
            path.addPolygon(_points(9.5, 16, 16.5, 16))
        case "undo" | "redo":
            path.moveTo(4, 8)
            path.lineTo(12, 8)
            path.arcTo(QRectF(8, 8, 8, 8), 90, -180)
            path.lineTo(8, 16)
            path.addPolygon(_points(7.5, 4.5, 4, 8, 7.5, 11.5))
            if name == "redo":
                path = _mirrored(path)
        case "fit":
            for turn in range(4):
                path.addPolygon(_turned(_points(3, 7.5, 3, 3, 7.5, 3), turn * math.pi / 2))
    return path


def _points(*numbers: float) -> QPolygonF:
    return QPolygonF([QPointF(numbers[index], numbers[index + 1]) for index in range(0, len(numbers), 2)])


def _turned(points: QPolygonF, angle: float) -> QPolygonF:
    half = SIZE / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return QPolygonF(
        [
            QPointF(
                half + (point.x() - half) * cos - (point.y() - half) * sin,
                half + (point.x() - half) * sin + (point.y() - half) * cos,
            )
            for point in points.toList()
        ]
    )


def _mirrored(path: QPainterPath) -> QPainterPath:
    turned = QPainterPath()
    for polygon in path.toSubpathPolygons():
        turned.addPolygon(QPolygonF([QPointF(SIZE - point.x(), point.y()) for point in polygon.toList()]))
    return turned
