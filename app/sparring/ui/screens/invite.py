"""The lobby's invitation: the link, for whom it works, and what is still being found out about that."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import QrCode, button, column, field, label, row, set_text
from sparring_server.protocol.invite import BadInvite, parse_invite

COPIED_MS = 2_000
QR_SIZE = 172
"""A link with a pin has 53 modules a side, at most 57 with a long name: three pixels each, which a camera can read."""
MAX_STEPS = 3
SEND_ONLY = "Whoever has the link can join: send it to your partner only."
LOOKING = "Finding out who can reach you…"
_MARKS = {"trying": "…", "yes": "✓", "no": "–", "unknown": "?", "left-out": "–"}


@dataclass(frozen=True)
class LookStep:
    """One thing that is tried. `state` is "trying", "yes", "no", "unknown" or "left-out"."""

    name: str
    state: str
    words: str


@dataclass(frozen=True)
class WayChoice:
    """A way that the link can take."""

    key: str
    title: str


@dataclass(frozen=True)
class InviteWays:
    """Where the link leads."""

    host: str = ""
    """In place of the link's own; empty: as it is."""
    port: int = 0
    words: str = ""
    """Who can use it."""
    reason: str = ""
    """Why nobody else can."""
    advice: str = ""
    steps: tuple[LookStep, ...] = ()
    ways: tuple[WayChoice, ...] = ()
    chosen: str = ""
    is_looking: bool = False
    """There is no link yet."""
    can_look: bool = False


class InvitePanel(QWidget):
    """See the module. Shows a link from the room and the ways that were found, whichever comes first."""

    copy_requested = Signal()
    way_chosen = Signal(str)
    look_requested = Signal()
    """Look once more; or, while somebody looks, stop with what was found."""

    def __init__(self) -> None:
        super().__init__()
        self._link, self._note, self._ways = "", "", InviteWays()
        self._field = field("invite-link", "Invite link", max_length=600)
        self._field.setReadOnly(True)
        self._copy = button("Copy", "copy-link", "", key_of("copy-link"), accessible="Copy the invite link")
        self._copy.clicked.connect(self._copied)
        self._qr = QrCode(QR_SIZE)
        self._words = label("", "", "invite-words", wrap=True)
        self._dim = label("", "dim", "invite-note", wrap=True)
        self._steps = [_StepLine(number) for number in range(MAX_STEPS)]
        self._reason = label("", "dim", "invite-reason", wrap=True)
        self._advice = label("", "dim", "invite-advice", wrap=True)
        self._choice = QComboBox()
        self._choice.setObjectName("invite-way")
        self._choice.setAccessibleName("For whom the link is")
        self._choice.setToolTip(f"For whom the link is ({key_words(key_of('choose-way'))})")
        self._choice.activated.connect(lambda index: self.way_chosen.emit(self._choice.itemData(index)))
        self._look = button(
            "Look again", "look-for-ways", "", key_words(key_of("look-for-ways")), "Look again who can reach you"
        )
        self._look.clicked.connect(self.look_requested)
        beside = QWidget()
        # High enough for most of what can be said: nothing jumps when the looking is over.
        beside.setMinimumHeight(QR_SIZE + GRID * 10)
        said = (self._words, *self._steps, self._reason, self._advice, self._dim, self._choice)
        beside.setLayout(column(*said, 0, spacing=GRID + 2))
        left = QWidget()
        left.setLayout(column(self._qr, self._look, 0))
        left.setFixedWidth(QR_SIZE)
        middle = row(left, beside, spacing=GRID * 4)
        middle.setStretch(1, 1)
        self.setLayout(column(row(self._field, self._copy), middle))
        self._show()

    def bind_keys(self, screen: QWidget) -> None:
        """The keys work wherever the focus is in this screen."""
        bind_button(screen, "copy-link", self._copy, anywhere=True)
        bind_button(screen, "look-for-ways", self._look, anywhere=True)
        bind_action(
            screen, "choose-way", self._open_choice, lambda: self._choice.isVisibleTo(screen), anywhere=True
        )  # fmt: skip

    @property
    def copy_button(self) -> QWidget:
        return self._copy

    @property
    def link(self) -> str:
        """The link as it is shown; empty while nobody knows where it should lead."""
        if self._ways.is_looking or not self._link:
            return ""
        return link_to(self._link, self._ways.host, self._ways.port)

    def show_link(self, link: str, note: str) -> None:
        """The room's link as this app uses it, and what else is to be said of it."""
        if (link, note) != (self._link, self._note):
            self._link, self._note = link, note
            self._show()

    def show_ways(self, ways: InviteWays) -> None:
        """Where the link should lead."""
        if ways != self._ways:
            self._ways = ways
            self._show()

    def _show(self) -> None:
        ways, link = self._ways, self.link
        set_text(self._field, link)
        self._field.setCursorPosition(0)
        self._field.setPlaceholderText(LOOKING if ways.is_looking else "")
        self._copy.setEnabled(bool(link))
        self._qr.set_text(link)
        self._words.setText(ways.words)
        self._words.setVisible(bool(ways.words))
        self._dim.setText("" if ways.is_looking else self._note)
        self._dim.setVisible(not ways.is_looking)
        shown = ways.steps if ways.is_looking else ()
        for number, line in enumerate(self._steps):
            line.show_step(shown[number] if number < len(shown) else None)
        for part, text in ((self._reason, ways.reason), (self._advice, ways.advice)):
            part.setText(text)
            part.setVisible(bool(text))
        self._list_ways()
        words = "Stop looking" if ways.is_looking else "Look again"
        self._look.setText(words)
        self._look.setAccessibleName(
            "Stop looking who can reach you" if ways.is_looking else "Look again who can reach you"
        )
        said = "\n".join(f"{one.name}: {one.words}" for one in ways.steps)
        self._look.setToolTip(f"{said}\n\n{words} ({key_words(key_of('look-for-ways'))})".strip())
        self._look.setVisible(ways.can_look)

    def _list_ways(self) -> None:
        ways = self._ways
        kept = [(self._choice.itemData(at), self._choice.itemText(at)) for at in range(self._choice.count())]
        if kept != [(one.key, one.title) for one in ways.ways]:
            self._choice.clear()
            for one in ways.ways:
                self._choice.addItem(one.title, one.key)
        self._choice.setCurrentIndex(self._choice.findData(ways.chosen))
        self._choice.setVisible(len(ways.ways) > 1)

    def _open_choice(self) -> None:
        self._choice.setFocus()
        self._choice.showPopup()

    def _copied(self) -> None:
        self.copy_requested.emit()
        self._copy.setText("Copied")
        QTimer.singleShot(COPIED_MS, self._copy, lambda: self._copy.setText("Copy"))


class _StepLine(QLabel):
    """One step in a line: a mark, which never is a colour alone, and words."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName(f"look-step-{number}")
        self.setProperty("role", "dim")
        self.setProperty("textFormat", "PlainText")
        self.setWordWrap(True)
        self.hide()

    def show_step(self, step: LookStep | None) -> None:
        self.setVisible(step is not None)
        self.setText(f"{_MARKS[step.state]}  {step.name}: {step.words}" if step else "")


def link_to(link: str, host: str, port: int) -> str:
    """The same invitation under another address; without one, or if it is no link, as it is."""
    if not host:
        return link
    try:
        return replace(parse_invite(link), host=host, port=port).link
    except BadInvite:
        return link
