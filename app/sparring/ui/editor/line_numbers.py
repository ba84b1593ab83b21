"""The numbers beside the code."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap, QTextBlock
from PySide6.QtWidgets import QWidget

from sparring.ui.theme.tokens import GRID

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor


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
        editor, height, lines = self._editor, self.height(), self._editor.lines_in_view
        is_even = editor.has_even_lines and editor.lineWrapMode() is editor.LineWrapMode.NoWrap
        tops = () if is_even else tuple(top for _, top in editor.visible_lines(height))
        marks = tuple(editor.marks.lines.items())
        shown = (lines.start, min(editor.blockCount(), lines.stop), tops, editor.contentOffset().y(), marks)
        return (*shown, self.size(), self.devicePixelRatioF(), editor.font(), editor.theme)

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
            # Without the margin below the last line.
            height = int(here.layout().boundingRect().height())
            painter.fillRect(0, top, self.width(), height, QColor(behind))
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
