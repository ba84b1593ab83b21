"""The ground one draws on: it shows the shared board and hands the pointer to the tool."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from sparring.live.board import BoardFull, Element, SharedBoard
from sparring.live.board.geometry import Point, bounds, bounds_of_all
from sparring.ui.board import painting
from sparring.ui.board.actions import action_of
from sparring.ui.board.camera import ZOOM_STEP, Camera
from sparring.ui.board.keyboard import Keyboard
from sparring.ui.board.labelling import Labelling
from sparring.ui.board.scene import Scene
from sparring.ui.board.select_tool import SelectTool
from sparring.ui.board.tools import TOOLS
from sparring.ui.theme import INK, Theme

_CURSORS = {"select": Qt.CursorShape.ArrowCursor, "text": Qt.CursorShape.IBeamCursor}
_EMPTY = "Press P and draw. Or press R, then Enter, for a first box; Ctrl+Enter grows a child."
_FULL = "The board is full. Erase something to go on."


class BoardCanvas(QWidget):
    """A view of a `SharedBoard`, and of nothing while there is none."""

    tool_changed = Signal(str)
    zoom_changed = Signal(float)
    hint_changed = Signal(str)
    read_only_changed = Signal(bool)
    board_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("board-canvas")
        self.setAccessibleName("Board")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self._board: SharedBoard | None = None
        self._theme = INK
        self.camera = Camera()
        self._selection: frozenset[str] = frozenset()
        self._tools = {made.id: made(self) for made in TOOLS}
        self._tool = self._tools[SelectTool.id]
        self._is_read_only = False
        self._is_placed = False
        self._space_held = False
        self._panning_from: QPointF | None = None
        self.labelling = Labelling(self)
        self.keyboard = Keyboard(self)

    # What it shows.

    @property
    def board(self) -> SharedBoard | None:
        return self._board

    @property
    def zoom(self) -> float:
        return self.camera.zoom

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def can_draw(self) -> bool:
        """Whether there is a board that may be changed from here."""
        return self._board is not None and not self._is_read_only

    def set_board(self, board: SharedBoard | None) -> None:
        """Show this board from now on."""
        self.labelling.stop()
        self._tool.cancel()
        self.keyboard.stop_linking()
        if self._board is not None:
            self._board.changed.disconnect(self._elements_changed)
        self._board = board
        self._selection = frozenset()
        self._is_placed = False
        if board is not None:
            board.changed.connect(self._elements_changed)
        self._place()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.labelling.follow()
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Look at it, go through it and zoom, but change nothing."""
        self._is_read_only = read_only
        if read_only:
            self.labelling.stop()
            self.keyboard.stop_linking()
            self.set_tool(SelectTool.id)
        self.read_only_changed.emit(read_only)
        self.refresh()

    @property
    def is_read_only(self) -> bool:
        return self._is_read_only

    def shown(self) -> Collection[Element]:
        """The elements from the bottom to the top."""
        return self._board.elements if self._board is not None else ()

    def by_id(self) -> Mapping[str, Element]:
        return {element.id: element for element in self.shown()}

    # Tool and selection.

    @property
    def tool_id(self) -> str:
        return self._tool.id

    def set_tool(self, tool_id: str) -> None:
        """Take another tool; what the last one had begun is forgotten."""
        if tool_id != SelectTool.id and not self.can_draw:
            return
        self._tool.cancel()
        self.keyboard.stop_linking()
        self._tool = self._tools[tool_id]
        self._show_cursor()
        self.tool_changed.emit(tool_id)
        self.refresh()

    @property
    def selection(self) -> frozenset[str]:
        return self._selection

    def select(self, ids: Collection[str]) -> None:
        self._selection = frozenset(ids)
        self.refresh()

    def is_on_handle(self, point: Point) -> bool:
        """Whether this is the corner that resizes what is selected."""
        lone = self._lone_shape()
        if lone is None:
            return False
        return painting.handle_rect(lone, self.by_id(), self.zoom).contains(QPointF(*point))

    def _lone_shape(self) -> Element | None:
        if len(self._selection) != 1 or not self.can_draw or self._board is None:
            return None
        element = self._board.find(next(iter(self._selection)))
        return element if element is not None and element.kind in ("box", "ellipse") else None

    def begin_label(self, element_id: str) -> None:
        self.labelling.begin(element_id)

    def begin_text(self, point: Point) -> None:
        self.labelling.begin_text(point)

    def refresh(self) -> None:
        """Paint again, and say in words what is selected."""
        words = self.keyboard.words_for_selection()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.hint_changed.emit(self._hint())
        self.update()

    def _hint(self) -> str:
        if self._board is None or self._is_read_only:
            return ""
        return self.labelling.hint() or self.keyboard.hint() or self._tool.hint

    def say(self, words: str) -> None:
        """Show a sentence until the next thing happens."""
        self.hint_changed.emit(words)

    def _elements_changed(self, _: frozenset[str]) -> None:
        there = {element.id for element in self.shown()}
        self._selection &= there
        self.labelling.follow()
        self.keyboard.follow(there)
        self.refresh()
        self.board_changed.emit()

    # What is in sight.

    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def zoom_to(self, zoom: float, pixel: QPointF | None = None) -> None:
        """Zoom around a pixel, or around the middle."""
        self.camera.zoom_at(pixel if pixel is not None else QRectF(self.rect()).center(), zoom)
        self._camera_moved()

    def fit(self) -> None:
        """Show everything."""
        around = bounds_of_all(self.shown(), self.by_id())
        self.camera.fit(painting.as_rect(around) if around else QRectF(), self._size())
        self._camera_moved()

    def pan(self, by: QPointF) -> None:
        self.camera.pan(by)
        self._camera_moved()

    def reveal(self, element: Element) -> None:
        """Bring an element into sight."""
        self.camera.reveal(painting.as_rect(bounds(element, self.by_id())), self._size())
        self._camera_moved()

    def middle(self) -> Point:
        """The middle of what is in sight, in board units."""
        return self.camera.to_board(QRectF(self.rect()).center())

    def _camera_moved(self) -> None:
        self.labelling.follow()
        self.zoom_changed.emit(self.zoom)
        self.update()

    def _place(self) -> None:
        if self._board is not None and not self._is_placed and self.isVisible():
            self._is_placed = True
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().isValid() and self._is_placed:
            grown = event.size() - event.oldSize()
            self.pan(QPointF(grown.width() / 2, grown.height() / 2))

    def event(self, event: QEvent) -> bool:
        # The session has keys of its own; on the board the board's come first.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and action_of(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.Show:
            self._place()
        return super().event(event)

    # The pointer.

    def _guarded_release(self, point: Point) -> None:
        assert self._board is not None
        try:
            self._tool.release(point, self._board)
        except BoardFull:
            self._tool.cancel()
            self.say(_FULL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space_held):
            self._panning_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left and self._board is not None and (self.can_draw or self._tool.id == SelectTool.id):
            self.keyboard.stop_linking()
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tool.press(self.camera.to_board(event.position()), extend)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning_from is not None:
            self.pan(event.position() - self._panning_from)
            self._panning_from = event.position()
            return
        if self._is_read_only and self._tool.is_busy:
            return
        self._tool.move(self.camera.to_board(event.position()))
        self._show_cursor()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panning_from is not None:
            self._panning_from = None
            self._show_cursor()
        elif event.button() == Qt.MouseButton.LeftButton and self._tool.is_busy:
            if self.can_draw:
                self._guarded_release(self.camera.to_board(event.position()))
            else:
                self._tool.cancel()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.can_draw:
            return
        found = self._tool.top_at(self.camera.to_board(event.position()))
        if found is not None and found.kind != "stroke" and self._tool.id != "eraser":
            self._tool.cancel()
            self.select({found.id})
            self.begin_label(found.id)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * ZOOM_STEP ** (steps.y() / 120), event.position())
        else:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else steps / 2
            sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and not by.x()
            self.pan(QPointF(by.y(), 0) if sideways else QPointF(by))
        event.accept()

    def _show_cursor(self) -> None:
        if self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool.id == SelectTool.id and self.is_on_handle(self._tool.here):
            self.setCursor(Qt.CursorShape.SizeFDiagCursor)
        else:
            self.setCursor(_CURSORS.get(self._tool.id, Qt.CursorShape.CrossCursor))

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._space_held = True
            self._show_cursor()
        elif event.key() == Qt.Key.Key_Escape and self._tool.is_busy:
            self._tool.cancel()
            self.update()
        else:
            try:
                done = self.keyboard.press(action_of(event), event.isAutoRepeat())
            except BoardFull:
                self.say(_FULL)
                done = True
            if not done:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab goes through the elements, and at the last one out of the board: nobody is locked in.
        return self.keyboard.cycle(1 if next else -1) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._space_held = False
        self._show_cursor()
        self.update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._board is None:
            self._write_in_middle(painter, "There is no board yet.")
        else:
            self._paint_board(painter, self._board)
            if not self._board.elements and not self._tool.is_busy and not self.labelling.is_open and self.can_draw:
                self._write_in_middle(painter, _EMPTY)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.me), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _write_in_middle(self, painter: QPainter, words: str) -> None:
        painter.setPen(QColor(self._theme.dim))
        place = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def _paint_board(self, painter: QPainter, board: SharedBoard) -> None:
        scene = Scene(
            board,
            self._theme,
            self.camera.visible(self._size()),
            self.zoom,
            self.keyboard.link_preview(board) or self.labelling.preview() or self._tool.preview(board),
            self._selection,
            self.labelling.element_id,
            self.can_draw,
        )
        painter.save()
        painter.translate(self.camera.origin)
        painter.scale(self.zoom, self.zoom)
        scene.paint(painter)
        painter.restore()
