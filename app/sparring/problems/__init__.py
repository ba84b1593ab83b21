"""The problem bank: folders that say what to solve and prove their own solutions."""

from sparring.problems.bank import Bank, load_bank
from sparring.problems.loader import load_problem
from sparring.problems.model import (
    FUNCTION_LANGUAGES,
    Case,
    Comparison,
    Criterion,
    Difficulty,
    Problem,
    ProblemError,
    Signature,
    Solution,
    SolutionKind,
)
from sparring.problems.starters import starter_of
from sparring.problems.type_syntax import parse_type
from sparring.problems.value_types import ValueType

__all__ = [
    "FUNCTION_LANGUAGES",
    "Bank",
    "Case",
    "Comparison",
    "Criterion",
    "Difficulty",
    "Problem",
    "ProblemError",
    "Signature",
    "Solution",
    "SolutionKind",
    "ValueType",
    "load_bank",
    "load_problem",
    "parse_type",
    "starter_of",
]
