"""What calls somebody back: soft sounds, and messages of the desktop while they look at another window.

Nothing here may disturb: a missing loudspeaker or tray is silence, never an error.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QWidget

from sparring.assets import resources_dir
from sparring.profile import Settings
from sparring.ui.quiet import quiet_qt
from sparring.ui.tray import Tray, call_attention

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

Sound = Literal["bell", "minute", "key"]


class Speaker(Protocol):
    """Something that plays a sound of `resources/sounds`."""

    def play(self, sound: Sound) -> None: ...


class Messages(Protocol):
    """Something that shows a message outside the window; False if it cannot."""

    def show_message(self, title: str, words: str) -> bool: ...


class SoundEffects:
    """Plays on the system's loudspeaker. QtMultimedia is loaded with the first sound, so that starting is quick."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self._effects: dict[Sound, QSoundEffect] = {}

    def play(self, sound: Sound) -> None:
        with quiet_qt():
            self._play(sound)

    def _play(self, sound: Sound) -> None:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        if QMediaDevices.defaultAudioOutput().isNull():
            # It may be plugged in later; an effect made without one would stay silent.
            self._effects.clear()
            return
        effect = self._effects.get(sound)
        if effect is None:
            effect = self._effects[sound] = QSoundEffect(self._parent)
            effect.setSource(QUrl.fromLocalFile(str(resources_dir() / "sounds" / f"{sound}.wav")))
        effect.play()


class Alerts(QObject):
    """Knows what was switched off, and whether the window is looked at."""

    def __init__(
        self,
        settings: Settings,
        window: QWidget,
        *,
        speaker: Speaker | None = None,
        messages: Messages | None = None,
        is_looked_at: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.tray = Tray(window)
        self._speaker = speaker or SoundEffects(self)
        self._messages = messages or self.tray
        self._is_looked_at = is_looked_at or window.isActiveWindow
        self.apply(settings)

    def apply(self, settings: Settings) -> None:
        """The settings are now these."""
        self._settings = settings
        self.tray.set_wanted(settings.tray)

    def one_minute_left(self) -> None:
        """The last minute of a focus block begins."""
        self._play("minute")
        self._tell("One minute left", "")

    def block_ended(self, words: str) -> None:
        """A phase is over; `words` say what comes now."""
        self._play("bell")
        self._tell(words, "")

    def nudge(self, words: str) -> None:
        """The partner, or the calendar, calls."""
        self._play("minute")
        self._tell("Sparring", words)

    def key_click(self) -> None:
        """The partner pressed a key."""
        if self._settings.key_clicks:
            self._speaker.play("key")

    def set_clock(self, remaining_ms: int | None, running: bool = True) -> None:
        """Show in the tray what is left of the phase; `None` while no clock runs."""
        if remaining_ms is None:
            self.tray.set_clock("", None)
            return
        seconds = max(0, -(-remaining_ms // 1000))
        state = "left" if running else "left, paused"
        self.tray.set_clock(f"Sparring: {seconds // 60:02}:{seconds % 60:02} {state}", running)

    def _play(self, sound: Sound) -> None:
        if self._settings.sound:
            self._speaker.play(sound)

    def _tell(self, title: str, words: str) -> None:
        if not self._settings.notifications or self._is_looked_at():
            return
        if not self._messages.show_message(title, words):
            call_attention(self._window)
