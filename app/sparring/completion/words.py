"""Completion without knowing the language: the words of the text, and the language's keywords."""

import keyword
import math
import re
from collections import deque
from functools import cache
from typing import Any

from pygments.lexer import RegexLexer, words
from pygments.lexers import get_lexer_by_name
from pygments.token import Keyword, Operator
from pygments.util import ClassNotFound

from sparring.completion.matching import WORD, is_attribute, narrowed, prefix_at, rank, word_end
from sparring.completion.model import MAX_NAME, Completion

REACH = 50_000
"""Code points to look through on each side of the cursor."""
REACH_OF_ALL = 15_000
"""The same while nothing has been typed, so that every word there is would do."""
NEAR = 400
"""Code points within which a word is as near as it can be."""
_ALTERNATIVES = re.compile(r"(?:\\b)?\(?(?:\?:)?(?P<all>[A-Za-z][\w-]*(?:\|[A-Za-z][\w-]*)*)\)?(?:\\b)?")


def word_completions(text: str, position: int, limit: int = 50, language: str = "text") -> list[Completion]:
    """The identifiers of the text and the language's keywords that fit what is typed before `position`.

    The better fit comes first, then the nearer and more frequent word; keywords come after words. After a dot only
    words that follow a dot somewhere else are offered, and in Python what the usual containers can do. The word being
    typed does not count as one of the text.
    """
    prefix = prefix_at(text, position)
    start, stop = position - len(prefix), word_end(text, position)
    after_dot = is_attribute(text, position)
    reach = REACH if prefix else REACH_OF_ALL
    first, last = max(0, start - reach), word_end(text, min(len(text), stop + reach))
    counts: dict[str, int] = {}
    distances: dict[str, int] = {}
    for match in _finder(prefix[:1], after_dot, text.isascii()).finditer(text, first, last):
        place = match.start()
        if place == start:
            continue
        name = match.group()
        distance = abs(place - start)
        counts[name] = counts.get(name, 0) + 1
        distances[name] = min(distances.get(name, distance), distance)
    found = [
        (fit, -_weight(counts[name], distances[name]), distances[name], name)
        for name in counts
        if len(name) <= MAX_NAME and (fit := rank(name, prefix)) is not None
    ]
    items = [Completion(name, "word") for *_, name in sorted(found)]
    if prefix and not after_dot:
        reserved = keywords(language)
        items = [item for item in items if item.name not in reserved]
        items += [Completion(name, "keyword") for name in sorted(reserved) if name.startswith(prefix)]
    if after_dot and language == "python":
        known = {item.name for item in items}
        items += narrowed((item for item in container_methods() if item.name not in known), prefix)
    return items[:limit]


@cache
def container_methods() -> tuple[Completion, ...]:
    """What can be called on the containers of Python that interviews are made of."""
    owners: dict[str, list[str]] = {}
    for container in (list, dict, set, deque, str):
        for name in dir(container):
            if not name.startswith("_"):
                owners.setdefault(name, []).append(container.__name__)
    return tuple(Completion(name, ", ".join(owners[name])) for name in sorted(owners))


def _weight(count: int, distance: int) -> float:
    """Twice as often weighs as much as half the way."""
    return math.log2(count) - math.log2(max(distance, NEAR) / NEAR)


@cache
def _finder(letter: str, after_dot: bool, ascii_only: bool) -> re.Pattern[str]:
    """Finds the words with this first letter, in either case: half the work of finding all."""
    dot = r"(?<=\.)" if after_dot else ""
    if not letter:
        return re.compile(dot + (r"\b[A-Za-z_]\w*" if ascii_only else WORD), re.ASCII if ascii_only else 0)
    cases = {letter, *(case for case in (letter.upper(), letter.lower()) if len(case) == 1)}
    first = "[" + "".join(map(re.escape, sorted(cases))) + "]"
    if ascii_only:
        return re.compile(dot + r"\b" + first + r"\w*", re.ASCII)
    return re.compile(dot + r"(?<!\w)" + first + r"[\w\u0300-\u036f]*")


@cache
def keywords(language: str) -> frozenset[str]:
    """The reserved words of a language, from the rules of its Pygments lexer; none for plain text and unknown ones."""
    if language == "python":
        return frozenset([*keyword.kwlist, *keyword.softkwlist]) - {"_"}
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return frozenset()
    if not isinstance(lexer, RegexLexer):
        return frozenset()
    found: set[str] = set()
    for rules in type(lexer).get_tokendefs().values():
        for rule in rules:
            if isinstance(rule, tuple) and len(rule) > 1 and _is_reserved(rule[1]):
                found.update(_words_of(rule[0]))
    return frozenset(word for word in found if len(word) > 1 and word.isidentifier() and not word.startswith("_"))


def _is_reserved(token: Any) -> bool:
    return token in Keyword or token is Operator.Word


def _words_of(rule: Any) -> list[str]:
    if isinstance(rule, words):
        # A prefix such as "__" makes other words of them.
        is_whole = not re.search(r"\w", rule.prefix.replace(r"\b", ""))
        return [word for word in rule.words if isinstance(word, str)] if is_whole else []
    match = _ALTERNATIVES.fullmatch(rule) if isinstance(rule, str) else None
    return match["all"].split("|") if match else []
