"""What type do these values have? For cases that came without a signature; and names that every language takes."""

import keyword
import re
from collections.abc import Sequence
from typing import Any

from sparring.problems.type_syntax import MAX_TYPE_DEPTH
from sparring.problems.value_types import BOOL, FLOAT, INT, STRING, ListOf, MapOf, OptionalOf, TupleOf, ValueType

MAX_TUPLE = 8
"""Items of different types that a list may have to be taken for a tuple."""
_RESERVED = (
    "abstract arguments await boolean break byte case catch char class const continue debugger default delete do double"
    " else enum eval export extends false final finally float for function goto if implements import in instanceof int"
    " interface let long native new null package private protected public return short static super switch"
    " synchronized this throw throws transient true try typeof undefined var void volatile while with yield"
)
"""The words that JavaScript has for itself, or had."""


class NoTypeError(Exception):
    """No type of a signature has all of these values; the message says why."""


def infer_type(values: Sequence[Any]) -> ValueType:
    """The narrowest type that has every value, as JSON or Python writes them. Raises `NoTypeError`.

    A list without any item is a list of ints, and a value that is always null is an optional int: nothing says more.
    """
    try:
        return _infer(list(values), 0)
    except RecursionError:
        raise NoTypeError("it is nested too deep") from None


def _infer(values: list[Any], depth: int) -> ValueType:
    if depth > MAX_TYPE_DEPTH:
        raise NoTypeError(f"it is nested deeper than {MAX_TYPE_DEPTH} levels")
    there = [value for value in values if value is not None]
    if len(there) < len(values):
        return OptionalOf(_infer(there, depth + 1))
    kinds = {type(value) for value in there}
    for kind, made in ((bool, BOOL), (int, INT), (str, STRING)):
        if kinds <= {kind}:
            return made if kinds else INT
    if kinds <= {int, float}:
        return FLOAT
    if kinds <= {list, tuple}:
        return _sequence(there, kinds, depth)
    if kinds == {dict}:
        return _map(there, depth)
    names = sorted(_WORDS.get(kind, f"a {kind.__name__}") for kind in kinds)
    if len(names) == 1:
        raise NoTypeError(f"{names[0]} is no value of a signature")
    raise NoTypeError(f"it is sometimes {', sometimes '.join(names)}")


def _sequence(values: list[Any], kinds: set[type], depth: int) -> ValueType:
    lengths = {len(value) for value in values}
    is_one_length = len(lengths) == 1 and 0 < min(lengths) <= MAX_TUPLE
    if kinds == {tuple} and is_one_length:
        return _tuple(values, depth)
    try:
        return ListOf(_infer([item for value in values for item in value], depth + 1))
    except NoTypeError:
        # A pair of a name and a number, say.
        if not is_one_length or min(lengths) < 2:
            raise
        return _tuple(values, depth)


def _tuple(values: list[Any], depth: int) -> ValueType:
    return TupleOf(tuple(_infer(list(column), depth + 1) for column in zip(*values, strict=True)))


def _map(values: list[dict[Any, Any]], depth: int) -> ValueType:
    keys = {type(key) for value in values for key in value}
    if not keys <= {str} and not keys <= {int}:
        raise NoTypeError("a map has keys that are neither texts nor whole numbers")
    try:
        inner = _infer([item for value in values for item in value.values()], depth + 1)
    except NoTypeError as error:
        raise NoTypeError(f"a map has values of different kinds ({error})") from None
    return MapOf(INT if keys == {int} else STRING, inner)


def to_json(value: Any) -> Any:
    """A value as tests.json has it: tuples are lists, and keys are texts."""
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    return value


def python_name(text: str) -> str:
    """A name in snake case that Python and JavaScript take; empty if there is nothing to make it of."""
    parts = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text))
    name = re.sub(r"[^a-z0-9]+", "_", parts.lower()).strip("_").lstrip("0123456789_")
    return f"{name}_" if is_taken(name) else name


def is_taken(name: str) -> bool:
    """Whether a language has the name for itself."""
    return keyword.iskeyword(name) or name in _RESERVED.split()


_WORDS: dict[type, str] = {
    bool: "a bool", int: "an int", float: "a float", str: "a text", list: "a list", tuple: "a tuple", dict: "a map"
}  # fmt: skip
