"""Reads what a list of problems shows of one: the head of its `problem.toml`, and no other file."""

import re
from dataclasses import dataclass
from pathlib import Path

from sparring.problems.fields import Fields
from sparring.problems.files import Folder
from sparring.problems.model import Difficulty, Mode, ProblemError

MAX_NAME = 80
"""Characters of an id, title, topic or case name."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Head:
    """What is known of a problem before the rest of its folder is read."""

    id: str
    title: str
    difficulty: Difficulty
    topics: tuple[str, ...]
    suggested_minutes: int
    mode: Mode


def read_head(folder: Folder, table: Fields) -> Head:
    """The head of a `problem.toml` that was read as `table`. Raises `ProblemError`."""
    if folder.path.is_symlink():
        raise ProblemError(f"{folder.path.name}: is a link, and links are not followed")
    return Head(
        id=_id(table, folder.path.name),
        title=short_text(table, "title"),
        difficulty=_difficulty(table),
        topics=_topics(table),
        suggested_minutes=table.integer("suggested_minutes", 1, 240, 25),
        mode=read_mode(table),
    )


def head_of(path: Path) -> Head:
    """The head of the problem in a folder. Raises `ProblemError`."""
    folder = Folder(path)
    return read_head(folder, Fields(folder, "problem.toml", folder.toml("problem.toml")))


def read_mode(table: Fields) -> Mode:
    """How a problem is solved."""
    try:
        return Mode(table.text("mode", Mode.FUNCTION))
    except ValueError:
        raise table.complaint("mode", f"must be one of {', '.join(Mode)}") from None


def short_text(table: Fields, name: str) -> str:
    """A field that is one short line."""
    given = table.text(name)
    if len(given) > MAX_NAME or "\n" in given:
        raise table.complaint(name, f"must be one line of at most {MAX_NAME} characters")
    return given


def _id(table: Fields, folder_name: str) -> str:
    given = table.text("id")
    if not _ID.match(given) or len(given) > MAX_NAME:
        raise table.complaint("id", "must be lower-case words and numbers joined by hyphens")
    if given != folder_name:
        raise table.complaint("id", f"is {given!r}, but the folder is {folder_name!r}")
    return given


def _difficulty(table: Fields) -> Difficulty:
    try:
        return Difficulty(table.text("difficulty"))
    except ValueError:
        raise table.complaint("difficulty", f"must be one of {', '.join(Difficulty)}") from None


def _topics(table: Fields) -> tuple[str, ...]:
    given = table.items("topics")
    if not given or not all(isinstance(topic, str) and 0 < len(topic.strip()) <= MAX_NAME for topic in given):
        raise table.complaint("topics", "must be a list of at least one text")
    if len(set(given)) < len(given):
        raise table.complaint("topics", "has the same topic twice")
    return tuple(given)
