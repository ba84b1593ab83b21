"""From the browser: the switch and port for Competitive Companion, and what came, to be looked at before it is kept."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView, QSpinBox, QSplitter, QStackedWidget, QTextBrowser, QWidget

from sparring.ui.screens.bringing_in.paste import KEEP, KEEP_FOR_BOTH
from sparring.ui.screens.bringing_in.state import BrowserState, PostRow
from sparring.ui.shell.actions import bind_button, key_of, key_words
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import Elided, Switch, button, column, hairline, label, row
from sparring.ui.widgets.markdown import show_markdown

LOWEST_PORT, HIGHEST_PORT = 1024, 65_535
STEPS = (
    "1.  Install the extension Competitive Companion in your browser.\n"
    "2.  Switch on Listen above. If you change the port, add the same one in the extension’s options.\n"
    "3.  On a problem’s page, press the extension’s green plus.\n\n"
    "What it sends appears here: name, limits and sample tests. Nothing is kept before you say so. Only extensions on "
    "this machine can send, no web page can."
)


class BrowserPage(QWidget):
    """See the module."""

    switched = Signal(bool)
    port_chosen = Signal(int)
    post_chosen = Signal(int)
    keep_requested = Signal(int)
    keep_all_requested = Signal(int)
    """All of the contest that this post is from."""
    dismiss_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._state = BrowserState()
        self._listed: tuple[PostRow, ...] = ()
        self._switch = Switch("listen", "Listen to Competitive Companion")
        self._switch.setToolTip(f"Listen to Competitive Companion ({key_words(key_of('listen'))})")
        self._switch.clicked.connect(self.switched)
        self._port = QSpinBox()
        self._port.setObjectName("companion-port")
        self._port.setAccessibleName("Port of this machine to listen on")
        self._port.setRange(LOWEST_PORT, HIGHEST_PORT)
        self._port.setKeyboardTracking(False)
        self._port.setFixedWidth(GRID * 26)
        self._port.valueChanged.connect(self._port_changed)
        self._words = label("", "dim", "listen-words", wrap=True)
        self._error = label("", "error", "listen-error", wrap=True)
        line = row(
            self._switch, label("Listen to Competitive Companion"), GRID * 6, label("Port", "dim"), self._port,
            GRID * 4, self._words,
        )  # fmt: skip
        line.setStretch(line.count() - 1, 1)
        self._steps = label(STEPS, "dim", "listen-steps", wrap=True)
        self._steps.setMaximumWidth(GRID * 170)
        self._stack = QStackedWidget()
        steps = QWidget()
        steps.setLayout(column(self._steps, 0))
        self._stack.addWidget(steps)
        self._stack.addWidget(self._make_posts())
        layout = column(line, self._error, hairline(), GRID, self._stack, spacing=GRID * 3)
        layout.setStretchFactor(self._stack, 1)
        self.setLayout(layout)
        bind_button(self, "listen", self._switch, anywhere=True)
        for action, pressed in (
            ("keep-problem", self._keep), ("keep-all-posts", self._keep_all), ("dismiss-post", self._dismiss),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)
        self.show_state(self._state)

    def _make_posts(self) -> QWidget:
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setObjectName("posts")
        self._list.setAccessibleName("Problems that came from the browser")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._view = QTextBrowser()
        self._view.setObjectName("post-statement")
        self._view.setAccessibleName("The problem that came from the browser")
        # An address from outside is opened from the shelf, by hand; here it is only read.
        self._view.setOpenLinks(False)
        self._view.document().setDocumentMargin(0)
        self._title = label("", "heading", "post-title", wrap=True)
        self._details = label("", "dim", "post-details", wrap=True)
        self._keep = button(KEEP, "keep-post", "primary", key_words(key_of("keep-problem")))
        self._keep.clicked.connect(lambda: self.keep_requested.emit(self._state.chosen))
        self._keep_all = button("Keep the whole contest", "keep-all-posts", "", key_words(key_of("keep-all-posts")))
        self._keep_all.clicked.connect(lambda: self.keep_all_requested.emit(self._state.chosen))
        self._dismiss = button(
            "Dismiss", "dismiss-post", "quiet", key_words(key_of("dismiss-post")), "Dismiss this problem"
        )
        self._dismiss.clicked.connect(lambda: self.dismiss_requested.emit(self._state.chosen))
        self._batch = Elided("", "dim", "batch-words")
        right = QWidget()
        bar = row(self._keep, self._keep_all, self._batch, self._dismiss)
        bar.setStretch(2, 1)
        inner = column(self._title, self._details, self._view, bar, spacing=GRID * 3)
        inner.setStretchFactor(self._view, 1)
        inner.setContentsMargins(GRID * 6, 0, 0, 0)
        right.setLayout(inner)
        made = QSplitter(Qt.Orientation.Horizontal)
        made.setChildrenCollapsible(False)
        made.setHandleWidth(1)
        made.addWidget(self._list)
        made.addWidget(right)
        made.setSizes([GRID * 80, GRID * 190])
        return made

    def home(self) -> QWidget:
        """Where a hand would go first."""
        return self._keep if self._state.posts else self._switch

    def show_state(self, state: BrowserState, *, is_busy: bool = False, in_lobby: bool = False) -> None:
        """Show whether it listens, and what came."""
        self._state = state
        self._switch.setChecked(state.is_on)
        if not self._port.hasFocus() and state.port:
            was = self._port.blockSignals(True)
            self._port.setValue(state.port)
            self._port.blockSignals(was)
        self._words.setText(state.words)
        self._error.setText(state.error)
        self._error.setVisible(bool(state.error))
        self._stack.setCurrentIndex(1 if state.posts else 0)
        if state.posts != self._listed:
            self._list_posts(state.posts)
        chosen = next((one for one in state.posts if one.id == state.chosen), None)
        if chosen is not None:
            self._show_post(chosen)
            self._choose_row(state.posts.index(chosen))
        words = KEEP_FOR_BOTH if in_lobby else KEEP
        self._keep.setText(words)
        self._keep.setAccessibleName(words)
        for part in (self._keep, self._keep_all):
            part.setEnabled(not is_busy)

    def set_theme(self, theme: Theme) -> None:
        """Links take the theme's colour when they are laid out."""
        chosen = next((one for one in self._state.posts if one.id == self._state.chosen), None)
        self._view.setProperty("shown", None)
        if chosen is not None:
            self._show_post(chosen)

    def _show_post(self, post: PostRow) -> None:
        self._title.setText(post.title)
        self._details.setText("\n".join((post.words, *post.notes)))
        if self._view.property("shown") != post.id:
            self._view.setProperty("shown", post.id)
            show_markdown(self._view, post.statement)
        self._keep_all.setVisible(bool(post.batch_words))
        self._batch.setText(post.batch_words)

    def _list_posts(self, posts: tuple[PostRow, ...]) -> None:
        had_focus = self._list.hasFocus()
        self._listed = posts
        was = self._list.selectionModel().blockSignals(True)
        self._model.setStringList([f"{one.title}\n{one.group}" for one in posts])
        self._list.selectionModel().blockSignals(was)
        if had_focus and not posts:
            self._switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_row(self, row_: int) -> None:
        if self._list.currentIndex().row() != row_:
            was = self._list.selectionModel().blockSignals(True)
            self._list.setCurrentIndex(self._model.index(row_))
            self._list.selectionModel().blockSignals(was)
            self._list.viewport().update()

    def _choose(self) -> None:
        number = self._list.currentIndex().row()
        if 0 <= number < len(self._listed):
            self.post_chosen.emit(self._listed[number].id)

    def _port_changed(self, port: int) -> None:
        self.port_chosen.emit(port)
