"""The types of a signature, and whether a value is of its type. `structures.py` has those made of nodes.

Everything outside the sandbox keeps a value in the form that `from_json` makes: a linked list or a tree is a plain list
there. What a solution gets is made of it inside, by the `spec` (`runner/harness_shapes.py`, `runner/harness.js`).
"""

import math
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

MAX_KEY_SHOWN = 40

Spec = list[Any]
"""A type as JSON, for the programs inside the sandbox: its name, then the types between its brackets."""


class Mismatch(ValueError):
    """A value is not of its type; the message has the way to the wrong part and what was expected there."""


class ValueType(ABC):
    """One type. Its `str` is the text that it is parsed from."""

    @abstractmethod
    def from_json(self, value: Any, where: str) -> Any:
        """The value in its checked form; `where` names it in a `Mismatch`."""

    @abstractmethod
    def spec(self) -> Spec:
        """The type for the programs inside the sandbox."""

    def parts(self) -> "tuple[ValueType, ...]":
        """The types inside this one."""
        return ()


@dataclass(frozen=True)
class Scalar(ValueType):
    """int, float, bool or string. JSON's true is no int, and an int is a float."""

    name: str
    accepts: tuple[type, ...]

    def __str__(self) -> str:
        return self.name

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) not in self.accepts:
            raise mismatch(self, value, where)
        if float not in self.accepts:
            return value
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise Mismatch(f"{where}: a finite number is expected")
        return number

    def spec(self) -> Spec:
        return [self.name]


@dataclass(frozen=True)
class ListOf(ValueType):
    """A list of any length."""

    item: ValueType

    def __str__(self) -> str:
        return f"list[{self.item}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list:
            raise mismatch(self, value, where)
        return [self.item.from_json(item, f"{where}[{index}]") for index, item in enumerate(value)]

    def spec(self) -> Spec:
        return ["list", self.item.spec()]

    def parts(self) -> tuple[ValueType, ...]:
        return (self.item,)


@dataclass(frozen=True)
class TupleOf(ValueType):
    """A fixed number of values, each of its own type; a list in JSON."""

    items: tuple[ValueType, ...]

    def __str__(self) -> str:
        return f"tuple[{', '.join(map(str, self.items))}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list or len(value) != len(self.items):
            raise mismatch(self, value, where)
        pairs = zip(self.items, value, strict=True)
        return tuple(kind.from_json(item, f"{where}[{index}]") for index, (kind, item) in enumerate(pairs))

    def spec(self) -> Spec:
        return ["tuple", *(item.spec() for item in self.items)]

    def parts(self) -> tuple[ValueType, ...]:
        return self.items


@dataclass(frozen=True)
class MapOf(ValueType):
    """A dictionary. JSON has text keys only: keys of type int are written as their digits."""

    key: ValueType
    value: ValueType

    def __str__(self) -> str:
        return f"map[{self.key}, {self.value}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not dict:
            raise mismatch(self, value, where)
        return {
            self._key(key, where): self.value.from_json(item, f"{where}[{key[:MAX_KEY_SHOWN]!r}]")
            for key, item in value.items()
        }

    def spec(self) -> Spec:
        return ["map", self.key.spec(), self.value.spec()]

    def parts(self) -> tuple[ValueType, ...]:
        return (self.key, self.value)

    def _key(self, text: str, where: str) -> Any:
        if self.key != INT:
            return text
        if re.fullmatch(r"0|-?[1-9][0-9]{0,30}", text) is None:
            raise Mismatch(f"{where}: the key {text[:MAX_KEY_SHOWN]!r} is not an int")
        return int(text)


@dataclass(frozen=True)
class OptionalOf(ValueType):
    """The value, or null (None)."""

    inner: ValueType

    def __str__(self) -> str:
        return f"optional[{self.inner}]"

    def from_json(self, value: Any, where: str) -> Any:
        return None if value is None else self.inner.from_json(value, where)

    def spec(self) -> Spec:
        return ["optional", self.inner.spec()]

    def parts(self) -> tuple[ValueType, ...]:
        return (self.inner,)


INT = Scalar("int", (int,))
FLOAT = Scalar("float", (float, int))
BOOL = Scalar("bool", (bool,))
STRING = Scalar("string", (str,))

_JSON_NAMES = {
    bool: "a bool", int: "an int", float: "a float", str: "a string", list: "a list", dict: "a map", type(None): "null"
}  # fmt: skip


def mismatch(expected: ValueType, value: Any, where: str) -> Mismatch:
    """What to raise for a value of another kind."""
    found = _JSON_NAMES.get(type(value), type(value).__name__)
    if isinstance(expected, TupleOf) and type(value) is list:
        found = f"a list of {len(value)}"
    return Mismatch(f"{where}: {expected} is expected, {found} was found")
