"""Reads a problem folder. Nothing in it is run; every complaint names the file and the field."""

import keyword
import re
from pathlib import Path
from typing import Any

from sparring.problems.code_files import read_checker, read_generator, read_solutions, read_starters
from sparring.problems.expanding import ExpansionError, expand
from sparring.problems.fields import Fields
from sparring.problems.files import Folder
from sparring.problems.heads import read_head, short_text
from sparring.problems.model import (
    Case,
    Comparison,
    Criterion,
    Mode,
    Problem,
    Signature,
    Values,
)
from sparring.problems.oral import notes_outline, refuse_code
from sparring.problems.type_syntax import TypeSyntaxError, parse_type
from sparring.problems.value_types import Mismatch, ValueType

MAX_CASES = 500
MAX_LINK = 500
"""Characters of a link to where a problem is from."""
MAX_STDIN_BYTES = 1_048_576
MAX_STDOUT_BYTES = 131_072
"""Of what a program should print; the runner keeps twice as much."""
_HINT_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def load_problem(path: Path) -> Problem:
    """Read one folder and check all of it. Raises `ProblemError`."""
    problem = open_problem(path)
    for case in problem.cases:
        _ = case.values
    return problem


def open_problem(path: Path) -> Problem:
    """Read one folder, and leave the values of its cases until they are asked for. Raises `ProblemError`."""
    folder = Folder(path)
    table = Fields(folder, "problem.toml", folder.toml("problem.toml"))
    head = read_head(folder, table)
    is_oral = head.mode is Mode.ORAL
    if is_oral:
        refuse_code(folder, table)
    signature = _signature(table, head.mode)
    comparison = _comparison(table.table("comparison"), signature)
    problem = Problem(
        id=head.id,
        title=head.title,
        difficulty=head.difficulty,
        topics=head.topics,
        signature=signature,
        comparison=comparison,
        time_limit_s=table.number("time_limit_s", 0.1, 60, 2.0),
        memory_limit_mb=table.integer("memory_limit_mb", 16, 4096, 256),
        suggested_minutes=head.suggested_minutes,
        statement=folder.prose("statement.md"),
        cases=() if is_oral else _cases(folder, signature),
        hints=_hints(folder),
        editorial=folder.prose("editorial.md"),
        follow_ups=folder.prose("follow-ups.md"),
        rubric=_rubric(folder),
        starters=notes_outline(head.topics) if is_oral else read_starters(folder, signature),
        solutions=() if is_oral else read_solutions(folder, signature),
        checker=read_checker(folder),
        generator=read_generator(folder),
        complexity_matters=table.flag("complexity_matters", not is_oral),
        source=_source(table),
        is_oral=is_oral,
    )
    if problem.checker is not None and comparison != Comparison():
        raise table.complaint("comparison", "has no meaning beside a checker.py, which compares")
    table.finish()
    return problem


def _source(table: Fields) -> str:
    given = table.text("source", "")
    if given and (re.fullmatch(r"https?://[^\s/]\S*", given) is None or len(given) > MAX_LINK):
        raise table.complaint("source", f"must be a link (https://…) of at most {MAX_LINK} characters")
    return given


def _signature(table: Fields, mode: Mode) -> Signature | None:
    if mode is Mode.STDIN and table.has("signature"):
        raise table.complaint("signature", "has no meaning for a problem that reads standard input")
    if mode is not Mode.FUNCTION:
        return None
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
    name, hidden = short_text(fields, "name"), fields.flag("hidden", True)
    given, wanted = fields.items("arguments"), fields.anything("expected")
    if len(given) != len(signature.parameters):
        words = f"has {len(given)} values, but {signature.name} takes {len(signature.parameters)}"
        raise fields.complaint("arguments", words)

    def write() -> Values:
        values = [
            _typed(fields, "arguments", value, kind, parameter)
            for value, (parameter, kind) in zip(given, signature.parameters, strict=True)
        ]
        return Values(tuple(values), _typed(fields, "expected", wanted, signature.returns, "result"))

    return Case(name, hidden, write=write)


def _typed(fields: Fields, field: str, value: Any, kind: ValueType, where: str) -> Any:
    try:
        return kind.from_json(expand(value), where)
    except (ExpansionError, Mismatch) as error:
        raise fields.complaint(field, f"is wrong: {error}") from error


def _printing_case(fields: Fields) -> Case:
    name, hidden = short_text(fields, "name"), fields.flag("hidden", True)
    given = {field: fields.anything(field) for field in ("stdin", "stdout")}
    return Case(
        name,
        hidden,
        write=lambda: Values(
            stdin=_printed(fields, "stdin", given["stdin"], MAX_STDIN_BYTES),
            stdout=_printed(fields, "stdout", given["stdout"], MAX_STDOUT_BYTES),
        ),
    )


def _printed(fields: Fields, field: str, value: Any, max_bytes: int) -> str:
    try:
        text = expand(value)
    except ExpansionError as error:
        raise fields.complaint(field, f"is wrong: {error}") from error
    if not isinstance(text, str):
        raise fields.complaint(field, "must be a text")
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise fields.complaint(field, f"is larger than {max_bytes:,} bytes")
    return text


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
        criteria.append(Criterion(short_text(fields, "name"), fields.text("strong")))
        fields.finish()
    if not criteria:
        raise table.complaint("criterion", "has no entries")
    table.finish()
    return tuple(criteria)
