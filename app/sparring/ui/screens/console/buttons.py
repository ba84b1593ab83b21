"""What can be run, as one line of buttons; which of them can be pressed now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import button, label, row

NO_GENERATOR = "This problem has no generator, so no cases can be drawn for it."
NOTHING_TO_RUN = "Nothing to run: this is answered aloud."
_STRESS = "Try my code against the accepted solution on drawn cases"


class RunButtons(QWidget):
    """See the module."""

    all_requested = Signal()
    examples_requested = Signal()
    one_requested = Signal()
    again_requested = Signal()
    stop_requested = Signal()
    add_requested = Signal()
    stress_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_running = False
        self._runs, self._has_generator, self._has_cases = True, False, False
        self.run = _made("Run", "run", "primary", "Run my code")
        self._examples = _made("Examples", "run-examples", "quiet", "Run the examples")
        self._one = _made("This case", "run-case", "quiet", "Run the chosen case")
        self._add = _made("Add a case", "add-own-case", "quiet", "Add a case of my own")
        self._stress = _made("Stress", "stress", "quiet", _STRESS)
        self._nothing = label(NOTHING_TO_RUN, "dim", "nothing-to-run")
        self._nothing.hide()
        self.setLayout(
            row(self.run, self._nothing, self._examples, self._one, 0, self._add, self._stress, spacing=GRID)
        )
        self.run.clicked.connect(self._press)
        for pressed, signal in (
            (self._examples, self.examples_requested), (self._one, self.one_requested),
            (self._add, self.add_requested), (self._stress, self.stress_requested),
        ):  # fmt: skip
            pressed.clicked.connect(signal)
        for action, pressed, why_not in (
            ("run-examples", self._examples, "Something runs already."),
            ("run-case", self._one, "Choose a case first."),
            ("add-own-case", self._add, ""),
            ("stress", self._stress, NO_GENERATOR),
        ):
            bind_button(self, action, pressed, why_not, anywhere=True)
        bind_action(self, "run-again", self.again_requested.emit, lambda: self.is_ready, anywhere=True)
        bind_action(self, "stop-run", self.stop_requested.emit, lambda: self.is_running, "Nothing runs.", anywhere=True)
        self._show()

    @property
    def is_ready(self) -> bool:
        """Whether a run can begin."""
        return self._runs and not self.is_running

    def set_running(self, running: bool) -> None:
        self.is_running = running
        self._show()

    def set_generator(self, there: bool) -> None:
        """Whether the problem can draw cases, for the stress test."""
        self._has_generator = there
        self._show()

    def set_cases(self, there: bool) -> None:
        """Whether there is a case to choose."""
        self._has_cases = there
        self._show()

    def set_runs(self, runs: bool) -> None:
        """Whether the problem has anything to run."""
        self._runs = runs
        self._nothing.setHidden(runs)
        for part in (self._examples, self._one, self._add, self._stress):
            part.setHidden(not runs)
        self._show()

    def _press(self) -> None:
        (self.stop_requested if self.is_running else self.all_requested).emit()

    def _show(self) -> None:
        running = self.is_running
        words = "Stop the run" if running else "Run my code"
        key = key_words(key_of("stop-run" if running else "run"))
        self.run.setText("Stop" if running else "Run")
        self.run.setAccessibleName(words)
        self.run.setToolTip(f"{words} ({key})" if self._runs else NOTHING_TO_RUN)
        self.run.setEnabled(self._runs)
        self._examples.setEnabled(self.is_ready and self._has_cases)
        self._one.setEnabled(self.is_ready and self._has_cases)
        self._add.setEnabled(self._runs)
        self._stress.setEnabled(self.is_ready and self._has_generator)
        tip = f"{_STRESS} ({key_words(key_of('stress'))})"
        self._stress.setToolTip(tip if self._has_generator else NO_GENERATOR)


def _made(words: str, name: str, role: str, accessible: str) -> QPushButton:
    return button(words, name, role, key_words(key_of(name)), accessible)
