"""Commands of normal mode that are neither motions nor operators."""

from collections.abc import Callable

from sparring.editing.model import Edit
from sparring.editing.vim import lines
from sparring.editing.vim.insertion import indentation
from sparring.editing.vim.lines import after, before, line_start, line_stop
from sparring.editing.vim.operators import removed, swapped, taken, whole_lines
from sparring.editing.vim.registers import Register
from sparring.editing.vim.values import MAX_INSERTED, Command, Mode, Moment, Outcome, Span

NormalCommand = Callable[[Moment, Command], Outcome | None]
"""None: it cannot be done here."""

TOO_MUCH = "that would be too much text"


def _insert(at: Callable[[str, int], int]) -> NormalCommand:
    def command(moment: Moment, typed: Command) -> Outcome:
        return Outcome(at(moment.text, moment.cursor), mode=Mode.INSERT, copies=typed.count or 1)

    return command


def _after_cursor(text: str, at: int) -> int:
    return at if lines.at_line_end(text, at) else after(text, at)


def _before_text(text: str, at: int) -> int:
    return line_start(text, at) + len(lines.indent_of(text, at))


def _open_below(moment: Moment, typed: Command) -> Outcome:
    text, stop = moment.text, line_stop(moment.text, moment.cursor)
    inserted = "\n" + indentation(text[line_start(text, stop) : stop], moment.language)
    return Outcome(
        stop + len(inserted),
        (Edit(stop, stop, inserted),),
        Mode.INSERT,
        copies=typed.count or 1,
        opened=True,
        indented=True,
    )


def _open_above(moment: Moment, typed: Command) -> Outcome:
    start = line_start(moment.text, moment.cursor)
    indent = lines.indent_of(moment.text, start)
    return Outcome(
        start + len(indent),
        (Edit(start, start, indent + "\n"),),
        Mode.INSERT,
        copies=typed.count or 1,
        opened=True,
        indented=True,
    )


def _replace_mode(moment: Moment, typed: Command) -> Outcome:
    return Outcome(moment.cursor, mode=Mode.REPLACE, copies=typed.count or 1)


def _replace(moment: Moment, typed: Command) -> Outcome | None:
    """`r`: other characters in the place of these, as many as there are in the line."""
    text, at = moment.text, moment.cursor
    stop, count = at, typed.count or 1
    for _ in range(count):
        if lines.at_line_end(text, stop):
            return None
        stop = after(text, stop)
    if typed.argument == "\n":
        indent = lines.indent_of(text, at)
        return Outcome(at + 1 + len(indent), (Edit(at, stop, "\n" + indent),))
    inserted = typed.argument * count
    return Outcome(at + len(inserted) - len(typed.argument), (Edit(at, stop, inserted),))


def replaced(moment: Moment, span: Span, character: str) -> Outcome:
    """`r` in visual mode: this character in the place of each one."""
    parts: list[str] = []
    at = span.start
    while at < span.stop:
        parts.append("\n" if moment.text[at] == "\n" else character)
        at = after(moment.text, at)
    inserted = "".join(parts)
    return Outcome(span.start, (Edit(span.start, span.stop, inserted),) if parts else ())


def _swap_case(moment: Moment, typed: Command) -> Outcome | None:
    text, at = moment.text, moment.cursor
    if lines.at_line_end(text, at):
        return None
    stop = at
    for _ in range(typed.count or 1):
        if lines.at_line_end(text, stop):
            break
        stop = after(text, stop)
    return Outcome(stop, (Edit(at, stop, "".join(map(swapped, text[at:stop]))),))


def join(moment: Moment, start: int, count: int, *, spaced: bool) -> Outcome | None:
    """Join `count` lines into one, with a blank between their words if `spaced`."""
    text = moment.text
    stop = line_stop(text, start)
    edits: list[Edit] = []
    cursor, removed_before = moment.cursor, 0
    # What the line so far ends in decides about the blank, also when the lines between were empty.
    tail = text[stop - 1] if stop > line_start(text, start) else ""
    for _ in range(count - 1):
        if stop == len(text):
            break
        begin = stop + 1
        following = line_stop(text, begin)
        body = begin + len(lines.indent_of(text, begin)) if spaced else begin
        glue = " " if spaced and tail not in ("", " ", "\t") and body < following and text[body] != ")" else ""
        cursor = stop - removed_before
        edits.append(Edit(stop, body, glue))
        removed_before += body - stop - len(glue)
        if body < following:
            tail = text[following - 1]
        stop = following
    if not edits:
        return None
    return Outcome(cursor, tuple(edits))


def _join(spaced: bool) -> NormalCommand:
    def command(moment: Moment, typed: Command) -> Outcome | None:
        return join(moment, moment.cursor, max(2, typed.count or 1), spaced=spaced)

    return command


def _put(*, behind: bool, go_behind: bool) -> NormalCommand:
    def command(moment: Moment, typed: Command) -> Outcome | None:
        register, count = moment.memory.registers.get(typed.register), typed.count or 1
        if not register.text:
            return Outcome(moment.cursor, message="that register is empty")
        if len(register.text) * count > MAX_INSERTED:
            return Outcome(moment.cursor, message=TOO_MUCH)
        if register.linewise:
            return _put_lines(moment.text, moment.cursor, register.text * count, behind, go_behind)
        at = _after_cursor(moment.text, moment.cursor) if behind else moment.cursor
        return _put_text(moment.text, at, register.text * count, "\n" in register.text, go_behind)

    return command


def _put_text(text: str, at: int, inserted: str, several_lines: bool, go_behind: bool) -> Outcome:
    edits = (Edit(at, at, inserted),)
    if go_behind:
        return Outcome(at + len(inserted), edits)
    return Outcome(at if several_lines else before(inserted, len(inserted)) + at, edits)


def _put_lines(text: str, cursor: int, inserted: str, behind: bool, go_behind: bool) -> Outcome:
    if behind:
        at = line_stop(text, cursor)
        edit, first = Edit(at, at, "\n" + inserted[:-1]), at + 1
    else:
        first = line_start(text, cursor)
        edit = Edit(first, first, inserted)
    if go_behind:
        last = behind and edit.start == len(text)
        return Outcome(first + (inserted.rfind("\n", 0, -1) + 1 if last else len(inserted)), (edit,))
    return Outcome(first + lines.first_non_blank(inserted, 0), (edit,))


def put_over(moment: Moment, span: Span, typed: Command, *, keep: bool) -> Outcome:
    """p in visual mode: a register's text in the place of what is selected, which it then holds unless `keep`."""
    text, registers, count = moment.text, moment.memory.registers, typed.count or 1
    register = registers.get(typed.register)
    if len(register.text) * count > MAX_INSERTED:
        return Outcome(moment.cursor, message=TOO_MUCH)
    if not keep:
        registers.delete("", taken(text, span), span.linewise)
    return _replaced_by(text, span, register, count)


def _replaced_by(text: str, span: Span, register: Register, count: int) -> Outcome:
    inserted = register.text * count
    if not inserted:
        return removed(text, span)
    if span.linewise:
        body = inserted[:-1] if register.linewise else inserted
        cursor = lines.first_non_blank(body, 0) if register.linewise else 0
        return Outcome(span.start + cursor, (Edit(span.start, span.stop, body),))
    if register.linewise:
        at_break = text[span.start : span.stop].endswith("\n")
        body = "\n" + (inserted[:-1] if at_break and span.stop == len(text) else inserted)
        return Outcome(span.start + 1 + lines.first_non_blank(inserted, 0), (Edit(span.start, span.stop, body),))
    cursor = 0 if "\n" in inserted else before(inserted, len(inserted))
    return Outcome(span.start + cursor, (Edit(span.start, span.stop, inserted),))


def _mark(moment: Moment, typed: Command) -> Outcome:
    moment.memory.marks[typed.argument.replace("`", "'")] = place(moment.text, moment.cursor)
    return Outcome(moment.cursor)


def place(text: str, at: int) -> tuple[int, int]:
    """A position as a mark keeps it: line and column."""
    return lines.line_number(text, at), lines.column_of(text, at)


def _ask(name: str, default: int = 1) -> NormalCommand:
    def command(moment: Moment, typed: Command) -> Outcome:
        return Outcome(
            moment.cursor,
            mode=moment.mode,
            anchor=moment.anchor,
            column=moment.column,
            ask=name,
            count=typed.count or default,
        )

    return command


COMMANDS: dict[str, NormalCommand] = {
    "i": _insert(lambda text, at: at),
    "a": _insert(_after_cursor),
    "I": _insert(_before_text),
    "A": _insert(line_stop),
    "gI": _insert(line_start),
    "o": _open_below,
    "O": _open_above,
    "R": _replace_mode,
    "r": _replace,
    "~": _swap_case,
    "J": _join(True),
    "gJ": _join(False),
    "p": _put(behind=True, go_behind=False),
    "P": _put(behind=False, go_behind=False),
    "gp": _put(behind=True, go_behind=True),
    "gP": _put(behind=False, go_behind=True),
    "m": _mark,
    "u": _ask("undo"),
    "<C-r>": _ask("redo"),
    "<C-d>": _ask("half-page-down"),
    "<C-u>": _ask("half-page-up"),
    "<C-f>": _ask("page-down"),
    "<C-b>": _ask("page-up"),
    "<C-e>": _ask("line-down"),
    "<C-y>": _ask("line-up"),
    **dict.fromkeys(("zz", "z."), _ask("centre")),
    **dict.fromkeys(("zt", "z<CR>"), _ask("top")),
    **dict.fromkeys(("zb", "z-"), _ask("bottom")),
}
REPEATABLE = frozenset(["i", "a", "I", "A", "gI", "o", "O", "R", "r", "~", "J", "gJ", "p", "P", "gp", "gP"])
"""Commands of this module that `.` repeats."""


def whole_line_span(moment: Moment, count: int) -> Span | None:
    """What a doubled operator takes: this line and those after it; None if a count finds no other line."""
    last = lines.lines_down(moment.text, moment.cursor, count - 1)
    if count > 1 and last == line_start(moment.text, moment.cursor):
        return None
    return whole_lines(moment.text, moment.cursor, max(moment.cursor, last))
