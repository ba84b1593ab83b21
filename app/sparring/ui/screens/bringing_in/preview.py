"""What was understood of a pasted problem: it can be corrected here, before it is kept."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStackedWidget, QTextBrowser, QWidget

from sparring.ui.screens.bringing_in.cases_table import CasesTable
from sparring.ui.screens.bringing_in.state import PastePreview, TroubleRow
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import Segmented, button, column, field, label, row, set_text
from sparring.ui.widgets.markdown import show_markdown

MAX_TROUBLES = 50
TROUBLES_HEIGHT = GRID * 32
_NOTHING = "What is understood of it appears here as you paste: title, signature and cases. All of it can be corrected."


class Preview(QWidget):
    """See the module."""

    field_changed = Signal(str, str)
    """(title, topics, difficulty, mode or signature; what is wanted)."""
    cell_corrected = Signal(int, int, str, str)
    trouble_chosen = Signal(object)
    """The `TroubleRow` that was pressed."""
    add_requested = Signal()
    remove_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._state = PastePreview()
        self.title = self._field("preview-title", "Title", "Title of the problem", 80)
        self.topics = self._field("preview-topics", "Topics", "arrays, hashing", 300)
        self.signature = self._field("preview-signature", "Signature as it was understood", "", 2_000)
        self.signature.setProperty("face", "code")
        self.mode = Segmented("preview-mode", [("function", "Function"), ("program", "Program")])
        self.mode.changed.connect(lambda value: self.field_changed.emit("mode", value))
        self.difficulty = Segmented("preview-difficulty", [("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")])
        self.difficulty.changed.connect(lambda value: self.field_changed.emit("difficulty", value))
        self.pages = Segmented("preview-page", [("cases", "Cases"), ("statement", "Statement")], "tab")
        self.pages.changed.connect(self.show_page)
        self.pages.set_value("cases")
        self.table = CasesTable()
        self.table.cases.corrected.connect(self.cell_corrected)
        self.add = button("Add a case", "add-case", "quiet")
        self.add.clicked.connect(self.add_requested)
        self.remove = button("Take it out", "remove-case", "quiet", accessible="Take the chosen case out")
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self.table.row))
        self._statement = QTextBrowser()
        self._statement.setObjectName("preview-statement")
        self._statement.setAccessibleName("Statement as it will be shown")
        self._statement.setOpenLinks(False)
        self._statement.document().setDocumentMargin(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._statement)
        self._notes = label("", "dim", "preview-notes", wrap=True)
        self._troubles = self._make_troubles()
        self._nothing = label(_NOTHING, "dim", "preview-nothing", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body = self._make_body()
        layout = column(self._nothing, self._body)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_preview(self._state)

    def _field(self, name: str, accessible: str, placeholder: str, length: int) -> QLineEdit:
        made = field(name, accessible, placeholder, length)
        key = name.removeprefix("preview-")
        if key == "signature":
            # Half a signature is no signature: it counts when it is written.
            made.editingFinished.connect(lambda: self._signature_written(made.text()))
        else:
            made.textEdited.connect(lambda text: self.field_changed.emit(key, text))
        return made

    def _make_troubles(self) -> QListView:
        made = QListView()
        made.setObjectName("troubles")
        made.setAccessibleName("What was not understood")
        made.setModel(QStringListModel(made))
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setWordWrap(True)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setMaximumHeight(TROUBLES_HEIGHT)
        made.setToolTip("Press one to go to where it stands")
        for signal in (made.clicked, made.activated):
            signal.connect(lambda index: self._choose_trouble(index.row()))
        return made

    def _make_body(self) -> QWidget:
        made = QWidget()
        self._signature_head = label("Signature", "small")
        self._troubles_head = label("Not understood", "small", "troubles-head")
        tabs = row(self.pages, 0, self.add, self.remove)
        layout = column(
            label("Title", "small"), self.title,
            row(
                column(label("Asks for a", "small"), self.mode, spacing=GRID), GRID * 2,
                column(label("Difficulty", "small"), self.difficulty, spacing=GRID), 0,
            ),
            label("Topics", "small"), self.topics,
            self._signature_head, self.signature, tabs, self._stack, self._notes, self._troubles_head, self._troubles,
        )  # fmt: skip
        layout.setStretchFactor(self._stack, 1)
        made.setLayout(layout)
        return made

    def show_preview(self, state: PastePreview) -> None:
        """Show what was understood; what is being typed stays."""
        before, self._state = self._state, state
        self._nothing.setVisible(state.is_empty)
        self._body.setVisible(not state.is_empty)
        set_text(self.title, state.title)
        set_text(self.topics, state.topics)
        set_text(self.signature, state.signature)
        if not self.signature.hasFocus():
            self.signature.setCursorPosition(0)
        for part in (self._signature_head, self.signature):
            part.setVisible(state.mode == "function")
        self.mode.set_value(state.mode)
        self.difficulty.set_value(state.difficulty)
        self.table.cases.show_cases(state.columns, state.cases)
        if state.statement != before.statement:
            show_markdown(self._statement, state.statement)
        self._notes.setText("\n".join(state.notes))
        self._notes.setVisible(bool(state.notes))
        self.remove.setEnabled(bool(state.cases))
        self.add.setEnabled(bool(state.columns))
        if state.troubles != before.troubles:
            self._show_troubles(state.troubles)
        self._troubles_head.setVisible(bool(state.troubles))
        self._troubles.setVisible(bool(state.troubles))

    def next_trouble(self) -> None:
        """Go to the next thing that was not understood."""
        count = len(self._state.troubles[:MAX_TROUBLES])
        if count:
            self._choose_trouble((self._troubles.currentIndex().row() + 1) % count)

    def _choose_trouble(self, row: int) -> None:
        self._troubles.setCurrentIndex(self._troubles.model().index(row, 0))
        self.trouble_chosen.emit(self._state.troubles[row])

    def show_page(self, page: str) -> None:
        """The cases, or the statement."""
        self._stack.setCurrentIndex(0 if page == "cases" else 1)

    def _signature_written(self, text: str) -> None:
        if text.strip() != self._state.signature:
            self.field_changed.emit("signature", text.strip())

    def _show_troubles(self, troubles: tuple[TroubleRow, ...]) -> None:
        model = self._troubles.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([one.words for one in troubles[:MAX_TROUBLES]])
        self._fit_troubles()

    def _fit_troubles(self) -> None:
        """As high as its lines, up to a limit: the table needs the room."""
        listed = self._troubles
        height = sum(
            listed.sizeHintForIndex(listed.model().index(row, 0)).height() for row in range(listed.model().rowCount())
        )
        listed.setFixedHeight(min(TROUBLES_HEIGHT, height + GRID * 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_troubles()

    def set_theme(self, theme: Theme) -> None:
        """Links take the theme's colour when they are laid out."""
        show_markdown(self._statement, self._state.statement)
