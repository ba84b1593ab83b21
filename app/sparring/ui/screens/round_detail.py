"""All that was kept of a round: solutions, statement, notes, sketch, talk, recordings."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSlider,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sparring.ui.board.picture import BoardPicture
from sparring.ui.editor import CodeEditor
from sparring.ui.shell.actions import bind_action
from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, finish, label, row
from sparring.ui.widgets.markdown import show_markdown


@dataclass(frozen=True)
class RecordingRow:
    """A recording that can be played, or whose file is gone."""

    id: str
    words: str
    available: bool


@dataclass(frozen=True)
class Section:
    """Lines of one kind: (who or which, words)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


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
    mine: str = "You"
    """Whose code is on the left."""
    my_claim: str = ""
    partner_claim: str = ""
    said: tuple[Section, ...] = ()
    """Hints, chat, parked thoughts: those that there are."""
    board: str = ""
    """The sketch as the journal has it; empty if nothing was drawn."""
    me: str = ""
    """Whose elements are in my colour."""
    language: str = "python"
    """Of the code; "markdown" for notes."""
    partner_language: str = "python"


class RoundDetailView(QWidget):
    """See the module. What a round does not have takes no room."""

    play_requested = Signal(str)
    seek_requested = Signal(int)

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        self._title, self._words = label("", "heading", "detail-title"), label("", "dim", "detail-words", wrap=True)
        self._kept = label("", "", "detail-kept", wrap=True)
        self._recordings = QVBoxLayout()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("recording-position")
        self._slider.setAccessibleName("Position in the recording")
        self._slider.sliderMoved.connect(self.seek_requested)
        codes, texts = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Horizontal)
        layout = column(self._title, self._words, codes, texts, spacing=GRID * 2)
        layout.setStretch(2, 3)
        layout.setStretch(3, 2)
        layout.setContentsMargins(GRID * 5, GRID * 6, GRID * 6, GRID * 4)
        self.setLayout(layout)
        self._whose, self._claims = [label("", "small"), label("", "small")], [label("", "dim"), label("", "dim")]
        self._panes = [QWidget(), QWidget()]
        for pane in self._panes:
            codes.addWidget(pane)
        yield
        self._mine = CodeEditor("detail-mine", "My code")
        self._fill_pane(0, self._mine, "my-claim")
        yield
        self._theirs = CodeEditor("detail-partner", "Partner's code")
        self._fill_pane(1, self._theirs, "partner-claim")
        yield
        self._statement = QTextBrowser()
        self._statement.setAccessibleName("Statement")
        pages = QWidget()
        for part in (self._statement, pages):
            texts.addWidget(part)
        self._fill_pages(pages)
        layout.addWidget(self._kept)
        layout.addLayout(self._recordings)
        layout.addWidget(self._slider)

    def _fill_pane(self, place: int, editor: CodeEditor, claim: str) -> None:
        editor.set_read_only_view(True)
        self._claims[place].setObjectName(claim)
        self._panes[place].setLayout(column(row(self._whose[place], self._claims[place], 0, spacing=GRID * 3), editor))

    def _fill_pages(self, pages: QWidget) -> None:
        self._notes = QPlainTextEdit()
        self._notes.setReadOnly(True)
        self._notes.setAccessibleName("Walkthrough notes")
        self._notes.setObjectName("detail-notes")
        self._board = BoardPicture("detail-board")
        self._said = QTextBrowser()
        self._said.setObjectName("detail-said")
        self._said.setAccessibleName("Hints, chat and parked thoughts")
        self._pages = {"notes": self._notes, "board": self._board, "said": self._said}
        self._tabs = Segmented("detail-page", (("notes", "Notes"), ("board", "Sketch"), ("said", "Talk")), "tab")
        self._tabs.changed.connect(self._show_page)
        self._stack = QStackedWidget()
        pages.setLayout(column(self._tabs, self._stack, spacing=GRID))
        for page in self._pages.values():
            self._stack.addWidget(page)
        bind_action(self, "round-page", self._next_page, lambda: len(self._there) > 1, anywhere=True)
        self._there: list[str] = ["notes"]

    def show_detail(self, detail: JournalDetail) -> None:
        """Show a round."""
        self._title.setText(detail.title)
        self._words.setText(detail.words)
        show_markdown(self._statement, detail.statement)
        self._show_codes(detail)
        self._notes.setPlainText(detail.notes)
        self._board.show_board(detail.board, detail.me)
        self._said.setHtml(_sections_as_html(detail.said))
        self._there = ["notes"] + ["board"] * bool(detail.board) + ["said"] * bool(detail.said)
        for page in self._pages:
            self._tabs.set_choice_visible(page, page in self._there)
        self._show_page("notes" if detail.notes or len(self._there) == 1 else self._there[1])
        self._kept.setText(detail.kept)
        self._kept.setVisible(bool(detail.kept))
        self._show_recordings(detail.recordings)

    def _show_codes(self, detail: JournalDetail) -> None:
        self._whose[0].setText(detail.mine)
        self._whose[1].setText(detail.partner or "Partner")
        codes = (detail.my_code, detail.partner_code)
        editors, languages = (self._mine, self._theirs), (detail.language, detail.partner_language)
        for editor, pane, code, language in zip(editors, self._panes, codes, languages, strict=True):
            if editor.language.name != language:
                editor.set_language(language)
            editor.set_soft_wrap(language == "markdown")
            editor.setPlainText(code)
            # Where only one of us wrote, that one has the room; where nobody did, both panes say so.
            pane.setVisible(bool(code) or not any(codes))
        for words, claim in zip(self._claims, (detail.my_claim, detail.partner_claim), strict=True):
            words.setText(claim)

    def _show_recordings(self, recordings: tuple[RecordingRow, ...]) -> None:
        while (item := self._recordings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, recording in enumerate(recordings):
            made = button(f"Play {recording.words}", f"play-recording-{number}")
            made.setEnabled(recording.available)
            made.clicked.connect(lambda _=False, key=recording.id: self.play_requested.emit(key))
            self._recordings.addWidget(made)
        self._slider.setVisible(bool(recordings))

    def _show_page(self, page: str) -> None:
        self._tabs.set_value(page)
        self._stack.setCurrentWidget(self._pages[page])

    def _next_page(self) -> None:
        place = self._there.index(self._tabs.value) if self._tabs.value in self._there else -1
        self._show_page(self._there[(place + 1) % len(self._there)])

    def set_player(self, position_ms: int, duration_ms: int) -> None:
        """Where the recording is that plays."""
        self._slider.setMaximum(duration_ms)
        if not self._slider.isSliderDown():
            self._slider.setValue(position_ms)


def _sections_as_html(sections: tuple[Section, ...]) -> str:
    """Qt's rich text, without anything of it in what people wrote."""
    parts = []
    for section in sections:
        parts.append(f'<p style="margin: {GRID * 2}px 0 {GRID}px 0"><b>{html.escape(section.heading)}</b></p>')
        for who, words in section.lines:
            lead = f"<b>{html.escape(who)}</b>&nbsp;&nbsp;" if who else ""
            shown = html.escape(words).replace("\n", "<br>")
            parts.append(f'<p style="margin: 0 0 {GRID}px 0">{lead}{shown}</p>')
    return "".join(parts)
