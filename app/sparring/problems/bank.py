"""All problems of some shelves, by id. One bad folder never hides the others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sparring.problems.heads import Head, head_of
from sparring.problems.loader import load_problem, open_problem
from sparring.problems.model import Problem, ProblemError

MAX_FOLDERS = 5_000
"""On one shelf: a shelf that is somebody's whole disk should not be read to its end."""


@dataclass(frozen=True)
class ProblemSummary(Head):
    """What a list shows of a problem, the name of the shelf it stands on, and its folder."""

    shelf: str
    folder: Path


class Bank:
    """The problems of some shelves, in their order; of two with one id, that of the earlier shelf.

    Only their heads are read at first. `problems` reads a folder when it is asked for the first time; one that cannot
    be read is as if it was not there, and `errors` says why.
    """

    def __init__(
        self,
        shelves: Mapping[str, Path] | None = None,
        *,
        optional: Collection[str] = (),
        read: Callable[[Path], Problem] = open_problem,
    ) -> None:
        """Look through shelves, by their names. One that is not there is an error, unless it is an optional one."""
        self._shelves, self._optional, self._read = dict(shelves or {}), optional, read
        self._known: dict[str, Problem] = {}
        self._on_shelves: Mapping[str, ProblemSummary] = {}
        self._preferred: ProblemSummary | None = None
        self.summaries: Mapping[str, ProblemSummary] = {}
        self.errors: tuple[str, ...] = ()
        self.problems: Mapping[str, Problem] = _Opened(self)
        self.refresh()

    def refresh(self) -> None:
        """Look through the shelves again. May be called from another thread."""
        summaries: dict[str, ProblemSummary] = {}
        errors: list[str] = []
        for name, shelf in self._shelves.items():
            for folder in self._folders(name, shelf, errors):
                try:
                    head = head_of(folder)
                except ProblemError as error:
                    errors.append(str(error))
                    continue
                if head.id in summaries:
                    errors.append(f"{folder}: a problem with the id {head.id!r} exists already; that one was kept")
                else:
                    summaries[head.id] = ProblemSummary(**vars(head), shelf=name, folder=folder)
        self.errors, self._known = tuple(errors), {}
        self._on_shelves = summaries
        self.summaries = self._with_preferred()

    def prefer(self, folder: Path | None, shelf: str = "") -> None:
        """Have the problem in this folder in the place of another version with its id; None: as the shelves have it.

        Raises `ProblemError`.
        """
        preferred = ProblemSummary(**vars(head_of(folder)), shelf=shelf, folder=folder) if folder else None
        before, self._preferred = self._preferred, preferred
        for one in (before, preferred):
            if one is not None and before != preferred:
                self._known.pop(one.id, None)
        self.summaries = self._with_preferred()

    def _with_preferred(self) -> Mapping[str, ProblemSummary]:
        one = self._preferred
        return {**self._on_shelves, one.id: one} if one is not None else self._on_shelves

    def open(self, problem_id: str) -> Problem | None:
        """A problem, read if it was not yet; None if there is none with this id, or its folder cannot be read."""
        known, summary = self._known, self.summaries.get(problem_id)
        if summary is not None and problem_id not in known:
            try:
                known[problem_id] = self._read(summary.folder)
            except ProblemError as error:
                self.errors += (str(error),)
                self.summaries = {key: one for key, one in self.summaries.items() if key != problem_id}
        return known.get(problem_id)

    def _folders(self, name: str, shelf: Path, errors: list[str]) -> list[Path]:
        try:
            folders = sorted(path for path in shelf.iterdir() if path.is_dir() and not path.name.startswith("."))
        except OSError as error:
            if not (isinstance(error, FileNotFoundError) and name in self._optional):
                errors.append(f"{shelf}: the problems cannot be read: {error.strerror}")
            return []
        if len(folders) > MAX_FOLDERS:
            errors.append(f"{shelf}: has more than {MAX_FOLDERS:,} folders; the first {MAX_FOLDERS:,} were read")
        return folders[:MAX_FOLDERS]


class _Opened(Mapping[str, Problem]):
    """A bank's problems, each read when it is asked for."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def __getitem__(self, problem_id: str) -> Problem:
        problem = self._bank.open(problem_id)
        if problem is None:
            raise KeyError(problem_id)
        return problem

    def __iter__(self) -> Iterator[str]:
        return iter(self._bank.summaries)

    def __len__(self) -> int:
        return len(self._bank.summaries)


def load_bank(*shelves: Path) -> Bank:
    """Read and check every problem of each of the shelves, all of it, at once."""
    bank = Bank({str(shelf): shelf for shelf in shelves}, read=load_problem)
    for problem_id in tuple(bank.problems):
        bank.open(problem_id)
    return bank
