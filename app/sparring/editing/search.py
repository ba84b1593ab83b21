"""Find and replace, with regular expressions that cannot hang the window."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from sparring.editing.model import Change, Edit, Selection, Shifter

MAX_MATCHES = 10_000
SEARCH_SECONDS = 0.04
"""An expression that takes longer on this text is given up: it would hold the interface."""


class BadPattern(ValueError):
    """The expression cannot be used. The message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for."""

    pattern: str
    is_regex: bool = False
    match_case: bool = False
    whole_word: bool = False

    def compiled(self) -> "regex.Pattern[str]":
        """Raises `BadPattern`."""
        source = self.pattern if self.is_regex else regex.escape(self.pattern)
        if self.whole_word:
            source = rf"\b(?:{source})\b"
        flags = regex.MULTILINE | (0 if self.match_case else regex.IGNORECASE)
        try:
            return regex.compile(source, flags)
        except (regex.error, RecursionError) as error:
            raise BadPattern(f"This is no regular expression yet: {error}.") from None


def _matches(text: str, query: Query) -> "Iterator[regex.Match[str]]":
    try:
        yield from query.compiled().finditer(text, timeout=SEARCH_SECONDS)
    except TimeoutError:
        raise BadPattern("This expression takes too long on this text. Try a simpler one.") from None


def find_all(text: str, query: Query) -> tuple[Selection, ...]:
    """Every match, at most `MAX_MATCHES`, without the empty ones. Raises `BadPattern`."""
    if not query.pattern:
        return ()
    found = []
    for match in _matches(text, query):
        if match.end() > match.start():
            found.append(Selection(match.start(), match.end()))
        if len(found) == MAX_MATCHES:
            break
    return tuple(found)


def next_match(matches: tuple[Selection, ...], selection: Selection, *, backwards: bool = False) -> Selection | None:
    """The match after (or before) a selection, going round at the ends."""
    if not matches:
        return None
    if backwards:
        return next((one for one in reversed(matches) if one.stop <= selection.start), matches[-1])
    return next((one for one in matches if one.start >= selection.stop and one != selection), matches[0])


def replace(text: str, query: Query, template: str, only: Selection | None = None) -> Change:
    r"""Replace every match, or the one that is selected. In a regular expression `\1` and `\g<name>` stand for groups.

    Raises `BadPattern`, also for a template that names a group that is not there.
    """
    edits: list[Edit] = []
    for match in _matches(text, query):
        if only is not None and (match.start(), match.end()) != (only.start, only.stop):
            continue
        if match.end() == match.start():
            continue
        try:
            inserted = match.expand(template) if query.is_regex else template
        except (regex.error, IndexError) as error:
            raise BadPattern(f"The replacement cannot be used: {error}.") from None
        edits.append(Edit(match.start(), match.end(), inserted or ""))
        if len(edits) == MAX_MATCHES:
            break
    moved = Shifter(edits)
    place = only.stop if only is not None else (edits[0].stop if edits else 0)
    return Change(tuple(edits), (Selection.at(moved(place, after_insertion=True)),))
