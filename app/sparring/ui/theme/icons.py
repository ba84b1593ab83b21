"""Line icons in the colours of the theme, drawn afresh for each pixel density."""

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sparring.assets import resources_dir

DENSITIES = (1, 2, 3)
LOGO_SIZES = (16, 22, 32, 64, 128)


@functools.cache
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text()


def icon_pixmap(name: str, colour: str, size: int, density: int = 1) -> QPixmap:
    """An icon of `resources/icons`; `size` in logical pixels."""
    drawing = _drawing(name).replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size) * density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * density, size * density))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def line_icon(name: str, size: int, colour: str, *, checked: str = "", disabled: str = "") -> QIcon:
    """An icon for a button, with its colour while checked and while disabled."""
    icon = QIcon()
    for density in DENSITIES:
        unusable = icon_pixmap(name, disabled or colour, size, density)
        for state in (QIcon.State.Off, QIcon.State.On):
            lit = (checked or colour) if state is QIcon.State.On else colour
            icon.addPixmap(icon_pixmap(name, lit, size, density), QIcon.Mode.Normal, state)
            icon.addPixmap(unusable, QIcon.Mode.Disabled, state)
    return icon


def logo_icon() -> QIcon:
    """Two interlocked rings, for the window and the tray; in tones that can be seen on dark and on light."""
    icon = QIcon()
    for size in LOGO_SIZES:
        icon.addPixmap(icon_pixmap("logo", "", size))
    return icon
