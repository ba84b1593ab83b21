"""Today: start a session, join one, come back to one, and see what the last ones were."""

from msgspec import Struct
from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, button, column, field, hairline, label, row, set_text

OUTDENT = GRID + 2
"""The border and padding of a row's button."""
TOPICS_WIDTH = GRID * 36
WORDS_WIDTH = GRID * 86


class TodayRow(Struct, frozen=True):
    """A past round in one line."""

    id: str
    title: str
    topics: str
    words: str


class TodayState(Struct, frozen=True):
    """What the screen shows."""

    name: str = ""
    date_words: str = ""
    resume_words: str = ""
    north_star: str = ""
    struggled: tuple[TodayRow, ...] = ()
    recent: tuple[TodayRow, ...] = ()
    busy: str = ""
    error: str = ""
    starts_on: str = ""
    """The server on which a session would start; empty: this app hosts."""
    nearby: tuple[str, ...] = ()
    """Who hosts on this network, as they say."""


class TodayScreen(QWidget):
    """See the module."""

    name_changed = Signal(str)
    start_requested = Signal()
    join_requested = Signal(str)
    cancel_requested = Signal()
    resume_requested = Signal()
    dismiss_resume_requested = Signal()
    round_opened = Signal(str)
    bring_in_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state: TodayState | None = None
        self._opens: dict[tuple[str, str], QPushButton] = {}
        self._focus_before_busy: QWidget | None = None
        self._title = label("Today", "title")
        self._date = label("", "dim")
        self._name = field("my-name", "Your name", "Your name, as your partner sees it", 60)
        self._name.setMaximumWidth(320)
        self._name.setToolTip("Shown to your partner, and kept in both journals")
        self._name.textEdited.connect(self.name_changed)
        self._start = button("Start session", "start-session", "primary", key_words(key_of("start-session")))
        self._start.clicked.connect(self.start_requested)
        self._link = field("invite-link-input", "Invite link", "Paste your partner's invite link", 600)
        self._link.setToolTip("It begins with sparring:// or sparrings:// and is a secret between the two of you")
        self._link.returnPressed.connect(self._join)
        self._join_button = button(
            "Join", "join-session", "", key_words(key_of("join-session")), accessible="Join with the invite link"
        )
        self._join_button.clicked.connect(self._join)
        self._paste = button("Paste", "paste-link", "", key_words(key_of("paste-link")), "Paste the invite link")
        self._paste.clicked.connect(self._paste_link)
        self._nearby = Elided("", "dim", "nearby")
        self._cancel = button(
            "Cancel", "cancel-start", "quiet", key_words(key_of("cancel-start")), accessible="Stop connecting"
        )
        self._cancel.clicked.connect(self.cancel_requested)
        self._bring_in = button(
            "Bring in problems", "today-bring-in", "quiet", key_words(key_of("bring-in")), "Bring in problems"
        )
        self._bring_in.clicked.connect(self.bring_in_requested)
        self._busy = label("", "dim", "today-busy")
        self._error = label("", "error", "today-error", wrap=True)
        self._resume = self._make_resume()
        self._star_head = label("Last north star", "small")
        self._star = label("", "heading", wrap=True)
        self._rows = QVBoxLayout()
        self._list = QWidget()
        self._rows.addWidget(self._list)
        upper = column(
            self._title, self._date, 12, self._resume,
            label("Your name", "small"), self._name, 8,
            row(self._start, self._cancel, self._busy, 0, self._bring_in), 8,
            row(label("Or join your partner", "small"), self._nearby, 0, spacing=GRID * 3),
            row(self._link, self._paste, self._join_button), self._error, 20,
            self._star_head, self._star, 20,
        )  # fmt: skip
        # The rows reach a little further out, so that their words stand under the others and leave room for a ring.
        upper.setContentsMargins(OUTDENT, 0, 0, 0)
        body = column(upper, self._rows, 0, spacing=0)
        frame = QWidget()
        frame.setLayout(body)
        frame.setMaximumWidth(760)
        outer = row(frame, 0)
        outer.setStretch(0, 3)
        outer.setStretch(1, 1)
        outer.setContentsMargins(GRID * 14 - OUTDENT, GRID * 10, GRID * 14, GRID * 8)
        self.setLayout(outer)
        self._bind()

    def _bind(self) -> None:
        busy = "already connecting"
        bind_button(self, "start-session", self._start, busy, anywhere=True)
        bind_action(self, "join-session", self._join_or_ask, self._join_button.isEnabled, busy, anywhere=True)
        bind_button(self, "paste-link", self._paste, busy, anywhere=True)
        self._esc = bind_button(self, "cancel-start", self._cancel, anywhere=True)
        bind_button(self, "resume-session", self._back, anywhere=True)
        bind_button(self, "dismiss-resume", self._close_it, anywhere=True)

    def _make_resume(self) -> QWidget:
        panel = QWidget()
        panel.setProperty("role", "panel")
        self._resume_words = label("", "", "resume-words", wrap=True)
        self._back = button(
            "Come back",
            "resume-session",
            "",
            key_words(key_of("resume-session")),
            accessible="Come back to the session",
        )
        self._back.clicked.connect(self.resume_requested)
        self._close_it = button(
            "Close it", "dismiss-resume", "quiet", key_words(key_of("dismiss-resume")),
            accessible="Close the unfinished session",
        )  # fmt: skip
        self._close_it.clicked.connect(self.dismiss_resume_requested)
        layout = row(self._resume_words, self._back, self._close_it)
        layout.setStretch(0, 1)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 3, GRID * 3)
        panel.setLayout(layout)
        # Space that is there only while the panel is.
        holder = QWidget()
        held = column(panel)
        held.setContentsMargins(0, 0, 0, GRID * 3)
        holder.setLayout(held)
        return holder

    def show_state(self, state: TodayState) -> None:
        """Show a state; what is being typed stays."""
        set_text(self._name, state.name)
        self._date.setText(state.date_words)
        self._resume.setVisible(bool(state.resume_words))
        self._resume_words.setText(state.resume_words)
        self._show_busy(state.busy, f"on {state.starts_on}" if state.starts_on else "")
        self._nearby.setText(nearby_words(state.nearby))
        self._error.setText(state.error)
        self._star_head.setVisible(bool(state.north_star))
        self._star.setVisible(bool(state.north_star))
        self._star.setText(state.north_star)
        if self._state is None or (state.struggled, state.recent) != (self._state.struggled, self._state.recent):
            self._show_rows(state)
        is_first = self._state is None
        self._state = state
        if is_first:
            self.home().setFocus()

    def _show_busy(self, busy: str, otherwise: str) -> None:
        """While connecting nothing can be changed; the focus goes from what was pressed to Cancel, and back."""
        has_focus = next((one for one in (self._start, self._join_button, self._cancel) if one.hasFocus()), None)
        # Shown before the others are disabled, so that the focus has a place to go to.
        self._cancel.setVisible(bool(busy))
        self._esc.setEnabled(bool(busy))
        if busy and has_focus in (self._start, self._join_button):
            self._focus_before_busy = has_focus
            self._cancel.setFocus()
        for part in (self._start, self._paste, self._join_button):
            part.setEnabled(not busy)
        for edit in (self._link, self._name):
            edit.setReadOnly(bool(busy))
        self._busy.setText(busy or otherwise)
        if not busy:
            if has_focus is self._cancel:
                (self._focus_before_busy or self._start).setFocus()
            self._focus_before_busy = None

    def _show_rows(self, state: TodayState) -> None:
        focused = next((place for place, made in self._opens.items() if made.hasFocus()), None)
        self._opens = {}
        # One widget holds all rows, so that they come and go together.
        self._rows.takeAt(0)
        self._list.hide()
        self._list.deleteLater()
        self._list = QWidget()
        lines = column(spacing=0)
        self._list.setLayout(lines)
        if not state.recent:
            words = "No rounds yet. Start a session, send the invite link to a friend, and pick a problem together."
            lines.addLayout(_outdented(label(words, "dim", wrap=True)))
        for name, heading, rows in (
            ("struggled", "Worth taking again", state.struggled), ("recent", "Last rounds", state.recent),
        ):  # fmt: skip
            if rows:
                lines.addLayout(_outdented(label(heading, "small")))
                lines.addSpacing(GRID)
            for number, one in enumerate(rows):
                lines.addWidget(self._make_row(one, name, number))
            if rows:
                lines.addSpacing(GRID * 5)
        self._rows.addWidget(self._list)
        # At once: a layout shows it later, and what is hidden cannot take the focus.
        self._list.show()
        if focused in self._opens:
            self._opens[focused].setFocus()

    def _make_row(self, one: TodayRow, name: str, number: int) -> QWidget:
        made = QWidget()
        title = button(one.title, f"open-{name}-round-{number}", "entry", accessible=f"Open {one.title}, {one.words}")
        title.setToolTip(f"Open {one.title} in the journal")
        title.clicked.connect(lambda _=False: self.round_opened.emit(one.id))
        self._opens[name, one.id] = title
        topics, words = Elided(one.topics, "dim"), Elided(one.words, "dim")
        topics.setFixedWidth(TOPICS_WIDTH)
        words.setFixedWidth(WORDS_WIDTH)
        line = row(title, 0, topics, words, spacing=GRID * 2)
        made.setLayout(column(line, _outdented(hairline()), spacing=GRID))
        return made

    def home(self) -> QWidget:
        """Where a hand would go first, now."""
        state = self._state or TodayState()
        return self._back if state.resume_words else self._start if state.name else self._name

    def _join(self) -> None:
        if not self._link.isReadOnly():
            self.join_requested.emit(self._link.text())

    def _paste_link(self) -> None:
        """What was copied goes into the field, and nowhere else: joining is another press."""
        copied = " ".join(QGuiApplication.clipboard().text().split())
        if copied:
            self._link.setText(copied)
            self._link.setCursorPosition(0)
            self._join_button.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        else:
            self._link.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def _join_or_ask(self) -> None:
        """With a link, join; without one, go to where it is pasted."""
        if self._link.text().strip():
            self._join()
        else:
            self._link.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)


def nearby_words(names: tuple[str, ...]) -> str:
    """Who hosts here, and what to do about it: the network tells no secrets."""
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} is hosting on your network. Ask for the invite link and paste it here."
    others = f"{len(names) - 1} others" if len(names) > 2 else names[1]
    return f"{names[0]} and {others} are hosting on your network. Ask for the invite link and paste it here."


def _outdented(widget: QWidget) -> QHBoxLayout:
    """Under the words above, although its neighbours reach further out."""
    made = row(widget)
    made.setContentsMargins(OUTDENT, 0, 0, 0)
    return made
