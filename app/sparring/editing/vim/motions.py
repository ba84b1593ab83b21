"""Motions: from a moment, a count and an argument to where the cursor goes."""

from collections.abc import Callable

from sparring.editing.vim import lines, search, words
from sparring.editing.vim.brackets import BRACKETS, PAIRS, closing_after, opening_before, partner
from sparring.editing.vim.lines import END, after, before, line_start, line_stop
from sparring.editing.vim.values import Kind, Moment, Motion, Target


def _left(moment: Moment, count: int | None, _argument: str) -> Target | None:
    at, start = moment.cursor, line_start(moment.text, moment.cursor)
    if at == start:
        return None
    for _ in range(count or 1):
        if at == start:
            break
        at = before(moment.text, at)
    return Target(at)


def _right(moment: Moment, count: int | None, _argument: str) -> Target | None:
    text, at = moment.text, moment.cursor
    stop = line_stop(text, at)
    last = stop if moment.operator or moment.is_visual else lines.last_in_line(text, at)
    if at >= last:
        # An empty line can be changed, though there is nothing to the right in it.
        return Target(at) if moment.operator == "c" else None
    for _ in range(count or 1):
        if at >= last:
            break
        at = after(text, at)
    return Target(at)


def _space(moment: Moment, count: int | None, argument: str) -> Target | None:
    """Right, and from a line's end to the next line."""
    if moment.operator:
        return _right(moment, count, argument)
    text, at = moment.text, moment.cursor
    for _ in range(count or 1):
        following = after(text, at)
        if lines.at_line_end(text, following) and at != line_stop(text, at):
            following = after(text, following)
        at = following if following < len(text) or text.endswith("\n") else at
    return Target(at) if at != moment.cursor else None


def _backspace(moment: Moment, count: int | None, _argument: str) -> Target | None:
    """Left, and from a line's beginning to the line before."""
    text, at = moment.text, moment.cursor
    for _ in range(count or 1):
        at = before(text, at)
        if at and text[at] == "\n" and text[at - 1] != "\n" and not moment.operator:
            at = before(text, at)
    return Target(at) if at != moment.cursor else None


def _vertical(moment: Moment, count: int) -> Target | None:
    text, at = moment.text, moment.cursor
    goal = lines.lines_down(text, at, count)
    if goal == line_start(text, at):
        return None
    column = moment.column if moment.column is not None else lines.column_of(text, at)
    position = lines.at_column(text, goal, column)
    if moment.is_visual and column >= END:
        position = line_stop(text, goal)
    return Target(position, Kind.LINEWISE, column)


def _down(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _vertical(moment, count or 1)


def _up(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _vertical(moment, -(count or 1))


def _non_blank_lines_on(direction: int) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = lines.lines_down(moment.text, moment.cursor, direction * (count or 1))
        if goal == line_start(moment.text, moment.cursor):
            return None
        return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)

    return motion


def _underscore(moment: Moment, count: int | None, _argument: str) -> Target | None:
    goal = lines.lines_down(moment.text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and goal == line_start(moment.text, moment.cursor):
        return None
    return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)


def _zero(moment: Moment, _count: int | None, _argument: str) -> Target | None:
    return Target(line_start(moment.text, moment.cursor))


def _caret(moment: Moment, _count: int | None, _argument: str) -> Target | None:
    return Target(lines.first_non_blank(moment.text, moment.cursor))


def _bar(moment: Moment, count: int | None, _argument: str) -> Target | None:
    column = (count or 1) - 1
    return Target(lines.at_column(moment.text, moment.cursor, column), column=column)


def _dollar(moment: Moment, count: int | None, _argument: str) -> Target | None:
    text = moment.text
    goal = lines.lines_down(text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and goal == line_start(text, moment.cursor):
        return None
    position = line_stop(text, goal) if moment.is_visual else lines.last_in_line(text, goal)
    return Target(position, Kind.INCLUSIVE, END)


def _last_non_blank(moment: Moment, count: int | None, _argument: str) -> Target | None:
    text = moment.text
    start = lines.lines_down(text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and start == line_start(text, moment.cursor):
        return None
    part = text[start : line_stop(text, start)].rstrip(" \t")
    return Target(before(text, start + len(part)) if part else start, Kind.INCLUSIVE)


def _to_line(default: Callable[[str], int]) -> Motion:
    """gg and G: to a line by its number, or else to the first or the last one."""

    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = default(moment.text) if count is None else lines.start_of_line(moment.text, count - 1)
        return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)

    return motion


def _word(big: bool) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        text, at, operator = moment.text, moment.cursor, moment.operator
        if operator == "c" and not lines.at_line_end(text, at) and text[at] not in " \t":
            # "cw" on a word is "ce", except that it never leaves a word at whose end it begins.
            goal = words.end(text, at, count or 1, big, stay=True)
            return Target(before(text, len(text)) if goal is None else goal, Kind.INCLUSIVE)
        goal = words.forward(text, at, count or 1, big, stop_at_line_end=bool(operator))
        if operator or moment.is_visual or goal < len(text):
            return Target(goal) if goal != at else None
        goal = lines.on_character(text, goal)
        return Target(goal) if goal != at else None

    return motion


def _word_back(big: bool) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = words.backward(moment.text, moment.cursor, count or 1, big)
        return Target(goal) if goal != moment.cursor else None

    return motion


def _word_end(big: bool) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = words.end(moment.text, moment.cursor, count or 1, big)
        if goal is None:
            goal = len(moment.text) if moment.is_visual else lines.on_character(moment.text, len(moment.text))
            if goal == moment.cursor and not moment.operator:
                return None
        return Target(goal, Kind.INCLUSIVE)

    return motion


def _word_end_back(big: bool) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = words.end_backward(moment.text, moment.cursor, count or 1, big)
        return Target(goal, Kind.INCLUSIVE) if goal != moment.cursor else None

    return motion


def _in_line(moment: Moment, name: str, character: str, count: int, *, beyond: bool = False) -> Target | None:
    """f F t T: to a character in this line; `beyond` passes over the one that t already stands before."""
    text, at = moment.text, moment.cursor
    if name in "ft":
        stop, goal = line_stop(text, at), at
        if beyond and name == "t":
            goal = after(text, goal)
        for _ in range(count):
            goal = text.find(character, min(after(text, goal), stop), stop)
            if goal < 0:
                return None
        return Target(goal if name == "f" else before(text, goal), Kind.INCLUSIVE)
    start, goal = line_start(text, at), at
    if beyond and name == "T":
        goal = max(start, before(text, goal))
    for _ in range(count):
        goal = text.rfind(character, start, goal)
        if goal < 0:
            return None
    return Target(goal if name == "F" else after(text, goal), Kind.EXCLUSIVE)


def _find(name: str) -> Motion:
    def motion(moment: Moment, count: int | None, argument: str) -> Target | None:
        moment.memory.found = (name, argument)
        return _in_line(moment, name, argument, count or 1)

    return motion


def _repeat_find(reverse: bool) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        if moment.memory.found is None:
            return None
        name, character = moment.memory.found
        if reverse:
            name = name.swapcase()
        return _in_line(moment, name, character, count or 1, beyond=(count or 1) == 1)

    return motion


def _paragraph(direction: int) -> Motion:
    """To the next empty line after one that is not."""

    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        text = moment.text
        at = line_start(text, moment.cursor)
        for left in range((count or 1) - 1, -1, -1):
            passed = False
            first = True
            while True:
                empty = lines.at_line_end(text, at)
                passed = passed or not empty
                if not first and passed and empty:
                    break
                following = lines.lines_down(text, at, direction)
                if following == at:
                    if left:
                        return None
                    if direction > 0 and not empty:
                        return Target(lines.last_in_line(text, at), Kind.INCLUSIVE)
                    break
                at, first = following, False
        return Target(at)

    return motion


def _percent(moment: Moment, count: int | None, _argument: str) -> Target | None:
    """To the other bracket; with a count, to that percentage of the text."""
    text, at = moment.text, moment.cursor
    if count is not None:
        if count > 100:
            return None
        goal = lines.start_of_line(text, (count * lines.line_count(text) + 99) // 100 - 1)
        return Target(lines.first_non_blank(text, goal), Kind.LINEWISE)
    stop = line_stop(text, at)
    while at < stop and text[at] not in BRACKETS:
        at += 1
    goal_or_none = partner(text, at) if at < stop else None
    return None if goal_or_none is None else Target(goal_or_none, Kind.INCLUSIVE)


def _unmatched(bracket: str) -> Motion:
    """[( [{ ]) ]}: to the bracket that is open here."""

    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        text, at = moment.text, moment.cursor
        if bracket in PAIRS:
            goal = opening_before(text, at, bracket, count or 1)
            return None if goal is None else Target(goal)
        opening = next(opening for opening, closing in PAIRS.items() if closing == bracket)
        goal = closing_after(text, after(text, at), opening, count or 1)
        return None if goal is None else Target(goal, Kind.INCLUSIVE)

    return motion


def _mark(linewise: bool) -> Motion:
    def motion(moment: Moment, _count: int | None, argument: str) -> Target | None:
        place = moment.memory.marks.get("'" if argument == "`" else argument)
        if place is None:
            return Target(-1, message=f"no mark {argument} here")
        line, column = place
        start = lines.start_of_line(moment.text, line)
        if linewise:
            return Target(lines.first_non_blank(moment.text, start), Kind.LINEWISE)
        return Target(lines.at_column(moment.text, start, column))

    return motion


MOTIONS: dict[str, Motion] = {
    "h": _left,
    "l": _right,
    " ": _space,
    "<BS>": _backspace,
    "j": _down,
    "k": _up,
    "+": _non_blank_lines_on(1),
    "-": _non_blank_lines_on(-1),
    "_": _underscore,
    "0": _zero,
    "^": _caret,
    "|": _bar,
    "$": _dollar,
    "g_": _last_non_blank,
    "gg": _to_line(lambda text: 0),
    "G": _to_line(lambda text: line_start(text, len(text))),
    "w": _word(False),
    "W": _word(True),
    "b": _word_back(False),
    "B": _word_back(True),
    "e": _word_end(False),
    "E": _word_end(True),
    "ge": _word_end_back(False),
    "gE": _word_end_back(True),
    **{name: _find(name) for name in "fFtT"},
    ";": _repeat_find(False),
    ",": _repeat_find(True),
    "}": _paragraph(1),
    "{": _paragraph(-1),
    "%": _percent,
    **{"[" + bracket: _unmatched(bracket) for bracket in "({["},
    **{"]" + bracket: _unmatched(bracket) for bracket in ")}]"},
    "/": search.slash,
    "?": search.question_mark,
    "n": search.again,
    "N": search.again_backward,
    "*": search.star,
    "#": search.hash_sign,
    "g*": search.g_star,
    "g#": search.g_hash,
    "'": _mark(True),
    "`": _mark(False),
}
WITH_CHARACTER = frozenset("fFtT'`")
"""Motions that wait for one more character."""
PROMPTS = frozenset("/?")
"""Motions that wait for a line."""
JUMPS = frozenset(["G", "%", "/", "?", "n", "N", "*", "#", "g*", "g#", "gg", "{", "}", "'", "`"])
"""Motions after which '' and `` lead back."""
