"""Reads a problem folder. Nothing in it is run; every complaint names the file and the field."""

import keyword
import re
from pathlib import Path
from typing import Any

from sparring.problems.code_files import read_checker, read_generator, read_solutions, read_starters
from sparring.problems.expanding import ExpansionError, expand
from sparring.problems.fields import Fields
from sparring.problems.files import Folder
from sparring.problems.model import (
    Case,
    Comparison,
    Criterion,
    Difficulty,
    Problem,
    ProblemError,
    Signature,
)
from sparring.problems.type_syntax import TypeSyntaxError, parse_type
from sparring.problems.value_types import Mismatch, ValueType

MAX_CASES = 500
MAX_NAME = 80
"""Characters of a title, topic or case name."""
MAX_STDIN_BYTES = 1_048_576
MAX_STDOUT_BYTES = 131_072
"""Of what a program should print; the runner keeps twice as much."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_HINT_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def load_problem(path: Path) -> Problem:
    """Read and check one folder. Raises `ProblemError`."""
    folder = Folder(path)
    if path.is_symlink():
        raise ProblemError(f"{path.name}: is a link, and links are not followed")
    table = Fields(folder, "problem.toml", folder.toml("problem.toml"))
    signature = _signature(table)
    comparison = _comparison(table.table("comparison"), signature)
    problem = Problem(
        id=_id(table, path.name),
        title=_short(table, "title"),
        difficulty=_difficulty(table),
        topics=_topics(table),
        signature=signature,
        comparison=comparison,
        time_limit_s=table.number("time_limit_s", 0.1, 60, 2.0),
        memory_limit_mb=table.integer("memory_limit_mb", 16, 4096, 256),
        suggested_minutes=table.integer("suggested_minutes", 1, 240, 25),
        statement=folder.prose("statement.md"),
        cases=_cases(folder, signature),
        hints=_hints(folder),
        editorial=folder.prose("editorial.md"),
        follow_ups=folder.prose("follow-ups.md"),
        rubric=_rubric(folder),
        starters=read_starters(folder, signature),
        solutions=read_solutions(folder, signature),
        checker=read_checker(folder),
        generator=read_generator(folder),
        complexity_matters=table.flag("complexity_matters", True),
    )
    if problem.checker is not None and comparison != Comparison():
        raise table.complaint("comparison", "has no meaning beside a checker.py, which compares")
    table.finish()
    return problem


def _id(table: Fields, folder_name: str) -> str:
    given = table.text("id")
    if not _ID.match(given) or len(given) > MAX_NAME:
        raise table.complaint("id", "must be lower-case words and numbers joined by hyphens")
    if given != folder_name:
        raise table.complaint("id", f"is {given!r}, but the folder is {folder_name!r}")
    return given


def _short(table: Fields, name: str) -> str:
    given = table.text(name)
    if len(given) > MAX_NAME or "\n" in given:
        raise table.complaint(name, f"must be one line of at most {MAX_NAME} characters")
    return given


def _difficulty(table: Fields) -> Difficulty:
    try:
        return Difficulty(table.text("difficulty"))
    except ValueError:
        raise table.complaint("difficulty", f"must be one of {', '.join(Difficulty)}") from None


def _topics(table: Fields) -> tuple[str, ...]:
    given = table.items("topics")
    if not given or not all(isinstance(topic, str) and 0 < len(topic.strip()) <= MAX_NAME for topic in given):
        raise table.complaint("topics", "must be a list of at least one text")
    if len(set(given)) < len(given):
        raise table.complaint("topics", "has the same topic twice")
    return tuple(given)


def _signature(table: Fields) -> Signature | None:
    mode = table.text("mode", "function")
    if mode == "stdin":
        if table.has("signature"):
            raise table.complaint("signature", "has no meaning for a problem that reads standard input")
        return None
    if mode != "function":
        raise table.complaint("mode", "must be function or stdin")
    inner = table.table("signature", is_required=True)
    parameters: list[tuple[str, ValueType]] = []
    for entry in inner.items("parameters"):
        if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)):
            raise inner.complaint("parameters", "must be a list of [name, type]")
        parameters.append((_identifier(inner, "parameters", entry[0]), _type(inner, "parameters", entry[1])))
    if len({name for name, _ in parameters}) < len(parameters):
        raise inner.complaint("parameters", "has the same name twice")
    name = _identifier(inner, "name", inner.text("name"))
    signature = Signature(name, tuple(parameters), _type(inner, "returns", inner.text("returns")))
    inner.finish()
    return signature


def _identifier(table: Fields, field: str, name: str) -> str:
    # ASCII only, and no dunder: the name is the same in every language that follows.
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise table.complaint(field, f"has {name!r}, which is no name for a function or parameter")
    return name


def _type(table: Fields, field: str, text: str) -> ValueType:
    try:
        return parse_type(text)
    except TypeSyntaxError as error:
        raise table.complaint(field, f"has a type that is not understood: {error}") from error


def _comparison(table: Fields, signature: Signature | None) -> Comparison:
    both = table.number("float_tolerance", 0, 1) if table.has("float_tolerance") else None
    made = {"absolute": both, "relative": both}
    for kind in made:
        name = f"float_{kind}_tolerance"
        if not table.has(name):
            continue
        if both is not None:
            raise table.complaint(name, "and 'float_tolerance' exclude each other")
        made[kind] = table.number(name, 0, 1)
    for name in ("case_sensitive", "space_sensitive"):
        if signature is not None and table.has(name):
            raise table.complaint(name, "is for problems that print; texts that a function returns must be equal")
    if signature is None and table.has("unordered"):
        raise table.complaint("unordered", "is for problems whose function returns a list")
    comparison = Comparison(
        absolute_tolerance=made["absolute"],
        relative_tolerance=made["relative"],
        case_sensitive=table.flag("case_sensitive", False),
        space_sensitive=table.flag("space_sensitive", False),
        unordered=table.flag("unordered", False),
    )
    table.finish()
    return comparison


def _cases(folder: Folder, signature: Signature | None) -> tuple[Case, ...]:
    entries = folder.json("tests.json")
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_CASES:
        raise folder.complaint("tests.json", f"must be a list of 1 to {MAX_CASES} cases")
    cases = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise folder.complaint("tests.json", f"case {number} must be a map")
        fields = Fields(folder, "tests.json", entry, f"case {number}: ")
        cases.append(_printing_case(fields) if signature is None else _function_case(fields, signature))
        fields.finish()
    names = [case.name for case in cases]
    for number, name in enumerate(names, 1):
        if name in names[: number - 1]:
            raise folder.complaint("tests.json", f"case {number} has the name {name!r} of an earlier case")
    if all(case.hidden for case in cases):
        raise folder.complaint("tests.json", 'no case is an example ("hidden": false)')
    return tuple(cases)


def _function_case(fields: Fields, signature: Signature) -> Case:
    name, hidden = _short(fields, "name"), fields.flag("hidden", True)
    given = fields.items("arguments")
    if len(given) != len(signature.parameters):
        words = f"has {len(given)} values, but {signature.name} takes {len(signature.parameters)}"
        raise fields.complaint("arguments", words)
    values = [
        _typed(fields, "arguments", value, kind, parameter)
        for value, (parameter, kind) in zip(given, signature.parameters, strict=True)
    ]
    expected = _typed(fields, "expected", fields.anything("expected"), signature.returns, "result")
    return Case(name, hidden, arguments=tuple(values), expected=expected)


def _typed(fields: Fields, field: str, value: Any, kind: ValueType, where: str) -> Any:
    try:
        return kind.from_json(expand(value), where)
    except (ExpansionError, Mismatch) as error:
        raise fields.complaint(field, f"is wrong: {error}") from error


def _printing_case(fields: Fields) -> Case:
    name, hidden = _short(fields, "name"), fields.flag("hidden", True)
    texts = []
    for field, limit in (("stdin", MAX_STDIN_BYTES), ("stdout", MAX_STDOUT_BYTES)):
        try:
            text = expand(fields.anything(field))
        except ExpansionError as error:
            raise fields.complaint(field, f"is wrong: {error}") from error
        if not isinstance(text, str):
            raise fields.complaint(field, "must be a text")
        if len(text.encode("utf-8", "surrogatepass")) > limit:
            raise fields.complaint(field, f"is larger than {limit:,} bytes")
        texts.append(text)
    return Case(name, hidden, stdin=texts[0], stdout=texts[1])


def _hints(folder: Folder) -> tuple[str, ...]:
    steps = tuple(step.strip() for step in _HINT_RULE.split(folder.prose("hints.md")))
    if not all(steps):
        raise folder.complaint("hints.md", "has an empty step between two --- lines")
    return steps


def _rubric(folder: Folder) -> tuple[Criterion, ...]:
    table = Fields(folder, "rubric.toml", folder.toml("rubric.toml"))
    criteria = []
    for number, entry in enumerate(table.items("criterion"), 1):
        if not isinstance(entry, dict):
            raise table.complaint("criterion", "must be [[criterion]] tables")
        fields = Fields(folder, "rubric.toml", entry, f"criterion {number}: ")
        criteria.append(Criterion(_short(fields, "name"), fields.text("strong")))
        fields.finish()
    if not criteria:
        raise table.complaint("criterion", "has no entries")
    table.finish()
    return tuple(criteria)
