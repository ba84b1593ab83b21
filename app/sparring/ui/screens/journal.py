"""The journal: find a past round, and see all that was kept of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListView,
    QSplitter,
    QWidget,
)

from sparring.ui.screens.round_detail import JournalDetail, RecordingRow, RoundDetailView, Section
from sparring.ui.theme import GRID
from sparring.ui.widgets import column, field, finish, label, row

__all__ = ["JournalDetail", "JournalQuery", "JournalRow", "JournalScreen", "JournalState", "RecordingRow", "Section"]

TYPING_MS = 150


@dataclass(frozen=True)
class JournalRow:
    """A past round in the list."""

    id: str
    title: str
    words: str


@dataclass(frozen=True)
class JournalQuery:
    """What the person is looking for."""

    text: str = ""
    topic: str = ""
    partner: str = ""
    struggled: bool = False


@dataclass(frozen=True)
class JournalState:
    """What the screen shows."""

    rows: tuple[JournalRow, ...] = ()
    topics: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    detail: JournalDetail | None = None
    searched: bool = False


class JournalScreen(QWidget):
    """See the module."""

    filter_changed = Signal(object)
    round_opened = Signal(str)
    play_requested = Signal(str)
    seek_requested = Signal(int)

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._state = JournalState()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        split, pane, frame = QSplitter(Qt.Orientation.Horizontal), QWidget(), QWidget()
        split.setHandleWidth(1)
        self.setLayout(column(split))
        for part in (pane, frame):
            split.addWidget(part)
        self._fill_list(pane)
        yield
        self._detail = RoundDetailView(in_steps=True)
        self._detail.play_requested.connect(self.play_requested)
        self._detail.seek_requested.connect(self.seek_requested)
        self._detail.hide()
        self._pick = label("Pick a round to see both solutions, notes and recordings.", "dim", wrap=True)
        self._pick.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.setLayout(column(self._detail, self._pick))
        yield from self._detail.rest
        split.setSizes([400, 810])

    def _fill_list(self, pane: QWidget) -> None:
        self._search = field("journal-search", "Search the journal", "Any word in notes, code, titles")
        self._search.textChanged.connect(lambda _: self._typing.start())
        self._topic, self._partner = QComboBox(), QComboBox()
        for box, name, words in (
            (self._topic, "journal-topic", "Topic"),
            (self._partner, "journal-partner", "Partner"),
        ):
            box.setObjectName(name)
            box.setAccessibleName(words)
            box.activated.connect(lambda _: self._tell())
        self._struggled = QCheckBox("Struggled only")
        self._struggled.setObjectName("journal-struggled")
        self._struggled.setAccessibleName("Struggled only")
        self._struggled.clicked.connect(lambda _: self._tell())
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setObjectName("journal-list")
        self._list.setAccessibleName("Past rounds")
        self._list.setWordWrap(True)
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(lambda index: self._open(index.row()))
        self._list.activated.connect(lambda index: self._open(index.row()))
        self._empty = label("", "dim", "journal-empty", wrap=True)
        layout = column(
            label("Journal", "title"), self._search, row(self._topic, self._partner), self._struggled,
            self._empty, self._list,
        )  # fmt: skip
        layout.setStretch(5, 1)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 4, GRID * 4)
        pane.setLayout(layout)

    def home(self) -> QWidget:
        """The rounds, which the arrow keys go through."""
        return self._list

    def show_state(self, state: JournalState) -> None:
        """Show a state; the search field and the chosen filters stay."""
        before, self._state = self._state, state
        if (state.topics, state.partners) != (before.topics, before.partners) or not self._topic.count():
            for box, first, values in (
                (self._topic, "Every topic", state.topics),
                (self._partner, "Every partner", state.partners),
            ):
                chosen = box.currentText()
                box.clear()
                box.addItems([first, *values])
                box.setCurrentIndex(max(0, box.findText(chosen)))
        if state.rows != before.rows:
            self._model.setStringList([f"{one.title}\n{one.words}" for one in state.rows])
        empty = (
            "Nothing found. Try fewer words." if state.searched else "No rounds yet. They appear here by themselves."
        )
        self._empty.setText("" if state.rows else empty)
        self._empty.setVisible(not state.rows)
        if state.detail != before.detail:
            self._show_detail(state.detail)

    def _show_detail(self, detail: JournalDetail | None) -> None:
        self._detail.setVisible(detail is not None)
        self._pick.setVisible(detail is None)
        if detail is not None:
            self._detail.show_detail(detail)

    def set_player(self, position_ms: int, duration_ms: int) -> None:
        """Where the recording is that plays."""
        self._detail.set_player(position_ms, duration_ms)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._state.rows):
            self.round_opened.emit(self._state.rows[number].id)

    def _tell(self) -> None:
        topic = self._topic.currentText() if self._topic.currentIndex() > 0 else ""
        partner = self._partner.currentText() if self._partner.currentIndex() > 0 else ""
        self.filter_changed.emit(JournalQuery(self._search.text(), topic, partner, self._struggled.isChecked()))
