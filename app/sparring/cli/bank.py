"""Lists and proves the bank, several problems at a time."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sparring.assets import problem_shelves
from sparring.cli.proving import prove
from sparring.problems import Bank, Problem, ProblemError, load_bank, load_problem
from sparring.problems.alike import alike
from sparring.problems.demands import unmet
from sparring.profile import Profile, ProfileError


def list_bank() -> int:
    """The problems that Sparring brings, then my own shelves; the result is the exit code."""
    try:
        profile = Profile()
    except ProfileError as error:
        return _complain([str(error)])
    own = {"mine": profile.problems, "received": profile.received}
    bank = Bank({**problem_shelves(), **own}, optional=own)
    for problem in bank.summaries.values():
        shelf = f"  ({problem.shelf})" if problem.shelf in own else ""
        sys.stdout.write(f"{problem.id:40} {problem.difficulty:8} {', '.join(problem.topics)}{shelf}\n")
    return _complain(bank.errors)


def check(folders: list[Path], jobs: int, *, is_strict: bool) -> int:
    """Prove folders, or the whole bank; the result is the exit code."""
    shelves = problem_shelves()
    # What is asked is checked whole; of the others, only what makes two alike is read.
    bank = Bank(shelves) if folders else load_bank(*shelves.values())
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
            sys.stdout.write(f"{'ok  ' if not faults else 'BAD '} {problem.id} ({_size(problem)})\n")
            sys.stdout.flush()
            errors.extend(faults)
            untried.extend(proof.untried)
    for words in untried:
        sys.stdout.write(f"{words}\n")
    return _complain(errors)


def _size(problem: Problem) -> str:
    return "oral" if problem.is_oral else f"{len(problem.cases)} cases"


def _complain(errors: "list[str] | tuple[str, ...]") -> int:
    for error in errors:
        sys.stderr.write(f"{error}\n")
    return 1 if errors else 0
