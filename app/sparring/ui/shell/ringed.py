"""A sheet with a few parts, between which Tab goes round, and which Esc closes wherever the focus is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from sparring.ui.shell.overlay import Overlay


class RingedSheet(Overlay):
    """See the module. Who builds it calls `go_round` once, with the parts in Tab's order."""

    _ring: tuple[QWidget, ...] = ()

    def go_round(self, *parts: QWidget) -> None:
        """Tab goes from each part to the next, and from the last to the first."""
        self._ring = parts
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._ring and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._go(-1 if event.key() == Qt.Key.Key_Backtab else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_and_return()
                return True
        return super().eventFilter(watched, event)

    def _go(self, by: int) -> None:
        focus = QApplication.focusWidget()
        here = self._ring.index(focus) if focus in self._ring else 0
        self._ring[(here + by) % len(self._ring)].setFocus(Qt.FocusReason.TabFocusReason)
