"""Reads the text of a type.

The grammar is `name` or `name[type, …]`: int, float, bool, string, list[T], tuple[T, …], map[K, V] (K is int or string;
map[V] is map[string, V]), optional[T], linked_list[T], tree[T], graph and graph[weighted].
A further type is one class, and one line in `_SCALARS` or `_COMPOUNDS`.
"""

import re
from collections.abc import Callable

from sparring.problems.structures import GraphOf, LinkedListOf, TreeOf
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

MAX_TYPE_DEPTH = 8
_TOKEN = re.compile(r"\s*([a-z_]+|[\[\],])")


class TypeSyntaxError(ValueError):
    """A type's text does not follow the grammar; the message says where."""


_SCALARS: dict[str, ValueType] = {kind.name: kind for kind in (INT, FLOAT, BOOL, STRING)}


def _list(items: list[ValueType]) -> ValueType:
    (item,) = items
    return ListOf(item)


def _map(items: list[ValueType]) -> ValueType:
    key, value = items if len(items) == 2 else (STRING, *items)
    if key not in (INT, STRING):
        raise TypeSyntaxError(f"a map's keys are int or string, not {key}")
    return MapOf(key, value)


def _optional(items: list[ValueType]) -> ValueType:
    (inner,) = items
    if isinstance(inner, OptionalOf | LinkedListOf | TreeOf):
        raise TypeSyntaxError(f"optional[{inner}] says nothing more: {inner} has its own null")
    return OptionalOf(inner)


def _linked_list(items: list[ValueType]) -> ValueType:
    (item,) = items
    return LinkedListOf(item)


def _tree(items: list[ValueType]) -> ValueType:
    (item,) = items
    if isinstance(item, OptionalOf):
        raise TypeSyntaxError(f"tree[{item}] cannot be read: null in a tree means that there is no node")
    return TreeOf(item)


_COMPOUNDS: dict[str, tuple[tuple[int, ...], Callable[[list[ValueType]], ValueType]]] = {
    "list": ((1,), _list),
    "tuple": ((), lambda items: TupleOf(tuple(items))),
    "map": ((1, 2), _map),
    "optional": ((1,), _optional),
    "linked_list": ((1,), _linked_list),
    "tree": ((1,), _tree),
}
"""How many types may stand between the brackets (empty: one or more), and what is made of them."""


NAMES = (*_SCALARS, "graph", *_COMPOUNDS)


def parse_type(text: str) -> ValueType:
    """Read a type such as `map[string, list[tuple[string, int]]]`. Raises `TypeSyntaxError`."""
    tokens: list[str] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise TypeSyntaxError(f"{text!r} is not a type: {stripped[position:]!r} was not expected")
        tokens.append(match[1])
        position = match.end()
    parser = _Parser(text, tokens)
    made = parser.type(0)
    if parser.tokens:
        raise TypeSyntaxError(f"{text!r} is not a type: {parser.tokens[0]!r} was not expected")
    return made


class _Parser:
    def __init__(self, text: str, tokens: list[str]) -> None:
        self._text = text
        self.tokens = tokens

    def type(self, depth: int) -> ValueType:
        name = self._next()
        if name in _SCALARS:
            return _SCALARS[name]
        if name == "graph":
            return self._graph()
        if name not in _COMPOUNDS:
            known = ", ".join([*_SCALARS, "graph", *(f"{compound}[…]" for compound in _COMPOUNDS)])
            raise TypeSyntaxError(f"{self._text!r} is not a type: {name or 'its end'!r} is none of {known}")
        if depth >= MAX_TYPE_DEPTH:
            raise TypeSyntaxError(f"{self._text[:40]!r}… goes deeper than {MAX_TYPE_DEPTH} levels")
        self._demand("[")
        items = [self.type(depth + 1)]
        while self.tokens[:1] == [","]:
            self._next()
            items.append(self.type(depth + 1))
        self._demand("]")
        counts, make = _COMPOUNDS[name]
        if counts and len(items) not in counts:
            wanted = " or ".join(map(str, counts))
            raise TypeSyntaxError(f"{self._text!r} is not a type: {name} takes {wanted} type(s), not {len(items)}")
        return make(items)

    def _graph(self) -> ValueType:
        if self.tokens[:1] != ["["]:
            return GraphOf(is_weighted=False)
        for token in ("[", "weighted", "]"):
            self._demand(token)
        return GraphOf(is_weighted=True)

    def _next(self) -> str:
        return self.tokens.pop(0) if self.tokens else ""

    def _demand(self, token: str) -> None:
        found = self._next()
        if found != token:
            raise TypeSyntaxError(f"{self._text!r} is not a type: {token!r} is missing before {found or 'the end'!r}")
