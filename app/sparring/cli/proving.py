"""Proves a problem with its own solutions: what is accepted passes, and the cases find what is wrong or slow."""

from dataclasses import dataclass

from sparring.problems import Problem, Solution, SolutionKind
from sparring.runner import LANGUAGES, CaseState, RunnerError, RunReport, run_solution
from sparring.runner.toolchains import toolchain

TRIES = 2
"""For an accepted solution that only ran out of time: the machine may have been busy."""
_TOO_MUCH = (CaseState.TIMEOUT, CaseState.MEMORY)


@dataclass(frozen=True)
class Proof:
    """What is wrong with a problem's solutions, and which could not be tried here; both in words."""

    faults: tuple[str, ...]
    untried: tuple[str, ...]


def prove(problem: Problem) -> Proof:
    """Run every solution whose language this machine has."""
    faults: list[str] = []
    untried: list[str] = []
    for solution in problem.solutions:
        tools = toolchain(LANGUAGES[solution.language])
        if not tools.is_ready:
            untried.append(f"{problem.id}/{solution.file}: was not tried: there is no {tools.title} here")
            continue
        try:
            fault = _fault(problem, solution)
        except RunnerError as error:
            fault = str(error)
        if fault:
            faults.append(f"{problem.id}/{solution.file}: {fault}")
    return Proof(tuple(faults), tuple(untried))


def _fault(problem: Problem, solution: Solution) -> str:
    report = run_solution(problem, solution.code, language=solution.language)
    for _ in range(TRIES - 1):
        if solution.kind is SolutionKind.ACCEPTED and _states(report) == {CaseState.PASSED, CaseState.TIMEOUT}:
            report = run_solution(problem, solution.code, language=solution.language)
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


def _states(report: RunReport) -> set[CaseState]:
    return {result.state for result in report.results}


def _first(report: RunReport, *states: CaseState) -> str:
    for result in report.results:
        if result.state in states:
            words = result.traceback or f"{result.got[:80]} instead of {result.expected[:80]}"
            return f"the case {result.name!r} is {result.state}: {words}"
    return ""
