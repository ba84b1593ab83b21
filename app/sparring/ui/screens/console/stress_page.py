"""My solution against the accepted one on drawn cases: how far it is, and the smallest case on which they differ."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QTextBrowser, QWidget

from sparring.ui.screens.console.case_view import CaseView, as_page
from sparring.ui.shell.actions import key_of, key_words
from sparring.ui.theme import GRID, Theme, current_theme
from sparring.ui.widgets import button, column, label, row


class StressPage(QWidget):
    """See the module."""

    keep_requested = Signal()
    closed = Signal()
    line_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._theme = current_theme()
        self._case: CaseView | None = None
        self._title = label("Stress test", "heading", "stress-title")
        self._words = label("", "", "stress-words", wrap=True)
        self._bar = QProgressBar()
        self._bar.setObjectName("stress-bar")
        self._bar.setAccessibleName("Drawn cases tried")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._detail = QTextBrowser()
        self._detail.setObjectName("stress-detail")
        self._detail.setAccessibleName("The smallest case that fails")
        self._detail.setOpenLinks(False)
        # Its text begins where the words above it do.
        self._detail.document().setDocumentMargin(0)
        self._detail.anchorClicked.connect(self._follow)
        self.keep = button("Keep as my case", "keep-failing", "", key_words(key_of("keep-failing")))
        self.keep.clicked.connect(self.keep_requested)
        self._close = button("Close", "close-stress", "quiet", "Esc", "Back to the cases")
        self._close.clicked.connect(self.closed)
        # As high as the button that comes with a result, so that nothing jumps then.
        self._title.setMinimumHeight(GRID * 8)
        head = row(self._title, 0, self._close, self.keep)
        layout = column(head, self._words, self._bar, self._detail, spacing=GRID)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._case is not None:
            self._detail.setHtml(as_page(self._case, theme))

    def begin(self) -> None:
        """It begins."""
        self._case = None
        self._words.setText("Drawing cases…")
        self._bar.setRange(0, 0)
        self._bar.show()
        self._detail.clear()
        self.keep.hide()

    def show_progress(self, tried: int, most: int, *, is_shrinking: bool) -> None:
        """So many cases were tried."""
        words = (
            f"Found one. Looking for a smaller one: {tried:,} drawn cases tried"
            if is_shrinking
            else f"{tried:,} of {most:,} drawn cases tried"
        )
        self._words.setText(words)
        self._bar.setRange(0, most)
        self._bar.setValue(tried)

    def finish(self, words: str, case: CaseView | None) -> None:
        """It is over; with the case that fails, if there is one."""
        self._case = case
        self._words.setText(words)
        self._bar.hide()
        self._detail.setHtml(as_page(case, self._theme) if case else "")
        self.keep.setVisible(case is not None)

    @property
    def words(self) -> str:
        return self._words.text()

    def home(self) -> QWidget:
        """Where the focus goes when it is over."""
        return self.keep if self.keep.isVisibleTo(self) else self._close

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _follow(self, url: QUrl) -> None:
        self.line_requested.emit(int(url.toString() or 0))
