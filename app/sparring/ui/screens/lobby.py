"""The lobby: who is here, what we want today, and which problem."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QListView, QSpinBox, QWidget

from sparring.ui.shell.actions import bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Avatar, QrCode, Segmented, button, column, field, hairline, label, row, set_text

TYPING_MS = 300
ANSWER_MS = 2_000
"""So long what I chose stays as I chose it, while older news of the plan may still be on its way."""
COPIED_MS = 2_000


@dataclass(frozen=True)
class PlanFields:
    """The parts of the plan that can be changed here."""

    north_star: str = ""
    call_link: str = ""
    format: str = "side-by-side"
    focus_minutes: int = 25
    break_minutes: int = 5
    blocks: int = 2
    auto_start: bool = True
    auto_start_break: bool = True
    swap_roles: bool = True


@dataclass(frozen=True)
class ProblemRow:
    """A problem to choose from."""

    id: str
    title: str
    difficulty: str
    topics: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class LobbyState:
    """What the screen shows."""

    invite_link: str = ""
    invite_note: str = ""
    me: str = ""
    partner: str = ""
    partner_online: bool = False
    plan: PlanFields = PlanFields()
    problems: tuple[ProblemRow, ...] = ()
    chosen: str = ""
    can_start: bool = False
    hint: str = ""
    round: int = 1
    interviewer: str = "me"
    """Who asks first in a mock interview: "me" or "partner"."""


class LobbyScreen(QWidget):
    """See the module."""

    plan_changed = Signal(object)
    problem_chosen = Signal(str)
    interviewer_chosen = Signal(str)
    """"me" or "partner" asks first in a mock interview."""
    copy_requested = Signal()
    open_call_requested = Signal()
    start_requested = Signal()
    leave_requested = Signal()
    bring_in_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = LobbyState()
        self._listed: list[ProblemRow] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell_plan)
        # What I have chosen and not told yet, and what I told and have not heard back. Every other part of the plan
        # is the room's, so that a word of mine does not take back what my partner chose at the same time.
        self._touched: set[str] = set()
        self._told: dict[str, Any] = {}
        self._is_showing = False
        self._answer = QTimer(self)
        self._answer.setSingleShot(True)
        self._answer.setInterval(ANSWER_MS)
        self._answer.timeout.connect(self._stop_waiting)
        left, right = QWidget(), QWidget()
        left.setLayout(self._make_left())
        left.setFixedWidth(480)
        right.setLayout(self._make_right())
        layout = row(left, right, spacing=GRID * 12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(GRID * 12, GRID * 8, GRID * 12, GRID * 8)
        self.setLayout(layout)

    def _make_left(self) -> QGridLayout:
        self._title = label("Lobby", "title")
        self._me, self._partner = Avatar("me", 36), Avatar("partner", 36)
        self._me_name, self._partner_name = label("", "heading"), label("", "heading", "partner-name")
        self._link = field("invite-link", "Invite link", max_length=600)
        self._link.setReadOnly(True)
        self._copy = button("Copy", "copy-link", "", key_of("copy-link"), accessible="Copy the invite link")
        self._copy.clicked.connect(self._copied)
        self._qr = QrCode(132)
        self._note = label("", "dim", wrap=True)
        self._star = self._plan_field("north-star", "North star of the session", "What do we want to practise?")
        self._call = self._plan_field("call-link", "Call link", "https://meet… (opens for both with one click)")
        self._open_call = button("Open", "open-call", "", key_of("open-call"), accessible="Open the call link")
        self._open_call.clicked.connect(self.open_call_requested)
        self._format = Segmented(
            "format", [("side-by-side", "Side by side"), ("pair", "Pair"), ("mock", "Mock interview"), ("solo", "Solo")]
        )
        self._format.changed.connect(lambda _: self._choose_now("format"))
        self._focus = self._spin("focus-minutes", "Focus minutes", 1, 180)
        self._break = self._spin("break-minutes", "Break minutes", 1, 60)
        self._blocks = self._spin("blocks", "Focus blocks", 1, 8)
        self._auto = self._check("auto-start", "Blocks start by themselves")
        self._auto_break = self._check("auto-start-break", "Breaks start by themselves")
        self._swap = self._check("swap-roles", "Roles swap at the bell")
        self._asks = Segmented("interviewer", [("me", "I ask first"), ("partner", "My partner asks first")])
        self._asks.changed.connect(self.interviewer_chosen)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        people = row(self._me, self._me_name, 24, self._partner, self._partner_name, 0)
        numbers = row(
            label("Focus", "dim"), self._focus, label("Break", "dim"), self._break,
            label("Blocks", "dim"), self._blocks, 0,
        )  # fmt: skip
        body = column(
            self._title, 8, people, 12,
            label("Invite your partner", "small"), row(self._link, self._copy),
            row(self._qr, self._note, spacing=GRID * 4), 12,
            label("North star", "small"), self._star,
            label("Call", "small"), row(self._call, self._open_call), 8,
            label("Plan", "small"), self._format, numbers, row(self._auto, self._auto_break, 0, spacing=GRID * 4),
            self._asks, self._swap, 0,
        )  # fmt: skip
        grid.addLayout(body, 0, 0)
        return grid

    def _make_right(self) -> QGridLayout:
        self._search = field("problem-search", "Search problems", "Search problems")
        self._search.textChanged.connect(lambda _: self._list_problems())
        self._search.returnPressed.connect(lambda: self._choose(0))
        self._topics = QCheckBox("Show topics and difficulty")
        self._topics.setObjectName("show-topics")
        self._topics.setAccessibleName("Show topics and difficulty")
        self._topics.toggled.connect(lambda _: self._list_problems())
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setObjectName("problem-list")
        self._list.setAccessibleName("Problems")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self._list.activated.connect(lambda index: self._choose(index.row()))
        self._start = button("Start the block", "start-block", "primary", key_of("start-block"))
        self._start.clicked.connect(self.start_requested)
        leave = button("Leave", "leave-lobby", "quiet", key_of("leave-lobby"), accessible="Leave the session")
        leave.clicked.connect(self.leave_requested)
        for action, pressed in (
            ("copy-link", self._copy), ("open-call", self._open_call), ("start-block", self._start),
            ("leave-lobby", leave),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)
        bring_in = button("Bring in…", "lobby-bring-in", "quiet", key_of("bring-in"), "Bring in problems")
        bring_in.clicked.connect(self.bring_in_requested)
        self._hint = label("", "dim", "lobby-hint", wrap=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        body = column(
            label("Problem", "heading"), row(self._search, self._topics), hairline(), self._list,
            row(self._start, self._hint, 0, bring_in, leave),
        )  # fmt: skip
        body.setStretch(3, 1)
        grid.addLayout(body, 0, 0)
        return grid

    def _check(self, name: str, words: str) -> QCheckBox:
        made = QCheckBox(words)
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.clicked.connect(lambda _: self._choose_now(_field_of(made)))
        return made

    def _plan_field(self, name: str, accessible: str, placeholder: str) -> QLineEdit:
        made = field(name, accessible, placeholder)
        made.textEdited.connect(lambda _: self._touch(_field_of(made)))
        made.editingFinished.connect(self._finish_typing)
        return made

    def _spin(self, name: str, accessible: str, low: int, high: int) -> QSpinBox:
        made = QSpinBox()
        made.setObjectName(name)
        made.setAccessibleName(accessible)
        made.setRange(low, high)
        made.valueChanged.connect(lambda _: self._touch(_field_of(made)))
        made.editingFinished.connect(self._finish_typing)
        return made

    def home(self) -> QWidget:
        """First the partner, then the problem."""
        return self._list if self._state.partner else self._copy

    def show_state(self, state: LobbyState) -> None:
        """Show a state; the field that has focus keeps what is typed."""
        self._state, before = state, self._state
        self._title.setText("Lobby" if state.round == 1 else f"Lobby of round {state.round}")
        self._me.set_person(state.me, True)
        self._me_name.setText(state.me)
        self._partner.set_person(state.partner, state.partner_online)
        waiting = "waiting for your partner…" if not state.partner else ""
        offline = f"{state.partner} (offline)" if state.partner and not state.partner_online else state.partner
        self._partner_name.setText(waiting or offline)
        set_text(self._link, state.invite_link)
        self._link.setCursorPosition(0)
        self._qr.set_text(state.invite_link)
        self._note.setText(state.invite_note)
        self._told = {name: value for name, value in self._told.items() if getattr(state.plan, name) != value}
        self._show_plan(state.plan)
        for part in (self._asks, self._swap):
            part.setVisible(state.plan.format == "mock")
        self._asks.set_value(state.interviewer)
        self._asks.set_words("partner", f"{state.partner or 'My partner'} asks first")
        self._open_call.setEnabled(state.plan.call_link.startswith(("https://", "http://")))
        if state.problems != before.problems or state.chosen != before.chosen or not self._listed:
            self._list_problems()
        self._start.setEnabled(state.can_start)
        self._hint.setText(state.hint)

    def _show_plan(self, plan: PlanFields) -> None:
        """What of the plan I have not just chosen otherwise."""
        mine = self._touched | self._told.keys()
        self._is_showing = True
        for line in (self._star, self._call):
            if (name := _field_of(line)) not in mine:
                set_text(line, getattr(plan, name))
        for spin in (self._focus, self._break, self._blocks):
            if (name := _field_of(spin)) not in mine:
                spin.setValue(getattr(plan, name))
        for box in (self._auto, self._auto_break, self._swap):
            if (name := _field_of(box)) not in mine:
                box.setChecked(getattr(plan, name))
        if "format" not in mine:
            self._format.set_value(plan.format)
        self._is_showing = False

    def _list_problems(self) -> None:
        wanted = self._search.text().casefold()
        shows = self._topics.isChecked()
        self._listed = [
            row
            for row in self._state.problems
            if wanted in row.title.casefold() or (shows and wanted in " ".join(row.topics).casefold())
        ]
        lines = []
        for row_ in self._listed:
            details = f"   {row_.difficulty} · {', '.join(row_.topics)}" if shows else ""
            mark = "●  " if row_.id == self._state.chosen else "○  "
            lines.append(f"{mark}{row_.title}   {row_.minutes} min{details}")
        self._model.setStringList(lines)
        for number, row_ in enumerate(self._listed):
            if row_.id == self._state.chosen:
                self._list.setCurrentIndex(self._model.index(number))

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._listed):
            self.problem_chosen.emit(self._listed[number].id)

    def _touch(self, name: str) -> None:
        """I change this part of the plan; it is told when the keys rest."""
        if not self._is_showing:
            self._touched.add(name)
            self._typing.start()

    def _choose_now(self, name: str) -> None:
        self._touched.add(name)
        self._tell_plan()

    def _finish_typing(self) -> None:
        if self._typing.isActive():
            self._tell_plan()

    def _tell_plan(self) -> None:
        self._typing.stop()
        shown: dict[str, Any] = {
            "north_star": self._star.text().strip(),
            "call_link": self._call.text().strip(),
            "format": self._format.value or "side-by-side",
            "focus_minutes": self._focus.value(),
            "break_minutes": self._break.value(),
            "blocks": self._blocks.value(),
            "auto_start": self._auto.isChecked(),
            "auto_start_break": self._auto_break.isChecked(),
            "swap_roles": self._swap.isChecked(),
        }
        self._told |= {name: shown[name] for name in self._touched}
        self._touched.clear()
        self._answer.start()
        self.plan_changed.emit(replace(self._state.plan, **self._told))

    def _stop_waiting(self) -> None:
        """No answer: refused, or my partner chose something else meanwhile. Show what the room says."""
        self._told = {}
        self.show_state(self._state)

    def _copied(self) -> None:
        self.copy_requested.emit()
        self._copy.setText("Copied")
        QTimer.singleShot(COPIED_MS, self._copy, lambda: self._copy.setText("Copy"))


def _field_of(widget: QWidget) -> str:
    """The part of the plan that a widget shows: they are called alike."""
    return widget.objectName().replace("-", "_")
