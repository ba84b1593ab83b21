"""One press of Run: one process for all cases where a function is called, one for each where a program prints."""

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sparring.problems import FUNCTION_LANGUAGES, Case, Problem, ProblemError
from sparring.runner import sandbox
from sparring.runner.channel import Budget, OutOfTime, TooMuch
from sparring.runner.checking import Checker
from sparring.runner.child import Child
from sparring.runner.judging import expected, judge, out_of_time
from sparring.runner.languages import LANGUAGES, Language
from sparring.runner.outlet import OnOutput, Outlet
from sparring.runner.programs import CompileError, Program
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.solving import BREAKS, GRACE_SECONDS, how_it_ended, is_program, task_of, work_of

OnResult = Callable[[CaseResult], None]


def run_solution(
    problem: Problem,
    code: str,
    *,
    language: str | Language = "python",
    cases: Sequence[str] | None = None,
    on_result: OnResult | None = None,
    on_output: OnOutput | None = None,
    cancel: CancelToken | None = None,
) -> RunReport:
    """Run `code` against a problem's cases (all, or those named) and tell of each as it ends.

    `on_output` gets a case's name and what it printed since the last call, at most twenty times a second. What a case
    printed last is in its result, and is not told before it. Both are called in this thread.

    A function is written in one of `FUNCTION_LANGUAGES`, a program that prints in any language of the table, or in one
    that is described by the caller. Blocks; call it in a worker thread. Raises `RunnerError` if nothing can be run.
    After it returns, nothing that the solution started is alive.
    """
    begin = time.perf_counter()
    row = chosen(problem, language)
    wanted = [case for case in problem.cases if cases is None or case.name in cases]
    token = cancel or CancelToken()
    run = _Run(problem, code, row, wanted, on_result or (lambda result: None), on_output, token)
    with contextlib.ExitStack() as stack:
        if problem.checker is not None:
            run.checker = Checker(problem, token)
            stack.callback(run.checker.close)
        try:
            results = run.play()
        except ProblemError as error:
            # A folder is opened without writing out its large cases; now they were wanted.
            raise RunnerError(f"A case cannot be read. {error}") from error
    return RunReport(results, (time.perf_counter() - begin) * 1000, sandbox.best().words, run.compile_error)


def chosen(problem: Problem, language: str | Language) -> Language:
    """The row of a language that a problem can be solved in. Raises `RunnerError`."""
    if problem.is_oral:
        raise RunnerError("This is an oral prompt: there is nothing to run.")
    row = language if isinstance(language, Language) else LANGUAGES.get(language)
    if row is None:
        raise RunnerError(f"{language!r} is none of the languages that Sparring runs: {', '.join(LANGUAGES)}.")
    if problem.signature is not None and row.name not in FUNCTION_LANGUAGES:
        titles = " or ".join(LANGUAGES[name].title for name in FUNCTION_LANGUAGES)
        raise RunnerError(f"This problem asks for a function in {titles}, not in {row.title}.")
    return row


class _Run:
    def __init__(
        self,
        problem: Problem,
        code: str,
        language: Language,
        wanted: list[Case],
        on_result: OnResult,
        on_output: OnOutput | None,
        token: CancelToken,
    ) -> None:
        self._problem, self._code, self._language, self._wanted = problem, code, language, wanted
        self._on_result, self._token = on_result, token
        self._outlet = None if on_output is None else Outlet(on_output)
        self._left = deque(range(len(wanted)))
        self._results: list[CaseResult] = []
        self._budget = Budget()
        self._is_over = False
        self.checker: Checker | None = None
        self.compile_error = ""

    def play(self) -> tuple[CaseResult, ...]:
        if is_program(self._problem, self._language):
            if self._is_going_on:
                self._play_programs()
        else:
            while self._is_going_on:
                before = len(self._left)
                self._play_child()
                if len(self._left) == before and not self._token.is_cancelled:
                    raise RunnerError("The program that runs your code does not start. Is its installation whole?")
        while self._left:
            self._tell(self._broken(CaseState.SKIPPED, ""))
        return tuple(self._results)

    @property
    def _is_going_on(self) -> bool:
        return bool(self._left) and not self._token.is_cancelled and not self._is_over

    def _play_child(self) -> None:
        """Run the cases that are left until all are done or one breaks the child; that one is told of as well."""
        task = task_of(self._problem, self._code, self._language, listens=self._outlet is not None)
        child = Child.start(task, self._budget)
        if self._outlet is not None:
            child.listen(self._outlet)
        self._token.watch(child.kill)
        seconds = self._problem.time_limit_s + GRACE_SECONDS
        # While a checker thinks, no case that runs ahead shall have its time unwatched.
        upcoming = iter(()) if self.checker is not None else iter(tuple(self._left))
        try:
            # After the last case nobody waits for what the solution left running, a thread perhaps.
            while self._is_going_on:
                self._offer(child, upcoming)
                index = self._left[0]
                case = self._wanted[index]
                record, wall_ms = child.ask(index, work_of(self._problem, case), seconds, case.name)
                self._judge(case, record, wall_ms)
        except BREAKS as error:
            self._is_over = isinstance(error, TooMuch)
            ended = how_it_ended(self._problem, child, error)
            if ended is not None:
                self._tell_end(*ended)
        finally:
            self._token.forget(child.kill)
            child.close()

    def _offer(self, child: Child, upcoming: Iterator[int]) -> None:
        while child.has_room and (index := next(upcoming, None)) is not None:
            child.offer(index, work_of(self._problem, self._wanted[index]))

    def _play_programs(self) -> None:
        with Program(self._problem, self._language, self._code, self._token, self._outlet) as program:
            try:
                program.compile()
            except CompileError as error:
                self.compile_error = str(error)
                while self._left and not self._token.is_cancelled:
                    self._tell(self._broken(CaseState.ERROR, str(error), error.line))
            while self._is_going_on:
                case = self._wanted[self._left[0]]
                try:
                    record, wall_ms = program.run(case)
                except OutOfTime:
                    self._tell_end(CaseState.TIMEOUT, out_of_time(self._problem))
                else:
                    self._judge(case, record, wall_ms)

    def _judge(self, case: Case, record: dict[str, Any], wall_ms: float) -> None:
        result = judge(self._problem, case, record, wall_ms, self.checker)
        if not self._token.is_cancelled:
            self._tell(result)

    def _tell_end(self, state: CaseState, words: str) -> None:
        """The next case broke its process, unless a cancelled run did."""
        if not self._token.is_cancelled:
            name = self._wanted[self._left[0]].name
            printed = "" if self._outlet is None else self._outlet.text_of(name)
            self._tell(self._broken(state, words, output=printed))

    def _broken(self, state: CaseState, words: str, line: int | None = None, output: str = "") -> CaseResult:
        case = self._wanted[self._left[0]]
        wanted = "" if state is CaseState.SKIPPED else expected(self._problem, case)
        return CaseResult(
            case.name, case.hidden, state, expected=wanted, output=output, traceback=words, error_line=line
        )

    def _tell(self, result: CaseResult) -> None:
        """The next case ended so."""
        self._left.popleft()
        self._results.append(result)
        self._on_result(result)
