"""The little editor that stands in a shape while its label is typed."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from sparring.live import positions
from sparring.live.board.svg import FONT_SIZE, LINE_HEIGHT
from sparring.ui.board.painting import label_font, text_size
from sparring.ui.theme import Theme

ROOM = 12
"""Space for the next character, in board units."""


_OURS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class LabelEditor(QTextEdit):
    """Enter keeps what was typed, Shift+Enter begins a line, Escape forgets it, leaving keeps it."""

    finished = Signal(str, str)
    """(text, how): how is "kept", "forgotten", "left", "child" or "sibling"."""

    def __init__(self, parent: QWidget, text: str, *, centred: bool) -> None:
        super().__init__(parent)
        self.setObjectName("board-label")
        self.setAccessibleName("Label")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        self.document().setDefaultTextOption(QTextOption(side))
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.selectAll()
        self._before = text
        self._centred = centred
        self._anchor = QPointF()
        self._zoom = 1.0
        self._is_done = False
        self.textChanged.connect(self._fit)

    @property
    def text(self) -> str:
        """What stands there."""
        return positions.clean(self.toPlainText())

    def set_theme(self, theme: Theme) -> None:
        self._style(theme.text, theme.me, theme.on_accent)

    def _style(self, text: str, marked: str, on_marked: str) -> None:
        pixels = max(1, round(FONT_SIZE * self._zoom))
        self.setStyleSheet(
            f"QTextEdit {{ background: transparent; border: 0; padding: 0; color: {text}; font-size: {pixels}px;"
            f" selection-background-color: {marked}; selection-color: {on_marked}; }}"
        )

    def place(self, anchor: QPointF, zoom: float, theme: Theme) -> None:
        """Stand around this point (or right of it) on the canvas, at this zoom."""
        self._anchor, self._zoom = anchor, zoom
        font = label_font()
        font.setPixelSize(max(1, round(FONT_SIZE * zoom)))
        self.setFont(font)
        self.set_theme(theme)
        self._fit()

    def _fit(self) -> None:
        size = text_size(self.text)
        width = round((size.width() + 2 * ROOM) * self._zoom)
        line = self.fontMetrics().lineSpacing()
        height = max(line, round(size.height() / LINE_HEIGHT) * line) + 2
        left = self._anchor.x() - (width / 2 if self._centred else 0)
        top = self._anchor.y() - (height / 2 if self._centred else 0)
        self.setGeometry(round(left), round(top), width, height)

    def event(self, event: QEvent) -> bool:
        # The session has a key of its own on Ctrl+Enter.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.finish("forgotten")
        elif is_enter and control:
            self.finish("sibling" if shift else "child")
        elif is_enter and not shift:
            self.finish("kept")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        self.finish("kept")
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish("left")

    def finish(self, how: str) -> None:
        """Say once what became of it."""
        if self._is_done:
            return
        self._is_done = True
        self.finished.emit(self._before if how == "forgotten" else self.text, how)
