"""Ctrl+K: every action that can be done here, found by a few letters of its name."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sparring.ui.shell.actions import EVERYWHERE, key_of, key_words, visible_actions
from sparring.ui.shell.entries import Entry, Provider
from sparring.ui.shell.matching import Match, match
from sparring.ui.shell.overlay import Overlay
from sparring.ui.theme import GRID, RADIUS, SMALL_PX, Theme, current_theme
from sparring.ui.widgets import column, field, label

WIDTH = 600
ROW_HEIGHT = GRID * 10
ROWS = 9
_ENTRY, _MATCH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


def entries_of(window: QWidget, focus: QWidget | None, providers: Sequence[Provider] = ()) -> list[Entry]:
    """What the palette offers in a window: what this screen does, what works everywhere, what the providers add."""
    found = [one for one in visible_actions(window, focus) if one.can_do or one.why_not]
    found = [one for one in found if one.spec.id != "palette"]
    found.sort(key=lambda one: one.spec.where == EVERYWHERE)
    entries = [
        Entry(one.spec.words, one.do, one.spec.key, one.spec.where, "" if one.can_do else one.why_not) for one in found
    ]
    return entries + [entry for provider in providers for entry in provider()]


def ranked(query: str, entries: Iterable[Entry]) -> list[tuple[Entry, Match]]:
    """Those that match, what can be done first, the best first; with nothing typed all of them, as they come."""
    found = [(entry, how) for entry in entries if (how := match(query, entry.words)) is not None]
    return sorted(found, key=lambda pair: (bool(pair[0].why_not), -pair[1].score))


class _Lines(QStyledItemDelegate):
    """Paints a line: words with the meant letters bold, where it works, the key."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._list = view
        self.theme = current_theme()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry, how, theme = index.data(_ENTRY), index.data(_MATCH), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(place, RADIUS, RADIUS)
        inside = place.adjusted(GRID * 3, 0, -GRID * 3, 0)
        right = inside.right()
        if entry.key:
            right = self._draw_right(painter, inside, right, key_words(entry.key), theme.text) - GRID * 4
        right = self._draw_right(painter, inside, right, entry.why_not or _place(entry), theme.dim) - GRID * 4
        colour = QColor(theme.dim if entry.why_not else theme.text)
        self._draw_words(painter, QRect(inside.left(), inside.top(), right - inside.left(), inside.height()),
                         entry.words, how, colour)  # fmt: skip
        painter.restore()

    def _draw_right(self, painter: QPainter, inside: QRect, right: int, words: str, colour: str) -> int:
        """Draw against the right edge; returns where it begins."""
        font = QFont(painter.font())
        font.setBold(False)
        font.setPixelSize(SMALL_PX + 1)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        begin = right - painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(
            QRect(begin, inside.top(), right - begin + 1, inside.height()), Qt.AlignmentFlag.AlignVCenter, words
        )
        return begin

    def _draw_words(self, painter: QPainter, place: QRect, words: str, how: Match, colour: QColor) -> None:
        plain = QFont(self._list.font())
        bold = QFont(plain)
        bold.setBold(True)
        painter.setPen(colour)
        painter.setClipRect(place)
        x = place.left()
        for piece, is_meant in _pieces(words, how):
            painter.setFont(bold if is_meant else plain)
            width = painter.fontMetrics().horizontalAdvance(piece)
            painter.drawText(QRect(x, place.top(), width + 1, place.height()), Qt.AlignmentFlag.AlignVCenter, piece)
            x += width


def _place(entry: Entry) -> str:
    return "" if entry.where == EVERYWHERE else entry.where


def _pieces(words: str, how: Match) -> list[tuple[str, bool]]:
    """The words cut where meant and other letters meet."""
    pieces: list[tuple[str, bool]] = []
    for place, letter in enumerate(words):
        is_meant = place in how.places
        if pieces and pieces[-1][1] == is_meant:
            pieces[-1] = (pieces[-1][0] + letter, is_meant)
        else:
            pieces.append((letter, is_meant))
    return pieces


class Palette(Overlay):
    """See the module."""

    def __init__(self, window: QWidget, providers: Sequence[Provider] = ()) -> None:
        super().__init__(window, "palette", "Find any action")
        self._entries = entries_of(window, self.focus_before, providers)
        self._query = field("palette-query", "Find an action", "What do you want to do?", 80)
        self._query.textChanged.connect(lambda _: self._find())
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setObjectName("palette-list")
        self._list.setAccessibleName("Actions found")
        self._list.setProperty("role", "palette")
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(lambda _: self._choose())
        self._lines = _Lines(self._list)
        self._list.setItemDelegate(self._lines)
        self._nothing = label("", "dim", "palette-nothing")
        self._nothing.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
        layout = column(self._query, self._nothing, self._list)
        layout.setStretch(2, 1)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        self.panel.setLayout(layout)
        self._find()

    def open(self) -> None:
        super().open()
        self._query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place_panel(self) -> None:
        width = min(WIDTH, self.width() - GRID * 16)
        height = min(ROWS * ROW_HEIGHT + GRID * 18, self.height() - GRID * 32)
        self.panel.setGeometry((self.width() - width) // 2, max(GRID * 10, self.height() // 8), width, height)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._lines.theme = theme
        self._list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if step is not None:
            self._move(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif QKeySequence(event.keyCombination()) == QKeySequence(key_of("palette")):
            self.close_and_return()
        super().keyPressEvent(event)

    def _find(self) -> None:
        found = ranked(self._query.text(), self._entries)
        self._model.clear()
        for entry, how in found:
            item = QStandardItem(entry.words)
            item.setData(entry, _ENTRY)
            item.setData(how, _MATCH)
            parts = (entry.words, key_words(entry.key) if entry.key else "", entry.why_not)
            item.setData(", ".join(part for part in parts if part), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.setText(f"Nothing here is called “{self._query.text().strip()}”.")
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _move(self, step: int) -> None:
        count = self._model.rowCount()
        if not count:
            return
        row = self._list.currentIndex().row() + step
        # One step past the end comes round; a page stops there.
        row = row % count if abs(step) == 1 else max(0, min(count - 1, row))
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _choose(self) -> None:
        entry = self._list.currentIndex().data(_ENTRY)
        if entry is None or entry.why_not:
            return
        # First the focus goes back, so that the action finds the window as it was.
        self.close_and_return()
        entry.act()
