"""What a whole command does to a moment."""

from dataclasses import replace

from sparring.editing.vim import colon, lines
from sparring.editing.vim.commands import COMMANDS, join, place, put_over, replaced, whole_line_span
from sparring.editing.vim.lines import before, line_start, line_stop, on_character
from sparring.editing.vim.motions import JUMPS, MOTIONS
from sparring.editing.vim.operators import OPERATORS, span_to
from sparring.editing.vim.text_objects import TEXT_OBJECTS
from sparring.editing.vim.values import CannotError, Command, Mode, Moment, Outcome, Span, Target
from sparring.editing.vim.visual import span_of

_VISUAL_OPERATORS = {"x": "d", "s": "c", "u": "gu", "U": "gU", "~": "g~"}
_VISUAL_LINES = {"X": "d", "D": "d", "S": "c", "C": "c", "R": "c", "Y": "y"}
"""Operators that take whole lines, whatever is selected."""


def perform(moment: Moment, command: Command) -> Outcome:
    """The outcome of a command in normal mode. Raises CannotError."""
    if command.action == "move":
        return _move(moment, command)
    if command.action in ("v", "V"):
        return _begin_visual(moment, command)
    if command.action == ":":
        return colon.run(moment, command.argument)
    if command.action in OPERATORS:
        return operate(moment, command)
    outcome = COMMANDS[command.action](moment, command)
    if outcome is None:
        raise CannotError
    return outcome


def perform_visual(moment: Moment, command: Command) -> Outcome:
    """The outcome of a command in visual mode. Raises CannotError."""
    anchor, action, mode = moment.anchor, command.action, moment.mode
    assert anchor is not None, "visual mode has an anchor"
    if action == "move":
        return _move(moment, command)
    if action == "select":
        return _select(moment, command)
    if action in ("v", "V"):
        wanted = Mode.VISUAL if action == "v" else Mode.VISUAL_LINE
        return Outcome(moment.cursor, mode=Mode.NORMAL if wanted is mode else wanted, anchor=anchor)
    if action in ("o", "O"):
        return Outcome(anchor, mode=mode, anchor=moment.cursor)
    if action == ":":
        whole = command.argument if command.argument[:1] != "s" else "'<,'>" + command.argument
        return colon.run(moment, whole)
    if action == "m" or (COMMANDS.get(action) and action.startswith(("z", "<")) and action not in OPERATORS):
        outcome = COMMANDS[action](moment, command)
        assert outcome is not None, "asking and marking can always be done"
        return replace(outcome, mode=mode, anchor=anchor)
    return on_span(moment, command, selected(moment, command))


def selected(moment: Moment, command: Command) -> Span:
    """What a command of visual mode takes."""
    assert moment.anchor is not None, "visual mode has an anchor"
    mode = Mode.VISUAL_LINE if command.action in _VISUAL_LINES else moment.mode
    return span_of(moment.text, mode, moment.anchor, moment.cursor)


def on_span(moment: Moment, command: Command, span: Span) -> Outcome:
    """What a command of visual mode does to what is selected."""
    text, action = moment.text, command.action
    action = _VISUAL_OPERATORS.get(action, _VISUAL_LINES.get(action, action))
    if action in OPERATORS:
        return OPERATORS[action](moment, span, command.register, command.count or 1)
    if action in ("p", "P"):
        return put_over(moment, span, command, keep=action == "P")
    if action == "r":
        return replaced(moment, span, command.argument)
    if action in ("J", "gJ"):
        count = text.count("\n", span.start, max(span.start, span.stop - (not span.linewise))) + 1
        outcome = join(moment, span.start, max(2, count), spaced=action == "J")
        return outcome or Outcome(span.start)
    if action == "I":
        return Outcome(span.start, mode=Mode.INSERT)
    assert action == "A", "the grammar lets nothing else through"
    stop = span.stop - 1 if not span.linewise and text[span.start : span.stop].endswith("\n") else span.stop
    return Outcome(stop, mode=Mode.INSERT)


def operate(moment: Moment, command: Command) -> Outcome:
    """An operator with its motion or text object."""
    moment = replace(moment, operator=command.action)
    count, name = command.count, command.motion
    span: Span | None
    if name == "line":
        span = whole_line_span(moment, count or 1)
        if span and count is None and command.action in ("gu", "gU", "g~"):
            span = span._replace(origin=min(moment.cursor, lines.first_non_blank(moment.text, span.start)))
    elif name[0] in "ia" and name[1:] in TEXT_OBJECTS:
        span = TEXT_OBJECTS[name[1:]](moment, count or 1, name[0] == "a")
    else:
        span = span_to(moment, _target(moment, command))
    if span is None:
        raise CannotError
    return OPERATORS[command.action](moment, span, command.register, 1)


def _target(moment: Moment, command: Command) -> Target:
    target = MOTIONS[command.motion](moment, command.count, command.argument)
    if target is None or target.position < 0:
        raise CannotError(target.message if target else "")
    return target


def _move(moment: Moment, command: Command) -> Outcome:
    target = _target(moment, command)
    if command.motion in JUMPS:
        moment.memory.marks["'"] = place(moment.text, moment.cursor)
    # Only a selection reaches behind a line's last character.
    cursor = (lines.snapped if moment.is_visual else on_character)(moment.text, target.position)
    return Outcome(cursor, mode=moment.mode, anchor=moment.anchor, column=target.column, message=target.message)


def _begin_visual(moment: Moment, command: Command) -> Outcome:
    text, cursor = moment.text, moment.cursor
    mode = Mode.VISUAL if command.action == "v" else Mode.VISUAL_LINE
    if command.count and mode is Mode.VISUAL_LINE:
        cursor = lines.at_column(text, lines.lines_down(text, cursor, command.count - 1), lines.column_of(text, cursor))
    elif command.count:
        stop = line_stop(text, cursor)
        for _ in range(command.count - 1):
            if cursor >= stop:
                break
            cursor = lines.after(text, cursor)
    return Outcome(cursor, mode=mode, anchor=moment.cursor)


def _select(moment: Moment, command: Command) -> Outcome:
    """A text object in visual mode."""
    text, around = moment.text, command.motion[0] == "a"
    span = TEXT_OBJECTS[command.motion[1:]](moment, command.count or 1, around)
    if span is None or (span.start == span.stop and not span.linewise):
        raise CannotError
    if span.linewise and command.motion[1:] == "p":
        return Outcome(line_start(text, span.stop), mode=Mode.VISUAL_LINE, anchor=span.start)
    if moment.anchor is not None and moment.anchor > moment.cursor and command.motion[1:] in "wW":
        return Outcome(span.start, mode=moment.mode, anchor=moment.anchor)
    stop = span.stop + 1 if span.linewise else span.stop
    return Outcome(before(text, min(stop, len(text))), mode=Mode.VISUAL, anchor=span.start)
