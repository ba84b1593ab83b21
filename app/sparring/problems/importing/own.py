"""Problem folders of our own format: they come in as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sparring.problems.content import folder_content
from sparring.problems.digest import digest
from sparring.problems.files import Folder
from sparring.problems.model import ProblemError

KIND = "Sparring"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class WholeFolder:
    """A folder of our own format, and the id under which it wants to stand on the shelf."""

    id: str
    title: str
    content: dict[str, bytes] = field(repr=False)

    def digest_on(self, shelf: Path) -> str:
        """The digest of what stands there under this id; empty if that has none."""
        try:
            return digest(shelf / self.id)
        except ProblemError:
            return ""


def is_own(folder: Path) -> bool:
    return (folder / "problem.toml").is_file()


def read_own(folder: Path) -> Iterator[WholeFolder]:
    """The folder with all its files. What is wrong with it is found when it is written. Raises `ProblemError`."""
    given = Folder(folder).toml("problem.toml")
    # Unpacked or renamed, its own name may have been lost; the id in it is what counts.
    name = given.get("id")
    is_id = isinstance(name, str) and _ID.match(name) is not None
    title = given.get("title")
    yield WholeFolder(str(name) if is_id else folder.name, str(title or folder.name)[:80], folder_content(folder))
