"""A case of my own, as a small form. What is typed stays until it is saved, also when the form is closed meanwhile."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QWidget

from sparring.problems.own_cases import EXPECTED, NAME
from sparring.ui.shell.actions import key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, field, label, row

MAX_LENGTH = 1_000_000
TEXT_HEIGHT = GRID * 16
READ = "what the program reads"


@dataclass(frozen=True)
class CaseFields:
    """What a case is made of. `inputs` are (name, type); of a program there is one, a text of many lines."""

    problem: str
    inputs: tuple[tuple[str, str], ...]
    returns: str
    is_program: bool = False


class CaseForm(QWidget):
    """See the module."""

    saved = Signal(str, str, object, str)
    """(key of the case, empty for a new one; name; inputs; expected)."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: CaseFields | None = None
        self._case = ""
        self._drafts: dict[tuple[str, str], tuple[str, tuple[str, ...], str]] = {}
        self._edits: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._errors: dict[str, QLabel] = {}
        self._title = label("A case of my own", "heading", "own-case-title")
        self._busy = label("", "dim", "own-case-busy")
        self._save = button("Save", "save-own-case", "", key_words(key_of("save-own-case")), "Save my case")
        self._save.clicked.connect(self._press_save)
        self._close = button("Close", "close-case", "quiet", "Esc", "Close the form; what is typed stays")
        self._close.clicked.connect(self._leave)
        self._area = QScrollArea()
        self._area.setObjectName("own-case-area")
        self._area.setAccessibleName("A case of my own")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column(row(self._title, self._busy, 0, self._close, self._save), self._area, spacing=GRID)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def save_button(self) -> QPushButton:
        return self._save

    def open(
        self, fields: CaseFields, case: str = "", name: str = "", inputs: tuple[str, ...] = (), expected: str = ""
    ) -> None:
        """Show the form for a new case, or for one that there is; what was typed there before comes back."""
        self._keep_draft()
        self._fields, self._case = fields, case
        name, inputs, expected = self._drafts.get((fields.problem, case), (name, inputs, expected))
        self._title.setText("My case" if case else "A new case")
        self._make_fields(fields)
        self._set(NAME, name)
        for number, (parameter, _) in enumerate(fields.inputs):
            self._set(parameter, inputs[number] if number < len(inputs) else "")
        self._set(EXPECTED, expected)
        self.set_busy("")
        self._edits[fields.inputs[0][0] if fields.inputs else NAME].setFocus()

    def _make_fields(self, fields: CaseFields) -> None:
        self._edits, self._errors = {}, {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, GRID * 2, 0)
        grid.setHorizontalSpacing(GRID * 3)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        answer = "what it prints" if fields.is_program else fields.returns
        rows = [
            *((name, name, READ if fields.is_program else f"{kind}, as JSON") for name, kind in fields.inputs),
            (EXPECTED, "expected", f"{answer}; empty: ask the accepted solution"),
            (NAME, "name", "what it is about"),
        ]
        for number, (key, title, hint) in enumerate(rows):
            edit = self._make_edit(key, title, hint, fields.is_program and key != NAME)
            error = label("", "error", f"{_part(key)}-error", wrap=True)
            error.hide()
            self._edits[key], self._errors[key] = edit, error
            grid.addWidget(label(title, "dim"), number * 2, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(edit, number * 2, 1)
            grid.addWidget(error, number * 2 + 1, 1)
        grid.setRowStretch(len(rows) * 2, 1)
        body = QWidget()
        body.setLayout(grid)
        self._area.setWidget(body)

    def _make_edit(self, key: str, title: str, hint: str, is_text: bool) -> QLineEdit | QPlainTextEdit:
        if not is_text:
            return field(_part(key), f"{title}: {hint}", hint, MAX_LENGTH)
        made = QPlainTextEdit()
        made.setObjectName(_part(key))
        made.setAccessibleName(f"{title}: {hint}")
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(TEXT_HEIGHT)
        return made

    def show_error(self, key: str, words: str) -> None:
        """What is wrong, under the field where it is; everything typed stays."""
        self.set_busy("")
        for name, error in self._errors.items():
            error.setText(words if name == key else "")
            error.setVisible(name == key)
            # For who hears the field and does not see what stands below it.
            self._edits[name].setAccessibleDescription(words if name == key else "")
        if key in self._edits:
            self._edits[key].setFocus()
            self._area.ensureWidgetVisible(self._errors[key])

    def set_busy(self, words: str) -> None:
        """Something is looked up; until then nothing is saved twice."""
        self._busy.setText(words)
        self._save.setEnabled(not words)

    def forget(self) -> None:
        """It was saved: the next new case begins empty."""
        if self._fields is not None:
            self._drafts.pop((self._fields.problem, self._case), None)
        self._fields = None

    def remember(self, fields: CaseFields, name: str, inputs: tuple[str, ...], expected: str) -> None:
        """The form for a new case begins with this."""
        self._keep_draft()
        self._fields = None
        self._drafts[fields.problem, ""] = (name, inputs, expected)

    def _keep_draft(self) -> None:
        if self._fields is not None:
            typed = self._get(NAME), tuple(self._get(name) for name, _ in self._fields.inputs), self._get(EXPECTED)
            self._drafts[self._fields.problem, self._case] = typed

    def _set(self, key: str, text: str) -> None:
        edit = self._edits[key]
        if isinstance(edit, QLineEdit):
            edit.setText(text)
        else:
            edit.setPlainText(text)

    def _get(self, key: str) -> str:
        edit = self._edits[key]
        return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()

    def _press_save(self) -> None:
        if self._fields is None:
            return
        for error in self._errors.values():
            error.hide()
        inputs = tuple(self._get(name) for name, _ in self._fields.inputs)
        self.saved.emit(self._case, self._get(NAME), inputs, self._get(EXPECTED))

    def _leave(self) -> None:
        self._keep_draft()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        is_line = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_line and self._save.isEnabled():
            # From a line; a text of many lines keeps the key for itself.
            self._press_save()
            return
        super().keyPressEvent(event)


def _part(key: str) -> str:
    """What the field of an input is called, for tests and for the focus."""
    return f"own-{key.replace(' ', '-')}"
