"""Running code from a session: what was asked in the console goes to the runner, what the runner tells comes back."""

import reprlib
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from sparring.editing.value_differences import abbreviated
from sparring.live.session import LiveSession
from sparring.problems import Case, Problem, ProblemError
from sparring.runner import CaseResult, RunReport, StressOutcome, StressProgress, StressReport
from sparring.ui.keeper import SessionKeeper
from sparring.ui.run_worker import RunWorker
from sparring.ui.screens.console import CaseView
from sparring.ui.screens.session.mine import MyColumn
from sparring.ui.session import consent
from sparring.ui.session.desk import Source
from sparring.ui.session.own_cases import OwnCases
from sparring.ui.shell import MainWindow
from sparring.ui.toolchains import Toolchains

NO_PROBLEM = "This problem is not in your bank, so there are no cases to run. Both of you need the same version."
_SHORT = reprlib.Repr()
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = 40
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 200
"""What a case gives to the code is shown without ever being written out whole: it may have a million values."""


class Running(QObject):
    """See the module. `source` says what there is to run now; `is_received` whether a problem came from my partner."""

    def __init__(
        self,
        window: MainWindow,
        mine: MyColumn,
        session: LiveSession,
        keeper: SessionKeeper,
        toolchains: Toolchains,
        source: Callable[[], Source | None],
        is_received: Callable[[Problem], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._mine, self._console = mine, mine.console
        self._session, self._keeper, self._toolchains = session, keeper, toolchains
        self._source, self._is_received = source, is_received
        self._problem: Problem | None = None
        self._shown: Problem | None = None
        self._copies = 0
        self._consent = consent.Consent(window, lambda: toolchains.guarantee)
        self._is_scratch_run = self._is_whole = False
        self._language = "python"
        self._views: dict[str, CaseView] = {}
        self._drawn: Case | None = None
        self.own_cases = OwnCases(self._console, keeper.journal, self._allow_problem, self._show_cases, self)
        self._worker = RunWorker(self)
        self._worker.result.connect(lambda result: self._console.add_result(self._view_of(result)))
        self._worker.output.connect(self._console.add_output)
        self._worker.finished.connect(self._ran)
        self._worker.progressed.connect(self._show_progress)
        self._worker.stressed.connect(self._stressed)
        self._worker.failed.connect(self._failed)
        self._connections = [
            self._console.run_requested.connect(self._run),
            self._console.cancel_requested.connect(self._worker.cancel),
            self._console.stress_requested.connect(self._stress),
            self._console.stress_page.keep_requested.connect(self._keep_drawn),
        ]

    def close(self) -> None:
        """End what runs, and let go of the console."""
        self._worker.join()
        self.own_cases.close()
        for connection in self._connections:
            QObject.disconnect(connection)

    def follow(self, problem: Problem | None) -> None:
        """This problem is worked on: its cases stand in the console."""
        self._problem = problem
        if problem is self._shown:
            return
        self._shown = problem
        self._worker.cancel()
        self._console.clear()
        self.own_cases.follow(problem)
        self._console.set_generator(problem is not None and problem.generator is not None)
        self._show_cases()

    def begin_round(self) -> None:
        """Nothing was run in it, and nothing was asked."""
        self._worker.cancel()
        self._consent.forget()
        self._console.clear()
        self._show_cases()

    def count_copy(self) -> None:
        """A copy of my partner's code was made: it is asked about anew."""
        self._copies += 1

    # Cases.

    def _show_cases(self) -> None:
        views = [_view(self._problem, case) for case in self._problem.cases] if self._problem else []
        for key, case in self.own_cases.cases():
            assert self._problem is not None
            views.append(replace(_view(self._problem, case), own_id=key))
        views += self.own_cases.malformed()
        self._views = {view.name: view for view in views}
        self._console.set_cases(views)

    def _view_of(self, result: CaseResult) -> CaseView:
        known = self._views.get(result.name, CaseView(result.name))
        is_program = self._problem is not None and self._problem.signature is None
        return replace(
            known, state=result.state, hidden=result.hidden, expected=result.expected, got=result.got,
            output=result.output, traceback=result.traceback, error_line=result.error_line,
            elapsed_ms=result.elapsed_ms, memory_kb=result.memory_kb, is_program=is_program,
            input=known.input or self._input_of(result),
        )  # fmt: skip

    def _input_of(self, result: CaseResult) -> str:
        """Of a hidden case that did not pass: there is nothing to learn from a secret."""
        problem = self._problem
        if problem is None or result.state == "passed":
            return ""
        return next((input_words(problem, case) for case in problem.cases if case.name == result.name), "")

    # One press of Run.

    def _run(self, names: tuple[str, ...] | None) -> None:
        problem, source = self._problem, self._source()
        if problem is None or source is None:
            self._console.fail(NO_PROBLEM)
            return
        if self._worker.is_busy:
            return
        everything = (*problem.cases, *(case for _, case in self.own_cases.cases()))
        cases = tuple(case for case in everything if names is None or case.name in names)
        if not cases:
            return
        questions = [*self._questions(source), *self._of_problem(problem, with_solution=False)]
        wanted = replace(problem, cases=cases)
        self._consent.ask(questions, lambda: self._start(wanted, source, is_whole=names is None))

    def _start(self, problem: Problem, source: Source, *, is_whole: bool) -> None:
        if self._worker.is_busy:
            return
        self._console.begin([case.name for case in problem.cases])
        self._is_scratch_run = self._mine.page == "scratch"
        self._is_whole, self._language = is_whole, source.language
        self._session.presence.update(running=True)
        self._worker.run(problem, source.code, self._toolchains.languages.get(source.language, source.language))

    def _ran(self, report: RunReport) -> None:
        wrong = report.total - report.passed
        words = f"{report.passed} passed" + (f", {wrong} not" if wrong else "")
        if self._worker.was_cancelled:
            words = f"Stopped · {report.passed} passed"
        memory = f" · {report.memory_kb // 1024} MB" if report.memory_kb else ""
        words += f" · {report.elapsed_ms:.0f} ms{memory}"
        self._console.finish(words, self._toolchains.guarantee or report.isolation)
        presence = self._session.presence
        is_told = self._is_whole and not self._is_scratch_run and not self._worker.was_cancelled
        if not is_told or self._problem is None:
            # Only a whole run of my own code says how far I am.
            presence.update(running=False)
            return
        given = {case.name for case in self._problem.cases}
        report = replace(report, results=tuple(one for one in report.results if one.name in given))
        self._keeper.ran(report, self._language)
        presence.update(
            running=False, passed=report.passed, total=report.total, runs=presence.mine.runs + 1,
            last_run_ms=int(self._session.clock.now_ms()),
        )  # fmt: skip

    def _failed(self, sentence: str) -> None:
        self._session.presence.update(running=False)
        self._console.fail(sentence)

    # The stress test.

    def _stress(self) -> None:
        problem, source = self._problem, self._source()
        if problem is None or source is None or self._worker.is_busy:
            return

        def begin() -> None:
            self._drawn = None
            self._console.begin_stress()
            self._session.presence.update(running=True)
            language = self._toolchains.languages.get(source.language, source.language)
            self._worker.stress(problem, source.code, language)

        self._consent.ask([*self._questions(source), *self._of_problem(problem, with_solution=True)], begin)

    def _show_progress(self, progress: StressProgress) -> None:
        self._console.stress_page.show_progress(progress.tried, progress.most, is_shrinking=progress.is_shrinking)

    def _stressed(self, report: StressReport) -> None:
        self._session.presence.update(running=False)
        view = None
        if report.failing is not None and report.case is not None and self._problem is not None:
            self._drawn = report.case
            view = replace(self._view_of(report.failing), input=input_words(self._problem, report.case))
        words = report.words
        if report.outcome is StressOutcome.CANCELLED:
            words = f"Stopped after {report.tried:,} drawn cases; none of them failed."
        elif report.outcome is StressOutcome.FAILED:
            words += f" Found in {report.tried:,} drawn cases."
        self._console.finish_stress(words, view)

    def _keep_drawn(self) -> None:
        if self._drawn is not None:
            self.own_cases.keep_drawn(self._drawn)

    # Somebody else's code.

    def _questions(self, source: Source) -> list[consent.Question]:
        if not source.code.strip() or not source.whose:
            return []
        partner = self._session.partner
        name = partner.name if partner else "your partner"
        if source.whose == "copy":
            return [consent.of_copy(self._copies, source.code, source.language, name)]
        return [consent.of_pad(source.code, source.language, name)]

    def _of_problem(self, problem: Problem, *, with_solution: bool) -> list[consent.Question]:
        return consent.of_problem(problem, with_solution=with_solution) if self._is_received(problem) else []

    def _allow_problem(self, problem: Problem, then: Callable[[], None]) -> None:
        self._consent.ask(self._of_problem(problem, with_solution=True), then)


def _view(problem: Problem, case: Case) -> CaseView:
    """A case before it was run; what a hidden one gives to the code is not shown then."""
    try:
        return CaseView(case.name, hidden=case.hidden, input="" if case.hidden else input_words(problem, case))
    except ProblemError as error:
        # The folder was not checked when it was opened.
        return CaseView(case.name, "malformed", case.hidden, traceback=str(error))


def input_words(problem: Problem, case: Case) -> str:
    """What a case gives to the code, cut if it is long."""
    if problem.signature is None:
        return "".join(piece.text for piece in abbreviated(case.stdin))
    names = (name for name, _ in problem.signature.parameters)
    return "\n".join(f"{name} = {_SHORT.repr(value)}" for name, value in zip(names, case.arguments, strict=True))
