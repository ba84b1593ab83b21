"""What the jobs do: import, keep, undo, list. All of it runs in the jobs' thread, and loads there what it needs."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sparring.profile import Profile
from sparring.ui.bringing_in.jobs import Job, JobError, Jobs
from sparring.ui.screens.bringing_in import EarlierRow, ReportView

if TYPE_CHECKING:
    from sparring.problems.importing import ImportReport, ProblemDraft
    from sparring.problems.importing.pasting import Pasted

PROGRESS_SECONDS = 0.05
"""Between two words about how far it is: more than the eye sees would only keep the interface busy."""
KINDS = {"paste": "pasted", "competitive-companion": "from the browser"}


@dataclass(frozen=True)
class Outcome:
    """What a job brought, and how the list of imports looks after it."""

    report: ReportView
    earlier: tuple[EarlierRow, ...]
    ids: tuple[str, ...] = ()
    """Of the problems that are on the shelf now because of it."""
    undone: str = ""
    """The import that is gone."""


def import_job(profile: Profile, path: str) -> Job:
    """Import whatever is at a path. Reference solutions are tried in the sandbox."""

    def job(jobs: Jobs) -> Outcome:
        from sparring.cli.proving import prove_strangers
        from sparring.problems.archive import ArchiveError
        from sparring.problems.importing import ImportCancelled, NothingFoundError, ShelfError, import_from
        from sparring.runner import CancelToken

        token = CancelToken()
        jobs.on_cancel(token.cancel)
        try:
            report = import_from(
                Path(path), profile.problems, profile.imports, on_progress=_told(jobs),
                is_cancelled=lambda: jobs.is_cancelled, prove=partial(prove_strangers, cancel=token),
                taken=_taken(profile),
            )  # fmt: skip
        except (ArchiveError, ImportCancelled, NothingFoundError, ShelfError) as error:
            raise JobError(str(error)) from error
        return _outcome(profile, report)

    return job


def paste_job(profile: Profile, pasted: "Pasted") -> Job:
    """Keep what was pasted."""

    def job(jobs: Jobs) -> Outcome:
        from sparring.problems.importing.pasting import draft_of

        return _keep(profile, [draft_of(pasted)], pasted.link or "what you pasted", "paste")

    return job


def posts_job(profile: Profile, drafts: "list[ProblemDraft]", source: str) -> Job:
    """Keep what came from the browser."""

    def job(jobs: Jobs) -> Outcome:
        return _keep(profile, drafts, source, "competitive-companion")

    return job


def undo_job(profile: Profile, import_id: str) -> Job:
    """Take away what an import brought."""

    def job(jobs: Jobs) -> Outcome:
        from sparring.problems.importing import RecordError, ShelfError, imports, undo_import

        before = next((one for one in imports(profile.imports) if one.id == import_id), None)
        try:
            stayed = undo_import(import_id, profile.problems, profile.imports)
        except (RecordError, ShelfError) as error:
            raise JobError(str(error)) from error
        count = (len(before.came_in) if before is not None else 0) - len(stayed)
        words = f"{_problems(count)} {'is' if count == 1 else 'are'} gone again."
        return Outcome(ReportView(" ".join([words, *stayed])), earlier_rows(profile), undone=import_id)

    return job


def list_job(profile: Profile) -> Job:
    """List the earlier imports."""
    return lambda jobs: Outcome(ReportView(), earlier_rows(profile))


def earlier_rows(profile: Profile) -> tuple[EarlierRow, ...]:
    """The imports that can be undone, the latest first."""
    from sparring.problems.importing import imports

    return tuple(_earlier(one) for one in imports(profile.imports))


def _keep(profile: Profile, drafts: "list[ProblemDraft]", source: str, kind: str) -> Outcome:
    from sparring.problems.importing import ShelfError, import_drafts

    try:
        report = import_drafts(
            drafts, profile.problems, profile.imports, source=source, kind=kind, taken=_taken(profile)
        )
    except ShelfError as error:
        raise JobError(f"{error}. What you pasted is still here.") from error
    if not report.came_in and (known := _known(profile, drafts)):
        words = f"“{drafts[0].title}” is" if len(drafts) == 1 else f"All {len(drafts)} are"
        return Outcome(ReportView(f"{words} on your shelf already."), earlier_rows(profile), known)
    if not report.came_in and report.left_out:
        raise JobError(" ".join(f"{one.name}: {one.why}." for one in report.left_out))
    return _outcome(profile, report)


def _known(profile: Profile, drafts: "list[ProblemDraft]") -> tuple[str, ...]:
    """The ids under which the shelf has the very same problems; none if it lacks one of them."""
    from sparring.problems import ProblemError
    from sparring.problems.importing import AlreadyThereError
    from sparring.problems.importing.writing import fitted, free_place

    found = []
    for draft in drafts:
        try:
            free_place(fitted(draft)[0], profile.problems, _taken(profile))
        except AlreadyThereError as error:
            found.append(str(error))
        except ProblemError:
            break
    return tuple(found) if len(found) == len(drafts) else ()


def _outcome(profile: Profile, report: "ImportReport") -> Outcome:
    return Outcome(report_view(report), earlier_rows(profile), tuple(one.id for one in report.came_in))


def report_view(report: "ImportReport") -> ReportView:
    """A report as the screen shows it."""
    came, left = len(report.came_in), len(report.left_out)
    if came == 1 and not left:
        words = f"“{report.came_in[0].title}” is on your shelf."
    else:
        words = f"{_problems(came)} came in" + (f", {left:,} did not." if left else ".")
    return ReportView(
        words,
        tuple((one.title, "; ".join(one.notes)) for one in report.came_in),
        tuple((one.name, one.why) for one in report.left_out),
        report.id if report.came_in else "",
    )


def _earlier(report: "ImportReport") -> EarlierRow:
    when = _local_time(report.when)
    kind = KINDS.get(report.kind, report.kind)
    first = report.came_in[0].title if len(report.came_in) == 1 else _problems(len(report.came_in))
    source = report.source if report.source.startswith(("http://", "https://")) else Path(report.source).name
    return EarlierRow(
        report.id, f"{first}\n{when} · {kind}", f"{when} · {kind} · {report.source or source}", report_view(report)
    )


def _local_time(when: str) -> str:
    from datetime import datetime

    try:
        local = datetime.fromisoformat(when).astimezone()
    except ValueError:
        return when
    return f"{local.day} {local:%B %Y, %H:%M}"


def _problems(count: int) -> str:
    return f"{count:,} problem" if count == 1 else f"{count:,} problems"


def _taken(profile: Profile) -> frozenset[str]:
    """Ids of the other shelves."""
    from sparring.assets import problem_shelves

    return frozenset(name for shelf in (*problem_shelves().values(), profile.received) for name in _names(shelf))


def _names(shelf: Path) -> Iterator[str]:
    try:
        yield from (path.name for path in shelf.iterdir())
    except OSError:
        return


def _told(jobs: Jobs) -> Callable[[int, int, str], None]:
    last = 0.0

    def tell(done: int, total: int, name: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_SECONDS:
            last = now
            jobs.progressed.emit(done, total, name)

    return tell
