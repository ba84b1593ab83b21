"""Work on files off the interface's thread: one job at a time, which can be cancelled; its end arrives as a signal."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class JobError(Exception):
    """A job came to nothing; the message is for people."""


Job = Callable[["Jobs"], Any]


class Jobs(QObject):
    """See the module."""

    progressed = Signal(int, int, str)
    """How many are done, of how many, and which is next."""
    done = Signal(str, object)
    """(name of the job, its result)."""
    failed = Signal(str, str)
    """(name of the job, why)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._cancels: list[Callable[[], object]] = []
        self.is_cancelled = False
        """Whether the job that runs now should end."""

    def start(self, name: str, job: Job) -> None:
        """Run a job in a thread of its own; what it raises is told in words."""
        self.join()
        self._cancels, self.is_cancelled = [], False
        self._thread = threading.Thread(target=self._work, args=(name, job), name=f"sparring-{name}")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def cancel(self) -> None:
        """End the job as soon as it can."""
        self.is_cancelled = True
        for cancel in tuple(self._cancels):
            cancel()

    def on_cancel(self, cancel: Callable[[], object]) -> None:
        """What else a job needs to end: a child process is killed."""
        self._cancels.append(cancel)
        if self.is_cancelled:
            cancel()

    def join(self) -> None:
        """Wait until nothing of a job is left."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self, name: str, job: Job) -> None:
        try:
            result = job(self)
        except JobError as error:
            self.failed.emit(name, str(error))
        except Exception as error:
            log.exception("the job %s failed", name)
            self.failed.emit(name, f"Something went wrong ({error}). What was on the shelf is as it was.")
        else:
            self.done.emit(name, result)
