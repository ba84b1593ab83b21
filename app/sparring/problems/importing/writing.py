"""Writes drafts onto a shelf: a whole problem under a free id, or nothing."""

import contextlib
import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from sparring.problems.digest import content_digest, digest
from sparring.problems.files import MAX_FILE_BYTES
from sparring.problems.importing.draft import ProblemDraft
from sparring.problems.importing.rendering import render, serialised_case
from sparring.problems.loader import MAX_CASES, MAX_STDIN_BYTES, MAX_STDOUT_BYTES, load_problem
from sparring.problems.model import Problem, ProblemError

MAX_ID = 60
"""Characters of an id that is made of a title; room is left for a number."""
ROOM_FOR_CASES = MAX_FILE_BYTES - 1024
LARGE_SHARE = 0.6
"""Of the room, for the one large case."""
UNFINISHED = ".importing-"
"""What the name of a folder begins with that is still being written; readers of a shelf pass over it."""
STALE_SECONDS = 86_400


class ShelfError(Exception):
    """The shelf cannot be written: a full disk, a missing permission. Nothing half done was left on it."""


class AlreadyThereError(Exception):
    """The shelf has the very same problem already; the text is its id."""


def problem_id(title: str) -> str:
    """The id that a title gives: lower-case words and numbers joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return words[:MAX_ID].strip("-") or "problem"


def that_fit(sizes: Sequence[tuple[bool, int]]) -> list[int]:
    """Which of the cases, each given as (is hidden, bytes), go into one folder; in their order.

    The examples come first, then the largest of the others that leaves room (only a large input tells a slow solution),
    then those others that are small.
    """
    order = sorted(range(len(sizes)), key=lambda number: sizes[number])
    large = [number for number in order if sizes[number][0] and sizes[number][1] <= LARGE_SHARE * ROOM_FOR_CASES]
    if large:
        order.remove(large[-1])
        order.insert(sum(not is_hidden for is_hidden, _ in sizes), large[-1])
    kept: list[int] = []
    room = ROOM_FOR_CASES
    for number in order:
        if sizes[number][1] <= room and len(kept) < MAX_CASES:
            room -= sizes[number][1]
            kept.append(number)
    return sorted(kept)


def fitted(draft: ProblemDraft) -> tuple[ProblemDraft, tuple[str, ...]]:
    """The draft with as many cases as a folder holds (see `that_fit`), and in words what went."""
    notes: list[str] = []
    small: list[tuple[int, int]] = []
    for number, case in enumerate(draft.cases):
        size = len(serialised_case(case, draft.signature is None)) + 8
        sizes = [len(text.encode("utf-8", "replace")) for text in (case.stdin, case.stdout)]
        if sizes[0] > MAX_STDIN_BYTES or sizes[1] > MAX_STDOUT_BYTES or size > ROOM_FOR_CASES:
            notes.append(f"the case {case.name!r} was left out: it is larger than a case may be")
        else:
            small.append((number, size))
    kept = [small[at][0] for at in that_fit([(draft.cases[number].hidden, size) for number, size in small])]
    if len(kept) < len(small):
        words = f"{len(small) - len(kept)} of {len(draft.cases)} cases did not come along"
        notes.append(f"{words}: a problem holds {MAX_CASES} cases and {MAX_FILE_BYTES:,} bytes of them")
    cases = tuple(draft.cases[number] for number in kept)
    return (draft if len(cases) == len(draft.cases) else replace(draft, cases=cases)), tuple(notes)


def free_place(
    draft: ProblemDraft, shelf: Path, taken: Container[str] = (), staged: Mapping[str, str] | None = None
) -> tuple[str, dict[str, bytes]]:
    """A free id for the draft, made of its title, and its files under this id.

    `taken` are ids that other shelves have; `staged` are those that are on their way to this one, with their digests.
    Raises `ProblemError`, `AlreadyThereError`.
    """
    first = problem_id(draft.title)
    for number in count(1):
        name = first if number == 1 else f"{first}-{number}"
        content = render(draft, name)
        there = (staged or {}).get(name) or _digest_if_there(shelf / name)
        if there == content_digest(content):
            raise AlreadyThereError(name)
        if name not in taken and not there:
            return name, content
    raise AssertionError


def _digest_if_there(folder: Path) -> str:
    """The digest; a text that none is like if something is there that has none; empty if nothing is there."""
    try:
        return digest(folder) if os.path.lexists(folder) else ""
    except ProblemError:
        return "unreadable"


def write_problem(draft: ProblemDraft, shelf: Path, *, taken: Container[str] = ()) -> Path:
    """Write a draft as a folder of the shelf, under a free id; all or nothing.

    Raises `ProblemError` if the draft is no problem (its words name the file and the field), `AlreadyThereError`,
    `ShelfError`.
    """
    name, content = free_place(draft, shelf, taken)
    with staging(shelf) as stage:
        write_content(content, stage / name)
        move_in(stage / name, shelf)
    return shelf / name


@contextlib.contextmanager
def staging(shelf: Path) -> Iterator[Path]:
    """A folder on the shelf that no reader of the shelf looks into; it goes when the block ends, however it ends."""
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        _sweep(shelf)
        stage = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=shelf))
    except OSError as error:
        raise ShelfError(f"{shelf}: cannot be written: {error.strerror}") from error
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_content(content: Mapping[str, bytes], folder: Path) -> Problem:
    """Write the files of a problem and read it back. If it is none, nothing is left of it.

    Raises `ProblemError`, `ShelfError`.
    """
    try:
        for file, data in content.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return load_problem(folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ShelfError(f"{folder.parent.parent}: cannot be written: {error.strerror}") from error
    except ProblemError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def move_in(folder: Path, shelf: Path) -> None:
    """Put a staged problem onto the shelf. Raises `ShelfError`, also where the name was taken meanwhile."""
    final = shelf / folder.name
    if os.path.lexists(final):
        raise ShelfError(f"{final}: is there already, and stays as it is")
    try:
        folder.rename(final)
    except OSError as error:
        raise ShelfError(f"{final}: cannot be written: {error.strerror}") from error


def _sweep(shelf: Path) -> None:
    """Remove what a program that was killed left behind, long after it could still be at work."""
    for left in shelf.glob(f"{UNFINISHED}*"):
        if time.time() - left.lstat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
