"""What is done to whole lines: indentation, comments, moving, duplicating, deleting."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

from sparring.editing.characters import Collector, line_end, line_start
from sparring.editing.languages import Language
from sparring.editing.model import Change, Edit, Selection, Shifter, merged


def _ranges(text: str, selections: Sequence[Selection]) -> list[tuple[int, int]]:
    """The ranges of whole lines (start, end before the last "\\n") that selections touch, joined where they meet."""
    found: list[tuple[int, int]] = []
    for one in sorted(selections, key=lambda each: each.start):
        start, stop = line_start(text, one.start), one.stop
        if not one.is_empty and stop > start and text[stop - 1 : stop] == "\n" and stop > one.start:
            # A selection that ends before a line's first character does not mean that line.
            stop -= 1
        end = line_end(text, max(start, stop))
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _lines(text: str, selections: Sequence[Selection]) -> Iterator[tuple[int, str]]:
    """(start, line) of each line that selections touch."""
    for start, end in _ranges(text, selections):
        position = start
        for line in text[start:end].split("\n"):
            yield position, line
            position += len(line) + 1


def _keep(edits: list[Edit], selections: Sequence[Selection]) -> Change:
    moved = Shifter(edits)
    return Change(
        tuple(edits),
        merged(
            Selection(moved(one.anchor, after_insertion=True), moved(one.head, after_insertion=True))
            for one in selections
        ),
    )


def indent(text: str, selections: Sequence[Selection], language: Language) -> Change:
    """Every selected line one step in. Empty lines stay empty."""
    return _keep([Edit(start, start, language.indent) for start, line in _lines(text, selections) if line], selections)


def unindent(text: str, selections: Sequence[Selection], language: Language) -> Change:
    """Every selected line one step out, as far as there is something to take."""
    edits = []
    for start, line in _lines(text, selections):
        if line.startswith("\t"):
            edits.append(Edit(start, start + 1, ""))
        elif width := min(len(line) - len(line.lstrip(" ")), len(language.indent.expandtabs(4))):
            edits.append(Edit(start, start + width, ""))
    return _keep(edits, selections)


def tab(text: str, selections: Sequence[Selection], language: Language) -> Change:
    """Tab: lines go in when several are selected, else the cursor goes to the next stop."""
    if any("\n" in text[one.start : one.stop] for one in selections):
        return indent(text, selections, language)
    collector = Collector()
    for one in selections:
        width = len(language.indent)
        column = one.start - line_start(text, one.start)
        inserted = language.indent if language.indent == "\t" else " " * (width - column % width)
        collector.edit(one.start, one.stop, inserted)
        collector.cursor(one.stop)
    return collector.change()


def toggle_comment(text: str, selections: Sequence[Selection], language: Language) -> Change:
    """Make the selected lines comments, or code again if all of them are; the marks stand in one column."""
    mark = language.comment
    lines = [(start, line) for start, line in _lines(text, selections) if line.strip()]
    if not mark or not lines:
        return Change((), tuple(selections))
    depths = [len(line) - len(line.lstrip()) for _, line in lines]
    edits = []
    if all(line.lstrip().startswith(mark) for _, line in lines):
        for (start, line), depth in zip(lines, depths, strict=True):
            begin = start + depth
            after = line[depth + len(mark) :]
            edits.append(Edit(begin, begin + len(mark) + after.startswith(" "), ""))
    else:
        edits = [Edit(start + min(depths), start + min(depths), mark + " ") for start, _ in lines]
    return _keep(edits, selections)


def move_lines(text: str, selections: Sequence[Selection], by: Literal[-1, 1]) -> Change:
    """The selected lines one line up or down. The neighbour moves, so that a partner's edits in them survive."""
    edits: list[Edit] = []
    moves: list[tuple[int, int, int]] = []
    for start, end in _ranges(text, selections):
        if by < 0:
            if not start:
                continue
            above = line_start(text, start - 1)
            neighbour = text[above : start - 1]
            edits += [Edit(above, start, ""), Edit(end, end, "\n" + neighbour)]
            moves.append((start, end, -(start - above)))
        else:
            if end == len(text):
                continue
            below = line_end(text, end + 1)
            neighbour = text[end + 1 : below]
            edits += [Edit(start, start, neighbour + "\n"), Edit(end, below, "")]
            moves.append((start, end, len(neighbour) + 1))
    edits.sort()
    if any(first.stop > second.start for first, second in itertools.pairwise(edits)):
        # Two groups with one line between them: their moves would cross.
        return Change((), tuple(selections))

    def place(position: int) -> int:
        return next((position + far for start, end, far in moves if start <= position <= end + 1), position)

    size = len(text)
    return Change(
        tuple(edits), merged(Selection(min(size, place(one.anchor)), min(size, place(one.head))) for one in selections)
    )


def duplicate_lines(text: str, selections: Sequence[Selection]) -> Change:
    """A copy of the selected lines below them, and the selection on the copy."""
    edits: list[Edit] = []
    for start, end in _ranges(text, selections):
        edits.append(Edit(start, start, text[start:end] + "\n"))
    return _keep(edits, selections)


def delete_lines(text: str, selections: Sequence[Selection]) -> Change:
    """Take the selected lines away."""
    collector = Collector()
    for start, end in _ranges(text, selections):
        if end < len(text):
            collector.edit(start, end + 1, "")
        else:
            collector.edit(max(0, start - 1), end, "")
        collector.cursor(start)
    return collector.change()
