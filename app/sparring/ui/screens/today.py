"""Today: start a session, join one, come back to one, and see what the last ones were."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, field, hairline, label, row, set_text


@dataclass(frozen=True)
class TodayRow:
    """A past round in one line."""

    id: str
    title: str
    topics: str
    words: str


@dataclass(frozen=True)
class TodayState:
    """What the screen shows."""

    name: str = ""
    date_words: str = ""
    resume_words: str = ""
    north_star: str = ""
    struggled: tuple[TodayRow, ...] = ()
    recent: tuple[TodayRow, ...] = ()
    busy: str = ""
    error: str = ""


class TodayScreen(QWidget):
    """See the module."""

    name_changed = Signal(str)
    start_requested = Signal()
    join_requested = Signal(str)
    cancel_requested = Signal()
    resume_requested = Signal()
    dismiss_resume_requested = Signal()
    round_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state: TodayState | None = None
        self._title = label("Today", "title")
        self._date = label("", "dim")
        self._name = field("my-name", "Your name", "Your name, as your partner sees it", 60)
        self._name.setMaximumWidth(320)
        self._name.textEdited.connect(self.name_changed)
        self._start = button("Start session", "start-session", "primary")
        self._start.clicked.connect(self.start_requested)
        self._link = field("invite-link-input", "Invite link", "Paste your partner's invite link", 600)
        self._link.returnPressed.connect(self._join)
        self._join_button = button("Join", "join-session")
        self._join_button.clicked.connect(self._join)
        self._cancel = button("Cancel", "cancel-start", "quiet")
        self._cancel.clicked.connect(self.cancel_requested)
        self._busy = label("", "dim", "today-busy")
        self._error = label("", "error", "today-error", wrap=True)
        self._resume = self._make_resume()
        self._star_head = label("Last north star", "small")
        self._star = label("", "heading", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        body = column(
            self._title, self._date, 12, self._resume,
            label("Your name", "small"), self._name, 8,
            row(self._start, self._cancel, self._busy, 0), 8,
            label("Or join your partner", "small"), row(self._link, self._join_button), self._error, 20,
            self._star_head, self._star, 12, self._rows, 0,
        )  # fmt: skip
        frame = QWidget()
        frame.setLayout(body)
        frame.setMaximumWidth(760)
        outer = row(frame, 0)
        outer.setStretch(0, 3)
        outer.setStretch(1, 1)
        outer.setContentsMargins(GRID * 14, GRID * 10, GRID * 14, GRID * 8)
        self.setLayout(outer)

    def _make_resume(self) -> QWidget:
        panel = QWidget()
        panel.setProperty("role", "panel")
        self._resume_words = label("", "", "resume-words", wrap=True)
        back = button("Come back", "resume-session")
        back.clicked.connect(self.resume_requested)
        leave = button("Close it", "dismiss-resume", "quiet")
        leave.clicked.connect(self.dismiss_resume_requested)
        layout = row(self._resume_words, back, leave)
        layout.setStretch(0, 1)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 3, GRID * 3)
        panel.setLayout(layout)
        return panel

    def show_state(self, state: TodayState) -> None:
        """Show a state; what is being typed stays."""
        set_text(self._name, state.name)
        self._date.setText(state.date_words)
        self._resume.setVisible(bool(state.resume_words))
        self._resume_words.setText(state.resume_words)
        for part in (self._start, self._join_button, self._link, self._name):
            part.setEnabled(not state.busy)
        self._cancel.setVisible(bool(state.busy))
        self._busy.setText(state.busy)
        self._error.setText(state.error)
        self._star_head.setVisible(bool(state.north_star))
        self._star.setVisible(bool(state.north_star))
        self._star.setText(state.north_star)
        if self._state is None or (state.struggled, state.recent) != (self._state.struggled, self._state.recent):
            self._show_rows(state)
        self._state = state

    def _show_rows(self, state: TodayState) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if not state.recent:
            self._rows.addWidget(
                label(
                    "No rounds yet. Start a session, send the invite link to a friend, and pick a problem together.",
                    "dim", wrap=True,
                )
            )  # fmt: skip
        for heading, rows in (("Worth taking again", state.struggled), ("Last rounds", state.recent)):
            if rows:
                self._rows.addWidget(label(heading, "small"))
            for number, one in enumerate(rows):
                self._rows.addWidget(self._make_row(one, number))
            if rows:
                self._rows.addSpacing(GRID * 5)

    def _make_row(self, one: TodayRow, number: int) -> QWidget:
        made = QWidget()
        title = button(one.title, f"open-round-{number}", "quiet")
        title.clicked.connect(lambda _=False: self.round_opened.emit(one.id))
        line = row(title, 0, label(one.topics, "dim"), 12, label(one.words, "dim"))
        made.setLayout(column(line, hairline(), spacing=GRID))
        return made

    def _join(self) -> None:
        self.join_requested.emit(self._link.text())
