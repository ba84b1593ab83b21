"""What the editor knows of each language: indentation, comments, brackets and quotes."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """One language, by the name that problems and the runner use; `lexer` is Pygments' name for it."""

    name: str
    lexer: str
    comment: str = ""
    """What begins a comment that goes to the line's end; empty if there is none."""
    indent: str = "    "
    quotes: str = "\"'"
    opens: re.Pattern[str] = field(default=re.compile(r"[{(\[]\s*$"))
    """What the line ends in when the next one goes one step in."""
    closes: re.Pattern[str] | None = None
    """A line after which the next one goes one step out."""
    dedents: re.Pattern[str] = field(default=re.compile(r"^\s*[})\]]$"))
    """A line that, typed so far, belongs one step out."""


_PYTHON_OPENS = re.compile(r"(:|[{(\[])\s*(#.*)?$")
_PYTHON_CLOSES = re.compile(r"^\s*(return|pass|break|continue|raise)\b")
_NEVER = re.compile(r"(?!)")

PLAIN = Language("text", "text", opens=_NEVER, dedents=_NEVER)
LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language("python", "python", "#", opens=_PYTHON_OPENS, closes=_PYTHON_CLOSES),
        Language("javascript", "javascript", "//", indent="  ", quotes="\"'`"),
        Language("typescript", "typescript", "//", indent="  ", quotes="\"'`"),
        Language("cpp", "cpp", "//"),
        Language("c", "c", "//"),
        Language("java", "java", "//"),
        Language("go", "go", "//", indent="\t", quotes="\"'`"),
        # A quote alone is a lifetime as often as a character.
        Language("rust", "rust", "//", quotes='"'),
        Language("markdown", "markdown", indent="  ", quotes="", opens=_NEVER, dedents=_NEVER),
        PLAIN,
    )
}

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}


def language_of(name: str) -> Language:
    """The language with this name; plain text for one that is unknown."""
    return LANGUAGES.get(name, PLAIN)
