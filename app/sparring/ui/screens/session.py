"""The session: one problem, one clock, two editors side by side."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTextBrowser, QWidget

from sparring.ui.editor import CodeEditor
from sparring.ui.screens.console import Console
from sparring.ui.shell.actions import key_of
from sparring.ui.theme import GRID, INK, Theme
from sparring.ui.widgets import (
    Avatar,
    BlockDots,
    ClockLabel,
    FocusRing,
    Pulse,
    button,
    column,
    field,
    label,
    row,
    show_markdown,
)


@dataclass(frozen=True)
class SessionState:
    """What the screen shows."""

    title: str = ""
    statement: str = ""
    round: int = 1
    format: str = "side-by-side"
    phase: str = "focus"
    north_star: str = ""
    me: str = ""
    partner: str = ""
    partner_online: bool = False
    partner_note: str = ""
    activity: str = ""
    block: int = 1
    blocks: int = 1
    running: bool = True
    waiting: bool = False
    paused_by: str = ""
    blind: bool = True
    my_ready: bool = False
    partner_ready: bool = False
    my_stuck: bool = False
    link: str = ""
    unsaved: int = 0


class _Veil(QWidget):
    """Covers the partner's pane while the round is blind: lines without words."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = INK
        self.pulse = Pulse()
        self.words = label("", "heading", "veil-words", wrap=True)
        self.activity = label("", "dim", "veil-activity", wrap=True)
        self.reveal = button("Ready to reveal", "reveal", "partner", key_of("reveal"))
        self.reveal.setCheckable(True)
        self.hint = label("Lifts when both press it, or at the last bell.", "dim", wrap=True)
        for one in (self.words, self.activity, self.hint):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column(0, self.pulse, 8, self.words, self.activity, 16, self.reveal, self.hint, 0)
        for item in (self.pulse, self.reveal):
            layout.setAlignment(item, Qt.AlignmentFlag.AlignHCenter)
        layout.setContentsMargins(GRID * 6, GRID * 4, GRID * 6, GRID * 4)
        self.setLayout(layout)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(self._theme.hairline)
        colour.setAlpha(110)
        painter.setPen(QPen(colour, 1))
        calm = range(self.pulse.y() - 16, self.hint.geometry().bottom() + 16)
        for y in range(12, self.height(), 21):
            if y not in calm:
                painter.drawLine(0, y, self.width(), y)
        painter.end()


class SessionScreen(QWidget):
    """See the module."""

    reveal_toggled = Signal(bool)
    stuck_toggled = Signal(bool)
    pause_requested = Signal()
    resume_requested = Signal()
    extend_requested = Signal()
    skip_requested = Signal()
    start_requested = Signal()
    walkthrough_requested = Signal()
    end_requested = Signal()
    thought_parked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state = SessionState()
        self.my_editor = CodeEditor("my-editor", "My code")
        self.my_editor.set_language("python")
        self.partner_editor = CodeEditor("partner-editor", "My partner's code")
        self.partner_editor.set_language("python")
        self.partner_editor.set_read_only_view(True)
        self.console = Console()
        self.console.line_requested.connect(self.my_editor.go_to_line)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setHandleWidth(1)
        self._columns.addWidget(self._make_statement())
        self._columns.addWidget(self._make_mine())
        self._columns.addWidget(self._make_partner())
        self._columns.setSizes([344, 516, 348])
        for index, stretch in enumerate((2, 5, 4)):
            self._columns.setStretchFactor(index, stretch)
        layout = column(self._make_bar(), self._make_strip(), self._columns, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._make_keys()

    # The parts.

    def _make_bar(self) -> QWidget:
        self._title, self._under = label("", "heading", "session-title"), label("", "dim")
        self._ring, self.clock, self._dots = FocusRing(), ClockLabel(), BlockDots()
        self._clock_words = label("", "dim", "clock-words")
        self._pause = button("Pause", "pause", "", key_of("pause"))
        self._pause.clicked.connect(self._press_pause)
        self._extend = button("+2 min", "extend", "", key_of("extend"), accessible="Two more minutes")
        self._extend.clicked.connect(self.extend_requested)
        self._skip = button("Skip break", "skip", "", key_of("skip"))
        self._skip.clicked.connect(self.skip_requested)
        self._begin = button("Start", "start-phase", accessible="Start this phase")
        self._begin.clicked.connect(self.start_requested)
        self._walk = button("To the walkthrough", "to-walkthrough")
        self._walk.clicked.connect(self.walkthrough_requested)
        self._stuck = button("Stuck", "stuck", "", key_of("stuck"), accessible="I am stuck")
        self._stuck.setCheckable(True)
        self._stuck.clicked.connect(lambda _: self.stuck_toggled.emit(self._stuck.isChecked()))
        self._me, self._partner = Avatar("me"), Avatar("partner")
        self._link = label("", "dim", "link-words")
        self._end = button("End", "end-session", accessible="End the session for both")
        self._end.clicked.connect(self.end_requested)
        bar = QWidget()
        bar.setProperty("role", "bar")
        bar.setFixedHeight(56)
        left = column(self._title, self._under, spacing=0)
        layout = row(
            left, 0, self._ring, self.clock, self._dots, self._clock_words, self._pause, self._extend, self._skip,
            self._begin, self._walk, self._stuck, 0, self._me, self._partner, self._link, self._end,
        )  # fmt: skip
        layout.setContentsMargins(GRID * 5, GRID, GRID * 5, GRID)
        bar.setLayout(layout)
        return bar

    def _make_strip(self) -> QWidget:
        self._strip_words = label("", "", "strip-words")
        self._thought = field("thought", "A thought to park", "Park a thought: one line, Enter, gone", 500)
        self._thought.returnPressed.connect(self._park)
        self._strip = QWidget()
        self._strip.setProperty("role", "strip")
        layout = row(self._strip_words, self._thought)
        layout.setContentsMargins(GRID * 5, GRID, GRID * 5, GRID)
        self._strip.setLayout(layout)
        self._strip.hide()
        return self._strip

    def _make_statement(self) -> QWidget:
        self._statement = QTextBrowser()
        self._statement.setObjectName("statement")
        self._statement.setAccessibleName("Statement")
        self._statement.setOpenExternalLinks(False)
        self._star_head, self._star = label("North star for today", "small"), label("", "", wrap=True)
        pane = QWidget()
        layout = column(self._statement, self._star_head, self._star)
        layout.setStretch(0, 1)
        layout.setContentsMargins(GRID * 5, GRID * 4, GRID * 3, GRID * 4)
        pane.setLayout(layout)
        pane.setMinimumWidth(180)
        self._statement_pane = pane
        return pane

    def _make_mine(self) -> QWidget:
        self._saved = label("", "dim", "saved-words")
        head = row(label("You", "heading"), 0, self._saved)
        head.setContentsMargins(GRID * 4, GRID * 2, GRID * 4, GRID * 2)
        upper = QWidget()
        layout = column(head, self.my_editor, spacing=0)
        layout.setStretch(1, 1)
        upper.setLayout(layout)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setHandleWidth(1)
        halves.addWidget(upper)
        halves.addWidget(self.console)
        halves.setSizes([500, 200])
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setMinimumWidth(320)
        return halves

    def _make_partner(self) -> QWidget:
        self._partner_head = label("Your partner", "heading")
        self._partner_words = label("", "dim", "partner-words")
        head = row(self._partner_head, 0, self._partner_words)
        head.setContentsMargins(GRID * 4, GRID * 2, GRID * 4, GRID * 2)
        self.veil = _Veil()
        self.veil.reveal.clicked.connect(lambda _: self.reveal_toggled.emit(self.veil.reveal.isChecked()))
        self._lane = QStackedWidget()
        self._lane.addWidget(self.veil)
        self._lane.addWidget(self.partner_editor)
        pane = QWidget()
        layout = column(head, self._lane, spacing=0)
        layout.setStretch(1, 1)
        pane.setLayout(layout)
        pane.setMinimumWidth(220)
        self._partner_pane = pane
        return pane

    def _make_keys(self) -> None:
        for action, act in (
            ("run", self.console.press_run),
            ("reveal", self.veil.reveal.click),
            ("stuck", self._stuck.click),
            ("pause", self._pause.click),
            ("extend", self._extend.click),
            ("skip", self._skip.click),
            ("park", self._show_thought),
            ("fold-statement", lambda: self._statement_pane.setHidden(not self._statement_pane.isHidden())),
            ("fold-partner", lambda: self._partner_pane.setHidden(not self._partner_pane.isHidden())),
            ("leave-editor", self.focusNextChild),
        ):
            shortcut = QShortcut(QKeySequence(key_of(action)), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What it shows.

    def set_clock(self, remaining_ms: int, total_ms: int, running: bool) -> None:
        """What is left of the phase."""
        self.clock.set_ms(remaining_ms)
        self._ring.set_progress(remaining_ms / total_ms if total_ms else 0.0, running)
        if self._state.phase == "break":
            words = f"Break. {self.clock.text()}. Stand up, look out of the window. Your code stays as it is."
            self._strip_words.setText(words)

    def show_state(self, state: SessionState) -> None:
        """Show a state, touching only what differs."""
        before, self._state = self._state, state
        timed = state.phase in ("focus", "break")
        self._title.setText(state.title)
        self._under.setText(f"Round {state.round} · {state.format.replace('-', ' ')} · {state.phase}")
        if state.statement != before.statement:
            show_markdown(self._statement, state.statement)
        self._star_head.setVisible(bool(state.north_star))
        self._star.setText(state.north_star)
        for part in (self._ring, self.clock, self._dots, self._pause, self._extend):
            part.setVisible(timed)
        self._dots.set_blocks(state.block, state.blocks)
        self._pause.setText("Pause" if state.running else "Resume")
        self._pause.setVisible(timed and not state.waiting)
        self._begin.setVisible(state.waiting)
        self._skip.setVisible(state.phase == "break")
        self._stuck.setVisible(timed)
        self._stuck.setChecked(state.my_stuck)
        self._walk.setVisible(state.phase == "reveal")
        self._clock_words.setText(f"paused by {state.paused_by}" if state.paused_by else "")
        self._me.set_person(state.me, True)
        self._partner.setVisible(state.format != "solo")
        self._partner.set_person(state.partner, state.partner_online, state.partner_note)
        self._link.setText(f"{state.unsaved} changes not yet saved" if state.unsaved else state.link)
        self._saved.setText("Python · kept on your disk" if state.blind else "Python · shared")
        self._show_partner(state)
        self._strip.setVisible(state.phase == "break" or self._thought.isVisibleTo(self._strip))
        self._thought.setVisible(self._thought.hasFocus())
        self._strip_words.setVisible(state.phase == "break")

    def _show_partner(self, state: SessionState) -> None:
        self._partner_pane.setVisible(state.format != "solo" or state.blind)
        name = state.partner or "Your partner"
        self._partner_head.setText(name if state.format != "solo" else "Solo")
        self._partner_words.setText("blind" if state.blind else state.partner_note)
        self._lane.setCurrentWidget(self.veil if state.blind or state.format == "pair" else self.partner_editor)
        if state.format == "solo":
            words, hint = "You practise alone", "Reveal when you are done, or wait for the last bell."
        elif state.format == "pair":
            words, hint = f"You and {name} write in one pad", "Press it when both of you are done."
        else:
            words = f"{name} is {state.partner_note or 'thinking'}"
            hint = "Lifts when both press it, or at the last bell."
        if state.partner_ready:
            hint = f"{name} is ready. {hint}"
        self.veil.words.setText(words)
        self.veil.activity.setText(state.activity)
        self.veil.hint.setText(hint)
        self.veil.reveal.setChecked(state.my_ready)
        self.veil.reveal.setText("Ready, waiting" if state.my_ready else "Ready to reveal")

    def _press_pause(self) -> None:
        (self.pause_requested if self._state.running else self.resume_requested).emit()

    def _show_thought(self) -> None:
        self._strip.show()
        self._thought.show()
        self._thought.setFocus()

    def _park(self) -> None:
        text = self._thought.text().strip()
        self._thought.clear()
        self.my_editor.setFocus()
        self._thought.hide()
        self._strip.setVisible(self._state.phase == "break")
        if text:
            self.thought_parked.emit(text)
