"""A problem that is about to be written: what an importer, a form or a browser found out about it."""

from dataclasses import dataclass, field

from sparring.problems.heads import MAX_NAME
from sparring.problems.model import Case, Comparison, Criterion, Difficulty, Signature, SolutionKind

NO_HINTS = "No hints came with this problem."
NO_EDITORIAL = "No editorial came with this problem."
NO_FOLLOW_UPS = "No follow-up questions came with this problem."
NO_RUBRIC = (
    Criterion(
        "Understanding", "Asks what the statement leaves open before writing. (No rubric came with this problem.)"
    ),
    Criterion("Approach", "Says the plan and what it costs before coding it."),
    Criterion("Testing", "Tries the edges by hand before pressing Run."),
)


@dataclass(frozen=True)
class DraftSolution:
    """A solution, and what it must do to prove the cases; `name` tells it from others of its kind."""

    kind: SolutionKind
    language: str
    code: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class ProblemDraft:
    """What a problem folder is made of. What nobody knows has a default that says that it did not come with it.

    `signature` is None for a program that prints. The cases' values are as in tests.json; their names are made to
    differ, and if all are hidden, the first become examples.
    """

    title: str
    statement: str = field(repr=False)
    cases: tuple[Case, ...] = field(repr=False)
    signature: Signature | None = None
    difficulty: Difficulty = Difficulty.MEDIUM
    topics: tuple[str, ...] = ("imported",)
    source: str = ""
    """A link to where it is from, or nothing."""
    time_limit_s: float = 2.0
    memory_limit_mb: int = 256
    suggested_minutes: int = 25
    comparison: Comparison = field(default_factory=Comparison)
    hints: tuple[str, ...] = field(default=(NO_HINTS,), repr=False)
    editorial: str = field(default=NO_EDITORIAL, repr=False)
    follow_ups: str = field(default=NO_FOLLOW_UPS, repr=False)
    rubric: tuple[Criterion, ...] = field(default=NO_RUBRIC, repr=False)
    starters: dict[str, str] = field(default_factory=dict, repr=False)
    """By language; the one in Python is made of the signature if it is missing."""
    solutions: tuple[DraftSolution, ...] = ()
    checker: str | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()
    """In words, what of it did not come along; for the report."""


def one_line(text: str, limit: int = MAX_NAME) -> str:
    """A text as a title or name: one line, and cut if it is long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
