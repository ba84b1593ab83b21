"""Find and replace, in a line below the code."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from sparring.editing import Selection, search
from sparring.editing.search import BadPattern, Query
from sparring.ui.editor.code_editor import CodeEditor
from sparring.ui.shell.actions import key_of
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, field, label, row

MAX_PATTERN_LENGTH = 1_000
AGAIN_MS = 120
"""After an edit the matches are looked up again once the keys rest this long."""


class FindBar(QWidget):
    """Looks through one editor's text. Enter goes on, Shift+Enter back, Esc closes."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__()
        self._editor = editor
        self._matches: tuple[Selection, ...] = ()
        self.setProperty("role", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pattern = field("find-pattern", "Find", "Find", MAX_PATTERN_LENGTH)
        self._template = field("replace-template", "Replace by", "Replace by", MAX_PATTERN_LENGTH)
        self._case = self._option("Aa", "find-case", "Match case")
        self._word = self._option("word", "find-word", "Whole words")
        self._regex = self._option(".*", "find-regex", "Regular expression")
        self._words = label("", "dim", "find-words")
        previous = button("↑", "find-previous", "quiet", key_of("find-previous"), "Previous match")
        following = button("↓", "find-next", "quiet", key_of("find-next"), "Next match")
        close = button("Close", "find-close", "quiet", "Esc", "Close the search")
        self._replace = button("Replace", "replace-one", "quiet", accessible="Replace this match")
        self._all = button("Replace all", "replace-all", "quiet")
        previous.clicked.connect(lambda: self.go(backwards=True))
        following.clicked.connect(lambda: self.go())
        close.clicked.connect(self.dismiss)
        self._replace.clicked.connect(self._replace_one)
        self._all.clicked.connect(self._replace_all)
        self._pattern.textChanged.connect(self._look)
        for one in (self._pattern, self._template):
            one.installEventFilter(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID * 4, GRID * 2, GRID * 2, GRID * 2)
        grid.setSpacing(GRID * 2)
        grid.addWidget(self._pattern, 0, 0)
        grid.addLayout(row(self._case, self._word, self._regex, spacing=GRID), 0, 1)
        grid.addLayout(row(previous, following, self._words, 0, close, spacing=GRID), 0, 2)
        grid.addWidget(self._template, 1, 0)
        grid.addLayout(row(self._replace, self._all, 0, spacing=GRID), 1, 1, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._look)
        editor.document().contentsChanged.connect(self._text_changed)
        self.hide()

    def _option(self, words: str, name: str, accessible: str) -> QPushButton:
        made = button(words, name, "quiet", accessible=accessible)
        made.setCheckable(True)
        made.setToolTip(accessible)
        made.toggled.connect(self._look)
        return made

    @property
    def query(self) -> Query:
        return Query(
            self._pattern.text(), self._regex.isChecked(), self._case.isChecked(), self._word.isChecked()
        )  # fmt: skip

    @property
    def words(self) -> str:
        """What is said about the matches."""
        return self._words.text()

    def open(self, *, with_replace: bool) -> None:
        """Show the line; what is selected is what to look for."""
        main = self._editor.selections[0]
        chosen = self._editor.text[main.start : main.stop]
        if chosen and "\n" not in chosen:
            self._pattern.setText(chosen)
        can_replace = with_replace and not self._editor.isReadOnly()
        for one in (self._template, self._replace, self._all):
            one.setVisible(can_replace)
        self.show()
        self._pattern.setFocus()
        self._pattern.selectAll()
        self._look()

    def dismiss(self) -> None:
        """Back to the code."""
        self.hide()
        self._matches = ()
        self._editor.marks.matches = ()
        self._editor.marks.show()
        self._editor.setFocus()

    def _text_changed(self) -> None:
        if self.isVisible():
            self._again.start()

    def _look(self, _: object = None) -> None:
        try:
            self._matches = search.find_all(self._editor.text, self.query)
            words = f"{len(self._matches)} found" if self._pattern.text() else ""
            if len(self._matches) == search.MAX_MATCHES:
                words = f"{search.MAX_MATCHES:,} and more"
        except BadPattern as error:
            self._matches, words = (), str(error)
        self._show_matches(words)

    def _show_matches(self, words: str) -> None:
        self._words.setText(words)
        self._words.setToolTip(words)
        # With the line closed F3 goes on, and nothing is lit up.
        self._editor.marks.matches = () if self.isHidden() else self._matches
        self._editor.marks.show()

    def _refresh(self) -> None:
        """Look again if the text has changed since."""
        if self._again.isActive() or (not self.isVisible() and self._pattern.text()):
            self._again.stop()
            self._look()

    def go(self, *, backwards: bool = False) -> None:
        """To the next match, or the one before."""
        self._refresh()
        target = search.next_match(self._matches, self._editor.selections[0], backwards=backwards)
        if target is not None:
            self._editor.set_selections((target,))
            self._editor.centerCursor()
            number = self._matches.index(target) + 1
            self._words.setText(f"{number} of {len(self._matches)}")

    def _replace_one(self) -> None:
        self._refresh()
        current = self._editor.selections[0]
        if current not in self._matches:
            self.go()
            return
        self._change(current)
        self.go()

    def _replace_all(self) -> None:
        count = len(self._matches)
        if self._change(None):
            self._words.setText(f"{count} replaced")

    def _change(self, only: Selection | None) -> bool:
        try:
            change = search.replace(self._editor.text, self.query, self._template.text(), only)
        except BadPattern as error:
            self._words.setText(str(error))
            return False
        if change.edits:
            self._editor.apply(change)
            self._look()
        return bool(change.edits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
                event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                if watched is self._template:
                    self._replace_one()
                else:
                    self.go(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)
