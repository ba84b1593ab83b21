"""The types of a signature: what may stand in `parameters` and `returns`, and whether a value is of its type.

The grammar is `name` or `name[type, …]`: int, float, bool, string, list[T], tuple[T, …], map[K, V] (K is int or
string), optional[T]. A further type (a linked list, a tree) is one class and one line in `_SCALARS` or `_COMPOUNDS`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_TYPE_DEPTH = 8
_TOKEN = re.compile(r"\s*([a-z]+|[\[\],])")


class TypeSyntaxError(ValueError):
    """A type's text does not follow the grammar; the message says where."""


class Mismatch(ValueError):
    """A value is not of its type; the message has the way to the wrong part and what was expected there."""


class ValueType(ABC):
    """One type. Its `str` is the text that it is parsed from."""

    @abstractmethod
    def from_json(self, value: Any, where: str) -> Any:
        """The value that a solution gets or returns, made from its JSON form; `where` names it in a `Mismatch`."""


@dataclass(frozen=True)
class Scalar(ValueType):
    """int, float, bool or string. JSON's true is no int, and an int is a float."""

    name: str
    accepts: tuple[type, ...]

    def __str__(self) -> str:
        return self.name

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) not in self.accepts:
            raise _mismatch(self, value, where)
        return float(value) if float in self.accepts else value


@dataclass(frozen=True)
class ListOf(ValueType):
    """A list of any length."""

    item: ValueType

    def __str__(self) -> str:
        return f"list[{self.item}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list:
            raise _mismatch(self, value, where)
        return [self.item.from_json(item, f"{where}[{index}]") for index, item in enumerate(value)]


@dataclass(frozen=True)
class TupleOf(ValueType):
    """A fixed number of values, each of its own type; a list in JSON."""

    items: tuple[ValueType, ...]

    def __str__(self) -> str:
        return f"tuple[{', '.join(map(str, self.items))}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list or len(value) != len(self.items):
            raise _mismatch(self, value, where)
        pairs = zip(self.items, value, strict=True)
        return tuple(kind.from_json(item, f"{where}[{index}]") for index, (kind, item) in enumerate(pairs))


@dataclass(frozen=True)
class MapOf(ValueType):
    """A dictionary. JSON has text keys only: keys of type int are written as their digits."""

    key: ValueType
    value: ValueType

    def __str__(self) -> str:
        return f"map[{self.key}, {self.value}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not dict:
            raise _mismatch(self, value, where)
        return {self._key(key, where): self.value.from_json(item, f"{where}[{key!r}]") for key, item in value.items()}

    def _key(self, text: str, where: str) -> Any:
        if self.key != INT:
            return text
        if re.fullmatch(r"0|-?[1-9][0-9]{0,30}", text) is None:
            raise Mismatch(f"{where}: the key {text!r} is not an int")
        return int(text)


@dataclass(frozen=True)
class OptionalOf(ValueType):
    """The value, or null (None)."""

    inner: ValueType

    def __str__(self) -> str:
        return f"optional[{self.inner}]"

    def from_json(self, value: Any, where: str) -> Any:
        return None if value is None else self.inner.from_json(value, where)


INT = Scalar("int", (int,))
STRING = Scalar("string", (str,))
_SCALARS: dict[str, ValueType] = {
    "int": INT,
    "float": Scalar("float", (float, int)),
    "bool": Scalar("bool", (bool,)),
    "string": STRING,
}


def _list(items: list[ValueType]) -> ValueType:
    (item,) = items
    return ListOf(item)


def _map(items: list[ValueType]) -> ValueType:
    key, value = items
    if key not in (INT, STRING):
        raise TypeSyntaxError(f"a map's keys are int or string, not {key}")
    return MapOf(key, value)


def _optional(items: list[ValueType]) -> ValueType:
    (inner,) = items
    return OptionalOf(inner)


_COMPOUNDS: dict[str, tuple[int | None, Callable[[list[ValueType]], ValueType]]] = {
    "list": (1, _list),
    "tuple": (None, lambda items: TupleOf(tuple(items))),
    "map": (2, _map),
    "optional": (1, _optional),
}
"""How many types stand between the brackets (None: one or more), and what is made of them."""


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
        if name not in _COMPOUNDS:
            known = ", ".join([*_SCALARS, *(f"{compound}[…]" for compound in _COMPOUNDS)])
            raise TypeSyntaxError(f"{self._text!r} is not a type: {name or 'its end'!r} is none of {known}")
        if depth >= MAX_TYPE_DEPTH:
            raise TypeSyntaxError(f"{self._text[:40]!r}… goes deeper than {MAX_TYPE_DEPTH} levels")
        self._demand("[")
        items = [self.type(depth + 1)]
        while self.tokens[:1] == [","]:
            self._next()
            items.append(self.type(depth + 1))
        self._demand("]")
        count, make = _COMPOUNDS[name]
        if count is not None and count != len(items):
            raise TypeSyntaxError(f"{self._text!r} is not a type: {name} takes {count} type(s), not {len(items)}")
        return make(items)

    def _next(self) -> str:
        return self.tokens.pop(0) if self.tokens else ""

    def _demand(self, token: str) -> None:
        found = self._next()
        if found != token:
            raise TypeSyntaxError(f"{self._text!r} is not a type: {token!r} is missing before {found or 'the end'!r}")


_JSON_NAMES = {
    bool: "a bool", int: "an int", float: "a float", str: "a string", list: "a list", dict: "a map", type(None): "null"
}  # fmt: skip


def _mismatch(expected: ValueType, value: Any, where: str) -> Mismatch:
    found = _JSON_NAMES.get(type(value), type(value).__name__)
    if isinstance(expected, TupleOf) and type(value) is list:
        found = f"a list of {len(value)}"
    return Mismatch(f"{where}: {expected} is expected, {found} was found")
