"""Running code from a session: what was asked in the console goes to the runner, what the runner tells comes back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMetaObject, QObject

from sparring.live.session import LiveSession
from sparring.problems import Problem
from sparring.runner import CaseResult, RunReport
from sparring.ui.keeper import SessionKeeper
from sparring.ui.run_worker import RunWorker
from sparring.ui.screens.console import CaseView
from sparring.ui.screens.session.mine import MyColumn

NO_PROBLEM = "This problem is not in your bank, so there are no cases to run. Both of you need the same version."


@dataclass(frozen=True)
class Source:
    """The code that is shown in my column."""

    code: str
    language: str


class Running(QObject):
    """See the module. `problem` and `source` say what there is to run now; either may be None."""

    def __init__(
        self,
        mine: MyColumn,
        session: LiveSession,
        keeper: SessionKeeper,
        problem: Callable[[], Problem | None],
        source: Callable[[], Source | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._mine, self._console = mine, mine.console
        self._session, self._keeper = session, keeper
        self._problem, self._source = problem, source
        self._is_scratch_run = False
        self._language = "python"
        self._worker = RunWorker(self)
        self._connections: list[QMetaObject.Connection] = [
            self._console.run_requested.connect(self._run),
            self._console.cancel_requested.connect(self._worker.cancel),
            self._worker.result.connect(lambda result: self._console.add_result(case_view(result))),
            self._worker.finished.connect(self._ran),
            self._worker.failed.connect(self._failed),
        ]

    def close(self) -> None:
        """End what runs, and let go of the console."""
        self._worker.join()
        for connection in self._connections:
            QObject.disconnect(connection)

    def _run(self) -> None:
        problem, source = self._problem(), self._source()
        if problem is None or source is None:
            self._console.fail(NO_PROBLEM)
            return
        self._console.begin([CaseView(case.name, hidden=case.hidden) for case in problem.cases])
        self._is_scratch_run = self._mine.page == "scratch"
        self._session.presence.update(running=True)
        self._language = source.language
        self._worker.start(problem, source.code, source.language)

    def _ran(self, report: RunReport) -> None:
        if not self._is_scratch_run:
            self._keeper.ran(report, self._language)
        wrong = report.total - report.passed
        words = f"{report.passed} passed" + (f", {wrong} not" if wrong else "")
        self._console.finish(f"{words} · {report.elapsed_ms:.0f} ms · {report.memory_kb // 1024} MB", report.isolation)
        presence = self._session.presence
        if self._is_scratch_run:
            presence.update(running=False)
            return
        presence.update(
            running=False, passed=report.passed, total=report.total, runs=presence.mine.runs + 1,
            last_run_ms=int(self._session.clock.now_ms()),
        )  # fmt: skip

    def _failed(self, sentence: str) -> None:
        self._session.presence.update(running=False)
        self._console.fail(sentence)


def case_view(result: CaseResult) -> CaseView:
    """A result as the console shows it."""
    return CaseView(
        result.name, result.state, result.hidden, result.expected, result.got, result.output, result.traceback,
        result.error_line, result.elapsed_ms,
    )  # fmt: skip
