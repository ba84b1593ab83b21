"""The journal: find a past round, and see all that was kept of it."""

from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListView,
    QPlainTextEdit,
    QSlider,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sparring.ui.editor import CodeEditor
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, field, label, row, show_markdown

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
class RecordingRow:
    """A recording that can be played, or whose file is gone."""

    id: str
    words: str
    available: bool


@dataclass(frozen=True)
class JournalDetail:
    """All that was kept of a round."""

    title: str
    words: str
    statement: str
    my_code: str
    partner_code: str
    partner: str
    notes: str
    kept: str
    """Takeaway, tags, rating and feedback, in lines."""
    recordings: tuple[RecordingRow, ...] = ()


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

    def __init__(self) -> None:
        super().__init__()
        self._state = JournalState()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(self._make_list())
        split.addWidget(self._make_detail())
        split.setSizes([400, 810])
        layout = column(split)
        self.setLayout(layout)

    def _make_list(self) -> QWidget:
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
        pane = QWidget()
        layout = column(
            label("Journal", "title"), self._search, row(self._topic, self._partner), self._struggled,
            self._empty, self._list,
        )  # fmt: skip
        layout.setStretch(5, 1)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 4, GRID * 4)
        pane.setLayout(layout)
        return pane

    def _make_detail(self) -> QWidget:
        self._title, self._words = label("", "heading", "detail-title"), label("", "dim")
        self._statement = QTextBrowser()
        self._statement.setAccessibleName("Statement")
        self._mine, self._theirs = CodeEditor("detail-mine", "My code"), CodeEditor("detail-partner", "Partner's code")
        for editor in (self._mine, self._theirs):
            editor.set_language("python")
            editor.set_read_only_view(True)
        self._partner_name = label("", "small")
        self._notes = QPlainTextEdit()
        self._notes.setReadOnly(True)
        self._notes.setAccessibleName("Walkthrough notes")
        self._notes.setObjectName("detail-notes")
        self._kept = label("", "", "detail-kept", wrap=True)
        self._recordings = QVBoxLayout()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("recording-position")
        self._slider.setAccessibleName("Position in the recording")
        self._slider.sliderMoved.connect(self.seek_requested)
        mine, theirs = QWidget(), QWidget()
        mine.setLayout(column(label("You", "small"), self._mine))
        theirs.setLayout(column(self._partner_name, self._theirs))
        codes = QSplitter(Qt.Orientation.Horizontal)
        codes.addWidget(mine)
        codes.addWidget(theirs)
        texts = QSplitter(Qt.Orientation.Horizontal)
        notes = QWidget()
        notes.setLayout(column(label("Notes", "small"), self._notes))
        texts.addWidget(self._statement)
        texts.addWidget(notes)
        self._detail = QWidget()
        layout = column(
            self._title, self._words, codes, texts, self._kept, self._recordings, self._slider, spacing=GRID * 2
        )
        layout.setStretch(2, 3)
        layout.setStretch(3, 2)
        layout.setContentsMargins(GRID * 5, GRID * 6, GRID * 6, GRID * 4)
        self._detail.setLayout(layout)
        self._detail.hide()
        frame = QWidget()
        self._pick = label("Pick a round to see both solutions, notes and recordings.", "dim", wrap=True)
        self._pick.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.setLayout(column(self._detail, self._pick))
        return frame

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
        if detail is None:
            return
        self._title.setText(detail.title)
        self._words.setText(detail.words)
        show_markdown(self._statement, detail.statement)
        self._mine.setPlainText(detail.my_code)
        self._theirs.setPlainText(detail.partner_code)
        self._partner_name.setText(detail.partner or "Partner")
        self._notes.setPlainText(detail.notes)
        self._kept.setText(detail.kept)
        while (item := self._recordings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, recording in enumerate(detail.recordings):
            made = button(f"Play {recording.words}", f"play-recording-{number}")
            made.setEnabled(recording.available)
            made.clicked.connect(lambda _=False, key=recording.id: self.play_requested.emit(key))
            self._recordings.addWidget(made)
        self._slider.setVisible(bool(detail.recordings))

    def set_player(self, position_ms: int, duration_ms: int) -> None:
        """Where the recording is that plays."""
        self._slider.setMaximum(duration_ms)
        if not self._slider.isSliderDown():
            self._slider.setValue(position_ms)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._state.rows):
            self.round_opened.emit(self._state.rows[number].id)

    def _tell(self) -> None:
        topic = self._topic.currentText() if self._topic.currentIndex() > 0 else ""
        partner = self._partner.currentText() if self._partner.currentIndex() > 0 else ""
        self.filter_changed.emit(JournalQuery(self._search.text(), topic, partner, self._struggled.isChecked()))
