"""What a person chooses from: problems with what both have done with them, filters, an order, and a surprise."""

import random
from collections.abc import Callable, Collection, Iterable, Sequence
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
    def title_words(self) -> str:
        """Where a search looks while topics and difficulty are hidden."""
        return self.title.casefold()

    @cached_property
    def all_words(self) -> str:
        """Where it looks while they are shown."""
        return " ".join((self.title, self.difficulty, *self.topics)).casefold()


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
    "title": lambda one: (one.title_words, one.id),
    "minutes": lambda one: (one.minutes, one.title_words, one.id),
    "due": lambda one: (not one.is_due, not one.struggled, one.title_words, one.id),
    "longest ago": lambda one: (one.seen_at, one.title_words, one.id),
}


def in_order(choices: Iterable[Choice], order: Order) -> list[Choice]:
    """All of them in this order; those never seen are the longest ago."""
    return sorted(choices, key=_ORDERS[order])


def choose(choices: Iterable[Choice], wanted: Wanted) -> list[Choice]:
    """Those that are wanted, in the order in which they come. Every key of a search asks this of the whole bank."""
    found = list(choices)
    for word in wanted.text.casefold().split():
        if wanted.shows_details:
            found = [one for one in found if word in one.all_words]
        else:
            found = [one for one in found if word in one.title_words]
    if wanted.topic:
        found = [one for one in found if wanted.topic in one.topics]
    if wanted.difficulty:
        found = [one for one in found if one.difficulty == wanted.difficulty]
    if wanted.kind:
        found = [one for one in found if one.is_oral == (wanted.kind == "oral")]
    for name in sorted(wanted.marks):
        found = list(filter(MARKS[name], found))
    return found


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
