"""Whether the browser's port is listened on: as the settings say. What reads a post is loaded away from this thread."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sparring.profile import Profile

if TYPE_CHECKING:
    from sparring.ui.companion import CompanionListener


class Listening(QObject):
    """See the module."""

    came = Signal(object)
    """A `CompanionPost`."""
    refused = Signal(str)
    """A problem that came and cannot be kept, in words."""
    changed = Signal()
    """It listens now, or no longer."""
    _loaded = Signal()

    def __init__(self, parent: QObject, profile: Profile, has_room: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._profile, self._has_room = profile, has_room
        self._listener: CompanionListener | None = None
        self._loading: threading.Thread | None = None
        self._is_closed = False
        self._loaded.connect(self._listen)

    @property
    def port(self) -> int:
        """Where it listens; 0 if it does not."""
        return self._listener.port if self._listener is not None else 0

    @property
    def trouble(self) -> str:
        """Why it does not listen although it should, in words."""
        return self._listener.trouble if self._listener is not None else ""

    def apply(self) -> None:
        """Listen, or not, on the port that the settings say."""
        if self._listener is not None:
            self._listen()
        elif self._profile.settings.companion and self._loading is None:
            self._loading = threading.Thread(target=self._load, name="sparring-companion")
            self._loading.start()

    def close(self) -> None:
        """Listen no longer, for good."""
        self._is_closed = True
        if self._listener is not None:
            self._listener.stop()

    def join(self) -> None:
        """Wait until nothing is being loaded."""
        if self._loading is not None:
            self._loading.join()

    def _load(self) -> None:
        import sparring.ui.companion  # noqa: F401 - loaded here, used in `_listen`

        self._loaded.emit()

    def _listen(self) -> None:
        from sparring.ui.companion import CompanionListener

        if self._is_closed:
            return
        if self._listener is None:
            self._listener = CompanionListener(self, has_room=self._has_room)
            self._listener.came.connect(self.came)
            self._listener.refused.connect(self.refused)
            self._listener.changed.connect(self.changed)
        settings = self._profile.settings
        if not settings.companion:
            self._listener.stop()
        elif self._listener.port != settings.companion_port:
            self._listener.start(settings.companion_port)
