"""Line icons in the colours of the theme, drawn for the density of the screen they are on."""

import functools
import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sparring.assets import resources_dir
from sparring.ui.theme.tokens import Theme

LOGO_TONES = ("#1f9a8b", "#c98322")
"""The colours of the two rings in the logo's file, which can be seen on dark and on light."""


@functools.cache
def _drawing(name: str) -> str:
    return _file(name).read_text()


def _file(name: str) -> Path:
    return resources_dir() / "icons" / f"{name}.svg"


def icon_pixmap(name: str, colour: str, size: int, density: float) -> QPixmap:
    """An icon of `resources/icons`; `size` in logical pixels."""
    pixels = math.ceil(size * density)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    _renderer(_drawing(name).replace("currentColor", colour)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def line_icon(name: str, size: int, colour: str, density: float, *, checked: str = "", disabled: str = "") -> QIcon:
    """An icon for a button, with its colour while checked and while disabled, where those are others."""
    icon = QIcon(icon_pixmap(name, colour, size, density))
    if checked:
        icon.addPixmap(icon_pixmap(name, checked, size, density), QIcon.Mode.Normal, QIcon.State.On)
    if disabled:
        unusable = icon_pixmap(name, disabled, size, density)
        for state in (QIcon.State.Off, QIcon.State.On):
            icon.addPixmap(unusable, QIcon.Mode.Disabled, state)
    return icon


def logo_icon() -> QIcon:
    """Two interlocked rings, for the window and the tray, drawn in the sizes that are asked for."""
    return QIcon(str(_file("logo")))


def paint_logo(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """The logo in the colours of the partners."""
    drawing = _drawing("logo")
    for tone, colour in zip(LOGO_TONES, (theme.me, theme.partner), strict=True):
        drawing = drawing.replace(tone, colour)
    _renderer(drawing).render(painter, place)


def _renderer(drawing: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.encode()))
