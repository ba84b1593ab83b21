"""The middle column: my code, a scratch pad, the sketch board, and the test console under them."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QWidget

from sparring.problems import NOTES_LANGUAGE
from sparring.ui.board import BoardView
from sparring.ui.editor import CodeEditor, CompletionWorker, EditorOptions, EditorPane
from sparring.ui.editor.keys import EDITOR_COMMANDS, Command
from sparring.ui.screens.console import Console
from sparring.ui.screens.session.state import Claim, SessionState
from sparring.ui.shell.actions import bind_action, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, Segmented, column, field, finish, label, row, set_text

MAX_COMPLEXITY_LENGTH = 60
CLAIM_MS = 600
HEAD_HEIGHT, TOOLS_HEIGHT = GRID * 11, GRID * 10
"""The same in both columns, so that line stands beside line."""


class MyColumn(QSplitter):
    """See the module."""

    claimed = Signal(str, str)
    """(time, space) that I say my solution takes."""
    page_shown = Signal(str)
    language_chosen = Signal(str)
    """Write the shown code in this language."""

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._state = SessionState()
        self._options = EditorOptions()
        self._heights = [450, 270]
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays: whatever is given another parent is styled anew, with all that is in it."""
        self.setHandleWidth(1)
        self.setMinimumWidth(340)
        self._pages = QStackedWidget()
        self._by_name: dict[str, QWidget] = {}
        upper = QWidget()
        layout = column(self._make_head(), self._make_claim(), self._pages, spacing=0)
        layout.setStretch(2, 1)
        upper.setLayout(layout)
        self.addWidget(upper)
        yield
        self.worker = CompletionWorker(parent=self)
        self.editor = CodeEditor("my-editor", "My code")
        self.pane = self._add_pane("code", self.editor)
        yield
        self.scratch = CodeEditor("scratch-editor", "Scratch pad, seen by nobody else")
        self.scratch_pane = self._add_pane("scratch", self.scratch)
        yield
        self.board = BoardView()
        self.board.setObjectName("board")
        self._add_page("board", self.board)
        yield
        self.console = Console()
        self.addWidget(self.console)
        self.setSizes(self._heights)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
        for name, action in (("code", "show-code"), ("scratch", "show-scratch"), ("board", "show-board")):
            bind_action(self, action, partial(self.show_page, name, take_focus=True), anywhere=True)
        bind_action(
            self, "choose-language", self._open_languages, lambda: self._language.isVisibleTo(self),
            "There is no language to choose here.", anywhere=True,
        )  # fmt: skip

    def _add_page(self, name: str, page: QWidget) -> None:
        self._by_name[name] = page
        self._pages.addWidget(page)

    def _add_pane(self, name: str, editor: CodeEditor) -> EditorPane:
        pane = EditorPane(editor, self.worker)
        self._add_page(name, pane)
        pane.set_language(self._state.language)
        self._bind(pane)
        return pane

    def _make_head(self) -> QWidget:
        self._tabs = Segmented("mine", [("code", "Code"), ("scratch", "Scratch"), ("board", "Board")], "tab")
        self._tabs.set_value("code")
        self._tabs.changed.connect(self.show_page)
        self._saved = Elided("", "dim", "saved-words")
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._language = self._make_language()
        head = QWidget()
        head.setFixedHeight(HEAD_HEIGHT)
        head_layout = row(label("You", "me"), self._tabs, self._saved, self._language, spacing=GRID * 3)
        head_layout.setStretch(2, 1)
        head_layout.setContentsMargins(GRID * 4, GRID, GRID * 4, GRID)
        head.setLayout(head_layout)
        return head

    def _make_language(self) -> QComboBox:
        made = QComboBox()
        made.setObjectName("choose-language")
        made.setAccessibleName("Language of my code")
        made.setToolTip(f"Choose the language ({key_words(key_of('choose-language'))})")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda index: self.language_chosen.emit(str(made.itemData(index))))
        return made

    def _open_languages(self) -> None:
        self._language.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._language.showPopup()

    def _show_language(self) -> None:
        """The language of the page that is shown, among those that can be chosen."""
        state, box = self._state, self._language
        box.setVisible(bool(state.languages) and not state.is_oral and self.page != "board")
        if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != list(state.languages):
            box.clear()
            for name, title in state.languages:
                box.addItem(title, name)
        box.setCurrentIndex(box.findData(state.scratch_language if self.page == "scratch" else state.language))

    def _bind(self, pane: EditorPane) -> None:
        for action, act in pane.commands().items():
            # Completion takes its key before the window does.
            bind_action(pane, action, act, has_shortcut=action != "complete")
        for action, command in EDITOR_COMMANDS.items():
            # The editor handles the key itself; the palette needs the action.
            bind_action(
                pane, action, partial(command.act, pane.editor),
                partial(_can, command, pane.editor), has_shortcut=False,
            )  # fmt: skip

    def _make_claim(self) -> QWidget:
        self._told: Claim | None = None
        self._time = field("claim-time", "Time that my solution takes", "Time: O(n log n)", MAX_COMPLEXITY_LENGTH)
        self._space = field("claim-space", "Space that my solution takes", "Space: O(n)", MAX_COMPLEXITY_LENGTH)
        self._claim_timer = QTimer(self)
        self._claim_timer.setSingleShot(True)
        self._claim_timer.setInterval(CLAIM_MS)
        self._claim_timer.timeout.connect(self._claim)
        for one in (self._time, self._space):
            one.textEdited.connect(lambda _: self._claim_timer.start())
            one.editingFinished.connect(self._claim_now)
        self._claim_row = QWidget()
        layout = row(self._time, self._space)
        layout.setContentsMargins(GRID * 4, 0, GRID * 4, GRID * 2)
        self._claim_row.setLayout(layout)
        self._claim_row.setFixedHeight(TOOLS_HEIGHT)
        return self._claim_row

    def _claim_now(self) -> None:
        if self._claim_timer.isActive():
            self._claim_timer.stop()
            self._claim()

    def _claim(self) -> None:
        time, space = self._time.text().strip(), self._space.text().strip()
        if time and Claim(time, space) != self._state.my_claim:
            self._told = Claim(time, space)
            self.claimed.emit(time, space)

    def show_page(self, name: str, *, take_focus: bool = False) -> None:
        """Code, scratch pad or board."""
        self._tabs.set_value(name)
        self._pages.setCurrentWidget(self._by_name[name])
        self.console.setHidden(name == "board")
        self._show_language()
        if take_focus:
            self._by_name[name].setFocus()
        self.page_shown.emit(name)

    def set_options(self, options: EditorOptions) -> None:
        """Work as the person likes it."""
        self._options = options
        for pane in (self.pane, self.scratch_pane):
            pane.set_options(options)
        self._wrap_notes()

    def _show_kind(self, *, is_oral: bool) -> None:
        """Code that is run, or notes while one speaks."""
        self._tabs.set_words("code", "Notes" if is_oral else "Code")
        self.editor.setAccessibleName("My notes" if is_oral else "My code")
        self._wrap_notes()
        if is_oral:
            self._heights = self.sizes()
        self.console.set_runs(not is_oral)
        # A splitter gives no part that it shows less than it needs, so the console keeps its one line.
        self.setStretchFactor(1, 0 if is_oral else 1)
        self.setSizes([sum(self._heights), 1] if is_oral else self._heights)

    def _wrap_notes(self) -> None:
        for pane in (self.pane, self.scratch_pane):
            pane.set_soft_wrap(self._state.is_oral or self._options.soft_wrap)

    @property
    def page(self) -> str:
        return self._tabs.value

    def home(self) -> QWidget:
        """Where one writes or draws."""
        return self.board.canvas if self.page == "board" else self.shown_editor

    @property
    def shown_editor(self) -> CodeEditor:
        """The code that Run means."""
        return self.scratch if self.page == "scratch" else self.editor

    def show_state(self, state: SessionState) -> None:
        before, self._state = self._state, state
        self._show_claim(before, state)
        if state.is_oral != before.is_oral:
            self._show_kind(is_oral=state.is_oral)
        self._tabs.set_choice_visible("scratch", state.has_scratch)
        if self.page == "scratch" and not state.has_scratch:
            self.show_page("code")
        self._claim_row.setVisible(state.phase == "reveal" and state.role != "interviewer" and not state.is_oral)
        if state.format == "pair":
            words = "both write here"
        elif state.role == "interviewer":
            words = "your notes, kept on your disk"
        else:
            words = "kept on your disk" if state.blind else "shared"
        self._saved.setText(words)
        for pane, language in ((self.pane, state.language), (self.scratch_pane, state.scratch_language)):
            pane.set_language(NOTES_LANGUAGE if state.is_oral else language)
        self._show_language()

    def _show_claim(self, before: SessionState, state: SessionState) -> None:
        """What I claimed; a state from before my claim arrived takes nothing away that I have just written."""
        if state.round != before.round:
            self._told = None
        is_news = state.my_claim != before.my_claim and self._told in (None, state.my_claim)
        if is_news and not self._claim_timer.isActive():
            self._told = None
            set_text(self._time, state.my_claim.time)
            set_text(self._space, state.my_claim.space)


def _can(command: Command, editor: CodeEditor) -> bool:
    return not (command.changes and editor.isReadOnly())
