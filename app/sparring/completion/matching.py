"""What it means that a name fits what has been typed of it, for words, analysis and the popup alike."""

import re
from collections.abc import Iterable, Sequence

from sparring.completion.model import Completion

# Python's \w has no combining marks, which identifiers may have.
WORD = r"(?<!\w)[^\W\d][\w\u0300-\u036f]*"
_LAST_WORD = re.compile(WORD + r"\Z")
_REST_OF_WORD = re.compile(r"[\w\u0300-\u036f]*")
_PART = re.compile(r"(?:(?<![^\W_])|(?<=[a-z0-9])(?=[A-Z]))[^\W_]")
EXACT, ANY_CASE, SCATTERED = range(3)


def prefix_at(text: str, position: int) -> str:
    """What has been typed of the identifier before `position`; empty if there is none."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    match = _LAST_WORD.search(line)
    return match.group() if match else ""


def word_end(text: str, position: int) -> int:
    """Where the identifier that `position` is in, or at the end of, ends."""
    match = _REST_OF_WORD.match(text, position)
    return match.end() if match else position


def is_attribute(text: str, position: int) -> bool:
    """Whether what is typed before `position` follows a dot that is not a number's."""
    start = position - len(prefix_at(text, position))
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line.endswith(".") and re.search(r"(?<!\w)\d[\d_]*\.\Z", line) is None


def rank(name: str, prefix: str) -> int | None:
    """How well a name fits: `EXACT`, `ANY_CASE`, `SCATTERED` or None.

    Scattered are three letters or more anywhere in that order, the first first, or two that begin parts of the name
    (`lr` for `left_row` and `leftRow`).
    """
    if name.startswith(prefix):
        return EXACT
    low, wanted = name.casefold(), prefix.casefold()
    if low.startswith(wanted):
        return ANY_CASE
    if low[:1] != wanted[:1]:
        return None
    among = low if len(wanted) > 2 else "".join(_PART.findall(name)).casefold()
    rest = iter(among)
    return SCATTERED if all(letter in rest for letter in wanted) else None


def narrowed(items: Iterable[Completion], prefix: str) -> Sequence[Completion]:
    """Those that fit, the best fits first, else in the order they had."""
    ranked = [(fit, item) for item in items if (fit := rank(item.name, prefix)) is not None]
    return [item for _, item in sorted(ranked, key=lambda one: one[0])]
