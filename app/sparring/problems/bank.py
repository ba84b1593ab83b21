"""All problems of some folders, by id. One bad folder never hides the others."""

from dataclasses import dataclass
from pathlib import Path

from sparring.problems.loader import load_problem
from sparring.problems.model import Problem, ProblemError


@dataclass(frozen=True)
class Bank:
    """The problems that could be read, and what was wrong with the others."""

    problems: dict[str, Problem]
    errors: tuple[str, ...]


def load_bank(*shelves: Path) -> Bank:
    """Read every problem folder below each of the shelves."""
    problems: dict[str, Problem] = {}
    errors: list[str] = []
    for shelf in shelves:
        for folder in sorted(path for path in shelf.iterdir() if path.is_dir()) if shelf.is_dir() else ():
            try:
                problem = load_problem(folder)
            except ProblemError as error:
                errors.append(str(error))
                continue
            if problem.id in problems:
                errors.append(f"{folder}: a problem with the id {problem.id!r} exists already")
            else:
                problems[problem.id] = problem
    return Bank(problems, tuple(errors))
