"""The icon in the system's tray: the time that is left, a short menu, and messages while the window is away."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from sparring.ui.theme.icons import logo_icon

MESSAGE_MS = 8_000


class Tray(QObject):
    """Does nothing, silently, where the desktop has no tray."""

    show_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    quit_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._is_wanted = False
        self._running: bool | None = None
        self._words = "Sparring"
        # Messages come from the icon; one that is not wanted is there only as long as its message.
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(MESSAGE_MS)
        self._hiding.timeout.connect(self._refresh)

    def set_wanted(self, wanted: bool) -> None:
        """Whether the person wants to see the icon."""
        self._is_wanted = wanted
        self._refresh()

    def set_clock(self, words: str, running: bool | None) -> None:
        """What the icon says when pointed at; `running` is `None` while there is no clock to pause."""
        self._words, self._running = words or "Sparring", running
        self._refresh()

    def show_message(self, title: str, words: str) -> bool:
        """Show a message of the desktop. False where that cannot be done."""
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return False
        icon = self._made()
        icon.show()
        icon.showMessage(title, words, logo_icon(), MESSAGE_MS)
        if not self._is_wanted:
            self._hiding.start()
        return True

    def _refresh(self) -> None:
        if not self._is_wanted or not QSystemTrayIcon.isSystemTrayAvailable():
            if self._icon is not None and not self._hiding.isActive():
                self._icon.hide()
            return
        icon = self._made()
        if icon.toolTip() != self._words:
            icon.setToolTip(self._words)
        self._pause.setText("Pause" if self._running is not False else "Resume")
        self._pause.setEnabled(self._running is not None)
        if not icon.isVisible():
            icon.show()

    def _made(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._icon = QSystemTrayIcon(logo_icon(), self)
            self._menu = self._make_menu()
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.show_requested)
        return self._icon

    def _make_menu(self) -> QMenu:
        menu = QMenu(self._window)
        show = menu.addAction("Show Sparring")
        show.triggered.connect(self.show_requested)
        self._pause: QAction = menu.addAction("Pause")
        self._pause.setEnabled(False)
        self._pause.triggered.connect(self._press_pause)
        menu.addSeparator()
        leave = menu.addAction("Quit")
        leave.triggered.connect(self.quit_requested)
        return menu

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_requested.emit()

    def _press_pause(self) -> None:
        (self.pause_requested if self._running else self.resume_requested).emit()


def call_attention(window: QWidget) -> None:
    """Where there are no messages: let the window's entry in the task bar light up."""
    QApplication.alert(window)
