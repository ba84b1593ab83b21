"""Opens the window and runs until it is closed."""

import gc
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QThread
from PySide6.QtWidgets import QApplication, QWidget

from sparring.journal import JournalError
from sparring.profile import Profile, ProfileError
from sparring.ui.app import App, make_app
from sparring.ui.first_paint import FirstPaint
from sparring.ui.painting_threads import paint_on_one_thread

READY_VARIABLE = "SPARRING_SAY_WHEN_READY"
"""For measurements: set, the app writes a line when Today has been painted and can be used, and closes."""


def _say_when_ready(widget: QWidget, then: Callable[[], object]) -> None:
    def ready() -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        then()

    FirstPaint(widget, ready)


class _Loader(QThread):
    """Loads asyncio and what ties it to Qt, in a thread: Today is there before they are, and can be used."""

    def run(self) -> None:
        import qasync  # noqa: F401 - loaded here, used in `_run`


def open_app(link: str = "") -> int:
    """Open the app, and join with a link if one is given. The result is the exit code."""
    paint_on_one_thread()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Sparring")
    application.setDesktopFileName("sparring")
    # The app ends when it has saved everything, not when its window is out of sight.
    application.setQuitOnLastWindowClosed(False)
    try:
        app = make_app(Profile())
    except (JournalError, ProfileError) as error:
        # Late: most starts have nothing to complain of.
        from PySide6.QtWidgets import QMessageBox

        sys.stderr.write(f"sparring: {error}\n")
        QMessageBox.critical(None, "Sparring", str(error))
        return 1
    _show_today(app)
    if link:
        app.join_early(link)
    return _run(application, app)


def _show_today(app: App) -> None:
    """Show the window, and let Qt alone run it until there is a loop for the rest."""
    waiting, loader = QEventLoop(), _Loader()
    loader.finished.connect(waiting.quit)
    FirstPaint(app.today, loader.start)
    if os.environ.get(READY_VARIABLE):
        _say_when_ready(app.today, app.window.close)
    app.window.show()
    # It was off during the start. What is there now stays for good, and is not looked at again.
    gc.freeze()
    gc.enable()
    waiting.exec()
    loader.wait()


def _run(application: QApplication, app: App) -> int:
    import asyncio

    import qasync

    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    closed = asyncio.Event()
    app.closed.connect(closed.set)
    loop.call_soon(app.begin)
    with loop:
        loop.run_until_complete(closed.wait())
    return 0
