"""The screen: the ways in which problems come, one at a time, and what was kept last."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sparring.ui.screens.bringing_in.browser import BrowserPage
from sparring.ui.screens.bringing_in.earlier import EarlierPage
from sparring.ui.screens.bringing_in.files import FilesPage
from sparring.ui.screens.bringing_in.paste import PastePage
from sparring.ui.screens.bringing_in.state import BringInState, PastePreview, ReportView
from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Segmented, button, column, finish, label, row

WAYS = (
    ("paste", "Paste"), ("files", "Folder or zip file"), ("browser", "From the browser"), ("earlier", "What came in"),
)  # fmt: skip


class BringInScreen(QWidget):
    """See the module."""

    way_chosen = Signal(str)
    undo_requested = Signal(str)
    """The id of an import."""
    back_requested = Signal()

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._state = BringInState()
        self._preview = PastePreview()
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        self._pages: dict[str, FilesPage | PastePage | BrowserPage | EarlierPage] = {}
        self._stack = QStackedWidget()
        self._make_head()
        yield
        self.paste = PastePage(in_steps=True)
        self._add_page("paste", self.paste)
        yield from self.paste.rest
        yield
        self.files = FilesPage()
        self._add_page("files", self.files)
        yield
        self.browser = BrowserPage()
        self._add_page("browser", self.browser)
        yield
        self.earlier = EarlierPage()
        self._add_page("earlier", self.earlier)
        for page in (self.files, self.earlier):
            page.undo_requested.connect(self.undo_requested)

    def _add_page(self, way: str, page: FilesPage | PastePage | BrowserPage | EarlierPage) -> None:
        self._pages[way] = page
        self._stack.addWidget(page)

    def _make_head(self) -> None:
        self._ways = Segmented("way", WAYS, "tab")
        self._ways.changed.connect(self.way_chosen)
        back = button("Back", "leave-bring-in", "quiet", key_words(key_of("leave-bring-in")), "Back to where I was")
        back.clicked.connect(self.back_requested)
        self._kept = self._make_kept()
        bar = QWidget()
        bar.setProperty("role", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = column(row(label("Bring in problems", "title"), 0, back), self._ways)
        head.setContentsMargins(0, 0, 0, GRID * 2)
        bar.setLayout(head)
        layout = column(bar, GRID, self._kept, self._stack, spacing=GRID * 2)
        layout.setStretchFactor(self._stack, 1)
        layout.setContentsMargins(GRID * 12, GRID * 8, GRID * 12, GRID * 6)
        self.setLayout(layout)
        bind_button(self, "leave-bring-in", back, anywhere=True)
        for way, words in WAYS:
            self._ways.set_tip(way, f"{words} ({key_words(key_of(f'way-{way}'))})")
            bind_action(self, f"way-{way}", partial(self.way_chosen.emit, way), anywhere=True)

    def _make_kept(self) -> QWidget:
        """A line that says what was kept last, with undo."""
        made = QWidget()
        made.setProperty("role", "panel")
        self._kept_words = label("", "", "kept-words", wrap=True)
        self._kept_undo = button("Undo", "undo-kept", "quiet", key_words(key_of("undo-kept")), "Take it away again")
        self._kept_undo.clicked.connect(lambda: self.undo_requested.emit(self._state.kept.id))
        layout = row(self._kept_words, self._kept_undo)
        layout.setStretch(0, 1)
        layout.setContentsMargins(GRID * 4, GRID * 2, GRID * 2, GRID * 2)
        made.setLayout(layout)
        bind_button(self, "undo-kept", self._kept_undo, anywhere=True)
        # Space that is there only while the line is.
        holder = QWidget()
        held = column(made)
        held.setContentsMargins(0, 0, 0, GRID * 3)
        holder.setLayout(held)
        return holder

    def home(self) -> QWidget:
        """Where a hand would go first, on the page that is shown."""
        return self._pages[self._state.way].home()

    def show_state(self, state: BringInState) -> None:
        """Show a state; what is typed or chosen on its pages stays."""
        before, self._state = self._state, state
        self._ways.set_value(state.way)
        self._stack.setCurrentWidget(self._pages[state.way])
        self._kept.setVisible(state.kept != ReportView() and state.way in ("paste", "browser"))
        self._kept_words.setText(_in_words(state.kept))
        self._kept_undo.setVisible(bool(state.kept.id))
        self._kept_undo.setEnabled(not state.is_busy)
        self.files.show_state(state.files)
        self.browser.show_state(state.browser, is_busy=state.is_busy, in_lobby=state.in_lobby)
        self.earlier.show_rows(state.earlier, is_busy=state.is_busy)
        self.show_preview(self._preview)
        if state.way != before.way and self.isVisible():
            self.home().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, preview: PastePreview) -> None:
        """Show what was understood of what is pasted."""
        self._preview = preview
        self.paste.show_preview(preview, is_busy=self._state.is_busy, in_lobby=self._state.in_lobby)


def _in_words(report: ReportView) -> str:
    """One sentence for what was kept, with what is to be said about it."""
    notes = [f"{name}: {why}" for name, why in report.left_out]
    return " ".join(part for part in (report.words, *notes) if part)
