"""The wrap-up: how hard was it, what do I keep."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, field, label, row, set_text

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
    parked: tuple[str, ...] = ()
    partner_feedback: str = ""


class WrapUpScreen(QWidget):
    """See the module."""

    rated = Signal(str)
    kept = Signal(object, str)
    """(tags, takeaway) as they are now."""
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
            bind_action(self, f"rate-{value}", partial(self._rate, value), anywhere=True)
        self._reason = label("", "dim", "rating-reason", wrap=True)
        self._tags = field("tags", "Tags", "Tags, separated by commas")
        self._takeaway = field("takeaway", "Takeaway", "One sentence for the next time", 1_000)
        for edit in (self._tags, self._takeaway):
            edit.textEdited.connect(lambda _: self._typing.start())
            edit.editingFinished.connect(self._tell_now)
        self._parked = label("", "", "parked-thoughts", wrap=True)
        self._feedback = label("", "", "partner-feedback", wrap=True)
        self._again = button("Another round", "another-round", "", key_of("another-round"))
        self._again.clicked.connect(self.another_round_requested)
        finish = button("Finish session", "finish-session", "primary", key_of("finish-session"))
        finish.clicked.connect(self._finish)
        for action, pressed in (("another-round", self._again), ("finish-session", finish)):
            bind_button(self, action, pressed, anywhere=True)
        body = column(
            self._title, 12,
            label("How was it?", "small"), self._rating, self._reason, 12,
            label("Tags", "small"), self._tags,
            label("Takeaway", "small"), self._takeaway, 12,
            label("Parked thoughts", "small"), self._parked, 8,
            label("From your partner", "small"), self._feedback, 16,
            row(finish, self._again, 0), 0,
        )  # fmt: skip
        frame = QWidget()
        frame.setLayout(body)
        frame.setMaximumWidth(680)
        outer = row(frame, 0)
        outer.setStretch(0, 3)
        outer.setStretch(1, 1)
        outer.setContentsMargins(GRID * 14, GRID * 10, GRID * 14, GRID * 8)
        self.setLayout(outer)

    def home(self) -> QWidget:
        """The rating that is proposed."""
        return self._rating.chosen or self._takeaway

    def show_state(self, state: WrapUpState) -> None:
        """Show a state; what is being typed stays."""
        self._title.setText(f"Wrap-up: {state.problem_title}")
        self._rating.set_value(state.rating or state.proposed)
        self._reason.setText(f"Proposed: {state.proposed} ({state.reason})" if state.proposed else "")
        if not self._typing.isActive():
            set_text(self._tags, ", ".join(state.tags))
            set_text(self._takeaway, state.takeaway)
        self._parked.setText("\n".join(f"· {thought}" for thought in state.parked) or "None. A clear head.")
        self._feedback.setText(state.partner_feedback or "Nothing yet.")

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
