"""Large cases in few words: a map with one key that begins with `$` stands for the value that it describes.

| written | stands for |
| --- | --- |
| `{"$range": [start, stop, step]}` | the ints from start up to, and without, stop |
| `{"$repeat": [piece, count]}` | a list or text, so many times |
| `{"$concat": [piece, piece, …]}` | lists or texts, one after the other |
| `{"$random": {"seed": 1, "shape": [n], "low": 0, "high": 9}}` | n ints, both bounds included; two numbers in `shape`: a list of rows |
| `{"$graph": {"seed": 1, "nodes": n, "edges": m}}` | a `graph` with the nodes 0 to n-1; parallel edges and loops occur |
| … with `"low": 0, "high": 9` | a `graph[weighted]` with weights between them, both included |
| … with `"text": true` | the same with nodes that are texts, "0" to "n-1" |

They can be inside one another. Nothing of a folder is run to read it, and the same words mean the same values on every
machine: `$random` and `$graph` draw from SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
Generators, 2014), not from a library that may change.
"""  # noqa: E501 - a table's rows cannot be broken

from collections.abc import Callable, Iterator
from typing import Any

MAX_PARTS = 1_000_000
"""Values, and characters of texts, that one case may have once it is written out."""
_WORD = (1 << 64) - 1
_GRAPH_WORDS = "'$graph' needs seed, nodes (at least 1), edges, whole numbers; low and high, text if they are wanted"


class ExpansionError(ValueError):
    """A `$` form is not as described, or says too much; the message is for whoever writes the case."""


def expand(value: Any) -> Any:
    """The value that is meant. Raises `ExpansionError`."""
    return _Expander().expand(value)


class _Expander:
    """Counts what it makes: many small forms can be too much together."""

    def __init__(self) -> None:
        self._left = MAX_PARTS

    def expand(self, value: Any) -> Any:
        self._spend(1)
        if isinstance(value, str):
            self._spend(len(value))
            return value
        if isinstance(value, list):
            return [self.expand(item) for item in value]
        if not isinstance(value, dict):
            return value
        form = next(iter(value), "")
        if len(value) != 1 or not form.startswith("$"):
            return {key: self.expand(item) for key, item in value.items()}
        if form not in FORMS:
            raise ExpansionError(f"{form!r} is none of {', '.join(FORMS)}")
        return FORMS[form](self, value[form])

    def range(self, given: Any) -> list[int]:
        if not _are_ints(given) or not 1 <= len(given) <= 3 or (len(given) == 3 and given[2] == 0):
            raise ExpansionError("'$range' needs [start, stop] or [start, stop, step], whole numbers, step not 0")
        made = range(*given)
        # len() of a range refuses numbers beyond a machine word.
        self._spend(max(0, (made.stop - made.start) // made.step))
        return list(made)

    def repeat(self, given: Any) -> Any:
        if not (isinstance(given, list) and len(given) == 2 and _are_ints(given[1:]) and given[1] >= 0):
            raise ExpansionError("'$repeat' needs [list or text, how often]")
        before = self._left
        piece = self._piece(given[0], "$repeat")
        self._spend((before - self._left) * given[1])
        return piece * given[1]

    def concat(self, given: Any) -> Any:
        if not (isinstance(given, list) and given):
            raise ExpansionError("'$concat' needs a list of lists or texts")
        pieces = [self._piece(item, "$concat") for item in given]
        if all(isinstance(piece, str) for piece in pieces):
            return "".join(pieces)
        if all(isinstance(piece, list) for piece in pieces):
            return [item for piece in pieces for item in piece]
        raise ExpansionError("'$concat' joins lists or texts, not both")

    def random(self, given: Any) -> list[Any]:
        names = ("seed", "shape", "low", "high")
        shape: Any = given.get("shape") if isinstance(given, dict) else None
        if not (_has_exactly(given, names) and _are_ints(shape) and 1 <= len(shape) <= 2 and min(shape) >= 0):
            raise ExpansionError("'$random' needs seed, shape ([n] or [rows, columns]), low and high")
        draw = _draws(given)
        self._spend(shape[0] * (1 if len(shape) == 1 else shape[1] + 1))
        if len(shape) == 1:
            return [next(draw) for _ in range(shape[0])]
        return [[next(draw) for _ in range(shape[1])] for _ in range(shape[0])]

    def graph(self, given: Any) -> dict[str, list[Any]]:
        if not isinstance(given, dict):
            raise ExpansionError(_GRAPH_WORDS)
        rest = dict(given)
        has_text = rest.pop("text", False)
        is_weighted = "low" in rest or "high" in rest
        names = ("seed", "nodes", "edges", *(("low", "high") if is_weighted else ()))
        if not (_has_exactly(rest, names) and _are_ints(list(rest.values())) and isinstance(has_text, bool)):
            raise ExpansionError(_GRAPH_WORDS)
        nodes, edges = rest["nodes"], rest["edges"]
        if nodes < 1 or edges < 0:
            raise ExpansionError(_GRAPH_WORDS)
        self._spend(2 * nodes + (4 if is_weighted else 2) * edges)
        weights = _draws(rest) if is_weighted else None
        ends = _splitmix64(rest["seed"] ^ _WORD)
        made: dict[str, list[Any]] = {str(node): [] for node in range(nodes)}
        for _ in range(edges):
            here, there = next(ends) % nodes, next(ends) % nodes
            end = str(there) if has_text else there
            made[str(here)].append(end if weights is None else [end, next(weights)])
        return made

    def _piece(self, given: Any, form: str) -> Any:
        piece = self.expand(given)
        if not isinstance(piece, list | str):
            raise ExpansionError(f"'{form}' takes lists or texts")
        return piece

    def _spend(self, parts: int) -> None:
        self._left -= parts
        if self._left < 0:
            raise ExpansionError(f"has more than {MAX_PARTS:,} values once it is written out, which is too much")


FORMS: dict[str, Callable[[_Expander, Any], Any]] = {
    "$range": _Expander.range,
    "$repeat": _Expander.repeat,
    "$concat": _Expander.concat,
    "$random": _Expander.random,
    "$graph": _Expander.graph,
}


def _draws(given: dict[str, Any]) -> Iterator[int]:
    """Ints from `low` to `high`. The remainder's bias is far below what a test case could notice."""
    seed, low, high = given["seed"], given["low"], given["high"]
    if not _are_ints([seed, low, high]) or low > high:
        raise ExpansionError("'seed', 'low' and 'high' must be whole numbers, and low not above high")
    return (low + number % (high - low + 1) for number in _splitmix64(seed))


def _splitmix64(seed: int) -> Iterator[int]:
    state = seed & _WORD
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _WORD
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        yield mixed ^ (mixed >> 31)


def _are_ints(given: Any) -> bool:
    return isinstance(given, list) and all(type(item) is int for item in given)


def _has_exactly(given: Any, names: tuple[str, ...]) -> bool:
    return isinstance(given, dict) and sorted(given) == sorted(names)
