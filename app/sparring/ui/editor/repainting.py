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
    top = editor.firstVisibleBlock().blockNumber()
    if (has_line_ends and len(edits) > 1) or first.blockNumber() < top:
        # Where the lines go is not told easily; Qt paints everything.
        yield
        return
    offset = editor.contentOffset()
    size = layout.documentSize()
    in_view = top + editor.viewport().height() // max(1, editor.fontMetrics().lineSpacing()) + 1
    # Also where no lines come or go: a character from another font can make its line taller.
    old_bottom = round(_area(editor, last, offset).bottom()) if last.blockNumber() <= in_view else None
    stop = last.blockNumber() + 1 + grown
    highlighter.touched = range(0)
    with QSignalBlocker(layout):
        yield
    if old_bottom is not None:
        new_bottom = _area(editor, document.findBlockByNumber(stop - 1), offset).bottom()
        _move_below(editor, old_bottom, round(new_bottom))
    coloured = highlighter.touched or range(stop)
    begin, end = min(first.blockNumber(), max(top, coloured.start)), min(in_view + 1, max(stop, coloured.stop))
    if begin < end:
        # All at once: Qt's signal for one block finds out where that is from the top of the view down.
        band = _area(editor, document.findBlockByNumber(begin), offset)
        if end - begin > 1:
            band |= _area(editor, document.findBlockByNumber(min(end, editor.blockCount()) - 1), offset)
        band = band.adjusted(0, -1, 0, 1)
        editor.viewport().update(QRectF(0, band.top(), editor.viewport().width(), band.height()).toAlignedRect())
    now = layout.documentSize()
    if now != size:
        layout.documentSizeChanged.emit(now)
    if editor.firstVisibleBlock().blockNumber() != top:
        # Lines went at the end of the document, and the view with them: it moved its picture before ours was painted.
        editor.viewport().update()
    else:
        # Qt leaves the margin at the right of the longest line empty; in a wider text that is elsewhere now.
        viewport, old_edge, edge = editor.viewport(), *(_right_edge(editor, one.width(), offset) for one in (size, now))
        if old_edge != edge and min(old_edge, edge) < viewport.width():
            viewport.update(min(old_edge, edge), 0, viewport.width(), viewport.height())


def _area(editor: "CodeEditor", block: QTextBlock, offset: QPointF) -> QRectF:
    return editor.blockBoundingGeometry(block).translated(offset)


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
