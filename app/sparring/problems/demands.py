"""What a problem of the bank must bring beyond what every folder must, so that an evening with it is worth it."""

import re

from sparring.problems.model import TRACKS, Problem, SolutionKind

MIN_CASES = 12
MIN_HINTS = 3
# O(n), Θ(n log n), O(1): upper, tight or amortized, with something between the brackets.
_COMPLEXITY = re.compile(r"[OΘ]\([^)]+\)")
MIN_CRITERIA, MIN_FOLLOW_UPS = 3, 3
STATEMENT_WORDS, ANSWER_WORDS = (25, 200), (120, 320)
"""Of an oral prompt: at least and at most. Shorter is a slogan, longer is not read while somebody speaks."""
_ITEM = re.compile(r"^[-*] ", re.MULTILINE)
_LANGUAGES = {"python": "accepted.py", "javascript": "accepted.js"}


def unmet(problem: Problem) -> list[str]:
    """Which demands it does not meet, each with the file; nothing if it meets them all."""
    words = _unmet_prompt(problem) if problem.is_oral else _unmet_code(problem)
    return [f"{problem.id}/{one}" for one in words]


def _unmet_code(problem: Problem) -> list[str]:
    words = _few("tests.json", "cases", len(problem.cases), MIN_CASES)
    words += _few("hints.md", "steps", len(problem.hints), MIN_HINTS)
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
    return words


def _unmet_prompt(problem: Problem) -> list[str]:
    words = []
    if problem.topics[0] not in TRACKS:
        words.append(f"problem.toml: the first of its topics is none of {', '.join(TRACKS)}")
    for file, text, (least, most) in (
        ("statement.md", problem.statement, STATEMENT_WORDS), ("editorial.md", problem.editorial, ANSWER_WORDS),
    ):  # fmt: skip
        count = len(text.split())
        if not least <= count <= most:
            words.append(f"{file}: has {count} words, and {least} to {most} are wanted")
    words += _few("hints.md", "steps", len(problem.hints), MIN_HINTS)
    words += _few("follow-ups.md", "items", len(_ITEM.findall(problem.follow_ups)), MIN_FOLLOW_UPS)
    return words + _few("rubric.toml", "criteria", len(problem.rubric), MIN_CRITERIA)


def _few(file: str, what: str, count: int, wanted: int) -> list[str]:
    return [f"{file}: has {count} {what}, and {wanted} are wanted"] if count < wanted else []
