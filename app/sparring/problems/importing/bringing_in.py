"""Brings problems in: finds them, writes and proves each, and puts them onto the shelf when all are done.

Until the end everything lies in a folder that no reader looks into. So an import that is cancelled, or that meets a
full disk, leaves the shelf as it was.
"""

import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sparring.problems.digest import content_digest
from sparring.problems.importing.draft import DraftSolution, ProblemDraft
from sparring.problems.importing.finding import Found, find
from sparring.problems.importing.own import WholeFolder
from sparring.problems.importing.rendering import render, solution_files
from sparring.problems.importing.report import Imported, ImportReport, LeftOut, forget, keep, new_report
from sparring.problems.importing.writing import (
    AlreadyThereError,
    fitted,
    free_place,
    move_in,
    staging,
    write_content,
)
from sparring.problems.model import Problem, ProblemError, SolutionKind

OnProgress = Callable[[int, int, str], None]
"""How many are done, of how many, and which is next."""
IsCancelled = Callable[[], bool]


class ImportCancelled(Exception):
    """Somebody cancelled, so nothing came in."""


class ProofLike(Protocol):
    """What came of trying a problem's solutions; each text begins with the problem's id, a slash and the file."""

    @property
    def faults(self) -> tuple[str, ...]: ...
    @property
    def untried(self) -> tuple[str, ...]: ...


Prove = Callable[[Problem], ProofLike]
"""Runs a problem's solutions in the sandbox: `sparring.cli.proving.prove`, which stands above this package."""


def import_from(
    path: Path,
    shelf: Path,
    records: Path,
    *,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    prove: Prove | None = None,
    keep_unproved: bool = False,
    taken: Container[str] = (),
) -> ImportReport:
    """Import whatever there is at `path`: a folder, a zip file, a folder of many; its format is found by looking.

    The report is kept in `records` if anything came in. `taken` are ids of other shelves. A problem whose reference
    solution fails is left out, unless `keep_unproved`. Nothing of what is imported is run but by `prove`. Blocks.

    Raises `NothingFoundError` if there is nothing of a known format, `ArchiveError`, `ShelfError`, `ImportCancelled`;
    after each the shelf is as it was.
    """
    with ExitStack() as stack:
        unpacked = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sparring-import-")))
        run = _Run(shelf, records, on_progress, is_cancelled, prove, keep_unproved, taken)
        try:
            found = find(path, unpacked, is_cancelled or _never)
        finally:
            # Who cancels a search that found nothing yet is not told that there is nothing.
            run.demand_going_on()
        kinds = sorted({one.kind for one in found if one.kind})
        kind = kinds[0] if len(kinds) == 1 else "mixed"
        return run.bring_in(((one.name, one.read) for one in found), len(found), new_report(str(path), kind))


def import_drafts(
    drafts: Iterable[ProblemDraft],
    shelf: Path,
    records: Path,
    *,
    source: str,
    kind: str,
    prove: Prove | None = None,
    keep_unproved: bool = False,
    taken: Container[str] = (),
) -> ImportReport:
    """Import drafts that were made elsewhere (pasted, sent by a browser), with a report that can be undone.

    What is no problem is in the report's `left_out`. Raises `ShelfError`.
    """
    listed = list(drafts)
    run = _Run(shelf, records, None, None, prove, keep_unproved, taken)
    each = ((draft.title, lambda draft=draft: iter([draft])) for draft in listed)
    return run.bring_in(each, len(listed), new_report(source, kind))


class _Run:
    """One import."""

    def __init__(
        self,
        shelf: Path,
        records: Path,
        on_progress: OnProgress | None,
        is_cancelled: IsCancelled | None,
        prove: Prove | None,
        keep_unproved: bool,
        taken: Container[str],
    ) -> None:
        self._shelf, self._records = shelf, records
        self._on_progress = on_progress or (lambda done, total, name: None)
        self._is_cancelled = is_cancelled or _never
        self._prove, self._keep_unproved, self._taken = prove, keep_unproved, taken
        self._staged: dict[str, str] = {}
        self._came_in: list[Imported] = []
        self._left_out: list[LeftOut] = []

    def bring_in(
        self, each: Iterable[tuple[str, Callable[[], Iterator[Found]]]], total: int, report: ImportReport
    ) -> ImportReport:
        with staging(self._shelf) as stage:
            for done, (name, read) in enumerate(each):
                self._on_progress(done, total, name)
                try:
                    for found in read():
                        self.demand_going_on()
                        self._take(found, name, stage)
                except ProblemError as error:
                    self._leave_out(name, str(error))
                except OSError as error:
                    self._leave_out(name, f"cannot be read: {error.strerror or error}")
                self.demand_going_on()
            report = replace(report, came_in=tuple(self._came_in), left_out=tuple(self._left_out))
            if self._came_in:
                self._move_in(stage, report)
        self._on_progress(total, total, "")
        return report

    def _move_in(self, stage: Path, report: ImportReport) -> None:
        # The record comes first: whatever happens after it, undoing knows what to look for.
        keep(report, self._records)
        moved: list[str] = []
        try:
            for one in report.came_in:
                move_in(stage / one.id, self._shelf)
                moved.append(one.id)
        except BaseException:
            for name in moved:
                (self._shelf / name).rename(stage / name)
            forget(report.id, self._records)
            raise

    def _take(self, found: Found, name: str, stage: Path) -> None:
        if isinstance(found, LeftOut):
            self._left_out.append(found)
            return
        try:
            if isinstance(found, WholeFolder):
                self._take_whole(found, stage)
            else:
                self._take_draft(found, stage)
        except AlreadyThereError as error:
            self._leave_out(found.title or name, f"is on your shelf already, as {error}")
        except ProblemError as error:
            self._leave_out(found.title or name, str(error))

    def _take_whole(self, found: WholeFolder, stage: Path) -> None:
        there = self._staged.get(found.id)
        own = content_digest(found.content)
        if there is None and (self._shelf / found.id).exists():
            there = found.digest_on(self._shelf)
        if there == own:
            raise AlreadyThereError(found.id)
        if there is not None or found.id in self._taken:
            raise ProblemError(f"another problem with the id {found.id!r} is there already, and stays")
        problem = write_content(found.content, stage / found.id)
        faults, notes = self._proved(problem)
        if faults and not self._keep_unproved:
            shutil.rmtree(stage / found.id)
            raise ProblemError("; ".join(faults))
        self._add(problem, [*faults, *notes], own)

    def _take_draft(self, draft: ProblemDraft, stage: Path) -> None:
        draft, fitting = fitted(draft)
        name, content = free_place(draft, self._shelf, self._taken, self._staged)
        problem = write_content(content, stage / name)
        faults, notes = self._proved(problem)
        if faults:
            shutil.rmtree(stage / name)
            kept, lost = self._divided(draft, problem, faults)
            had = any(one.kind is SolutionKind.ACCEPTED for one in draft.solutions)
            if had and not any(one.kind is SolutionKind.ACCEPTED for one in kept) and not self._keep_unproved:
                raise ProblemError("; ".join(lost))
            notes += lost
            content = render(replace(draft, solutions=tuple(kept)), name)
            problem = write_content(content, stage / name)
        self._add(problem, [*draft.notes, *fitting, *notes], content_digest(content))

    def _proved(self, problem: Problem) -> tuple[list[str], list[str]]:
        """What is wrong with its solutions, and what else is to be said of them."""
        if problem.is_oral:
            return [], []
        if not any(one.kind is SolutionKind.ACCEPTED for one in problem.solutions):
            words = "no reference solution came with it, so nothing proves its cases"
            return [], [words] if problem.cases else []
        if self._prove is None:
            return [], ["its reference solution was not tried"]
        proof = self._prove(problem)
        # A proof that was cut short proves nothing.
        self.demand_going_on()
        return list(proof.faults), list(proof.untried)

    def _divided(
        self, draft: ProblemDraft, problem: Problem, faults: list[str]
    ) -> tuple[list[DraftSolution], list[str]]:
        """The solutions that do what they should, and in words the others."""
        kept, lost = [], []
        for file, solution in zip(solution_files(draft.solutions), draft.solutions, strict=True):
            own = [fault for fault in faults if fault.startswith(f"{problem.id}/{file}: ")]
            lost += own
            if not own:
                kept.append(solution)
        return kept, lost

    def _add(self, problem: Problem, notes: list[str], digest: str) -> None:
        self._staged[problem.id] = digest
        self._came_in.append(Imported(problem.id, problem.title, tuple(notes), digest))

    def _leave_out(self, name: str, why: str) -> None:
        # A complaint begins with the folder, which the name says already.
        for before in (f"{name}: ", f"{name}/"):
            why = why.removeprefix(before)
        self._left_out.append(LeftOut(name, why))

    def demand_going_on(self) -> None:
        if self._is_cancelled():
            raise ImportCancelled("The import was cancelled. Nothing came in.")


def _never() -> bool:
    return False
