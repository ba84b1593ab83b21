"""Finds what somebody means by a few letters: whole words first, then starts of words, then letters in order."""

from dataclasses import dataclass

WORD_START = 8
RUN = 5
"""A letter that follows the one matched before it."""
FIRST = 4
GAP = 3
"""What a jump over other letters costs."""
BASE = 50


@dataclass(frozen=True)
class Match:
    """How good it is, higher is better, and which characters were meant, in code points."""

    score: int
    places: frozenset[int]


def match(query: str, words: str) -> Match | None:
    """Every part of the query must be in the words; `None` if one is not. An empty query matches everything."""
    score, places = 0, frozenset[int]()
    for term in query.split():
        found = _match_term(term.casefold(), words)
        if found is None:
            return None
        score += found.score
        places |= found.places
    # Of two that match alike, the shorter is meant.
    return Match(score * 100 - len(words) if score else 0, places)


@dataclass(frozen=True, slots=True)
class _Path:
    """The letters so far, matched up to a place; the best one that ends there."""

    place: int
    score: int
    before: "_Path | None"


def _match_term(term: str, words: str) -> Match | None:
    """The best way to find the letters of a term in order: dynamic programming, one pass over the words a letter."""
    letters = [letter.casefold() for letter in words]
    paths = [_Path(-1, 0, None)]
    for wanted in term:
        reached: list[_Path] = []
        best: _Path | None = None
        seen = 0
        for place, letter in enumerate(letters):
            while seen < len(paths) and paths[seen].place < place:
                best = paths[seen] if best is None or paths[seen].score > best.score else best
                seen += 1
            if letter != wanted or best is None:
                continue
            own = _worth(words, place)
            previous, score = best, best.score - GAP
            if place and paths[seen - 1].place == place - 1 and paths[seen - 1].score + RUN >= score:
                previous, score = paths[seen - 1], paths[seen - 1].score + RUN
            reached.append(_Path(place, score + own, previous))
        if not reached:
            return None
        paths = reached
    last: _Path | None = max(paths, key=lambda path: path.score)
    # Any match is better than none, however scattered.
    score = max(1, BASE + last.score) if last else 1
    places = []
    while last is not None and last.place >= 0:
        places.append(last.place)
        last = last.before
    return Match(score, frozenset(places))


def _worth(words: str, place: int) -> int:
    """What a letter is worth for where it stands."""
    if place == 0:
        return WORD_START + FIRST
    return WORD_START if not words[place - 1].isalnum() else 0
