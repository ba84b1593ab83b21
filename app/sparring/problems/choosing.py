"""What a person chooses from: problems with what both have done with them, filters, an order, and a surprise."""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Order = Literal["title", "minutes", "due", "longest ago"]
Kind = Literal["", "coding", "oral"]

NOT_AGAIN = 5
"""So many problems that were worked on last are no surprise."""
_HARDNESS = {"easy": 0, "medium": 1, "hard": 2}


@dataclass(frozen=True)
class Choice:
    """A problem to choose from."""

    id: str
    title: str
    difficulty: str
    topics: tuple[str, ...]
    minutes: int
    is_oral: bool = False
    """An interview question that is answered aloud; there is nothing to run."""
    is_received: bool = False
    """A partner sent it."""
    seen_at: str = ""
    """When I worked on it last (UTC, ISO 8601); empty if never."""
    seen_by_partner: bool = False
    struggled: bool = False
    """My last rating of it was "again" or "hard"."""
    is_due: bool = False
    """It is time to take it again."""

    @property
    def is_new_to_me(self) -> bool:
        return not self.seen_at

    @property
    def is_new_to_both(self) -> bool:
        return not self.seen_at and not self.seen_by_partner

    @cached_property
    def _title(self) -> str:
        return self.title.casefold()

    @cached_property
    def _all_words(self) -> str:
        return " ".join((self.title, self.difficulty, *self.topics)).casefold()

    def has(self, words: Sequence[str], *, shows_details: bool) -> bool:
        """Whether each of these (in lower case) is in what is shown of it."""
        text = self._all_words if shows_details else self._title
        return all(word in text for word in words)


@dataclass(frozen=True)
class Wanted:
    """What to list. Empty fields let everything through; all that are set must hold."""

    text: str = ""
    topic: str = ""
    difficulty: str = ""
    kind: Kind = ""
    marks: frozenset[str] = field(default_factory=frozenset)
    """Of `MARKS`."""
    shows_details: bool = False
    """Whether topics and difficulty are shown, and so found by `text`."""


MARKS: dict[str, Callable[[Choice], bool]] = {
    "new-to-both": lambda one: one.is_new_to_both,
    "new-to-me": lambda one: one.is_new_to_me,
    "struggled": lambda one: one.struggled,
    "due": lambda one: one.is_due,
}
_ORDERS: dict[Order, Callable[[Choice], Any]] = {
    "title": lambda one: (one._title, one.id),
    "minutes": lambda one: (one.minutes, one._title, one.id),
    "due": lambda one: (not one.is_due, not one.struggled, one._title, one.id),
    "longest ago": lambda one: (one.seen_at, one._title, one.id),
}


def choose(choices: Sequence[Choice], wanted: Wanted, order: Order = "title") -> list[Choice]:
    """Those that are wanted, in this order; those never seen are the longest ago."""
    words = wanted.text.casefold().split()
    marks = [MARKS[name] for name in sorted(wanted.marks)]
    found = [
        one
        for one in choices
        if (not wanted.topic or wanted.topic in one.topics)
        and (not wanted.difficulty or one.difficulty == wanted.difficulty)
        and (not wanted.kind or one.is_oral == (wanted.kind == "oral"))
        and all(mark(one) for mark in marks)
        and one.has(words, shows_details=wanted.shows_details)
    ]
    return sorted(found, key=_ORDERS[order])


def topics_of(choices: Sequence[Choice]) -> list[str]:
    """Every topic that occurs."""
    return sorted({topic for one in choices for topic in one.topics})


def difficulties_of(choices: Sequence[Choice]) -> list[str]:
    """Every difficulty that occurs, the easiest first."""
    return sorted({one.difficulty for one in choices}, key=lambda one: _HARDNESS.get(one, len(_HARDNESS)))


def surprise(listed: Sequence[Choice], taken: Collection[str] = (), seed: int | None = None) -> Choice | None:
    """One of these by chance, and none of the last few that I worked on, nor of the ids in `taken`.

    With a seed it is the same one each time. None if nothing is left.
    """
    latest = sorted((one for one in listed if one.seen_at), key=lambda one: one.seen_at)[-NOT_AGAIN:]
    excluded = {one.id for one in latest} | set(taken)
    left = sorted((one for one in listed if one.id not in excluded), key=lambda one: one.id)
    return random.Random(seed).choice(left) if left else None
