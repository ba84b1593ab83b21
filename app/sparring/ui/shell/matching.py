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


def _match_term(term: str, words: str) -> Match | None:
    """The best way to find the letters of a term in order: dynamic programming over (letter, place)."""
    letters = [letter.casefold() for letter in words]
    starts = [place == 0 or not words[place - 1].isalnum() for place in range(len(words))]
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for wanted in term:
        reached: dict[int, tuple[int, tuple[int, ...]]] = {}
        for place, letter in enumerate(letters):
            if letter != wanted:
                continue
            own = WORD_START * starts[place] + FIRST * (place == 0)
            options = [
                (score + own + (RUN if place == before + 1 and before >= 0 else -GAP), path)
                for before, (score, path) in best.items()
                if before < place
            ]
            if options:
                score, path = max(options)
                reached[place] = (score, (*path, place))
        if not reached:
            return None
        best = reached
    score, path = max(best.values())
    # Any match is better than none, however scattered.
    return Match(max(1, BASE + score), frozenset(path))
