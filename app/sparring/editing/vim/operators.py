"""Operators: what d c y > < gu gU g~ gc do to a span, and which span a motion gives them."""

from collections.abc import Callable, Sequence

from sparring.editing.model import Edit, apply_edits
from sparring.editing.vim import lines
from sparring.editing.vim.lines import after, line_start, line_stop
from sparring.editing.vim.values import Kind, Mode, Moment, Outcome, Span, Target

Operator = Callable[[Moment, Span, str, int], Outcome]
"""From a moment, a span, a register's name and how often (for > and < in visual mode)."""


def span_to(moment: Moment, target: Target) -> Span:
    """What lies between the cursor and a motion's goal, by Vim's rules (`:help exclusive`)."""
    text = moment.text
    start, stop = min(moment.cursor, target.position), max(moment.cursor, target.position)
    if target.kind is Kind.LINEWISE:
        return whole_lines(text, start, stop)
    if target.kind is Kind.INCLUSIVE:
        return Span(start, stop if lines.at_line_end(text, stop) else after(text, stop))
    if start < stop and text[stop - 1] == "\n":
        # An exclusive motion to a line's beginning stays in the line before; from an indentation it takes whole lines.
        if lines.is_in_indent(text, start):
            return whole_lines(text, start, stop - 1)
        return Span(start, stop - 1)
    return Span(start, stop)


def whole_lines(text: str, start: int, stop: int) -> Span:
    """The lines from one position to another."""
    return Span(line_start(text, start), line_stop(text, stop), linewise=True, origin=start)


def taken(text: str, span: Span) -> str:
    """The span's text as a register holds it."""
    return text[span.start : span.stop] + ("\n" if span.linewise else "")


def delete(moment: Moment, span: Span, register: str, _times: int) -> Outcome:
    text = moment.text
    several_lines = not span.linewise and not moment.is_visual and "\n" in text[span.start : span.stop]
    rest = text[span.stop : line_stop(text, span.stop)]
    if several_lines and lines.is_in_indent(text, span.start) and not rest.strip(" \t"):
        # What begins in an indentation and goes to a line's end takes whole lines (`:help d-special`).
        span = whole_lines(text, span.start, span.stop)
    if span.start == span.stop and not span.linewise:
        return Outcome(span.start)
    moment.memory.registers.delete(register, taken(text, span), span.linewise)
    return removed(text, span)


def removed(text: str, span: Span) -> Outcome:
    """The text without the span, and without the line break of whole lines."""
    start, stop = span.start, span.stop
    if not span.linewise:
        return Outcome(start, (Edit(start, stop, ""),))
    if stop < len(text):
        rest = lines.first_non_blank(text, stop + 1) - (stop + 1) + start
        return Outcome(rest, (Edit(start, stop + 1, ""),))
    if start:
        return Outcome(lines.first_non_blank(text, start - 1), (Edit(start - 1, stop, ""),))
    return Outcome(0, _edits(Edit(0, stop, "")))


def change(moment: Moment, span: Span, register: str, _times: int) -> Outcome:
    text, start = moment.text, span.start
    if span.linewise:
        moment.memory.registers.delete(register, taken(text, span), True)
        start += len(lines.indent_of(text, start))
        return Outcome(start, _edits(Edit(start, span.stop, "")), Mode.INSERT, indented=True)
    if start < span.stop:
        moment.memory.registers.delete(register, text[start : span.stop], False)
    return Outcome(start, _edits(Edit(start, span.stop, "")), Mode.INSERT)


def yank(moment: Moment, span: Span, register: str, _times: int) -> Outcome:
    if span.start < span.stop or span.linewise:
        moment.memory.registers.yank(register, taken(moment.text, span), span.linewise)
    return Outcome(span.cursor)


def _lower(character: str) -> str:
    return character.lower() if len(character.lower()) == 1 else character


def _upper(character: str) -> str:
    return character.upper() if len(character.upper()) == 1 else character


def swapped(character: str) -> str:
    """The character in the other case, as one code point."""
    return _lower(character) if character != _lower(character) else _upper(character)


def _cased(of: Callable[[str], str]) -> Operator:
    def operator(moment: Moment, span: Span, _register: str, _times: int) -> Outcome:
        old = moment.text[span.start : span.stop]
        new = "".join(map(of, old))
        return Outcome(span.cursor, (Edit(span.start, span.stop, new),) if new != old else ())

    return operator


def _starts(text: str, span: Span) -> list[int]:
    """Where the span's lines begin."""
    start = line_start(text, span.start)
    starts = [start]
    # A span of characters that ends with a line break does not touch the next line.
    stop = span.stop if span.linewise or span.stop == span.start else span.stop - 1
    while (start := text.find("\n", start, stop) + 1) > 0:
        starts.append(start)
    return starts


def _first_word(text: str, span: Span, edits: Sequence[Edit]) -> int:
    """Where the span's first line has its first character that is no blank, after the edits."""
    start = line_start(text, span.start)
    stop = line_stop(text, start)
    here = [Edit(edit.start - start, edit.stop - start, edit.inserted) for edit in edits if edit.stop <= stop]
    return start + lines.first_non_blank(apply_edits(text[start:stop], here), 0)


def _each_line(line_edit: Callable[[Moment, int, int], Edit | None]) -> Operator:
    def operator(moment: Moment, span: Span, _register: str, times: int) -> Outcome:
        text = moment.text
        edits = tuple(edit for start in _starts(text, span) if (edit := line_edit(moment, start, times)))
        return Outcome(_first_word(text, span, edits), edits)

    return operator


def _shifted_right(moment: Moment, start: int, times: int) -> Edit | None:
    if lines.at_line_end(moment.text, start):
        return None
    return Edit(start, start, moment.language.indent * times)


def _shifted_left(moment: Moment, start: int, times: int) -> Edit | None:
    indent = lines.indent_of(moment.text, start)
    unit = lines.TAB if moment.language.indent == "\t" else len(moment.language.indent)
    at = width = 0
    while at < len(indent) and width < unit * times:
        width += unit - width % unit if indent[at] == "\t" else 1
        at += 1
    return Edit(start, start + at, "") if at else None


def toggle_comment(moment: Moment, span: Span, _register: str, _times: int) -> Outcome:
    """Make the lines comments, at their common indentation, or code again if all of them are comments."""
    text, sign = moment.text, moment.language.comment
    starts = [start for start in _starts(text, span) if not lines.is_blank_line(text, start)]
    if not sign:
        return Outcome(span.cursor, message="this language has no line comments")
    bodies = [start + len(lines.indent_of(text, start)) for start in starts]
    if all(text.startswith(sign, body) for body in bodies):
        edits = tuple(Edit(body, body + len(sign) + text.startswith(" ", body + len(sign)), "") for body in bodies)
    else:
        column = min(body - start for body, start in zip(bodies, starts, strict=True))
        edits = tuple(Edit(start + column, start + column, sign + " ") for start in starts)
    return Outcome(_first_word(text, span, edits), edits)


def _edits(edit: Edit) -> tuple[Edit, ...]:
    return () if edit.start == edit.stop and not edit.inserted else (edit,)


OPERATORS: dict[str, Operator] = {
    "d": delete,
    "c": change,
    "y": yank,
    ">": _each_line(_shifted_right),
    "<": _each_line(_shifted_left),
    "gu": _cased(_lower),
    "gU": _cased(_upper),
    "g~": _cased(swapped),
    "gc": toggle_comment,
}
