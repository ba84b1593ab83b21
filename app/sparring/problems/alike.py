"""Finds problems that are one problem under two names: the same title, or nearly the same statement."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from sparring.problems.model import Problem

SHINGLE = 4
"""Words that are compared together."""
NEARLY = 0.6
"""The share of shingles that two statements have in common (their Jaccard index) from which they are one."""
MAX_SHARED = 50
"""A shingle in more statements than this is a turn of phrase and finds nobody."""
_WORD = re.compile(r"\w+")


def alike(problems: Iterable[Problem]) -> list[tuple[Problem, Problem, str]]:
    """Each pair that is too much alike, in the order given, and in words why."""
    listed = list(problems)
    words = [_WORD.findall(problem.statement.casefold()) for problem in listed]
    shingles = [{tuple(text[at : at + SHINGLE]) for at in range(max(1, len(text) - SHINGLE + 1))} for text in words]
    titles = [" ".join(_WORD.findall(problem.title.casefold())) for problem in listed]
    where: defaultdict[object, list[int]] = defaultdict(list)
    for number, (title, own) in enumerate(zip(titles, shingles, strict=True)):
        for key in (title, *own):
            where[key].append(number)
    near = {pair for key, places in where.items() for pair in combinations(places[: MAX_SHARED + 1], 2)
            if isinstance(key, str) or len(places) <= MAX_SHARED}  # fmt: skip
    found = []
    for first, second in sorted(near):
        both = len(shingles[first] & shingles[second])
        if titles[first] == titles[second]:
            found.append((listed[first], listed[second], "they have the same title"))
        elif both >= NEARLY * len(shingles[first] | shingles[second]):
            found.append((listed[first], listed[second], "their statements are nearly the same"))
    return found
