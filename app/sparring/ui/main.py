"""Opens the window and runs until it is closed."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable

import qasync
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from sparring.journal import JournalError
from sparring.profile import Profile, ProfileError
from sparring.ui.app import make_app

READY_VARIABLE = "SPARRING_SAY_WHEN_READY"
"""For measurements: set, the app writes a line when Today has been painted and can be used, and closes."""


class _FirstPaint(QObject):
    """Calls once, when a widget has been painted and the events before that are done."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def _say_when_ready(widget: QWidget, then: Callable[[], object]) -> None:
    def ready() -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        then()

    _FirstPaint(widget, ready)


def open_app(link: str = "") -> int:
    """Open the app, and join with a link if one is given. The result is the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Sparring")
    application.setDesktopFileName("sparring")
    # The app ends when it has saved everything, not when its window is out of sight.
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    try:
        app = make_app(Profile())
    except (JournalError, ProfileError) as error:
        sys.stderr.write(f"sparring: {error}\n")
        QMessageBox.critical(None, "Sparring", str(error))
        return 1
    closed = asyncio.Event()
    app.closed.connect(closed.set)
    if os.environ.get(READY_VARIABLE):
        _say_when_ready(app.today, app.window.close)
    app.window.show()
    # What is there now stays; the collector need not look at it again while somebody types.
    gc.freeze()
    if link:
        app.join(link)
    with loop:
        loop.run_until_complete(closed.wait())
    return 0
