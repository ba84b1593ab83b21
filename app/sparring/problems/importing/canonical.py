"""Exercism's problem specifications: a folder with canonical-data.json, of which each property becomes a problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.importing.draft import ProblemDraft, one_line
from sparring.problems.importing.exercism import Calls, made_cases, statement, with_function
from sparring.problems.importing.inference import python_name
from sparring.problems.importing.report import LeftOut
from sparring.problems.model import Comparison, ProblemError, Signature
from sparring.problems.value_types import FLOAT, ValueType

KIND = "Exercism canonical data"
DATA = "canonical-data.json"
LINK = "https://github.com/exercism/problem-specifications/tree/main/exercises"
TOPIC = "exercism"
MIN_CASES = 2
"""A property with fewer is no problem of its own."""
MAX_GROUP_DEPTH = 20
MAX_READ_CASES = 5_000
USUAL_TOLERANCE = 1e-6
ROUNDED = (2, 4)
"""Where every expected float has at most so many decimals, it was rounded to them."""
_FUNCTION = re.compile(r"=>|->|\blambda\b|\bfn\b|^\(\w+(, ?\w+)*\)|^[a-z]\w*\(\)$")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class _Entry:
    id: object
    stands_for: object
    name: str
    property: str
    input: dict[str, Any]
    expected: Any


def is_canonical(folder: Path) -> bool:
    """Whether it is an exercise of the specifications, with or without data."""
    if (folder / DATA).is_file():
        return True
    return (folder / "metadata.toml").is_file() and any(
        (folder / name).is_file() for name in ("description.md", "instructions.md")
    )


def read_canonical(folder: Path) -> Iterator[ProblemDraft | LeftOut]:
    """A draft for each property, or why it is none. Raises `ProblemError` if the exercise as a whole cannot be read."""
    files = Folder(folder)
    if files.has(".deprecated"):
        raise ProblemError("the exercise is deprecated")
    if not files.has(DATA):
        raise ProblemError(f"{folder.name}: has no {DATA}, so there are no cases")
    text = statement(files)
    title, link = _title(files), f"{LINK}/{folder.name}" if _SLUG.match(folder.name) else ""
    data = files.json(DATA)
    if not isinstance(data, dict) or not isinstance(data.get("cases"), list):
        raise files.complaint(DATA, "must be a map with a list of 'cases'")
    everything = list(_entries(files, data["cases"], "", 0))
    # A case that was found wrong is never changed: another one stands in for it.
    replaced = {entry.stands_for for entry in everything}
    properties: dict[str, list[_Entry]] = {}
    for entry in everything:
        if entry.id not in replaced:
            properties.setdefault(entry.property, []).append(entry)
    if not properties:
        raise files.complaint(DATA, "has no cases")
    for name, entries in properties.items():
        words = title if len(properties) == 1 else f"{title}: {python_name(name).strip('_').replace('_', ' ')}"
        try:
            yield _draft(one_line(words), name, entries, text, link)
        except ProblemError as error:
            yield LeftOut(one_line(words), str(error))


def _title(files: Folder) -> str:
    if files.has("metadata.toml"):
        given = files.toml("metadata.toml").get("title")
        if isinstance(given, str) and given.strip():
            return given
    return files.path.name.replace("-", " ").capitalize()


def _entries(files: Folder, cases: list[Any], group: str, depth: int) -> Iterator[_Entry]:
    if depth > MAX_GROUP_DEPTH:
        raise files.complaint(DATA, f"has groups nested deeper than {MAX_GROUP_DEPTH}")
    for number, case in enumerate(cases, 1):
        where = f"{group or 'cases'}, number {number}"
        if not isinstance(case, dict):
            raise files.complaint(DATA, f"{where}: must be a map")
        description = case.get("description")
        words = " ".join(part for part in (group, description if isinstance(description, str) else "") if part)
        if isinstance(case.get("cases"), list):
            yield from _entries(files, case["cases"], words, depth + 1)
            continue
        name, given = case.get("property"), case.get("input")
        if not isinstance(name, str) or not isinstance(given, dict) or "expected" not in case:
            raise files.complaint(DATA, f"{where}: must have 'property', a map 'input', and 'expected'")
        identity = case.get("uuid") if isinstance(case.get("uuid"), str) else object()
        instead = case.get("reimplements") if isinstance(case.get("reimplements"), str) else None
        yield _Entry(identity, instead, words or f"case {number}", name, given, case["expected"])


def _draft(title: str, property_name: str, entries: list[_Entry], text: str, link: str) -> ProblemDraft:
    function = python_name(property_name)
    if not function:
        raise ProblemError(f"the property {property_name[:40]!r} is no name of a function")
    keys = list(dict.fromkeys(key for entry in entries for key in entry.input))
    parameters = [python_name(key) for key in keys]
    if not all(parameters) or len(set(parameters)) < len(parameters):
        raise ProblemError(f"the inputs {', '.join(keys)[:80]} are no names of parameters")
    calls = Calls(function)
    for entry in entries[:MAX_READ_CASES]:
        if isinstance(entry.expected, dict) and "error" in entry.expected:
            calls.left_out.append((entry.name, "it expects an error, and a function here gives a result"))
        elif any(_is_function(value) for value in entry.input.values()):
            calls.left_out.append((entry.name, "an argument is a function"))
        else:
            calls.add(entry.name, [entry.input.get(key) for key in keys], entry.expected)
    if not calls.names:
        raise ProblemError("; ".join(calls.notes()))
    if not keys:
        raise ProblemError("it takes no input")
    signature, cases = made_cases(calls, parameters)
    if len(cases) < MIN_CASES:
        raise ProblemError(f"it has {len(cases)} case, which proves nothing")
    return ProblemDraft(
        title,
        with_function(text, signature, cases),
        cases,
        signature,
        topics=(TOPIC,),
        source=link,
        comparison=_comparison(signature, calls),
        notes=calls.notes(),
    )


def _is_function(value: Any) -> bool:
    return isinstance(value, str) and _FUNCTION.search(value.strip()) is not None and "(" in value


def _comparison(signature: Signature, calls: Calls) -> Comparison:
    """Floats were rounded to some decimals, or else are right where they are near."""
    if not has_floats(signature.returns):
        return Comparison()
    decimals = max((len(repr(number).partition(".")[2]) for number in _floats(calls.expected)), default=0)
    near = 0.5 * 10**-decimals if ROUNDED[0] <= decimals <= ROUNDED[1] else USUAL_TOLERANCE
    return Comparison(absolute_tolerance=near, relative_tolerance=USUAL_TOLERANCE)


def has_floats(kind: ValueType) -> bool:
    return kind == FLOAT or any(map(has_floats, kind.parts()))


def _floats(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _floats(item)
