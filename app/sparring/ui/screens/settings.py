"""Settings: the few that there are."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, field, label, row, set_text


@dataclass(frozen=True)
class SettingsState:
    """What the screen shows."""

    name: str = ""
    theme: str = "system"
    microphone: str = ""
    microphones: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    version: str = ""


class SettingsScreen(QWidget):
    """See the module."""

    name_changed = Signal(str)
    theme_changed = Signal(str)
    microphone_changed = Signal(str)
    open_folder_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = field("settings-name", "Your name", "Your name", 60)
        self._name.textEdited.connect(self.name_changed)
        self._theme = Segmented("theme", [("system", "As the system"), ("ink", "Ink"), ("paper", "Paper")])
        self._theme.changed.connect(self.theme_changed)
        self._microphone = QComboBox()
        self._microphone.setObjectName("microphone")
        self._microphone.setAccessibleName("Microphone")
        self._microphone.activated.connect(
            lambda index: self.microphone_changed.emit(self._microphone.itemData(index) or "")
        )
        self._folder = label("", "dim", "profile-folder", wrap=True)
        open_folder = button("Open", "open-folder", accessible="Open the profile folder")
        open_folder.clicked.connect(self.open_folder_requested)
        self._version = label("", "dim")
        body = column(
            label("Settings", "title"), 12,
            label("Name", "small"), self._name, 8,
            label("Theme", "small"), self._theme, 8,
            label("Microphone", "small"), self._microphone, 8,
            label("Journal and recordings", "small"), self._folder, row(open_folder, 0), 8,
            label("Version", "small"), self._version, 0,
        )  # fmt: skip
        frame = QWidget()
        frame.setLayout(body)
        frame.setMaximumWidth(560)
        outer = row(frame, 0)
        outer.setStretch(0, 3)
        outer.setStretch(1, 1)
        outer.setContentsMargins(GRID * 14, GRID * 10, GRID * 14, GRID * 8)
        self.setLayout(outer)

    def show_state(self, state: SettingsState) -> None:
        set_text(self._name, state.name)
        self._theme.set_value(state.theme)
        self._microphone.clear()
        self._microphone.addItem("The system's default", "")
        for key, words in state.microphones:
            self._microphone.addItem(words, key)
        self._microphone.setCurrentIndex(max(0, self._microphone.findData(state.microphone)))
        self._folder.setText(state.folder)
        self._version.setText(state.version)
