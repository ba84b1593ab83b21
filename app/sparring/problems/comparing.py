"""Is this answer right? The rules of the Kattis problem package's default validator, for texts and for values."""

import math
from typing import Any

from sparring.problems.model import Comparison


def same_output(expected: str, got: str, rules: Comparison) -> bool:
    """Compare what a program printed, token by token unless spaces matter."""
    if rules.space_sensitive:
        return _fold(expected, rules) == _fold(got, rules)
    wanted, found = expected.split(), got.split()
    return len(wanted) == len(found) and all(_same_token(a, b, rules) for a, b in zip(wanted, found, strict=True))


def same_value(expected: Any, got: Any, rules: Comparison) -> bool:
    """Compare what a function returned. True is not 1; 1.0 is 1 only where a tolerance is given."""
    if rules.unordered and isinstance(expected, list) and isinstance(got, list):
        return _same_unordered(expected, got, rules)
    return _same(expected, got, rules)


def _same(expected: Any, got: Any, rules: Comparison) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return _same_number(expected, got, rules)
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(_same(a, b, rules) for a, b in zip(expected, got, strict=True))
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(_same(expected[key], got[key], rules) for key in expected)
    return type(expected) is type(got) and bool(expected == got)


def _same_number(expected: float, got: float, rules: Comparison) -> bool:
    if rules.float_tolerance is None:
        return type(expected) is type(got) and (expected == got or (math.isnan(expected) and math.isnan(got)))
    if math.isnan(expected) or math.isnan(got):
        return math.isnan(expected) and math.isnan(got)
    return expected == got or math.isclose(expected, got, rel_tol=rules.float_tolerance, abs_tol=rules.float_tolerance)


def _same_unordered(expected: list[Any], got: list[Any], rules: Comparison) -> bool:
    if len(expected) != len(got):
        return False
    rest = list(got)
    for item in expected:
        index = next((number for number, other in enumerate(rest) if _same(item, other, rules)), None)
        if index is None:
            return False
        rest.pop(index)
    return True


def _same_token(expected: str, got: str, rules: Comparison) -> bool:
    if _fold(expected, rules) == _fold(got, rules):
        return True
    if rules.float_tolerance is None:
        return False
    try:
        return _same_number(float(expected), float(got), rules)
    except ValueError:
        return False


def _fold(text: str, rules: Comparison) -> str:
    return text if rules.case_sensitive else text.casefold()
