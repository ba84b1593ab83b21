"""The board with its tool bar: what the session shows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from sparring.live.board import SharedBoard
from sparring.ui.board.actions import spec
from sparring.ui.board.canvas import BoardCanvas
from sparring.ui.board.icons import SIZE, icon
from sparring.ui.board.tools import TOOLS
from sparring.ui.theme import GRID, Theme, current_theme
from sparring.ui.widgets import button, column, hairline, label, row

BAR_HEIGHT = GRID * 10
BUTTON = GRID * 8
ROOM_FOR_ZOOM = GRID * 108
"""A narrower board leaves the zoom to the wheel and the keys."""


class BoardView(QWidget):
    """Draws a `SharedBoard` for one seat. Everything can be done with the pointer, and with the keyboard alone."""

    def __init__(self, board: SharedBoard | None = None) -> None:
        super().__init__()
        self.setObjectName("board")
        self.setAccessibleName("Sketch board")
        self.canvas = BoardCanvas()
        self._board: SharedBoard | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._tool_group = QButtonGroup(self)
        self._hint = label("", "dim", "board-hint")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = column(self._make_bar(), self.canvas, hairline(), self._make_strip(), spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.canvas)
        self.canvas.tool_changed.connect(self._show_tool)
        self.canvas.zoom_changed.connect(self._show_zoom)
        self.canvas.hint_changed.connect(self._hint.setText)
        self.canvas.read_only_changed.connect(self._show_what_can_be_done)
        self._theme: Theme | None = None
        self.set_theme(current_theme())
        self._show_tool(self.canvas.tool_id)
        self.set_board(board)

    @property
    def board(self) -> SharedBoard | None:
        return self._board

    def set_board(self, board: SharedBoard | None) -> None:
        """Show this board from now on; None while there is none. Who made the board detaches it."""
        if self._board is not None:
            self._board.history_changed.disconnect(self._show_what_can_be_done)
        self._board = board
        if board is not None:
            board.history_changed.connect(self._show_what_can_be_done)
        self.canvas.set_board(board)
        self._show_what_can_be_done()

    def set_theme(self, theme: Theme) -> None:
        """Use these colours."""
        if theme is self._theme:
            return
        self._theme = theme
        for name, made in self._buttons.items():
            if name != "zoom-reset":
                made.setIcon(icon(name.removeprefix("tool-").removeprefix("zoom-"), theme))
        self.canvas.set_theme(theme)

    @property
    def read_only(self) -> bool:
        """Whether the board can only be looked at here."""
        return self.canvas.is_read_only

    @read_only.setter
    def read_only(self, read_only: bool) -> None:
        self.canvas.set_read_only(read_only)

    def fit(self) -> None:
        """Show everything that is drawn."""
        self.canvas.fit()

    def _make_bar(self) -> QWidget:
        tools = [self._make_button(f"tool-{tool.id}") for tool in TOOLS]
        for tool, made in zip(TOOLS, tools, strict=True):
            made.setCheckable(True)
            self._tool_group.addButton(made)
            made.clicked.connect(lambda _=False, tool_id=tool.id: self._take(tool_id))
        undo, redo, reset, fit = (self._make_button(name) for name in ("undo", "redo", "zoom-reset", "zoom-fit"))
        for made in (undo, redo, reset, fit):
            action = made.objectName().removeprefix("board-")
            made.clicked.connect(lambda _=False, action=action: self.canvas.keyboard.press(action, False))
        reset.setText("100 %")
        reset.setFixedWidth(GRID * 14)
        layout = row(*tools, GRID * 2, undo, redo, 0, reset, fit, spacing=2)
        layout.setContentsMargins(GRID * 2, 0, GRID * 2, 0)
        bar = QWidget()
        bar.setProperty("role", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setAccessibleName("Board tools")
        bar.setFixedHeight(BAR_HEIGHT)
        bar.setLayout(layout)
        bar.setStyleSheet("QPushButton { padding: 0; }")
        return bar

    def _make_button(self, action: str) -> QPushButton:
        known = spec(action)
        key = QKeySequence(known.key).toString(QKeySequence.SequenceFormat.NativeText)
        made = self._buttons[action] = button("", f"board-{action}", "quiet", key, known.words)
        made.setIconSize(QSize(SIZE, SIZE))
        made.setFixedSize(BUTTON, BUTTON)
        return made

    def _make_strip(self) -> QWidget:
        layout = row(self._hint)
        layout.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID)
        strip = QWidget()
        strip.setLayout(layout)
        return strip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for action in ("zoom-reset", "zoom-fit"):
            self._buttons[action].setVisible(event.size().width() >= ROOM_FOR_ZOOM)

    def _take(self, tool_id: str) -> None:
        self.canvas.set_tool(tool_id)
        self.canvas.setFocus()

    def _show_tool(self, tool_id: str) -> None:
        self._buttons[f"tool-{tool_id}"].setChecked(True)

    def _show_zoom(self, zoom: float) -> None:
        self._buttons["zoom-reset"].setText(f"{round(zoom * 100)} %")

    def _show_what_can_be_done(self, *_: object) -> None:
        can_draw = self.canvas.can_draw
        for tool in TOOLS:
            self._buttons[f"tool-{tool.id}"].setEnabled(can_draw or (tool.id == "select" and self._board is not None))
        self._buttons["undo"].setEnabled(can_draw and self._board is not None and self._board.can_undo)
        self._buttons["redo"].setEnabled(can_draw and self._board is not None and self._board.can_redo)
