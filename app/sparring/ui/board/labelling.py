"""Typing labels in place: opens the little editor, keeps it over its shape, and stores what was typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from sparring.live.board import BoardFull, Element, SharedBoard
from sparring.live.board.geometry import Point, snap
from sparring.ui.board.label import LabelEditor
from sparring.ui.board.painting import LABEL_PADDING, label_rect, text_size

if TYPE_CHECKING:
    from sparring.ui.board.canvas import BoardCanvas


class Labelling:
    """At most one label or text is typed at a time."""

    def __init__(self, canvas: "BoardCanvas") -> None:
        self._canvas = canvas
        self._editor: LabelEditor | None = None
        self._element_id = ""
        self._text_at: Point = (0, 0)

    @property
    def is_open(self) -> bool:
        return self._editor is not None

    @property
    def editor(self) -> LabelEditor | None:
        return self._editor

    def is_of(self, element_id: str) -> bool:
        """Whether this element's label is being typed, so that it is not painted as well."""
        return self._editor is not None and self._element_id == element_id

    def hint(self) -> str:
        if self._editor is None:
            return ""
        return "Enter keeps it, Shift+Enter begins a line, Ctrl+Enter keeps it and grows a child"

    def begin(self, element_id: str) -> None:
        """Type the label of a shape or an arrow, or the words of a text."""
        board = self._canvas.board
        element = board.find(element_id) if board is not None else None
        if element is not None and self._canvas.can_draw and element.kind != "stroke":
            self._open(element.id, element.text, centred=element.kind != "text")

    def begin_text(self, point: Point) -> None:
        """Type words for this place; they become an element when there are any."""
        if self._canvas.can_draw:
            self._text_at = point
            self._open("", "", centred=False)

    def _open(self, element_id: str, text: str, *, centred: bool) -> None:
        self.stop()
        self._element_id = element_id
        editor = self._editor = LabelEditor(self._canvas, text, centred=centred)
        editor.finished.connect(self._finished)
        self.follow()
        editor.show()
        editor.setFocus()
        self._canvas.refresh()

    def stop(self) -> None:
        """Keep what was typed and close."""
        if self._editor is not None:
            self._editor.finish("left")

    def follow(self) -> None:
        """Stand where the element is now; forget about one that the partner took away."""
        board, editor = self._canvas.board, self._editor
        if editor is None or board is None:
            return
        if not self._element_id:
            anchor = self._text_at
        else:
            element = board.find(self._element_id)
            if element is None:
                editor.finish("forgotten")
                return
            rect = label_rect(element, element.text, self._canvas.by_id())
            corner = rect.topLeft() if element.kind == "text" else rect.center()
            anchor = corner.x(), corner.y()
        editor.place(QPointF(self._canvas.camera.to_canvas(anchor)), self._canvas.zoom, self._canvas.theme)

    def _finished(self, text: str, how: str) -> None:
        editor, board = self._editor, self._canvas.board
        assert editor is not None
        had_focus = editor.hasFocus()
        self._editor = None
        editor.hide()
        editor.deleteLater()
        element_id = self._element_id
        if board is not None and self._canvas.can_draw and how != "forgotten":
            try:
                element_id = self._store(board, text.rstrip())
            except BoardFull:
                self._canvas.say("The board is full. Erase something to go on.")
        if had_focus and how != "left":
            self._canvas.setFocus()
        if element_id and how in ("child", "sibling"):
            self._canvas.select({element_id})
            self._canvas.keyboard.press(f"grow-{how}", False)
        self._canvas.refresh()

    def _store(self, board: SharedBoard, text: str) -> str:
        """Write what was typed, and return what it belongs to now."""
        size = text_size(text)
        width, height = round(size.width()), round(size.height())
        if not self._element_id:
            if not text.strip():
                return ""
            made = board.add("text", *self._text_at, width, height, text=text)
            self._canvas.select({made})
            return made
        element = board.find(self._element_id)
        if element is None or element.text == text:
            return self._element_id
        if element.kind == "text" and not text.strip():
            board.remove(board.with_arrows([element.id]))
            return ""
        with board.gesture():
            board.change(element.id, text=text)
            if element.kind == "text":
                board.change(element.id, width=width, height=height)
            elif element.kind != "arrow":
                self._make_room(board, element, width, height)
        return element.id

    def _make_room(self, board: SharedBoard, shape: Element, width: int, height: int) -> None:
        """Let a shape grow around its middle until its label fits; an ellipse needs more of it."""
        factor = 1.3 if shape.kind == "ellipse" else 1
        # In steps of two grid lines, so that the middle stays on the grid.
        wide = max(shape.width, shape.width + 2 * snap((width * factor + 2 * LABEL_PADDING - shape.width + 4) / 2))
        high = max(shape.height, shape.height + 2 * snap((height * factor + LABEL_PADDING - shape.height + 4) / 2))
        if (wide, high) != (shape.width, shape.height):
            x, y = shape.x - (wide - shape.width) / 2, shape.y - (high - shape.height) / 2
            board.change(shape.id, x=x, y=y, width=wide, height=high)
