"""Text objects: words, strings, brackets and paragraphs around the cursor.

In visual mode an object that is already selected grows: by the next word, to the next pair of brackets further out.
"""

from collections.abc import Callable

from sparring.editing.vim import lines
from sparring.editing.vim.brackets import PAIRS, closing_after, opening_before
from sparring.editing.vim.lines import after, before, line_start, line_stop
from sparring.editing.vim.values import Moment, Span
from sparring.editing.vim.words import BLANK, kind_of

TextObject = Callable[[Moment, int, bool], Span | None]
"""From a moment, a count and whether it is "a" rather than "i"."""


def _run(text: str, at: int, stop: int, big: bool) -> int:
    """Where the run of one kind that begins here ends in this line."""
    kind = kind_of(text[at], big)
    while at < stop and kind_of(text[at], big) == kind:
        at = after(text, at)
    return at


def _word(big: bool) -> TextObject:
    def select(moment: Moment, count: int, around: bool) -> Span | None:
        text, at = moment.text, moment.cursor
        start, stop = line_start(text, at), line_stop(text, at)
        begin = at
        if moment.anchor is not None and moment.anchor != at:
            if moment.anchor > at:
                return _word_backward(moment, count, around, big)
            begin, at = moment.anchor, after(text, at)
            if at < len(text) and text[at] == "\n":
                at += 1
            stop = line_stop(text, at)
        elif start < stop:
            kind = kind_of(text[at], big)
            while begin > start and kind_of(text[before(text, begin)], big) == kind:
                begin = before(text, begin)
        first, blank_first = begin, at < stop and kind_of(text[at], big) == BLANK
        trailing = False
        if start == stop and moment.anchor is None and not around:
            return Span(at, at)
        for _ in range(count):
            if at == len(text) and start < stop:
                return None
            at, stop, trailing = _one_word(text, at, stop, around, big)
        if around and not trailing and not blank_first and moment.anchor in (None, moment.cursor):
            while first > start and text[first - 1] in " \t":
                first -= 1
            if first == start:
                first = begin
        return Span(first, at)

    return select


def _one_word(text: str, at: int, stop: int, around: bool, big: bool) -> tuple[int, int, bool]:
    """One word on, over a line's end if there is nothing left in the line: (position, its line's end, with blanks)."""
    if at == stop and stop < len(text) and around:
        at = stop + 1
        stop = line_stop(text, at)
    if at == stop:
        return min(len(text), at + 1), line_stop(text, min(len(text), at + 1)), True
    blank = kind_of(text[at], big) == BLANK
    at = _run(text, at, stop, big)
    if not around:
        return at, stop, False
    if blank:
        if at == stop and stop < len(text):
            at = stop + 1
            stop = line_stop(text, at)
            while at < stop and text[at] in " \t":
                at += 1
        return (_run(text, at, stop, big) if at < stop else at), stop, True
    if at < stop and kind_of(text[at], big) == BLANK:
        return _run(text, at, stop, big), stop, True
    return at, stop, False


def _word_backward(moment: Moment, count: int, around: bool, big: bool) -> Span | None:
    """The selection grows at its beginning, where the cursor is."""
    text, at = moment.text, moment.cursor
    assert moment.anchor is not None
    for _ in range(count):
        parts = 2 if around else 1
        for _ in range(parts):
            if at == 0:
                break
            at = before(text, at)
            kind = kind_of(text[at], big)
            while at and text[at - 1] != "\n" and kind_of(text[before(text, at)], big) == kind:
                at = before(text, at)
    return Span(at, after(text, moment.anchor))


def _quoted(quote: str) -> TextObject:
    def select(moment: Moment, count: int, around: bool) -> Span | None:
        text, at = moment.text, moment.cursor
        start, stop = line_start(text, at), line_stop(text, at)
        places = _quotes(text, start, stop, quote)
        if at in places:
            # On a quote: which one it is follows from the line's beginning.
            index = places.index(at) // 2 * 2
        else:
            index = max(0, sum(place < at for place in places) - 1)
        if index + 1 >= len(places):
            return None
        opening, closing = places[index], places[index + 1]
        if not around:
            return Span(opening, closing + 1) if count > 1 else Span(opening + 1, closing)
        first, last = opening, closing + 1
        while last < stop and text[last] in " \t":
            last += 1
        if last == closing + 1:
            while first > start and text[first - 1] in " \t":
                first -= 1
        return Span(first, last)

    return select


def _quotes(text: str, start: int, stop: int, quote: str) -> list[int]:
    """The quotes of a line that no backslash escapes."""
    places: list[int] = []
    at = start
    while at < stop:
        if text[at] == "\\":
            at += 1
        elif text[at] == quote:
            places.append(at)
        at += 1
    return places


def _block(opening: str) -> TextObject:
    closing_bracket = PAIRS[opening]

    def select(moment: Moment, count: int, around: bool) -> Span | None:
        text, at = moment.text, moment.cursor
        chosen: tuple[int, int] | None = None
        if moment.anchor is not None and moment.anchor != at:
            chosen = min(moment.anchor, at), after(text, max(moment.anchor, at))
            at = chosen[0]
        on_opening = at < len(text) and text[at] == opening
        if at < len(text) and text[at] == closing_bracket and chosen is None:
            first = opening_before(text, at, opening, count)
        elif on_opening and chosen is None:
            first = at if count == 1 else opening_before(text, at, opening, count - 1)
        else:
            first = opening_before(text, at, opening, count)
        while first is not None:
            last = closing_after(text, first + 1, opening)
            if last is None:
                return None
            span = Span(first, last + 1) if around else _inside(text, first + 1, last)
            if chosen is None or (span.start <= chosen[0] and span.stop >= chosen[1] and span[:2] != chosen):
                return span
            first = opening_before(text, first, opening)
        return None

    return select


def _inside(text: str, start: int, stop: int) -> Span:
    """What is between two brackets; if they stand at the ends of lines, the lines between."""
    if start < stop and text[start] == "\n":
        start += 1
    if lines.is_in_indent(text, stop):
        line = line_start(text, stop)
        if line > start:
            return Span(start, line - 1, lines.is_in_indent(text, start), origin=start)
        if line == start:
            return Span(start, start)
    return Span(start, stop)


def _paragraph(moment: Moment, count: int, around: bool) -> Span | None:
    """Lines between blank ones; around it, the blank lines after, or else those before."""
    text = moment.text
    start = line_start(text, moment.cursor)
    if moment.anchor is not None and line_start(text, moment.anchor) != start:
        if moment.anchor > moment.cursor:
            return None
        start = lines.lines_down(text, start, 1)
        if start == line_start(text, moment.cursor):
            return None
        first = line_start(text, moment.anchor)
    else:
        first = _paragraph_edge(text, start, -1)
    stop = start
    took_blank = False
    for turn in range(count):
        for part in range(2 if around else 1):
            if turn or part:
                following = lines.lines_down(text, stop, 1)
                if following == line_start(text, stop):
                    if part and not took_blank and not lines.is_blank_line(text, start):
                        break
                    return None
                stop = following
            took_blank = lines.is_blank_line(text, stop) or (took_blank and part == 1)
            stop = _paragraph_edge(text, stop, 1)
    if around and not took_blank and first:
        above = lines.lines_down(text, first, -1)
        if lines.is_blank_line(text, above):
            first = _paragraph_edge(text, above, -1)
    return Span(first, line_stop(text, stop), linewise=True)


def _paragraph_edge(text: str, start: int, direction: int) -> int:
    """The beginning of the last line in this direction that is blank, or not, like this one."""
    blank = lines.is_blank_line(text, start)
    while True:
        following = lines.lines_down(text, start, direction)
        if following == start or lines.is_blank_line(text, following) != blank:
            return start
        start = following


TEXT_OBJECTS: dict[str, TextObject] = {
    "w": _word(False),
    "W": _word(True),
    **{quote: _quoted(quote) for quote in "\"'`"},
    **{name: _block("(") for name in "()b"},
    **{name: _block("{") for name in "{}B"},
    **{name: _block("[") for name in "[]"},
    "p": _paragraph,
}
