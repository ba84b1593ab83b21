"""Which lines of a problem's text are labels: "Example 1:", "Input:", "Sample Output 2", "Constraints:"."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["example", "input", "output", "explanation", "constraints", "follow-up", "hint", "other", "code"]

_NUMBER = r"(?:\s*(?:#|no\.?|nr\.?)?\s*(?P<number>\d{1,3}))?"
_COPY = r"(?:\s*copy)?"
_END = rf"{_NUMBER}{_COPY}\s*(?:(?P<colon>[:：=.)\-–—]+)\s*(?P<rest>.*))?$"
_BEFORE = r"(?:sample|example|test|public|your|the)?\s*(?:test\s*)?(?:case\s*)?(?:\d{1,3}\s*)?"
_WORDS: tuple[tuple[Kind, str], ...] = (
    ("example", r"(?:(?:for|some|more)\s+)?(?:examples?|samples?|test\s*cases?|sample\s+(?:test\s*)?cases?"
                r"|sample\s+tests?|sample\s+data|e\.?g\.?)"),
    ("input", rf"{_BEFORE}(?:inputs?|stdin|given|arguments?|args|parameters)"),
    ("output", rf"{_BEFORE}(?:(?:expected|correct|desired)\s*(?:outputs?|results?|answers?|values?)?"
               r"|outputs?|stdout|returns?|return\s+value|results?|answers?)"),
    ("explanation", r"(?:sample\s+)?(?:explanations?|explain(?:ed)?|notes?|reason(?:ing)?|why|comments?)"),
    ("constraints", r"(?:constraints?|limits|limitations|bounds|assumptions|input\s+constraints)"),
    ("follow-up", r"(?:bonus|follow[\s-]*ups?(?:\s+questions?)?)"),
    ("hint", r"hints?"),
    ("other", r"(?:function\s+description|input\s+format|output\s+format|problem\s+statement|statement|description"
              r"|task|scoring|subtasks?|complexity|expected\s+(?:time|auxiliary)\s+\w*\s*complexity|hints?\s+&.*"
              r"|problem\s+description|interaction|source|author|related\s+topics|similar\s+questions)"),
)  # fmt: skip
_LABELS = tuple((kind, re.compile(words + _END, re.IGNORECASE)) for kind, words in _WORDS)
_DECORATION = re.compile(r"^\s*(?:[>#]+\s*|[-*•·●]\s+)*(\*{1,3}|_{2}|`(?!``))?\s*")
_TAGS = re.compile(r"</?(?:strong|b|em|i|p|code|pre|span|li|ul|h\d)>", re.IGNORECASE)
_BOTH = re.compile(r"(sample\s+)?input\s*\d*[\s|]+(sample\s+)?output\s*\d*\s*$", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(```|~~~)")
_INLINE = re.compile(
    r"(?<=[\s\]})\"'\d;.,])(?:\*\*|__)?\s*(?:expected\s+)?"
    r"(?P<label>output|explanation|expected(?:\s+output)?|returns?|result)"
    r"(?:\*\*|__)?\s*(?P<colon>[:：])\s*(?:\*\*|__)?",
    re.IGNORECASE,
)
_WORDY = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class Label:
    """What a line says it begins, and what stands behind it on the same line."""

    kind: Kind
    rest: str = ""
    has_colon: bool = False
    number: int | None = None


def is_fence(line: str) -> bool:
    """Whether a line opens or closes a block of code in Markdown."""
    return _FENCE.match(line) is not None


def undecorated(line: str) -> str:
    """A line without Markdown's marks at its beginning, and without the mark that closes the first of them."""
    match = _DECORATION.match(line)
    assert match is not None
    bare, mark = line[match.end() :], match[1]
    return _TAGS.sub("", bare.replace(mark, "", 1) if mark else bare).strip()


def names_both(line: str) -> bool:
    """Whether a line is the head of a table with input and output side by side."""
    return _BOTH.match(undecorated(line).strip("| ")) is not None


def label_of(line: str) -> Label | None:
    """The label that a line is, or begins with."""
    bare = undecorated(line)
    if not bare or len(bare) > 20_000:
        return None
    head = bare[:60]
    for kind, pattern in _LABELS:
        match = pattern.match(bare)
        if match is None:
            continue
        colon, rest = match["colon"] or "", (match["rest"] or "").strip()
        if not _is_meant(kind, colon, rest, head):
            return None
        return Label(kind, rest, bool(colon), int(match["number"]) if match["number"] else None)
    return None


def _is_meant(kind: Kind, colon: str, rest: str, head: str) -> bool:
    """A label ends its line, or has a colon; other signs may be those of a sentence, or of an assignment."""
    if not rest:
        return "=" not in colon
    if colon.startswith((":", "：")):
        return True
    if kind in ("input", "output"):
        # "Input = [1, 2]" and "Output - 3" are labels; "result = 3" inside code is one as well, which harms nothing.
        return colon.startswith(("=", "-", "–", "—")) and head[:1].isupper()
    return kind == "example" and colon[:1] in (".", ")", "-", "–", "—")


def inline_labels(text: str) -> list[tuple[int, int, Kind]]:
    """Labels in the middle of a line, as in "Input: x = 1 Output: 2": where each begins and ends, and its kind."""
    found: list[tuple[int, int, Kind]] = []
    for match in _INLINE.finditer(text):
        kind: Kind = "explanation" if match["label"].casefold().startswith("expl") else "output"
        found.append((match.start(), match.end(), kind))
    return found


def is_prose(text: str) -> bool:
    """Whether a piece is a sentence for people rather than data."""
    words = _WORDY.findall(text)
    letters = sum(len(word) for word in words)
    return len(words) >= 4 and letters > len(text) * 0.55 and not re.search(r"^[\[{(\"']", text.strip())
