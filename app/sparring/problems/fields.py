"""Takes the fields of a table one by one, each with its type, and notices those that nobody asked for."""

import difflib
import math
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.model import ProblemError

_ABSENT: Any = object()


class Fields:
    """A TOML table or JSON object of one file. `where` is the way to it: "", "signature.", "case 3: "."""

    def __init__(self, folder: Folder, file: str, values: dict[str, Any], where: str = "") -> None:
        self._folder = folder
        self._file = file
        self._values = values
        self._where = where
        self._asked: list[str] = []

    def complaint(self, name: str, words: str) -> ProblemError:
        """The error to raise about a field."""
        return self._folder.complaint(self._file, f"'{self._where}{name}' {words}")

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = _ABSENT) -> str:
        """A text that is not blank."""
        value = self._take(name, default)
        if not isinstance(value, str):
            raise self.complaint(name, "must be a text")
        if value is not default and not value.strip():
            raise self.complaint(name, "is empty")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise self.complaint(name, "must be true or false")
        return value

    def number(self, name: str, low: float, high: float, default: float = _ABSENT) -> float:
        """An int or float between two bounds, both included."""
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise self.complaint(name, "must be a number")
        if not low <= value <= high:
            raise self.complaint(name, f"must be between {low:g} and {high:g}, not {value:g}")
        return float(value)

    def integer(self, name: str, low: int, high: int, default: int = _ABSENT) -> int:
        """A whole number between two bounds, both included."""
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.complaint(name, "must be a whole number")
        if not low <= value <= high:
            raise self.complaint(name, f"must be between {low:,} and {high:,}, not {value:,}")
        return value

    def items(self, name: str, default: list[Any] = _ABSENT) -> list[Any]:
        value = self._take(name, default)
        if not isinstance(value, list):
            raise self.complaint(name, "must be a list")
        return value

    def table(self, name: str, *, is_required: bool = False) -> "Fields":
        """A table inside; an empty one if it may be absent and is."""
        value = self._take(name, _ABSENT if is_required else {})
        if not isinstance(value, dict):
            raise self.complaint(name, "must be a table")
        return Fields(self._folder, self._file, value, f"{self._where}{name}.")

    def anything(self, name: str) -> Any:
        """A field of any type."""
        return self._take(name, _ABSENT)

    def finish(self) -> None:
        """Complain of a field that has no meaning: most likely it is misspelt, and its default would be used."""
        for name in self._values:
            if name not in self._asked:
                near = difflib.get_close_matches(name, self._asked, 1)
                hint = f"; is {near[0]!r} meant?" if near else ""
                raise self.complaint(name, f"is not a known field{hint}")

    def _take(self, name: str, default: Any) -> Any:
        self._asked.append(name)
        value = self._values.get(name, default)
        if value is _ABSENT:
            raise self.complaint(name, "is missing")
        return value
