"""Reads the types of other languages: `List[int]`, `number[]`, `vector<int>&`, `[]int`, `Option<Box<ListNode>>`.

What a language leaves open (`number`, `list`, `any`) becomes a placeholder, which `inferring.settle` fills in.
"""

import re
from dataclasses import dataclass
from typing import Any

from sparring.problems.structures import LinkedListOf, TreeOf
from sparring.problems.type_syntax import NAMES, TypeSyntaxError, parse_type
from sparring.problems.value_types import (
    BOOL,
    FLOAT,
    INT,
    STRING,
    ListOf,
    MapOf,
    OptionalOf,
    Spec,
    TupleOf,
    ValueType,
)

MAX_DEPTH = 8
MAX_LENGTH = 400


class ForeignTypeError(ValueError):
    """A type is not understood; the message says which part."""


@dataclass(frozen=True)
class Open(ValueType):
    """A type that its language leaves open: "any", "number" (int or float), or "void" (nothing is returned)."""

    name: str

    def __str__(self) -> str:
        return self.name

    def from_json(self, value: Any, where: str) -> Any:
        return value

    def spec(self) -> Spec:
        raise TypeError(f"{self.name} is not settled yet")


ANY, NUMBER, VOID = Open("any"), Open("number"), Open("void")
_SAME: dict[ValueType, str] = {
    INT: "int integer long short byte bigint biginteger i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize size_t int8"
    " int16 int32 int64 int8_t int16_t int32_t int64_t uint uint8 uint16 uint32 uint64 uint32_t uint64_t",
    FLOAT: "float double decimal f32 f64 float32 float64",
    BOOL: "bool boolean",
    STRING: "str string char character charsequence string_view rune text wchar_t",
    NUMBER: "number",
    VOID: "void none null undefined unit nil",
    ANY: "any object unknown t auto dynamic obj",
    ListOf(INT): "intarray longarray",
    ListOf(BOOL): "booleanarray",
    ListOf(STRING): "chararray",
    ListOf(FLOAT): "doublearray floatarray",
    LinkedListOf(INT): "listnode singlylinkedlistnode linkedlistnode",
    TreeOf(INT): "treenode binarytreenode btnode",
}
_SCALARS = {word: kind for kind, words in _SAME.items() for word in words.split()}


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LISTS = _names(
    "list vector vec array arraylist sequence iterable iterator collection deque arraydeque queue stack linkedlist"
    " ilist readonlyarray slice set hashset unordered_set frozenset mutablelist span ienumerable generator"
)
_MAPS = _names(
    "dict map hashmap treemap unordered_map ordereddict defaultdict mapping record dictionary btreemap counter"
)
_TUPLES = _names("tuple pair")
_OPTIONALS = _names("optional option nullable")
_WRAPPERS = _names("box rc arc refcell cell shared_ptr unique_ptr weak readonly final annotated")
_NOISE = re.compile(
    r"\b(const|final|mut|struct|unsigned|signed|readonly|static|virtual|inline|dyn)\b|\b\w+::"
    r"|\b(typing|java\.util|collections)\.|[&*]|'\w+\b(?!')"
)
_NULLS = frozenset({"null", "none", "undefined", "nil"})
_TOKEN = re.compile(r"\s*(\.\.\.|[A-Za-z_]\w*|\d+|[\[\]<>(),|?;:{}])")


def read_type(text: str) -> ValueType:
    """The type that a text means in whatever language. Raises `ForeignTypeError`."""
    if len(text) > MAX_LENGTH:
        raise ForeignTypeError("the type is too long")
    own = _own(text)
    if own is not None:
        return own
    cleaned = re.sub(r"\blong\s+long(\s+int)?\b|\blong\s+int\b", "long", text.replace("'", "") if "'" in text else text)
    cleaned = _NOISE.sub(" ", cleaned).replace('"', " ").strip()
    if not cleaned:
        # unsigned alone is unsigned int.
        cleaned = "int" if "unsigned" in text else ""
    reader = _Reader(text, _tokens(cleaned, text))
    made = reader.union(0)
    if reader.tokens:
        raise ForeignTypeError(f"“{text.strip()}” is not understood as a type")
    return made


def _own(text: str) -> ValueType | None:
    """A type as our folders write it, where it means there what it says."""
    if not re.match(rf"\s*({'|'.join(NAMES)})\b", text):
        return None
    try:
        return parse_type(text)
    except (TypeSyntaxError, ValueError):
        return None


def _tokens(cleaned: str, text: str) -> list[str]:
    tokens, place = [], 0
    while place < len(cleaned):
        match = _TOKEN.match(cleaned, place)
        if match is None:
            raise ForeignTypeError(f"“{text.strip()}” is not understood as a type")
        tokens.append(match[1])
        place = match.end()
    return tokens


class _Reader:
    def __init__(self, text: str, tokens: list[str]) -> None:
        self._text = text.strip()
        self.tokens = tokens

    def union(self, depth: int) -> ValueType:
        """One type, or several with | between them, of which one may be null."""
        parts = [self._suffixed(depth)]
        while self._takes("|"):
            parts.append(self._suffixed(depth))
        found = [part for part in parts if part is not VOID]
        if len(parts) > 1 and len(set(found)) == 1:
            return _optional(found[0]) if len(found) < len(parts) else found[0]
        if len(parts) > 1 and set(found) <= {INT, FLOAT}:
            return FLOAT
        if len(parts) > 1:
            raise self._error()
        return parts[0]

    def _suffixed(self, depth: int) -> ValueType:
        if depth > MAX_DEPTH:
            raise ForeignTypeError(f"the type goes deeper than {MAX_DEPTH} levels")
        made = self._primary(depth)
        while True:
            if self.tokens[:2] == ["[", "]"]:
                del self.tokens[:2]
                made = ListOf(made)
            elif len(self.tokens) > 2 and self.tokens[0] == "[" and self.tokens[1].isdigit():
                del self.tokens[:3]
                made = ListOf(made)
            elif self._takes("?"):
                made = _optional(made)
            else:
                return made

    def _primary(self, depth: int) -> ValueType:
        token = self._next()
        if token == "[":
            return self._after_bracket(depth)
        if token == "(":
            items = self._items(")", depth)
            return VOID if not items else items[0] if len(items) == 1 else TupleOf(tuple(items))
        name = token.casefold()
        if self.tokens[:1] in (["<"], ["["]) and self.tokens[1:2] != ["]"] and not self._is_sized():
            closer = {"<": ">", "[": "]"}[self._next()]
            return self._compound(name, self._items(closer, depth))
        return self._lone(name)

    def _after_bracket(self, depth: int) -> ValueType:
        """Go's `[]int` and `[3]int`, Swift's `[Int: Int]`, Rust's `[i32; 3]`, TypeScript's `[number, number]`."""
        if self._takes("]"):
            return ListOf(self._suffixed(depth + 1))
        if self.tokens[1:2] == ["]"] and self.tokens[0].isdigit():
            del self.tokens[:2]
            return ListOf(self._suffixed(depth + 1))
        first = self.union(depth + 1)
        if self._takes(":"):
            made: ValueType = _map([first, self.union(depth + 1)])
            self._demand("]")
            return made
        if self._takes(";"):
            self._next()
            self._demand("]")
            return ListOf(first)
        items = [first]
        while self._takes(","):
            items.append(self.union(depth + 1))
        self._demand("]")
        return ListOf(first) if len(items) == 1 else TupleOf(tuple(items))

    def _items(self, closer: str, depth: int) -> list[ValueType]:
        items: list[ValueType] = []
        while not self._takes(closer):
            if self._takes("..."):
                # tuple[int, ...] has any length: a list.
                self._demand(closer)
                return [ListOf(items[0])] if items else [ANY]
            if self.tokens[:1] and self.tokens[0].isdigit():
                self._next()  # std::array<int, 3>
            else:
                items.append(self.union(depth + 1))
            if not self._takes(","):
                self._demand(closer)
                break
        return items

    def _compound(self, name: str, items: list[ValueType]) -> ValueType:
        if name in _TUPLES:
            is_list = len(items) == 1 and isinstance(items[0], ListOf)
            return items[0] if is_list and name == "tuple" else TupleOf(tuple(items))
        is_go_map = name == "map" and len(items) == 1 and self.tokens
        if is_go_map and (self.tokens[:2] == ["[", "]"] or self.tokens[0] not in ",>])|[?"):
            return _map([*items, self._suffixed(1)])  # Go: map[string]int
        if name in _MAPS:
            return _map([*items, INT] if name == "counter" and len(items) == 1 else items)
        if len(items) != 1:
            raise self._error()
        if name in _LISTS:
            return ListOf(items[0])
        if name in _OPTIONALS:
            return _optional(items[0])
        if name in _WRAPPERS:
            return items[0]
        if name in ("listnode", "linked_list"):
            return LinkedListOf(items[0])
        if name in ("treenode", "tree"):
            return TreeOf(items[0])
        raise self._error()

    def _lone(self, name: str) -> ValueType:
        if name in _SCALARS:
            return _SCALARS[name]
        if name in _LISTS or name in _TUPLES:
            return ListOf(ANY)
        if name in _MAPS:
            return MapOf(STRING, ANY)
        raise self._error()

    def _is_sized(self) -> bool:
        return self.tokens[:1] == ["["] and len(self.tokens) > 2 and self.tokens[1].isdigit() and self.tokens[2] == "]"

    def _error(self) -> ForeignTypeError:
        return ForeignTypeError(f"“{self._text}” is not understood as a type")

    def _next(self) -> str:
        if not self.tokens:
            raise self._error()
        return self.tokens.pop(0)

    def _takes(self, token: str) -> bool:
        if self.tokens[:1] != [token]:
            return False
        self.tokens.pop(0)
        return True

    def _demand(self, token: str) -> None:
        if not self._takes(token):
            raise self._error()


def _optional(inner: ValueType) -> ValueType:
    """The type or null, where null says more than the type does."""
    return inner if isinstance(inner, OptionalOf | LinkedListOf | TreeOf | Open) else OptionalOf(inner)


def _map(items: list[ValueType]) -> ValueType:
    if len(items) != 2:
        raise ForeignTypeError("a map needs a type for its keys and one for its values")
    key = INT if items[0] in (INT, NUMBER) else STRING
    return MapOf(key, items[1])
