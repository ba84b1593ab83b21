"""Is this answer right? For printed texts and for returned values.

The rules are those of the Kattis problem package's default output validator (2025-09): texts are compared token by
token, a token that is a number may differ by the tolerance from the expected one. Values follow the same tolerance.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from sparring.problems.model import Comparison

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z|[+-]?(inf|infinity|nan)\Z", re.ASCII | re.IGNORECASE)
_SPACES = re.compile(r"(\s+)")


def same_output(expected: str, got: str, rules: Comparison) -> bool:
    """Compare what a program printed, token by token; the spaces between count only if the rules say so."""
    if rules.space_sensitive:
        # With the separators captured, the odd places of both lists are white space.
        wanted, found = _SPACES.split(expected), _SPACES.split(got)
        if wanted[1::2] != found[1::2]:
            return False
    else:
        wanted, found = expected.split(), got.split()
    return len(wanted) == len(found) and all(_same_token(a, b, rules) for a, b in zip(wanted, found, strict=True))


def same_value(expected: Any, got: Any, rules: Comparison) -> bool:
    """Compare what a function returned.

    True is not 1, and 1.0 is 1 only where a tolerance is given. NaN is NaN. A tuple is the list of its items.
    """
    if rules.unordered and isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return len(expected) == len(got) and _same_unordered(expected, got, rules)
    return _same(expected, got, rules)


def _same(expected: Any, got: Any, rules: Comparison) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return _same_number(expected, got, rules)
    if isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return len(expected) == len(got) and all(_same(a, b, rules) for a, b in zip(expected, got, strict=True))
    if isinstance(expected, dict) and isinstance(got, dict):
        # A dictionary takes 1, 1.0 and True for one key; the canonical form does not.
        if {_canonical(key) for key in expected} != {_canonical(key) for key in got}:
            return False
        return all(_same(value, got[key], rules) for key, value in expected.items())
    return type(expected) is type(got) and bool(expected == got)


def _same_number(expected: float, got: float, rules: Comparison) -> bool:
    if math.isnan(expected) or math.isnan(got):
        return math.isnan(expected) and math.isnan(got) and (rules.is_tolerant or type(expected) is type(got))
    if not rules.is_tolerant:
        return type(expected) is type(got) and expected == got
    if expected == got:
        return True
    if math.isinf(expected) or math.isinf(got):
        return False
    try:
        error = abs(float(expected) - float(got))
    except OverflowError:  # integers beyond the range of floats, and not equal
        return False
    if rules.absolute_tolerance is not None and error <= rules.absolute_tolerance:
        return True
    return rules.relative_tolerance is not None and error <= rules.relative_tolerance * abs(expected)


def _same_unordered(expected: Sequence[Any], got: Sequence[Any], rules: Comparison) -> bool:
    if not rules.is_tolerant:
        return Counter(map(_canonical, expected)) == Counter(map(_canonical, got))
    if all(map(_is_finite_number, expected)) and all(map(_is_finite_number, got)):
        # Tolerance makes each number an interval, and both ends of it grow with the number: smallest with smallest
        # is a matching if there is one at all.
        return all(_same_number(a, b, rules) for a, b in zip(sorted(expected), sorted(got), strict=True))
    return _has_perfect_matching(expected, got, rules)


def _has_perfect_matching(expected: Sequence[Any], got: Sequence[Any], rules: Comparison) -> bool:
    """Taking the first that fits could use up the only partner of a later item, so partners move over (Kuhn)."""
    fits = [[there for there, other in enumerate(got) if _same(item, other, rules)] for item in expected]
    partner_of: dict[int, int] = {}
    place_of: dict[int, int] = {}
    for item in range(len(expected)):
        came_from: dict[int, int] = {}
        waiting = [item]
        free = None
        while waiting and free is None:
            mover = waiting.pop()
            for there in fits[mover]:
                if there in came_from:
                    continue
                came_from[there] = mover
                if there not in partner_of:
                    free = there
                    break
                waiting.append(partner_of[there])
        if free is None:
            return False
        at: int | None = free
        while at is not None:
            mover = came_from[at]
            previous = place_of.get(mover)
            partner_of[at], place_of[mover] = mover, at
            at = previous
    return True


def _canonical(value: Any) -> Hashable:
    """Equal for values that are the same when nothing is forgiven, and only for those."""
    if isinstance(value, list | tuple):
        return ("list", tuple(map(_canonical, value)))
    if isinstance(value, dict):
        return ("map", frozenset((_canonical(key), _canonical(item)) for key, item in value.items()))
    if isinstance(value, float) and math.isnan(value):
        return ("nan",)
    return (type(value), value)


def _is_finite_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _same_token(expected: str, got: str, rules: Comparison) -> bool:
    if rules.is_tolerant and _NUMBER.match(expected):
        return bool(_NUMBER.match(got)) and _same_number(float(expected), float(got), rules)
    return _fold(expected, rules) == _fold(got, rules)


def _fold(text: str, rules: Comparison) -> str:
    return text if rules.case_sensitive else text.casefold()
