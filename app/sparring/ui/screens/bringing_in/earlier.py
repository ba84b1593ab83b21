"""What came in before, import by import; each can be undone."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView, QSplitter, QStackedWidget, QWidget

from sparring.ui.screens.bringing_in.report import ReportPanel
from sparring.ui.screens.bringing_in.state import EarlierRow
from sparring.ui.shell.actions import bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, label, row

_NONE = "Nothing was brought in yet. What you import, paste or take from the browser is listed here, and can be undone."
_UNDO_WORDS = "Takes away exactly what this import brought. A problem that you changed since stays, and is named."


class EarlierPage(QWidget):
    """See the module."""

    undo_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[EarlierRow, ...] = ()
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setObjectName("earlier-imports")
        self._list.setAccessibleName("Earlier imports")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self._details = label("", "dim", "earlier-details", wrap=True)
        self._report = ReportPanel("earlier-report", "What this import brought")
        self._undo = button("Undo this import", "undo-earlier", "", key_words(key_of("undo-import")))
        self._undo.setToolTip(f"{_UNDO_WORDS} ({key_words(key_of('undo-import'))})")
        self._undo.clicked.connect(self._undo_chosen)
        right = QWidget()
        inner = column(self._details, self._report, row(self._undo, 0), spacing=GRID * 3)
        inner.setStretch(1, 1)
        inner.setContentsMargins(GRID * 6, 0, 0, 0)
        right.setLayout(inner)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(self._list)
        columns.addWidget(right)
        columns.setSizes([GRID * 110, GRID * 160])
        empty = QWidget()
        empty.setLayout(column(label(_NONE, "dim", "earlier-none", wrap=True), 0))
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(columns)
        self.setLayout(column(self._stack))
        bind_button(self, "undo-import", self._undo, anywhere=True)

    def home(self) -> QWidget:
        """Where a hand would go first."""
        return self._list

    def show_rows(self, rows: tuple[EarlierRow, ...], *, is_busy: bool = False) -> None:
        """Show the imports, the latest first; the chosen one stays chosen."""
        chosen = self._chosen
        self._undo.setEnabled(not is_busy)
        if rows != self._rows:
            self._rows = rows
            self._model.setStringList([one.words for one in rows])
            place = next((at for at, one in enumerate(rows) if chosen is not None and one.id == chosen.id), 0)
            self._list.setCurrentIndex(self._model.index(place))
        had_focus = self._list.hasFocus() or self._undo.hasFocus()
        self._stack.setCurrentIndex(1 if rows else 0)
        self._show_chosen()
        if had_focus and rows:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> EarlierRow | None:
        number = self._list.currentIndex().row()
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._details.setText(chosen.details)
            self._report.show_report(chosen.report)

    def _undo_chosen(self) -> None:
        if self._chosen is not None:
            self.undo_requested.emit(self._chosen.id)
