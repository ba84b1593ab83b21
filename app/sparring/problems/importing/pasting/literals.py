"""Reads values as people and web pages write them: JSON, Python, JavaScript, C++ braces, arrows between nodes."""

import math
import re
from typing import Any

MAX_DEPTH = 32
MAX_SHOWN = 24
_NUMBER = re.compile(r"[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SUFFIX = re.compile(r"([uU]?[lL]{1,2}|[uUfF])?(?![\w.])")
_WORD = re.compile(r"[^\s,;:\[\](){}\"'`=]+")
_WORDS: dict[str, Any] = {
    "true": True, "false": False, "null": None, "none": None, "nil": None, "nullptr": None, "undefined": None,
}  # fmt: skip
_QUOTES = "\"'`"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_CLOSERS = {"[": "]", "(": ")", "{": "}"}
_DOUBLE = str.maketrans(dict.fromkeys("“”„‟″«»", '"'))
_SINGLE = str.maketrans(dict.fromkeys("‘’‚′", "'"))
_WIDE = str.maketrans({"，": ",", "［": "[", "］": "]", "\u00a0": " "})
_MINUS = re.compile(r"(?<![\w\"'])[−–—](?=[\d.])")


class LiteralError(ValueError):
    """A text is no value; the message says what is wrong and what would help."""


def plain(text: str) -> str:
    """Quotes, dashes and spaces that only look like the ones code is written with, as those.

    A page has made all of its quotes typographic, or none: beside a straight one they are part of a text.
    """
    if '"' not in text:
        text = text.translate(_DOUBLE)
        if "'" not in text:
            text = text.translate(_SINGLE).translate(_WIDE)
    return _MINUS.sub("-", text).replace("\u00a0", " ")


def read_literal(text: str) -> Any:
    """The value that a text is, as JSON would hold it. A lone word without quotes is a text. Raises `LiteralError`."""
    text = plain(text).strip().rstrip(";").rstrip()
    if not text:
        raise LiteralError("there is no value")
    if re.search(r"->|→", text) and text[0] not in _QUOTES:
        return _linked(text)
    scanner = _Scanner(text)
    value = scanner.value(0)
    scanner.skip()
    if scanner.place < len(text):
        raise LiteralError(f"after the value, {_shown(text[scanner.place :])} was not expected")
    return value


def is_quoted(text: str) -> bool:
    """Whether a text says by its quotes that it is one."""
    return plain(text).strip()[:1] in tuple(_QUOTES)


def outside(text: str) -> list[int]:
    """The places that stand outside quotes and brackets."""
    return [place for place, before, after in _walk(text)[0] if not before and not after]


def split_top(text: str, separators: str) -> list[tuple[int, str]]:
    """Cut at separators that stand outside quotes and brackets; each piece with the place where it begins."""
    pieces, begin = [], 0
    for place in outside(text):
        if text[place] in separators:
            pieces.append((begin, text[begin:place]))
            begin = place + 1
    pieces.append((begin, text[begin:]))
    return pieces


def closing(text: str, opening: int) -> int:
    """Where the bracket that opens at a place is closed; -1 if it never is."""
    return next((opening + place for place, before, after in _walk(text[opening:])[0] if before and not after), -1)


def is_balanced(text: str) -> bool:
    """Whether every bracket and quote that opens in a text is closed there."""
    steps, is_open = _walk(text)
    return not is_open and (not steps or not steps[-1][2])


def _walk(text: str) -> tuple[list[tuple[int, int, int]], bool]:
    """(place, depth before, depth after) of each letter that is in no quotes, and whether a quote was left open."""
    steps, depth, quote, place = [], 0, "", 0
    while place < len(text):
        letter = text[place]
        if quote:
            place += letter == "\\"
            quote = "" if letter == quote else quote
        elif letter in _QUOTES and not (letter == "'" and place and text[place - 1].isalnum()):
            # An apostrophe inside a word opens nothing.
            quote = letter
        else:
            before = depth
            depth = depth + 1 if letter in _CLOSERS else max(0, depth - 1) if letter in "])}" else depth
            steps.append((place, before, depth))
        place += 1
    return steps, bool(quote)


def _linked(text: str) -> list[Any]:
    """`1 -> 2 -> 3 -> null`: the values of the nodes."""
    values = [read_literal(part) for part in re.split(r"->|→", text) if part.strip()]
    return values[:-1] if values and values[-1] is None else values


def _shown(text: str) -> str:
    short = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
    return f"“{short}”"


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self.place = 0

    def skip(self) -> None:
        """Go on to what is no white space."""
        while self.place < len(self._text) and self._text[self.place].isspace():
            self.place += 1

    def value(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise LiteralError(f"it goes deeper than {MAX_DEPTH} levels")
        self.skip()
        letter = self._text[self.place : self.place + 1]
        if not letter:
            raise LiteralError("it ends where a value is expected")
        if letter in _CLOSERS:
            return self._items(letter, depth)
        if letter in _QUOTES:
            return self._quoted(letter)
        return self._number_or_word()

    def _items(self, opener: str, depth: int) -> Any:
        closer, self.place = _CLOSERS[opener], self.place + 1
        items: list[Any] = []
        pairs: dict[str, Any] = {}
        while True:
            self.skip()
            if self._text.startswith(closer, self.place):
                self.place += 1
                break
            if self.place >= len(self._text):
                raise LiteralError(f"a “{opener}” is never closed")
            item = self.value(depth + 1)
            self.skip()
            if opener == "{" and self._text[self.place : self.place + 1] == ":":
                self.place += 1
                pairs[_key(item)] = self.value(depth + 1)
                self.skip()
            else:
                items.append(item)
            if self._text.startswith(",", self.place) or self._text.startswith(";", self.place):
                self.place += 1
            elif not self._text.startswith(closer, self.place):
                if self.place >= len(self._text):
                    raise LiteralError(f"a “{opener}” is never closed")
                found = _shown(self._text[self.place :])
                raise LiteralError(f"{found} stands where a comma or “{closer}” is expected")
        if items and pairs:
            raise LiteralError("it is a list in one place and a map in another")
        return self._closed(opener, items, pairs)

    def _closed(self, opener: str, items: list[Any], pairs: dict[str, Any]) -> Any:
        if pairs or (opener == "{" and not items):
            return pairs
        # (3) is 3 in brackets, and not a list.
        is_wrapped = opener == "(" and len(items) == 1 and self._text[self.place - 2] != ","
        return items[0] if is_wrapped else items

    def _quoted(self, quote: str) -> str:
        self.place += 1
        letters: list[str] = []
        while True:
            letter = self._text[self.place : self.place + 1]
            if not letter:
                raise LiteralError(f"a {quote} is never closed")
            self.place += 1
            if letter == quote:
                return "".join(letters)
            letters.append(self._escaped() if letter == "\\" else letter)

    def _escaped(self) -> str:
        letter = self._text[self.place : self.place + 1]
        self.place += 1
        code = self._code(4 if letter == "u" else 2) if letter in ("u", "x") else -1
        if 0xD800 <= code < 0xDC00 and self._text.startswith("\\u", self.place):
            # JSON writes what stands far back in Unicode as two halves.
            self.place += 2
            low = self._code(4)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else -1
        if code >= 0 and not 0xD800 <= code < 0xE000:
            return chr(code)
        return _ESCAPES.get(letter, letter)

    def _code(self, length: int) -> int:
        """The number that so many digits are; -1 if they are none."""
        digits = self._text[self.place : self.place + length]
        if not re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", digits):
            return -1
        self.place += length
        return int(digits, 16)

    def _number_or_word(self) -> Any:
        match = _NUMBER.match(self._text, self.place)
        if match is not None and (suffix := _SUFFIX.match(self._text, match.end())) is not None:
            self.place = suffix.end()
            return _number(match[0])
        word = _WORD.match(self._text, self.place)
        if word is None:
            raise LiteralError(f"{_shown(self._text[self.place :])} stands where a value is expected")
        if set(word[0]) <= {".", "…"}:
            raise LiteralError("“…” stands for values that were left out; write them all")
        self.place = word.end()
        return _WORDS.get(word[0].casefold(), word[0])


def _key(item: Any) -> str:
    """A map's key, as JSON writes it."""
    if isinstance(item, list | dict | bool) or item is None:
        raise LiteralError("a map's key must be a number or a text")
    return str(item)


def _number(text: str) -> int | float:
    digits = text.replace("_", "")
    if re.match(r"[+-]?0\d", digits):
        raise LiteralError(f"{_shown(text)} begins with a zero; put it in quotes if it is a text")
    try:
        number = float(digits) if re.search(r"[.eE]", digits) else int(digits)
    except ValueError as error:  # thousands of digits
        raise LiteralError(f"{_shown(text)} is too long a number") from error
    if isinstance(number, float) and not math.isfinite(number):
        raise LiteralError(f"{_shown(text)} is too large a number")
    return number
