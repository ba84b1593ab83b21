"""Reads what is pasted in a thread of its own, which keeps the form with its corrections; the newest is what counts."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sparring.ui.screens.bringing_in import CaseRow, PasteFields, PastePreview, TroubleRow

if TYPE_CHECKING:
    from sparring.problems.importing.pasting import Pasted, PasteForm, Trouble

log = logging.getLogger(__name__)

Step = Callable[["PasteForm", "Pasted"], "PasteForm"]
"""Changes the form; it is given what was understood last."""


def fields_step(fields: PasteFields) -> Step:
    """Take over what was typed; corrections stay where their texts do."""

    def step(form: "PasteForm", pasted: "Pasted") -> "PasteForm":
        from dataclasses import replace

        return replace(form, **vars(fields))

    return step


def correct_step(case: int, column: int, found: str, wanted: str) -> Step:
    """Correct a cell of the table."""

    def step(form: "PasteForm", pasted: "Pasted") -> "PasteForm":
        from sparring.problems.importing.pasting import corrected

        return corrected(form, case, column, found, wanted)

    return step


def add_step(form: "PasteForm", pasted: "Pasted") -> "PasteForm":
    """Add an empty case."""
    from sparring.problems.importing.pasting import with_case

    return with_case(form)


def remove_step(case: int) -> Step:
    """Take a case out."""

    def step(form: "PasteForm", pasted: "Pasted") -> "PasteForm":
        from sparring.problems.importing.pasting import without_case

        return without_case(form, pasted, case)

    return step


def clear_step(form: "PasteForm", pasted: "Pasted") -> "PasteForm":
    """Begin afresh."""
    from sparring.problems.importing.pasting import PasteForm

    return PasteForm()


class PasteReader(QObject):
    """See the module."""

    read = Signal(int, object, object)
    """(number of the last step that is in it, `Pasted`, `PastePreview`)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._taken = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._form: PasteForm | None = None
        self._pasted: Pasted | None = None

    def take(self, step: Step) -> None:
        """Change the form, and read it again."""
        with self._lock:
            self._steps.append(step)
            self._taken += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="sparring-paste")
                self._thread.start()

    @property
    def taken(self) -> int:
        """The number of the last step."""
        return self._taken

    def join(self) -> None:
        """Wait until everything is read."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        from sparring.problems.importing.pasting import Pasted, PasteForm, Trouble, read_paste

        form, pasted = self._form or PasteForm(), self._pasted or Pasted()
        while True:
            with self._lock:
                steps, self._steps, number = self._steps, [], self._taken
                if not steps:
                    self._form, self._pasted, self._thread = form, pasted, None
                    return
            for step in steps:
                form = step(form, pasted)
            try:
                pasted = read_paste(form)
            except Exception as error:
                # A fault of ours must not end the reader: the text stays, and another one can be read.
                log.exception("what was pasted could not be read")
                words = f"Something went wrong in reading this ({error}). What you pasted is still here."
                pasted = Pasted(troubles=(Trouble("text", 0, words),))
            self.read.emit(number, pasted, preview_of(pasted))


def preview_of(pasted: "Pasted") -> PastePreview:
    """What the screen shows of it."""
    troubles = {one.line: one.words for one in pasted.troubles if one.source == "cases"}
    return PastePreview(
        is_empty=pasted.is_empty and not pasted.troubles,
        title=pasted.title,
        mode=pasted.mode,
        signature=pasted.signature_words,
        difficulty=pasted.difficulty.value,
        topics=", ".join(pasted.topics),
        columns=pasted.columns,
        cases=tuple(
            CaseRow(case.name, case.inputs, case.expected, case.hidden, troubles.get(number, ""))
            for number, case in enumerate(pasted.cases, 1)
        ),
        statement=pasted.statement,
        notes=pasted.notes,
        troubles=tuple(TroubleRow(one.source, one.line, _in_words(one), one.is_fatal) for one in pasted.troubles),
        can_be_kept=pasted.can_be_kept,
    )


def _in_words(trouble: "Trouble") -> str:
    """Where, what, and what would help."""
    words = trouble.words[:1].upper() + trouble.words[1:]
    where = ""
    if trouble.source in ("text", "examples") and trouble.line:
        where = f"Line {trouble.line}" if trouble.source == "text" else f"Examples, line {trouble.line}"
    elif trouble.source == "signature":
        where = "Signature"
    words = f"{where}: {trouble.words}" if where else words
    end = "" if words.endswith((".", "…", "!")) else "."
    return f"{words}{end} {trouble.help}".strip()
