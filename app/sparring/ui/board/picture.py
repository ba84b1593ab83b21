"""A board as a still picture in the theme of the app, for the journal."""

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from sparring.live.board import Element, SvgColours, board_to_svg
from sparring.ui.theme import GRID, current_theme


class BoardPicture(QWidget):
    """Shows all of it, as large as there is room, but never larger than it was drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Sketch board")
        self.setMinimumSize(GRID * 20, GRID * 20)
        self._elements: tuple[Element, ...] = ()
        self._me = ""
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)

    def show_board(self, elements: tuple[Element, ...], me: str) -> None:
        """Show these elements; mine, by this member id, are in my colour."""
        self._elements, self._me = elements, me
        labels = ", ".join(" ".join(one.text.split()) for one in elements if one.text)
        self.setAccessibleDescription(f"{len(elements)} things drawn{': ' if labels else ''}{labels}")
        self._draw()

    @property
    def is_empty(self) -> bool:
        return not self._elements

    def sizeHint(self) -> QSize:
        return self._renderer.defaultSize()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._elements:
            self._draw()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elements:
            return
        size = self._renderer.defaultSize()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        self._renderer.render(painter, place)
        painter.end()

    def _draw(self) -> None:
        theme = current_theme()
        colours = SvgColours(theme.background, theme.panel, theme.text, theme.partner, {self._me: theme.me})
        self._renderer.load(QByteArray(board_to_svg(self._elements, colours).encode()))
        self.update()
