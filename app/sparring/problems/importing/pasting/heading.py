"""The top of a problem's page: its title, its difficulty, its limits, and what is only furniture of the page."""

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sparring.problems.importing.draft import one_line
from sparring.problems.importing.pasting.labels import is_fence, is_prose, label_of, names_both, undecorated
from sparring.problems.importing.pasting.names import words_of
from sparring.problems.importing.pasting.signatures import starts_code
from sparring.problems.model import Difficulty

HEADING_LINES = 14
_UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of surrogate pairs: nothing that a file could keep."""
MAX_TITLE, MAX_TITLE_WORDS = 100, 14
_FURNITURE = re.compile(
    r"(solved|attempted|topics?|companies|company tags|hints?|premium lock icon|lock icon|description|editorial"
    r"|solutions?|submissions?|discuss(ion)?.*|share|like|add to list|copy|copied!?|accepted( [\d.,km/]+)*"
    r"|acceptance( rate)?"
    r"|seen this question.*|problem|problems|leaderboard|submit|code|testcase|test result|points:? *\d*|avatar"
    r"|accuracy:? *[\d.%]+|submissions:? *[\d.,kmKM+]+|max score:? *\d+|\d+(\.\d+)?%|[\d.,]+[km]?"
    r"|(input|output)?\s*(:\s*)?standard (input|output)|input file:?.*|output file:?.*"
    r"|description:|instructions:?|details)",
    re.IGNORECASE,
)
_DIFFICULTY = re.compile(
    r"(?:difficulty\s*(?:level)?\s*[:\-–]?\s*)?(easy|medium|hard|basic|school|beginner)\b.{0,24}$", re.IGNORECASE
)
_EASY = ("basic", "school", "beginner")
_NUMBERED = re.compile(
    r"^(?:(?:problem|question|exercise|task|challenge)\s+)?(?:#?\d{1,5}|[A-Z]\d?)\s*[.):\-–—]\s+", re.IGNORECASE
)
_TITLED = re.compile(r"^(?:problem|title|question|name|task|challenge)\s*:\s*", re.IGNORECASE)
_LIMIT_LINE = re.compile(r"\s*(cpu\s+)?(time|memory)\s*limit", re.IGNORECASE)
_TIME = re.compile(
    r"time\s*limit[^\d\n]{0,24}\n?\s*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?)\b", re.IGNORECASE
)
_MEMORY = re.compile(r"memory\s*limit[^\d\n]{0,24}\n?\s*(\d+)\s*(kb|kib|mb|mib|megabytes?|gb|gib)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\s*\d+(\.\d+)?\s*(s|secs?|seconds?|ms|milliseconds?|kb|mb|mib|megabytes?|gb|gib)\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Heading:
    """What the top of the page says, and the lines that are left."""

    title: str
    difficulty: Difficulty | None
    time_limit_s: float | None
    memory_limit_mb: int | None
    lines: list[tuple[int, str]]


def read_heading(lines: list[tuple[int, str]]) -> Heading:
    """Take title, difficulty, limits and furniture from the top of a page."""
    text = "\n".join(line for _, line in lines[: HEADING_LINES * 4])
    title, difficulty = "", None
    left: list[tuple[int, str]] = []
    seen, is_over = 0, False
    for number, line in lines:
        bare = undecorated(line)
        if is_over or not bare:
            left.append((number, line))
            continue
        seen += 1
        found = _DIFFICULTY.fullmatch(bare)
        if found is not None and difficulty is None:
            word = found[1].casefold()
            difficulty = Difficulty.EASY if word in _EASY else Difficulty(word)
        elif _is_furniture(bare, lines, number, after_title=bool(title)):
            continue
        elif not title and _may_be_title(bare, line):
            title = _as_title(bare)
        else:
            left.append((number, line))
            is_over = seen > 1 or not _FURNITURE.fullmatch(bare)
        is_over = is_over or seen >= HEADING_LINES
    return Heading(title, difficulty, _seconds(text), _megabytes(text), left)


def title_of_link(link: str) -> str:
    """A title from the last telling part of an address: …/problems/two-sum/description/."""
    parts = [part for part in unquote(urlsplit(link).path).split("/") if part]
    telling = [part for part in parts if re.search(r"[a-z]{3}", part) and not _FURNITURE.fullmatch(part)]
    return one_line(words_of(re.sub(r"\.\w{2,4}$", "", telling[-1]))) if telling else ""


def cleaned(text: str) -> str:
    """A pasted text without what cannot be seen, and with the signs that HTML writes as words."""
    made = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u2028", "\n")
    made = re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", made)
    if re.search(r"&(?:lt|gt|le|ge|amp|quot|nbsp|#\d+|#x[0-9a-fA-F]+);", made):
        made = html.unescape(made).replace("\u00a0", " ")
    return _UNKEEPABLE.sub("", made)


def _may_be_title(bare: str, line: str) -> bool:
    if (
        is_fence(line)
        or starts_code(line)
        or names_both(line)
        or len(bare) > 100
        or len(bare.split()) > MAX_TITLE_WORDS
    ):
        return False
    label = label_of(line)
    if label is not None and not _TITLED.match(bare):
        return False
    is_heading = line.lstrip().startswith("#") or _NUMBERED.match(bare) is not None or _TITLED.match(bare) is not None
    ends_sentence = bare.endswith((".", ":", ";", ",")) or bare[:1] in "([{>"
    return is_heading or not (ends_sentence or (is_prose(bare) and len(bare.split()) > 8))


def _as_title(bare: str) -> str:
    made = _NUMBERED.sub("", _TITLED.sub("", bare)).strip()
    return one_line(made.rstrip("#").strip() or bare)


def _is_furniture(bare: str, lines: list[tuple[int, str]], number: int, *, after_title: bool) -> bool:
    if _LIMIT_LINE.match(bare) or _AMOUNT.fullmatch(bare) or _is_limit_of_file(bare, lines, number):
        return True
    return after_title and _FURNITURE.fullmatch(bare) is not None


def _is_limit_of_file(bare: str, lines: list[tuple[int, str]], number: int) -> bool:
    """Codeforces: "input" with "standard input" below it, at the top of the page."""
    if bare.casefold() not in ("input", "output"):
        return False
    following = next((line for at, line in lines if at > number and line.strip()), "")
    return following.strip().casefold() in ("standard input", "standard output")


def _seconds(text: str) -> float | None:
    match = _TIME.search(text)
    if match is None:
        return None
    seconds = float(match[1]) / (1000 if match[2].casefold().startswith("m") else 1)
    return min(60.0, max(0.1, seconds))


def _megabytes(text: str) -> int | None:
    match = _MEMORY.search(text)
    if match is None or len(match[1]) > 9:
        return None
    unit = match[2].casefold()[0]
    amount = int(match[1]) * 1024 if unit == "g" else int(match[1]) // 1024 if unit == "k" else int(match[1])
    return min(4096, max(16, amount))
