"""More than one cursor: where the next one goes."""

from collections.abc import Sequence

import regex

from sparring.editing.characters import line_end, line_start
from sparring.editing.model import Selection, merged

MAX_CURSORS = 1_000
_WORD = regex.compile(r"\w+")


def add_vertically(text: str, selections: Sequence[Selection], by: int) -> tuple[Selection, ...]:
    """One more cursor in the line above the highest (`by` -1) or below the lowest (1), in the column of that one."""
    edge = (min if by < 0 else max)(selections, key=lambda one: one.head)
    column = edge.head - line_start(text, edge.head)
    if by < 0:
        start = line_start(text, edge.head)
        if not start:
            return tuple(selections)
        target = line_start(text, start - 1)
    else:
        end = line_end(text, edge.head)
        if end == len(text):
            return tuple(selections)
        target = end + 1
    position = min(target + column, line_end(text, target))
    return _bounded((*selections, Selection.at(position)))


def word_at(text: str, position: int) -> Selection | None:
    """The word that a position touches."""
    start = line_start(text, position)
    for match in _WORD.finditer(text, start, line_end(text, position)):
        if match.start() <= position <= match.end():
            return Selection(match.start(), match.end())
    return None


def add_next_occurrence(text: str, selections: Sequence[Selection]) -> tuple[Selection, ...]:
    """Select the word under the cursor, then, each time, one more place where the same text is."""
    main = selections[0]
    if main.is_empty:
        word = word_at(text, main.head)
        return (word, *selections[1:]) if word else tuple(selections)
    wanted = text[main.start : main.stop]
    taken = {one.start for one in selections}
    last = max(taken)
    for begin, end in ((last + 1, len(text)), (0, last)):
        place = text.find(wanted, begin, end)
        while place >= 0:
            if place not in taken:
                # The newest is the main one, so that the view goes there.
                return _bounded((Selection(place, place + len(wanted)), *selections))
            place = text.find(wanted, place + 1, end)
    return tuple(selections)


def select_all_occurrences(text: str, selections: Sequence[Selection]) -> tuple[Selection, ...]:
    """Every place where the selected text, or the word under the cursor, is."""
    main = selections[0] if not selections[0].is_empty else word_at(text, selections[0].head)
    if main is None or main.is_empty:
        return tuple(selections)
    wanted = text[main.start : main.stop]
    found = [main]
    place = text.find(wanted)
    while place >= 0 and len(found) < MAX_CURSORS:
        if place != main.start:
            found.append(Selection(place, place + len(wanted)))
        place = text.find(wanted, place + len(wanted))
    return merged(found)


def split_into_lines(text: str, selections: Sequence[Selection]) -> tuple[Selection, ...]:
    """A cursor at the end of each selected line."""
    found: list[Selection] = []
    for one in selections:
        position = one.start
        while (end := line_end(text, position)) < one.stop:
            found.append(Selection.at(end))
            position = end + 1
        found.append(Selection.at(one.stop))
    return _bounded(tuple(found))


def _bounded(selections: tuple[Selection, ...]) -> tuple[Selection, ...]:
    return merged(selections[:MAX_CURSORS])
