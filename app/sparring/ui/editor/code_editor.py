"""The widget one types code into: a view of a text, with its cursors, colours and keys."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QFontDatabase,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from sparring.editing import Change, Edit, Selection, characters, shift_selection
from sparring.editing.languages import PLAIN, Language, language_of
from sparring.live import positions
from sparring.live.text import Intent
from sparring.ui.editor import keys
from sparring.ui.editor.dropping import drop
from sparring.ui.editor.highlighter import Highlighter
from sparring.ui.editor.line_numbers import LineNumbers
from sparring.ui.editor.painting import Marks, RemoteCursor, paint_cursors, remote_areas
from sparring.ui.editor.repainting import only_what_changes
from sparring.ui.theme import INK, Theme
from sparring.ui.theme.tokens import CODE_PX, GRID

SMALLEST_ZOOM, LARGEST_ZOOM = -5, 19
"""Pixels off the usual size of code."""
TAB_COLUMNS = 4
_IS_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]").search
LONG_LINE = 2_000
"""A longer line is data; where long lines are wrapped, they are then wrapped anywhere."""


class TextModel(Protocol):
    """What an editor shows and edits; a shared document, say."""

    @property
    def text(self) -> str: ...

    def replace(self, edits: Sequence[Edit], intent: Intent) -> None: ...


class KeyHandler(Protocol):
    """Something that wants what is typed before the editor gets it: a list of completions, Vim."""

    def handle_key(self, event: QKeyEvent) -> bool: ...

    def wants_key(self, event: QKeyEvent) -> bool: ...

    def handle_text(self, text: str) -> bool:
        """What an input method or a dead key gives."""


def code_font(pixels: int = CODE_PX) -> QFont:
    """JetBrains Mono where present, else the platform's monospace face."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if "JetBrains Mono" in QFontDatabase.families():
        font = QFont("JetBrains Mono")
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


def _is_even(text: str) -> bool:
    """Whether it has no characters but those that every font for code has."""
    return text.isascii() and _IS_CONTROL(text) is None


class CodeEditor(QPlainTextEdit):
    """A plain text widget for code, in terms of code points and values.

    It keeps no text and no undo of its own while it has a model: a key becomes edits of the model, and what the model
    says is shown. Without one (a scratch text, a test) it edits itself.
    """

    cursor_moved = Signal(int, int)
    """(anchor, head) of my main selection, in code points."""
    undo_requested = Signal()
    redo_requested = Signal()
    typed = Signal()
    """I changed the text with a key or an input method."""
    inserted = Signal(str, int)
    """Something else than keys inserted this at my cursor (a paste, a completion, an input method), in place of so many
    characters before it."""
    place_chosen = Signal()
    """I moved the cursor myself."""
    grouped = Signal(bool)
    """What I do from now on is undone at once, or no longer."""
    zoomed = Signal(int)
    selections_changed = Signal()

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setProperty("role", "code")
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(GRID * 2)
        self.language: Language = PLAIN
        self.theme: Theme = INK
        self.auto_close = True
        self.key_handlers: list[KeyHandler] = []
        self.extra_selections: tuple[Selection, ...] = ()
        self.last_paste: Selection | None = None
        self._model: TextModel | None = None
        self._own_text: str | None = ""
        self._is_setting = False
        self.has_even_lines = True
        """All lines are of one height for sure: no character can be from another font."""
        self._zoom = 0
        self._line_spacing = 1
        self._highlighter = Highlighter(self.document(), self.theme)
        self._numbers = LineNumbers(self)
        self.marks = Marks(self)
        self.document().contentsChange.connect(self._forget_text)
        self.blockCountChanged.connect(self._resize_numbers)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._cursor_changed)
        self.selectionChanged.connect(self._cursor_changed)
        self.set_zoom(0)
        self._resize_numbers()

    # The text.

    def set_model(self, model: TextModel | None) -> None:
        """Show this text from now on."""
        self._model = model
        self._own_text = None
        self.extra_selections, self.last_paste = (), None
        self.marks.remote, self.marks.matches = None, ()
        if model is not None:
            self.has_even_lines = True
            self._mind_characters(model.text)
            self.setPlainText(positions.shown(model.text))

    @property
    def text(self) -> str:
        """The whole text."""
        if self._model is not None:
            return self._model.text
        if self._own_text is None:
            self._own_text = positions.clean(self.document().toRawText())
        return self._own_text

    def _forget_text(self, position: int, removed: int, added: int) -> None:
        self._own_text = None
        if self.has_even_lines and not self._is_setting:
            # Qt did this by itself, or `setPlainText`.
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.setPosition(
                min(position + added, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
            )
            self.has_even_lines = _is_even(positions.clean(cursor.selectedText()))

    def apply(self, change: Change, intent: Intent = Intent.COMMAND) -> None:
        """Carry out what a key or a command means."""
        if self.isReadOnly():
            return
        self._numbers.hold()
        try:
            if change.edits:
                if self._model is not None:
                    self._model.replace(change.edits, intent)
                else:
                    self.show_edits(self.text, change.edits, is_mine=True)
            self.set_selections(change.selections)
            self.ensureCursorVisible()
        finally:
            self._numbers.release()

    def replace_range(self, start: int, stop: int, inserted: str) -> None:
        """Replace a part of the text, and go behind it."""
        if self.isReadOnly():
            return
        gone = max(0, min(stop, self.cursor_position) - start)
        self.inserted.emit(inserted, gone)
        self.apply(Change((Edit(start, stop, inserted),), (Selection.at(start + len(inserted)),)))

    def show_edits(self, before: str, edits: Sequence[Edit], *, is_mine: bool) -> None:
        """Bring the widget from `before` to what the edits make of it; others' leave me where I am."""
        if is_mine:
            self._show_edits(before, edits)
            return
        mine = self._selections_in(before)
        top = QTextCursor(self.firstVisibleBlock())
        into_top = self.verticalScrollBar().value() - top.block().firstLineNumber()
        self._show_edits(before, edits)
        self.set_selections(tuple(shift_selection(one, edits) for one in mine))
        line = top.block().firstLineNumber() + into_top
        if self.verticalScrollBar().value() != line:
            self.verticalScrollBar().setValue(line)

    def _show_edits(self, before: str, edits: Sequence[Edit]) -> None:
        remote = self.marks.remote
        self._update_remote(before)
        places = positions.utf16_offsets(before, [place for edit in edits for place in edit[:2]])
        for edit in edits:
            self._mind_characters(edit.inserted)
        cursor = QTextCursor(self.document())
        self._is_setting = True
        with only_what_changes(self, self._highlighter, before, edits, places):
            cursor.beginEditBlock()
            for index in range(len(edits) - 1, -1, -1):
                cursor.setPosition(places[2 * index])
                cursor.setPosition(places[2 * index + 1], QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(positions.shown(edits[index].inserted))
            cursor.endEditBlock()
        self._is_setting = False
        if self.last_paste is not None:
            self.last_paste = shift_selection(self.last_paste, edits)
        if remote is not None:
            self.marks.remote = RemoteCursor(shift_selection(remote.selection, edits), remote.name)
            self._update_remote()
        self._numbers.refresh()

    def show_text(self, text: str) -> None:
        """Show a text, changing only the part that differs."""
        raw = self.document().toRawText().replace("\u2029", "\n")
        wanted = positions.shown(text)
        shared = min(len(raw), len(wanted))
        head = next((index for index in range(shared) if raw[index] != wanted[index]), shared)
        tail = next((index for index in range(shared - head) if raw[-1 - index] != wanted[-1 - index]), shared - head)
        edit = Edit(head, len(raw) - tail, wanted[head : len(wanted) - tail])
        self.show_edits(raw, (edit,), is_mine=False)

    @property
    def is_coloured(self) -> bool:
        """Whether no line waits for its colours."""
        return self._highlighter.is_complete

    @property
    def line_count(self) -> int:
        return self.blockCount()

    # Cursors.

    @property
    def selections(self) -> tuple[Selection, ...]:
        """Where I am: the main selection first."""
        return self._selections_in(self.text)

    def _selections_in(self, text: str) -> tuple[Selection, ...]:
        cursor = self.textCursor()
        head = positions.code_points_from_utf16(text, cursor.position())
        anchor = head if not cursor.hasSelection() else positions.code_points_from_utf16(text, cursor.anchor())
        return (Selection(anchor, head), *self.extra_selections)

    def set_selections(self, selections: Sequence[Selection]) -> None:
        """Put my cursors there."""
        main, *extra = selections
        had_extra = bool(self.extra_selections)
        self.extra_selections = tuple(extra)
        wanted, known = self.cursor_of(main), self.textCursor()
        if (wanted.anchor(), wanted.position()) != (known.anchor(), known.position()):
            self._is_setting = True
            self.setTextCursor(wanted)
            self._is_setting = False
        if extra or had_extra:
            self.viewport().update()
        self._cursor_changed()

    def cursor_of(self, selection: Selection, text: str | None = None) -> QTextCursor:
        """A Qt cursor on this selection, kept within the text; given where the model is ahead of the widget."""
        text = self.text if text is None else text
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(last, positions.utf16_from_code_points(text, selection.anchor)))
        if not selection.is_empty:
            head = min(last, positions.utf16_from_code_points(text, selection.head))
            cursor.setPosition(head, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @property
    def cursor_position(self) -> int:
        """Where my main cursor is."""
        return self.selections[0].head

    @property
    def cursor_rect(self) -> QRect:
        """Where it is on the viewport."""
        return self.cursorRect()

    def _cursor_changed(self) -> None:
        if self._is_setting:
            return
        self.marks.show()
        main = self.selections[0]
        self.cursor_moved.emit(main.anchor, main.head)
        self.selections_changed.emit()

    def go_to_line(self, line: int) -> None:
        """Put my cursor at the start of a line, counted from 1."""
        block = self.document().findBlockByNumber(max(0, min(line, self.blockCount()) - 1))
        self.extra_selections = ()
        self.setTextCursor(QTextCursor(block))
        self.centerCursor()
        self.setFocus()

    def show_remote_cursor(self, anchor: int, head: int, name: str) -> None:
        """Paint the partner's cursor and selection, given in code points."""
        remote = RemoteCursor(Selection(anchor, head), name)
        if remote != self.marks.remote:
            self._update_remote()
            self.marks.remote = remote
            self.marks.show()
            self._update_remote()

    def clear_remote_cursor(self) -> None:
        if self.marks.remote is not None:
            self._update_remote()
            self.marks.remote = None
            self.marks.show()

    def _update_remote(self, text: str | None = None) -> None:
        """Paint the partner's cursor again, or what is below it."""
        if self.marks.remote is not None:
            for area in remote_areas(self, self.marks.remote, text):
                self.viewport().update(area)

    def scroll_to(self, position: int) -> None:
        """Bring a place of the text into view, without moving my cursor."""
        block = self.cursor_of(Selection.at(position)).block()
        height = max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))
        first = self.firstVisibleBlock().firstLineNumber()
        line = block.firstLineNumber()
        if not first <= line < first + height - 1:
            self.show_line(block.blockNumber(), height // 2)

    def show_line(self, number: int, rows_above: int) -> None:
        """Scroll so that a line, counted from 0, has so many rows above it."""
        block = before = self.document().findBlockByNumber(number)
        for _ in range(rows_above):
            # Qt takes a line that was never in view for one row; asked for its place it wraps it.
            before = before.previous()
            if not before.isValid():
                break
            self.blockBoundingRect(before)
        self.verticalScrollBar().setValue(max(0, block.firstLineNumber() - rows_above))

    # What it looks like.

    def _mind_characters(self, inserted: str) -> None:
        """Before they come in."""
        self.has_even_lines = self.has_even_lines and _is_even(inserted)
        # Qt looks through all of a line of data for a blank to break each of its rows at.
        if len(inserted) <= LONG_LINE or self.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere:
            return
        if any(len(line) > LONG_LINE for line in inserted.split("\n")):
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def set_language(self, language: str) -> None:
        """The language for colours, indentation and comments, by its name."""
        self.language = language_of(language)
        self._highlighter.set_language(self.language)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._highlighter.set_theme(theme)
        self.marks.show()
        self.viewport().update()
        self._numbers.update()

    def set_read_only_view(self, read_only: bool) -> None:
        """Show somebody else's text: it can be read, selected and copied."""
        self.setReadOnly(read_only)
        if read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        else:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.viewport().update()
        self._numbers.update()

    def set_soft_wrap(self, on: bool) -> None:
        """Long lines go on below, or out of sight."""
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if on else mode.NoWrap)

    def set_whitespace_shown(self, on: bool) -> None:
        """Show spaces and tabs."""
        option = self.document().defaultTextOption()
        flag = QTextOption.Flag.ShowTabsAndSpaces
        option.setFlags(option.flags() | flag if on else option.flags() & ~flag)
        self.document().setDefaultTextOption(option)

    @property
    def zoom(self) -> int:
        return self._zoom

    def set_zoom(self, pixels: int) -> None:
        """So many pixels larger than usual."""
        self._zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, pixels))
        font = code_font(CODE_PX + self._zoom)
        self.setFont(font)
        # The style sheet's size would win over the widget's font.
        self.setStyleSheet(f"font-size: {CODE_PX + self._zoom}px" if self._zoom else "")
        self._font_changed()
        self.zoomed.emit(self._zoom)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._font_changed()

    def _font_changed(self) -> None:
        self._line_spacing = max(1, self.fontMetrics().lineSpacing())
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * TAB_COLUMNS)
        self._resize_numbers()

    # Keys and the mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.text
        if any(handler.handle_key(event) for handler in self.key_handlers) or keys.handle(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)
        if self.text != before:
            self.typed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # The editor's own keys come before the window's, and the window's before what Qt would do with them.
            wanted = any(one.wants_key(event) for one in self.key_handlers) or keys.wants(self, event)
            if wanted is not None:
                event.setAccepted(wanted)
                return wanted
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            # Qt would take it where one can select with the keyboard.
            event.ignore()
            return
        given = positions.clean(event.commitString())
        if not given:
            super().inputMethodEvent(event)
            return
        is_plain = not event.replacementLength()
        if any(handler.handle_text(given) for handler in self.key_handlers) or (self.extra_selections and is_plain):
            # Qt would type it at one cursor; it only shows what is being composed.
            super().inputMethodEvent(QInputMethodEvent())
            if self.extra_selections:
                self.insert(given)
            if event.preeditString():
                super().inputMethodEvent(QInputMethodEvent(event.preeditString(), event.attributes()))
        else:
            self.inserted.emit(given, event.replacementLength())
            super().inputMethodEvent(event)
        self.typed.emit()

    def insert(self, text: str) -> None:
        """Type this at every cursor, as it is."""
        self.inserted.emit(text, 0)
        self.apply(characters.insert(self.selections, text), Intent.TYPE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            place = self.cursorForPosition(event.position().toPoint()).position()
            self._toggle_cursor(positions.code_points_from_utf16(self.text, place))
            return
        if self.extra_selections:
            self.set_selections(self.selections[:1])
        super().mousePressEvent(event)
        self.place_chosen.emit()

    def _toggle_cursor(self, place: int) -> None:
        """One more cursor, or one fewer if there is one already; the last one stays."""
        others = [one for one in self.selections if not one.start <= place <= one.stop]
        if len(others) == len(self.selections):
            others.insert(0, Selection.at(place))
        if others:
            self.set_selections(others)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.place_chosen.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText() or self.isReadOnly():
            return
        pasted = positions.clean(source.text())
        before = self.selections
        self.apply(characters.paste(before, pasted))
        if len(before) == 1:
            stop = self.selections[0].head
            self.last_paste = Selection(stop - len(pasted), stop)
        self.inserted.emit(pasted, 0)
        self.typed.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        # Qt paints where it would go until it hears that it went elsewhere.
        super().dragLeaveEvent(QDragLeaveEvent())
        drop(self, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = keys.context_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        self.marks.paint_rows(event.rect())
        super().paintEvent(event)
        if self.extra_selections or self.marks.remote is not None:
            painter = QPainter(self.viewport())
            paint_cursors(self, painter, self.marks)
            painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt moves the picture; a partner's flag can stand elsewhere at the top edge than further down."""
        remote = self.marks.remote
        before = remote_areas(self, remote) if remote is not None else None
        super().scrollContentsBy(dx, dy)
        if remote is not None and before is not None:
            bar, flag = remote_areas(self, remote)
            for area in (bar, flag, before[1].translated(bar.topLeft() - before[0].topLeft())):
                self.viewport().update(area)

    @property
    def lines_in_view(self) -> range:
        """Numbers from 0 of the lines that are in view, and of some below that are not."""
        first = self.firstVisibleBlock().blockNumber()
        return range(first, first + self.viewport().height() // self._line_spacing + 2)

    def visible_lines(self, bottom: int) -> Iterator[tuple[QTextBlock, int]]:
        """Each line that is in view, down to `bottom`, laid out, and the pixel where it begins."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= bottom:
            height = self.blockBoundingRect(block).height()
            yield block, int(top)
            top += height
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def _place_numbers(self) -> None:
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.left(), area.top(), self._numbers.needed_width(), area.height()))

    def update_numbers(self) -> None:
        """The strip at the left says something new."""
        self._numbers.update()

    def _resize_numbers(self) -> None:
        width = self._numbers.needed_width()
        if self.viewportMargins().left() != width:
            self.setViewportMargins(width, 0, 0, 0)
            self._place_numbers()

    def _scroll_numbers(self, area: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.refresh()
