"""Buttons, labels and fields: made in one line, named for people and for tests."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlockFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sparring.ui.theme import GRID


def button(text: str, name: str, role: str = "", key: str = "", accessible: str = "") -> QPushButton:
    """A push button. `role` is "primary", "partner", "quiet" or empty; `key` is shown in its tooltip."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setAccessibleName(accessible or text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if key:
        made.setToolTip(f"{accessible or text} ({key})")
    return made


def label(text: str = "", role: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A label. `role` is "title", "heading", "small", "dim", "error", "passed", "chip" or empty."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class Elided(QLabel):
    """One line that ends in an ellipsis where there is no room; its tooltip says all of it."""

    def __init__(self, text: str = "", role: str = "", name: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), words, self.foregroundRole()
        )
        painter.end()


def chip(text: str) -> QLabel:
    """A small rounded word."""
    made = label(text, "chip")
    made.setFixedHeight(GRID * 5)
    return made


def show_markdown(view: QTextBrowser, markdown: str) -> None:
    """Show Markdown with room between its paragraphs, and code set apart; Qt's own gives them none."""
    view.setMarkdown(markdown)
    cursor = QTextCursor(view.document())
    block = view.document().begin()
    while block.isValid():
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage)
        code = is_code or block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        following = block.next()
        goes_on = code and following.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        cursor.setPosition(block.position())
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(0 if goes_on else GRID * 2)
        spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if code:
            spaced.setLeftMargin(GRID * 2)
        cursor.mergeBlockFormat(spaced)
        block = following


def hairline() -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setProperty("role", "hairline")
    return made


def field(name: str, accessible: str, placeholder: str = "", max_length: int = 300) -> QLineEdit:
    """A line to type into."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(max_length)
    return made


def set_text(edit: QLineEdit, text: str) -> None:
    """Show what came from elsewhere, unless somebody is typing here."""
    is_typing = edit.hasFocus() and not edit.isReadOnly()
    if not is_typing and edit.text() != text:
        edit.setText(text)


def row(*items: QWidget | QLayout | int, spacing: int = GRID * 2) -> QHBoxLayout:
    """Widgets side by side; 0 is a stretch."""
    made = QHBoxLayout()
    _fill(made, items, spacing)
    return made


def column(*items: QWidget | QLayout | int, spacing: int = GRID * 2) -> QVBoxLayout:
    """Widgets one below the other; 0 is a stretch, another number a space in pixels."""
    made = QVBoxLayout()
    _fill(made, items, spacing)
    return made


def _fill(layout: QHBoxLayout | QVBoxLayout, items: Sequence[QWidget | QLayout | int], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item == 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(item)


class Segmented(QWidget):
    """A choice of one among few."""

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], role: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for value, words in choices:
            made = button(words, f"{name}-{value}", role)
            made.setCheckable(True)
            self._group.addButton(made)
            self._buttons[value] = made
            made.clicked.connect(lambda _=False, value=value: self.changed.emit(value))
        self.setLayout(row(*self._buttons.values(), 0, spacing=GRID))

    @property
    def value(self) -> str:
        return next((value for value, made in self._buttons.items() if made.isChecked()), "")

    @property
    def chosen(self) -> QPushButton | None:
        """The button of the choice that is made."""
        return self._buttons.get(self.value)

    def set_value(self, value: str) -> None:
        if value in self._buttons:
            self._buttons[value].setChecked(True)
            return
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def set_choice_visible(self, value: str, visible: bool) -> None:
        """Offer a choice, or no longer."""
        self._buttons[value].setVisible(visible)

    def set_tip(self, value: str, words: str) -> None:
        """What is said of a choice when one points at it."""
        self._buttons[value].setToolTip(words)

    def set_words(self, value: str, words: str) -> None:
        """What a choice is called now."""
        if self._buttons[value].text() != words:
            self._buttons[value].setText(words)
            self._buttons[value].setAccessibleName(words)
