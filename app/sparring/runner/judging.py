"""What the runner makes of what a child says. The child never sees the expected answer; no field is taken on trust."""

from typing import Any, Protocol

from sparring.problems import Case, Problem
from sparring.problems.comparing import same_output, same_value
from sparring.problems.value_types import Mismatch
from sparring.runner.report import CaseResult, CaseState

MAX_SHOWN = 2_000
"""Characters of a value that are shown."""
MAX_OUTPUT = 66_000
"""Characters of what was printed; the harness keeps less."""
MAX_ANSWER = 262_200
"""The same where what is printed is the answer."""
MAX_WORDS = 8_000


class Checks(Protocol):
    """A problem's own way to tell whether an answer is right."""

    def is_right(self, case: Case, got: Any) -> tuple[CaseState, str]:
        """Passed, wrong or (the checker itself failed) an error; with words, if there are any."""


def judge(
    problem: Problem, case: Case, record: dict[str, Any], wall_ms: float, checker: Checks | None = None
) -> CaseResult:
    """The result of a case that ended with this record."""
    output = str(record.get("output", ""))[: MAX_ANSWER if problem.signature is None else MAX_OUTPUT]
    got = wanted = ""
    if record.get("memory"):
        state, words = CaseState.MEMORY, out_of_memory(problem)
    elif "error" in record:
        state, words = CaseState.ERROR, str(record["error"])[:MAX_WORDS]
    elif problem.signature is None:
        # What a program says beside its answer, to standard error, is shown as what a function prints.
        got, output = output, str(record.get("errors", ""))[:MAX_OUTPUT]
        state, words = (
            checker.is_right(case, got) if checker else _told(same_output(case.stdout, got, problem.comparison))
        )
    else:
        try:
            value = problem.signature.returns.from_json(record.get("value"), "the result")
        except Mismatch as error:
            got = shown(record.get("value"))
            state, words = CaseState.WRONG, str(error)[:MAX_WORDS]
        else:
            got = shown(value)
            state, words = checker.is_right(case, value) if checker else _told(_is_same(problem, case, value))
            if state is CaseState.WRONG:
                wanted, got = shown_beside(case.expected, value)
    line = record.get("line")
    return CaseResult(
        case.name,
        case.hidden,
        state,
        expected=wanted or expected(problem, case),
        got=got,
        output=output,
        traceback=words,
        error_line=line if isinstance(line, int) else None,
        elapsed_ms=_number(record.get("elapsed_ms"), wall_ms, wall_ms),
        memory_kb=int(_number(record.get("memory_kb"), 0, 2**40)),
    )


def out_of_memory(problem: Problem) -> str:
    return f"More than {problem.memory_limit_mb} MB of memory."


def out_of_time(problem: Problem) -> str:
    return f"Not finished after {problem.time_limit_s:g} s."


def expected(problem: Problem, case: Case) -> str:
    """The expected answer as a text to show."""
    return case.stdout if problem.signature is None else shown(case.expected)


def shown(value: Any) -> str:
    """A value as a text to show, cut if it is long."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        return f"a {type(value).__name__} that is too large or too deep to be shown"
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def shown_beside(expected: Any, got: Any) -> tuple[str, str]:
    """Two values as texts to show. Of long ones both are cut around the place where they begin to differ."""
    try:
        texts = repr(expected), repr(got)
    except (RecursionError, ValueError):
        return shown(expected), shown(got)
    if max(map(len, texts)) <= MAX_SHOWN:
        return texts
    start = max(0, _common_start(*texts) - MAX_SHOWN // 2)
    pieces = (text[start : start + MAX_SHOWN] for text in texts)
    cut = [
        ("…" if start else "") + piece + ("…" if start + MAX_SHOWN < len(text) else "")
        for piece, text in zip(pieces, texts, strict=True)
    ]
    return cut[0], cut[1]


def _common_start(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _told(is_right: bool) -> tuple[CaseState, str]:
    return (CaseState.PASSED if is_right else CaseState.WRONG), ""


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
