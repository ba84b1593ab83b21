"""A solution against the accepted one on drawn cases of rising size, and the smallest case on which they differ.

Only the generator knows what is valid, so no case is cut down: smaller ones are drawn, with many seeds at each size.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sparring.problems import Case, Problem, Solution, SolutionKind
from sparring.problems.value_types import Mismatch
from sparring.runner.checking import Checker
from sparring.runner.generating import MAX_SIZE, Generator, GeneratorError
from sparring.runner.judging import expected, judge
from sparring.runner.kept import Answer, Solver
from sparring.runner.languages import LANGUAGES, Language
from sparring.runner.outlet import SECONDS_BETWEEN_CALLS
from sparring.runner.programs import CompileError
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError
from sparring.runner.run import chosen
from sparring.runner.solving import of_another

MAX_CASES = 300
MAX_SECONDS = 20.0
"""Until a failure is found."""
SHRINK_CASES = 400
SHRINK_SECONDS = 8.0
"""For the search for a smaller one."""
ENOUGH = 30
"""So many cases of the smallest size that are no shorter end it."""
ACCEPTED_SECONDS = 10.0
"""The accepted solution has at least so long for a case: that is not what is tried here."""
_SEEDS = 2**31


class StressOutcome(StrEnum):
    """How a stress test ended."""

    AGREED = "agreed"
    """No drawn case told the two apart."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    FAULTY = "faulty"
    """The problem's own generator, accepted solution or checker failed; nothing is said about mine."""
    NOT_COMPILED = "not compiled"


@dataclass(frozen=True)
class StressProgress:
    """What there is to show while it runs. `size` is that of the case that was tried last, 1 to 100."""

    tried: int
    most: int
    size: int
    is_shrinking: bool


@dataclass(frozen=True)
class StressReport:
    """`tried` cases were run. `case` is the smallest that failed, with its answer, and `failing` how it went."""

    outcome: StressOutcome
    tried: int
    words: str
    failing: CaseResult | None = None
    case: Case | None = None
    seed: int = 0
    """With this the same cases are drawn."""


OnProgress = Callable[[StressProgress], None]


class _Fault(Exception):
    """The problem's own parts failed; the message is for people."""


def accepted_solution(problem: Problem) -> Solution:
    """The first accepted one in Python. Raises `RunnerError` if there is none."""
    for solution in problem.solutions:
        if solution.kind is SolutionKind.ACCEPTED and solution.language == "python":
            return solution
    raise RunnerError(f"{problem.title} has no accepted solution in Python to compare with.")


def with_answer(problem: Problem, case: Case, *, cancel: CancelToken | None = None) -> Case:
    """The case with the accepted solution's answer to it. Blocks; raises `RunnerError` if there is none."""
    with Solver(problem, accepted_solution(problem).code, LANGUAGES["python"], cancel or CancelToken()) as accepted:
        try:
            return _answered(problem, case, accepted)
        except _Fault as error:
            raise RunnerError(str(error)) from error


def stress(
    problem: Problem,
    code: str,
    *,
    language: str | Language = "python",
    seed: int | None = None,
    max_cases: int = MAX_CASES,
    max_seconds: float = MAX_SECONDS,
    on_progress: OnProgress | None = None,
    cancel: CancelToken | None = None,
) -> StressReport:
    """Try `code` on drawn cases until one fails or the budget ends; a failure is then looked for among smaller cases.

    A wrong answer, an error, and too much time or memory are failures. Blocks; call it in a worker thread, where
    `on_progress` is called too, at most twenty times a second. Raises `RunnerError` if nothing can be tried: no
    generator, no such language.
    """
    row = chosen(problem, language)
    token = cancel or CancelToken()
    first = random.randrange(_SEEDS) if seed is None else seed
    with ExitStack() as stack:
        generator = Generator(problem, token)
        stack.callback(generator.close)
        accepted = stack.enter_context(Solver(problem, accepted_solution(problem).code, LANGUAGES["python"], token))
        try:
            mine = stack.enter_context(Solver(problem, code, row, token))
        except CompileError as error:
            if token.is_cancelled:
                return StressReport(StressOutcome.CANCELLED, 0, "", seed=first)
            return StressReport(StressOutcome.NOT_COMPILED, 0, str(error), seed=first)
        checker = None if problem.checker is None else Checker(problem, token)
        if checker is not None:
            stack.callback(checker.close)
        search = _Search(problem, generator, accepted, mine, checker, token, on_progress or (lambda progress: None))
        try:
            return replace(search.run(first, max_cases, max_seconds), seed=first)
        except (_Fault, GeneratorError) as error:
            outcome = StressOutcome.CANCELLED if token.is_cancelled else StressOutcome.FAULTY
            words = "" if token.is_cancelled else str(error)
            return StressReport(outcome, search.tried, words, seed=first)


@dataclass
class _Found:
    case: Case
    result: CaseResult
    size: int

    @property
    def weight(self) -> int:
        """How much there is to read."""
        return len(json.dumps(self.case.arguments, default=str)) + len(self.case.stdin)


@dataclass
class _Search:
    _problem: Problem
    _generator: Generator
    _accepted: Solver
    _mine: Solver
    _checker: Checker | None
    _token: CancelToken
    _on_progress: OnProgress
    tried: int = 0
    _most: int = 0
    _is_shrinking: bool = False
    _told_at: float = 0.0

    def run(self, seed: int, max_cases: int, max_seconds: float) -> StressReport:
        seeds = _seeds(seed)
        self._most = max_cases
        end = time.monotonic() + max_seconds
        while self.tried < max_cases and time.monotonic() < end and not self._token.is_cancelled:
            found = self._try(next(seeds), _rising(self.tried, max_cases))
            if found is not None:
                return self._reported(self._smallest(found, seeds))
        if self._token.is_cancelled:
            return StressReport(StressOutcome.CANCELLED, self.tried, "")
        words = f"Your solution and the accepted one agree on {self.tried:,} drawn cases."
        return StressReport(StressOutcome.AGREED, self.tried, words)

    def _try(self, seed: int, size: int) -> _Found | None:
        """The case with this seed, if mine fails on it; None as well when the test was cancelled."""
        case = _answered(self._problem, self._generator.draw(seed, size), self._accepted)
        result = self._result(case, self._mine.solve(case))
        if self._token.is_cancelled or result.state is CaseState.SKIPPED:
            return None
        self.tried += 1
        if time.monotonic() >= self._told_at + SECONDS_BETWEEN_CALLS:
            self._told_at = time.monotonic()
            self._on_progress(StressProgress(self.tried, self._most, size, self._is_shrinking))
        return None if result.state is CaseState.PASSED else _Found(case, result, size)

    def _result(self, case: Case, answer: Answer) -> CaseResult:
        if answer.ended is None:
            result = judge(self._problem, case, answer.record, answer.wall_ms, self._checker)
            if self._checker is not None and self._checker.has_failed:
                raise _Fault(result.traceback)
            return result
        state, words = answer.ended
        return CaseResult(case.name, case.hidden, state, expected=expected(self._problem, case), traceback=words)

    def _smallest(self, found: _Found, seeds: Iterator[int]) -> _Found:
        """Draw smaller cases, the smallest first, and at the first size that fails some more for the shortest."""
        self._is_shrinking = True
        self._most = self.tried + SHRINK_CASES
        end = time.monotonic() + SHRINK_SECONDS
        best, size = found, 1
        tries = max(4, SHRINK_CASES // (2 * found.size))
        left = tries
        while self.tried < self._most and time.monotonic() < end and not self._token.is_cancelled:
            smaller = self._try(next(seeds), size)
            left -= 1
            if smaller is not None and (smaller.size, smaller.weight) < (best.size, best.weight):
                best, left = smaller, ENOUGH
            if left <= 0 and size >= best.size:
                break
            if left <= 0:
                size += 1
                left = tries if size < best.size else ENOUGH
        return best

    def _reported(self, found: _Found) -> StressReport:
        """Once more by itself: what fails only after other cases has kept something between them."""
        if self._token.is_cancelled:
            return StressReport(StressOutcome.FAILED, self.tried, _WORDS[found.result.state], found.result, found.case)
        self._mine.start_anew()
        again = self._result(found.case, self._mine.solve(found.case))
        words = _WORDS[found.result.state]
        result = found.result
        if again.state is CaseState.PASSED:
            words += " By itself the case passes: your code keeps something from one call to the next."
        elif again.state is not CaseState.SKIPPED:
            words, result = _WORDS[again.state], again
        return StressReport(StressOutcome.FAILED, self.tried, words, result, found.case)


_WORDS = {
    CaseState.WRONG: "Your solution gives another answer than the accepted one.",
    CaseState.ERROR: "Your solution ends with an error.",
    CaseState.TIMEOUT: "Your solution does not finish in time.",
    CaseState.MEMORY: "Your solution needs too much memory.",
}


def _answered(problem: Problem, case: Case, accepted: Solver) -> Case:
    """Raises `_Fault` if the accepted solution gives no answer."""
    answer = accepted.solve(case, max(ACCEPTED_SECONDS, problem.time_limit_s))
    words = ""
    record: dict[str, Any] = answer.record
    if answer.ended is not None:
        words = answer.ended[1]
    elif record.get("memory"):
        words = f"more than {problem.memory_limit_mb} MB of memory"
    elif "error" in record:
        words = str(record["error"])
    elif problem.signature is None:
        return case.wanting(stdout=str(record.get("output", "")))
    else:
        try:
            return case.wanting(problem.signature.returns.from_json(record.get("value"), "the result"))
        except Mismatch as error:
            words = str(error)
    raise _Fault(
        f"The accepted solution failed on a case ({case.name}), your code is not to blame: {of_another(words)}"
    )


def _rising(tried: int, most: int) -> int:
    """The size of the next case: most are small, for that is where mistakes are easy to see."""
    share = tried / max(1, most - 1)
    return min(MAX_SIZE, 1 + round((MAX_SIZE - 1) * share**3))


def _seeds(seed: int) -> Iterator[int]:
    chance = random.Random(seed)
    while True:
        yield chance.randrange(_SEEDS)
