"""Searching: patterns are Python's regular expressions, with \\c for "never mind the case"."""

import regex

from sparring.editing.search import SEARCH_SECONDS, Query
from sparring.editing.vim.lines import after, line_start, line_stop
from sparring.editing.vim.values import Kind, Memory, Moment, Target
from sparring.editing.vim.words import LETTER, OTHER, kind_of

TOO_SLOW = "this pattern takes too long on this text"


class PatternError(Exception):
    """What was typed is no pattern; says why."""


def query_of(pattern: str) -> Query:
    """The same search in the find line's terms."""
    return Query(pattern.replace(r"\c", ""), is_regex=True, match_case=r"\c" not in pattern)


def compiled(pattern: str, flags: int = 0) -> "regex.Pattern[str]":
    """The pattern, in which ^ and $ mean every line's. Raises `PatternError`."""
    if r"\c" in pattern:
        pattern, flags = pattern.replace(r"\c", ""), flags | regex.IGNORECASE
    try:
        return regex.compile(pattern, flags | regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError) as error:
        raise PatternError(f"not a pattern: {error}") from None


def found(text: str, at: int, pattern: "regex.Pattern[str]", *, forward: bool) -> int | None:
    """The next match's beginning after `at`, or the last one before it; the search goes round the text's ends.

    Raises `TimeoutError` for a pattern that would hold the window.
    """
    if forward:
        match = pattern.search(text, after(text, at), timeout=SEARCH_SECONDS) if at < len(text) else None
        match = match or pattern.search(text, timeout=SEARCH_SECONDS)
        return match.start() if match else None
    last = last_before = None
    for match in pattern.finditer(text, timeout=SEARCH_SECONDS):
        if match.start() < at:
            last_before = match.start()
        elif last_before is not None:
            break
        last = match.start()
    return last_before if last_before is not None else last


def search(moment: Moment, count: int | None, *, forward: bool) -> Target | None:
    """Go to the remembered pattern's `count`-th match; a target without a goal carries the reason as its message."""
    memory = moment.memory
    if not memory.pattern:
        return Target(-1, message="nothing has been searched for yet")
    try:
        pattern = compiled(memory.pattern)
    except PatternError as error:
        return Target(-1, message=str(error))
    at, message = moment.cursor, ""
    for _ in range(min(count or 1, 1_000)):
        try:
            goal = found(moment.text, at, pattern, forward=forward)
        except TimeoutError:
            return Target(-1, message=TOO_SLOW)
        if goal is None:
            return Target(-1, message=f"pattern not found: {memory.pattern}")
        if forward and goal <= at:
            message = "went on at the beginning"
        elif not forward and goal >= at:
            message = "went on at the end"
        at = goal
    memory.highlighted = True
    return Target(at, Kind.EXCLUSIVE, message=message)


def slash(moment: Moment, count: int | None, argument: str) -> Target | None:
    """`/`: search for what was typed, or for the last pattern again."""
    return _typed(moment, count, argument, forward=True)


def question_mark(moment: Moment, count: int | None, argument: str) -> Target | None:
    return _typed(moment, count, argument, forward=False)


def _typed(moment: Moment, count: int | None, pattern: str, *, forward: bool) -> Target | None:
    moment.memory.pattern = pattern or moment.memory.pattern
    moment.memory.forward = forward
    return search(moment, count, forward=forward)


def again(moment: Moment, count: int | None, _argument: str) -> Target | None:
    """`n`: on in the direction of the last search."""
    return search(moment, count, forward=moment.memory.forward)


def again_backward(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return search(moment, count, forward=not moment.memory.forward)


def word_at(text: str, at: int) -> tuple[int, int] | None:
    """The word under the cursor, or the next one in its line; failing that, a run of other signs."""
    start, stop = line_start(text, at), line_stop(text, at)
    for least in (LETTER, OTHER):
        position = at
        while position < stop and kind_of(text[position], False) < least:
            position += 1
        if position == stop:
            continue
        kind = kind_of(text[position], False)
        first = last = position
        while first > start and kind_of(text[first - 1], False) == kind:
            first -= 1
        while last < stop and kind_of(text[last], False) == kind:
            last += 1
        return first, last
    return None


def _word(moment: Moment, count: int | None, *, forward: bool, whole: bool) -> Target | None:
    span = word_at(moment.text, moment.cursor)
    if span is None:
        return Target(-1, message="no word under the cursor")
    word = moment.text[span[0] : span[1]]
    bound = r"\b" if whole and kind_of(word[0], False) == LETTER else ""
    memory: Memory = moment.memory
    memory.pattern, memory.forward = f"{bound}{regex.escape(word)}{bound}", forward
    begin = moment if forward and moment.cursor < span[0] else _moved(moment, span[0])
    return search(begin, count, forward=forward)


def _moved(moment: Moment, cursor: int) -> Moment:
    return Moment(moment.text, cursor, moment.language, moment.memory, moment.mode, moment.anchor)


def star(moment: Moment, count: int | None, _argument: str) -> Target | None:
    """`*`: the next place of the word under the cursor."""
    return _word(moment, count, forward=True, whole=True)


def hash_sign(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _word(moment, count, forward=False, whole=True)


def g_star(moment: Moment, count: int | None, _argument: str) -> Target | None:
    """`g*`: like `*`, also inside of longer words."""
    return _word(moment, count, forward=True, whole=False)


def g_hash(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _word(moment, count, forward=False, whole=False)
