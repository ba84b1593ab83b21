"""Keys for whatever has the focus, and what can be heard and read there; what a person without a mouse has."""

from typing import Any

from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


def press(window: QWidget, keys: str) -> None:
    """One chord, such as "Ctrl+Alt+1" or "Shift+Tab", sent to what has the focus."""
    # The stubs do not know that a sequence can be indexed.
    chord: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
    key, modifiers = chord.key(), chord.keyboardModifiers()
    if key == Qt.Key.Key_Tab and modifiers & Qt.KeyboardModifier.ShiftModifier:
        # What a keyboard sends.
        key = Qt.Key.Key_Backtab
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def type_text(window: QWidget, text: str) -> None:
    """ASCII, character by character, each to what has the focus then."""
    for character in text:
        if character == "\n":
            press(window, "Return")
        else:
            QTest.keyClicks(QApplication.focusWidget() or window, character)


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a part."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def focus() -> dict[str, Any]:
    """What has the focus: its name, its kind, and what a screen reader says of it."""
    widget = QApplication.focusWidget()
    if widget is None:
        return {"name": "", "kind": "", "spoken": "", "visible": False}
    kind = type(widget).__name__
    return {"name": widget.objectName(), "kind": kind, "spoken": spoken(widget), "visible": widget.isVisible()}


def words_of(widget: QWidget) -> str | None:
    """The words of one part of the screen; None if it has none of its own."""
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        return widget.text()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QListView):
        model = widget.model()
        return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))
    return None


def words_in(widget: QWidget) -> str:
    """All words that can be read inside a part of the screen."""
    found = [words_of(one) for one in widget.findChildren(QWidget) if one.isVisible()]
    return "\n".join(words for words in found if words)


def draw(canvas: QWidget, points: list[tuple[int, int]]) -> None:
    """A stroke with the pointer held down; places in hundredths of the canvas."""
    places = [QPoint(canvas.width() * x // 100, canvas.height() * y // 100) for x, y in points]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])
