"""The test console under my editor: Run, a bar with a part a case, and what a case says."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QTextBrowser, QWidget

from sparring.ui.shell.actions import key_of
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import button, chip, column, label, row
from sparring.ui.widgets.painted import Painted

NOTHING_TO_RUN = "Nothing to run: this is answered aloud."
_MARKS = {"passed": "✓", "wrong": "✕", "error": "!", "timeout": "⏱", "memory": "▦", "skipped": "–", "": "·"}


@dataclass(frozen=True)
class CaseView:
    """One case as it is shown. `state` is that of the runner, or empty before its turn."""

    name: str
    state: str = ""
    hidden: bool = False
    expected: str = ""
    got: str = ""
    output: str = ""
    traceback: str = ""
    error_line: int | None = None
    elapsed_ms: float = 0.0


class _Segments(Painted):
    """One part a case, coloured as it went."""

    def __init__(self) -> None:
        super().__init__(10, 6)
        self.setMaximumWidth(16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._states: list[str] = []

    def show_states(self, states: list[str]) -> None:
        self._states = states
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._states:
            return
        painter = self._painter()
        painter.setPen(Qt.PenStyle.NoPen)
        part = self.width() / len(self._states)
        for number, state in enumerate(self._states):
            colour = {"passed": self._theme.passed, "": self._theme.hairline}.get(state, self._theme.wrong)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(number * part, 0, max(2.0, part - 4), 6), 3, 3)
        painter.end()


class Console(QWidget):
    """See the module."""

    run_requested = Signal()
    cancel_requested = Signal()
    line_requested = Signal(int)
    """Show this line of my code."""

    def __init__(self) -> None:
        super().__init__()
        self._cases: list[CaseView] = []
        self._is_running = False
        self._run = button("Run", "run", "primary", key_of("run"), accessible="Run my code")
        self._run.clicked.connect(self._press)
        self._key = chip(key_of("run").replace("Return", "Enter"))
        self._summary = label("Not run yet", "dim", "run-summary")
        self._nothing = label(NOTHING_TO_RUN, "dim", "nothing-to-run")
        self._bar = _Segments()
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setObjectName("case-list")
        self._list.setAccessibleName("Test cases")
        self._list.setModel(self._model)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.selectionModel().currentChanged.connect(lambda index, _: self._show_case(index.row()))
        self._detail = QTextBrowser()
        self._detail.setObjectName("case-detail")
        self._detail.setAccessibleName("What the case says")
        self._detail.setOpenLinks(False)
        self._detail.anchorClicked.connect(lambda url: self.line_requested.emit(int(url.toString() or 0)))
        halves = row(self._list, self._detail, spacing=GRID * 4)
        halves.setStretch(0, 2)
        halves.setStretch(1, 3)
        layout = self._lines = column(row(self._run, self._key, self._nothing, 0, self._summary), self._bar, halves)
        layout.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 2)
        self.setLayout(layout)
        self._theme: Theme | None = None
        self._run_words = self._run.toolTip()
        self.set_runs(True)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_case(self._list.currentIndex().row())

    def set_runs(self, runs: bool) -> None:
        """Whether the problem has anything to run; without, only a line that says so is left."""
        if not runs and self._is_running:
            self.cancel_requested.emit()
        self._run.setEnabled(runs)
        self._run.setToolTip(self._run_words if runs else NOTHING_TO_RUN)
        self._nothing.setHidden(runs)
        for part in (self._key, self._summary, self._bar, self._list, self._detail):
            part.setHidden(not runs)
        policy = QSizePolicy.Policy.Preferred if runs else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        # At once: whoever divides the room asks for the new height now.
        self._lines.activate()

    @property
    def is_running(self) -> bool:
        return self._is_running

    @property
    def summary(self) -> str:
        return self._summary.text()

    def begin(self, cases: list[CaseView]) -> None:
        """A run begins with these cases."""
        self._set_running(True)
        self._cases = cases
        self._summary.setText("Running…")
        self._refresh()

    def add_result(self, view: CaseView) -> None:
        """One case has ended."""
        for number, case in enumerate(self._cases):
            if case.name == view.name:
                self._cases[number] = view
        done = sum(bool(case.state) for case in self._cases)
        self._summary.setText(f"Running… {done} of {len(self._cases)}")
        self._refresh()

    def finish(self, words: str, isolation: str) -> None:
        """The run is over; `isolation` says in words what kept the code from doing harm."""
        self._set_running(False)
        self._summary.setText(words)
        self._summary.setToolTip(isolation)
        first = next((number for number, case in enumerate(self._cases) if case.state not in ("passed", "")), 0)
        self._list.setCurrentIndex(self._model.index(first))
        self._show_case(first)

    def fail(self, sentence: str) -> None:
        """Nothing could be run."""
        self._set_running(False)
        self._summary.setText("Not run")
        self._detail.setPlainText(sentence)

    def clear(self) -> None:
        """A new round: no cases yet."""
        self._cases = []
        self._summary.setText("Not run yet")
        self._detail.clear()
        self._refresh()

    def press_run(self) -> None:
        """As if Run was pressed."""
        self._run.click()

    def _press(self) -> None:
        (self.cancel_requested if self._is_running else self.run_requested).emit()

    def _set_running(self, running: bool) -> None:
        self._is_running = running
        self._run.setText("Stop" if running else "Run")
        self._run.setAccessibleName("Stop the run" if running else "Run my code")

    def _refresh(self) -> None:
        self._bar.show_states([case.state for case in self._cases])
        current = self._list.currentIndex().row()
        self._model.setStringList(
            [f"{_MARKS.get(case.state, '?')}  {case.name}{'' if case.hidden else ' (example)'}" for case in self._cases]
        )
        if 0 <= current < len(self._cases):
            self._list.setCurrentIndex(self._model.index(current))

    def _show_case(self, number: int) -> None:
        if not 0 <= number < len(self._cases):
            return
        case = self._cases[number]
        wrong = self._theme.wrong if self._theme else "#b93636"
        parts = []
        if case.traceback:
            words = _escape(case.traceback).replace("\n", "<br>")
            if case.error_line is not None:
                words += f'<br><a href="{case.error_line}">Go to line {case.error_line}</a>'
            parts.append(words)
        if case.state in ("passed", "wrong"):
            mark = f' style="color:{wrong}"' if case.state == "wrong" else ""
            parts.append(f"<small>expected</small><br><code>{_escape(case.expected)}</code>")
            parts.append(f"<small>got</small><br><code{mark}>{_escape(case.got)}</code>")
        if case.output:
            parts.append(f"<small>printed</small><br><code>{_escape(case.output).replace(chr(10), '<br>')}</code>")
        if case.state:
            parts.append(f"<small>{case.state}, {case.elapsed_ms:.0f} ms</small>")
        self._detail.setHtml("<br><br>".join(parts))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
