"""A board as a still picture in the theme of the app, for the journal."""

from PySide6.QtCore import QByteArray, QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from sparring.live.board import SvgColours, board_from_json, board_to_svg
from sparring.ui.theme import GRID, current_theme


class BoardPicture(QWidget):
    """Shows all of it, as large as there is room, but never larger than it was drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Sketch board")
        self.setMinimumSize(GRID * 20, GRID * 20)
        self._stored = self._me = ""
        self._is_drawn = False
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)

    def show_board(self, stored: str, me: str) -> None:
        """Show a board as the journal has it; mine, by this member id, is in my colour. Drawn once it is seen."""
        self._stored, self._me = stored, me
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._forget()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_drawn:
            self._draw()
        size = self._renderer.defaultSize()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height()))
        painter.end()

    def _forget(self) -> None:
        self._is_drawn = False
        self.update()

    def _draw(self) -> None:
        self._is_drawn = True
        elements, theme = board_from_json(self._stored), current_theme()
        labels = ", ".join(" ".join(one.text.split()) for one in elements if one.text)
        self.setAccessibleDescription(f"{len(elements)} things drawn{': ' if labels else ''}{labels}")
        colours = SvgColours(theme.background, theme.panel, theme.text, theme.partner, {self._me: theme.me})
        self._renderer.load(QByteArray(board_to_svg(elements, colours).encode()))
