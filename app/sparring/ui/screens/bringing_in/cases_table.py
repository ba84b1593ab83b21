"""The cases that were understood, as a table whose cells can be corrected."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from sparring.ui.screens.bringing_in.state import EXPECTED, HIDDEN, NAME, CaseRow
from sparring.ui.theme import GRID, Theme, current_theme

MAX_SHOWN = 2_000
"""Characters of a cell that are shown; all of them can be edited."""
ROW_HEIGHT = GRID * 8
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


class CasesModel(QAbstractTableModel):
    """Rows of cases. A change is told, and shown when it comes back as a state."""

    corrected = Signal(int, int, str, str)
    """(case, column, what was there, what is wanted)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[CaseRow, ...] = ()
        self.theme = current_theme()
        self._font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def show_cases(self, columns: tuple[str, ...], rows: tuple[CaseRow, ...]) -> None:
        """Show other cases; what is chosen stays where it is, as long as there is such a cell."""
        if (columns, len(rows)) != (self._columns, len(self._rows)):
            self.beginResetModel()
            self._columns, self._rows = columns, rows
            self.endResetModel()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))

    def place_of(self, column: int) -> int:
        """What a column is for the rest of the app."""
        last = len(self._columns) + 1
        return NAME if column == 0 else EXPECTED if column == last else HIDDEN if column == last + 1 else column - 1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or not self._columns else len(self._columns) + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if role != _ROLE.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return "!" if self._rows[section].trouble else str(section + 1)
        return ("case", *self._columns, "expected", "hidden")[section]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_box = self.place_of(index.column()) == HIDDEN
        return plain | (Qt.ItemFlag.ItemIsUserCheckable if is_box else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        row, place = self._rows[index.row()], self.place_of(index.column())
        if place == HIDDEN:
            if role == _ROLE.CheckStateRole:
                return Qt.CheckState.Checked if row.hidden else Qt.CheckState.Unchecked
            return ("hidden" if row.hidden else "an example") if role == _ROLE.AccessibleTextRole else None
        text = self._text(row, place)
        match role:
            case _ROLE.DisplayRole:
                return text[:MAX_SHOWN].replace("\n", " ⏎ ")
            case _ROLE.EditRole:
                return text
            case _ROLE.ToolTipRole:
                return row.trouble or text[:MAX_SHOWN]
            case _ROLE.FontRole:
                return None if place == NAME else self._font
            case _ROLE.ForegroundRole:
                return QColor(self.theme.wrong) if row.trouble else None
        return None

    def setData(self, index: _Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        row, place = self._rows[index.row()], self.place_of(index.column())
        if place == HIDDEN and role == _ROLE.CheckStateRole:
            wanted = "hidden" if Qt.CheckState(value) == Qt.CheckState.Checked else ""
            self.corrected.emit(index.row(), HIDDEN, "hidden" if row.hidden else "", wanted)
            return True
        before = self._text(row, place)
        if role != _ROLE.EditRole or str(value) == before:
            return False
        self.corrected.emit(index.row(), place, before, str(value))
        return True

    def _text(self, row: CaseRow, place: int) -> str:
        return row.name if place == NAME else row.expected if place == EXPECTED else row.inputs[place]


class CasesTable(QTableView):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cases")
        self.setAccessibleName("Cases that were understood")
        self.cases = CasesModel(self)
        self.setModel(self.cases)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.cases.modelReset.connect(self._divide)

    @property
    def row(self) -> int:
        """The case that is chosen; −1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Go to a case."""
        self.setCurrentIndex(self.cases.index(row, 1))

    def set_theme(self, theme: Theme) -> None:
        self.cases.theme = theme
        self.viewport().update()

    def _divide(self) -> None:
        """The values share the width; the name and the box take what they need."""
        header, count = self.horizontalHeader(), self.cases.columnCount()
        for column in range(count):
            is_value = 0 < column < count - 1
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if is_value else QHeaderView.ResizeMode.ResizeToContents
            )
