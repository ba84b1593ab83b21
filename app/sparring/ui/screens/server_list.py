"""Where sessions start, for the settings: in this app, or on a server that somebody runs and both can reach."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, button, column, field, label, row
from sparring_server.protocol import limits

HERE = ""
"""The choice of hosting in this app."""
KEY_WIDTH = GRID * 42


@dataclass(frozen=True)
class ServerRow:
    """One server."""

    address: str
    has_key: bool = False
    words: str = ""
    """What the last test brought."""
    is_good: bool = False


@dataclass(frozen=True)
class ServersState:
    """What the list shows."""

    rows: tuple[ServerRow, ...] = ()
    chosen: str = HERE
    error: str = ""
    added: int = 0
    """Goes up when what was typed has been taken, and the fields can be empty again."""


class ServerList(QWidget):
    """See the module."""

    chosen = Signal(str)
    test_requested = Signal(str)
    remove_requested = Signal(str)
    add_requested = Signal(str, str)
    """(address, access key) as they were typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("servers")
        self._state = ServersState()
        self._group = QButtonGroup(self)
        self._rows: list[_Row] = []
        self._body = QWidget()
        self._lines = column(spacing=GRID)
        self._body.setLayout(self._lines)
        self._address = field("server-address", "Address of a server", "sparring.example.org", 300)
        self._key = field("server-key", "Access key for opening rooms there", "Access key, if it asks for one")
        self._key.setMaxLength(limits.MAX_ACCESS_KEY_LENGTH)
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key.setFixedWidth(KEY_WIDTH)
        self._add = button("Add", "add-server", "", key_words(key_of("add-server")), "Remember the server")
        self._add.clicked.connect(self._typed)
        for edit in (self._address, self._key):
            edit.setToolTip(edit.accessibleName())
            edit.returnPressed.connect(self._typed)
        self._error = label("", "error", "server-error", wrap=True)
        self._error.hide()
        about = "A sparring-server that you both reach works for two homes. Access keys stay in your profile."
        words = column(label("Where sessions start"), label(about, "dim", wrap=True), spacing=2)
        typed = row(self._address, self._key, self._add)
        typed.setStretch(0, 1)
        layout = column(words, self._body, typed, self._error, spacing=GRID * 2)
        layout.setContentsMargins(0, GRID * 2, GRID, GRID * 2)
        self.setLayout(layout)
        self._make_rows()

    def bind_keys(self, screen: QWidget) -> None:
        """The keys work wherever the focus is in this screen."""
        bind_button(screen, "add-server", self._add, anywhere=True)
        bind_action(screen, "new-server", lambda: self._focus(self._address), anywhere=True)
        bind_action(screen, "choose-server", self._focus_chosen, anywhere=True)
        bind_action(
            screen, "test-server", lambda: self.test_requested.emit(self._state.chosen), self._is_one_chosen,
            "a server must be chosen", anywhere=True,
        )  # fmt: skip
        bind_action(
            screen, "remove-server", lambda: self.remove_requested.emit(self._state.chosen), self._is_one_chosen,
            "a server must be chosen", anywhere=True,
        )  # fmt: skip

    def show_state(self, state: ServersState) -> None:
        """Show the servers; what is being typed stays."""
        before, self._state = self._state, state
        if [one.address for one in before.rows] != [one.address for one in state.rows]:
            self._make_rows()
        for made in self._rows:
            made.show_row(next((one for one in state.rows if one.address == made.address), None))
            made.radio.setChecked(made.address == state.chosen)
        self._error.setText(state.error)
        self._error.setVisible(bool(state.error))
        if state.added != before.added:
            self._address.clear()
            self._key.clear()

    def _make_rows(self) -> None:
        focused = next((made.address for made in self._rows if made.isAncestorOf(self.focusWidget() or self)), None)
        for made in self._rows:
            self._group.removeButton(made.radio)
            self._lines.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._rows = [_Row(HERE), *(_Row(one.address) for one in self._state.rows)]
        for made in self._rows:
            self._group.addButton(made.radio)
            made.radio.clicked.connect(lambda _=False, address=made.address: self.chosen.emit(address))
            made.test.clicked.connect(lambda _=False, address=made.address: self.test_requested.emit(address))
            made.remove.clicked.connect(lambda _=False, address=made.address: self.remove_requested.emit(address))
            self._lines.addWidget(made)
        if focused is not None and self.isVisible():
            self._focus(next((made.radio for made in self._rows if made.address == focused), self._rows[0].radio))

    def _is_one_chosen(self) -> bool:
        return bool(self._state.chosen)

    def _focus_chosen(self) -> None:
        self._focus(next(made.radio for made in self._rows if made.address == self._state.chosen))

    @staticmethod
    def _focus(widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self) -> None:
        self.add_requested.emit(self._address.text(), self._key.text())


class _Row(QWidget):
    """One place where sessions can start."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        name = address.partition("://")[2] or "here"
        self.radio = QRadioButton(address or "This app hosts")
        self.radio.setObjectName(f"server-{name}")
        self.radio.setAccessibleName(f"Sessions start on {address}" if address else "This app hosts sessions")
        self.radio.setToolTip(self.radio.accessibleName())
        self.words = Elided("", "dim", f"server-words-{name}")
        self.test = button("Test", f"test-{name}", "quiet", accessible=f"Test {address}")
        self.remove = button("Forget", f"remove-{name}", "quiet", accessible=f"Forget {address}")
        for made in (self.test, self.remove):
            made.setToolTip(made.accessibleName())
        layout = row(self.radio, self.words, self.test, self.remove, spacing=GRID * 2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for made in (self.test, self.remove):
            made.setVisible(bool(address))

    def show_row(self, shown: ServerRow | None) -> None:
        if shown is not None:
            self.words.setText(shown.words or ("With an access key" if shown.has_key else ""))
        elif not self.address:
            self.words.setText("For one network, or for anywhere if your router lets others in")
