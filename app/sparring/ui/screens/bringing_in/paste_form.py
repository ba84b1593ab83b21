"""Where the text, link, signature and examples of a problem are pasted."""

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from sparring.ui.theme import GRID
from sparring.ui.widgets import column, field, label

TYPING_MS = 150
"""So long the keys rest before what was typed is read."""
MAX_LINK = 500
MAX_PASTED = 100_000
"""Characters that are taken at one time."""


class _Pasted(QPlainTextEdit):
    """A field for text of any length. Tab goes on to the next field, as Ctrl+Tab would in an editor."""

    def __init__(self, name: str, accessible: str, placeholder: str, *, is_code: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        # To break a long word anywhere takes Qt seconds: 0.6 for 60,000 letters, and as long again at every key.
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        if is_code:
            self.setProperty("face", "code")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the text, and of a whole disk only its beginning: more would hold the window, and is not read."""
        self.insertPlainText(source.text()[:MAX_PASTED])

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, and show it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()


class PasteForm(QWidget):
    """See the module."""

    changed = Signal()
    """Something was typed or pasted, and the keys rest."""

    def __init__(self) -> None:
        super().__init__()
        self.text = _Pasted(
            "paste-text", "Text of the problem",
            "Paste the whole page here, from its title to its constraints.\n\nExamples are found in it:\n"
            "Input: nums = [2, 7, 11, 15], target = 9\nOutput: [0, 1]",
        )  # fmt: skip
        self.link = field("paste-link", "Link to the problem", "https://… (optional)", MAX_LINK)
        self.signature = _Pasted(
            "paste-signature", "Signature, in any language",
            "def two_sum(self, nums: List[int], target: int) -> List[int]:\n(or in another language; optional)",
            is_code=True,
        )  # fmt: skip
        self.examples = _Pasted(
            "paste-examples", "More examples", "Input: …\nOutput: …\nor  two_sum([3, 3], 6) -> [0, 1]", is_code=True
        )
        self.signature.setFixedHeight(GRID * 19)
        self.examples.setFixedHeight(GRID * 22)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        for edit in (self.text, self.signature, self.examples):
            edit.textChanged.connect(self._typing.start)
        self.link.textChanged.connect(lambda _: self._typing.start())
        layout = column(
            label("Text of the problem", "small"), self.text,
            label("Link", "small"), self.link,
            label("Signature, in any language", "small"), self.signature,
            label("More examples", "small"), self.examples,
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def is_resting(self) -> bool:
        """Whether everything that was typed has been told."""
        return not self._typing.isActive()

    def tell_now(self) -> None:
        """What was typed last need not wait."""
        if not self.is_resting:
            self._typing.stop()
            self.changed.emit()

    def clear(self) -> None:
        """Empty all fields; undo brings each back."""
        for edit in (self.text, self.signature, self.examples):
            cursor = QTextCursor(edit.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
        self.link.clear()

    def field_of(self, source: str) -> QWidget:
        """The field that a trouble speaks of."""
        fields: dict[str, QWidget] = {"signature": self.signature, "examples": self.examples, "link": self.link}
        return fields.get(source, self.text)
