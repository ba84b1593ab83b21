"""One press of Run: one process for all cases where a function is called, one for each where a program prints."""

import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from sparring.problems import FUNCTION_LANGUAGES, Case, Problem, ProblemError
from sparring.runner.checking import Checker
from sparring.runner.child import Broken, Budget, Child, Ended, OutOfTime, Task, TooMuch
from sparring.runner.judging import expected, judge, out_of_memory, out_of_time
from sparring.runner.languages import LANGUAGES, Language
from sparring.runner.programs import CompileError, Program
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.sandbox import isolation

GRACE_SECONDS = 0.05
OnResult = Callable[[CaseResult], None]


def run_solution(
    problem: Problem,
    code: str,
    *,
    language: str | Language = "python",
    cases: Sequence[str] | None = None,
    on_result: OnResult | None = None,
    cancel: CancelToken | None = None,
) -> RunReport:
    """Run `code` against a problem's cases (all, or those named) and tell of each as it ends.

    A function is written in one of `FUNCTION_LANGUAGES`, a program that prints in any language of the table, or in one
    that is described by the caller. Blocks; call it in a worker thread. Raises `RunnerError` if nothing can be run.
    After it returns, nothing that the solution started is alive.
    """
    begin = time.perf_counter()
    row = language if isinstance(language, Language) else LANGUAGES.get(language)
    if row is None:
        raise RunnerError(f"{language!r} is none of the languages that Sparring runs: {', '.join(LANGUAGES)}.")
    if problem.is_oral:
        raise RunnerError("This is an oral prompt: there is nothing to run.")
    if problem.signature is not None and row.name not in FUNCTION_LANGUAGES:
        titles = " or ".join(LANGUAGES[name].title for name in FUNCTION_LANGUAGES)
        raise RunnerError(f"This problem asks for a function in {titles}, not in {row.title}.")
    wanted = [case for case in problem.cases if cases is None or case.name in cases]
    token = cancel or CancelToken()
    run = _Run(problem, code, row, wanted, on_result or (lambda result: None), token)
    with contextlib.ExitStack() as stack:
        if problem.checker is not None:
            run.checker = Checker(problem, token)
            stack.callback(run.checker.close)
        try:
            results = run.play()
        except ProblemError as error:
            # A folder is opened without writing out its large cases; now they were wanted.
            raise RunnerError(f"A case cannot be read. {error}") from error
    return RunReport(results, (time.perf_counter() - begin) * 1000, isolation(), run.compile_error)


class _Run:
    def __init__(
        self,
        problem: Problem,
        code: str,
        language: Language,
        wanted: list[Case],
        on_result: OnResult,
        token: CancelToken,
    ) -> None:
        self._problem, self._code, self._language, self._wanted = problem, code, language, wanted
        self._on_result, self._token = on_result, token
        self._left = deque(range(len(wanted)))
        self._results: list[CaseResult] = []
        self._budget = Budget()
        self._is_over = False
        self.checker: Checker | None = None
        self.compile_error = ""

    def play(self) -> tuple[CaseResult, ...]:
        is_program = self._problem.signature is None and self._language.name != "python"
        if is_program and self._left and not self._token.is_cancelled:
            self._play_programs()
        while not is_program and self._is_going_on:
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
        child = Child.start(self._task(), self._budget)
        self._token.watch(child.kill)
        seconds = self._problem.time_limit_s + GRACE_SECONDS
        try:
            # After the last case nobody waits for what the solution left running, a thread perhaps.
            while self._is_going_on:
                index = self._left[0]
                case = self._wanted[index]
                record, wall_ms = child.ask(index, _work(self._problem, case), seconds)
                self._judge(case, record, wall_ms)
        except OutOfTime:
            if child.has_begun:
                self._tell_end(CaseState.TIMEOUT, out_of_time(self._problem))
        except Ended:
            if child.has_begun and child.ran_out_of_memory():
                self._tell_end(CaseState.MEMORY, out_of_memory(self._problem))
            elif child.has_begun:
                self._tell_end(CaseState.ERROR, child.started.end_in_words())
        except Broken as error:
            self._is_over = isinstance(error, TooMuch)
            self._tell_end(CaseState.ERROR, str(error))
        finally:
            self._token.forget(child.kill)
            child.close()

    def _play_programs(self) -> None:
        with Program(self._problem, self._language, self._code, self._token) as program:
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

    def _task(self) -> Task:
        signature, memory_mb = self._problem.signature, self._problem.memory_limit_mb
        if signature is None:
            return Task(self._code, None, (), ["any"], memory_mb)
        parameters = tuple(kind.spec() for _, kind in signature.parameters)
        return Task(self._code, signature.name, parameters, signature.returns.spec(), memory_mb, self._language.name)

    def _judge(self, case: Case, record: dict[str, Any], wall_ms: float) -> None:
        result = judge(self._problem, case, record, wall_ms, self.checker)
        if not self._token.is_cancelled:
            self._tell(result)

    def _tell_end(self, state: CaseState, words: str) -> None:
        """The next case broke its process, unless a cancelled run did."""
        if not self._token.is_cancelled:
            self._tell(self._broken(state, words))

    def _broken(self, state: CaseState, words: str, line: int | None = None) -> CaseResult:
        case = self._wanted[self._left[0]]
        wanted = "" if state is CaseState.SKIPPED else expected(self._problem, case)
        return CaseResult(case.name, case.hidden, state, expected=wanted, traceback=words, error_line=line)

    def _tell(self, result: CaseResult) -> None:
        """The next case ended so."""
        self._left.popleft()
        self._results.append(result)
        self._on_result(result)


def _work(problem: Problem, case: Case) -> dict[str, Any]:
    """What a child gets of a case; never the answer."""
    return {"stdin": case.stdin} if problem.signature is None else {"arguments": case.arguments}
