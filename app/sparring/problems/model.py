"""What a problem is, once it was read and checked."""

from dataclasses import dataclass, field
from typing import Any

DIFFICULTIES = ("easy", "medium", "hard")


class ProblemError(Exception):
    """A problem folder is not what it should be; the message names the file and what is wrong with it."""


@dataclass(frozen=True)
class Signature:
    """The function to write: its name, its parameters with their types, what it returns."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str


@dataclass(frozen=True)
class Comparison:
    """How an answer is compared, after the rules of the Kattis problem package."""

    float_tolerance: float | None = None
    """Absolute or relative error that is forgiven."""
    case_sensitive: bool = False
    space_sensitive: bool = False
    unordered: bool = False
    """The order of a returned list does not matter."""


@dataclass(frozen=True)
class Case:
    """One test: arguments and result of a function, or standard input and output of a program."""

    name: str
    hidden: bool
    arguments: tuple[Any, ...] = ()
    expected: Any = None
    stdin: str = ""
    stdout: str = ""


@dataclass(frozen=True)
class Solution:
    """A solution that proves the cases. `kind` is "accepted", "wrong" or "slow"."""

    name: str
    kind: str
    code: str


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric: what is looked at, and what a strong answer does."""

    name: str
    strong: str


@dataclass(frozen=True)
class Problem:
    """A whole problem. `signature` is None for one that reads standard input."""

    id: str
    title: str
    difficulty: str
    topics: tuple[str, ...]
    signature: Signature | None
    comparison: Comparison
    time_limit_s: float
    memory_limit_mb: int
    suggested_minutes: int
    statement: str
    cases: tuple[Case, ...]
    hints: tuple[str, ...]
    editorial: str
    follow_ups: str
    starter: str
    solutions: tuple[Solution, ...] = field(repr=False)
    rubric: tuple[Criterion, ...] = ()
