"""The submissions of a Kattis package as solutions, by the verdict that their folder or submissions.yaml says."""

import ast
import re
from collections import Counter
from fnmatch import fnmatchcase
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.importing.draft import DraftSolution
from sparring.problems.importing.yaml_files import read_yaml
from sparring.problems.model import ProblemError, SolutionKind

LANGUAGE_OF_SUFFIX = {
    "py": "python", "py3": "python", "js": "javascript", "cpp": "cpp", "cc": "cpp", "cxx": "cpp", "c++": "cpp",
    "java": "java", "go": "go", "rs": "rust"
}  # fmt: skip
MAX_OF_A_KIND = {SolutionKind.ACCEPTED: 3, SolutionKind.WRONG: 2, SolutionKind.SLOW: 1}
"""Each is run before the problem comes in; more would prove little more."""
MAX_CODE_BYTES = 131_072
_VERDICTS = {
    "accepted": (frozenset({"AC"}), frozenset({"AC"})),
    "wrong_answer": (frozenset({"AC", "WA"}), frozenset({"WA"})),
    "time_limit_exceeded": (frozenset({"AC", "TLE"}), frozenset({"TLE"})),
}
"""The verdicts that each case may have, and of which one must occur, by folder; the format's own table."""
_RULES = "submissions/submissions.yaml"
_ORDER = ("python", "javascript", "cpp", "rust", "go", "java")
"""The quick to start before the slow."""


def chosen_solutions(files: Folder, notes: list[str]) -> tuple[DraftSolution, ...]:
    """A few solutions of each kind, in as many languages as possible; `notes` hear of the others."""
    if not (files.path / "submissions").is_dir():
        return ()
    rules = read_yaml(files, _RULES) if files.has(_RULES) else {}
    found: dict[SolutionKind, list[DraftSolution]] = {kind: [] for kind in SolutionKind}
    passed_over: Counter[str] = Counter()
    for folder in files.names("submissions"):
        if not (files.path / "submissions" / folder).is_dir():
            continue
        for name in files.names(f"submissions/{folder}"):
            kind = _kind(folder, name, rules)
            try:
                made = _solution(files, f"submissions/{folder}/{name}", kind) if kind else "of another verdict"
            except ProblemError as error:
                made = f"that cannot be read ({error})"
            if isinstance(made, str):
                passed_over[made] += 1
            elif kind:
                found[kind].append(made)
    chosen: list[DraftSolution] = []
    for kind, solutions in found.items():
        few = _few(solutions, MAX_OF_A_KIND[kind])
        chosen += few
        if len(few) < len(solutions):
            passed_over[f"more that are {kind}"] += len(solutions) - len(few)
    if passed_over:
        listed = ", ".join(f"{count} {why}" for why, count in passed_over.items())
        notes.append(f"of {passed_over.total() + len(chosen)} submissions {len(chosen)} came along, and not {listed}")
    return tuple(chosen)


def _kind(folder: str, name: str, rules: dict[str, Any]) -> SolutionKind | None:
    """What a submission proves; None if that is none of what a solution here can."""
    permitted, required = _VERDICTS.get(folder, (frozenset[str](), frozenset[str]()))
    for pattern, entry in rules.items():
        if not isinstance(entry, dict) or not _matches(pattern.strip("/"), folder, name):
            continue
        own = [entry.get(key) for key in ("permitted", "required")]
        permitted, required = (
            frozenset(map(str, given)) if isinstance(given, list) else before
            for given, before in zip(own, (permitted, required), strict=True)
        )
    if permitted == {"AC"}:
        return SolutionKind.ACCEPTED
    if required == {"WA"}:
        return SolutionKind.WRONG
    if required == {"TLE"} and "WA" not in permitted:
        return SolutionKind.SLOW
    return None


def _matches(pattern: str, folder: str, name: str) -> bool:
    """Whether a glob pattern of the format means the submission or its folder."""
    braces = re.search(r"\{([^{}]*)\}", pattern)
    if braces is not None and pattern.count("{") <= 3:
        parts = braces[1].split(",")
        return any(_matches(pattern[: braces.start()] + one + pattern[braces.end() :], folder, name) for one in parts)
    whole = f"{folder}/{name}"
    parts_of_pattern = pattern.split("/")
    if len(parts_of_pattern) == 1:
        return fnmatchcase(folder, pattern)
    return all(map(fnmatchcase, whole.split("/"), parts_of_pattern)) and len(parts_of_pattern) == 2


def _solution(files: Folder, path: str, kind: SolutionKind) -> DraftSolution | str:
    """The solution, or in words which submissions are like this one."""
    name = path.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    language = LANGUAGE_OF_SUFFIX.get(suffix.lower())
    if (files.path / path).is_dir():
        return "of several files"
    if language is None or not stem:
        return "in another language"
    code = files.text(path, MAX_CODE_BYTES)
    if not code.strip():
        return "without any code"
    if language == "python":
        if "python2" in code[:80]:
            return "in Python 2"
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return "in Python 2, or broken"
    if language == "java":
        # Here the class is Main, there it is named as its file.
        code = re.sub(rf"\b{re.escape(stem)}\b", "Main", code)
        code = re.sub(r"^\s*package\s+[\w.]+\s*;", "", code, flags=re.MULTILINE)
    return DraftSolution(kind, language, code, stem)


def _few(solutions: list[DraftSolution], most: int) -> list[DraftSolution]:
    """One of each language first."""
    rank: dict[int, tuple[int, int]] = {}
    seen: Counter[str] = Counter()
    for number, solution in enumerate(solutions):
        rank[number] = (seen[solution.language], _ORDER.index(solution.language))
        seen[solution.language] += 1
    return [solutions[number] for number in sorted(rank, key=lambda one: rank[one])[:most]]
