"""Before somebody else's code runs: a sheet that shows it, and asks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sparring.ui.editor.code_editor import CodeEditor
from sparring.ui.shell import MainWindow
from sparring.ui.shell.ringed import RingedSheet
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, column, label, row

MOST_WIDTH, MOST_HEIGHT = 760, 620
MARGIN = GRID * 6


class CodeQuestion(RingedSheet):
    """See the module. The code has the focus, so that Enter answers nothing: yes is a button one has to go to."""

    def __init__(
        self, window: QWidget, title: str, code: str, words: str, language: str, answered: Callable[[bool], None]
    ) -> None:
        super().__init__(window, "code-question", title)
        self._answered: Callable[[bool], None] | None = answered
        self._code = CodeEditor("question-code", "The code that would run")
        self._code.set_language(language)
        self._code.set_theme(self._theme)
        self._code.setPlainText(code)
        self._code.set_read_only_view(True)
        self._code.setTabChangesFocus(True)
        self._no = button("Do not run it", "question-no", "", "Esc")
        self._yes = button("Run it", "question-yes", "", accessible="Run this code on my machine")
        self._yes.setToolTip("Run this code on my machine")
        self._no.clicked.connect(self.close_and_return)
        self._yes.clicked.connect(self._accept)
        self.go_round(self._code, self._no, self._yes)
        hint = label("Tab goes to the buttons, Esc runs nothing.", "dim")
        foot = row(hint, 0, self._no, self._yes)
        body = label(words, "", "question-words", wrap=True)
        layout = column(label(title, "heading", "question-title"), body, self._code, foot, spacing=GRID * 3)
        layout.setStretch(2, 1)
        layout.setContentsMargins(MARGIN, GRID * 5, MARGIN, GRID * 5)
        self.panel.setLayout(layout)

    def open(self) -> None:
        super().open()
        self._code.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_panel(self) -> None:
        width = min(self.width() - GRID * 16, MOST_WIDTH)
        height = min(self.height() - GRID * 12, MOST_HEIGHT)
        self.panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def close_and_return(self) -> None:
        answered, self._answered = self._answered, None
        super().close_and_return()
        if answered is not None:
            answered(False)

    def _accept(self) -> None:
        answered, self._answered = self._answered, None
        self.close_and_return()
        if answered is not None:
            answered(True)


def ask_before_running(
    window: MainWindow, title: str, code: str, words: str, answered: Callable[[bool], None], language: str = "python"
) -> None:
    """Show code of somebody else, and ask whether it may run here; `answered` is called once."""
    window.open_sheet(CodeQuestion(window, title, code, words, language, answered))
