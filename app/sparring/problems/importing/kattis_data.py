"""The cases of a Kattis package: the samples, and of the secret ones as many as a problem holds."""

import os
from collections.abc import Iterator
from pathlib import Path

from sparring.problems.files import Folder
from sparring.problems.importing.writing import ROOM_FOR_CASES, that_fit
from sparring.problems.loader import MAX_STDIN_BYTES, MAX_STDOUT_BYTES
from sparring.problems.model import Case, ProblemError

GROUPS = ("sample", "secret")
MAX_GROUP_DEPTH = 6
MAX_INPUTS = 20_000


def chosen_cases(folder: Path, notes: list[str]) -> tuple[Case, ...]:
    """The cases that fit, in the order of their names; `notes` hear of the rest. Raises `ProblemError` if none does."""
    files = Folder(folder / "data")
    if files.path.is_symlink():
        raise ProblemError(f"{folder.name}/data: is a link, and links are not followed")
    sizes: dict[str, int] = {}
    too_large: list[str] = []
    without_answer: list[str] = []
    for name in _inputs(files.path):
        given, answer = (_size(files.path / f"{name}{suffix}") for suffix in (".in", ".ans"))
        if given is None or answer is None:
            without_answer.append(name)
        elif given > MAX_STDIN_BYTES or answer > MAX_STDOUT_BYTES or given + answer > ROOM_FOR_CASES:
            too_large.append(name)
        else:
            sizes[name] = given + answer
    if not sizes:
        why = "all are too large" if too_large else "none with an input and an answer is there"
        raise ProblemError(f"{folder.name}/data: has no case that can be used: {why}")
    total = len(sizes) + len(too_large)
    names = list(sizes)
    kept = [names[at] for at in that_fit([(not _is_sample(name), sizes[name]) for name in names])]
    too_large += [name for name in names if name not in kept]
    cases, unreadable = [], []
    for name in kept:
        try:
            case = Case(name, not _is_sample(name), stdin=files.text(f"{name}.in", MAX_STDIN_BYTES),
                        stdout=files.text(f"{name}.ans", MAX_STDOUT_BYTES))  # fmt: skip
        except ProblemError as error:
            unreadable.append(str(error))
            continue
        cases.append(case)
    if not cases:
        raise ProblemError(f"{folder.name}/data: has no case that can be read: {unreadable[0]}")
    if all(map(_is_sample, kept)):
        notes.append("there are no cases but the samples")
    if too_large:
        why = "with all of them the problem would be larger than it may be"
        notes.append(f"{len(too_large)} of {total} cases did not come along: {why} ({_some(too_large)})")
    if without_answer:
        what = "an input" if len(without_answer) == 1 else f"{len(without_answer)} inputs"
        notes.append(f"{what} without an .ans file did not come along ({_some(without_answer)})")
    notes += [f"a case was left out: {words}" for words in unreadable[:3]]
    return tuple(cases)


def _is_sample(name: str) -> bool:
    return name.startswith("sample/")


def _inputs(data: Path) -> Iterator[str]:
    """The names of all inputs below the groups, without their suffix; links are passed over."""
    count = 0
    for group in GROUPS:
        for path, folders, names in os.walk(data / group):
            folders.sort()
            where = Path(path).relative_to(data)
            if len(where.parts) > MAX_GROUP_DEPTH:
                folders.clear()
            for name in sorted(names):
                if name.endswith(".in") and not (Path(path) / name).is_symlink():
                    count += 1
                    if count > MAX_INPUTS:
                        raise ProblemError(f"{data.parent.name}/data: has more than {MAX_INPUTS:,} inputs")
                    yield (where / name.removesuffix(".in")).as_posix()


def _size(path: Path) -> int | None:
    try:
        return path.lstat().st_size if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
