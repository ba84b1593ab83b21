"""The floor of a start: a window with nothing in it, which says when it has been painted, and ends."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Page(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QTimer.singleShot(0, ready)


def ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    application.quit()


application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(Page())
window.resize(1280, 800)
window.show()
application.exec()
