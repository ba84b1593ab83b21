"""Characters, lines and columns, found near the cursor: no function here splits the whole text.

A character is what a person sees as one: a letter with its marks, an emoji with its joiners. A position always counts
code points and stands at the beginning of a character.
"""

import unicodedata

TAB = 4
"""How wide the editor shows a tab, for the column that the cursor keeps."""
END = 1 << 30
"""The column of "the end of every line", after $."""

_JOINER = "\u200d"
_MARKS_BEGIN = "\u0300"


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _continues(text: str, at: int) -> bool:
    """Whether `text[at]` belongs to the character before it."""
    character, previous = text[at], text[at - 1]
    if character < _MARKS_BEGIN or previous == "\n":
        return False
    if character == _JOINER or previous == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    if _is_flag(character) and _is_flag(previous):
        first = at - 1
        while first and _is_flag(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    return unicodedata.category(character).startswith("M")


def snapped(text: str, at: int) -> int:
    """The nearest valid position at or before this one."""
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and _continues(text, at):
        at -= 1
    return at


def after(text: str, at: int) -> int:
    """Where the next character begins; a line's end counts as one character."""
    if at >= len(text):
        return len(text)
    at += 1
    while at < len(text) and _continues(text, at):
        at += 1
    return at


def before(text: str, at: int) -> int:
    """Where the previous character begins."""
    return snapped(text, at - 1) if at > 0 else 0


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_stop(text: str, at: int) -> int:
    """Where the line ends: at its line break, or at the text's end."""
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


def last_in_line(text: str, at: int) -> int:
    """The line's last character; the line itself if it is empty."""
    start, stop = line_start(text, at), line_stop(text, at)
    return before(text, stop) if stop > start else start


def at_line_end(text: str, at: int) -> bool:
    return at >= len(text) or text[at] == "\n"


def on_character(text: str, at: int) -> int:
    """Where normal mode's cursor may stand: never after the last character of a line that has one."""
    at = snapped(text, at)
    return last_in_line(text, at) if at_line_end(text, at) else at


def first_non_blank(text: str, at: int) -> int:
    """The first character that is no blank; the last one in a line of blanks."""
    at, stop = line_start(text, at), line_stop(text, at)
    while at < stop and text[at] in " \t":
        at += 1
    return last_in_line(text, at) if at == stop else at


def indent_of(text: str, at: int) -> str:
    """The blanks that the line begins with."""
    start, stop = line_start(text, at), line_stop(text, at)
    at = start
    while at < stop and text[at] in " \t":
        at += 1
    return text[start:at]


def is_in_indent(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before this in its line."""
    return not text[line_start(text, at) : at].strip(" \t")


def is_blank_line(text: str, at: int) -> bool:
    return not text[line_start(text, at) : line_stop(text, at)].strip(" \t")


def line_number(text: str, at: int) -> int:
    """The line's number, from 0."""
    return text.count("\n", 0, at)


def line_count(text: str) -> int:
    return text.count("\n") + 1


def start_of_line(text: str, number: int) -> int:
    """Where this line begins, from 0; the first or the last one if there is no such line."""
    at = 0
    for _ in range(number):
        stop = text.find("\n", at)
        if stop < 0:
            break
        at = stop + 1
    return at


def lines_down(text: str, at: int, count: int) -> int:
    """The beginning of the line `count` further down, or up if negative; the last or the first if there are fewer."""
    at = line_start(text, at)
    for _ in range(abs(count)):
        if count > 0:
            stop = text.find("\n", at)
            if stop < 0:
                break
            at = stop + 1
        elif at:
            at = line_start(text, at - 1)
        else:
            break
    return at


def _width(character: str, column: int) -> int:
    if character == "\t":
        return TAB - column % TAB
    if character < _MARKS_BEGIN:
        return 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def column_of(text: str, at: int) -> int:
    """How far right the character begins, in widths of a letter."""
    start = line_start(text, at)
    part = text[start:at]
    if part.isascii() and "\t" not in part:
        return len(part)
    column, position = 0, start
    while position < at:
        column += _width(text[position], column)
        position = after(text, position)
    return column


def at_column(text: str, at: int, column: int) -> int:
    """The character of this line at a column, or its last one."""
    start, stop = line_start(text, at), line_stop(text, at)
    if column >= END:
        return last_in_line(text, start)
    part = text[start : min(stop, start + column + 1)]
    if part.isascii() and "\t" not in part:
        return min(start + column, last_in_line(text, start))
    position, reached = start, 0
    while position < stop:
        reached += _width(text[position], reached)
        if reached > column:
            return position
        position = after(text, position)
    return last_in_line(text, start)
