"""Buttons, labels and fields: made in one line, named for people and for tests."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sparring.ui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

ELLIPSIS = "…"


class _Button(QPushButton):
    """A push button that shows a hand to whoever points at it."""

    def enterEvent(self, event: "QEnterEvent") -> None:
        # Only now: a cursor has its name from `Qt`.
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def finish(steps: Iterator[None]) -> None:
    """Build at once what is left of a widget that can be built in steps."""
    for _ in steps:
        pass


def button(text: str, name: str, role: str = "", key: str = "", accessible: str = "") -> QPushButton:
    """A push button. `role` is "primary", "partner", "quiet" or empty; `key` is shown in its tooltip."""
    made = _Button(text)
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setAccessibleName(accessible or text)
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
    _show_as_it_is(made)
    return made


def _show_as_it_is(made: QLabel) -> None:
    """What looks like HTML is shown as it was written."""
    made.setProperty("textFormat", "PlainText")


class Elided(QLabel):
    """One line that ends in an ellipsis where there is no room; its tooltip says all of it."""

    def __init__(self, text: str = "", role: str = "", name: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setObjectName(name)
        _show_as_it_is(self)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        baseline = (self.height() - metrics.height() + 1) // 2 + metrics.ascent()
        painter.drawText(0, baseline, _beginning(self.text(), metrics, self.width()))
        painter.end()


def _beginning(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text, or as much of it as there is room for with an ellipsis. Qt's own has its modes in `Qt`."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    room = width - metrics.horizontalAdvance(ELLIPSIS)
    fitting = bisect_right(range(len(text)), room, key=lambda end: metrics.horizontalAdvance(text[:end]))
    return text[: max(0, fitting - 1)] + ELLIPSIS


def chip(text: str) -> QLabel:
    """A small rounded word."""
    made = label(text, "chip")
    made.setFixedHeight(GRID * 5)
    return made


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
