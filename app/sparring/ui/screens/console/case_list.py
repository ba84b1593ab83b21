"""The cases of a run, one below the other, and the bar that shows all of them at once."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QSizePolicy

from sparring.ui.screens.console.case_view import STATE_WORDS, CaseView
from sparring.ui.theme import Theme, current_theme
from sparring.ui.widgets.painted import Painted


class Segments(Painted):
    """One part a case, coloured as it went."""

    def __init__(self) -> None:
        super().__init__(10, 6)
        self.setMaximumWidth(16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._states: list[str] = []

    def show_states(self, states: list[str]) -> None:
        if states != self._states:
            self._states = states
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._states:
            return
        painter = self._painter()
        painter.setPen(Qt.PenStyle.NoPen)
        part = self.width() / len(self._states)
        quiet = self._theme.hairline
        for number, state in enumerate(self._states):
            colour = {"passed": self._theme.passed, "": quiet, "malformed": quiet, "skipped": quiet}.get(
                state, self._theme.wrong
            )
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(number * part, 0, max(2.0, part - 4), 6), 3, 3)
        painter.end()


class CaseList(QListView):
    """See the module. A row is changed in its place, so that the list stays where it is while a run goes on."""

    chosen = Signal(int)
    """This row is pointed at now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("case-list")
        self.setProperty("role", "compact")
        self.setAccessibleName("Test cases")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self._theme = current_theme()
        self._rows = QStandardItemModel(self)
        self._cases: list[CaseView] = []
        self.setModel(self._rows)
        self.selectionModel().currentChanged.connect(lambda index, _: self.chosen.emit(index.row()))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for number, case in enumerate(self._cases):
            self._fill(self._rows.item(number), case)

    @property
    def row(self) -> int:
        """The row that is pointed at; -1 for none."""
        return self.currentIndex().row()

    def show_cases(self, cases: Sequence[CaseView]) -> None:
        """All rows anew; the place stays where it can."""
        self._cases = list(cases)
        while self._rows.rowCount() > len(cases):
            self._rows.removeRow(self._rows.rowCount() - 1)
        for number, case in enumerate(cases):
            if number == self._rows.rowCount():
                item = QStandardItem()
                item.setEditable(False)
                self._rows.appendRow(item)
            self._fill(self._rows.item(number), case)

    def show_case(self, number: int, case: CaseView) -> None:
        """One row anew."""
        self._cases[number] = case
        self._fill(self._rows.item(number), case)

    def point_at(self, number: int) -> None:
        self.setCurrentIndex(self._rows.index(number, 0))

    def _fill(self, item: QStandardItem, case: CaseView) -> None:
        colour = {"passed": self._theme.text, "": self._theme.dim, "skipped": self._theme.dim}.get(
            case.state, self._theme.wrong
        )
        item.setText(case.line)
        item.setToolTip(f"{case.name}: {case.words}")
        item.setData(f"{case.name}, {STATE_WORDS.get(case.state, case.state)}", Qt.ItemDataRole.AccessibleTextRole)
        item.setForeground(QColor(colour))
