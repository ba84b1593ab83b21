"""Proves a problem's generator: what it draws fits the signature, and the accepted solutions agree on it."""

from sparring.problems import Problem, Solution, SolutionKind
from sparring.runner import LANGUAGES, CancelToken, CaseState, RunnerError, StressOutcome, StressReport, stress
from sparring.runner.stressing import accepted_solution
from sparring.runner.toolchains import toolchain

CASES = 36
"""Of rising size, for each accepted solution that is compared with the first one in Python."""
CASES_FOR_PROGRAMS = 6
"""The same where a process is started for each case."""
MAX_SECONDS = 60.0
"""Until a busy machine goes on with fewer cases."""
SEED = 1
"""The same cases are drawn at every check."""
TRIES = 2
"""When a solution only ran out of time: the machine may have been busy."""
MAX_SHOWN = 200
"""Characters of a case's input."""


def generator_fault(problem: Problem, cancel: CancelToken | None = None) -> str:
    """What is wrong, with the file; nothing if the generator is proved, if there is none, or once that is cancelled."""
    if problem.generator is None:
        return ""
    try:
        for solution in _compared(problem):
            report = _report(problem, solution, cancel)
            if report.outcome is StressOutcome.FAULTY:
                return f"{problem.id}/generator.py: {report.words}"
            if report.outcome in (StressOutcome.FAILED, StressOutcome.NOT_COMPILED):
                return f"{problem.id}/{solution.file}: {_difference(report)}"
    except RunnerError as error:
        return f"{problem.id}/generator.py: {error}"
    return ""


def _compared(problem: Problem) -> list[Solution]:
    """All accepted ones but the first in Python; if there is no other here, that one, which must at least answer."""
    first = accepted_solution(problem)
    accepted = [solution for solution in problem.solutions if solution.kind is SolutionKind.ACCEPTED]
    others = [one for one in accepted if one != first and toolchain(LANGUAGES[one.language]).is_ready]
    return others or [first]


def _report(problem: Problem, solution: Solution, cancel: CancelToken | None) -> StressReport:
    is_program = problem.signature is None and solution.language != "python"
    for _ in range(TRIES):
        report = stress(
            problem,
            solution.code,
            language=solution.language,
            seed=SEED,
            max_cases=CASES_FOR_PROGRAMS if is_program else CASES,
            max_seconds=MAX_SECONDS,
            cancel=cancel,
        )
        if report.failing is None or report.failing.state is not CaseState.TIMEOUT:
            break
    return report


def _difference(report: StressReport) -> str:
    case, result = report.case, report.failing
    if case is None or result is None:
        return report.words
    given = ", ".join(map(repr, case.arguments)) or repr(case.stdin)
    words = result.traceback or f"{result.got[:80]} instead of {result.expected[:80]}"
    return f"is said to be accepted, but the drawn case {given[:MAX_SHOWN]} is {result.state}: {words}"
