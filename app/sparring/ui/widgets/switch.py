"""A switch: a check box that looks like what it does."""

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from sparring.ui.theme import Theme, current_theme

_TRACK = (36, 20)
_RING = 4
"""Room for the focus ring around the track."""


class Switch(QCheckBox):
    """On or off. Its words stand beside it, in a label of the caller's."""

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self._theme = current_theme()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_TRACK[0] + 2 * _RING, _TRACK[1] + 2 * _RING)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        track = QRectF(_RING, _RING, *_TRACK)
        painter.setPen(QPen(QColor(theme.me if on else theme.dim), 1.5))
        painter.setBrush(QColor(theme.me) if on else QtCore.Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track.adjusted(0.75, 0.75, -0.75, -0.75), _TRACK[1] / 2, _TRACK[1] / 2)
        # Colour does not carry it alone: the knob stands left or right.
        knob = QRectF(0, 0, _TRACK[1] - 8, _TRACK[1] - 8)
        knob.moveCenter(track.center())
        knob.moveLeft(track.right() - knob.width() - 4 if on else track.left() + 4)
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.dim))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.text if on else theme.me), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
