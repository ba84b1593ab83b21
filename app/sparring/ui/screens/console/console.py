"""The test console: what can be run, a bar with a part a case, the cases, and what each of them says."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from sparring.ui.screens.console.buttons import RunButtons
from sparring.ui.screens.console.case_list import CaseList, Segments
from sparring.ui.screens.console.case_view import CaseView
from sparring.ui.screens.console.detail import CaseDetail
from sparring.ui.screens.console.form import CaseForm
from sparring.ui.screens.console.stress_page import StressPage
from sparring.ui.shell.actions import bind_button
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, column, row

MAX_LIVE = 300_000
"""Characters of what a case prints while it runs that are kept; its result has what the runner keeps."""


class Console(QWidget):
    """See the module."""

    run_requested = Signal(object)
    """Run the cases with these names; None for all."""
    cancel_requested = Signal()
    line_requested = Signal(int)
    """Show this line of my code."""
    add_requested = Signal()
    edit_requested = Signal(str)
    remove_requested = Signal(str)
    """(key of a case of my own)."""
    stress_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cases: list[CaseView] = []
        self._places: dict[str, int] = {}
        self._running: tuple[str, ...] = ()
        self._done = 0
        self._live: dict[str, str] = {}
        self._last: tuple[str, ...] | None = None
        self._is_following = self._is_moving = False
        self._buttons = RunButtons()
        self._summary = Elided("Not run yet", "dim", "run-summary")
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = Segments()
        self._list, self.detail, self.form, self.stress_page = CaseList(), CaseDetail(), CaseForm(), StressPage()
        self._pages = QStackedWidget()
        self._home = QWidget()
        halves = row(self._list, self.detail, spacing=GRID * 4)
        halves.setStretch(0, 2)
        halves.setStretch(1, 3)
        self._home.setLayout(halves)
        for page in (self._home, self.form, self.stress_page):
            self._pages.addWidget(page)
        measured = row(self._bar, self._summary, spacing=GRID * 3)
        for part in (0, 1):
            measured.setStretch(part, 1)
        self._measured = QWidget()
        self._measured.setLayout(measured)
        layout = column(self._buttons, self._measured, self._pages)
        layout.setStretch(2, 1)
        layout.setContentsMargins(GRID * 4, GRID * 2, GRID * 4, GRID * 2)
        self.setLayout(layout)
        self._connect()
        self._bind()

    def _connect(self) -> None:
        buttons = self._buttons
        buttons.all_requested.connect(lambda: self._ask(None))
        buttons.examples_requested.connect(self.run_examples)
        buttons.one_requested.connect(self.run_case)
        buttons.again_requested.connect(self.run_again)
        buttons.stop_requested.connect(self.cancel_requested)
        buttons.add_requested.connect(self.add_requested)
        buttons.stress_requested.connect(self.stress_requested)
        self._list.chosen.connect(self._pointed)
        self._list.activated.connect(lambda _: self.run_case())
        self.detail.line_requested.connect(self.line_requested)
        self.detail.edit_requested.connect(lambda: self._tell_own(self.edit_requested))
        self.detail.remove_requested.connect(lambda: self._tell_own(self.remove_requested))
        self.form.closed.connect(self.show_cases)
        self.stress_page.closed.connect(self.show_cases)
        self.stress_page.line_requested.connect(self.line_requested)

    def _bind(self) -> None:
        bind_button(self, "copy-case", self.detail.copy, "There is no case to copy.", anywhere=True)
        bind_button(self._home, "edit-own-case", self.detail.edit)
        bind_button(self._home, "remove-own-case", self.detail.remove)
        bind_button(self.form, "save-own-case", self.form.save_button)
        bind_button(self.stress_page, "keep-failing", self.stress_page.keep, anywhere=True)

    # What is shown.

    @property
    def is_running(self) -> bool:
        return self._buttons.is_running

    @property
    def summary(self) -> str:
        return self._summary.text()

    @property
    def cases(self) -> tuple[CaseView, ...]:
        return tuple(self._cases)

    def set_generator(self, there: bool) -> None:
        """Whether the problem can draw cases, for the stress test."""
        self._buttons.set_generator(there)

    def set_runs(self, runs: bool) -> None:
        """Whether the problem has anything to run; without, only a line that says so is left."""
        if not runs and self.is_running:
            self.cancel_requested.emit()
        self._buttons.set_runs(runs)
        for part in (self._measured, self._pages):
            part.setHidden(not runs)
        policy = QSizePolicy.Policy.Preferred if runs else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        # At once: whoever divides the room asks for the new height now.
        if (layout := self.layout()) is not None:
            layout.activate()

    def set_cases(self, cases: Sequence[CaseView]) -> None:
        """The cases that there are. What is known of one with the same name stays."""
        known = {case.name: case for case in self._cases}
        kept = []
        for case in cases:
            before = known.get(case.name)
            # Of my own case the input may be another one now.
            is_same = before is not None and before.own_id == case.own_id
            is_same = is_same and (not case.is_own or (before is not None and before.input == case.input))
            keeps = is_same and before is not None and before.state not in ("", "malformed") and not case.state
            kept.append(before if keeps and before is not None else case)
        here = self._list.row
        name = self._cases[here].name if 0 <= here < len(self._cases) else ""
        self._cases = kept
        self._places = {case.name: number for number, case in enumerate(kept)}
        self._is_moving = True
        self._list.show_cases(kept)
        if kept:
            self._list.point_at(self._places.get(name, min(max(here, 0), len(kept) - 1)))
        self._is_moving = False
        self._refresh()
        self._show_case(self._list.row)

    def begin(self, names: Sequence[str]) -> None:
        """A run of the cases with these names begins."""
        self._running, self._done = tuple(names), 0
        self._live.clear()
        self._is_following = True
        self._buttons.set_running(True)
        for name in names:
            case = self._cases[self._places[name]]
            self._put(replace(CaseView(name), hidden=case.hidden, own_id=case.own_id, input=case.input))
        self._summary.setText("Running…")
        self.show_cases()
        self._refresh()
        self._show_case(self._list.row)

    def add_result(self, view: CaseView) -> None:
        """One case has ended."""
        if view.name not in self._places:
            return
        self._done += 1
        self._put(view)
        self._summary.setText(f"Running… {self._done} of {len(self._running)}")
        self._refresh()
        if self._places[view.name] == self._list.row:
            self._show_case(self._list.row)

    def add_output(self, name: str, text: str) -> None:
        """A case that runs has printed this."""
        place = self._places.get(name)
        before = self._live.get(name, "")
        if place is None or len(before) >= MAX_LIVE:
            return
        self._live[name] = before + text
        if place == self._list.row:
            self.detail.add_output(text)
        elif self._is_following:
            self._point_at(place)
        else:
            return
        if self._is_following:
            self.detail.show_printed()

    def finish(self, words: str, isolation: str) -> None:
        """The run is over; `isolation` says in words what kept the code from doing harm."""
        self._buttons.set_running(False)
        self._summary.setText(words)
        self._summary.setToolTip(f"{words}\n{isolation}" if isolation else words)
        ran = [self._places[name] for name in self._running if name in self._places]
        first = next((place for place in ran if self._cases[place].state not in ("passed", "")), ran[0] if ran else -1)
        if first >= 0 and self._is_following:
            self._point_at(first)
            self.detail.show_result()
        self._show_case(self._list.row)

    def fail(self, sentence: str) -> None:
        """Nothing could be run."""
        self._buttons.set_running(False)
        self._summary.setText("Not run")
        self.show_cases()
        self.detail.show_sentence(sentence)

    def clear(self) -> None:
        """A new round: nothing was run yet."""
        self._last = None
        self._live.clear()
        self._cases = []
        self.set_cases([])
        self._summary.setText("Not run yet")
        self.show_cases()

    # What is pressed.

    def press_run(self) -> None:
        """As if Run was pressed."""
        self._buttons.run.click()

    def run_examples(self) -> None:
        """Only the cases that the statement shows."""
        names = tuple(case.name for case in self._cases if not case.hidden and not case.is_own)
        self._ask(names)

    def run_case(self) -> None:
        """Only the case that is pointed at."""
        if self._buttons.is_ready and 0 <= self._list.row < len(self._cases):
            self._ask((self._cases[self._list.row].name,))

    def run_again(self) -> None:
        """What was run last, once more."""
        if self._last is None:
            self._ask(None)
        else:
            self._ask(tuple(name for name in self._last if name in self._places))

    def _ask(self, names: tuple[str, ...] | None) -> None:
        if self._buttons.is_ready and names != ():
            self._last = names
            self.run_requested.emit(names)

    def _tell_own(self, signal: SignalInstance) -> None:
        case = self._cases[self._list.row] if 0 <= self._list.row < len(self._cases) else None
        if case is not None and case.is_own:
            signal.emit(case.own_id)

    # Pages.

    def show_cases(self) -> None:
        """The cases, instead of the form or the stress test."""
        self._show_page(self._home, self._list)

    def point_at(self, name: str) -> None:
        """Show the case with this name."""
        if name in self._places:
            self._list.point_at(self._places[name])

    def say(self, words: str) -> None:
        """A word in the place of the summary."""
        self._summary.setText(words)

    def show_form(self) -> None:
        self._show_page(self.form, self.form)

    def begin_stress(self) -> None:
        """A stress test begins."""
        self._buttons.set_running(True)
        self._summary.setText("Stress test…")
        self.stress_page.begin()
        self._show_page(self.stress_page, self._buttons.run)

    def finish_stress(self, words: str, case: CaseView | None) -> None:
        """It is over."""
        self._buttons.set_running(False)
        self._summary.setText(
            "Stress test: a case fails" if case else "Stress test: no case fails" if words else "Stopped"
        )
        self.stress_page.finish(words or "Stopped.", case)
        if self._buttons.run.hasFocus() and self._pages.currentWidget() is self.stress_page:
            # It was the button that stops; what is next to do is here.
            self.stress_page.home().setFocus()

    def _show_page(self, page: QWidget, home: QWidget) -> None:
        """The focus goes along if it was in what goes away."""
        before = self._pages.currentWidget()
        focus = QApplication.focusWidget()
        had_focus = focus is not None and before is not None and before.isAncestorOf(focus)
        self._pages.setCurrentWidget(page)
        # The form and the stress test need the room, and say nothing of the cases.
        self._measured.setVisible(page is self._home)
        if had_focus and before is not page:
            home.setFocus()

    # Inside.

    def _put(self, view: CaseView) -> None:
        place = self._places[view.name]
        self._cases[place] = view
        self._list.show_case(place, view)

    def _refresh(self) -> None:
        self._bar.show_states([case.state for case in self._cases])
        self._buttons.set_cases(bool(self._cases))

    def _point_at(self, place: int) -> None:
        self._is_moving = True
        self._list.point_at(place)
        self._is_moving = False

    def _pointed(self, place: int) -> None:
        if not self._is_moving:
            # Somebody looks for themselves now.
            self._is_following = False
        self._show_case(place)

    def _show_case(self, place: int) -> None:
        if 0 <= place < len(self._cases):
            case = self._cases[place]
            self.detail.show_case(case, self._live.get(case.name, ""))
        else:
            self.detail.show_case(None)
