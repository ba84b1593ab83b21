"""Motions: from a moment, a count and an argument to where the cursor goes."""

from sparring.editing.vim import line_motions, lines, search, words
from sparring.editing.vim.brackets import BRACKETS, PAIRS, closing_after, opening_before, partner
from sparring.editing.vim.lines import after, before, line_start, line_stop
from sparring.editing.vim.values import Kind, Moment, Motion, Target


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


def _empty_line(text: str, at: int, direction: int) -> int | None:
    """The next empty line after, or before, the line that begins here."""
    if direction > 0:
        found = text.find("\n\n", at)
        if found >= 0:
            return found + 1
        return len(text) if text.endswith("\n") and at < len(text) else None
    found = text.rfind("\n\n", 0, at)
    if found >= 0:
        return found + 1
    return 0 if text.startswith("\n") and at else None


def _paragraph(direction: int) -> Motion:
    """To the next empty line after one that is not."""

    def motion(moment: Moment, count: int | None, _argument: str) -> Target | None:
        text = moment.text
        at = line_start(text, moment.cursor)
        for left in range((count or 1) - 1, -1, -1):
            while lines.at_line_end(text, at) and (following := lines.lines_down(text, at, direction)) != at:
                at = following
            goal = None if lines.at_line_end(text, at) else _empty_line(text, at, direction)
            if goal is None and left:
                return None
            if goal is None and direction > 0 and not lines.at_line_end(text, at):
                return Target(lines.last_in_line(text, len(text)), Kind.INCLUSIVE)
            at = goal if goal is not None else (at if direction > 0 else 0)
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
    "h": line_motions.left,
    "l": line_motions.right,
    " ": line_motions.space,
    "<BS>": line_motions.backspace,
    "j": line_motions.down,
    "k": line_motions.up,
    "+": line_motions.non_blank_lines_on(1),
    "-": line_motions.non_blank_lines_on(-1),
    "_": line_motions.underscore,
    "0": line_motions.zero,
    "^": line_motions.caret,
    "|": line_motions.bar,
    "$": line_motions.dollar,
    "g_": line_motions.last_non_blank,
    "gg": line_motions.to_line(lambda text: 0),
    "G": line_motions.to_line(lambda text: line_start(text, len(text))),
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
