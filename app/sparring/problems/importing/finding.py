"""Finds out what lies at a path: one problem or many, of which format. Looking opens no more than it must."""

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sparring.problems.archive import COLLECTION, ArchiveError, unpack
from sparring.problems.importing.canonical import KIND as CANONICAL
from sparring.problems.importing.canonical import is_canonical, read_canonical
from sparring.problems.importing.draft import ProblemDraft
from sparring.problems.importing.kattis import KIND as KATTIS
from sparring.problems.importing.kattis import is_package, read_package
from sparring.problems.importing.own import KIND as OWN
from sparring.problems.importing.own import WholeFolder, is_own, read_own
from sparring.problems.importing.report import LeftOut
from sparring.problems.importing.track import KIND as TRACK
from sparring.problems.importing.track import is_exercise, read_exercise

MAX_FOUND = 5_000
"""Problems in one import; as many as a shelf may hold."""
MAX_LOOKED_AT = 50_000
"""Folders: somebody's whole disk is not looked through."""
MAX_DEPTH = 6
ZIP_SUFFIXES = (".zip", ".kattis")
MARKS = ("problem.toml", "canonical-data.json", "problem.yaml")
"""Files by which a format is known: who names one means its folder."""
_PASSED_OVER = ("__pycache__", "__MACOSX", "node_modules")

Found = ProblemDraft | WholeFolder | LeftOut


class NothingFoundError(Exception):
    """There is nothing at the path that could be imported; the message says what would be."""


@dataclass(frozen=True)
class Candidate:
    """Something that looks like a problem (or several); `read` raises `ProblemError` or `OSError` if it is none."""

    name: str
    kind: str
    read: Callable[[], Iterator[Found]] = field(repr=False)


Kind = tuple[str, Callable[[Path], bool], Callable[[Path, Path], Iterator[Found]]]
"""A format: its name, whether a folder looks like it, how it is read. The second path is where the import began."""
KINDS: tuple[Kind, ...] = (
    (OWN, is_own, lambda folder, top: read_own(folder)),
    (CANONICAL, is_canonical, lambda folder, top: read_canonical(folder)),
    (TRACK, is_exercise, read_exercise),
    (KATTIS, is_package, lambda folder, top: read_package(folder)),
)


def find(path: Path, room: Path, is_cancelled: Callable[[], bool]) -> list[Candidate]:
    """What there is, in the order of names. `room` is an empty folder in which archives may be unpacked.

    Raises `NothingFoundError`, `ArchiveError`.
    """
    if not path.exists():
        raise NothingFoundError(f"{path}: is not there")
    # Links are not followed, but the one that was named is what somebody means.
    path = Path(os.path.realpath(path))
    if path.name in MARKS:
        path = path.parent
    if path.is_dir():
        search = _Search(path, room, is_cancelled)
        search.look(path, 0)
    elif zipfile.is_zipfile(path) or path.suffix.lower() in ZIP_SUFFIXES:
        top = _unpacked(path, room)
        search = _Search(top, room, is_cancelled)
        search.look(top, 0)
    else:
        raise NothingFoundError(f"{path.name}: is neither a folder nor a zip file. {_WHAT_WOULD_BE}")
    if not any(one.kind for one in search.found):
        why = "; ".join(words for one in search.found for words in _whys(one))
        raise NothingFoundError(
            f"{path.name}: no problem was found in it{f' ({why})' if why else ''}. {_WHAT_WOULD_BE}"
        )
    return search.found


_WHAT_WOULD_BE = (
    "What can be imported: a problem folder of Sparring, Exercism's problem specifications or Python track, a Kattis"
    " problem package, a folder of such, or a zip file of any of them."
)


class _Search:
    def __init__(self, top: Path, room: Path, is_cancelled: Callable[[], bool]) -> None:
        self.found: list[Candidate] = []
        self._top, self._room, self._is_cancelled = top, room, is_cancelled
        self._left = MAX_LOOKED_AT

    def look(self, folder: Path, depth: int) -> None:
        self._left -= 1
        if self._is_cancelled() or self._is_full():
            return
        name = folder.name
        try:
            for kind, is_one, read in KINDS:
                if is_one(folder):
                    self.found.append(Candidate(name, kind, partial(read, folder, self._top)))
                    return
            children = sorted(folder.iterdir())
        except OSError as error:
            self._leave_out(name, f"cannot be read: {error.strerror}")
            return
        for child in children:
            if child.name.startswith(".") or child.name in _PASSED_OVER:
                continue
            if child.is_symlink():
                if child.is_dir():
                    self._leave_out(child.name, "is a link, and links are not followed")
            elif child.is_dir():
                if depth < MAX_DEPTH:
                    self.look(child, depth + 1)
            elif child.suffix.lower() in ZIP_SUFFIXES:
                self.found.append(Candidate(child.name, "zip", partial(self._read_zip, child)))

    def _is_full(self) -> bool:
        if self._left == 0:
            self._leave_out(self._top.name, f"has more than {MAX_LOOKED_AT:,} folders; the rest was not looked at")
        if len(self.found) == MAX_FOUND:
            self._leave_out(self._top.name, f"has more than {MAX_FOUND:,} problems; the rest was not looked at")
        return self._left <= 0 or len(self.found) > MAX_FOUND

    def _leave_out(self, name: str, why: str) -> None:
        self.found.append(Candidate(name, "", partial(_tell, LeftOut(name, why))))

    def _read_zip(self, path: Path) -> Iterator[Found]:
        try:
            top = _unpacked(path, self._room)
        except ArchiveError as error:
            yield LeftOut(path.name, str(error))
            return
        inner = _Search(top, self._room, self._is_cancelled)
        inner.look(top, 0)
        if not inner.found:
            yield LeftOut(path.name, "no problem was found in it")
        for one in inner.found:
            yield from one.read()


def _unpacked(path: Path, room: Path) -> Path:
    """Where the archive was unpacked: a folder with the archive's name, or the only one inside."""
    place = room / str(sum(1 for _ in room.iterdir())) / path.stem
    unpack(path, place, COLLECTION)
    inside = [child for child in place.iterdir() if child.name not in _PASSED_OVER]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else place


def _tell(words: LeftOut) -> Iterator[Found]:
    yield words


def _whys(candidate: Candidate) -> Iterator[str]:
    for found in candidate.read():
        if isinstance(found, LeftOut):
            yield f"{found.name}: {found.why}"
