"""One press of Run: a child process for all cases, a fresh one after a case that broke it."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from sparring.problems import Case, Problem
from sparring.problems.comparing import same_output, same_value
from sparring.runner.child import START_SECONDS, Broken, Budget, Child, OutOfTime, TooMuch
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.sandbox import isolation

GRACE_SECONDS = 0.05
MAX_SHOWN = 2_000
"""Characters of a value that are shown."""
MAX_OUTPUT = 66_000
"""Characters of what was printed; the harness keeps less."""
MAX_WORDS = 8_000
OnResult = Callable[[CaseResult], None]


def run_solution(
    problem: Problem,
    code: str,
    *,
    cases: Sequence[str] | None = None,
    on_result: OnResult | None = None,
    cancel: CancelToken | None = None,
) -> RunReport:
    """Run `code` against a problem's cases (all, or those named) and tell of each as it ends.

    Blocks; call it in a worker thread. Raises `RunnerError` if nothing can be run. After it returns, nothing that
    the solution started is alive.
    """
    begin = time.perf_counter()
    wanted = [case for case in problem.cases if cases is None or case.name in cases]
    run = _Run(problem, code, wanted, on_result or (lambda result: None), cancel or CancelToken())
    results = run.play()
    return RunReport(results, (time.perf_counter() - begin) * 1000, isolation())


class _Run:
    def __init__(
        self, problem: Problem, code: str, wanted: list[Case], on_result: OnResult, token: CancelToken
    ) -> None:
        self._problem, self._code, self._wanted = problem, code, wanted
        self._on_result, self._token = on_result, token
        self._left = deque(range(len(wanted)))
        self._results: list[CaseResult] = []
        self._budget = Budget()
        self._is_over = False

    def play(self) -> tuple[CaseResult, ...]:
        while self._left and not self._token.is_cancelled and not self._is_over:
            before = len(self._left)
            self._play_child()
            if len(self._left) == before and not self._token.is_cancelled:
                raise RunnerError("The program that runs your code does not start. Is this Python installation whole?")
        while self._left:
            self._tell(self._broken(CaseState.SKIPPED, ""))
        return tuple(self._results)

    def _play_child(self) -> None:
        """Run the cases that are left until all are done or one breaks the child; that one is told of as well."""
        child = Child.start(
            self._problem, self._code, [(index, self._wanted[index]) for index in self._left], self._budget
        )
        self._token.watch(child.kill)
        started_at: float | None = None
        try:
            for record in child.records():
                now = time.monotonic()
                if started_at is None:
                    child.expect(record == {"start": self._left[0]})
                    started_at = now
                    child.deadline = now + self._problem.time_limit_s + GRACE_SECONDS
                else:
                    child.expect(record.get("index") == self._left[0])
                    self._tell(judge(self._problem, self._wanted[self._left[0]], record, (now - started_at) * 1000))
                    if not self._left:
                        # What the solution left running, a thread perhaps, is of no interest.
                        return
                    started_at = None
                    child.deadline = now + START_SECONDS
            if started_at is not None and not self._token.is_cancelled:
                self._tell(self._broken(CaseState.ERROR, child.end_in_words()))
        except OutOfTime:
            if started_at is not None and not self._token.is_cancelled:
                words = f"Not finished after {self._problem.time_limit_s:g} s."
                self._tell(self._broken(CaseState.TIMEOUT, words))
        except Broken as error:
            self._is_over = isinstance(error, TooMuch)
            if not self._token.is_cancelled:
                self._tell(self._broken(CaseState.ERROR, str(error)))
        finally:
            self._token.watch(None)
            child.close()

    def _broken(self, state: CaseState, words: str) -> CaseResult:
        case = self._wanted[self._left[0]]
        expected = "" if state is CaseState.SKIPPED else _expected(case)
        return CaseResult(case.name, case.hidden, state, expected=expected, traceback=words)

    def _tell(self, result: CaseResult) -> None:
        """The next case ended so."""
        self._left.popleft()
        self._results.append(result)
        self._on_result(result)


def judge(problem: Problem, case: Case, record: dict[str, Any], wall_ms: float) -> CaseResult:
    """Compare what the child says with what is expected; the child never sees that. No field is taken on trust."""
    output = str(record.get("output", ""))[:MAX_OUTPUT]
    if problem.signature is None:
        got, is_right = output, same_output(case.stdout, output, problem.comparison)
        output = ""
    else:
        value = record.get("value")
        got, is_right = _shown(value), _is_same(problem, case, value)
    state = CaseState.PASSED if is_right else CaseState.WRONG
    words = ""
    if record.get("memory"):
        state, got, words = CaseState.MEMORY, "", f"More than {problem.memory_limit_mb} MB of memory."
    elif "error" in record:
        state, got, words = CaseState.ERROR, "", str(record["error"])[:MAX_WORDS]
    line = record.get("line")
    return CaseResult(
        case.name,
        case.hidden,
        state,
        expected=_expected(case),
        got=got,
        output=output,
        traceback=words,
        error_line=line if isinstance(line, int) else None,
        elapsed_ms=_number(record.get("elapsed_ms"), wall_ms, wall_ms),
        memory_kb=int(_number(record.get("memory_kb"), 0, 2**40)),
    )


def _is_same(problem: Problem, case: Case, value: Any) -> bool:
    try:
        return same_value(case.expected, value, problem.comparison)
    except (OverflowError, RecursionError):
        # Too large for a float, or nested deeper than any expected answer.
        return False


def _number(claimed: Any, otherwise: float, most: float) -> float:
    """A number that the child claims, if it can be true."""
    is_number = isinstance(claimed, int | float) and not isinstance(claimed, bool)
    return float(claimed) if is_number and 0 <= claimed <= most else otherwise


def _expected(case: Case) -> str:
    return case.stdout if case.stdout or case.stdin else _shown(case.expected)


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        return f"a {type(value).__name__} that is too large or too deep to be shown"
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
