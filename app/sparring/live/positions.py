"""The one place that converts text positions. No other code adds offsets.

Qt counts UTF-16 units, Python counts code points, pycrdt counts UTF-8 bytes. An index inside a character is moved to
that character's start: pycrdt would accept it and destroy text.
"""

import re
from collections.abc import Iterable

_PARAGRAPH = "\u2029"
"""What Qt has for a line's end."""
_SHOWN = {
    "\r": "\u240d",
    "\x00": "\u2400",
    _PARAGRAPH: "\u2424",
    "\u2028": "\u2424",
    # Qt marks the bounds of frames with these.
    "\ufdd0": "\ufffd",
    "\ufdd1": "\ufffd",
}
_SHOWN_TABLE = str.maketrans(_SHOWN)
_IS_BARE = re.compile("[" + "".join(_SHOWN) + "]").search


def utf16_length(text: str) -> int:
    """How many UTF-16 units Qt counts in `text`."""
    if text.isascii():
        # A flag of the string object, not a scan.
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points_from_utf16(text: str, units: int) -> int:
    """The code point index of a Qt position; inside a surrogate pair, that of the pair."""
    if text.isascii():
        return max(0, min(units, len(text)))
    # As many code points as units at most: what lies behind does not matter.
    head = text[: max(0, units)].encode("utf-16-le", "surrogatepass")[: 2 * max(0, units)]
    return len(head.decode("utf-16-le", "ignore"))


def utf16_from_code_points(text: str, index: int) -> int:
    """The Qt position of a code point index."""
    if text.isascii():
        return max(0, min(index, len(text)))
    return utf16_length(text[: max(0, index)])


def utf16_offsets(text: str, ordered: Iterable[int]) -> list[int]:
    """The Qt positions of code point indices that do not go back, in one pass."""
    if text.isascii():
        return [max(0, min(index, len(text))) for index in ordered]
    offsets: list[int] = []
    read = passed = 0
    for index in ordered:
        passed += utf16_length(text[read:index])
        read = max(read, index)
        offsets.append(passed)
    return offsets


def utf8_from_code_points(text: str, index: int) -> int:
    """The byte offset, as pycrdt wants it, of a code point index."""
    if text.isascii():
        return max(0, min(index, len(text)))
    return len(text[: max(0, index)].encode())


def utf8_offsets(text: str, ordered: Iterable[int]) -> list[int]:
    """The byte offsets of code point indices that do not go back, in one pass."""
    if text.isascii():
        return [max(0, min(index, len(text))) for index in ordered]
    offsets: list[int] = []
    read = passed = 0
    for index in ordered:
        passed += len(text[read:index].encode())
        read = max(read, index)
        offsets.append(passed)
    return offsets


def code_points_from_utf8(text: str, offset: int) -> int:
    """The code point index of a pycrdt offset; inside a character, that of the character."""
    if text.isascii():
        return max(0, min(offset, len(text)))
    return len(text.encode()[: max(0, offset)].decode(errors="ignore"))


def shown(text: str) -> str:
    """Text as a Qt document can hold it, code point for code point: what Qt would change has a stand-in.

    Another program may write "\r\n" into a document. Qt would make one line end of the two and count differently from
    then on; shown as a mark, it stays where it is and nobody's words move.
    """
    return text.translate(_SHOWN_TABLE) if _IS_BARE(text) else text


def clean(text: str) -> str:
    r"""Text as documents hold it: lines end in "\n" only, and no half of a surrogate pair is left."""
    normalised = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
    if normalised.isascii():
        return normalised.replace("\x00", "")
    return normalised.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
