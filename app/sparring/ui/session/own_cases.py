"""My own cases of the problem: typed in the console's form, kept in the journal, run with the others."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace
from PySide6.QtCore import QObject

from sparring.journal import Journal, OwnCase
from sparring.journal.records import new_key, utc_now
from sparring.problems import (
    Case,
    OwnCaseError,
    Problem,
    answer_text,
    input_texts,
    own_case_fields,
    parse_own_case,
)
from sparring.problems.own_cases import EXPECTED, NAME
from sparring.ui.run_worker import RunWorker
from sparring.ui.screens.console import CaseFields, CaseView, Console

ASKING = "Asking the accepted solution…"


class OwnCases(QObject):
    """See the module. A case that does not fit the problem is kept and says why, and is not run."""

    def __init__(
        self,
        console: Console,
        journal: Journal,
        allow: Callable[[Problem, Callable[[], None]], None],
        changed: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`allow` asks whether the problem's own solution may run, and goes on if so."""
        super().__init__(parent)
        self._console, self._journal, self._allow, self._changed = console, journal, allow, changed
        self._problem: Problem | None = None
        self._records: list[OwnCase] = []
        self._read: dict[str, Case | OwnCaseError] = {}
        self._pending: OwnCase | None = None
        self._worker = RunWorker(self)
        self._worker.answered.connect(self._answered)
        self._worker.failed.connect(self._no_answer)
        self._connections = [
            console.add_requested.connect(self._add),
            console.edit_requested.connect(self._edit),
            console.remove_requested.connect(self._remove),
            console.form.saved.connect(self._save),
            console.form.closed.connect(self._stop_asking),
        ]

    def close(self) -> None:
        self._worker.join()
        for connection in self._connections:
            QObject.disconnect(connection)

    def follow(self, problem: Problem | None) -> None:
        """This problem is worked on now."""
        self._problem = problem
        self._records = self._journal.own_cases(problem.id) if problem else []
        self._read = {record.id: self._parse(record) for record in self._records}

    def _parse(self, record: OwnCase) -> Case | OwnCaseError:
        assert self._problem is not None
        try:
            return parse_own_case(self._problem, record.name, record.inputs, record.expected)
        except OwnCaseError as error:
            return error

    def cases(self) -> Iterator[tuple[str, Case]]:
        """(key, case) of each that can be run."""
        for record in self._records:
            read = self._read[record.id]
            if isinstance(read, Case):
                yield record.id, read

    def malformed(self) -> Iterator[CaseView]:
        """Those that cannot, with what is wrong and where."""
        for record in self._records:
            read = self._read[record.id]
            if isinstance(read, OwnCaseError):
                yield CaseView(record.name, "malformed", own_id=record.id, traceback=str(read))

    # The form.

    def _add(self) -> None:
        if self._problem is not None:
            self._console.form.open(self._fields(self._problem))
            self._console.show_form()

    def _edit(self, key: str) -> None:
        record = self._find(key)
        if record is not None and self._problem is not None:
            fields = self._fields(self._problem)
            self._console.form.open(fields, record.id, record.name, record.inputs, record.expected)
            self._console.show_form()

    def _fields(self, problem: Problem) -> CaseFields:
        returns = str(problem.signature.returns) if problem.signature else ""
        return CaseFields(problem.id, own_case_fields(problem), returns, problem.signature is None)

    def _find(self, key: str) -> OwnCase | None:
        return next((record for record in self._records if record.id == key), None)

    def _save(self, key: str, name: str, inputs: object, expected: str) -> None:
        problem = self._problem
        if problem is None or not isinstance(inputs, tuple) or self._worker.is_busy:
            return
        known = self._find(key)
        name = name.strip() or self._free_name("my case")
        made_at = known.made_at if known else utc_now()
        record = OwnCase(known.id if known else new_key(), problem.id, made_at, name, inputs, expected)
        try:
            case = parse_own_case(problem, name, inputs, expected)
        except OwnCaseError as error:
            self._console.form.show_error(error.field, f"{error.field} {error.words}")
            return
        if name in self._names(but=record.id):
            self._console.form.show_error(NAME, f"There is a case called {name!r} already.")
            return
        if expected.strip():
            self._keep(record)
            return
        self._pending = record

        def ask() -> None:
            self._console.form.set_busy(ASKING)
            self._worker.answer(problem, case)

        self._allow(problem, ask)

    def _names(self, but: str = "") -> set[str]:
        """Every name that is taken."""
        assert self._problem is not None
        mine = {record.name for record in self._records if record.id != but}
        return mine | {case.name for case in self._problem.cases}

    def _free_name(self, begin: str) -> str:
        taken = self._names()
        return next(name for name in (f"{begin} {number}" for number in range(1, 10_000)) if name not in taken)

    def _answered(self, case: object) -> None:
        record, problem = self._pending, self._problem
        if record is None or problem is None or record.problem_id != problem.id:
            return
        assert isinstance(case, Case)
        self._pending = None
        self._keep(replace(record, expected=answer_text(problem, case)))

    def _no_answer(self, sentence: str) -> None:
        if self._pending is not None:
            self._pending = None
            self._console.form.show_error(EXPECTED, sentence)

    def _stop_asking(self) -> None:
        """The form was closed: what was asked for is not wanted any more."""
        self._pending = None
        self._console.form.set_busy("")
        self._worker.cancel()

    def _keep(self, record: OwnCase) -> None:
        """It is a case: into the journal, and beside the others."""
        self._journal.save_own_case(record)
        places = [number for number, known in enumerate(self._records) if known.id == record.id]
        if places:
            self._records[places[0]] = record
        else:
            self._records.append(record)
        self._read[record.id] = self._parse(record)
        self._console.form.forget()
        self._changed()
        self._console.show_cases()
        self._console.point_at(record.name)

    def keep_drawn(self, case: Case) -> None:
        """A case that the stress test has found."""
        if self._problem is not None:
            name, inputs = self._free_name("stress"), input_texts(self._problem, case)
            answer = answer_text(self._problem, case)
            self._keep(OwnCase(new_key(), self._problem.id, utc_now(), name, inputs, answer))

    def _remove(self, key: str) -> None:
        """Out of the list; the form for a new case has it, until another one is typed there."""
        record = self._find(key)
        if record is None or self._problem is None:
            return
        self._journal.remove_own_case(key)
        self._records.remove(record)
        self._console.form.remember(self._fields(self._problem), record.name, record.inputs, record.expected)
        self._changed()
        self._console.say(f"Removed “{record.name}”. Add a case brings it back.")
