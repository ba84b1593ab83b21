"""What an expression of Python stands for, as far as that can be said without running it."""

import ast
from collections.abc import Mapping
from typing import Any

MAX_ITEMS = 100_000
"""Of a list or text that a multiplication makes."""
MAX_BITS = 4_096
"""Of an int that a power makes."""


class NotLiteral(Exception):
    """The expression would have to be run to know its value."""


def value_of(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """The value of a literal, of a name in `known`, and of a few things made of them. Raises `NotLiteral`."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None):
            return node.value
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.List(elts=items):
            return [value_of(item, known) for item in items]
        case ast.Tuple(elts=items):
            return tuple(value_of(item, known) for item in items)
        case ast.Dict(keys=keys, values=values):
            return _dict(keys, values, known)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            number = value_of(inner, known)
            if isinstance(number, int | float) and not isinstance(number, bool):
                return -number
        case ast.BinOp(left=left, op=operation, right=right):
            return _combined(value_of(left, known), operation, value_of(right, known))
        case ast.Call(func=ast.Attribute(value=between, attr="join"), args=[pieces], keywords=[]):
            return _joined(value_of(between, known), value_of(pieces, known))
        case ast.Subscript(value=inner, slice=ast.Slice(lower=low, upper=high, step=None)):
            whole = value_of(inner, known)
            ends = [None if end is None else value_of(end, known) for end in (low, high)]
            if isinstance(whole, str | list | tuple) and all(end is None or isinstance(end, int) for end in ends):
                return whole[slice(*ends)]
        case ast.Subscript(value=inner, slice=index):
            return _item(value_of(inner, known), value_of(index, known))
    raise NotLiteral


def _dict(keys: list[ast.expr | None], values: list[ast.expr], known: Mapping[str, Any]) -> dict[Any, Any]:
    made = {}
    for key, value in zip(keys, values, strict=True):
        name = value_of(key, known) if key is not None else None
        if not isinstance(name, str | int):
            raise NotLiteral
        made[name] = value_of(value, known)
    return made


def _combined(left: Any, operation: ast.operator, right: Any) -> Any:
    if isinstance(left, bool) or isinstance(right, bool):
        raise NotLiteral
    match operation:
        case ast.Add() if _are(left, right, str) or _are(left, right, list) or _are(left, right, tuple):
            return left + right
        case ast.Mult() if isinstance(left, str | list) and isinstance(right, int):
            if len(left) * right <= MAX_ITEMS:
                return left * right
        case ast.Mult() if isinstance(left, int) and isinstance(right, str | list):
            return _combined(right, operation, left)
        case ast.Add() | ast.Sub() | ast.Mult() if _are(left, right, int):
            if left.bit_length() + right.bit_length() <= MAX_BITS:
                return {ast.Add: left.__add__, ast.Sub: left.__sub__, ast.Mult: left.__mul__}[type(operation)](right)
        case ast.Pow() if _are(left, right, int):
            if right >= 0 and left.bit_length() * right <= MAX_BITS:
                return left**right
    raise NotLiteral


def _are(left: Any, right: Any, kind: type) -> bool:
    return isinstance(left, kind) and isinstance(right, kind)


def _joined(between: Any, pieces: Any) -> str:
    if not isinstance(between, str) or not isinstance(pieces, list | tuple):
        raise NotLiteral
    if not all(isinstance(piece, str) for piece in pieces):
        raise NotLiteral
    return between.join(pieces)


def _item(inner: Any, index: Any) -> Any:
    try:
        return inner[index]
    except (TypeError, LookupError):
        raise NotLiteral from None
