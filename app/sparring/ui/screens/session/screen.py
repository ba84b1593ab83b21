"""The session's screen: top bar, a strip for the break and for thoughts, and three columns."""

from collections.abc import Iterator
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from sparring.ui.screens.console import NOTHING_TO_RUN
from sparring.ui.screens.session.bar import TopBar
from sparring.ui.screens.session.guide import Guide
from sparring.ui.screens.session.mine import MyColumn
from sparring.ui.screens.session.partner import PartnerColumn
from sparring.ui.screens.session.state import SessionState
from sparring.ui.shell.actions import bind_action, bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, field, finish, label, row

MAX_THOUGHT_LENGTH = 500
COLUMN_WIDTHS = [344, 516, 348]


class SessionScreen(QWidget):
    """See the module."""

    thought_parked = Signal(str)
    pick_requested = Signal()
    """In a mock's break: choose the next interview's problem."""
    agreed = Signal()
    """I agree with what is suggested for the next interview."""

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._state = SessionState()
        self._focus_before_thought: QWidget | None = None
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays: whatever is given another parent is styled anew, with all that is in it."""
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setHandleWidth(1)
        self.bar = TopBar()
        layout = column(self.bar, self._make_strip(), self._columns, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        yield
        self.guide = Guide()
        self._columns.addWidget(self.guide)
        yield
        self.mine = MyColumn(in_steps=True)
        self._columns.addWidget(self.mine)
        yield from self.mine.rest
        yield
        self.partner = PartnerColumn(self.mine.editor)
        self._columns.addWidget(self.partner)
        self._columns.setSizes(COLUMN_WIDTHS)
        for index, stretch in enumerate((2, 5, 4)):
            self._columns.setStretchFactor(index, stretch)
        self._connect()

    def _connect(self) -> None:
        for part in (self.guide, self.partner):
            part.bind(self, partial(self._unfold, part))
        self.mine.console.line_requested.connect(lambda line: self.mine.shown_editor.go_to_line(line))
        self.bar.messages_requested.connect(lambda: self._open_chat())
        for action, act in (
            ("park", self._show_thought),
            ("fold-statement", partial(self._fold, self.guide)),
            ("fold-partner", partial(self._fold, self.partner)),
        ):
            bind_action(self, action, act, anywhere=True)
        bind_action(
            self, "run", self.mine.console.press_run, lambda: not self._state.is_oral, NOTHING_TO_RUN, anywhere=True
        )
        bind_action(self, "leave-editor", self.focusNextChild)
        bind_action(self, "leave-editor-back", self.focusPreviousChild)
        bind_button(self, "agree-next", self._agree, "Nothing waits for your word.")
        bind_button(self, "pick-next", self._pick, "The next problem is picked in the break of a mock interview.")

    def _make_strip(self) -> QWidget:
        self._strip_words = label("", "", "strip-words")
        self._pick = button("Pick the next problem", "pick-next", "", key_of("pick-next"))
        self._pick.clicked.connect(self.pick_requested)
        self._agree = button("Agree", "agree-next", "partner", key_of("agree-next"))
        self._agree.setAccessibleName("Agree with the next problem")
        self._agree.clicked.connect(self.agreed)
        self._thought = field(
            "thought", "A thought to park", "Park a thought: one line, Enter, gone", MAX_THOUGHT_LENGTH
        )
        self._thought.returnPressed.connect(self._park)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._thought, self._leave_thought)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._thought.hide()
        self._strip = QWidget()
        self._strip.setProperty("role", "strip")
        layout = row(self._strip_words, self._thought, self._agree, self._pick)
        for index in (0, 1):
            layout.setStretch(index, 1)
        layout.setContentsMargins(GRID * 5, GRID, GRID * 5, GRID)
        self._strip.setLayout(layout)
        self._strip.hide()
        return self._strip

    def set_clock(self, remaining_ms: int, total_ms: int, running: bool) -> None:
        """What is left of the phase."""
        self.bar.set_clock(remaining_ms, total_ms, running)
        if self._state.phase == "break":
            words = f"Break. {self.bar.clock.text()}. Stand up, look out of the window. What you wrote stays as it is."
            if self._state.can_pick:
                words = f"Break. {self.bar.clock.text()}. {self._state.suggestion or 'Then the other one asks.'}"
            self._strip_words.setText(words)

    def show_state(self, state: SessionState) -> None:
        """Show a state, touching only what differs."""
        if state == self._state:
            return
        self._state = state
        for part in (self.bar, self.guide, self.mine, self.partner):
            part.show_state(state)
        self._pick.setVisible(state.can_pick)
        self._agree.setVisible(state.can_pick and state.can_agree)
        self._thought.setVisible(self._thought.hasFocus())
        self._strip.setVisible(state.phase == "break" or self._thought.hasFocus())
        self._strip_words.setVisible(state.phase == "break")

    def _open_chat(self) -> None:
        self._unfold(self.guide)
        self.guide.show_page("chat")

    def home(self) -> QWidget:
        """Where one writes."""
        return self.mine.home()

    def _unfold(self, part: QWidget) -> None:
        """Show a column, whether it was folded by a key or drawn together to nothing."""
        part.show()
        sizes, place = self._columns.sizes(), self._columns.indexOf(part)
        if not sizes[place]:
            sizes[place] = COLUMN_WIDTHS[place]
            self._columns.setSizes(sizes)

    def _fold(self, part: QWidget) -> None:
        if not part.isHidden() and not self._columns.sizes()[self._columns.indexOf(part)]:
            self._unfold(part)
            return
        had_focus = part.isAncestorOf(QApplication.focusWidget() or self)
        part.setHidden(not part.isHidden())
        if had_focus:
            self.home().setFocus()

    def _show_thought(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not self._thought:
            self._focus_before_thought = focus
        self._strip.show()
        self._thought.show()
        self._thought.setFocus()

    def _park(self) -> None:
        text = self._thought.text().strip()
        self._leave_thought()
        if text:
            self.thought_parked.emit(text)

    def _leave_thought(self) -> None:
        """Back to where the hands were."""
        before, self._focus_before_thought = self._focus_before_thought, None
        is_there = before is not None and shiboken6.isValid(before) and before.isVisible()
        (before if before is not None and is_there else self.home()).setFocus()
        self._thought.clear()
        self._thought.hide()
        self._strip.setVisible(self._state.phase == "break")
