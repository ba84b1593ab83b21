"""Motions by characters and lines."""

from collections.abc import Callable

from sparring.editing.vim import lines
from sparring.editing.vim.lines import END, after, before, line_start, line_stop
from sparring.editing.vim.values import Kind, Moment, Motion, Target


def left(moment: Moment, count: int | None, _argument: str) -> Target | None:
    at, start = moment.cursor, line_start(moment.text, moment.cursor)
    if at == start:
        return None
    for _ in range(count or 1):
        if at == start:
            break
        at = before(moment.text, at)
    return Target(at)


def right(moment: Moment, count: int | None, _argument: str) -> Target | None:
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


def space(moment: Moment, count: int | None, argument: str) -> Target | None:
    """Right, and from a line's end to the next line."""
    if moment.operator:
        return right(moment, count, argument)
    text, at = moment.text, moment.cursor
    for _ in range(count or 1):
        following = after(text, at)
        if lines.at_line_end(text, following) and at != line_stop(text, at):
            following = after(text, following)
        at = following if following < len(text) or text.endswith("\n") else at
    return Target(at) if at != moment.cursor else None


def backspace(moment: Moment, count: int | None, _argument: str) -> Target | None:
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


def down(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _vertical(moment, count or 1)


def up(moment: Moment, count: int | None, _argument: str) -> Target | None:
    return _vertical(moment, -(count or 1))


def non_blank_lines_on(direction: int) -> Motion:
    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = lines.lines_down(moment.text, moment.cursor, direction * (count or 1))
        if goal == line_start(moment.text, moment.cursor):
            return None
        return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)

    return motion


def underscore(moment: Moment, count: int | None, _argument: str) -> Target | None:
    goal = lines.lines_down(moment.text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and goal == line_start(moment.text, moment.cursor):
        return None
    return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)


def zero(moment: Moment, _count: int | None, _argument: str) -> Target | None:
    return Target(line_start(moment.text, moment.cursor))


def caret(moment: Moment, _count: int | None, _argument: str) -> Target | None:
    return Target(lines.first_non_blank(moment.text, moment.cursor))


def bar(moment: Moment, count: int | None, _argument: str) -> Target | None:
    column = (count or 1) - 1
    return Target(lines.at_column(moment.text, moment.cursor, column), column=column)


def dollar(moment: Moment, count: int | None, _argument: str) -> Target | None:
    text = moment.text
    goal = lines.lines_down(text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and goal == line_start(text, moment.cursor):
        return None
    position = line_stop(text, goal) if moment.is_visual else lines.last_in_line(text, goal)
    return Target(position, Kind.INCLUSIVE, END)


def last_non_blank(moment: Moment, count: int | None, _argument: str) -> Target | None:
    text = moment.text
    start = lines.lines_down(text, moment.cursor, (count or 1) - 1)
    if (count or 1) > 1 and start == line_start(text, moment.cursor):
        return None
    part = text[start : line_stop(text, start)].rstrip(" \t")
    return Target(before(text, start + len(part)) if part else start, Kind.INCLUSIVE)


def to_line(default: Callable[[str], int]) -> Motion:
    """gg and G: to a line by its number, or else to the first or the last one."""

    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        goal = default(moment.text) if count is None else lines.start_of_line(moment.text, count - 1)
        return Target(lines.first_non_blank(moment.text, goal), Kind.LINEWISE)

    return motion
