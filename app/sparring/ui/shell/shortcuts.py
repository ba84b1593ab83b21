"""F1: all keys on one sheet, grouped by where they work, made from the table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from sparring.ui.shell.actions import ACTIONS, ActionSpec, key_of, key_words
from sparring.ui.shell.overlay import Overlay
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, chip, column, label, row

COLUMN_WIDTH = 348
MARGIN = GRID * 6
SCROLL_STEP = GRID * 10


def groups() -> list[tuple[str, list[ActionSpec]]]:
    """The tables by place, in their order."""
    # Late: the board is loaded when somebody wants to draw, or to read its keys.
    from sparring.ui.board.actions import BOARD_ACTIONS

    found: dict[str, list[ActionSpec]] = {}
    for action in (*ACTIONS, *BOARD_ACTIONS):
        found.setdefault(action.where, []).append(action)
    return list(found.items())


def in_columns(sizes: list[int], count: int) -> list[int]:
    """How many groups of these sizes each column takes, so that the tallest is as short as can be, in order."""
    low, high = max(sizes, default=0), sum(sizes)
    while low < high:
        middle = (low + high) // 2
        if len(_filled(sizes, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(sizes, low)


def _filled(sizes: list[int], tallest: int) -> list[int]:
    counts, height = [0], 0
    for size in sizes:
        if height + size > tallest and counts[-1]:
            counts.append(0)
            height = 0
        counts[-1] += 1
        height += size
    return counts


class ShortcutSheet(Overlay):
    """See the module."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "shortcut-sheet", "All keys")
        close = button("Close", "close-shortcuts", "quiet", "Esc")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.close_and_return)
        self._area = QScrollArea()
        self._area.setObjectName("shortcut-area")
        self._area.setAccessibleName("All keys")
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._columns = 0
        self._body = QWidget()
        head = row(label("Keys", "heading"), 0, close)
        hint = label(f"{key_words(key_of('palette'))} finds any of them by name.", "dim")
        layout = column(head, hint, GRID * 3, self._area, spacing=GRID)
        layout.setStretch(3, 1)
        layout.setContentsMargins(MARGIN, GRID * 4, GRID * 4, GRID * 5)
        self.panel.setLayout(layout)

    def open(self) -> None:
        super().open()
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place_panel(self) -> None:
        room = self.width() - GRID * 16
        columns = max(1, min(3, (room - MARGIN * 2) // COLUMN_WIDTH))
        if columns != self._columns:
            self._columns = columns
            self._fill(columns)
        content = self._body.sizeHint()
        width = min(room, columns * COLUMN_WIDTH + MARGIN * 2 + (columns - 1) * MARGIN)
        height = min(self.height() - GRID * 12, content.height() + GRID * 26)
        self.panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        if event.key() == Qt.Key.Key_F1:
            self.close_and_return()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        super().keyPressEvent(event)

    def _fill(self, columns: int) -> None:
        found = groups()
        self._body = QWidget()
        lines = []
        # A group is as tall as its actions, its heading and the space after it.
        for taken in in_columns([len(actions) + 2 for _, actions in found], columns):
            part, found = found[:taken], found[taken:]
            lines.append(column(*(self._group(where, actions) for where, actions in part), 0, spacing=GRID * 5))
        layout = row(*lines, spacing=MARGIN)
        for number in range(len(lines)):
            layout.setStretch(number, 1)
        layout.setContentsMargins(0, GRID, GRID * 3, GRID)
        self._body.setLayout(layout)
        self._area.setWidget(self._body)

    def _group(self, where: str, actions: list[ActionSpec]) -> QWidget:
        made = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(GRID)
        grid.setHorizontalSpacing(GRID * 3)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(where[0].upper() + where[1:], "small"), 0, 0, 1, 2)
        for number, action in enumerate(actions, 1):
            grid.addWidget(label(action.words), number, 0)
            grid.addWidget(chip(key_words(action.key)), number, 1, Qt.AlignmentFlag.AlignRight)
        made.setLayout(grid)
        return made
