"""What a problem of the bank must bring beyond what every folder must, so that an evening with it is worth it."""

import re

from sparring.problems.model import Problem, SolutionKind

MIN_CASES = 12
MIN_HINTS = 3
# O(n), Θ(n log n), O(1): upper, tight or amortized, with something between the brackets.
_COMPLEXITY = re.compile(r"[OΘ]\([^)]+\)")
_LANGUAGES = {"python": "accepted.py", "javascript": "accepted.js"}


def unmet(problem: Problem) -> list[str]:
    """Which demands it does not meet, each with the file; nothing if it meets them all."""
    words = []
    if len(problem.cases) < MIN_CASES:
        words.append(f"tests.json: has {len(problem.cases)} cases, and {MIN_CASES} are wanted")
    if len(problem.hints) < MIN_HINTS:
        words.append(f"hints.md: has {len(problem.hints)} steps, and {MIN_HINTS} are wanted")
    if not _COMPLEXITY.search(problem.editorial):
        words.append("editorial.md: names no complexity, as O(n log n) does")
    accepted = {one.language for one in problem.solutions if one.kind is SolutionKind.ACCEPTED}
    words += [f"solutions/{file}: is missing" for language, file in _LANGUAGES.items() if language not in accepted]
    kinds = {one.kind for one in problem.solutions}
    if SolutionKind.WRONG not in kinds:
        words.append("solutions: no wrong_… shows which mistake the cases find")
    if problem.complexity_matters and SolutionKind.SLOW not in kinds:
        words.append("solutions: no slow_… shows which way is too slow (or set complexity_matters = false)")
    if problem.generator is None:
        words.append("generator.py: is missing, so there is no stress test")
    return [f"{problem.id}/{one}" for one in words]
