"""The files of a problem folder as texts: a draft in the format that `load_problem` reads."""

import json
import re
from collections.abc import Iterable
from typing import Any

from sparring.problems.heads import MAX_NAME
from sparring.problems.importing.draft import DraftSolution, ProblemDraft
from sparring.problems.model import LANGUAGE_OF_SUFFIX, Case, Comparison, ProblemError, SolutionKind
from sparring.problems.starters import made_starter

MAX_EXAMPLES = 3
"""How many cases become examples where all are hidden."""
_HINT_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def render(draft: ProblemDraft, name: str) -> dict[str, bytes]:
    """Every file of the folder `name`. Raises `ProblemError` for what no file can say."""
    is_printing = draft.signature is None
    texts = {
        "problem.toml": _head(draft, name),
        "statement.md": draft.statement,
        "tests.json": _tests(draft.cases, is_printing),
        # A rule in a hint would end it.
        "hints.md": "\n---\n".join(_HINT_RULE.sub("***", hint).strip() for hint in draft.hints),
        "editorial.md": draft.editorial,
        "follow-ups.md": draft.follow_ups,
        "rubric.toml": "\n".join(
            f"[[criterion]]\nname = {toml_text(one.name)}\nstrong = {toml_text(one.strong)}" for one in draft.rubric
        ),
    }
    starters = {"python": made_starter(draft.signature, "python")} | draft.starters
    texts |= {f"starter.{_suffix(language)}": code for language, code in starters.items()}
    codes = [solution.code for solution in draft.solutions]
    texts |= dict(zip(solution_files(draft.solutions), codes, strict=True))
    if draft.checker is not None:
        texts["checker.py"] = draft.checker
    return {file: _bytes(f"{text.rstrip()}\n") for file, text in texts.items()}


def serialised_case(case: Case, is_printing: bool) -> str:
    """A case as it stands in tests.json. Raises `ProblemError` for a value that JSON cannot say."""
    fields: dict[str, Any] = {"name": case.name, "hidden": case.hidden}
    if is_printing:
        fields |= {"stdin": case.stdin, "stdout": case.stdout}
    else:
        fields |= {"arguments": list(case.arguments), "expected": case.expected}
    try:
        return json.dumps(fields, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ProblemError(f"the case {case.name!r} has a value that cannot be written down: {error}") from error


def toml_text(text: str) -> str:
    """A text as TOML writes it: as JSON does, and the delete character in digits as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head(draft: ProblemDraft, name: str) -> str:
    rows = [
        f"id = {toml_text(name)}",
        f"title = {toml_text(draft.title)}",
        f"difficulty = {toml_text(draft.difficulty)}",
        f"topics = [{', '.join(map(toml_text, draft.topics))}]",
        f"time_limit_s = {float(draft.time_limit_s)!r}",
        f"memory_limit_mb = {draft.memory_limit_mb}",
        f"suggested_minutes = {draft.suggested_minutes}",
    ]
    if draft.source:
        rows.append(f"source = {toml_text(draft.source)}")
    if not any(solution.kind is SolutionKind.SLOW for solution in draft.solutions):
        rows.append("complexity_matters = false")
    if draft.signature is None:
        rows.append('mode = "stdin"')
    else:
        signature = draft.signature
        listed = ", ".join(f"[{toml_text(one)}, {toml_text(str(kind))}]" for one, kind in signature.parameters)
        rows += ["", "[signature]", f"name = {toml_text(signature.name)}", f"parameters = [{listed}]"]
        rows.append(f"returns = {toml_text(str(signature.returns))}")
    rules = _comparison(draft.comparison)
    return "\n".join([*rows, *(["", "[comparison]", *rules] if rules else [])])


def _comparison(rules: Comparison) -> list[str]:
    rows = []
    for kind, value in (("absolute", rules.absolute_tolerance), ("relative", rules.relative_tolerance)):
        if value is not None:
            rows.append(f"float_{kind}_tolerance = {float(value)!r}")
    for name in ("case_sensitive", "space_sensitive", "unordered"):
        if getattr(rules, name):
            rows.append(f"{name} = true")
    return rows


def _tests(cases: Iterable[Case], is_printing: bool) -> str:
    listed = list(cases)
    if listed and all(case.hidden for case in listed):
        listed = [_named(case, case.name, number >= MAX_EXAMPLES) for number, case in enumerate(listed)]
    names: set[str] = set()
    rows = []
    for number, case in enumerate(listed, 1):
        name = _free_name(case.name, number, names)
        names.add(name)
        rows.append(serialised_case(_named(case, name, case.hidden), is_printing))
    return "[\n  " + ",\n  ".join(rows) + "\n]"


def _named(case: Case, name: str, is_hidden: bool) -> Case:
    return Case(name, is_hidden, case.arguments, case.expected, case.stdin, case.stdout)


def _free_name(given: str, number: int, names: set[str]) -> str:
    line = " ".join(given.split())
    name = line[:MAX_NAME] or f"case {number}"
    return name if name not in names else f"{line[: MAX_NAME - 12]} ({number})"


def solution_files(solutions: Iterable[DraftSolution]) -> list[str]:
    """Which file each solution goes into, in their order."""
    files: list[str] = []
    for solution in solutions:
        words = re.sub(r"[^a-z0-9]+", "_", solution.name.casefold()).strip("_")[:40]
        stem = f"{solution.kind}_{words}" if words and words != solution.kind else str(solution.kind)
        file, number = f"solutions/{stem}.{_suffix(solution.language)}", 2
        while file in files:
            file, number = f"solutions/{stem}_{number}.{_suffix(solution.language)}", number + 1
        files.append(file)
    return files


def _suffix(language: str) -> str:
    for suffix, known in LANGUAGE_OF_SUFFIX.items():
        if known == language:
            return suffix
    raise ProblemError(f"{language!r} is none of the languages that a problem may bring code in")


def _bytes(text: str) -> bytes:
    # Half of a surrogate pair is nothing that a file could keep.
    return text.replace("\r\n", "\n").encode("utf-8", "replace")
