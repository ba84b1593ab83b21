"""What typing does: characters with their closing partners, new lines with their indentation, deletions."""

from collections.abc import Callable, Sequence

import regex

from sparring.editing.languages import CLOSING, OPENING, Language
from sparring.editing.model import Change, Edit, Selection, Shifter, merged

_CLUSTER = regex.compile(r"\X")
_WORD_BEFORE = regex.compile(r"(?:\w+|[^\w\s]+)\s*\Z|\s+\Z")
_WORD_AFTER = regex.compile(r"\s*(?:\w+|[^\w\s]+)|\s+")
REACH = 4_096
"""Characters looked at around a cursor: enough for any line that a person wrote."""

Place = tuple[int, bool, int]
"""A position of the text before, whether it goes behind what is inserted there, and how far on from there."""


class Collector:
    """Gathers the edits of several selections into one change, whatever their order."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []
        self._places: list[tuple[Place, Place]] = []

    def edit(self, start: int, stop: int, inserted: str) -> None:
        if start < stop or inserted:
            self._edits.append(Edit(start, stop, inserted))

    def cursor(self, position: int, *, after: bool = True, on: int = 0) -> None:
        """The next selection is a bare cursor."""
        self._places.append(((position, after, on), (position, after, on)))

    def selection(self, anchor: Place, head: Place) -> None:
        """The next selection, in terms of the text before."""
        self._places.append((anchor, head))

    def change(self) -> Change:
        edits: list[Edit] = []
        for edit in sorted(self._edits, key=lambda one: (one.start, one.stop)):
            # Two cursors can want the same: it happens once.
            if edits and (edit.start < edits[-1].stop or edit == edits[-1]):
                last = edits[-1]
                edits[-1] = Edit(last.start, max(last.stop, edit.stop), last.inserted)
            else:
                edits.append(edit)
        moved = Shifter(edits)
        ends = (
            tuple(moved(position, after_insertion=after) + on for position, after, on in pair) for pair in self._places
        )
        return Change(tuple(edits), merged(Selection(anchor, head) for anchor, head in ends))


def line_start(text: str, position: int) -> int:
    """Where the line with this position begins."""
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """Where the line with this position ends, before its "\\n"."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def insert(selections: Sequence[Selection], inserted: str | Sequence[str]) -> Change:
    """Put text in place of every selection: the same everywhere, or one piece for each."""
    collector = Collector()
    if isinstance(inserted, str):
        pairs = [(selection, inserted) for selection in selections]
    else:
        pairs = list(zip(sorted(selections, key=lambda one: one.start), inserted, strict=True))
    for selection, piece in pairs:
        collector.edit(selection.start, selection.stop, piece)
        collector.cursor(selection.stop)
    return collector.change()


def paste(selections: Sequence[Selection], pasted: str) -> Change:
    """Paste; as many lines as there are cursors go one to each."""
    lines = pasted.removesuffix("\n").split("\n")
    if len(selections) > 1 and len(lines) == len(selections):
        return insert(selections, lines)
    return insert(selections, pasted)


def type_character(
    text: str, selections: Sequence[Selection], character: str, language: Language, *, auto_close: bool
) -> Change:
    """One printable character at every selection."""
    collector = Collector()
    for one in selections:
        start, stop = one.start, one.stop
        closing = OPENING.get(character) or (character if character in language.quotes else "")
        if not one.is_empty:
            if auto_close and closing:
                # Around the selection, which stays selected.
                collector.edit(start, start, character)
                collector.edit(stop, stop, closing)
                ends = ((start, True, 0), (stop, False, 0))
                collector.selection(*(ends if one.anchor <= one.head else ends[::-1]))
                continue
        elif auto_close and _overtypes(text, start, character, language):
            collector.cursor(start, on=1)
            continue
        elif auto_close and closing and _wants_closing(text, start, character, language):
            collector.edit(start, start, character + closing)
            collector.cursor(start, on=-1)
            continue
        elif character in CLOSING and language.dedents.match(text[line_start(text, start) : start] + character):
            begin = line_start(text, start)
            collector.edit(begin, start, _closing_indent(text, start, character, language) + character)
            collector.cursor(start)
            continue
        collector.edit(start, stop, character)
        collector.cursor(stop)
    return collector.change()


def _overtypes(text: str, position: int, character: str, language: Language) -> bool:
    """Whether the character is there already, and typing it means to step over it."""
    if text[position : position + 1] != character:
        return False
    line = text[max(line_start(text, position), position - REACH) : min(line_end(text, position), position + REACH)]
    if character in CLOSING:
        return line.count(CLOSING[character]) <= line.count(character)
    return character in language.quotes and line.count(character) % 2 == 0


def _wants_closing(text: str, position: int, character: str, language: Language) -> bool:
    after = text[position : position + 1]
    if after and not after.isspace() and after not in ")]},;:":
        return False
    if character in OPENING:
        return True
    before = text[max(line_start(text, position), position - REACH) : position]
    # Inside a word or a string a quote stands for itself.
    return not (before and (before[-1].isalnum() or before[-1] in "_" + language.quotes)) and (
        before.count(character) % 2 == 0
    )


def _closing_indent(text: str, position: int, character: str, language: Language) -> str:
    """The indentation of the line that the closing bracket belongs to."""
    depth = 0
    for index in range(position - 1, max(-1, position - REACH), -1):
        if text[index] == character:
            depth += 1
        elif text[index] == CLOSING[character]:
            if not depth:
                return indent_of(text, index)
            depth -= 1
    here = text[line_start(text, position) : position]
    return here.removesuffix(language.indent)


def indent_of(text: str, position: int) -> str:
    """The white space at the beginning of a position's line."""
    begin = line_start(text, position)
    end = begin
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[begin:end]


def new_line(text: str, selections: Sequence[Selection], language: Language) -> Change:
    """Enter: the next line keeps the indentation, one step in after what opens a block, one out after what ends it."""
    collector = Collector()
    for one in selections:
        before = text[line_start(text, one.start) : one.start]
        indent = before[: len(before) - len(before.lstrip(" \t"))]
        opened = before.rstrip()[-1:]
        if language.opens.search(before):
            inner = "\n" + indent + language.indent
            if opened in OPENING and text[one.stop : one.stop + 1] == OPENING[opened]:
                tail = "\n" + indent
                collector.edit(one.start, one.stop, inner + tail)
                collector.cursor(one.stop, on=-len(tail))
                continue
            inserted = inner
        elif language.closes is not None and language.closes.match(before):
            inserted = "\n" + indent.removesuffix(language.indent)
        else:
            inserted = "\n" + indent
        # White space behind the cursor would add to the indentation.
        stop = one.stop
        while text[stop : stop + 1] in (" ", "\t"):
            stop += 1
        collector.edit(one.start, stop if before.strip() else one.stop, inserted)
        collector.cursor(stop if before.strip() else one.stop)
    return collector.change()


def previous_cluster(text: str, position: int) -> int:
    """Where the character (as a person sees it) before a position begins: an emoji family is one."""
    window = max(0, position - 64)
    last = window
    for match in _CLUSTER.finditer(text, window, position):
        last = match.start()
    return last if position else 0


def next_cluster(text: str, position: int) -> int:
    """Where the character (as a person sees it) at a position ends."""
    match = _CLUSTER.match(text, position, min(len(text), position + 64))
    return match.end() if match else position


def backspace(text: str, selections: Sequence[Selection], language: Language, *, auto_close: bool) -> Change:
    """Delete to the left: a whole step in an indentation, both of an empty pair, else one character."""
    collector = Collector()
    for one in selections:
        start, stop = one.start, one.stop
        if one.is_empty and start:
            before = text[line_start(text, start) : start]
            previous = text[start - 1]
            closing = OPENING.get(previous) or (previous if previous in language.quotes else "")
            if before and not before.strip(" ") and language.indent.strip(" ") == "":
                width = len(language.indent)
                start -= (len(before) - 1) % width + 1
            elif auto_close and closing and text[stop : stop + 1] == closing:
                start, stop = start - 1, stop + 1
            else:
                start = previous_cluster(text, start)
        collector.edit(start, stop, "")
        collector.cursor(start)
    return collector.change()


def delete(text: str, selections: Sequence[Selection]) -> Change:
    """Delete to the right."""
    return _delete_to(selections, lambda one: (one.start, next_cluster(text, one.stop)))


def delete_word_before(text: str, selections: Sequence[Selection]) -> Change:
    """Delete to the beginning of the word."""

    def reach(one: Selection) -> tuple[int, int]:
        match = _WORD_BEFORE.search(text[max(0, one.start - REACH) : one.start])
        return one.start - (len(match.group()) if match else 0), one.stop

    return _delete_to(selections, reach)


def delete_word_after(text: str, selections: Sequence[Selection]) -> Change:
    """Delete to the end of the word."""

    def reach(one: Selection) -> tuple[int, int]:
        match = _WORD_AFTER.match(text, one.stop)
        return one.start, match.end() if match else one.stop

    return _delete_to(selections, reach)


def _delete_to(selections: Sequence[Selection], reach: Callable[[Selection], tuple[int, int]]) -> Change:
    collector = Collector()
    for one in selections:
        start, stop = reach(one) if one.is_empty else (one.start, one.stop)
        collector.edit(start, stop, "")
        collector.cursor(start)
    return collector.change()


def cut_lines(text: str, selections: Sequence[Selection]) -> tuple[str, Change]:
    """What is selected and the change that takes it away; without a selection the whole line."""
    taken: list[str] = []
    collector = Collector()
    for one in sorted(selections, key=lambda each: each.start):
        start, stop = one.start, one.stop
        if one.is_empty:
            start, stop = line_start(text, start), min(len(text), line_end(text, start) + 1)
        taken.append(text[start:stop])
        collector.edit(start, stop, "")
        collector.cursor(start)
    return "\n".join(piece.removesuffix("\n") for piece in taken) if len(taken) > 1 else taken[0], collector.change()
