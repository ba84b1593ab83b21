"""The rows of the chooser: a model over a list of choices, and a delegate that paints one line each."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sparring.problems.choosing import Choice
from sparring.ui.theme import GRID, RADIUS, SMALL_PX, current_theme

ROW_HEIGHT = GRID * 9
_CHOICE = Qt.ItemDataRole.UserRole
_DOT_WIDTH = GRID * 5
_GAP = GRID * 4
_MINUTES_WIDTH = GRID * 14
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


def marks_of(choice: Choice, *, partner_told: bool) -> list[str]:
    """What both have done with it, in words."""
    if not partner_told:
        seen = "new to you" if choice.is_new_to_me else "seen"
    elif choice.seen_by_partner:
        seen = "new to you" if choice.is_new_to_me else "seen by both"
    else:
        seen = "new to both" if choice.is_new_to_me else "new to your partner"
    told = (("due", choice.is_due), ("struggled", choice.struggled), ("received", choice.is_received))
    return [*(word for word, is_so in told if is_so), seen]


class ChoiceRows(QStringListModel):
    """The listed choices, in their order.

    A view asks thousands of times how many rows there are. Qt's own list of texts answers without a word of Python,
    so it holds the titles, and only the data of the rows that are seen are made here.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.listed: list[Choice] = []
        self.chosen = ""
        self.shows_details = False
        self.partner_told = False

    def show(self, listed: Sequence[Choice], *, chosen: str, shows_details: bool, partner_told: bool) -> None:
        """List these."""
        self.listed, self.chosen = list(listed), chosen
        self.shows_details, self.partner_told = shows_details, partner_told
        self.setStringList([one.title for one in self.listed])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.listed):
            return None
        choice = self.listed[index.row()]
        if role == _CHOICE:
            return choice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words_of(choice)
        return None

    def words_of(self, choice: Choice) -> str:
        """The whole row as one line, for whoever hears it."""
        parts = [choice.title, f"{choice.minutes} min", *marks_of(choice, partner_told=self.partner_told)]
        if choice.is_oral:
            parts.append("interview question")
        if choice.id == self.chosen:
            parts.append("suggested")
        if self.shows_details:
            parts.append(details_of(choice))
        return ", ".join(parts)

    def place_of(self, problem_id: str) -> QModelIndex:
        """Where a problem is listed; invalid if it is not."""
        for number, choice in enumerate(self.listed):
            if choice.id == problem_id:
                return self.index(number)
        return _NOWHERE


def details_of(choice: Choice) -> str:
    """What stays hidden until it is asked for."""
    return " · ".join((choice.difficulty, *choice.topics))


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a line: a dot for what is suggested, the title, details, marks and minutes."""

    def __init__(self, view: QListView, rows: ChoiceRows) -> None:
        super().__init__(view)
        self._rows = rows
        self.theme = current_theme()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        choice = index.data(_CHOICE)
        theme, place = self.theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.setPen(QPen(QColor(theme.hairline)))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        is_chosen = choice.id == self._rows.chosen
        painter.setPen(QPen(QColor(theme.me if is_chosen else theme.dim), 1.5))
        painter.setBrush(QColor(theme.me) if is_chosen else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(place.left() + GRID * 3, place.center().y()), 4, 4)
        inside = place.adjusted(GRID * 3 + _DOT_WIDTH, 0, -GRID * 3, 0)
        small, plain = QFont(option.font), QFont(option.font)
        small.setPixelSize(SMALL_PX + 1)
        plain.setWeight(QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal)
        painter.setFont(small)
        right = _draw_right(painter, inside, inside.right(), f"{choice.minutes} min", theme.dim)
        right = min(right, inside.right() - _MINUTES_WIDTH) - _GAP
        marks = marks_of(choice, partner_told=self._rows.partner_told)
        colour = theme.text if choice.is_due or choice.struggled else theme.dim
        right = _draw_right(painter, inside, right, " · ".join(marks), colour) - _GAP
        painter.setFont(plain)
        left = _draw_left(painter, inside, inside.left(), right, choice.title, theme.text)
        if self._rows.shows_details or choice.is_oral:
            kind = "interview question" if choice.is_oral else ""
            hidden = details_of(choice) if self._rows.shows_details else ""
            painter.setFont(small)
            words = " · ".join(part for part in (kind, hidden) if part)
            _draw_left(painter, inside, left + _GAP, right, words, theme.dim)
        painter.restore()


def _draw_right(painter: QPainter, inside: QRect, right: int, words: str, colour: str) -> int:
    """Draw against the right edge; returns where it begins."""
    painter.setPen(QColor(colour))
    begin = right - painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(
        QRect(begin, inside.top(), right - begin + 1, inside.height()), Qt.AlignmentFlag.AlignVCenter, words
    )
    return begin


def _draw_left(painter: QPainter, inside: QRect, left: int, right: int, words: str, colour: str) -> int:
    """Draw from the left, with an ellipsis where there is no room; returns where it ends."""
    room = max(0, right - left)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(left, inside.top(), room, inside.height()), Qt.AlignmentFlag.AlignVCenter, shown)
    return left + painter.fontMetrics().horizontalAdvance(shown)
