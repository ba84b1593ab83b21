"""Drawing without a pointer: go through the elements, drop shapes, move, link and grow them."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from sparring.live.board import Element, Kind, SharedBoard
from sparring.live.board.geometry import SNAP, child_place, free_place, parent_of
from sparring.ui.board.camera import ZOOM_STEP
from sparring.ui.board.painting import SMALLEST_SHAPE
from sparring.ui.board.select_tool import SelectTool
from sparring.ui.board.tool import GHOST, Preview
from sparring.ui.board.words import describe, describe_selection

if TYPE_CHECKING:
    from sparring.ui.board.canvas import BoardCanvas

NUDGE = 8
"""Board units a press of an arrow key moves what is selected."""
PAN = 48
"""Pixels a press moves the view when nothing is selected."""
_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_GROWTHS = {"narrower": (-1, 0), "wider": (1, 0), "lower": (0, -1), "higher": (0, 1)}
_READING = frozenset({"next", "previous", "zoom-in", "zoom-out", "zoom-reset", "zoom-fit", "select-all", "escape"})
"""What a board that is only looked at still obeys, besides the arrow keys and the select tool."""


class Keyboard:
    """What each key of the board's table does."""

    def __init__(self, canvas: "BoardCanvas") -> None:
        self._canvas = canvas
        self._link_from = ""
        self._link_to = ""
        self._holds = 0
        self._actions: dict[str, Callable[[], None]] = {
            "undo": self._undo,
            "redo": self._redo,
            "enter": self._enter,
            "label": self._label,
            "grow-child": self._grow_child,
            "grow-sibling": self._grow_sibling,
            "link": self._begin_link,
            "select-all": lambda: canvas.select({element.id for element in canvas.shown()}),
            "delete": self._delete,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "zoom-in": lambda: canvas.zoom_to(canvas.zoom * ZOOM_STEP**2),
            "zoom-out": lambda: canvas.zoom_to(canvas.zoom / ZOOM_STEP**2),
            "zoom-reset": lambda: canvas.zoom_to(1.0),
            "zoom-fit": canvas.fit,
            "escape": self._escape,
        }

    def press(self, action: str, is_repeat: bool) -> bool:
        """Do what an action's key does; False if it is not one of the board's."""
        board = self._canvas.board
        if not action or board is None:
            return False
        if action.startswith("tool-"):
            self._canvas.set_tool(action.removeprefix("tool-"))
            return True
        if not is_repeat:
            self._holds += 1
        if action in _WAYS and (not self._canvas.selection or not self._canvas.can_draw):
            dx, dy = _WAYS[action]
            self._canvas.pan(QPointF(-dx * PAN, -dy * PAN))
        elif action in _READING:
            self._actions[action]()
        elif self._canvas.can_draw:
            self._draw(board, action)
        return True

    def _draw(self, board: SharedBoard, action: str) -> None:
        if action in _WAYS:
            dx, dy = _WAYS[action]
            # A key that is held down is one step of undo.
            board.move(self._canvas.selection, dx * NUDGE, dy * NUDGE, group=f"hold {self._holds}")
        elif action in _GROWTHS:
            self._resize(board, *_GROWTHS[action])
        else:
            self._actions[action]()

    def _resize(self, board: SharedBoard, dx: int, dy: int) -> None:
        with board.gesture(f"hold {self._holds}"):
            for element in self._selected():
                if element.kind in ("box", "ellipse"):
                    width = max(2 * SNAP, element.width + dx * NUDGE)
                    board.change(element.id, width=width, height=max(2 * SNAP, element.height + dy * NUDGE))

    def _selected(self) -> list[Element]:
        return [element for element in self._canvas.shown() if element.id in self._canvas.selection]

    def _lone(self) -> Element | None:
        selected = self._selected()
        return selected[0] if len(selected) == 1 else None

    # Undo, delete, escape.

    def _undo(self) -> None:
        board = self._canvas.board
        if board is not None and not board.undo():
            self._canvas.say("Nothing of mine left to undo.")

    def _redo(self) -> None:
        board = self._canvas.board
        if board is not None and not board.redo():
            self._canvas.say("Nothing left to redo.")

    def _delete(self) -> None:
        board = self._canvas.board
        if board is not None:
            board.remove(board.with_arrows(self._canvas.selection))

    def _escape(self) -> None:
        if self._link_from:
            self.stop_linking()
            self._canvas.refresh()
        elif self._canvas.selection:
            self._canvas.select(())
        else:
            self._canvas.set_tool(SelectTool.id)

    # Going through the elements.

    def cycle(self, step: int) -> bool:
        """Select the next or previous element; False past the last or before the first."""
        if self._link_from:
            self._next_target(step)
            return True
        ids = [element.id for element in self._canvas.shown()]
        places = [number for number, element_id in enumerate(ids) if element_id in self._canvas.selection]
        if places:
            place = (places[-1] if step > 0 else places[0]) + step
        else:
            place = 0 if step > 0 else len(ids) - 1
        if not 0 <= place < len(ids):
            self._canvas.select(())
            return False
        self._canvas.select({ids[place]})
        self._reveal(ids[place])
        return True

    def _step(self, step: int) -> None:
        self.cycle(step)

    def _reveal(self, element_id: str) -> None:
        board = self._canvas.board
        element = board.find(element_id) if board is not None else None
        if element is not None:
            self._canvas.reveal(element)

    # Dropping, labelling, growing.

    def _enter(self) -> None:
        tool = self._canvas.tool_id
        if self._link_from:
            self._end_link()
        elif tool == "box":
            self._drop("box")
        elif tool == "ellipse":
            self._drop("ellipse")
        elif tool == "text":
            x, y = free_place(list(self._canvas.shown()), 96, 20, self._canvas.middle())
            self._canvas.begin_text((x, y))
        else:
            self._label()

    def _label(self) -> None:
        lone = self._lone()
        if lone is not None:
            self._canvas.begin_label(lone.id)

    def _drop(self, kind: Kind) -> None:
        board = self._canvas.board
        assert board is not None
        x, y = free_place(board.elements, *SMALLEST_SHAPE, self._canvas.middle())
        self._show_new(board.add(kind, x, y, *SMALLEST_SHAPE))

    def _show_new(self, element_id: str) -> None:
        self._canvas.select({element_id})
        self._reveal(element_id)
        self._canvas.begin_label(element_id)

    def _grow_child(self) -> None:
        lone = self._lone()
        if lone is not None and lone.is_shape:
            self._grow(lone)

    def _grow_sibling(self) -> None:
        lone, board = self._lone(), self._canvas.board
        parent = board.find(parent_of(lone.id, board.elements)) if lone is not None and board is not None else None
        if parent is not None:
            self._grow(parent)

    def _grow(self, parent: Element) -> None:
        board = self._canvas.board
        assert board is not None
        kind: Kind = "ellipse" if parent.kind == "ellipse" else "box"
        x, y = child_place(parent, board.elements, *SMALLEST_SHAPE)
        with board.gesture():
            child = board.add(kind, x, y, *SMALLEST_SHAPE)
            board.add("arrow", *parent.centre, *_way(parent, x, y), from_id=parent.id, to_id=child)
        self._show_new(child)

    # Linking.

    def _begin_link(self) -> None:
        lone = self._lone()
        if lone is None or not lone.is_shape:
            self._canvas.say("Select one shape first, then press Ctrl+L.")
            return
        self._link_from, self._link_to = lone.id, ""
        self._next_target(1)
        if not self._link_to:
            self.stop_linking()
            self._canvas.say("There is no other shape to link to.")

    def _next_target(self, step: int) -> None:
        shapes = [element.id for element in self._canvas.shown() if element.is_shape and element.id != self._link_from]
        if not shapes:
            return
        here = shapes.index(self._link_to) if self._link_to in shapes else (-1 if step > 0 else 0)
        self._link_to = shapes[(here + step) % len(shapes)]
        self._reveal(self._link_to)
        self._canvas.refresh()

    def _end_link(self) -> None:
        board = self._canvas.board
        source = board.find(self._link_from) if board is not None else None
        target = board.find(self._link_to) if board is not None else None
        self.stop_linking()
        if board is not None and source is not None and target is not None:
            way = (target.centre[0] - source.centre[0], target.centre[1] - source.centre[1])
            board.add("arrow", *source.centre, *way, from_id=source.id, to_id=target.id)
        self._canvas.refresh()

    def stop_linking(self) -> None:
        """Forget about the arrow that was being made."""
        self._link_from = self._link_to = ""

    def follow(self, there: Collection[str]) -> None:
        """The board has changed: what the arrow would hold on to may be gone."""
        if self._link_from and not {self._link_from, self._link_to} <= set(there):
            self.stop_linking()

    def link_preview(self, board: SharedBoard) -> Preview | None:
        """The arrow as it would be."""
        if not self._link_from:
            return None
        arrow = Element(GHOST, "arrow", board.me, 0, 0, 0, 0, 0, from_id=self._link_from, to_id=self._link_to)
        return Preview((arrow,), targets=frozenset({self._link_to}))

    # In words.

    def hint(self) -> str:
        """What the keys would do now."""
        if self._link_from:
            return "Tab chooses the shape to link to, Enter links, Escape cancels"
        lone = self._lone()
        if lone is None or self._canvas.tool_id != SelectTool.id:
            return ""
        if lone.kind in ("box", "ellipse"):
            return "F2 label · Ctrl+Enter child · Ctrl+L link · arrow keys move · Delete"
        return "F2 label · Delete" if lone.kind == "arrow" else "Arrow keys move · Delete"

    def words_for_selection(self) -> str:
        """For those who hear the board: what is selected, whose it is and what it hangs together with."""
        board = self._canvas.board
        if board is None:
            return "There is no board yet."
        if self._link_from:
            return f"Link to {describe(board, self._link_to)}?"
        return describe_selection(board, self._selected())


def _way(parent: Element, x: int, y: int) -> tuple[float, float]:
    width, height = SMALLEST_SHAPE
    return x + width / 2 - parent.centre[0], y + height / 2 - parent.centre[1]
