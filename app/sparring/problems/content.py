"""The files of a problem folder, all of them, as names and bytes: what is packed, sent, compared and copied."""

import os
import stat
from pathlib import Path

from sparring.problems.files import MAX_FILE_BYTES
from sparring.problems.model import ProblemError

MAX_PROBLEM_FILES = 200
MAX_PROBLEM_BYTES = 16 * 1_048_576
"""Of all files of one problem together."""
MAX_PROBLEM_DEPTH = 4
"""Folders inside one another; our own format needs one."""


def folder_content(folder: Path) -> dict[str, bytes]:
    """Every file by its name with slashes, in the names' order.

    Left out is what no reader looks at: hidden files and what Python leaves behind. Raises `ProblemError` for a link,
    for what is neither file nor folder, for what is too much, and for what cannot be read.
    """
    found: dict[str, bytes] = {}
    total = 0
    for name, path in sorted(_files(folder, folder, 0)):
        if len(found) >= MAX_PROBLEM_FILES:
            raise ProblemError(f"{folder.name}: has more than {MAX_PROBLEM_FILES} files")
        try:
            data = _read(path)
        except OSError as error:
            raise ProblemError(f"{folder.name}/{name}: cannot be read: {error.strerror}") from error
        total += len(data)
        if len(data) > MAX_FILE_BYTES:
            raise ProblemError(f"{folder.name}/{name}: is larger than {MAX_FILE_BYTES:,} bytes")
        if total > MAX_PROBLEM_BYTES:
            raise ProblemError(f"{folder.name}: is larger than {MAX_PROBLEM_BYTES:,} bytes")
        found[name] = data
    return found


def _files(folder: Path, top: Path, depth: int) -> list[tuple[str, Path]]:
    where = folder.relative_to(top).as_posix()
    if folder.is_symlink():
        raise ProblemError(f"{top.name}: is a link, and links are not followed")
    if depth > MAX_PROBLEM_DEPTH:
        raise ProblemError(f"{top.name}/{where}: is nested too deep")
    found: list[tuple[str, Path]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = Path(entry.path).relative_to(top).as_posix()
                if entry.name.startswith(".") or entry.name == "__pycache__":
                    continue
                if entry.is_symlink():
                    raise ProblemError(f"{top.name}/{name}: is a link, and links are not followed")
                if entry.is_dir(follow_symlinks=False):
                    found += _files(Path(entry.path), top, depth + 1)
                elif entry.is_file(follow_symlinks=False):
                    found.append((name, Path(entry.path)))
                else:
                    raise ProblemError(f"{top.name}/{name}: is not a regular file")
                if len(found) > MAX_PROBLEM_FILES:
                    raise ProblemError(f"{top.name}: has more than {MAX_PROBLEM_FILES} files")
    except OSError as error:
        raise ProblemError(f"{top.name}/{where}: cannot be read: {error.strerror}") from error
    return found


def _read(path: Path) -> bytes:
    # What was a file a moment ago may be a link or a pipe by now: neither is followed or waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(MAX_FILE_BYTES + 1)
