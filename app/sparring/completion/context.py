"""Whether a place in a Python text is code, found in one pass of one pattern."""

import re

# Each alternative is unrolled: no character is looked at twice.
_LITERAL = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | \"{3} [^"\\]* (?: (?: \\. | "(?!"") ) [^"\\]* )* (?P<end>\"{3}|\Z)
    | \'{3} [^'\\]* (?: (?: \\. | '(?!'') ) [^'\\]* )* (?P<finish>\'{3}|\Z)
    | " [^"\\\n]* (?: \\. [^"\\\n]* )* (?P<close>"|(?=\n)|\Z)
    | ' [^'\\\n]* (?: \\. [^'\\\n]* )* (?P<shut>'|(?=\n)|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_ENDS = ("end", "finish", "close", "shut")
_PREFIX = re.compile(r"(?<!\w)[rbfu]{1,2}\Z", re.IGNORECASE)


def is_code(text: str, position: int) -> bool:
    """False in a comment or a string of Python; in the braces of an f-string one writes code."""
    before = text[:position]
    last: re.Match[str] | None = None
    for last in _LITERAL.finditer(before):  # noqa: B007 - the last one is what this is for
        pass
    if last is None or last.end() < position:
        return True
    if last["comment"] is not None:
        return False
    if any(last[end] for end in _ENDS):
        return True
    prefix = _PREFIX.search(before, max(0, last.start() - 3), last.start())
    return prefix is not None and "f" in prefix.group().lower() and _in_braces(last.group())


def code_only(text: str) -> str:
    """The text with blanks for its comments and strings, so that every place stays where it is."""
    return _LITERAL.sub(lambda match: " " * len(match.group()), text)


def _in_braces(literal: str) -> bool:
    unescaped = literal.replace("{{", "").replace("}}", "")
    opened = unescaped.rfind("{")
    return opened > unescaped.rfind("}") and ":" not in unescaped[opened:]
