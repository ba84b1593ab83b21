"""`sparring problems`: look at the bank, and prove it."""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sparring.assets import resources_dir
from sparring.problems import Problem, ProblemError, load_bank, load_problem
from sparring.runner import CaseState, RunnerError, RunReport, run_solution

AT_ONCE = 2
_TOO_MUCH = (CaseState.TIMEOUT, CaseState.MEMORY)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("problems", help="list the problem bank, or check problem folders")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the problems that Sparring brings")
    check = actions.add_parser("check", help="prove that accepted solutions pass, and wrong and slow ones do not")
    check.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: the whole bank")
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    return _check(args.folders) if args.action == "check" else _list()


def _list() -> int:
    bank = load_bank(resources_dir() / "problems")
    for problem in bank.problems.values():
        sys.stdout.write(f"{problem.id:32} {problem.difficulty:8} {', '.join(problem.topics)}\n")
    return _complain(bank.errors)


def _check(folders: list[Path]) -> int:
    errors: list[str] = []
    problems: list[Problem] = []
    if folders:
        for folder in folders:
            try:
                problems.append(load_problem(folder.resolve()))
            except ProblemError as error:
                errors.append(str(error))
    else:
        bank = load_bank(resources_dir() / "problems")
        problems, errors = list(bank.problems.values()), list(bank.errors)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for problem, faults in zip(problems, pool.map(prove, problems), strict=True):
            sys.stdout.write(f"{'ok  ' if not faults else 'BAD '} {problem.id} ({len(problem.cases)} cases)\n")
            errors.extend(faults)
    return _complain(errors)


def _complain(errors: "list[str] | tuple[str, ...]") -> int:
    for error in errors:
        sys.stderr.write(f"{error}\n")
    return 1 if errors else 0


def prove(problem: Problem) -> list[str]:
    """What is wrong with a problem's solutions, in words; nothing if they prove it."""
    faults = []
    for solution in problem.solutions:
        where = f"{problem.id}/{solution.file}"
        try:
            report = run_solution(problem, solution.code)
        except RunnerError as error:
            return [f"{where}: {error}"]
        failed = _first_failure(report)
        if solution.kind == "accepted" and failed:
            faults.append(f"{where}: is said to be accepted, but {failed}")
        elif solution.kind == "wrong" and not any(result.state is CaseState.WRONG for result in report.results):
            faults.append(f"{where}: is said to be wrong, but no case shows it")
        elif solution.kind == "slow" and not any(result.state in _TOO_MUCH for result in report.results):
            faults.append(f"{where}: is said to be slow, but every case ends within its time and memory")
    return faults


def _first_failure(report: RunReport) -> str:
    for result in report.results:
        if result.state is not CaseState.PASSED:
            return f"the case {result.name!r} is {result.state}: {result.traceback or result.got[:80]}"
    return ""
