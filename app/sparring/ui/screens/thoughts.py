"""Parked thoughts in a list: keep each, or dismiss it."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from sparring.ui.shell.actions import key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, label, row


@dataclass(frozen=True)
class Thought:
    """A stray thought, and what is to become of it."""

    id: str
    text: str
    decision: str = ""
    """"kept" or "dismissed"; empty until decided."""


class ThoughtList(QWidget):
    """One line for each; pressing a choice again takes it back."""

    decided = Signal(str, str)
    """(id, decision)"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("parked-thoughts")
        self._thoughts: tuple[Thought, ...] = ()
        self._rows: list[_Row] = []
        self._none = label("None. A clear head.", "dim", "no-thoughts")
        self._column = column(self._none, spacing=GRID)
        self.setLayout(self._column)

    @property
    def first_open(self) -> Thought | None:
        """The first about which nothing was decided."""
        return next((one for one in self._thoughts if not one.decision), None)

    def show_thoughts(self, thoughts: tuple[Thought, ...]) -> None:
        """Show these; a line that stays keeps its focus."""
        if thoughts == self._thoughts:
            return
        self._thoughts = thoughts
        self._none.setVisible(not thoughts)
        while len(self._rows) > len(thoughts):
            gone = self._rows.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(thoughts):
            made = _Row(len(self._rows))
            made.decided.connect(self.decided)
            self._rows.append(made)
            self._column.addWidget(made)
        for line, thought in zip(self._rows, thoughts, strict=True):
            line.show_thought(thought)


class _Row(QWidget):
    decided = Signal(str, str)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._thought = Thought("", "")
        self._words = label("", "", f"thought-{number}", wrap=True)
        self._buttons: dict[str, QPushButton] = {}
        for decision, words, action in (
            ("kept", "Keep", "keep-thought"),
            ("dismissed", "Dismiss", "dismiss-thought"),
        ):
            made = button(words, f"{action}-{number}", "quiet", key_words(key_of(action)))
            made.setCheckable(True)
            made.clicked.connect(lambda on, decision=decision: self._press(decision, on))
            self._buttons[decision] = made
        line = row(self._words, *self._buttons.values(), spacing=GRID)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_thought(self, thought: Thought) -> None:
        self._thought = thought
        self._words.setText(thought.text)
        role = "dim" if thought.decision == "dismissed" else ""
        if self._words.property("role") != role:
            self._words.setProperty("role", role)
            self._words.style().polish(self._words)
        for decision, made in self._buttons.items():
            made.setChecked(thought.decision == decision)
            made.setAccessibleName(f"{made.text()}: {thought.text}")

    def _press(self, decision: str, on: bool) -> None:
        self.decided.emit(self._thought.id, decision if on else "")
