"""The shelf of problems that partners sent over: what comes from the wire is checked, and only then kept."""

import re
import secrets
import shutil
import time
from pathlib import Path

from sparring.problems.archive import ArchiveError, unpack
from sparring.problems.digest import digest
from sparring.problems.loader import open_problem
from sparring.problems.model import Problem, ProblemError

CHECK_SECONDS = 20.0
"""Cases may be written in few words that stand for many values; whoever made them wants an answer in this time."""
_EARLIER = ".earlier"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class NotReceived(Exception):
    """What a partner sent is not kept; a sentence that says why. Nothing was left behind."""


def find_version(folder: Path | None, shelf: Path, problem_id: str, wanted: str) -> Path | None:
    """The folder that has this problem in the version with the digest `wanted`; None if there is none.

    It is looked for in `folder`, where the bank has it, and among all that was received on `shelf`.
    """
    if not _ID.match(problem_id):
        return None
    for place in (folder, shelf / problem_id, _earlier(shelf, problem_id, wanted)):
        if place is not None and place.is_dir() and _has(place, wanted):
            return place
    return None


def _earlier(shelf: Path, problem_id: str, version: str) -> Path:
    return shelf / _EARLIER / version[:16] / problem_id


def _has(folder: Path, wanted: str) -> bool:
    try:
        return digest(folder) == wanted
    except ProblemError:
        return False


def keep_received(packed: bytes, problem_id: str, wanted: str, shelf: Path) -> Path:
    """Check a packed problem and put it on the shelf; its folder. Raises `NotReceived`.

    It must be a problem with this id and, to the byte, the version with the digest `wanted`. Nothing of it is run. An
    earlier version that was received is kept aside, where `find_version` finds it.
    """
    if not _ID.match(problem_id):
        raise NotReceived("its name is no name of a problem.")
    unchecked = shelf / f".incoming-{secrets.token_hex(8)}"
    try:
        unchecked.mkdir(parents=True)
        folder = unchecked / problem_id
        unpack(packed, folder)
        if digest(folder) != wanted:
            raise NotReceived("it is not the version that was suggested.")
        _read_all(folder)
        return _place(folder, shelf, problem_id)
    except ArchiveError as error:
        raise NotReceived(f"{error}.") from error
    except ProblemError as error:
        raise NotReceived(f"it is no problem that can be read: {error}.") from error
    except OSError as error:
        raise NotReceived(f"it cannot be kept: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(unchecked, ignore_errors=True)


def _read_all(folder: Path) -> Problem:
    """Check the whole problem, one case at a time: all of them together may be more than the memory holds."""
    problem = open_problem(folder)
    until = time.monotonic() + CHECK_SECONDS
    for case in problem.cases:
        _ = case.values
        del case.values
        if time.monotonic() > until:
            raise NotReceived("its cases take too long to read.")
    return problem


def _place(folder: Path, shelf: Path, problem_id: str) -> Path:
    target = shelf / problem_id
    if target.exists():
        aside = _earlier(shelf, problem_id, digest(target))
        shutil.rmtree(aside, ignore_errors=True)
        aside.parent.mkdir(parents=True, exist_ok=True)
        target.replace(aside)
    return folder.replace(target)
