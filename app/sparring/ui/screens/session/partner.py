"""The right column: the veil while the round is blind, then what the partner wrote, and how it differs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from sparring.problems import NOTES_LANGUAGE
from sparring.ui.editor import CodeEditor
from sparring.ui.editor.side_by_side import SideBySide
from sparring.ui.screens.session.mine import HEAD_HEIGHT, TOOLS_HEIGHT
from sparring.ui.screens.session.state import SessionState
from sparring.ui.shell.actions import after, bind_action, key_of
from sparring.ui.theme import GRID, Theme, current_theme
from sparring.ui.widgets import Elided, Pulse, button, column, label, row


class Veil(QWidget):
    """Covers the partner's pane while the round is blind: lines without words."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = current_theme()
        self.pulse = Pulse()
        self.words = label("", "heading", "veil-words", wrap=True)
        self.activity = label("", "dim", "veil-activity", wrap=True)
        self.reveal = button("Ready to reveal", "reveal", "partner", key_of("reveal"))
        self.reveal.setCheckable(True)
        self.hint = label("Lifts when both press it, or at the last bell.", "dim", "veil-hint", wrap=True)
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


class PartnerColumn(QWidget):
    """See the module."""

    reveal_toggled = Signal(bool)
    copy_requested = Signal()

    def __init__(self, mine: CodeEditor) -> None:
        super().__init__()
        self._state = SessionState()
        self._mine = mine
        self.editor = CodeEditor("partner-editor", "My partner's code")
        self.editor.set_read_only_view(True)
        self._language = ""
        self.side_by_side = SideBySide(mine, self.editor)
        self.side_by_side.changed.connect(self._show_differences)
        self.veil = Veil()
        self.veil.reveal.clicked.connect(lambda _: self.reveal_toggled.emit(self.veil.reveal.isChecked()))
        self._head = label("Your partner", "partner")
        self._words = Elided("", "dim", "partner-words")
        self._follow = button("Follow", "follow", "quiet", key_of("follow"), "Follow my partner's cursor")
        self._together = button("Scroll together", "scroll-together", "quiet", key_of("scroll-together"))
        self._together.setCheckable(True)
        self._together.setChecked(True)
        self._together.toggled.connect(self.side_by_side.set_scrolls_together)
        self._copy = button("Copy", "copy-theirs", "quiet", key_of("copy-theirs"), "Copy theirs to my scratch pad")
        self._copy.clicked.connect(self.copy_requested)
        self._follow.setCheckable(True)
        head = QWidget()
        head.setFixedHeight(HEAD_HEIGHT)
        head_layout = row(self._head, self._words, self._follow, self._together, self._copy, spacing=GRID)
        head_layout.setStretch(1, 1)
        head_layout.setContentsMargins(GRID * 4, GRID, GRID * 2, GRID)
        head.setLayout(head_layout)
        self._lane = QStackedWidget()
        self._lane.addWidget(self.veil)
        self._lane.addWidget(self.editor)
        self._reveal_row = self._make_reveal_row()
        layout = column(head, self._make_tools(), self._lane, self._reveal_row, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setMinimumWidth(240)

    def bind(self, screen: QWidget, unfold: Callable[[], object]) -> None:
        """Let the screen's keys act here; what they change must be seen, so a folded column is unfolded first."""

        def compares() -> bool:
            return bool(self.side_by_side.count)

        step, nothing = self.side_by_side.step, "There is nothing to compare now."
        for action, act, enabled, why_not in (
            ("reveal", self._press_reveal, lambda: self._can_reveal, "There is no veil now."),
            ("next-difference", lambda: step(1), compares, nothing),
            ("previous-difference", lambda: step(-1), compares, nothing),
        ):
            bind_action(screen, action, after(unfold, act), enabled, why_not, anywhere=True)
        for action, pressed, why_not in (
            ("follow", self._follow, "There is one pad to follow in the pair format."),
            ("scroll-together", self._together, nothing),
            ("copy-theirs", self._copy, "Their code is not shown now."),
        ):
            can = partial(pressed.isVisibleTo, self)
            bind_action(screen, action, after(unfold, pressed.click), can, why_not, anywhere=True)

    def _make_tools(self) -> QWidget:
        self._count = label("", "dim", "difference-words")
        self._not_compared = label("", "dim", "not-compared", wrap=True)
        self._claim = Elided("", "dim", "partner-claim")
        self._claim.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        back = button("↑", "previous-difference", "quiet", key_of("previous-difference"), "Previous difference")
        on = button("↓", "next-difference", "quiet", key_of("next-difference"), "Next difference")
        back.clicked.connect(lambda: self.side_by_side.step(-1))
        on.clicked.connect(lambda: self.side_by_side.step(1))
        self._steps = QWidget()
        self._steps.setFixedHeight(TOOLS_HEIGHT - GRID * 2)
        steps = row(self._count, back, on, self._claim, spacing=GRID)
        steps.setStretch(3, 1)
        self._steps.setLayout(steps)
        self._tools = QWidget()
        # No line stands beside another where nothing is compared, so its words may take the height they need.
        layout = column(self._steps, self._not_compared, spacing=0)
        layout.setContentsMargins(GRID * 4, 0, GRID * 4, GRID * 2)
        self._tools.setLayout(layout)
        return self._tools

    def _make_reveal_row(self) -> QWidget:
        """In a mock nothing is veiled; the button ends the interview early."""
        self._finish = button("This interview is over", "finish-block", "partner", key_of("reveal"))
        self._finish.setCheckable(True)
        self._finish.clicked.connect(lambda _: self.reveal_toggled.emit(self._finish.isChecked()))
        made = QWidget()
        layout = row(self._finish, 0)
        layout.setContentsMargins(GRID * 4, GRID * 2, GRID * 4, GRID * 2)
        made.setLayout(layout)
        return made

    @property
    def follows(self) -> bool:
        """Whether my view goes where the partner writes, in a pair."""
        return self._follow.isChecked()

    @property
    def _can_reveal(self) -> bool:
        return self._state.is_timed

    def _press_reveal(self) -> None:
        self.reveal_toggled.emit(not self._state.my_ready)

    def _show_differences(self) -> None:
        count, current = self.side_by_side.count, self.side_by_side.current
        if not count:
            words = "No differences"
        elif current is None:
            words = f"{count} difference{'s' if count > 1 else ''}"
        else:
            words = f"{current + 1} of {count}"
        self._count.setText(words)

    def show_state(self, state: SessionState) -> None:
        before, self._state = self._state, state
        language = NOTES_LANGUAGE if state.is_oral else state.partner_language
        if language != self._language:
            self._language = language
            self.editor.set_language(language)
        if state.is_oral != before.is_oral:
            self.editor.set_soft_wrap(state.is_oral)
            self.editor.setAccessibleName(f"My partner's {'notes' if state.is_oral else 'code'}")
        partner = state.partner
        name = partner.name or "Your partner"
        self._head.setText(name if state.format != "solo" else "Solo")
        veiled = state.blind or state.format in ("pair", "solo") or state.role == "candidate"
        self._follow.setVisible(state.format == "pair" and state.is_timed)
        notes = [partner.note, "" if partner.completes else "no completion", partner.link]
        told = ["blind" if state.blind else "", *notes] if state.format != "solo" else []
        self._words.setText(" · ".join(note for note in told if note))
        had_focus = self.veil.isAncestorOf(QApplication.focusWidget() or self)
        self._lane.setCurrentWidget(self.veil if veiled else self.editor)
        if had_focus and not veiled:
            # The button that had it is gone; my place is my own code.
            self._mine.setFocus()
        self._reveal_row.setVisible(state.role == "interviewer" and state.phase == "focus")
        self._finish.setChecked(state.my_ready)
        self._finish.setText("Over for you, waiting" if state.my_ready else "This interview is over")
        is_open = state.phase == "reveal" and not veiled
        self._copy.setVisible(is_open)
        # Notes of two people differ in every line, and that says nothing.
        self._tools.setVisible(is_open and not state.is_oral)
        for part in (self._steps, self._together):
            part.setVisible(state.is_open and not veiled)
        self._not_compared.setText("\n".join(one for one in (state.not_compared, partner.claim.words) if one))
        self._not_compared.setVisible(bool(state.not_compared))
        self._claim.setText(partner.claim.words)
        self.side_by_side.set_active(state.is_open)
        self._show_veil(state, name)

    def _show_veil(self, state: SessionState, name: str) -> None:
        partner = state.partner
        if state.format == "solo":
            words, hint = "You practise alone", "Reveal when you are done, or wait for the last bell."
        elif state.format == "pair":
            words, hint = f"You and {name} write in one pad", "Press it when both of you are done."
        elif state.role == "candidate":
            words, hint = f"{name} interviews you", "Say what you think. When both press it, the interview is over."
        else:
            words = f"{name} is {partner.note or 'thinking'}"
            hint = "Lifts when both press it, or at the last bell."
        if state.phase == "reveal":
            hint = "Look back at what you wrote, then explain it."
        elif partner.ready:
            hint = f"{name} is ready. {hint}"
        self.veil.words.setText(words)
        self.veil.activity.setText(partner.activity)
        self.veil.hint.setText(hint)
        self.veil.reveal.setVisible(state.phase != "reveal")
        self.veil.reveal.setChecked(state.my_ready)
        ready = "I am done" if state.format == "mock" else "Ready to reveal"
        self.veil.reveal.setText("Ready, waiting" if state.my_ready else ready)
