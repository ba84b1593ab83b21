"""What is painted over and beside the code: marks, cursors that are not Qt's own, line numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap, QTextCursor, QTextFormat
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
                colour.setAlpha(64 if number == self.lit else 24)
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
        self._painted: tuple[object, ...] = ()
        self._picture = QPixmap()

    def needed_width(self) -> int:
        """Pixels that the line numbers take."""
        digits = max(2, len(str(self._editor.blockCount())))
        return GRID * 6 + self._editor.fontMetrics().horizontalAdvance("9") * digits

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks at every key, since the text beside it changed; the numbers seldom did, so they are kept."""
        editor = self._editor
        ratio = self.devicePixelRatioF()
        wanted = (
            editor.firstVisibleBlock().blockNumber(), editor.blockCount(), editor.textCursor().blockNumber(),
            editor.contentOffset().y(), editor.lineWrapMode(), self.size(), ratio, editor.font().key(), editor.theme,
            tuple(editor.marks.lines.items()),
        )  # fmt: skip
        is_wrapped = editor.lineWrapMode() is not editor.LineWrapMode.NoWrap
        if wanted != self._painted or is_wrapped:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._paint_numbers(self._picture)
            self._painted = wanted
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _paint_numbers(self, picture: QPixmap) -> None:
        editor = self._editor
        picture.fill(QColor(editor.theme.background))
        painter = QPainter(picture)
        painter.setFont(editor.font())
        current = editor.textCursor().blockNumber()
        if self._paint_at_once(painter, current):
            painter.end()
            return
        for block, top, height in editor.visible_lines(self.height()):
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

    def _paint_at_once(self, painter: QPainter, current: int) -> bool:
        """All numbers as one text, which is several times as quick; only where all lines are of one height."""
        editor = self._editor
        spacing = painter.fontMetrics().lineSpacing()
        first = editor.firstVisibleBlock()
        area = editor.blockBoundingGeometry(first).translated(editor.contentOffset())
        if editor.lineWrapMode() is not editor.LineWrapMode.NoWrap or area.height() != spacing or editor.marks.lines:
            return False
        number, top = first.blockNumber(), int(area.top())
        last = min(editor.blockCount(), number + (self.height() - top) // spacing + 1)
        width = self.width() - GRID * 3
        numbers = "\n".join("" if one == current else str(one + 1) for one in range(number, last))
        painter.setPen(QColor(editor.theme.dim))
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(QRect(0, top, width, spacing * (last - number + 1)), right, numbers)
        if number <= current < last:
            painter.setPen(QColor(editor.theme.text))
            painter.drawText(QRect(0, top + (current - number) * spacing, width, spacing), right, str(current + 1))
        return True
