"""Takes the input of an example apart: `nums = [2, 7], target = 9`, `[2, 7], 9`, or one value on each line."""

import re
from collections.abc import Sequence

from sparring.problems.importing.pasting.literals import (
    LiteralError,
    closing,
    is_balanced,
    outside,
    plain,
    read_literal,
    split_top,
)
from sparring.problems.importing.pasting.names import snake

_ASSIGNED = re.compile(r"(?:^|(?<=[\s,;]))([A-Za-z_]\w*)\s*(?:\[\s*\w*\s*\]\s*)*(?::=|=(?![=>])|:(?!=))\s*")
"""A name may be followed by the brackets of its size: `arr[] = {1, 2}`."""
_TYPE_WORDS = re.compile(r"^(?:(?:let|var|const|final|auto|[A-Za-z_][\w<>\[\],.]*)\s+)?$")
_CLASS = re.compile(r"[A-Z][A-Za-z]\w*\Z")
_COMMENT = re.compile(r"\s(?://|#)\s.*$", re.MULTILINE)

CLASS_WORDS = "it asks for a class with several methods"
CLASS_HELP = "Sparring asks for one function; write it as one that takes the calls as a list."


class ArgumentError(ValueError):
    """An input cannot be taken apart; the second argument says what would help."""


def without_comment(text: str) -> str:
    """A text without what stands behind // or # outside of its quotes."""
    match = _COMMENT.search(plain(text))
    if match is None or match.start() not in outside(plain(text)):
        return text
    return text[: match.start()].rstrip()


def assignments(text: str) -> list[tuple[str, str]]:
    """The names and values of `nums = [2, 7], target = 9`; empty if it does not begin with a name."""
    text = plain(text).strip()
    free = set(outside(text))
    found = [match for match in _ASSIGNED.finditer(text) if match.end(1) - 1 in free and match.start(1) in free]
    if not found or not _TYPE_WORDS.match(text[: found[0].start(1)]):
        return []
    made = []
    for number, match in enumerate(found):
        last = number + 1 == len(found)
        value = text[match.end() : len(text) if last else found[number + 1].start(1)]
        if not last:
            # What stands before the next name may be its type, "and", or a comma.
            value = re.sub(r"[,;\n]\s*(?:[A-Za-z_][\w<>\[\]]*\s+)?$|\s+and\s+$", "", value)
        made.append((match[1], value.strip().rstrip(",;").strip()))
    return made


def unnamed(text: str, wanted: int = 0) -> list[str]:
    """The values of an input without names; `wanted` says how many there should be, if that is known."""
    text = plain(text).strip()
    if wanted == 1:
        return [text]
    lines = [line.strip().rstrip(",;").strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(is_balanced(line) for line in lines) and wanted in (0, len(lines)):
        return lines
    pieces = [piece.strip() for _, piece in split_top(text.replace("\n", " "), ",;") if piece.strip()]
    words = text.split()
    if wanted and len(pieces) != wanted and len(words) == wanted:
        return words
    if wanted and len(pieces) != wanted and text[:1] in "([" and closing(text, 0) == len(text) - 1:
        # All arguments in one pair of brackets.
        inner = [piece.strip() for _, piece in split_top(text[1:-1], ",") if piece.strip()]
        return inner if len(inner) == wanted else pieces
    return pieces


def in_order(named: Sequence[tuple[str, str]], names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The values in the order of the parameters, and what was decided about it. Raises `ArgumentError`."""
    given = {snake(name): value for name, value in named}
    if len(given) < len(named):
        raise ArgumentError("it names a value twice", "Give each value its own name.")
    if set(given) == set(names):
        return tuple(given[name] for name in names), ""
    if len(given) == len(names):
        said, wanted = ", ".join(name for name, _ in named), ", ".join(names)
        return tuple(value for _, value in named), f"“{said}” in the examples is taken as “{wanted}”, in this order."
    missing = [name for name in names if name not in given]
    strange = [name for name, _ in named if snake(name) not in names]
    if missing:
        raise ArgumentError(
            f"it has no value for {', '.join(missing)}", "Add it to the example, or mend the signature."
        )
    raise ArgumentError(
        f"{', '.join(strange)} is no parameter of the function",
        "Take it out of the example, or add it to the signature.",
    )


def is_class_design(text: str) -> bool:
    """Whether an input is the two lists of a class to design: names of methods, then their arguments."""
    parts = [part for _, part in split_top(plain(text).replace("\n", " , "), ",") if part.strip()]
    values = [value.partition("=")[2] if "=" in value.partition("[")[0] else value for value in parts]
    if len(values) != 2:
        return False
    try:
        calls, arguments = (read_literal(value) for value in values)
    except LiteralError:
        return False
    if not (isinstance(calls, list) and isinstance(arguments, list) and len(calls) == len(arguments) > 1):
        return False
    is_named = all(isinstance(one, str) for one in calls) and _CLASS.match(calls[0]) is not None
    return is_named and all(isinstance(one, list) for one in arguments)
