"""The left column: the statement, the ladder of hints, what an interviewer needs, and the talk of the two."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sparring.ui.screens.session.state import ChatLine, HintRow, SessionState
from sparring.ui.shell.actions import after, bind_action, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, field, label, row
from sparring.ui.widgets.markdown import show_markdown

MAX_CHAT_LENGTH = 2_000
NUDGES = (
    ("more-time", "5 more minutes?", "nudge-time"),
    ("reveal", "Ready to reveal?", "nudge-reveal"),
    ("hint", "Need a hint?", "nudge-hint"),
)
"""(kind, words, action)."""

NO_HINTS_YET = "The hints of the next problem come here once both of you agree to it."


def _reader(name: str, accessible: str) -> QTextBrowser:
    made = QTextBrowser()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setOpenExternalLinks(False)
    return made


class _Rows(QScrollArea):
    """Rows one below the other, made anew when they change."""

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(0, 0, GRID * 2, 0)
        self._layout.setSpacing(GRID * 2)
        self._layout.addStretch(1)
        self.setWidget(body)

    def show_rows(self, rows: list[QWidget]) -> None:
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for number, one in enumerate(rows):
            self._layout.insertWidget(number, one)
            # At once: a layout shows it later, and what is hidden cannot take the focus.
            one.show()

    def to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())


class Guide(QWidget):
    """See the module."""

    hint_taken = Signal(int)
    hint_given = Signal(int, str)
    said = Signal(str)
    nudged = Signal(str)
    details_toggled = Signal(bool)
    chat_seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = SessionState()
        self._hints_shown: tuple[object, ...] = ()
        self._chat_shown: tuple[ChatLine, ...] = ()
        self.statement = _reader("statement", "Statement")
        self._follow_ups = _reader("follow-ups", "Follow-up questions")
        self._editorial = _reader("editorial", "Editorial")
        self._hints = _Rows("hint-list", "Hints")
        self._rubric = _Rows("rubric-list", "Rubric")
        self._tabs = Segmented(
            "guide", [("statement", "Problem"), ("hints", "Hints"), ("interview", "Interview"), ("chat", "Chat")], "tab"
        )
        self._tabs.set_value("statement")
        self._tabs.changed.connect(self._show_page)
        self._pages = QStackedWidget()
        self._pages_by_name = {
            "statement": self._make_statement(), "hints": self._make_hints(), "interview": self._make_interview(),
            "chat": self._make_chat(),
        }  # fmt: skip
        for page in self._pages_by_name.values():
            self._pages.addWidget(page)
        layout = column(self._tabs, 4, self._pages)
        layout.setStretch(2, 1)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 3, GRID * 3)
        self.setLayout(layout)
        self.setMinimumWidth(220)

    def bind(self, screen: QWidget, unfold: Callable[[], object]) -> None:
        """Let the screen's keys act here; a page must be seen, so a folded column is unfolded first."""
        for name, action in (
            ("statement", "show-statement"), ("hints", "show-hints"), ("chat", "show-chat"),
        ):  # fmt: skip
            bind_action(screen, action, after(unfold, partial(self.show_page, name)), anywhere=True)
        bind_action(
            screen, "show-interview", after(unfold, partial(self.show_page, "interview")),
            lambda: self._state.shows_answer, "An interviewer sees this, and both at the reveal.", anywhere=True,
        )  # fmt: skip
        for kind, _, action in NUDGES:
            bind_action(
                screen, action, partial(self.nudged.emit, kind), lambda: self._state.is_timed,
                "Nudges are for the focus blocks.", anywhere=True,
            )  # fmt: skip

    def _make_statement(self) -> QWidget:
        self._details = label("", "dim", "details", wrap=True)
        self._ask_details = button("Show difficulty and topics", "show-details", "quiet")
        self._ask_details.setCheckable(True)
        self._ask_details.clicked.connect(self.details_toggled)
        self._star_head, self._star = label("North star for today", "small"), label("", "", wrap=True)
        page = QWidget()
        layout = column(self._details, self.statement, self._ask_details, self._star_head, self._star)
        layout.setStretch(1, 1)
        layout.setAlignment(self._ask_details, Qt.AlignmentFlag.AlignLeft)
        page.setLayout(layout)
        return page

    def _make_hints(self) -> QWidget:
        self._hint_words = label("", "dim", "hint-words", wrap=True)
        page = QWidget()
        layout = column(self._hint_words, self._hints)
        layout.setStretch(1, 1)
        page.setLayout(layout)
        return page

    def _make_interview(self) -> QWidget:
        page = QWidget()
        self._editorial_head = label("Editorial", "small")
        self._interview = column(
            label("Ask next", "small"), self._follow_ups, self._editorial_head, self._editorial,
            label("Rubric", "small"), self._rubric,
        )  # fmt: skip
        self._share_room(is_oral=False)
        page.setLayout(self._interview)
        return page

    def _share_room(self, *, is_oral: bool) -> None:
        # What a strong answer covers is longer than an editorial, and is read while somebody speaks.
        for index, stretch in ((1, 2), (3, 5 if is_oral else 3), (5, 3)):
            self._interview.setStretch(index, stretch)

    def _make_chat(self) -> QWidget:
        self._lines = _Rows("chat-lines", "Chat")
        self._line = field("chat-line", "A line to your partner", "Write to your partner", MAX_CHAT_LENGTH)
        self._line.returnPressed.connect(self._say)
        made = []
        for kind, words, action in NUDGES:
            one = button(words, f"nudge-{kind}", "", key_of(action))
            one.clicked.connect(lambda _=False, kind=kind: self.nudged.emit(kind))
            made.append(one)
        self._nudges = QWidget()
        self._nudges.setLayout(column(label("Nudges wait in your partner's top bar", "small"), *made))
        page = QWidget()
        layout = column(self._lines, self._line, self._nudges)
        layout.setStretch(0, 1)
        page.setLayout(layout)
        return page

    # What is done here.

    def show_page(self, name: str) -> None:
        """Turn to a page, and take the focus there."""
        self._tabs.set_value(name)
        self._show_page(name)
        if name == "hints":
            self._focus_hints()
        else:
            {"statement": self.statement, "chat": self._line}.get(name, self._follow_ups).setFocus()

    def _focus_hints(self) -> None:
        """The next hint, if one can be asked for; else the list, which the arrow keys move."""
        asks = self._hints.findChildren(QPushButton)
        (asks[0] if asks else self._hints).setFocus()

    def _ask(self, hint: HintRow, *, is_interviewer: bool) -> None:
        # The button is about to go; the list is there to stay.
        self._hints.setFocus()
        if is_interviewer:
            self.hint_given.emit(hint.number, hint.text)
        else:
            self.hint_taken.emit(hint.number)

    @property
    def page(self) -> str:
        return self._tabs.value

    def _show_page(self, name: str) -> None:
        self._pages.setCurrentWidget(self._pages_by_name[name])
        if name == "chat":
            self._lines.to_end()
            self.chat_seen.emit()

    def _say(self) -> None:
        text = self._line.text().strip()
        if text:
            self._line.clear()
            self.said.emit(text)

    # What it shows.

    def show_state(self, state: SessionState) -> None:
        before, self._state = self._state, state
        if state.statement != before.statement:
            show_markdown(self.statement, state.statement)
        self._details.setText(state.details)
        self._details.setVisible(bool(state.details))
        self._ask_details.setVisible(state.can_hide_details)
        self._ask_details.setChecked(state.wants_details)
        wish = " (your partner would like to)" if state.partner_wants_details else ""
        waits = "Topics show when both want them" if state.wants_details else f"Show difficulty and topics{wish}"
        self._ask_details.setText("Hide difficulty and topics" if state.details else waits)
        self._star_head.setVisible(bool(state.north_star))
        self._star.setText(state.north_star)
        self._star.setVisible(bool(state.north_star))
        self._tabs.set_choice_visible("interview", state.shows_answer)
        self._tabs.set_words("interview", "Interview" if state.role == "interviewer" else "Answer")
        self._editorial_head.setText("What a strong answer covers" if state.is_oral else "Editorial")
        self._tabs.set_words("statement", "Question" if state.is_oral else "Problem")
        self._share_room(is_oral=state.is_oral)
        self._tabs.set_choice_visible("chat", state.format != "solo")
        if self.page == "interview" and not state.shows_answer:
            self.show_page("statement")
        if (state.follow_ups, state.editorial, state.rubric) != (before.follow_ups, before.editorial, before.rubric):
            show_markdown(self._follow_ups, state.follow_ups)
            show_markdown(self._editorial, state.editorial)
            self._rubric.show_rows([_criterion(name, strong) for name, strong in state.rubric])
        self._nudges.setVisible(state.is_timed)
        self._tabs.set_words("chat", f"Chat ({state.unread})" if state.unread else "Chat")
        shown = (state.hints, state.role, state.is_timed, state.awaits_agreement)
        if shown != self._hints_shown:
            self._hints_shown = shown
            self._show_hints(state)
        if state.chat != self._chat_shown:
            self._chat_shown = state.chat
            self._lines.show_rows([_chat_row(line) for line in state.chat])
            self._lines.to_end()

    def _show_hints(self, state: SessionState) -> None:
        words = {
            "interviewer": "Give one when they are stuck. Both of you see it.",
            "candidate": "Your interviewer gives the hints.",
        }.get(state.role, "Each step says a little more. Taking one counts in the rating.")
        nothing = NO_HINTS_YET if state.awaits_agreement else "This problem has no hints."
        self._hint_words.setText(words if state.hints else nothing)
        rows: list[QWidget] = []
        first_open = True
        for hint in state.hints:
            can_ask = not hint.is_given and state.is_timed and state.role != "candidate" and first_open
            rows.append(self._hint_row(hint, can_ask=can_ask, is_interviewer=state.role == "interviewer"))
            first_open = first_open and hint.is_given
        had_focus = self._hints.hasFocus()
        self._hints.show_rows(rows)
        if had_focus:
            self._focus_hints()

    def _hint_row(self, hint: HintRow, *, can_ask: bool, is_interviewer: bool) -> QWidget:
        body = QWidget()
        given = "given" if is_interviewer and hint.is_given else ""
        head = row(label(f"Hint {hint.number}", "small"), label(given, "dim"), 0)
        parts: list[QWidget | QLayout | int] = [head]
        if hint.text:
            parts.append(label(hint.text, wrap=True))
        elif not can_ask:
            parts.append(label("Not shown yet", "dim"))
        if can_ask:
            words = "Give this hint" if is_interviewer else "Show this hint"
            ask = button(words, f"hint-{hint.number}", accessible=f"{words}: {hint.number}")
            ask.clicked.connect(lambda _=False: self._ask(hint, is_interviewer=is_interviewer))
            parts.append(row(ask, 0))
        body.setLayout(column(*parts, spacing=GRID))
        return body


def _criterion(name: str, strong: str) -> QWidget:
    body = QWidget()
    body.setLayout(column(label(name.capitalize(), "small"), label(strong, wrap=True), spacing=2))
    return body


def _chat_row(line: ChatLine) -> QWidget:
    body = QWidget()
    who: QLabel = label(line.who, "me" if line.is_mine else "partner")
    body.setLayout(column(who, label(line.text, wrap=True), spacing=2))
    return body
