"""Types from values: of a problem that came without a signature, and where a language leaves a type open."""

import re
from collections.abc import Sequence
from typing import Any

from sparring.problems.importing.pasting.foreign_types import ANY, NUMBER, Open
from sparring.problems.structures import LinkedListOf, TreeOf
from sparring.problems.value_types import (
    BOOL,
    FLOAT,
    INT,
    STRING,
    ListOf,
    MapOf,
    OptionalOf,
    TupleOf,
    ValueType,
)

_ROOTS = re.compile(r"(sub_?)?(root|tree)\d?|original|cloned", re.IGNORECASE)
_HEADS = re.compile(r"head\d?|head_?[ab]|l[12]|list[12]", re.IGNORECASE)
_INT_KEY = re.compile(r"0|-?[1-9][0-9]{0,30}")


class Unlike(ValueError):
    """Values have no type in common; the message says which."""


def infer(values: Sequence[Any], name: str = "", text: str = "") -> ValueType:
    """The type that all values have. The name of the parameter and the text around decide between a list and nodes.

    Raises `Unlike`.
    """
    nodes = _nodes(values, name, text)
    return nodes if nodes is not None else _infer(values)


def settle(kind: ValueType, values: Sequence[Any], name: str = "", text: str = "") -> ValueType:
    """The type with what was left open filled in by the values that are there. Raises `Unlike`."""
    match kind:
        case Open():
            if kind is NUMBER:
                return FLOAT if any(isinstance(value, float) for value in values) else INT
            return infer(values, name, text) if kind is ANY else kind
        case ListOf(item):
            return ListOf(settle(item, _inside(values)))
        case LinkedListOf(item):
            return LinkedListOf(settle(item, _inside(values)))
        case TreeOf(item):
            return TreeOf(settle(item, [value for value in _inside(values) if value is not None]))
        case OptionalOf(inner):
            return OptionalOf(settle(inner, [value for value in values if value is not None]))
        case MapOf(key, value):
            return MapOf(key, settle(value, [one for found in values if type(found) is dict for one in found.values()]))
        case TupleOf(items):
            rows = [found for found in values if type(found) is list and len(found) == len(items)]
            return TupleOf(tuple(settle(item, [row[place] for row in rows]) for place, item in enumerate(items)))
    return kind


def is_open(kind: ValueType) -> bool:
    """Whether something in a type is left open."""
    return isinstance(kind, Open) or any(is_open(part) for part in kind.parts())


def _inside(values: Sequence[Any]) -> list[Any]:
    return [item for found in values if type(found) is list for item in found]


def _nodes(values: Sequence[Any], name: str, text: str) -> ValueType | None:
    """A tree or a linked list, where the values can be one and the words around them say so."""
    if not all(value is None or type(value) is list for value in values) or all(value is None for value in values):
        return None
    items = _inside(values)
    scalars = [item for item in items if item is not None]
    if any(isinstance(item, list | dict) for item in items):
        return None
    kind = _infer(scalars) if scalars else INT
    lowered = text.casefold()
    says_tree = "binary tree" in lowered or "binary search tree" in lowered or "treenode" in lowered
    if (_ROOTS.fullmatch(name) or says_tree) and (None in items or _ROOTS.fullmatch(name)):
        return TreeOf(kind)
    if _HEADS.fullmatch(name) and ("linked list" in lowered or "listnode" in lowered or name.casefold() == "head"):
        return LinkedListOf(kind)
    return None


def _infer(values: Sequence[Any]) -> ValueType:
    present = [value for value in values if value is not None]
    if len(present) < len(values):
        return OptionalOf(_infer(present)) if present else OptionalOf(INT)
    kinds = {type(value) for value in present}
    if not kinds:
        return INT
    if kinds == {list}:
        return _infer_list(present)
    if kinds == {dict}:
        return _infer_map(present)
    if kinds == {int, float}:
        return FLOAT
    for kind, scalar in ((bool, BOOL), (int, INT), (float, FLOAT), (str, STRING)):
        if kinds == {kind}:
            return scalar
    raise Unlike("some of its values are " + " and others ".join(sorted(_WORDS[kind] for kind in kinds)))


_WORDS = {bool: "true or false", int: "numbers", float: "numbers", str: "texts", list: "lists", dict: "maps"}


def _infer_list(values: Sequence[list[Any]]) -> ValueType:
    try:
        return ListOf(_infer(_inside(values)))
    except Unlike:
        lengths = {len(value) for value in values}
        if len(lengths) > 1:
            raise
        # Rows of one length whose places differ in type: ["ada", 36].
        return TupleOf(tuple(_infer([value[place] for value in values]) for place in range(lengths.pop())))


def _infer_map(values: Sequence[dict[str, Any]]) -> ValueType:
    keys = [key for value in values for key in value]
    has_int_keys = bool(keys) and all(_INT_KEY.fullmatch(key) for key in keys)
    return MapOf(INT if has_int_keys else STRING, _infer([one for value in values for one in value.values()]))
