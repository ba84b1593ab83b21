"""Examples that are written as calls: `two_sum([2, 7], 9) -> [0, 1]`, `>>> f(1)`, `assert f(1) == 2`."""

import re

from sparring.problems.importing.pasting.literals import LiteralError, closing, outside, plain, read_literal

_CALL = re.compile(
    r"^\s*(?:>>>\s*|assert\s+|console\.log\(|print\(|\$\s*)?(?:solution\.|Solution\(\)\.|s\.|self\.)?([A-Za-z_]\w*)\("
)
_RESULT = re.compile(
    r"^\s*\)?\s*;?\s*(?:={1,3}>?|->|=>|→|⇒|➞|⟶|//\s*(?:=>|->|→)?|#\s*(?:=>|->|→)?|"
    r"(?:should\s+)?(?:returns?|gives?|equals?|is|be|evaluates\s+to)\b:?)\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s*[,(;]?\s*\b(?:since|because|as|for|which|where|and)\b.*$|\s+(?://|#).*$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:=>|->|→|⇒|➞|⟶)\s*")
_DOCTEST = re.compile(r"^\s*>>>\s*")


def call_example(line: str, *, allow_bare: bool = False) -> tuple[str, str, str] | None:
    """The name, the arguments and the result of a call that a line shows. With `allow_bare`, also `[1, 2] -> 3`."""
    text = plain(line).strip().strip("`").rstrip(".")
    match = _CALL.match(text)
    if match is not None and (end := closing(text, match.end() - 1)) >= 0:
        result = _RESULT.match(text[end + 1 :])
        value = _REASON.sub("", result["value"]).strip() if result is not None else ""
        if value and _is_value(value):
            return match[1], text[match.end() : end], value
    return _bare(text) if allow_bare else None


def doctest_call(line: str) -> tuple[str, str] | None:
    """The name and the arguments of a line like `>>> two_sum([2, 7], 9)`, whose result stands below."""
    text = plain(line).strip()
    if not _DOCTEST.match(text):
        return None
    match = _CALL.match(text)
    end = closing(text, match.end() - 1) if match is not None else -1
    return (match[1], text[match.end() : end]) if match is not None and end == len(text) - 1 else None


def _bare(text: str) -> tuple[str, str, str] | None:
    free = set(outside(text))
    arrows = [match for match in _BARE.finditer(text) if match.end() - 1 in free or match.start() in free]
    if len(arrows) != 1:
        return None
    left, right = text[: arrows[0].start()].strip(), text[arrows[0].end() :].strip()
    return ("", left, right) if left and right and not left.isalpha() and _is_value(right) else None


def _is_value(text: str) -> bool:
    try:
        value = read_literal(text.split("  ")[0])
    except LiteralError:
        return False
    # A word may be anything; a text has its quotes.
    return not isinstance(value, str) or text.strip()[:1] in ("'", '"')
