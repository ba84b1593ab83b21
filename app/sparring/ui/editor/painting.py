"""What is painted over and below the code: marks, cursors that are not Qt's own."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from sparring.editing import Selection
from sparring.editing.languages import CLOSING, OPENING
from sparring.ui.theme import Theme

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor

BRACKET_REACH = 20_000
"""Characters to look through for the other bracket."""
BRACKET_STEP = 512
"""So many at once on the way back: it is near, mostly."""
MAX_MARKS = 500
"""Matches that are marked at once; more are found, and only counted."""


@dataclass(frozen=True)
class RemoteCursor:
    """Somebody else's cursor and selection, in code points."""

    selection: Selection
    name: str


class Marks:
    """Builds the extra selections of an editor: brackets, matches, cursors, differences; and knows the current line."""

    def __init__(self, editor: "CodeEditor") -> None:
        self._editor = editor
        self.remote: RemoteCursor | None = None
        self.matches: tuple[Selection, ...] = ()
        self.lines: dict[int, str] = {}
        """Line numbers from 0 whose background says something: "added", "removed" or "changed"."""
        self.lit: int | None = None
        """The line that is pointed at."""
        self._shown: Theme | None = None
        self._bands_shown: tuple[object, ...] = ()
        self._row_shown = QTextCursor()
        """Goes with the text, as the picture of its row does."""
        self._bands: list[tuple[QTextCursor, QColor]] = []

    def show(self) -> None:
        self._show_row()
        editor = self._editor
        theme = editor.theme
        brackets = [] if editor.isReadOnly() else self._brackets()
        is_simple = not (brackets or self.matches or editor.extra_selections) and (
            self.remote is None or self.remote.selection.is_empty
        )
        self._show_bands()
        # Marks stand on Qt's cursors, which go with the text: what was shown is still where it belongs.
        wanted = theme if is_simple else None
        if wanted is not None and wanted is self._shown:
            return
        self._shown = wanted
        marks: list[QTextEdit.ExtraSelection] = []
        for match in self.matches[:MAX_MARKS]:
            marks.append(self._range(match, QColor(theme.partner), 70))
        marks.extend(self._bracket(position) for position in brackets)
        for one in editor.extra_selections:
            if not one.is_empty:
                marks.append(self._range(one, QColor(theme.me), 70))
        if self.remote is not None and not self.remote.selection.is_empty:
            marks.append(self._range(self.remote.selection, QColor(theme.partner), 60))
        editor.setExtraSelections(marks)

    def _show_row(self) -> None:
        """Paint where the current line was and is, if it is another."""
        before, here = self._row_shown, self._editor.textCursor()
        self._row_shown = here
        if before.blockNumber() != here.blockNumber() or before.isNull():
            for row in self._rows([before.block(), here.block()]):
                self._editor.viewport().update(row)

    def _rows(self, blocks: Sequence[QTextBlock]) -> list[QRect]:
        """From edge to edge. Nothing of a line out of view: Qt looks for its place no further than a little beyond."""
        editor, in_view = self._editor, self._editor.lines_in_view
        width, offset = editor.viewport().width(), editor.contentOffset()
        rows = []
        for block in blocks:
            top = height = 0
            if block.blockNumber() in in_view:
                top = int(editor.blockBoundingGeometry(block).top() + offset.y())
                # Without the margin below the last line.
                height = int(block.layout().boundingRect().height())
            rows.append(QRect(0, top, width, height))
        return rows

    def _show_bands(self) -> None:
        theme = self._editor.theme
        wanted = (theme, tuple(self.lines.items()), self.lit)
        if wanted == self._bands_shown and [place.blockNumber() for place, _ in self._bands] == list(self.lines):
            return
        self._bands_shown, self._bands = wanted, []
        for number, kind in self.lines.items():
            colour = QColor(theme.passed if kind == "added" else theme.wrong if kind == "removed" else theme.partner)
            colour.setAlpha(64 if number == self.lit else 24)
            self._bands.append((QTextCursor(self._editor.document().findBlockByNumber(number)), colour))
        self._editor.viewport().update()

    def paint_rows(self, exposed: QRect) -> None:
        """Below the text. As an extra selection Qt would draw the text of each line twice."""
        bands = list(self._bands)
        if not self._editor.isReadOnly():
            bands.append((self._editor.textCursor(), QColor(self._editor.theme.raised)))
        if not bands:
            return
        painter = QPainter(self._editor.viewport())
        for row, (_, colour) in zip(self._rows([place.block() for place, _ in bands]), bands, strict=True):
            if row.intersects(exposed):
                painter.fillRect(row, colour)
        painter.end()

    def _range(self, selection: Selection, colour: QColor, alpha: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        colour.setAlpha(alpha)
        mark.format.setBackground(colour)
        mark.cursor = self._editor.cursor_of(selection)
        return mark

    def _bracket(self, position: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.format.setForeground(QColor(self._editor.theme.me))
        mark.format.setFontWeight(QFont.Weight.Bold)
        mark.cursor = self._editor.cursor_of(Selection(position, position + 1))
        return mark

    def _brackets(self) -> list[int]:
        text, here = self._editor.text, self._editor.selections[0].head
        for position in (here - 1, here):
            character = text[position] if 0 <= position < len(text) else ""
            if character in OPENING or character in CLOSING:
                other = matching_bracket(text, position)
                return [position, other] if other is not None else []
        return []


def matching_bracket(text: str, position: int) -> int | None:
    """Where the partner of the bracket at a position is, within reach."""
    character = text[position]
    depth = 0
    for place in _brackets_from(text, position):
        depth += 1 if text[place] == character else -1
        if not depth:
            return place
    return None


def _brackets_from(text: str, position: int) -> Iterator[int]:
    """The places of this bracket and its partners, to where the partner is; no further than one looks."""
    character = text[position]
    either = _either(character, OPENING.get(character) or CLOSING[character])
    if character in OPENING:
        yield from (match.start() for match in either.finditer(text, position, position + BRACKET_REACH))
        return
    last, stop = max(0, position - BRACKET_REACH), position + 1
    while stop > last:
        start = max(last, stop - BRACKET_STEP)
        yield from [match.start() for match in either.finditer(text, start, stop)][::-1]
        stop = start


@functools.cache
def _either(character: str, other: str) -> regex.Pattern[str]:
    return regex.compile(f"[{regex.escape(character + other)}]")


def paint_cursors(editor: "CodeEditor", painter: QPainter, marks: Marks) -> None:
    """My further cursors, and the partner's with a flag that says whose it is."""
    for one in editor.extra_selections:
        where = editor.cursorRect(editor.cursor_of(Selection.at(one.head)))
        painter.fillRect(QRect(where.x(), where.y(), 2, where.height()), QColor(editor.theme.me))
    if marks.remote is None:
        return
    bar, flag = remote_areas(editor, marks.remote)
    colour = QColor(editor.theme.partner)
    painter.fillRect(bar, colour)
    painter.fillRect(flag, colour)
    painter.setFont(_flag_font(editor.font().family()))
    painter.setPen(QColor(editor.theme.background))
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, marks.remote.name)


def remote_areas(editor: "CodeEditor", remote: RemoteCursor, text: str | None = None) -> tuple[QRect, QRect]:
    """Where on the viewport somebody else's cursor is, and its flag, while `text` is shown."""
    where = editor.cursorRect(editor.cursor_of(Selection.at(remote.selection.head), text))
    width = _flag_width(editor.font().family(), remote.name)
    above = where.y() - 14 if where.y() >= 14 else where.bottom() + 1
    flag = QRect(min(where.x(), max(0, editor.viewport().width() - width)), above, width, 14)
    return QRect(where.x(), where.y(), 2, where.height()), flag


@functools.cache
def _flag_font(family: str) -> QFont:
    font = QFont(family)
    font.setPixelSize(10)
    return font


@functools.lru_cache(maxsize=16)
def _flag_width(family: str, name: str) -> int:
    return QFontMetrics(_flag_font(family)).horizontalAdvance(name) + 8
