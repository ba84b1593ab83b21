"""Typing labels in place: opens the little editor, keeps it over its shape, and stores what was typed."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from sparring.live.board import BoardFull, Element, SharedBoard
from sparring.live.board.geometry import SNAP, Point
from sparring.ui.board.label import LabelEditor
from sparring.ui.board.painting import LABEL_PADDING, label_rect, text_size
from sparring.ui.board.tool import Preview

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

    @property
    def element_id(self) -> str:
        """The element whose label is being typed, so that it is not painted as well; or an empty string."""
        return self._element_id if self._editor is not None else ""

    def preview(self) -> Preview | None:
        """The shape with room for what has been typed so far."""
        board = self._canvas.board
        element = board.find(self.element_id) if board is not None else None
        if self._editor is None or element is None or element.kind not in ("box", "ellipse"):
            return None
        return Preview((with_room(element, self._editor.text),))

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
        editor.textChanged.connect(self._canvas.update)
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
        element_id = self._element_id
        self._editor = None
        editor.hide()
        editor.deleteLater()
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
                grown = with_room(element, text)
                board.change(element.id, x=grown.x, y=grown.y, width=grown.width, height=grown.height)
        return element.id


def with_room(shape: Element, text: str) -> Element:
    """The shape grown around its middle until a label fits; an ellipse needs more of it."""
    size = text_size(text)
    factor = 1.3 if shape.kind == "ellipse" else 1
    # By two grid lines at a time, so that what lies on the grid stays on it.
    more_wide = max(0, math.ceil((size.width() * factor + 2 * LABEL_PADDING - shape.width) / (2 * SNAP)))
    more_high = max(0, math.ceil((size.height() * factor + LABEL_PADDING - shape.height) / (2 * SNAP)))
    return replace(
        shape,
        x=shape.x - more_wide * SNAP,
        y=shape.y - more_high * SNAP,
        width=shape.width + 2 * more_wide * SNAP,
        height=shape.height + 2 * more_high * SNAP,
    )
