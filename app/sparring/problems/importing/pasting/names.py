"""Names that are the same in every language that follows."""

import keyword
import re
import unicodedata

MAX_NAME = 60


def snake(name: str) -> str:
    """`twoSum`, `TwoSum` or `two-sum` as `two_sum`; empty if nothing of it can stand in a name."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", ascii_name)
    made = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")
    made = re.sub(r"^\d+_?", "", made)[:MAX_NAME].rstrip("_")
    return f"{made}_" if keyword.iskeyword(made) else made


def slug(title: str) -> str:
    """A title in lower-case words joined by hyphens."""
    return snake(title).replace("_", "-").strip("-")


def words_of(name: str) -> str:
    """A function's name as a title."""
    return snake(name).replace("_", " ").strip().capitalize()
