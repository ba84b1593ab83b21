"""The walkthrough: one explains, both take notes, the microphone may listen."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSplitter, QWidget

from sparring.problems import NOTES_LANGUAGE
from sparring.ui.editor import CodeEditor
from sparring.ui.shell.actions import bind_action, bind_button, key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import ClockLabel, LevelMeter, Segmented, button, column, finish, label, row

CRITERIA = (
    ("understanding", "Understanding"),
    ("approach", "Approach"),
    ("communication", "Communication"),
    ("code", "Code"),
    ("testing", "Testing"),
    ("structure", "Structure"),
    ("depth", "Depth"),
)
_OF_CODE, _OF_SPEECH = ("code", "testing"), ("structure", "depth")
"""The criteria that have a meaning only there."""


@dataclass(frozen=True)
class WalkthroughState:
    """What the screen shows. `speaker` is "me", "partner" or empty."""

    title: str = ""
    me: str = ""
    partner: str = ""
    speaker: str = ""
    recording: bool = False
    microphone_words: str = ""
    feedback_sent: bool = False
    solo: bool = False
    link: str = ""
    is_oral: bool = False
    """Whether what is explained was answered aloud, so that there are notes and no code."""
    language: str = "python"
    """Of the code that is explained."""


class WalkthroughScreen(QWidget):
    """See the module."""

    done_requested = Signal()
    record_toggled = Signal(bool)
    marker_requested = Signal()
    feedback_given = Signal(object, str)
    """(scores by criterion, words)."""
    wrap_up_requested = Signal()

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._state = WalkthroughState()
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        bar, pane, side = QWidget(), QWidget(), QWidget()
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(1)
        layout = column(bar, columns, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for part in (pane, side):
            columns.addWidget(part)
        wrap_up = self._fill_bar(bar)
        yield
        self.code = CodeEditor("speaker-code", "The code that is explained")
        self.code.set_read_only_view(True)
        self._fill_code(pane)
        yield
        self.notes = CodeEditor("notes", "Shared walkthrough notes")
        self.notes.setLineWrapMode(CodeEditor.LineWrapMode.WidgetWidth)
        layout = column(label("Shared notes", "small"), self.notes)
        layout.setStretch(1, 1)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        side.setLayout(layout)
        yield
        self._rubric = QWidget()
        layout.addWidget(self._rubric)
        self._fill_rubric()
        columns.setSizes([700, 510])
        for action, pressed in (
            ("record", self._record), ("marker", self._marker), ("turn-done", self._done), ("to-wrap-up", wrap_up),
            ("send-feedback", self._send),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)
        bind_action(self, "leave-editor", self.focusNextChild)
        bind_action(self, "leave-editor-back", self.focusPreviousChild)

    def _fill_bar(self, bar: QWidget) -> QPushButton:
        self._title, self._turn = label("", "heading"), label("", "heading", "turn")
        self._link = label("", "dim")
        self._done = button("Done", "turn-done", "", key_of("turn-done"), accessible="This walkthrough is over")
        self._done.clicked.connect(self.done_requested)
        wrap_up = button("To the wrap-up", "to-wrap-up", "quiet", key_of("to-wrap-up"))
        wrap_up.clicked.connect(self.wrap_up_requested)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(56)
        top = row(self._title, 0, self._turn, 0, self._link, self._done, wrap_up)
        top.setContentsMargins(GRID * 5, GRID, GRID * 5, GRID)
        bar.setLayout(top)
        return wrap_up

    def _fill_code(self, pane: QWidget) -> None:
        recorder = QWidget()
        recorder.setProperty("role", "strip")
        layout = column(self.code, recorder, spacing=0)
        layout.setStretch(0, 1)
        pane.setLayout(layout)
        self._record = button("Record", "record", "primary", key_of("record"), accessible="Record my walkthrough")
        self._record.clicked.connect(lambda _=False: self.record_toggled.emit(not self._state.recording))
        self.level, self.elapsed = LevelMeter(), ClockLabel(15)
        self.elapsed.setObjectName("recording-time")
        self.elapsed.setAccessibleName("Recorded time")
        self._marker = button("Marker", "marker", "", key_of("marker"), accessible="Set a marker")
        self._marker.clicked.connect(self.marker_requested)
        self._microphone = label("", "dim", "microphone-words", wrap=True)
        layout = column(row(self._record, self.elapsed, self.level, 0, self._marker), self._microphone)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        recorder.setLayout(layout)

    def _fill_rubric(self) -> None:
        self._scores = {key: Segmented(f"score-{key}", [(str(n), str(n)) for n in range(1, 5)]) for key, _ in CRITERIA}
        self._words = QPlainTextEdit()
        self._words.setObjectName("feedback-text")
        self._words.setAccessibleName("Feedback in words")
        self._words.setPlaceholderText("One thing that was good, one to try next time")
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(64)
        self._send = button("Send feedback", "send-feedback", "", key_of("send-feedback"))
        self._send.clicked.connect(self._give)
        self._lines = {key: QWidget() for key, _ in CRITERIA}
        layout = column(label("Feedback for your partner, 1 to 4", "small"))
        self._rubric.setLayout(layout)
        # Line by line: Tab goes through them in the order in which they are filled.
        for key, words in CRITERIA:
            layout.addWidget(self._lines[key])
            self._lines[key].setLayout(row(label(words, "dim"), 0, self._scores[key]))
        layout.addWidget(self._words)
        layout.addLayout(row(self._send, 0))
        self._show_kind(is_oral=False)

    def home(self) -> QWidget:
        """The notes: a key that was meant for another screen starts no recording there."""
        return self.notes

    def show_state(self, state: WalkthroughState) -> None:
        """Show a state."""
        if state.is_oral != self._state.is_oral:
            self._show_kind(is_oral=state.is_oral)
        language = NOTES_LANGUAGE if state.is_oral else state.language
        if language != self.code.language.name:
            self.code.set_language(language)
        self._state = state
        self._title.setText(state.title)
        words = {"me": "Your walkthrough", "partner": f"{state.partner} explains"}
        self._turn.setText(words.get(state.speaker, "Walkthrough"))
        self._done.setText("Done" if state.speaker == "me" else f"{state.partner} is done")
        self._done.setVisible(bool(state.speaker))
        self._record.setText("Stop recording" if state.recording else "Record")
        self._record.setAccessibleName("Stop recording" if state.recording else "Record my walkthrough")
        self._microphone.setText(
            state.microphone_words or "Records your own microphone only, with your consent. It stays on your disk."
        )
        self._rubric.setVisible(not state.solo)
        self._send.setText("Sent. Send again" if state.feedback_sent else "Send feedback")
        self._link.setText(state.link)

    def _show_kind(self, *, is_oral: bool) -> None:
        self.code.set_soft_wrap(is_oral)
        for key, line in self._lines.items():
            line.setHidden(key in (_OF_CODE if is_oral else _OF_SPEECH))

    def _give(self) -> None:
        scores = {
            key: int(choice.value) for key, choice in self._scores.items() if choice.value and choice.isVisibleTo(self)
        }
        self.feedback_given.emit(scores, self._words.toPlainText().strip())
