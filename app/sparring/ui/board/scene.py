"""One look at the board: the elements with the tool's preview in their place, the selection and the grid."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sparring.live.board import Element, SharedBoard
from sparring.live.board.geometry import bounds
from sparring.ui.board import painting
from sparring.ui.board.tool import GHOST, Preview
from sparring.ui.theme import Theme


@dataclass(frozen=True)
class Scene:
    """What there is to paint, in board units."""

    board: SharedBoard
    theme: Theme
    visible: QRectF
    zoom: float
    preview: Preview
    selection: frozenset[str]
    typed_id: str
    """The element whose label is being typed, and therefore not painted; or an empty string."""
    can_draw: bool

    def paint(self, painter: QPainter) -> None:
        instead = {element.id: element for element in self.preview.elements}
        elements = [instead.pop(element.id, element) for element in self.board.elements]
        elements += [replace(element, author=self.board.me) for element in instead.values()]
        by_id = {element.id: element for element in elements}
        painting.paint_grid(painter, self.theme, self.visible, self.zoom)
        look = painting.Look(self.theme, self.board.me)
        for element in elements:
            if self._is_in_sight(element, by_id):
                painter.setOpacity(painting.FADED if element.id in self.preview.faded else 1)
                painting.paint_element(painter, element, by_id, look, with_text=element.id != self.typed_id)
        painter.setOpacity(1)
        selected = [element for element in elements if element.id in self.selection]
        with_handle = len(selected) == 1 and self.can_draw
        painting.paint_selection(painter, selected, by_id, self.theme, self.zoom, with_handle=with_handle)
        for target in self.preview.targets & by_id.keys():
            painting.paint_target(painter, by_id[target], by_id, self.theme, self.zoom)
        if self.preview.band is not None:
            self._paint_band(painter, painting.as_rect(self.preview.band))

    def _is_in_sight(self, element: Element, by_id: dict[str, Element]) -> bool:
        if element.id == GHOST:
            return True
        around = painting.as_rect(bounds(element, by_id).grown(painting.DOT_STEP))
        if element.text:
            around = around.united(painting.label_rect(element, element.text, by_id))
        return around.intersects(self.visible)

    def _paint_band(self, painter: QPainter, band: QRectF) -> None:
        fill = QColor(self.theme.me)
        fill.setAlpha(24)
        painter.setPen(QPen(QColor(self.theme.me), 1 / self.zoom, Qt.PenStyle.SolidLine))
        painter.setBrush(fill)
        painter.drawRect(band)
