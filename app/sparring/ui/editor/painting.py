"""What is painted over and beside the code: marks, cursors that are not Qt's own, line numbers."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTextBlock,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from sparring.editing import Selection
from sparring.editing.languages import CLOSING, OPENING
from sparring.ui.theme.tokens import GRID

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
        self._shown: tuple[object, ...] | None = None
        self._row_shown = QTextCursor()
        """Goes with the text, as the picture of its row does."""

    def show(self) -> None:
        self._show_row()
        editor = self._editor
        theme = editor.theme
        brackets = [] if editor.isReadOnly() else self._brackets()
        is_simple = not (brackets or self.matches or editor.extra_selections) and (
            self.remote is None or self.remote.selection.is_empty
        )
        wanted = (theme, tuple(self.lines.items()), self.lit) if is_simple else None
        if wanted and wanted == self._shown:
            # Marks stand on Qt's cursors, which go with the text: what was shown is still where it belongs.
            return
        self._shown = wanted
        marks: list[QTextEdit.ExtraSelection] = []
        for number, kind in self.lines.items():
            block = editor.document().findBlockByNumber(number)
            if block.isValid():
                colour = QColor(
                    theme.passed if kind == "added" else theme.wrong if kind == "removed" else theme.partner
                )
                colour.setAlpha(64 if number == self.lit else 24)
                marks.append(self._line(QTextCursor(block), colour))
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
            for cursor in (before, here):
                if not cursor.isNull():
                    self._editor.viewport().update(self._row(cursor))

    def _row(self, cursor: QTextCursor) -> QRect:
        editor = self._editor
        area = editor.blockBoundingGeometry(cursor.block()).translated(editor.contentOffset())
        return QRect(0, int(area.top()), editor.viewport().width(), int(area.height()))

    def paint_row(self, exposed: QRect) -> None:
        """Below the text. As an extra selection Qt would draw the text of the line twice."""
        if self._editor.isReadOnly():
            return
        row = self._row(self._editor.textCursor())
        if row.intersects(exposed):
            painter = QPainter(self._editor.viewport())
            painter.fillRect(row, QColor(self._editor.theme.raised))
            painter.end()

    def _line(self, cursor: QTextCursor, colour: QColor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(colour)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = cursor
        mark.cursor.clearSelection()
        return mark

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


class LineNumbers(QWidget):
    """The strip at the left."""

    def __init__(self, editor: "CodeEditor") -> None:
        super().__init__(editor)
        self._editor = editor
        self._painted: tuple[tuple[object, ...], int] | None = None
        self._picture = QPixmap()
        self._known_digit: tuple[QFont, int] | None = None
        self._holds = 0
        self._is_asked = False
        # It paints all of itself, so nothing needs to be painted below it first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def needed_width(self) -> int:
        """Pixels that the line numbers take."""
        return GRID * 6 + self._digit(self._editor.font()) * max(2, len(str(self._editor.blockCount())))

    def _digit(self, font: QFont) -> int:
        """The width of one."""
        if self._known_digit is None or self._known_digit[0] != font:
            self._known_digit = font, self._editor.fontMetrics().horizontalAdvance("9")
        return self._known_digit[1]

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), 0)

    def hold(self) -> None:
        """Much may be painted until `release`: the numbers look at that once, at its end."""
        self._holds += 1

    def release(self) -> None:
        self._holds -= 1
        if self._is_asked and not self._holds:
            self._is_asked = False
            self.refresh()

    def refresh(self) -> None:
        """The text beside it is painted; the numbers are painted too if they say something else now."""
        if self._holds:
            self._is_asked = True
        elif (self._wanted(), self._editor.textCursor().blockNumber()) != self._painted:
            self.update()

    def _wanted(self) -> tuple[object, ...]:
        """All that the picture depends on."""
        editor, height = self._editor, self.height()
        first = editor.firstVisibleBlock().blockNumber()
        last = min(editor.blockCount(), first + height // max(1, editor.fontMetrics().lineSpacing()) + 2)
        is_even = editor.has_even_lines and editor.lineWrapMode() is editor.LineWrapMode.NoWrap
        return (
            first, last, is_even or tuple(top for _, top in editor.visible_lines(height)), editor.contentOffset().y(),
            self.size(), self.devicePixelRatioF(), editor.font(), editor.theme, tuple(editor.marks.lines.items()),
        )  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        """All numbers but the current one are a picture, which is seldom another."""
        wanted, ratio = self._wanted(), self.devicePixelRatioF()
        editor, font = self._editor, self._editor.font()
        if self._painted is None or wanted != self._painted[0]:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._paint_numbers(self._picture, font)
        painter = QPainter(self)
        if not ratio.is_integer():
            # A picture of whole points can be a part of one too small.
            painter.fillRect(event.rect(), QColor(editor.theme.background))
        painter.drawPixmap(0, 0, self._picture)
        here = editor.textCursor().block()
        area = editor.blockBoundingGeometry(here).translated(editor.contentOffset())
        if here.isVisible() and -area.height() < area.top() < self.height():
            top = int(area.top())
            behind = editor.theme.background if editor.isReadOnly() else editor.theme.raised
            painter.fillRect(0, top, self.width(), int(area.height()), QColor(behind))
            painter.setFont(font)
            painter.setPen(QColor(editor.theme.text))
            self._paint_number(painter, here, top, self._digit(font))
        painter.end()
        self._painted = (wanted, here.blockNumber())

    def _paint_numbers(self, picture: QPixmap, font: QFont) -> None:
        digit = self._digit(font)
        picture.fill(QColor(self._editor.theme.background))
        painter = QPainter(picture)
        painter.setFont(font)
        painter.setPen(QColor(self._editor.theme.dim))
        for block, top in self._editor.visible_lines(self.height()):
            self._paint_number(painter, block, top, digit)
        painter.end()

    def _paint_number(self, painter: QPainter, block: QTextBlock, top: int, digit: int) -> None:
        number, layout = block.blockNumber(), block.layout()
        if not layout.lineCount():
            # Qt reads past the end for a line that was not laid out.
            return
        text = str(number + 1)
        # On one line with the code, which a character from another font can push down.
        baseline = top + round(layout.lineAt(0).ascent())
        # To a point of its own: to align text within an area takes Qt twice as long.
        painter.drawText(self.width() - GRID * 3 - digit * len(text), baseline, text)
        if kind := self._editor.marks.lines.get(number):
            # A sign beside the colour: colour never says anything alone.
            painter.drawText(GRID, baseline, {"added": "+", "removed": "−"}.get(kind, "~"))
