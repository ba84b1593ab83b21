"""What a problem is, once it was read and checked."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sparring.problems.value_types import ValueType


class ProblemError(Exception):
    """A problem folder is not what it should be; the message names the file, the field and what is wrong with it."""


class Difficulty(StrEnum):
    """How hard a problem is for somebody who has met its topic before."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Mode(StrEnum):
    """How a problem is solved."""

    FUNCTION = "function"
    """A function is written, by the signature."""
    STDIN = "stdin"
    """A program is written that reads standard input and prints."""
    ORAL = "oral"
    """It is asked and answered aloud: nothing is run."""


class SolutionKind(StrEnum):
    """What a solution in the folder must do to prove the cases."""

    ACCEPTED = "accepted"
    """Passes every case."""
    WRONG = "wrong"
    """Gives a wrong answer to at least one case."""
    SLOW = "slow"
    """Runs out of time or memory in at least one case, and answers no case wrong."""


@dataclass(frozen=True)
class Signature:
    """The function to write: its name, its parameters with their types, what it returns."""

    name: str
    parameters: tuple[tuple[str, ValueType], ...]
    returns: ValueType


@dataclass(frozen=True)
class Comparison:
    """How an answer is compared, after the default output validator of the Kattis problem package (2025-09).

    A number is right if it is within the absolute or within the relative tolerance; a tolerance that is None forgives
    nothing. Case and white space are rules for printed output; strings that a function returns must be equal.
    """

    absolute_tolerance: float | None = None
    relative_tolerance: float | None = None
    """A share of the expected number."""
    case_sensitive: bool = False
    space_sensitive: bool = False
    unordered: bool = False
    """The order of the returned list does not matter; that of lists inside it does."""

    @property
    def is_tolerant(self) -> bool:
        """Whether numbers may differ a little."""
        return self.absolute_tolerance is not None or self.relative_tolerance is not None


class Values(NamedTuple):
    """What one case gives and wants: arguments and result of a function, or input and output of a program."""

    arguments: tuple[Any, ...] = ()
    expected: Any = None
    stdin: str = ""
    stdout: str = ""


class Case:
    """One test. A large one is a few words until its values are asked for the first time."""

    def __init__(
        self,
        name: str,
        hidden: bool,
        arguments: tuple[Any, ...] = (),
        expected: Any = None,
        stdin: str = "",
        stdout: str = "",
        *,
        write: Callable[[], Values] | None = None,
    ) -> None:
        """`write` makes the values instead of the four before it; what it raises, asking for a value raises."""
        self.name, self.hidden = name, hidden
        self._write = write or (lambda: Values(arguments, expected, stdin, stdout))

    def __repr__(self) -> str:
        return f"Case({self.name!r}, hidden={self.hidden})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (self.name, self.hidden) == (other.name, other.hidden) and self.values == other.values

    def __hash__(self) -> int:
        return hash((self.name, self.hidden))

    @functools.cached_property
    def values(self) -> Values:
        """All four. Raises `ProblemError` if they are not what they should be, where a folder was opened unchecked."""
        return self._write()

    def wanting(self, expected: Any = None, stdout: str = "") -> "Case":
        """The same case with another answer."""
        return Case(self.name, self.hidden, self.arguments, expected, self.stdin, stdout)

    @property
    def arguments(self) -> tuple[Any, ...]:
        return self.values.arguments

    @property
    def expected(self) -> Any:
        return self.values.expected

    @property
    def stdin(self) -> str:
        return self.values.stdin

    @property
    def stdout(self) -> str:
        return self.values.stdout


LANGUAGE_OF_SUFFIX = {
    "py": "python", "js": "javascript", "cpp": "cpp", "java": "java", "go": "go", "rs": "rust"
}  # fmt: skip
"""The languages that a folder may bring code in; a function is written in one of the first two."""
FUNCTION_LANGUAGES = ("python", "javascript")
NOTES_LANGUAGE = "markdown"
"""What the notes to an oral prompt are written in."""
TRACKS = ("machine-learning breadth", "system design", "behavioural", "project deep dive")
"""What an oral interview is about; the first topic of a prompt."""


@dataclass(frozen=True)
class Solution:
    """A solution that proves the cases; `name` is its file's name without the suffix."""

    name: str
    kind: SolutionKind
    code: str = field(repr=False)
    language: str = "python"

    @property
    def file(self) -> str:
        """Its file in the folder."""
        suffix = next(suffix for suffix, language in LANGUAGE_OF_SUFFIX.items() if language == self.language)
        return f"solutions/{self.name}.{suffix}"


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric: what is looked at, and what a strong performance looks like."""

    name: str
    strong: str


@dataclass(frozen=True)
class Problem:
    """A whole problem. `signature` is None for one that reads standard input, and for one that is spoken about."""

    id: str
    title: str
    difficulty: Difficulty
    topics: tuple[str, ...]
    signature: Signature | None
    comparison: Comparison
    time_limit_s: float
    """For each case."""
    memory_limit_mb: int
    suggested_minutes: int
    statement: str = field(repr=False)
    cases: tuple[Case, ...]
    hints: tuple[str, ...] = field(repr=False)
    """A ladder: each says a little more than the one before."""
    editorial: str = field(repr=False)
    follow_ups: str = field(repr=False)
    rubric: tuple[Criterion, ...]
    starters: dict[str, str] = field(repr=False)
    """What an empty editor begins with, by language."""
    solutions: tuple[Solution, ...]
    checker: str | None = field(default=None, repr=False)
    """The code of `checker.py`, which says whether an answer is right where more than one is."""
    generator: str | None = field(default=None, repr=False)
    """The code of `generator.py`, which draws further cases for a stress test."""
    complexity_matters: bool = True
    """Whether there is a slower way that the cases must tell from the one that is looked for."""
    source: str = ""
    """A link to where it is from, or nothing."""

    is_oral: bool = False
    """Asked and answered aloud: there is nothing to run. It has no cases and no solutions, and the editor is for notes;
    its editorial says what a strong answer covers."""

    @property
    def language(self) -> str:
        """What an empty editor is in."""
        return NOTES_LANGUAGE if self.is_oral else "python"

    @property
    def starter(self) -> str:
        """What an empty editor begins with."""
        return self.starters[self.language]
