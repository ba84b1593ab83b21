"""The languages of this machine, for the settings: what was found in which version, and how to get the others."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from sparring.ui.shell.actions import key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, label, row

TITLE_WIDTH = GRID * 26


@dataclass(frozen=True)
class ToolchainRow:
    """One language."""

    name: str
    title: str
    version: str = ""
    """Empty if it was not found."""
    how_to_get: str = ""
    is_ready: bool = True


class ToolchainList(QWidget):
    """See the module."""

    look_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolchains")
        self.look = button(
            "Look again", "look-for-languages", "", key_words(key_of("look-for-languages")), "Look for languages again"
        )
        self.look.clicked.connect(self.look_requested)
        self._words = label("", "dim", "toolchain-words")
        head = column(label("On this machine"), self._words, spacing=2)
        top = row(head, self.look, spacing=GRID * 6)
        top.setStretch(0, 1)
        self._body = QWidget()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID * 4)
        self._grid.setVerticalSpacing(GRID * 2)
        self._grid.setColumnMinimumWidth(0, TITLE_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._body.setLayout(self._grid)
        self._faults = label("", "error", "toolchain-faults", wrap=True)
        self._faults.hide()
        layout = column(top, self._body, self._faults, spacing=GRID * 2)
        layout.setContentsMargins(0, GRID, GRID, GRID * 2)
        self.setLayout(layout)
        self._shown: tuple[ToolchainRow, ...] = ()

    def show_rows(self, rows: tuple[ToolchainRow, ...], faults: tuple[str, ...] = (), *, looking: bool) -> None:
        """Show what was found; while somebody looks, what was found before."""
        self.look.setText("Looking…" if looking else "Look again")
        if rows:
            ready = sum(one.is_ready for one in rows)
            self._words.setText(f"{ready} of {len(rows)} languages can be run")
        else:
            self._words.setText("Looking for what is installed…" if looking else "")
        self._faults.setText("\n".join(faults))
        self._faults.setVisible(bool(faults))
        if rows == self._shown:
            return
        self._shown = rows
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for number, one in enumerate(rows):
            title = label(one.title, "" if one.is_ready else "dim")
            words = label(one.version if one.is_ready else one.how_to_get, "dim", f"toolchain-{one.name}", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(title, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, number, 1)
