"""Reads a problem folder. Nothing in it is run; every complaint names the file and the field."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from sparring.problems.model import (
    DIFFICULTIES,
    Case,
    Comparison,
    Criterion,
    Problem,
    ProblemError,
    Signature,
    Solution,
)

MAX_FILE_BYTES = 1_048_576
MAX_CASES = 2_000
MAX_REPEATED = 1_000_000
"""Items or characters that `$repeat` and `$range` may make."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_TYPE = re.compile(r"(int|float|bool|string|(list|map|optional)\[.+\])\Z")
_KINDS = ("accepted", "wrong", "slow")


def load_problem(folder: Path) -> Problem:
    """Read and check one folder. Raises `ProblemError`."""
    table = _Table(folder, "problem.toml", _toml(folder))
    signature = _signature(table) if table.optional("mode", str, "function") == "function" else None
    problem = Problem(
        id=table.required("id", str),
        title=table.required("title", str),
        difficulty=table.required("difficulty", str),
        topics=tuple(table.required("topics", list)),
        signature=signature,
        comparison=_comparison(table),
        time_limit_s=float(table.optional("time_limit_s", (int, float), 2.0)),
        memory_limit_mb=table.optional("memory_limit_mb", int, 256),
        suggested_minutes=table.optional("suggested_minutes", int, 25),
        statement=_read(folder, "statement.md"),
        cases=_cases(folder, signature),
        hints=tuple(part.strip() for part in _read(folder, "hints.md").split("\n---\n") if part.strip()),
        editorial=_read(folder, "editorial.md"),
        follow_ups=_read(folder, "follow-ups.md"),
        starter=_read(folder, "starter.py"),
        solutions=_solutions(folder),
        rubric=_rubric(folder),
    )
    _check(folder, problem)
    return problem


def _rubric(folder: Path) -> tuple[Criterion, ...]:
    if not (folder / "rubric.toml").exists():
        return ()
    try:
        listed = tomllib.loads(_read(folder, "rubric.toml")).get("criterion", [])
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(f"{folder.name}/rubric.toml: {error}") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ProblemError(f"{folder.name}/rubric.toml: 'criterion' must be a list of tables")
    tables = [_Table(folder, "rubric.toml", one) for one in listed]
    return tuple(Criterion(table.required("name", str), table.required("strong", str)) for table in tables)


def _check(folder: Path, problem: Problem) -> None:
    def demand(condition: bool, file: str, words: str) -> None:
        if not condition:
            raise ProblemError(f"{folder.name}/{file}: {words}")

    demand(bool(_ID.match(problem.id)), "problem.toml", "'id' must be lower-case words joined by hyphens")
    demand(problem.id == folder.name, "problem.toml", f"'id' is {problem.id!r}, but the folder is {folder.name!r}")
    demand(bool(problem.title.strip()), "problem.toml", "'title' is empty")
    demand(problem.difficulty in DIFFICULTIES, "problem.toml", f"'difficulty' must be one of {', '.join(DIFFICULTIES)}")
    demand(
        bool(problem.topics) and all(isinstance(topic, str) and topic for topic in problem.topics),
        "problem.toml",
        "'topics' must be a list of words",
    )
    demand(0.1 <= problem.time_limit_s <= 60, "problem.toml", "'time_limit_s' must be between 0.1 and 60")
    demand(16 <= problem.memory_limit_mb <= 4096, "problem.toml", "'memory_limit_mb' must be between 16 and 4096")
    demand(bool(problem.cases), "tests.json", "there are no cases")
    demand(any(not case.hidden for case in problem.cases), "tests.json", "no case is an example")
    names = [case.name for case in problem.cases]
    demand(len(set(names)) == len(names), "tests.json", "two cases have the same name")
    demand(any(one.kind == "accepted" for one in problem.solutions), "solutions", "there is no accepted solution")


class _Table:
    """A TOML table that says which field is missing or of the wrong type."""

    def __init__(self, folder: Path, file: str, values: dict[str, Any]) -> None:
        self._where = f"{folder.name}/{file}"
        self._folder = folder
        self._values = values

    def required(self, name: str, kind: Any) -> Any:
        if name not in self._values:
            raise ProblemError(f"{self._where}: '{name}' is missing")
        return self.optional(name, kind, None)

    def optional(self, name: str, kind: Any, default: Any) -> Any:
        value = self._values.get(name, default)
        if name in self._values and (not isinstance(value, kind) or (kind is not bool and isinstance(value, bool))):
            raise ProblemError(f"{self._where}: '{name}' is not of the right type")
        return value

    def table(self, name: str) -> "_Table":
        return _Table(self._folder, self._where.partition("/")[2], self.optional(name, dict, {}))


def _toml(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(folder, "problem.toml"))
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(f"{folder.name}/problem.toml: {error}") from error


def _read(folder: Path, name: str) -> str:
    path = folder / name
    try:
        if path.is_symlink():
            raise ProblemError(f"{folder.name}/{name}: links are not followed")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ProblemError(f"{folder.name}/{name}: larger than {MAX_FILE_BYTES} bytes")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProblemError(f"{folder.name}/{name}: the file is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(f"{folder.name}/{name}: cannot be read: {error}") from error


def _signature(table: _Table) -> Signature:
    inner = table.table("signature")
    parameters = []
    for entry in inner.required("parameters", list):
        if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)):
            raise ProblemError("problem.toml: each of 'signature.parameters' must be [name, type]")
        parameters.append((entry[0], _type(entry[1])))
    return Signature(inner.required("name", str), tuple(parameters), _type(inner.required("returns", str)))


def _type(text: str) -> str:
    match = _TYPE.match(text.strip())
    if match is None:
        raise ProblemError(
            f"problem.toml: {text!r} is not a type (int, float, bool, string, list[…], map[…], optional[…])"
        )
    return text.strip()


def _comparison(table: _Table) -> Comparison:
    inner = table.table("comparison")
    tolerance = inner.optional("float_tolerance", (int, float), None)
    return Comparison(
        float_tolerance=None if tolerance is None else float(tolerance),
        case_sensitive=inner.optional("case_sensitive", bool, False),
        space_sensitive=inner.optional("space_sensitive", bool, False),
        unordered=inner.optional("unordered", bool, False),
    )


def _cases(folder: Path, signature: Signature | None) -> tuple[Case, ...]:
    try:
        entries = json.loads(_read(folder, "tests.json"))
    except json.JSONDecodeError as error:
        raise ProblemError(f"{folder.name}/tests.json: line {error.lineno}: {error.msg}") from error
    if not isinstance(entries, list) or len(entries) > MAX_CASES:
        raise ProblemError(f"{folder.name}/tests.json: must be a list of at most {MAX_CASES} cases")
    return tuple(_case(folder, number, entry, signature) for number, entry in enumerate(entries, 1))


def _case(folder: Path, number: int, entry: Any, signature: Signature | None) -> Case:
    where = f"{folder.name}/tests.json: case {number}"
    needed = {"name", "stdin", "stdout"} if signature is None else {"name", "arguments", "expected"}
    if not isinstance(entry, dict) or not needed <= entry.keys():
        raise ProblemError(f"{where}: needs {', '.join(sorted(needed))}")
    hidden = bool(entry.get("hidden", True))
    if signature is None:
        stdin = _expand(where, entry["stdin"])
        return Case(str(entry["name"]), hidden, stdin=str(stdin), stdout=str(_expand(where, entry["stdout"])))
    arguments = entry["arguments"]
    if not isinstance(arguments, list) or len(arguments) != len(signature.parameters):
        raise ProblemError(f"{where}: needs {len(signature.parameters)} arguments")
    values = tuple(_expand(where, argument) for argument in arguments)
    return Case(str(entry["name"]), hidden, arguments=values, expected=_expand(where, entry["expected"]))


def _expand(where: str, value: Any) -> Any:
    """Large inputs in few words: {"$repeat": [list or string, count]} and {"$range": [start, stop, step]}."""
    if isinstance(value, list):
        return [_expand(where, item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$repeat"}:
        piece, count = _expand(where, value["$repeat"])
        if not isinstance(piece, list | str) or len(piece) * count > MAX_REPEATED:
            raise ProblemError(f"{where}: '$repeat' of {count} is too much, or not of a list or a text")
        return piece * count
    if value.keys() == {"$range"}:
        made = range(*value["$range"])
        if len(made) > MAX_REPEATED:
            raise ProblemError(f"{where}: '$range' is too long")
        return list(made)
    if value.keys() == {"$concat"}:
        parts = [_expand(where, part) for part in value["$concat"]]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return total
    return {key: _expand(where, item) for key, item in value.items()}


def _solutions(folder: Path) -> tuple[Solution, ...]:
    found = []
    for path in sorted((folder / "solutions").glob("*.py")):
        kind = path.stem.split("_")[0]
        if kind not in _KINDS:
            raise ProblemError(f"{folder.name}/solutions/{path.name}: begins with none of {', '.join(_KINDS)}")
        found.append(Solution(path.stem, kind, _read(folder, f"solutions/{path.name}")))
    return tuple(found)
