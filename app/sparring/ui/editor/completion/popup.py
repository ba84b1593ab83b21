"""What the completion shows: a list that never takes the focus, and the signature of the call one is writing."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sparring.completion.model import Completion, Signature
from sparring.ui.announcing import announce
from sparring.ui.theme import GRID, INK, Theme, interface_font
from sparring.ui.theme.tokens import RADIUS, SMALL_PX

ROWS = 8
ROW_HEIGHT = GRID * 6
PADDING = GRID
ROW_PADDING = GRID * 2
NARROWEST, WIDEST = GRID * 60, GRID * 120
NAMES_INSET, HINT_INSET = PADDING + ROW_PADDING, ROW_PADDING
"""From an overlay's edge to where its text begins."""
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: Sequence[Completion] = ()

    def show(self, items: Sequence[Completion]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (item.name, item.kind, item.detail)))
        return None


class _RowPainter(QStyledItemDelegate):
    """One row: the name with what is typed of it marked, how it is called, and its kind at the right."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = INK
        self.prefix = ""
        self._plain = self._bold = QFont()
        self._small = interface_font()
        self._small.setPixelSize(SMALL_PX)

    def set_font(self, font: QFont) -> bool:
        """Names look like the code they complete; whether that is news."""
        if font == self._plain:
            return False
        self._plain, self._bold = font, QFont(font)
        self._bold.setWeight(QFont.Weight.Bold)
        return True

    @property
    def height(self) -> int:
        return max(ROW_HEIGHT, GRID * -(-(QFontMetrics(self._plain).height() + GRID) // GRID))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self.height)

    def width_of(self, item: Completion) -> int:
        """Pixels that a row wants, without what may be cut off."""
        name = QFontMetrics(self._bold).horizontalAdvance(item.name + _parameters(item))
        return name + QFontMetrics(self._small).horizontalAdvance(item.kind) + ROW_PADDING * 4

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        item = model.items[index.row()]
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(place, GRID, GRID)
            # A bar as well: colour alone would not tell.
            painter.setBrush(QColor(self.theme.me))
            painter.drawRect(place.x(), place.y() + GRID, 2, place.height() - 2 * GRID)
        room = place.adjusted(ROW_PADDING, 0, -ROW_PADDING, 0)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.dim))
        kind_width = min(painter.fontMetrics().horizontalAdvance(item.kind), room.width() // 3)
        kind = painter.fontMetrics().elidedText(item.kind, Qt.TextElideMode.ElideRight, kind_width + 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, kind)
        room.setRight(room.right() - kind_width - ROW_PADDING * 2)
        for piece, is_typed in _marked(item.name, self.prefix):
            painter.setFont(self._bold if is_typed else self._plain)
            painter.setPen(QColor(self.theme.me if is_typed else self.theme.text))
            room = _drawn(painter, room, piece)
        painter.setFont(self._plain)
        painter.setPen(QColor(self.theme.dim))
        _drawn(painter, room, _parameters(item))
        painter.restore()


def _drawn(painter: QPainter, room: QRect, text: str) -> QRect:
    """Draw as much of the text as there is room for; what is left of the room."""
    metrics = painter.fontMetrics()
    if text and room.width() > 0:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return room.adjusted(metrics.horizontalAdvance(text), 0, 0, 0)


def _parameters(item: Completion) -> str:
    return item.detail.removeprefix(item.name) if item.detail.startswith(item.name + "(") else ""


def _marked(name: str, prefix: str) -> list[tuple[str, bool]]:
    """The name in pieces, and which of them are letters that were typed."""
    wanted = prefix.casefold()
    pieces: list[tuple[str, bool]] = []
    for letter in name:
        is_typed = bool(wanted) and letter.casefold() == wanted[0]
        if is_typed:
            wanted = wanted[1:]
        if pieces and pieces[-1][1] == is_typed:
            pieces[-1] = (pieces[-1][0] + letter, is_typed)
        else:
            pieces.append((letter, is_typed))
    return pieces


class _Overlay(QFrame):
    """A small panel over everything else in its window. Not a window itself, so that focus stays where it is."""

    def __init__(self, name: str, accessible_name: str) -> None:
        super().__init__(None)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.theme = INK
        self.hide()

    def move_into(self, window: QWidget) -> None:
        if self.parentWidget() is not window:
            self.setParent(window)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.hairline), 1))
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class CompletionPopup(_Overlay):
    """At most eight names at a time; the selected one is what Enter and Tab take."""

    chosen = Signal(object)
    """A `Completion` was clicked."""

    def __init__(self, name_font: QFont) -> None:
        super().__init__("completions", "Completions")
        self._rows = _Rows(self)
        self._painter = _RowPainter(self)
        self._painter.set_font(name_font)
        self.list = QListView(self)
        self.list.setObjectName("completion-list")
        # The panel has the border; a second one in the list would take the last row's place.
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName("Completions")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.list.clicked.connect(lambda index: self.chosen.emit(self._rows.items[index.row()]))
        self.list.selectionModel().currentChanged.connect(self._announce)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.addWidget(self.list)

    @property
    def items(self) -> Sequence[Completion]:
        """What is listed, the best first."""
        return self._rows.items

    @property
    def selected(self) -> Completion | None:
        row = self.list.currentIndex().row()
        return self._rows.items[row] if 0 <= row < len(self._rows.items) else None

    def set_theme(self, theme: Theme) -> None:
        self.theme = self._painter.theme = theme
        self.update()
        self.list.viewport().update()

    def set_font(self, font: QFont) -> None:
        """The code's font, which can be zoomed."""
        if self._painter.set_font(font):
            self.list.scheduleDelayedItemsLayout()

    def list_items(self, items: Sequence[Completion], prefix: str) -> None:
        """List these and select the first; but what I chose stays selected while I type no more.

        While it is open it grows wider but not narrower, so that nothing jumps.
        """
        kept = self.selected if self.isVisible() and prefix == self._painter.prefix else None
        names = [item.name for item in items]
        self._painter.prefix = prefix
        self._rows.show(items)
        row = names.index(kept.name) if kept is not None and kept.name in names else 0
        self.list.setCurrentIndex(self._rows.index(row))
        wanted = max((self._painter.width_of(item) for item in items), default=0) + 2 * PADDING
        if self.isVisible():
            wanted = max(wanted, self.width())
        width = max(NARROWEST, min(wanted, WIDEST))
        self.resize(width, min(len(items), ROWS) * self._painter.height + 2 * PADDING)

    def _announce(self, index: QModelIndex) -> None:
        """Say what is selected to a screen reader, which follows the focus and that stays in the editor."""
        if index.isValid():
            announce(self.list, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def move_selection(self, rows: int) -> None:
        """Go down, or up, by so many rows; a single step at an end goes on at the other one."""
        count = len(self._rows.items)
        row = self.list.currentIndex().row() + rows
        row = row % count if abs(rows) == 1 else max(0, min(row, count - 1))
        self.list.setCurrentIndex(self._rows.index(row))


class SignatureHint(_Overlay):
    """How the call is written that the cursor is in, with the parameter that is next."""

    def __init__(self, font: QFont) -> None:
        super().__init__("signature-hint", "Signature")
        self.label = QLabel(self)
        self.label.setObjectName("signature")
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self._font: QFont | None = None
        self.set_font(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROW_PADDING, GRID, ROW_PADDING, GRID)
        layout.addWidget(self.label)
        self._signature: Signature | None = None

    def set_font(self, font: QFont) -> None:
        """The code's font, which can be zoomed."""
        if font != self._font:
            self._font = font
            self.label.setFont(font)
            # The style sheet's size for all widgets would win over the font.
            self.label.setStyleSheet(f"font-family: '{font.family()}'; font-size: {font.pixelSize()}px;")

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        if self._signature is not None:
            self.tell(self._signature)
        self.update()

    def tell(self, signature: Signature) -> None:
        """Show this one, cut so that it fits on a line and its active parameter is seen."""
        self._signature = signature
        shown, active = _cut(signature, WIDEST // self.label.fontMetrics().horizontalAdvance("x"))
        theme = self.theme
        pieces = [
            f'<b style="color:{theme.me}">{escape(piece)}</b>' if index == active else escape(piece)
            for index, piece in enumerate(shown)
        ]
        self.label.setText(
            f'<span style="color:{theme.dim}"><span style="color:{theme.text}">{escape(signature.name)}</span>'
            f"({', '.join(pieces)})</span>"
        )
        self.label.setAccessibleName(signature.line)
        self.setAccessibleDescription(signature.line)
        self.resize(self.sizeHint())


def _cut(signature: Signature, letters: int) -> tuple[list[str], int | None]:
    """The parameters around the active one that have room, and where it is among them."""
    shown, active = list(signature.parameters), signature.active
    while len(signature.name) + sum(len(one) + 2 for one in shown) > letters and len(shown) > 2:
        centre = active or 0
        if centre > len(shown) // 2:
            shown[:2] = ["…"]
            active = None if active is None else active - 1
        else:
            shown[-2:] = ["…"]
    return shown, active
