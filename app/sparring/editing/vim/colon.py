"""The command line: a line's number, substitution, and the few words that fingers type."""

import re

import regex

from sparring.editing.model import Edit, apply_edits
from sparring.editing.search import SEARCH_SECONDS
from sparring.editing.vim import lines
from sparring.editing.vim.search import TOO_SLOW, PatternError, compiled
from sparring.editing.vim.values import MAX_INSERTED, Moment, Outcome

SAVED = "Everything is saved as you type."
_LINE = r"(?:\d+|\.|\$|'[a-z<>])(?:[+-]\d+)?"
_COMMAND = re.compile(rf"\s*(?:(%)|({_LINE})(?:\s*,\s*({_LINE}))?)?\s*(.*)", re.DOTALL)
_SAVING = frozenset(["w", "wa", "write", "x", "wq", "wqa", "xa", "up", "update"])


def run(moment: Moment, line: str) -> Outcome:
    """Do what was typed after the colon."""
    match = _COMMAND.fullmatch(line)
    assert match is not None, "the expression takes any line"
    everything, first, last, word = match.groups()
    text, cursor = moment.text, moment.cursor
    count = lines.line_count(text)
    if everything:
        begin, end = 0, count - 1
    else:
        here = _line(moment, first or ".", count)
        there = here if last is None else _line(moment, last, count)
        if here is None or there is None:
            return Outcome(cursor, message="no such mark")
        begin, end = min(here, there), max(here, there)
    if not word:
        if not (first or everything):
            return Outcome(cursor)
        return Outcome(lines.first_non_blank(text, lines.start_of_line(text, end)))
    if word.rstrip("!") in _SAVING:
        return Outcome(cursor, message=SAVED)
    if word in ("noh", "nohl", "nohlsearch"):
        moment.memory.highlighted = False
        return Outcome(cursor)
    if len(word) > 1 and word[0] == "s" and not (word[1].isalnum() or word[1] in ' \\"|'):
        return _substitute(moment, word[1:], begin, end)
    return Outcome(cursor, message=f"not a command here: {word}")


def _line(moment: Moment, address: str, count: int) -> int | None:
    """The number of a line, from 0, that an address names."""
    match = re.fullmatch(r"(\d+|.|'.)([+-]\d+)?", address)
    assert match is not None, "the command's expression lets nothing else through"
    name, offset = match[1], int(match[2] or 0)
    if name == ".":
        number = lines.line_number(moment.text, moment.cursor)
    elif name == "$":
        number = count - 1
    elif name.startswith("'"):
        place = moment.memory.marks.get(name[1])
        if place is None:
            return None
        number = place[0]
    else:
        number = int(name[:9]) - 1
    return max(0, min(count - 1, number + offset))


def _parts(typed: str) -> tuple[str, str, str]:
    """Pattern, replacement and flags, between separators that a backslash can escape."""
    separator = typed[0]
    parts = re.split(rf"(?<!\\){re.escape(separator)}", typed[1:], maxsplit=2)
    pattern, replacement, flags = [*parts, "", "", ""][:3]
    return pattern.replace("\\" + separator, separator), replacement.replace("\\" + separator, separator), flags


def _substitute(moment: Moment, typed: str, begin: int, end: int) -> Outcome:
    text, cursor, memory = moment.text, moment.cursor, moment.memory
    pattern_text, replacement, flags = _parts(typed)
    memory.pattern = pattern_text or memory.pattern
    if not memory.pattern or flags.strip("gi"):
        return Outcome(cursor, message=f"not a command here: s{typed}")
    start = lines.start_of_line(text, begin)
    stop = lines.line_stop(text, lines.lines_down(text, start, end - begin))
    edits: list[Edit] = []
    try:
        pattern = compiled(memory.pattern, regex.IGNORECASE if "i" in flags else 0)
        for match in pattern.finditer(text, start, stop, timeout=SEARCH_SECONDS):
            if "g" in flags or not edits or "\n" in text[edits[-1].stop : match.start()]:
                edits.append(Edit(match.start(), match.end(), match.expand(replacement)))
    except PatternError as error:
        return Outcome(cursor, message=str(error))
    except TimeoutError:
        return Outcome(cursor, message=TOO_SLOW)
    except (regex.error, IndexError) as error:
        return Outcome(cursor, message=f"not a replacement: {error}")
    if not edits:
        return Outcome(cursor, message=f"pattern not found: {memory.pattern}")
    if sum(len(edit.inserted) for edit in edits) > MAX_INSERTED:
        return Outcome(cursor, message="that would be too much text")
    grown = sum(len(edit.inserted) - (edit.stop - edit.start) for edit in edits[:-1])
    after = apply_edits(text, edits)
    kept = tuple(edit for edit in edits if text[edit.start : edit.stop] != edit.inserted)
    message = f"{len(edits)} places changed" if len(edits) > 1 else ""
    return Outcome(lines.first_non_blank(after, edits[-1].start + grown), kept, message=message)
