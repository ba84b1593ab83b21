"""The widget one types code into: line numbers, colours, indentation, and the partner's cursor."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from sparring.live import positions
from sparring.ui.editor.highlighter import Highlighter
from sparring.ui.theme import INK, Theme
from sparring.ui.theme.tokens import CODE_PX, GRID

INDENT = 4
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
BRACKET_REACH = 5_000
"""Characters to look through for the other bracket."""


def code_font() -> QFont:
    """JetBrains Mono where present, else the platform's monospace face."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if "JetBrains Mono" in QFontDatabase.families():
        font = QFont("JetBrains Mono")
    font.setPixelSize(CODE_PX)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


class CodeEditor(QPlainTextEdit):
    """A plain text widget for code. It keeps no undo of its own: what is undone is decided below the interface."""

    cursor_moved = Signal(int, int)
    """(anchor, head) of my selection, in code points."""
    undo_requested = Signal()
    redo_requested = Signal()
    typed = Signal()
    """I pressed a key that may change the text."""

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setProperty("role", "code")
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(code_font())
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * INDENT)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(GRID * 2)
        self._theme = INK
        self._language = "text"
        self._remote: tuple[int, int, str] | None = None
        self._highlighter = Highlighter(self.document(), self._theme)
        self._numbers = _LineNumbers(self)
        self.blockCountChanged.connect(self._resize_numbers)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._cursor_changed)
        self.selectionChanged.connect(self._cursor_changed)
        self._resize_numbers()
        self.set_theme(self._theme)

    # What it looks like.

    def set_language(self, language: str) -> None:
        """The language for colours and comments: "python" or "text"."""
        self._language = language
        self._highlighter.set_language(language)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._highlighter.set_theme(theme)
        self._mark()
        self._numbers.update()

    def set_read_only_view(self, read_only: bool) -> None:
        """Show somebody else's text: it can be read, selected and copied."""
        self.setReadOnly(read_only)
        if read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def show_remote_cursor(self, anchor: int, head: int, name: str) -> None:
        """Paint the partner's cursor and selection, given in code points."""
        self._remote = (anchor, head, name)
        self._mark()
        self.viewport().update()

    def clear_remote_cursor(self) -> None:
        self._remote = None
        self._mark()
        self.viewport().update()

    def go_to_line(self, line: int) -> None:
        """Put my cursor at the start of a line, counted from 1."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
            self.setFocus()

    @property
    def line_count(self) -> int:
        return self.blockCount()

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._handle_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)
        if not self.isReadOnly() and (event.text() or event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)):
            self.typed.emit()

    def event(self, event: QEvent) -> bool:
        # Qt would turn these into its own undo, which this widget does not have.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = (
                event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y) and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            )
            if plain:
                event.accept()
                return True
        return super().event(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if self.isReadOnly():
            return False
        if control and key == Qt.Key.Key_Z:
            (self.redo_requested if shift else self.undo_requested).emit()
        elif control and key == Qt.Key.Key_Y:
            self.redo_requested.emit()
        elif control and key == Qt.Key.Key_Slash:
            self.toggle_comment()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._new_line()
        elif key == Qt.Key.Key_Tab and not control:
            self._indent()
        elif key == Qt.Key.Key_Backtab and not control:
            self._change_lines(_unindented)
        elif key == Qt.Key.Key_Backspace and not control:
            return self._backspace_indent()
        else:
            return False
        return True

    def _new_line(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()] if not cursor.hasSelection() else ""
        indent = before[: len(before) - len(before.lstrip(" "))]
        if self._language == "python":
            stripped = before.strip()
            if stripped.endswith(":"):
                indent += " " * INDENT
            elif stripped.split(" ")[0] in ("return", "pass", "break", "continue", "raise") and indent:
                indent = indent[:-INDENT]
        cursor.insertText("\n" + indent)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _indent(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection() and cursor.selectedText().count("\u2029"):
            self._change_lines(lambda line: " " * INDENT + line if line else line)
        else:
            cursor.insertText(" " * (INDENT - cursor.positionInBlock() % INDENT))

    def _backspace_indent(self) -> bool:
        """In an indentation Backspace goes back a whole step."""
        cursor = self.textCursor()
        column = cursor.positionInBlock()
        if cursor.hasSelection() or not column or cursor.block().text()[:column].strip(" "):
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, (column - 1) % INDENT + 1)
        cursor.removeSelectedText()
        return True

    def toggle_comment(self) -> None:
        """Make the selected lines comments, or code again if all of them are."""
        lines = [block for block in self._selected_lines() if block.strip()]
        if all(line.lstrip().startswith("#") for line in lines):
            self._change_lines(_uncommented)
        else:
            self._change_lines(lambda line: "# " + line if line.strip() else line)

    def _selected_blocks(self) -> tuple[int, int]:
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        return first, last

    def _selected_lines(self) -> list[str]:
        first, last = self._selected_blocks()
        return [self.document().findBlockByNumber(number).text() for number in range(first, last + 1)]

    def _change_lines(self, change: "object") -> None:
        """Change each selected line as one edit of its own, keeping the cursors where they were in the text."""
        assert callable(change)
        first, last = self._selected_blocks()
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        for number in range(first, last + 1):
            block = self.document().findBlockByNumber(number)
            old, new = block.text(), str(change(block.text()))
            kept = _common_suffix(old, new)
            edit.setPosition(block.position())
            edit.setPosition(block.position() + len(old) - kept, QTextCursor.MoveMode.KeepAnchor)
            if old != new:
                edit.insertText(new[: len(new) - kept])
        edit.endEditBlock()

    # Cursors.

    def _cursor_changed(self) -> None:
        self._mark()
        cursor = self.textCursor()
        text = self.toPlainText()
        self.cursor_moved.emit(
            positions.code_points_from_utf16(text, cursor.anchor()),
            positions.code_points_from_utf16(text, cursor.position()),
        )

    def _mark(self) -> None:
        """Current line, matching brackets and the partner's selection."""
        marks: list[QTextEdit.ExtraSelection] = []
        if not self.isReadOnly():
            line = QTextEdit.ExtraSelection()
            line.format.setBackground(QColor(self._theme.raised))
            line.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            line.cursor = self.textCursor()
            line.cursor.clearSelection()
            marks.append(line)
            marks.extend(self._bracket_mark(position) for position in self._matching_brackets())
        if self._remote is not None:
            anchor, head, _ = self._remote
            marks.append(self._selection_mark(anchor, head))
        self.setExtraSelections(marks)

    def _bracket_mark(self, position: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.format.setForeground(QColor(self._theme.me))
        mark.format.setFontWeight(QFont.Weight.Bold)
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        return mark

    def _selection_mark(self, anchor: int, head: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        colour = QColor(self._theme.partner)
        colour.setAlpha(60)
        mark.format.setBackground(colour)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._unit_position(anchor))
        cursor.setPosition(self._unit_position(head), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        return mark

    def _unit_position(self, code_points: int) -> int:
        return positions.utf16_from_code_points(self.toPlainText(), code_points)

    def _matching_brackets(self) -> list[int]:
        document = self.document()
        here = self.textCursor().position()
        for position in (here - 1, here):
            character = document.characterAt(position) if position >= 0 else ""
            if character in _OPENING:
                other = self._find_bracket(position, character, _OPENING[character], 1)
            elif character in _CLOSING:
                other = self._find_bracket(position, character, _CLOSING[character], -1)
            else:
                continue
            return [position, other] if other is not None else []
        return []

    def _find_bracket(self, position: int, same: str, other: str, step: int) -> int | None:
        document = self.document()
        depth = 0
        end = document.characterCount()
        for _ in range(BRACKET_REACH):
            character = document.characterAt(position)
            depth += (character == same) - (character == other)
            if depth == 0:
                return position
            position += step
            if not 0 <= position < end:
                return None
        return None

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._remote is None:
            return
        _, head, name = self._remote
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._unit_position(head))
        where = self.cursorRect(cursor)
        painter = QPainter(self.viewport())
        colour = QColor(self._theme.partner)
        painter.fillRect(QRect(where.x(), where.y(), 2, where.height()), colour)
        font = QFont(self.font())
        font.setPixelSize(10)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(name) + 8
        above = where.y() - 14 if where.y() >= 14 else where.bottom() + 1
        flag = QRect(where.x(), above, width, 14)
        painter.fillRect(flag, colour)
        painter.setPen(QColor(self._theme.background))
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()

    def numbers_width(self) -> int:
        """Pixels that the line numbers take."""
        digits = max(2, len(str(self.blockCount())))
        return GRID * 6 + self.fontMetrics().horizontalAdvance("9") * digits

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the visible lines into their strip."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), QColor(self._theme.background))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        current = self.textCursor().blockNumber()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > event.rect().bottom():
                break
            painter.setPen(QColor(self._theme.text if block.blockNumber() == current else self._theme.dim))
            place = QRect(0, int(area.top()), self._numbers.width() - GRID * 3, int(area.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block = block.next()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.left(), area.top(), self.numbers_width(), area.height()))

    def _resize_numbers(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scroll_numbers(self, area: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString():
            self.typed.emit()


class _LineNumbers(QWidget):
    """The strip at the left."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)


def _unindented(line: str) -> str:
    return line[min(INDENT, len(line) - len(line.lstrip(" "))) :]


def _uncommented(line: str) -> str:
    head, mark, tail = line.partition("#")
    return head + tail.removeprefix(" ") if mark else line


def _common_suffix(old: str, new: str) -> int:
    length = 0
    while length < min(len(old), len(new)) and old[-1 - length] == new[-1 - length]:
        length += 1
    return length
