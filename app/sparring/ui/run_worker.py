"""Runs a solution off the interface's thread; what it tells arrives as signals."""

import threading

from PySide6.QtCore import QObject, Signal

from sparring.problems import Problem
from sparring.runner import CancelToken, RunnerError, run_solution


class RunWorker(QObject):
    """One run at a time."""

    result = Signal(object)
    """A `CaseResult`."""
    finished = Signal(object)
    """The `RunReport`."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token: CancelToken | None = None
        self._thread: threading.Thread | None = None

    def start(self, problem: Problem, code: str, language: str = "python") -> None:
        """Run in a thread of its own."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._token = CancelToken()
        self._thread = threading.Thread(
            target=self._work, args=(problem, code, language, self._token), name="sparring-run"
        )
        self._thread.start()

    def cancel(self) -> None:
        """End the run at once."""
        if self._token is not None:
            self._token.cancel()

    def join(self) -> None:
        """Cancel, and wait until nothing of the run is left."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _work(self, problem: Problem, code: str, language: str, token: CancelToken) -> None:
        try:
            report = run_solution(problem, code, language=language, on_result=self.result.emit, cancel=token)
        except RunnerError as error:
            self.failed.emit(str(error))
        else:
            self.finished.emit(report)
