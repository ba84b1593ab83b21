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
from sparring.problems.own_cases import OwnCaseError, answer_text, input_texts, own_case_fields, parse_own_case
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
    "OwnCaseError",
    "Problem",
    "ProblemError",
    "Signature",
    "Solution",
    "SolutionKind",
    "ValueType",
    "answer_text",
    "input_texts",
    "load_bank",
    "load_problem",
    "own_case_fields",
    "parse_own_case",
    "parse_type",
    "starter_of",
]
