"""A sheet laid over the window: it takes the keys while it is open, and gives the focus back when it closes."""

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from sparring.ui.theme import Theme, current_theme

VEIL_ALPHA = {"ink": 150, "paper": 70}


class Overlay(QWidget):
    """Subclasses fill `panel` and place it in `place_panel`. Esc and a click beside the panel close it."""

    orphaned = Signal()
    """It closes, and what had the focus before is gone: the phase has changed meanwhile."""

    def __init__(self, window: QWidget, name: str, accessible: str) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._theme = current_theme()
        self._focus_before = QApplication.focusWidget()
        self.panel = QFrame(self)
        self.panel.setProperty("role", "overlay")
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        self._cover()
        self.show()
        self.raise_()

    def close_and_return(self) -> None:
        """Close it; the focus goes back to where it was."""
        self._window.removeEventFilter(self)
        before = self._focus_before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        else:
            self.orphaned.emit()
        self.hide()
        self.deleteLater()

    @property
    def focus_before(self) -> QWidget | None:
        """What had the focus when it opened."""
        return self._focus_before

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def place_panel(self) -> None:
        """Give the panel its place in this widget, which is as large as the window."""
        raise NotImplementedError

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.place_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # Nothing behind the sheet answers to a key while it is open.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.close_and_return()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_and_return()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, VEIL_ALPHA[self._theme.name]))
        painter.end()
