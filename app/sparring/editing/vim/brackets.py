"""Pairs of brackets."""

PAIRS = {"(": ")", "[": "]", "{": "}"}
_OPENING_OF = {closing: opening for opening, closing in PAIRS.items()}
BRACKETS = frozenset(PAIRS) | frozenset(_OPENING_OF)


def partner(text: str, at: int) -> int | None:
    """The other one of the pair whose one bracket is at `at`."""
    bracket = text[at]
    if bracket in PAIRS:
        return closing_after(text, at + 1, bracket)
    return opening_before(text, at, _OPENING_OF[bracket])


def closing_after(text: str, at: int, opening: str, count: int = 1) -> int | None:
    """The bracket at or after `at` that closes what is open there, `count` levels out."""
    closing = PAIRS[opening]
    next_opening, next_closing = text.find(opening, at), text.find(closing, at)
    while next_closing >= 0:
        if 0 <= next_opening < next_closing:
            count += 1
            next_opening = text.find(opening, next_opening + 1)
            continue
        count -= 1
        if not count:
            return next_closing
        next_closing = text.find(closing, next_closing + 1)
    return None


def opening_before(text: str, at: int, opening: str, count: int = 1) -> int | None:
    """The bracket before `at` that is still open there, `count` levels out."""
    closing = PAIRS[opening]
    last_opening, last_closing = text.rfind(opening, 0, at), text.rfind(closing, 0, at)
    while last_opening >= 0:
        if last_closing > last_opening:
            count += 1
            last_closing = text.rfind(closing, 0, last_closing)
            continue
        count -= 1
        if not count:
            return last_opening
        last_opening = text.rfind(opening, 0, last_opening)
    return None
