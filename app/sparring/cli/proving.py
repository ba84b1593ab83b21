"""Proves a problem with its own solutions: what is accepted passes, and the cases find what is wrong or slow."""

from dataclasses import dataclass, replace

from sparring.cli.drawing import generator_fault
from sparring.problems import Problem, Solution, SolutionKind
from sparring.runner import (
    LANGUAGES,
    CancelToken,
    CaseResult,
    CaseState,
    RunnerError,
    RunReport,
    run_solution,
    sandbox,
)
from sparring.runner.toolchains import toolchain

TRIES = 2
"""For an accepted solution that only ran out of time: the machine may have been busy."""
SHARE_OF_THE_REST = 0.25
"""Of its time for each case that is left once a slow solution was slow: waiting for all of them is most of a bank's."""
_TOO_MUCH = (CaseState.TIMEOUT, CaseState.MEMORY)
_SHOWS = {
    SolutionKind.ACCEPTED: frozenset(CaseState) - {CaseState.PASSED},
    SolutionKind.WRONG: frozenset({CaseState.WRONG}),
    SolutionKind.SLOW: frozenset({*_TOO_MUCH, CaseState.WRONG}),
}
"""The states of a case that say enough of a solution of each kind for somebody in a hurry."""


@dataclass(frozen=True)
class Proof:
    """What is wrong with a problem's solutions, and which could not be tried here; both in words."""

    faults: tuple[str, ...]
    untried: tuple[str, ...]


def prove(problem: Problem, *, cancel: CancelToken | None = None, is_hasty: bool = False) -> Proof:
    """Run every solution whose language this machine has, and the generator.

    In haste, a solution is run no further once a case says what it is. Who cancels has no proof.
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
    if problem.cases and not any(solution.kind is SolutionKind.ACCEPTED for solution in problem.solutions):
        untried.append(f"{problem.id}/solutions: there is no accepted one, so nothing proves the cases")
    if cancel is None or not cancel.is_cancelled:
        fault = generator_fault(problem, cancel)
        faults += [fault] if fault else []
    return Proof(tuple(faults), tuple(untried))


def prove_strangers(problem: Problem, *, cancel: CancelToken | None = None, even_outside: bool = False) -> Proof:
    """Prove, in haste, what somebody brings in: its code runs in a sandbox, or not at all unless `even_outside`."""
    if not sandbox.best().holds and not even_outside:
        words = "was not tried: there is no sandbox here, and it is a stranger's code"
        return Proof((), tuple(f"{problem.id}/{solution.file}: {words}" for solution in problem.solutions))
    return prove(problem, cancel=cancel, is_hasty=True)


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
    if is_hasty or solution.kind is SolutionKind.WRONG:
        return _run_hastily(problem, solution, cancel)
    if solution.kind is SolutionKind.ACCEPTED:
        return run_solution(problem, solution.code, language=solution.language, cancel=cancel)
    report = _run_hastily(problem, solution, cancel)
    rest = [result.name for result in report.results if result.state is CaseState.SKIPPED]
    hurried = replace(problem, time_limit_s=problem.time_limit_s * SHARE_OF_THE_REST)
    others = run_solution(hurried, solution.code, language=solution.language, cases=rest, cancel=cancel)
    return replace(report, results=report.results[: len(report.results) - len(rest)] + others.results)


def _run_hastily(problem: Problem, solution: Solution, cancel: CancelToken | None) -> RunReport:
    """Until a case says enough of the solution."""
    enough = CancelToken()

    def look(result: CaseResult) -> None:
        if result.state in _SHOWS[solution.kind] and not enough.is_cancelled:
            enough.cancel()

    # Who cancels the whole ends this run as well.
    if cancel is not None:
        cancel.watch(enough.cancel)
    try:
        return run_solution(problem, solution.code, language=solution.language, cancel=enough, on_result=look)
    finally:
        if cancel is not None:
            cancel.forget(enough.cancel)


def _states(report: RunReport) -> set[CaseState]:
    """Of the cases that were run."""
    return {result.state for result in report.results} - {CaseState.SKIPPED}


def _first(report: RunReport, *states: CaseState) -> str:
    for result in report.results:
        if result.state in states:
            words = result.traceback or f"{result.got[:80]} instead of {result.expected[:80]}"
            return f"the case {result.name!r} is {result.state}: {words}"
    return ""
