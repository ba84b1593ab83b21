"""Words as Vim sees them: runs of letters, of other signs, of emoji; an empty line is a word too.

The four motions keep the steps of Vim's own (`fwd_word`, `bck_word`, `end_word`, `bckend_word` in its textobject.c),
because their behaviour at the ends of lines and of the text follows from those steps.
"""

import unicodedata

from sparring.editing.vim.lines import after, before

BLANK, OTHER, LETTER, EMOJI, IDEOGRAPH, KANA, HANGUL = range(7)


def kind_of(character: str, big: bool) -> int:
    """The class of a character; in a WORD all that are not blank are alike."""
    if character in " \t\n":
        return BLANK
    if big:
        return OTHER
    if character == "_" or character.isalnum():
        if character < "\u3040":
            return LETTER
        if character <= "\u30ff":
            return KANA
        if "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000":
            return IDEOGRAPH
        return HANGUL if "\uac00" <= character <= "\ud7a3" else LETTER
    return EMOJI if character >= "\u2190" and unicodedata.category(character) == "So" else OTHER


def _kind(text: str, at: int, big: bool) -> int:
    return BLANK if at >= len(text) else kind_of(text[at], big)


def _is_empty_line(text: str, at: int) -> bool:
    return (at == 0 or text[at - 1] == "\n") and (at >= len(text) or text[at] == "\n")


def forward(text: str, at: int, count: int, big: bool, *, stop_at_line_end: bool) -> int:
    """The beginning of the next word; for an operator the last one stops at its line's end."""
    for left in range(count - 1, -1, -1):
        kind = _kind(text, at, big)
        if at == len(text):
            return at
        crossed = text[at] == "\n"
        at = after(text, at)
        crossed |= at == len(text) or text[at] == "\n"
        if crossed and (at == len(text) or (stop_at_line_end and not left)):
            return at
        while kind and _kind(text, at, big) == kind:
            at = after(text, at)
            if at == len(text) or (text[at] == "\n" and stop_at_line_end and not left):
                return at
        while not _kind(text, at, big) and not _is_empty_line(text, at):
            if at == len(text):
                return at
            at = after(text, at)
    return at


def backward(text: str, at: int, count: int, big: bool) -> int:
    """The beginning of the word before."""
    for _ in range(count):
        if at == 0:
            return 0
        at = before(text, at)
        while not _kind(text, at, big):
            if _is_empty_line(text, at):
                break
            if at == 0:
                return 0
            at = before(text, at)
        else:
            kind = _kind(text, at, big)
            while at and _kind(text, before(text, at), big) == kind:
                at = before(text, at)
    return at


def end(text: str, at: int, count: int, big: bool, *, stay: bool = False) -> int | None:
    """The last character of a word; with `stay` that of this word even if it is here. None: the text ends before."""
    for _ in range(count):
        kind = _kind(text, at, big)
        if at == len(text):
            return None
        at = after(text, at)
        if kind and _kind(text, at, big) == kind:
            at = _skipped(text, at, kind, big)
        elif not stay or not kind:
            while not _kind(text, at, big):
                if at == len(text):
                    return None
                at = after(text, at)
            at = _skipped(text, at, _kind(text, at, big), big)
        at = before(text, at)
        stay = False
    return at


def _skipped(text: str, at: int, kind: int, big: bool) -> int:
    while at < len(text) and _kind(text, at, big) == kind:
        at = after(text, at)
    return at


def end_backward(text: str, at: int, count: int, big: bool) -> int:
    """The last character of the word before."""
    for _ in range(count):
        kind = _kind(text, at, big)
        if at == 0:
            return 0
        at = before(text, at)
        while kind and _kind(text, at, big) == kind:
            if at == 0:
                return 0
            at = before(text, at)
        while not _kind(text, at, big) and not _is_empty_line(text, at):
            if at == 0:
                return 0
            at = before(text, at)
    return at
