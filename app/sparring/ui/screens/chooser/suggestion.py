"""What is suggested: by whom, who agrees, and what is still on its way."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sparring.ui.shell.actions import bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Avatar, Elided, button, column, row

HEIGHT = GRID * 30
NOTHING = "Nothing is suggested yet"
HOW_TO = "Choose a problem from the list, or let chance choose."


@dataclass(frozen=True)
class Suggestion:
    """What the panel shows."""

    title: str = ""
    minutes: int = 0
    """The problem's own; 0 if they are not known here."""
    by: str = ""
    """"me" or "partner"; empty if nothing is suggested."""
    i_agree: bool = False
    partner_agrees: bool = False
    can_agree: bool = False
    """My word is awaited, and I have the problem."""
    note: str = ""
    """What it waits for, or what went wrong."""
    can_ask_again: bool = False


class Face(Avatar):
    """An avatar with a tick once its owner agrees."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose, 32)
        self._agrees = False

    def show_word(self, name: str, online: bool, agrees: bool, is_asked: bool) -> None:
        """Who it is, and whether they agree."""
        word = "" if not is_asked else "agrees" if agrees else "has not agreed yet"
        self.set_person(name, online, word if online else f"{word}, offline".removeprefix(", "))
        self._agrees = agrees and is_asked
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._agrees:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        badge = QRectF(self.width() - 14, self.height() - 14, 13, 13)
        painter.setPen(QPen(QColor(self._theme.background), 1.5))
        painter.setBrush(QColor(self._theme.passed))
        painter.drawEllipse(badge)
        pen = QPen(QColor(self._theme.background), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = badge.center()
        painter.drawPolyline([middle + QPointF(-3, 0), middle + QPointF(-0.8, 2.4), middle + QPointF(3, -2.2)])
        painter.end()


class SuggestionPanel(QWidget):
    """See the module."""

    minutes_taken = Signal(int)
    taken_back = Signal()
    asked_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._suggestion = Suggestion()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._title = Elided(NOTHING, "heading", "suggested-title")
        self._by = Elided(HOW_TO, "dim", "suggested-by")
        self._note = Elided("", "dim", "suggestion-note")
        self._me, self._partner = Face("me"), Face("partner")
        self._me.setObjectName("my-word")
        self._partner.setObjectName("partner-word")
        self._minutes = button("Take its minutes", "take-minutes", "", key_of("take-minutes"))
        self._minutes.clicked.connect(lambda: self.minutes_taken.emit(self._suggestion.minutes))
        self._again = button("Ask again", "ask-again", "", key_of("ask-again"), accessible="Ask for the problem again")
        self._again.clicked.connect(self.asked_again)
        self._back = button("Not this one", "take-back", "quiet", key_of("take-back"), accessible="I do not agree")
        self._back.clicked.connect(self.taken_back)
        head = row(self._title, self._me, self._partner)
        foot = row(self._by, self._back, self._again, self._minutes)
        for line in (head, foot):
            line.setStretch(0, 1)
        layout = column(head, foot, self._note, spacing=GRID)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        self.setLayout(layout)

    def bind_keys(self, screen: QWidget) -> None:
        """Give each button its key, anywhere on this screen."""
        for name, pressed in (
            ("take-minutes", self._minutes), ("ask-again", self._again), ("take-back", self._back),
        ):  # fmt: skip
            bind_button(screen, name, pressed, anywhere=True)

    def show_suggestion(
        self, suggestion: Suggestion, me: str, partner: str, *, partner_online: bool, focus_minutes: int
    ) -> None:
        """What is suggested now, to these two."""
        self._suggestion = suggestion
        is_asked = bool(suggestion.by)
        who = "You suggest this" if suggestion.by == "me" else f"{partner} suggests this"
        minutes = f" · {suggestion.minutes} min" if suggestion.minutes else ""
        self._title.setText(suggestion.title or NOTHING)
        self._by.setText(f"{who}{minutes}" if is_asked else HOW_TO)
        self._note.setText(suggestion.note)
        self._me.show_word(me, True, suggestion.i_agree, is_asked)
        self._partner.show_word(partner, partner_online, suggestion.partner_agrees, is_asked)
        self._partner.setVisible(bool(partner))
        self._minutes.setVisible(bool(suggestion.minutes) and suggestion.minutes != focus_minutes)
        self._minutes.setText(f"Take its {suggestion.minutes} minutes")
        self._minutes.setAccessibleName(f"Let a block take {suggestion.minutes} minutes, as the problem suggests")
        self._again.setVisible(suggestion.can_ask_again)
        self._back.setVisible(is_asked and suggestion.i_agree)
