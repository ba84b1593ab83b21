"""`sparring problems import`, `imports` and `undo`: problems come onto my own shelf, and go again."""

import argparse
import sys
from functools import partial
from pathlib import Path

from sparring.assets import problem_shelves
from sparring.cli.proving import prove_strangers
from sparring.problems.archive import ArchiveError
from sparring.problems.importing import (
    ImportCancelled,
    ImportReport,
    NothingFoundError,
    RecordError,
    ShelfError,
    import_from,
    imports,
    recorded,
    undo_import,
)
from sparring.profile import Profile, ProfileError

DONE, NOTHING, SOME, CANCELLED = 0, 1, 3, 130
"""Exit codes; the last is what a shell gives after Ctrl+C."""
_REFUSED = (ArchiveError, NothingFoundError, ProfileError, RecordError, ShelfError)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    try:
        profile = Profile()
        if args.action == "import":
            return _import(profile, args.path, args.keep_unproved, args.without_sandbox)
        if args.action == "undo":
            return _undo(profile, args.id)
        return _list(profile)
    except _REFUSED as error:
        _complain(str(error))
        return NOTHING
    except (ImportCancelled, KeyboardInterrupt):
        _complain("Cancelled. Nothing came in.")
        return CANCELLED


def _import(profile: Profile, path: Path, keep_unproved: bool, even_outside: bool) -> int:
    report = import_from(
        path,
        profile.problems,
        profile.imports,
        on_progress=_show_progress,
        prove=partial(prove_strangers, even_outside=even_outside),
        keep_unproved=keep_unproved,
        taken=frozenset().union(*map(_ids, (*problem_shelves().values(), profile.received))),
    )
    for one in report.came_in:
        _say(f"in   {one.id}")
        for note in one.notes:
            _say(f"       {note}")
    for left in report.left_out:
        _say(f"left {left.name}: {left.why}")
    _say(_sum(report))
    if not report.came_in:
        return NOTHING
    return SOME if report.left_out else DONE


def _sum(report: ImportReport) -> str:
    problems = _count(len(report.came_in), "problem")
    left = f" {len(report.left_out)} did not." if report.left_out else ""
    undo = f" To take them away again: sparring problems undo {report.id}" if report.came_in else ""
    return f"{problems} came in ({report.kind}).{left}{undo}"


def _undo(profile: Profile, report_id: str) -> int:
    count = len(recorded(report_id, profile.imports).came_in)
    stayed = undo_import(report_id, profile.problems, profile.imports)
    for words in stayed:
        _complain(words)
    gone = count - len(stayed)
    _say(f"{_count(gone, 'problem')} {'is' if gone == 1 else 'are'} gone.")
    if not stayed:
        return DONE
    return SOME if len(stayed) < count else NOTHING


def _list(profile: Profile) -> int:
    for report in imports(profile.imports):
        when = report.when[:16].replace("T", " ")
        _say(f"{report.id}  {when}  {_count(len(report.came_in), 'problem'):>13}  {report.kind}  {report.source}")
    return DONE


def _ids(shelf: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in shelf.iterdir())
    except OSError:
        return frozenset()


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _show_progress(done: int, total: int, name: str) -> None:
    """One line that is written over, where somebody watches."""
    if not sys.stderr.isatty():
        return
    words = f"{done}/{total} {_plain(name)[:60]}" if done < total else ""
    sys.stderr.write(f"\r\x1b[K{words}")
    sys.stderr.flush()


def _say(words: str) -> None:
    sys.stdout.write(f"{_plain(words)}\n")


def _complain(words: str) -> None:
    # Over the line of progress, if there is one.
    before = "\r\x1b[K" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{before}sparring: {_plain(words)}\n")


def _plain(words: str) -> str:
    """In one line, and without what would command a terminal: names and reasons come from strangers' files."""
    return "".join(sign if sign.isprintable() else " " for sign in words)
