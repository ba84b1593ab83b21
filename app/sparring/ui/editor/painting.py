"""What is painted over and beside the code: marks, cursors that are not Qt's own, line numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from sparring.editing import Selection
from sparring.editing.languages import CLOSING, OPENING
from sparring.ui.theme.tokens import GRID

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor

BRACKET_REACH = 20_000
"""Characters to look through for the other bracket."""
MAX_MARKS = 500
"""Matches that are marked at once; more are found, and only counted."""


@dataclass(frozen=True)
class RemoteCursor:
    """Somebody else's cursor and selection, in code points."""

    selection: Selection
    name: str


class Marks:
    """Builds the extra selections of an editor: current line, brackets, matches, cursors, differences."""

    def __init__(self, editor: "CodeEditor") -> None:
        self._editor = editor
        self.remote: RemoteCursor | None = None
        self.matches: tuple[Selection, ...] = ()
        self.lines: dict[int, str] = {}
        """Line numbers from 0 whose background says something: "added", "removed" or "changed"."""
        self.lit: int | None = None
        """The line that is pointed at."""

    def show(self) -> None:
        editor = self._editor
        theme = editor.theme
        marks: list[QTextEdit.ExtraSelection] = []
        if not editor.isReadOnly():
            marks.append(self._line(editor.textCursor(), QColor(theme.raised)))
        for number, kind in self.lines.items():
            block = editor.document().findBlockByNumber(number)
            if block.isValid():
                colour = QColor(
                    theme.passed if kind == "added" else theme.wrong if kind == "removed" else theme.partner
                )
                colour.setAlpha(70 if number == self.lit else 34)
                marks.append(self._line(QTextCursor(block), colour))
        for match in self.matches[:MAX_MARKS]:
            marks.append(self._range(match, QColor(theme.partner), 70))
        if not editor.isReadOnly():
            marks.extend(self._bracket(position) for position in self._brackets())
        for one in editor.extra_selections:
            if not one.is_empty:
                marks.append(self._range(one, QColor(theme.me), 70))
        if self.remote is not None and not self.remote.selection.is_empty:
            marks.append(self._range(self.remote.selection, QColor(theme.partner), 60))
        editor.setExtraSelections(marks)

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
    other = OPENING.get(character) or CLOSING[character]
    either = regex.compile(f"[{regex.escape(character + other)}]")
    depth = 0
    if character in OPENING:
        places = [match.start() for match in either.finditer(text, position, position + BRACKET_REACH)]
    else:
        window = max(0, position - BRACKET_REACH)
        places = [match.start() for match in either.finditer(text, window, position + 1)][::-1]
    for place in places:
        depth += 1 if text[place] == character else -1
        if not depth:
            return place
    return None


def paint_cursors(editor: "CodeEditor", painter: QPainter, marks: Marks) -> None:
    """My further cursors, and the partner's with a flag that says whose it is."""
    for one in editor.extra_selections:
        where = editor.cursorRect(editor.cursor_of(Selection.at(one.head)))
        painter.fillRect(QRect(where.x(), where.y(), 2, where.height()), QColor(editor.theme.me))
    if marks.remote is None:
        return
    where = editor.cursorRect(editor.cursor_of(Selection.at(marks.remote.selection.head)))
    colour = QColor(editor.theme.partner)
    painter.fillRect(QRect(where.x(), where.y(), 2, where.height()), colour)
    font = QFont(editor.font())
    font.setPixelSize(10)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(marks.remote.name) + 8
    above = where.y() - 14 if where.y() >= 14 else where.bottom() + 1
    flag = QRect(min(where.x(), max(0, editor.viewport().width() - width)), above, width, 14)
    painter.fillRect(flag, colour)
    painter.setPen(QColor(editor.theme.background))
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, marks.remote.name)


class LineNumbers(QWidget):
    """The strip at the left."""

    def __init__(self, editor: "CodeEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def needed_width(self) -> int:
        """Pixels that the line numbers take."""
        digits = max(2, len(str(self._editor.blockCount())))
        return GRID * 6 + self._editor.fontMetrics().horizontalAdvance("9") * digits

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        editor = self._editor
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(editor.theme.background))
        painter.setFont(editor.font())
        current = editor.textCursor().blockNumber()
        for block, top, height in editor.visible_lines(event.rect().bottom()):
            kind = editor.marks.lines.get(block.blockNumber())
            colour = editor.theme.text if block.blockNumber() == current else editor.theme.dim
            painter.setPen(QColor(colour))
            place = QRect(0, top, self.width() - GRID * 3, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            if kind:
                # A sign beside the colour: colour never says anything alone.
                sign = {"added": "+", "removed": "−"}.get(kind, "~")
                painter.drawText(QRect(GRID, top, GRID * 3, height), Qt.AlignmentFlag.AlignLeft, sign)
        painter.end()
