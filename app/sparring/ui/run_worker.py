"""Runs code off the interface's thread; what a run tells arrives as signals."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from sparring.problems import Case, Problem, ProblemError
from sparring.runner import CancelToken, Language, RunnerError, run_solution, stress, with_answer

log = logging.getLogger(__name__)


class RunWorker(QObject):
    """One run, or one stress test, at a time."""

    result = Signal(object)
    """A `CaseResult`."""
    output = Signal(str, str)
    """(case, text): it has printed this."""
    finished = Signal(object)
    """The `RunReport`."""
    progressed = Signal(object)
    """A `StressProgress`."""
    stressed = Signal(object)
    """The `StressReport`."""
    answered = Signal(object)
    """A `Case` with the accepted solution's answer."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token: CancelToken | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def was_cancelled(self) -> bool:
        """Whether somebody has ended the last run."""
        return self._token is not None and self._token.is_cancelled

    def run(self, problem: Problem, code: str, language: str | Language) -> None:
        """Run all cases that the problem has."""

        def work(token: CancelToken) -> None:
            report = run_solution(
                problem, code, language=language, on_result=self.result.emit, on_output=self.output.emit, cancel=token
            )
            self.finished.emit(report)

        self._start(work)

    def stress(self, problem: Problem, code: str, language: str | Language) -> None:
        """Look for a drawn case on which the code fails."""

        def work(token: CancelToken) -> None:
            report = stress(problem, code, language=language, on_progress=self.progressed.emit, cancel=token)
            self.stressed.emit(report)

        self._start(work)

    def answer(self, problem: Problem, case: Case) -> None:
        """Ask the accepted solution."""
        self._start(lambda token: self.answered.emit(with_answer(problem, case, cancel=token)))

    def cancel(self) -> None:
        """End the run at once."""
        if self._token is not None:
            self._token.cancel()

    def join(self) -> None:
        """Cancel, and wait until nothing of the run is left."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _start(self, work: Callable[[CancelToken], None]) -> None:
        if self.is_busy:
            return
        token = self._token = CancelToken()

        def tell() -> None:
            try:
                work(token)
            except (RunnerError, ProblemError) as error:
                self.failed.emit(str(error))
            except Exception as error:
                log.exception("a run failed")
                self.failed.emit(f"The run failed by a fault of Sparring ({error!r}). Your code is kept.")

        self._thread = threading.Thread(target=tell, name="sparring-run")
        self._thread.start()
