"""The text of one value, as a value of its type."""

from typing import Any

from sparring.problems.importing.pasting.foreign_types import ANY
from sparring.problems.importing.pasting.literals import LiteralError, is_quoted, plain, read_literal
from sparring.problems.structures import GraphOf, LinkedListOf, TreeOf
from sparring.problems.value_types import STRING, ListOf, MapOf, Mismatch, OptionalOf, TupleOf, ValueType

MAX_SHOWN = 40


def value_of(text: str, kind: ValueType = ANY) -> Any:
    """The value, as it stands in tests.json. Raises `LiteralError` with what is wrong."""
    if kind == STRING and not is_quoted(text):
        # Many pages write texts without quotes.
        return plain(text).strip()
    value = _fitted(read_literal(text), kind)
    try:
        kind.from_json(value, "it")
    except Mismatch as error:
        raise LiteralError(_in_words(str(error), kind, text)) from error
    return value


def _in_words(error: str, kind: ValueType, text: str) -> str:
    short = " ".join(text.split())
    short = short if len(short) <= MAX_SHOWN else f"{short[:MAX_SHOWN]}…"
    return f"“{short}” is no {kind} ({error.removeprefix('it: ')})"


def _fitted(value: Any, kind: ValueType) -> Any:
    """What pages write otherwise than tests.json does, in the form of the type; anything else as it is."""
    match kind:
        case LinkedListOf(item):
            return [] if value is None else _all(value, item)
        case TreeOf():
            return [] if value is None else value
        case ListOf(item):
            return _all(value, item)
        case OptionalOf(inner):
            return None if value is None else _fitted(value, inner)
        case TupleOf(items) if isinstance(value, list) and len(value) == len(items):
            return [_fitted(one, item) for one, item in zip(value, items, strict=True)]
        case MapOf(_, item) if isinstance(value, dict):
            return {key: _fitted(one, item) for key, one in value.items()}
        case MapOf() if value == []:
            return {}
        case GraphOf() if isinstance(value, list):
            # Neighbours in the order of the nodes.
            return {str(node): following for node, following in enumerate(value)}
    return value


def _all(value: Any, item: ValueType) -> Any:
    # {} is the empty list of C++.
    made = [] if value == {} else value
    return [_fitted(one, item) for one in made] if isinstance(made, list) else made
