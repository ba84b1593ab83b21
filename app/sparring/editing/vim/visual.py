"""How a selection says what visual mode has taken.

The selection covers exactly what an operator would take: from the first character up to and including the last. So the
character under the cursor is the one before the head if the head is behind, and the one after it if it is in front.
Of whole lines it covers all, with the last line's break where there is one.
"""

from sparring.editing.model import Selection
from sparring.editing.vim.lines import after, before, line_start, line_stop, lines_down, snapped
from sparring.editing.vim.operators import whole_lines
from sparring.editing.vim.values import Mode, Shape, Span


def encode(text: str, mode: Mode, anchor: int, cursor: int) -> Selection:
    """The selection to show for an anchor and a cursor that both stand on characters."""
    first, last = min(anchor, cursor), max(anchor, cursor)
    if mode is Mode.VISUAL_LINE:
        start, stop = line_start(text, first), min(len(text), line_stop(text, last) + 1)
    else:
        start, stop = first, after(text, last)
    return Selection(start, stop) if cursor >= anchor else Selection(stop, start)


def decode(text: str, selection: Selection) -> tuple[int, int]:
    """The characters at both ends of a selection: (anchor, cursor)."""
    anchor, head = snapped(text, selection.anchor), snapped(text, selection.head)
    if head > anchor:
        return anchor, before(text, head)
    return (before(text, anchor), head) if anchor > head else (anchor, head)


def span_of(text: str, mode: Mode, anchor: int, cursor: int) -> Span:
    """What an operator takes."""
    first, last = min(anchor, cursor), max(anchor, cursor)
    if mode is Mode.VISUAL_LINE:
        # Upwards the cursor stays in its column, downwards it goes to the first line's beginning.
        span = whole_lines(text, first, last)
        return span if cursor < anchor else span._replace(origin=span.start)
    return Span(first, after(text, last))


def shape_of(text: str, span: Span) -> Shape:
    """How much that was."""
    breaks = text.count("\n", span.start, max(span.start, span.stop - (not span.linewise)))
    begin = max(span.start, line_start(text, max(span.start, span.stop - 1)))
    characters, at = 0, begin
    while at < span.stop and not span.linewise:
        characters, at = characters + 1, after(text, at)
    return Shape(span.linewise, breaks + 1, characters)


def spanned(text: str, cursor: int, shape: Shape) -> Span:
    """As much from here on."""
    last = lines_down(text, cursor, shape.lines - 1) if shape.lines > 1 else cursor
    if shape.linewise:
        return whole_lines(text, cursor, max(cursor, last))
    stop = line_stop(text, last)
    for _ in range(shape.characters):
        if last >= stop:
            break
        last = after(text, last)
    return Span(cursor, max(cursor, last))
