"""All problems of some shelves, by id. One bad folder never hides the others."""

from dataclasses import dataclass
from pathlib import Path

from sparring.problems.loader import load_problem
from sparring.problems.model import Problem, ProblemError

MAX_FOLDERS = 5_000
"""On one shelf: a shelf that is somebody's whole disk should not be read to its end."""


@dataclass(frozen=True)
class Bank:
    """The problems that could be read, in the order of their shelves and names, and what was wrong with the others."""

    problems: dict[str, Problem]
    errors: tuple[str, ...]


def load_bank(*shelves: Path) -> Bank:
    """Read every problem folder below each of the shelves. A shelf that is not there is an error in the bank."""
    problems: dict[str, Problem] = {}
    errors: list[str] = []
    for shelf in shelves:
        try:
            folders = sorted(path for path in shelf.iterdir() if path.is_dir() and not path.name.startswith("."))
        except OSError as error:
            errors.append(f"{shelf}: the problems cannot be read: {error.strerror}")
            continue
        if len(folders) > MAX_FOLDERS:
            errors.append(f"{shelf}: has more than {MAX_FOLDERS:,} folders; the first {MAX_FOLDERS:,} were read")
        for folder in folders[:MAX_FOLDERS]:
            try:
                problem = load_problem(folder)
            except ProblemError as error:
                errors.append(str(error))
                continue
            if problem.id in problems:
                errors.append(f"{folder}: a problem with the id {problem.id!r} exists already; that one was kept")
            else:
                problems[problem.id] = problem
    return Bank(problems, tuple(errors))
