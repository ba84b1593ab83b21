"""The lobby: who is here, what we want today, and which problem."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from sparring.problems.choosing import Choice
from sparring.ui.screens.call_link import NO_CALL_LINK, call_address
from sparring.ui.screens.chooser import Chooser, Suggestion, SuggestionPanel
from sparring.ui.screens.invite import InvitePanel
from sparring.ui.shell.actions import bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Avatar, Segmented, button, column, field, finish, label, row, set_text

TYPING_MS = 300
ANSWER_MS = 2_000
"""So long what I chose stays as I chose it, while older news of the plan may still be on its way."""


NOTHING_SUGGESTED = Suggestion()


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
class LobbyState:
    """What the screen shows."""

    invite_link: str = ""
    invite_note: str = ""
    me: str = ""
    partner: str = ""
    partner_online: bool = False
    plan: PlanFields = PlanFields()
    problems: tuple[Choice, ...] = ()
    chosen: str = ""
    suggestion: Suggestion = NOTHING_SUGGESTED
    partner_told: bool = False
    """Whether the partner's app has said which problems they have seen."""
    can_start: bool = False
    hint: str = ""
    round: int = 1
    can_remove: bool = False
    """Whether somebody is here whom I may remove."""
    interviewer: str = "me"
    """Who asks first in a mock interview: "me" or "partner"."""


class LobbyScreen(QWidget):
    """See the module."""

    plan_changed = Signal(object)
    problem_chosen = Signal(str)
    """I suggest this one."""
    agreed = Signal(bool)
    """I agree with what is suggested, or no longer."""
    asked_again = Signal()
    """My partner should send the problem once more."""
    interviewer_chosen = Signal(str)
    """"me" or "partner" asks first in a mock interview."""
    copy_requested = Signal()
    open_call_requested = Signal()
    start_requested = Signal()
    leave_requested = Signal()
    bring_in_requested = Signal()
    removal_requested = Signal()

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._state = LobbyState()
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
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        left, right = QWidget(), QWidget()
        left.setFixedWidth(480)
        layout = row(left, right, spacing=GRID * 12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(GRID * 12, GRID * 8, GRID * 12, GRID * 8)
        self.setLayout(layout)
        left.setLayout(self._make_left())
        yield
        right.setLayout(self._make_right())

    def _make_left(self) -> QGridLayout:
        self._title = label("Lobby", "title")
        self._me, self._partner = Avatar("me", 36), Avatar("partner", 36)
        self._me_name, self._partner_name = label("", "heading"), label("", "heading", "partner-name")
        self.invite = InvitePanel()
        self.invite.copy_requested.connect(self.copy_requested)
        self._star = self._plan_field("north-star", "North star of the session", "What do we want to practise?")
        self._call = self._plan_field("call-link", "Call link", "https://meet… (opens for both with one click)")
        self._call_words = label("Call", "small", "call-words")
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
        self._remove = button(
            "Remove…", "lobby-remove", "quiet", key_of("remove-member"), "Remove somebody and change the link"
        )
        self._remove.clicked.connect(self.removal_requested)
        people = row(self._me, self._me_name, 24, self._partner, self._partner_name, 0, self._remove)
        numbers = row(
            label("Focus", "dim"), self._focus, label("Break", "dim"), self._break,
            label("Blocks", "dim"), self._blocks, 0,
        )  # fmt: skip
        body = column(
            self._title, 8, people, 12,
            label("Invite your partner", "small"), self.invite, 12,
            label("North star", "small"), self._star,
            self._call_words, row(self._call, self._open_call), 8,
            label("Plan", "small"), self._format, numbers, row(self._auto, self._auto_break, 0, spacing=GRID * 4),
            self._asks, self._swap, 0,
        )  # fmt: skip
        grid.addLayout(body, 0, 0)
        return grid

    def _make_right(self) -> QGridLayout:
        self._chooser, self._panel = Chooser(), SuggestionPanel()
        self._chooser.chosen.connect(self.problem_chosen)
        self._panel.minutes_taken.connect(self._take_minutes)
        self._panel.taken_back.connect(lambda: self.agreed.emit(False))
        self._panel.asked_again.connect(self.asked_again)
        self._agree = button("Agree", "agree", "primary", key_of("agree"), accessible="Agree with the suggestion")
        self._agree.clicked.connect(lambda: self.agreed.emit(True))
        self._start = button("Start the block", "start-block", "primary", key_of("start-block"))
        self._start.clicked.connect(self.start_requested)
        leave = button("Leave", "leave-lobby", "quiet", key_of("leave-lobby"), accessible="Leave the session")
        leave.clicked.connect(self.leave_requested)
        for part in (self.invite, self._chooser, self._panel):
            part.bind_keys(self)
        for action, pressed in (
            ("open-call", self._open_call), ("start-block", self._start), ("agree", self._agree),
            ("leave-lobby", leave),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)
        bring_in = button("Bring in…", "lobby-bring-in", "quiet", key_of("bring-in"), "Bring in problems")
        bring_in.clicked.connect(self.bring_in_requested)
        self._hint = label("", "dim", "lobby-hint", wrap=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        foot = row(self._agree, self._start, self._hint, bring_in, leave)
        foot.setStretch(2, 1)
        body = column(label("Problem", "heading"), self._chooser, self._panel, foot, spacing=GRID * 3)
        body.setStretch(1, 1)
        grid.addLayout(body, 0, 0)
        self._agree.hide()
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
        return self._chooser.view if self._state.partner else self.invite.copy_button

    def show_state(self, state: LobbyState) -> None:
        """Show a state; the field that has focus keeps what is typed."""
        self._state = state
        self._title.setText("Lobby" if state.round == 1 else f"Lobby of round {state.round}")
        self._me.set_person(state.me, True)
        self._me_name.setText(state.me)
        self._partner.set_person(state.partner, state.partner_online)
        waiting = "waiting for your partner…" if not state.partner else ""
        offline = f"{state.partner} (offline)" if state.partner and not state.partner_online else state.partner
        self._partner_name.setText(waiting or offline)
        self.invite.show_link(state.invite_link, state.invite_note)
        self._told = {name: value for name, value in self._told.items() if getattr(state.plan, name) != value}
        self._show_plan(state.plan)
        for part in (self._asks, self._swap):
            part.setVisible(state.plan.format == "mock")
        self._asks.set_value(state.interviewer)
        self._asks.set_words("partner", f"{state.partner or 'My partner'} asks first")
        self._remove.setVisible(state.can_remove)
        can_call = bool(call_address(state.plan.call_link))
        self._open_call.setEnabled(can_call)
        self._call.setToolTip(NO_CALL_LINK if state.plan.call_link and not can_call else "")
        self._call_words.setText(NO_CALL_LINK if state.plan.call_link and not can_call else "Call")
        self._chooser.show_choices(state.problems, state.chosen, partner_told=state.partner_told)
        self._panel.show_suggestion(
            state.suggestion, state.me, state.partner, partner_online=state.partner_online,
            focus_minutes=state.plan.focus_minutes,
        )  # fmt: skip
        # One primary button at a time: my word first, if it is awaited.
        is_awaited = bool(state.suggestion.by) and not state.suggestion.i_agree
        self._agree.setVisible(is_awaited)
        self._agree.setEnabled(state.suggestion.can_agree)
        self._start.setVisible(not is_awaited)
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

    def _take_minutes(self, minutes: int) -> None:
        """A block takes as long as the problem suggests."""
        self._touched.add("focus_minutes")
        self._is_showing = True
        self._focus.setValue(minutes)
        self._is_showing = False
        self._tell_plan()

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


def _field_of(widget: QWidget) -> str:
    """The part of the plan that a widget shows: they are called alike."""
    return widget.objectName().replace("-", "_")
