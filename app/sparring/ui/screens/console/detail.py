"""What one case says: how it went and what differs, and on a page of its own all that it printed."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTextBrowser, QWidget

from sparring.ui.editor.code_editor import code_font
from sparring.ui.screens.console.case_view import CaseView, as_page, as_text
from sparring.ui.shell.actions import key_of, key_words
from sparring.ui.theme import GRID, Theme, current_theme
from sparring.ui.widgets import Segmented, button, column, row

MAX_LINES = 20_000
"""Of what is printed while it runs, so many of the last lines."""


class CaseDetail(QWidget):
    """See the module."""

    line_requested = Signal(int)
    edit_requested = Signal()
    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = current_theme()
        self._case: CaseView | None = None
        self._live = ""
        self._page = QTextBrowser()
        self._page.setObjectName("case-detail")
        self._page.setAccessibleName("What the case says")
        self._page.setOpenLinks(False)
        self._page.anchorClicked.connect(self._follow)
        self._printed = QPlainTextEdit()
        self._printed.setObjectName("case-output")
        self._printed.setAccessibleName("What the case printed")
        self._printed.setProperty("role", "code")
        self._printed.setReadOnly(True)
        self._printed.setUndoRedoEnabled(False)
        self._printed.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._printed.setMaximumBlockCount(MAX_LINES)
        self._printed.setFont(code_font(12))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page)
        self._pages.addWidget(self._printed)
        self._tabs = Segmented("case-page", (("result", "Result"), ("printed", "Printed")), "tab")
        self._tabs.set_value("result")
        self._tabs.changed.connect(self._show_page)
        keys = {name: key_words(key_of(name)) for name in ("edit-own-case", "remove-own-case", "copy-case")}
        self.edit = button("Edit", "edit-own-case", "quiet", keys["edit-own-case"], "Edit my case")
        self.edit.clicked.connect(self.edit_requested)
        self.remove = button("Remove", "remove-own-case", "quiet", keys["remove-own-case"], "Remove my case")
        self.remove.clicked.connect(self.remove_requested)
        self.copy = button("Copy", "copy-case", "quiet", keys["copy-case"], "Copy what the case says")
        self.copy.clicked.connect(self._copy)
        head = row(self._tabs, 0, self.edit, self.remove, self.copy, spacing=GRID)
        layout = column(head, self._pages, spacing=GRID)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_case(None)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._case is not None:
            self._page.setHtml(as_page(self._case, theme))

    def show_case(self, case: CaseView | None, live: str = "") -> None:
        """Show a case; `live` is what it has printed so far while it runs."""
        self._case = case
        printed = case.printed or live if case else ""
        self.edit.setVisible(case is not None and case.is_own)
        self.remove.setVisible(case is not None and case.is_own)
        self.copy.setEnabled(case is not None)
        self._page.setHtml(as_page(case, self._theme) if case else "")
        if printed != self._live:
            self._live = printed
            self._printed.setPlainText(printed)
        self._name_printed()
        if not printed:
            self._show_page("result")

    def show_sentence(self, sentence: str) -> None:
        """Nothing could be run, and why."""
        self.show_case(None)
        self._page.setPlainText(sentence)

    def add_output(self, text: str) -> None:
        """The case that is shown printed this."""
        bar = self._printed.verticalScrollBar()
        was_at_end = bar.value() >= bar.maximum() - 1
        self._live += text
        cursor = QTextCursor(self._printed.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        if was_at_end:
            bar.setValue(bar.maximum())
        self._name_printed()

    def show_printed(self) -> None:
        """Look at what is printed."""
        self._show_page("printed")

    def show_result(self) -> None:
        """Look at how it went."""
        self._show_page("result")

    def _name_printed(self) -> None:
        lines = self._live.count("\n") + (not self._live.endswith("\n")) if self._live else 0
        self._tabs.set_choice_visible("printed", bool(lines))
        self._tabs.set_words("printed", f"Printed ({lines:,} line{'s' if lines != 1 else ''})")

    def _show_page(self, name: str) -> None:
        self._tabs.set_value(name)
        self._pages.setCurrentIndex(("result", "printed").index(name))

    def _follow(self, url: QUrl) -> None:
        self.line_requested.emit(int(url.toString() or 0))

    def _copy(self) -> None:
        if self._case is not None:
            QGuiApplication.clipboard().setText(as_text(self._case))
