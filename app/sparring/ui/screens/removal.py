"""The sheet that asks before somebody is removed from a session and its link is changed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from sparring.ui.shell.ringed import RingedSheet
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, label, row

WIDTH = 560
MOST_ROWS = 7
MARGIN = GRID * 6
NOBODY = "Nobody: only change the link"


@dataclass(frozen=True)
class Person:
    """Somebody else in the session."""

    id: str
    name: str
    watches: bool = False

    @property
    def words(self) -> str:
        return f"{self.name}, who watches" if self.watches else self.name


class RemovalSheet(RingedSheet):
    """See the module. The list has the focus, so that Enter answers nothing: yes is a button one has to go to."""

    def __init__(self, window: QWidget, people: tuple[Person, ...], answered: Callable[[str], None]) -> None:
        """`answered` is called with the id of who is to be removed, empty for the link alone; or never."""
        super().__init__(window, "removal-sheet", "Remove somebody and change the link")
        self._people, self._answered = people, answered
        self._list = QListWidget()
        self._list.setObjectName("removal-people")
        self._list.setAccessibleName("Who is removed")
        self._list.addItems([*(person.words for person in people), NOBODY])
        self._list.setCurrentRow(0)
        self._list.currentRowChanged.connect(lambda _: self._show_choice())
        self._list.setTabKeyNavigation(False)
        self._words = label("", "", "removal-words", wrap=True)
        self._words.setMinimumHeight(GRID * 22)
        self._words.setProperty("alignment", Qt.AlignmentFlag.AlignTop)
        self._no = button("Cancel", "removal-no", "", "Esc")
        self._yes = button("", "removal-yes", "")
        self._no.clicked.connect(self.close_and_return)
        self._yes.clicked.connect(self._accept)
        self.go_round(self._list, self._no, self._yes)
        title = label("Remove somebody and change the link", "heading", "removal-title")
        hint = label("Tab goes to the buttons.", "dim")
        layout = column(title, self._list, self._words, row(hint, 0, self._no, self._yes), spacing=GRID * 3)
        layout.setContentsMargins(MARGIN, GRID * 5, MARGIN, GRID * 5)
        self.panel.setLayout(layout)
        self._show_choice()

    @property
    def _chosen(self) -> Person | None:
        number = self._list.currentRow()
        return self._people[number] if 0 <= number < len(self._people) else None

    def _show_choice(self) -> None:
        person = self._chosen
        old = "The link that was given away opens nothing any more; you get a new one to send."
        if person is None:
            self._words.setText(f"Everybody who is here stays. {old}")
            self._yes.setText("Change the link")
            return
        seat = "" if person.watches else " Their seat is free for whom you send the new link."
        self._words.setText(
            f"{person.name} is cut off at once and cannot come back. {old}{seat}"
            f" What {person.name} has seen and typed until now stays on their own disk."
        )
        self._yes.setText(f"Remove {person.name}")
        self._yes.setAccessibleName(f"Remove {person.name} and change the link")

    def open(self) -> None:
        super().open()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_panel(self) -> None:
        # Rows have their height from the style, which comes with the window.
        rows = min(self._list.count(), MOST_ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + GRID)
        width = min(self.width() - GRID * 16, WIDTH)
        height = self.panel.sizeHint().height()
        self.panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _accept(self) -> None:
        person = self._chosen
        self.close_and_return()
        self._answered(person.id if person else "")
