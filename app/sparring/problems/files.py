"""Reads the files of a problem folder: regular files of bounded size inside the folder, and nothing else."""

import json
import os
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from sparring.problems.model import ProblemError

MAX_FILE_BYTES = 1_048_576
"""Of one file; large cases are written in few words (`expanding.py`)."""
MAX_FILES_IN_A_FOLDER = 100


@dataclass(frozen=True)
class Folder:
    """A problem folder. Every complaint begins with its name and the file's."""

    path: Path

    def complaint(self, name: str, words: str) -> ProblemError:
        """The error to raise about a file; `name` is relative to the folder."""
        return ProblemError(f"{self.path.name}/{name}: {words}")

    def text(self, name: str, max_bytes: int = MAX_FILE_BYTES) -> str:
        """A file's text. Refuses links, and whatever is no regular file (a pipe would be waited for)."""
        path = self.path / name
        try:
            for folder in PurePath(name).parents[:-1]:
                if (self.path / folder).is_symlink():
                    raise self.complaint(folder.as_posix(), "is a link, and links are not followed")
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                raise self.complaint(name, "is a link, and links are not followed")
            if not stat.S_ISREG(status.st_mode):
                raise self.complaint(name, "is not a regular file")
            if status.st_size > max_bytes:
                raise self.complaint(name, f"is larger than {max_bytes:,} bytes")
            text = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise self.complaint(name, "the file is missing") from None
        except UnicodeDecodeError as error:
            raise self.complaint(name, f"is not UTF-8 text (byte {error.start:,})") from error
        except OSError as error:
            raise self.complaint(name, f"cannot be read: {error.strerror}") from error
        # As reading in text mode would: folders may come from Windows.
        return text.replace("\r\n", "\n")

    def has(self, name: str) -> bool:
        """Whether something with this name is there; whether it can be read is another question."""
        return os.path.lexists(self.path / name)

    def prose(self, name: str) -> str:
        """The text of a file in which something must be written."""
        text = self.text(name)
        if not text.strip():
            raise self.complaint(name, "is empty")
        return text

    def toml(self, name: str) -> dict[str, Any]:
        """A file's table; a syntax error names its line."""
        try:
            return tomllib.loads(self.text(name))
        except ValueError as error:  # a syntax error, or a number with thousands of digits
            raise self.complaint(name, str(error)) from error
        except RecursionError:
            raise self.complaint(name, "is nested too deep") from None

    def json(self, name: str) -> Any:
        """A file's value; a syntax error names its line, a key that stands twice in one map is refused."""
        try:
            return json.loads(self.text(name), object_pairs_hook=_without_doubles, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            raise self.complaint(name, f"line {error.lineno}, column {error.colno}: {error.msg}") from error
        except _DoubledKey as error:
            raise self.complaint(name, f"the key {error.args[0]!r} stands twice in one map") from None
        except ValueError as error:  # a number with thousands of digits
            raise self.complaint(name, str(error)) from error
        except RecursionError:
            raise self.complaint(name, "is nested too deep") from None

    def names(self, name: str) -> list[str]:
        """What lies in a folder inside, without hidden files and what Python leaves behind."""
        path = self.path / name
        if path.is_symlink():
            raise self.complaint(name, "is a link, and links are not followed")
        try:
            names = sorted(entry.name for entry in path.iterdir())
        except FileNotFoundError:
            raise self.complaint(name, "the folder is missing") from None
        except OSError as error:
            raise self.complaint(name, f"cannot be read: {error.strerror}") from error
        names = [one for one in names if not one.startswith(".") and one != "__pycache__"]
        if len(names) > MAX_FILES_IN_A_FOLDER:
            raise self.complaint(name, f"has more than {MAX_FILES_IN_A_FOLDER} files")
        return names


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


class _DoubledKey(Exception):
    pass


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKey(next(key for key in keys if keys.count(key) > 1))
    return made
