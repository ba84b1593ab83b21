"""The problem bank: folders that say what to solve and prove their own solutions."""

from sparring.problems.bank import Bank, ProblemSummary, load_bank
from sparring.problems.heads import Head
from sparring.problems.loader import load_problem, open_problem
from sparring.problems.model import (
    FUNCTION_LANGUAGES,
    NOTES_LANGUAGE,
    TRACKS,
    Case,
    Comparison,
    Criterion,
    Difficulty,
    Mode,
    Problem,
    ProblemError,
    Signature,
    Solution,
    SolutionKind,
    Values,
)
from sparring.problems.own_cases import OwnCaseError, answer_text, input_texts, own_case_fields, parse_own_case
from sparring.problems.starters import starter_of
from sparring.problems.type_syntax import parse_type
from sparring.problems.value_types import ValueType

__all__ = [
    "FUNCTION_LANGUAGES",
    "NOTES_LANGUAGE",
    "TRACKS",
    "Bank",
    "Case",
    "Comparison",
    "Criterion",
    "Difficulty",
    "Head",
    "Mode",
    "OwnCaseError",
    "Problem",
    "ProblemError",
    "ProblemSummary",
    "Signature",
    "Solution",
    "SolutionKind",
    "ValueType",
    "Values",
    "answer_text",
    "input_texts",
    "load_bank",
    "load_problem",
    "open_problem",
    "own_case_fields",
    "parse_own_case",
    "parse_type",
    "starter_of",
]
