"""Proves a problem with its own solutions: what is accepted passes, and the cases find what is wrong or slow."""

from dataclasses import dataclass

from sparring.problems import Problem, Solution, SolutionKind
from sparring.runner import LANGUAGES, CancelToken, CaseResult, CaseState, RunnerError, RunReport, run_solution
from sparring.runner.toolchains import toolchain

TRIES = 2
"""For an accepted solution that only ran out of time: the machine may have been busy."""
ENOUGH = 3
"""Cases that show what is to be shown, after which somebody in a hurry runs no more."""
_TOO_MUCH = (CaseState.TIMEOUT, CaseState.MEMORY)


@dataclass(frozen=True)
class Proof:
    """What is wrong with a problem's solutions, and which could not be tried here; both in words."""

    faults: tuple[str, ...]
    untried: tuple[str, ...]


def prove(problem: Problem, *, cancel: CancelToken | None = None, is_hasty: bool = False) -> Proof:
    """Run every solution whose language this machine has.

    In haste, a solution is run no further when `ENOUGH` cases did not pass. Who cancels has no proof.
    """
    faults: list[str] = []
    untried: list[str] = []
    for solution in problem.solutions:
        if cancel is not None and cancel.is_cancelled:
            break
        tools = toolchain(LANGUAGES[solution.language])
        if not tools.is_ready:
            untried.append(f"{problem.id}/{solution.file}: was not tried: there is no {tools.title} here")
            continue
        try:
            fault = _fault(problem, solution, cancel, is_hasty)
        except RunnerError as error:
            fault = str(error)
        if fault:
            faults.append(f"{problem.id}/{solution.file}: {fault}")
    return Proof(tuple(faults), tuple(untried))


def _fault(problem: Problem, solution: Solution, cancel: CancelToken | None, is_hasty: bool) -> str:
    report = _run(problem, solution, cancel, is_hasty)
    for _ in range(TRIES - 1):
        if solution.kind is SolutionKind.ACCEPTED and _states(report) == {CaseState.PASSED, CaseState.TIMEOUT}:
            report = _run(problem, solution, cancel, is_hasty)
    states = _states(report)
    if solution.kind is SolutionKind.ACCEPTED:
        failed = _first(report, *(state for state in CaseState if state is not CaseState.PASSED))
        return f"is said to be accepted, but {failed}" if failed else ""
    if solution.kind is SolutionKind.WRONG:
        return "" if CaseState.WRONG in states else "is said to be wrong, but no case shows it"
    if not states & set(_TOO_MUCH):
        return "is said to be slow, but every case ends within its time and memory"
    failed = _first(report, CaseState.WRONG)
    return f"is said to be slow, but {failed}" if failed else ""


def _run(problem: Problem, solution: Solution, cancel: CancelToken | None, is_hasty: bool) -> RunReport:
    if not is_hasty:
        return run_solution(problem, solution.code, language=solution.language, cancel=cancel)
    enough, failed = CancelToken(), 0

    def count(result: CaseResult) -> None:
        nonlocal failed
        failed += result.state is not CaseState.PASSED
        if failed >= ENOUGH and not enough.is_cancelled:
            enough.cancel()

    # Who cancels the whole ends this run as well.
    if cancel is not None:
        cancel.watch(enough.cancel)
    try:
        return run_solution(problem, solution.code, language=solution.language, cancel=enough, on_result=count)
    finally:
        if cancel is not None:
            cancel.forget(enough.cancel)


def _states(report: RunReport) -> set[CaseState]:
    return {result.state for result in report.results}


def _first(report: RunReport, *states: CaseState) -> str:
    for result in report.results:
        if result.state in states:
            words = result.traceback or f"{result.got[:80]} instead of {result.expected[:80]}"
            return f"the case {result.name!r} is {result.state}: {words}"
    return ""
