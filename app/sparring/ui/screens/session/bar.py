"""The top bar: problem, clock, both partners, and what waits for a look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sparring.ui.screens.session.state import SessionState
from sparring.ui.shell.actions import bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Avatar, BlockDots, ClockLabel, Elided, FocusRing, button, column, label, row

PHASE_WORDS = {"focus": "focus", "break": "break", "reveal": "revealed"}


class TopBar(QWidget):
    """See the module."""

    stuck_toggled = Signal(bool)
    pause_requested = Signal()
    resume_requested = Signal()
    extend_requested = Signal()
    skip_requested = Signal()
    start_requested = Signal()
    walkthrough_requested = Signal()
    end_requested = Signal()
    messages_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = SessionState()
        self._title, self._under = Elided("", "heading", "session-title"), label("", "dim", "session-under")
        self._ring, self.clock, self._dots = FocusRing(), ClockLabel(), BlockDots()
        self._clock_words = label("", "dim", "clock-words")
        self._pause = button("Pause", "pause", "", key_of("pause"))
        self._pause.clicked.connect(self._press_pause)
        self._extend = button("+2 min", "extend", "", key_of("extend"), accessible="Two more minutes")
        self._extend.clicked.connect(self.extend_requested)
        self._skip = button("Skip break", "skip", "", key_of("skip"))
        self._skip.clicked.connect(self.skip_requested)
        self._begin = button("Start", "start-phase", "", key_of("start-phase"), accessible="Start this phase")
        self._begin.clicked.connect(self.start_requested)
        self._walk = button("To the walkthrough", "to-walkthrough", "", key_of("to-walkthrough"))
        self._walk.clicked.connect(self.walkthrough_requested)
        self._stuck = button("Stuck", "stuck", "", key_of("stuck"), accessible="I am stuck")
        self._stuck.setCheckable(True)
        self._stuck.clicked.connect(self.stuck_toggled)
        self._waiting = button("", "messages-waiting", "partner", key_of("show-chat"), accessible="Read what waits")
        self._waiting.clicked.connect(self.messages_requested)
        self._me, self._partner = Avatar("me"), Avatar("partner")
        self._link = label("", "dim", "link-words")
        self._end = button("End", "end-session", "quiet", key_of("end-session"), accessible="End the session for both")
        self._end.clicked.connect(self.end_requested)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        left = column(self._title, self._under, spacing=0)
        layout = row(
            left, self._ring, self.clock, self._dots, self._clock_words, self._pause, self._extend, self._skip,
            self._begin, self._walk, self._stuck, 0, self._waiting, self._me, self._partner, self._link, self._end,
        )  # fmt: skip
        # The title first: the space beside it is only what is left.
        layout.setStretch(0, 3)
        layout.setContentsMargins(GRID * 5, GRID, GRID * 3, GRID)
        self.setLayout(layout)
        for action, pressed in (
            ("stuck", self._stuck), ("pause", self._pause), ("extend", self._extend), ("skip", self._skip),
            ("start-phase", self._begin), ("to-walkthrough", self._walk), ("end-session", self._end),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)

    def set_clock(self, remaining_ms: int, total_ms: int, running: bool) -> None:
        """What is left of the phase."""
        self.clock.set_ms(remaining_ms)
        self._ring.set_progress(remaining_ms / total_ms if total_ms else 0.0, running)

    def _press_pause(self) -> None:
        (self.pause_requested if self._state.running else self.resume_requested).emit()

    def show_state(self, state: SessionState) -> None:
        self._state = state
        timed = state.is_timed
        role = f" · you are the {state.role}" if state.role else ""
        self._title.setText(state.title)
        phase = PHASE_WORDS.get(state.phase, state.phase)
        self._under.setText(f"Round {state.round} · {state.format.replace('-', ' ')} · {phase}{role}")
        for part in (self._ring, self.clock, self._dots, self._pause, self._extend):
            part.setVisible(timed)
        self._dots.set_blocks(state.block, state.blocks)
        self._pause.setText("Pause" if state.running else "Resume")
        self._pause.setVisible(timed and not state.waiting)
        self._begin.setVisible(state.waiting)
        self._skip.setVisible(state.phase == "break")
        self._stuck.setVisible(state.phase == "focus" and state.role != "interviewer")
        self._stuck.setChecked(state.my_stuck)
        self._walk.setVisible(state.phase == "reveal")
        self._clock_words.setText(f"paused by {state.paused_by}" if state.paused_by else "")
        self._clock_words.setVisible(bool(state.paused_by))
        self._waiting.setVisible(bool(state.unread))
        self._waiting.setText(f"{state.unread} waiting")
        self._me.set_person(state.me, True)
        self._partner.setVisible(state.format != "solo")
        self._partner.set_person(state.partner.name, state.partner.online, state.partner.note)
        self._link.setText(f"{state.unsaved} changes not yet saved" if state.unsaved else state.link)
