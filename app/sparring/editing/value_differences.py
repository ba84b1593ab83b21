"""Two values or outputs side by side: what differs is marked, and what is long is cut where both are the same."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

MAX_TOKENS = 300
"""Of what lies between the first and the last difference, so many on each side are compared one by one."""
MAX_SAME = 80
"""Characters that are the same on both sides, or of a value that stands alone, before its middle is left out."""
MAX_CHANGED = 600
MAX_ALONE = 600
KEEP = 28
"""Characters on each side of what is left out."""
_TOKEN = re.compile(r"\s+|[\w.]+|[^\w\s]")

Kind = Literal["same", "changed", "gap"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; a gap says how many are left out."""

    text: str
    kind: Kind = "same"


def compare_values(expected: str, got: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, abbreviated so that every difference that was looked at is in view."""
    head = common_start(expected, got)
    tail = _common_end(expected, got, head)
    head, tail = _whole_words(expected, got, head, tail)
    left, right = expected[head : len(expected) - tail], got[head : len(got) - tail]
    start, end = Piece(expected[:head]), Piece(expected[len(expected) - tail :])
    sides = _between(left, right)
    return _abbreviated((start, *sides[0], end)), _abbreviated((start, *sides[1], end))


def abbreviated(text: str) -> tuple[Piece, ...]:
    """One text alone, without its middle if it is long."""
    if len(text) <= MAX_ALONE:
        return (Piece(text),) if text else ()
    half = MAX_ALONE // 2
    return (Piece(text[:half]), _gap(len(text) - 2 * half), Piece(text[-half:]))


def common_start(one: str, other: str) -> int:
    """How many characters two texts begin with in common; quick for long ones."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str, start: int) -> int:
    low, high = 0, min(len(one), len(other)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _whole_words(one: str, other: str, head: int, tail: int) -> tuple[int, int]:
    """Not 1[2]3 against 1[4]3 but the whole numbers."""
    while head and _is_word(one[head - 1]) and (_is_word(one[head : head + 1]) or _is_word(other[head : head + 1])):
        head -= 1
    while tail and _is_word(one[len(one) - tail]) and (_ends_in_word(one, tail) or _ends_in_word(other, tail)):
        tail -= 1
    return head, tail


def _is_word(character: str) -> bool:
    return character.isalnum() or character in ("_", ".", "-")


def _ends_in_word(text: str, tail: int) -> bool:
    return _is_word(text[len(text) - tail - 1 : len(text) - tail])


def _between(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    tokens, others = _tokens(left), _tokens(right)
    if len(tokens) > MAX_TOKENS or len(others) > MAX_TOKENS:
        return _changed(left), _changed(right)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    matcher = difflib.SequenceMatcher(None, tokens, others, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        kind: Kind = "same" if tag == "equal" else "changed"
        for side, part in ((sides[0], tokens[a:b]), (sides[1], others[c:d])):
            if part:
                side.append(Piece("".join(part), kind))
    return sides


def _tokens(text: str) -> list[str]:
    found = []
    for match in _TOKEN.finditer(text):
        found.append(match[0])
        if len(found) > MAX_TOKENS:
            break
    return found


def _changed(text: str) -> list[Piece]:
    return [Piece(text, "changed")] if text else []


def _abbreviated(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for piece in pieces:
        text, kind = piece.text, piece.kind
        most, keep = (MAX_SAME, KEEP) if kind == "same" else (MAX_CHANGED, MAX_CHANGED // 2)
        if len(text) > most:
            made += [Piece(text[:keep], kind), _gap(len(text) - 2 * keep), Piece(text[-keep:], kind)]
        elif text:
            made.append(piece)
    return tuple(made)


def _gap(length: int) -> Piece:
    return Piece(f" … {length:,} characters … ", "gap")
