"""Settings: made from the table in `sparring.profile`, group by group."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QScrollArea, QSpinBox, QWidget

from sparring.profile import SETTINGS, ZOOM_PERCENT, Setting, Settings
from sparring.ui import widgets
from sparring.ui.screens.server_list import ServerList, ServersState
from sparring.ui.screens.toolchain_list import ToolchainList, ToolchainRow
from sparring.ui.shell.actions import bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, Segmented, Switch, button, column, finish, hairline, label, row, set_text

GROUP_WIDTH = GRID * 36
CONTROL_WIDTH = GRID * 70
PAGE_WIDTH = 880
UNPLUGGED = "Your chosen microphone is not plugged in. Until it is back, the system's default is used."


@dataclass(frozen=True)
class SettingsState:
    """What the screen shows."""

    settings: Settings = field(default_factory=Settings)
    microphones: tuple[tuple[str, str], ...] = ()
    """(id, words) of those that are plugged in."""
    folder: str = ""
    version: str = ""
    toolchains: tuple[ToolchainRow, ...] = ()
    is_looking: bool = False
    """Whether the languages of this machine are being looked for."""
    faults: tuple[str, ...] = ()
    """What is wrong with languages of one's own."""
    servers: ServersState = field(default_factory=ServersState)


class _Stepper(QWidget):
    """A number that is changed step by step."""

    changed = Signal(int)

    def __init__(self, name: str, accessible: str, low: int, high: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value, self._low, self._high = 0, low, high
        self._less = button("−", f"{name}-less", "", accessible=f"{accessible}: smaller")
        self._more = button("+", f"{name}-more", "", accessible=f"{accessible}: larger")
        self._words = label("", "", f"{name}-words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFixedWidth(GRID * 16)
        for made, step in ((self._less, -1), (self._more, 1)):
            made.setToolTip(made.accessibleName())
            made.clicked.connect(lambda _=False, step=step: self._step(step))
        self.setLayout(row(self._less, self._words, self._more, spacing=GRID))
        self.set_value(0)

    def set_value(self, value: int) -> None:
        self._value = value
        self._words.setText(f"{100 + ZOOM_PERCENT * value} %")
        for made, at_end in ((self._less, value <= self._low), (self._more, value >= self._high)):
            had_focus = made.hasFocus()
            made.setEnabled(not at_end)
            if had_focus and at_end:
                (self._more if made is self._less else self._less).setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, step: int) -> None:
        self.set_value(max(self._low, min(self._high, self._value + step)))
        self.changed.emit(self._value)


class SettingsScreen(QWidget):
    """See the module."""

    setting_changed = Signal(str, object)
    """(name in the table, value)."""
    open_folder_requested = Signal()
    look_requested = Signal()
    """Look again for what runs each language."""

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._setters: dict[str, Callable[[object], None]] = {}
        self._helps: dict[str, QLabel] = {}
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        groups = self._make_page()
        groups.addWidget(label("Settings", "title"))
        groups.addSpacing(GRID * 3)
        for name, settings in groupby(SETTINGS, lambda one: one.shown.group):
            rows = self._make_group(name, groups)
            if name == "Meeting":
                self._add_servers(rows)
            for setting in settings:
                if rows.count():
                    rows.addWidget(hairline())
                self._add_row(setting, rows)
            if name == "You":
                rows.addWidget(hairline())
                self._add_folder(rows)
            if name == "Languages":
                rows.addWidget(hairline())
                self._add_toolchains(rows)
            yield
        self._version = label("", "dim", "version")
        groups.addSpacing(GRID * 2)
        groups.addWidget(self._version)
        groups.addStretch(1)

    def _make_page(self) -> QBoxLayout:
        """The place for the groups, which scrolls."""
        body = column(spacing=GRID * 4)
        body.setContentsMargins(GRID * 14, GRID * 8, GRID * 14, GRID * 6)
        page, holder, area = QWidget(), QWidget(), QScrollArea()
        page.setMaximumWidth(PAGE_WIDTH)
        area.setObjectName("settings-area")
        area.setAccessibleName("Settings")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area))
        area.setWidget(holder)
        sides = row(page, 0)
        sides.setStretch(0, 3)
        sides.setStretch(1, 1)
        holder.setLayout(sides)
        page.setLayout(body)
        return body

    def _add_folder(self, rows: QBoxLayout) -> None:
        self._folder = Elided("", "dim", "profile-folder")
        self._open = button(
            "Open", "open-folder", "", key_words(key_of("open-folder")), accessible="Open the journal's folder"
        )
        self._open.clicked.connect(self.open_folder_requested)
        bind_button(self, "open-folder", self._open, anywhere=True)
        _add_line(rows, column(label("Journal and recordings"), self._folder, spacing=2), self._open)

    def _add_servers(self, rows: QBoxLayout) -> None:
        self.servers = ServerList()
        self.servers.bind_keys(self)
        rows.addWidget(self.servers)

    def _add_toolchains(self, rows: QBoxLayout) -> None:
        self._toolchains = ToolchainList()
        self._toolchains.look_requested.connect(self.look_requested)
        bind_button(self, "look-for-languages", self._toolchains.look, anywhere=True)
        rows.addWidget(self._toolchains)

    def show_state(self, state: SettingsState) -> None:
        """Show the settings as they are; what is being typed stays."""
        self._list_microphones(state)
        self._list_languages(state)
        for name, show in self._setters.items():
            show(getattr(state.settings, name))
        self.servers.show_state(state.servers)
        self._folder.setText(state.folder)
        self._version.setText(f"Sparring {state.version}")

    # The parts.

    def _make_group(self, name: str, groups: QBoxLayout) -> QBoxLayout:
        """A group with its heading; what is answered takes its rows."""
        made, rows = QWidget(), column(spacing=0)
        groups.addWidget(made)
        heading = label(name, "heading")
        heading.setFixedWidth(GROUP_WIDTH)
        heading.setContentsMargins(0, GRID * 2, 0, 0)
        layout = row(heading, rows, spacing=GRID * 4)
        layout.setAlignment(heading, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return rows

    def _add_row(self, setting: Setting, rows: QBoxLayout) -> None:
        help_words = label(setting.shown.help, "dim", f"help-{setting.name}", wrap=True)
        if not setting.shown.help:
            # To be shown without a parent would make it a window for a moment, and take the focus from the other.
            help_words.hide()
        self._helps[setting.name] = help_words
        words = column(label(setting.shown.words), help_words, spacing=2)
        control = self._make_control(setting)
        if not isinstance(control, _Stepper):
            control.setToolTip(setting.shown.help or setting.shown.words)
        _add_line(rows, words, control)

    def _make_control(self, setting: Setting) -> QWidget:
        name, accessible = f"setting-{setting.name}", setting.shown.words
        if setting.name == "microphone":
            return self._make_microphone(name, accessible)
        if setting.name == "program_language":
            return self._make_language(name, accessible)
        if setting.kind == "switch":
            return self._make_switch(setting.name, name, accessible)
        if setting.kind == "choice":
            return self._make_choice(setting, name)
        if setting.kind == "number":
            return self._make_number(setting, name, accessible)
        if setting.kind == "port":
            return self._make_port(setting, name, accessible)
        made = widgets.field(name, accessible, accessible, 60)
        made.setFixedWidth(CONTROL_WIDTH)
        made.textEdited.connect(lambda text: self.setting_changed.emit(setting.name, text.strip()))
        self._setters[setting.name] = lambda value: set_text(made, str(value))
        return made

    def _make_switch(self, setting: str, name: str, accessible: str) -> Switch:
        made = Switch(name, accessible)
        made.clicked.connect(lambda on: self.setting_changed.emit(setting, on))
        self._setters[setting] = lambda value: made.setChecked(bool(value))
        return made

    def _make_choice(self, setting: Setting, name: str) -> Segmented:
        made = Segmented(name, setting.choices)
        made.changed.connect(lambda value: self.setting_changed.emit(setting.name, value))
        self._setters[setting.name] = lambda value: made.set_value(str(value))
        return made

    def _make_number(self, setting: Setting, name: str, accessible: str) -> _Stepper:
        made = _Stepper(name, accessible, setting.low, setting.high)
        made.changed.connect(lambda value: self.setting_changed.emit(setting.name, value))

        def show(value: object) -> None:
            assert isinstance(value, int)
            made.set_value(value)

        self._setters[setting.name] = show
        return made

    def _make_port(self, setting: Setting, name: str, accessible: str) -> QSpinBox:
        made = QSpinBox()
        made.setObjectName(name)
        made.setAccessibleName(accessible)
        made.setRange(setting.low, setting.high)
        # A port counts when it is written, not digit by digit.
        made.setKeyboardTracking(False)
        made.setFixedWidth(GRID * 26)
        made.valueChanged.connect(lambda value: self.setting_changed.emit(setting.name, value))

        def show(value: object) -> None:
            assert isinstance(value, int)
            was = made.blockSignals(True)
            made.setValue(value)
            made.blockSignals(was)

        self._setters[setting.name] = show
        return made

    def _make_microphone(self, name: str, accessible: str) -> QComboBox:
        self._microphone = QComboBox()
        self._microphone.setObjectName(name)
        self._microphone.setAccessibleName(accessible)
        self._microphone.setFixedWidth(CONTROL_WIDTH)
        self._microphone.activated.connect(
            lambda index: self.setting_changed.emit("microphone", self._microphone.itemData(index) or "")
        )
        return self._microphone

    def _make_language(self, name: str, accessible: str) -> QComboBox:
        self._language = QComboBox()
        self._language.setObjectName(name)
        self._language.setAccessibleName(accessible)
        self._language.setFixedWidth(CONTROL_WIDTH)
        self._language.activated.connect(
            lambda index: self.setting_changed.emit("program_language", self._language.itemData(index) or "")
        )
        return self._language

    def _list_languages(self, state: SettingsState) -> None:
        """Those that were found, and the chosen one."""
        self._toolchains.show_rows(state.toolchains, state.faults, looking=state.is_looking)
        chosen, box = state.settings.program_language, self._language
        box.clear()
        for one in state.toolchains:
            if one.is_ready:
                box.addItem(one.title, one.name)
        if box.findData(chosen) < 0:
            titles = {one.name: f"{one.title}, not found" for one in state.toolchains}
            box.addItem(titles.get(chosen, chosen.capitalize()), chosen)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _list_microphones(self, state: SettingsState) -> None:
        chosen, box = state.settings.microphone, self._microphone
        box.clear()
        box.addItem("The system's default", "")
        for key, words in state.microphones:
            box.addItem(words, key)
        is_unplugged = bool(chosen) and box.findData(chosen) < 0
        if is_unplugged:
            box.addItem("Not plugged in", chosen)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        help_words = self._helps["microphone"]
        shown = next(one.shown.help for one in SETTINGS if one.name == "microphone")
        help_words.setText(UNPLUGGED if is_unplugged else shown)


def _add_line(rows: QBoxLayout, words: QBoxLayout, control: QWidget) -> None:
    """Words at the left, what is chosen at the right."""
    made = QWidget()
    made.setMinimumHeight(GRID * 11)
    rows.addWidget(made)
    layout = row(words, control, spacing=GRID * 6)
    layout.setStretch(0, 1)
    # A switch keeps room for its ring; the others stand in line with it.
    layout.setContentsMargins(0, GRID, 0 if isinstance(control, Switch) else GRID, GRID)
    made.setLayout(layout)
