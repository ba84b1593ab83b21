"""`sparring problems`: look at the bank, and prove it."""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sparring.assets import resources_dir
from sparring.cli.proving import prove
from sparring.problems import ProblemError, load_bank, load_problem
from sparring.problems.alike import alike
from sparring.problems.demands import unmet

AT_ONCE = min(4, os.cpu_count() or 1)
"""Each problem has one solution at work at a time: with a processor of its own, its time is what it would be alone."""
MAX_JOBS = 64


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("problems", help="list the problem bank, or check problem folders")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the problems that Sparring brings")
    check = actions.add_parser("check", help="prove that accepted solutions pass, and wrong and slow ones do not")
    check.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: the whole bank")
    check.add_argument("--strict", action="store_true", help="demand also what every problem of the bank must bring")
    check.add_argument("--jobs", type=_jobs, default=AT_ONCE, metavar="N", help=f"problems at once (default {AT_ONCE})")
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    return _check(args.folders, args.jobs, is_strict=args.strict) if args.action == "check" else _list()


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 1 and {MAX_JOBS}")
    return int(text)


def _list() -> int:
    bank = load_bank(resources_dir() / "problems")
    for problem in bank.problems.values():
        sys.stdout.write(f"{problem.id:32} {problem.difficulty:8} {', '.join(problem.topics)}\n")
    return _complain(bank.errors)


def _check(folders: list[Path], jobs: int, *, is_strict: bool) -> int:
    bank = load_bank(resources_dir() / "problems")
    problems, errors = list(bank.problems.values()), list(bank.errors)
    if folders:
        problems, errors = [], []
        for folder in folders:
            try:
                problems.append(load_problem(folder.resolve()))
            except ProblemError as error:
                errors.append(str(error))
    asked = {problem.id for problem in problems}
    others = [problem for problem in bank.problems.values() if problem.id not in asked]
    for first, second, words in alike([*others, *problems]):
        if asked & {first.id, second.id}:
            errors.append(f"{first.id} and {second.id} are one problem: {words}")
    untried: list[str] = []
    with ThreadPoolExecutor(jobs) as pool:
        for problem, proof in zip(problems, pool.map(prove, problems), strict=True):
            faults = [*proof.faults, *(unmet(problem) if is_strict else ())]
            sys.stdout.write(f"{'ok  ' if not faults else 'BAD '} {problem.id} ({len(problem.cases)} cases)\n")
            sys.stdout.flush()
            errors.extend(faults)
            untried.extend(proof.untried)
    for words in untried:
        sys.stdout.write(f"{words}\n")
    return _complain(errors)


def _complain(errors: "list[str] | tuple[str, ...]") -> int:
    for error in errors:
        sys.stderr.write(f"{error}\n")
    return 1 if errors else 0
