"""The wrap-up: how hard was it, what do I keep."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from sparring.ui.screens.thoughts import Thought, ThoughtList
from sparring.ui.shell.actions import bind_action, bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, field, label, row, set_text

__all__ = ["Thought", "WrapUpScreen", "WrapUpState"]

RATINGS = (("again", "Again"), ("hard", "Hard"), ("good", "Good"), ("easy", "Easy"))
TYPING_MS = 300


@dataclass(frozen=True)
class WrapUpState:
    """What the screen shows."""

    problem_title: str = ""
    proposed: str = ""
    reason: str = ""
    rating: str = ""
    tags: tuple[str, ...] = ()
    takeaway: str = ""
    parked: tuple[Thought, ...] = ()
    partner_feedback: str = ""
    asks_rating: bool = True
    """Not if I only asked in this round's interviews."""
    my_claim: str = ""
    partner_claim: str = ""
    partner: str = ""
    """Empty in solo: then nobody else's feedback is waited for."""


class WrapUpScreen(QWidget):
    """See the module."""

    rated = Signal(str)
    kept = Signal(object, str)
    """(tags, takeaway) as they are now."""
    thought_decided = Signal(str, str)
    """(id, "kept", "dismissed" or nothing)"""
    another_round_requested = Signal()
    finish_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self._title = label("Wrap-up", "title", wrap=True)
        self._rating = Segmented("rate", RATINGS)
        self._rating.changed.connect(self.rated)
        for value, _ in RATINGS:
            bind_action(self, f"rate-{value}", partial(self._rate, value), self._can_rate, anywhere=True)
        self._how = label("How was it?", "small")
        self._reason = label("", "dim", "rating-reason", wrap=True)
        self._tags = field("tags", "Tags", "Tags, separated by commas")
        self._takeaway = field("takeaway", "Takeaway", "One sentence for the next time", 1_000)
        for edit in (self._tags, self._takeaway):
            edit.textEdited.connect(lambda _: self._typing.start())
            edit.editingFinished.connect(self._tell_now)
        self._claims = self._make_claims()
        self._parked = ThoughtList()
        self._parked.decided.connect(self.thought_decided)
        bind_action(self, "keep-thought", lambda: self._decide("kept"), self._can_decide, anywhere=True)
        bind_action(self, "dismiss-thought", lambda: self._decide("dismissed"), self._can_decide, anywhere=True)
        self._feedback_head = label("From your partner", "small")
        self._feedback = label("", "", "partner-feedback", wrap=True)
        self._again = button("Another round", "another-round", "", key_of("another-round"))
        self._again.clicked.connect(self.another_round_requested)
        finish = button("Finish session", "finish-session", "primary", key_of("finish-session"))
        finish.clicked.connect(self._finish)
        bind_button(self, "finish-session", finish, anywhere=True)
        bind_button(self, "another-round", self._again, anywhere=True)
        body = column(
            self._title, 12,
            self._how, self._rating, self._reason, 12,
            self._claims,
            label("Tags", "small"), self._tags,
            label("Takeaway", "small"), self._takeaway, 12,
            label("Parked thoughts", "small"), self._parked, 8,
            self._feedback_head, self._feedback, 16,
            row(finish, self._again, 0), 0,
        )  # fmt: skip
        frame = QWidget()
        frame.setLayout(body)
        frame.setMaximumWidth(680)
        outer = row(frame, 0)
        outer.setStretch(0, 3)
        outer.setStretch(1, 1)
        outer.setContentsMargins(GRID * 14, GRID * 10, GRID * 14, GRID * 8)
        page = QWidget()
        page.setLayout(outer)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        self.setLayout(column(area))

    def _make_claims(self) -> QWidget:
        """Side by side, as the solutions were: mine on the left."""
        self._claim_words: dict[str, tuple[QLabel, QLabel]] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, GRID * 4)
        grid.setHorizontalSpacing(GRID * 6)
        grid.setVerticalSpacing(GRID)
        for place, whose in enumerate(("me", "partner")):
            who, words = label("You", whose, f"claim-of-{whose}"), label("", "", f"claim-{whose}", wrap=True)
            self._claim_words[whose] = who, words
            grid.addWidget(who, 1, place)
            grid.addWidget(words, 2, place)
            grid.setColumnStretch(place, 1)
        grid.addWidget(label("What it costs", "small"), 0, 0, 1, 2)
        made = QWidget()
        made.setLayout(grid)
        return made

    def home(self) -> QWidget:
        """The rating that is proposed."""
        return self._rating.chosen or self._takeaway

    def show_state(self, state: WrapUpState) -> None:
        """Show a state; what is being typed stays."""
        self._title.setText(f"Wrap-up: {state.problem_title}")
        self._rating.set_value(state.rating or state.proposed)
        self._rating.setVisible(state.asks_rating)
        self._how.setVisible(state.asks_rating)
        words = f"Proposed: {state.proposed} ({state.reason})" if state.proposed else ""
        self._reason.setText(
            words if state.asks_rating else "You asked in this interview, so there is nothing to rate."
        )
        self._claims.setVisible(bool(state.my_claim or state.partner_claim))
        for whose, claim in (("me", state.my_claim), ("partner", state.partner_claim)):
            self._claim_words[whose][1].setText(claim or "Nothing said")
        self._claim_words["partner"][0].setText(state.partner or "Partner")
        if not self._typing.isActive():
            set_text(self._tags, ", ".join(state.tags))
            set_text(self._takeaway, state.takeaway)
        self._parked.show_thoughts(state.parked)
        self._feedback.setText(state.partner_feedback or "Nothing yet.")
        for part in (self._feedback_head, self._feedback):
            part.setVisible(bool(state.partner))

    def _can_rate(self) -> bool:
        return self._rating.isVisibleTo(self)

    def _can_decide(self) -> bool:
        return self._parked.first_open is not None

    def _decide(self, decision: str) -> None:
        if (thought := self._parked.first_open) is not None:
            self.thought_decided.emit(thought.id, decision)

    def _rate(self, value: str) -> None:
        self._rating.set_value(value)
        self.rated.emit(value)

    def _tell(self) -> None:
        tags = tuple(tag.strip() for tag in self._tags.text().split(",") if tag.strip())
        self.kept.emit(tags, self._takeaway.text().strip())

    def _tell_now(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._tell()

    def _finish(self) -> None:
        self._tell_now()
        self.finish_requested.emit()
