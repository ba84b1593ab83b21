"""Which part of an editor is painted again after an edit: its lines; what is below them is moved, not painted.

Qt joins an edit and the new formats of its line into one change that seems to reach over the line's end, and for such
a change QPlainTextDocumentLayout asks for the whole view: more than a millisecond at every key.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker
from PySide6.QtGui import QTextBlock

from sparring.editing import Edit
from sparring.ui.editor.highlighter import Highlighter

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor


@contextmanager
def only_what_changes(
    editor: "CodeEditor", highlighter: Highlighter, before: str, edits: Sequence[Edit], places: Sequence[int]
) -> Iterator[None]:
    """Around the edits of a document that shows `before`; `places` are their starts and stops as Qt counts them."""
    if not edits or not editor.isVisible() or editor.lineWrapMode() is not editor.LineWrapMode.NoWrap:
        yield
        return
    document, layout = editor.document(), editor.document().documentLayout()
    first, last = document.findBlock(places[0]), document.findBlock(places[-1])
    grown = sum(edit.inserted.count("\n") - before.count("\n", edit.start, edit.stop) for edit in edits)
    has_line_ends = any("\n" in edit.inserted or "\n" in before[edit.start : edit.stop] for edit in edits)
    in_view = editor.lines_in_view
    top = in_view.start
    if (has_line_ends and len(edits) > 1) or first.blockNumber() < top:
        # Where the lines go is not told easily; Qt paints everything.
        yield
        return
    number, offset, viewport = first.blockNumber(), editor.contentOffset(), editor.viewport()
    size = layout.documentSize()
    is_in_view = last.blockNumber() in in_view
    # Asked for once, and not at all out of view: Qt goes from the top of the view to the line each time.
    y = editor.blockBoundingGeometry(first).top() + offset.y() if number in in_view else 0.0
    old_bottom = y + _height(editor, first, last.blockNumber() + 1 - number) if is_in_view else 0.0
    stop = last.blockNumber() + 1 + grown
    highlighter.touched = range(0)
    with QSignalBlocker(layout):
        yield
    if is_in_view:
        # Also where no lines come or go: a character from another font can make its line taller.
        new_bottom = y + _height(editor, document.findBlockByNumber(number), stop - number)
        _move_below(editor, round(old_bottom), round(new_bottom))
    coloured = highlighter.touched or range(stop)
    # What came from out of view after lines that reached down there has no picture to move.
    below = stop if is_in_view or not grown else in_view.stop
    begin, end = min(number, max(top, coloured.start)), min(in_view.stop, max(below, coloured.stop))
    if begin < end:
        # All at once: Qt's signal for one block finds out where that is from the top of the view down, too.
        block = document.findBlockByNumber(begin)
        if begin != number:
            y = editor.blockBoundingGeometry(block).top() + offset.y()
        height = _height(editor, block, end - begin)
        viewport.update(QRectF(0, y - 1, viewport.width(), height + 2).toAlignedRect())
    now = layout.documentSize()
    if now != size:
        layout.documentSizeChanged.emit(now)
    if editor.firstVisibleBlock().blockNumber() != top:
        # Lines went at the end of the document, and the view with them: it moved its picture before ours was painted.
        editor.viewport().update()
    elif now.width() != size.width():
        # Qt leaves the margin at the right of the longest line empty; in a wider text that is elsewhere now.
        old_edge, edge = _right_edge(editor, size.width(), offset), _right_edge(editor, now.width(), offset)
        if old_edge != edge and min(old_edge, edge) < viewport.width():
            viewport.update(min(old_edge, edge), 0, viewport.width(), viewport.height())


def _height(editor: "CodeEditor", block: QTextBlock, lines: int) -> float:
    """Of so many lines from this one on; of no more than fill the view, since Qt lays out what it is asked about."""
    height, enough = 0.0, editor.viewport().height()
    while lines > 0 and block.isValid() and height <= enough:
        height += editor.blockBoundingRect(block).height()
        block, lines = block.next(), lines - 1
    return height


def _right_edge(editor: "CodeEditor", width: float, offset: QPointF) -> int:
    """Up to where `QPlainTextEdit.paintEvent` paints in a document of this width."""
    margin = editor.document().documentMargin() - editor.cursorWidth()
    return int(offset.x() + max(editor.viewport().width(), width) - margin)


def _move_below(editor: "CodeEditor", old: int, new: int) -> None:
    """The picture of what was below `old` is below `new` from now on."""
    viewport = editor.viewport()
    upper = min(old, new)
    if old != new and upper < viewport.height():
        viewport.scroll(0, new - old, QRect(0, upper, viewport.width(), viewport.height() - upper))
