"""The one place that converts text positions. No other code adds offsets.

Qt counts UTF-16 units, Python counts code points, pycrdt counts UTF-8 bytes. An index inside a character is moved to
that character's start: pycrdt would accept it and destroy text.
"""

import re

_WIDE = re.compile("[\U00010000-\U0010ffff]")
"""The characters that are two UTF-16 units; they are few, so that looking for them beats counting all."""


def _is_ascii(text: str) -> bool:
    # A flag of the string object, not a scan.
    return text.isascii()


def utf16_length(text: str) -> int:
    """How many UTF-16 units Qt counts in `text`."""
    if _is_ascii(text):
        return len(text)
    return len(text) + len(_WIDE.findall(text))


def code_points_from_utf16(text: str, units: int) -> int:
    """The code point index of a Qt position; inside a surrogate pair, that of the pair."""
    if _is_ascii(text):
        return max(0, min(units, len(text)))
    passed = 0
    for match in _WIDE.finditer(text):
        start = match.start() + passed
        if start >= units:
            break
        if start + 1 == units:
            return match.start()
        passed += 1
    return max(0, min(units - passed, len(text)))


def utf16_from_code_points(text: str, index: int) -> int:
    """The Qt position of a code point index."""
    if _is_ascii(text):
        return max(0, min(index, len(text)))
    return utf16_length(text[: max(0, index)])


def utf8_from_code_points(text: str, index: int) -> int:
    """The byte offset, as pycrdt wants it, of a code point index."""
    if _is_ascii(text):
        return max(0, min(index, len(text)))
    return len(text[: max(0, index)].encode())


def code_points_from_utf8(text: str, offset: int) -> int:
    """The code point index of a pycrdt offset; inside a character, that of the character."""
    if _is_ascii(text):
        return max(0, min(offset, len(text)))
    return len(text.encode()[: max(0, offset)].decode(errors="ignore"))


def clean(text: str) -> str:
    r"""Text as documents hold it: lines end in "\n" only, and no half of a surrogate pair is left."""
    normalised = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
    if normalised.isascii():
        return normalised.replace("\x00", "")
    return normalised.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
