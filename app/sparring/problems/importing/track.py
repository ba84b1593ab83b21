"""An exercise of a clone of Exercism's Python track: cases out of its test file, its example as the reference."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.importing.canonical import MIN_CASES, TOPIC, USUAL_TOLERANCE, has_floats
from sparring.problems.importing.draft import DraftSolution, ProblemDraft, one_line
from sparring.problems.importing.exercism import Calls, made_cases, statement, with_function
from sparring.problems.importing.inference import is_taken
from sparring.problems.importing.literals import NotLiteral, value_of
from sparring.problems.importing.report import LeftOut
from sparring.problems.importing.unittests import FoundCall, Missed, read_tests
from sparring.problems.model import Comparison, Difficulty, ProblemError, Signature, SolutionKind
from sparring.problems.value_types import ListOf

KIND = "Exercism Python track"
CONFIG = ".meta/config.json"
DOCS = ".docs/"
LINK = "https://exercism.org/tracks/python/exercises"
EASY_UNTIL, MEDIUM_UNTIL = 3, 6
"""Of the difficulties that a track gives, 1 to 10."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def is_exercise(folder: Path) -> bool:
    return (folder / CONFIG).is_file() and (folder / ".docs").is_dir()


@dataclass(frozen=True)
class _Function:
    """A function of the example or the stub: its parameters, and the values of those that may be left out."""

    parameters: tuple[str, ...]
    defaults: dict[str, Any]


def read_exercise(folder: Path, top: Path) -> Iterator[ProblemDraft | LeftOut]:
    """A draft for each function that is tested. `top` is where the import began: nothing above it is read.

    Raises `ProblemError` if the exercise as a whole cannot be read.
    """
    files = Folder(folder)
    listed = _files(files)
    tests = [name for name in listed["test"] if name.endswith(".py")]
    if not tests:
        raise files.complaint(CONFIG, "names no test file in Python; only the Python track can be imported")
    text = statement(files, DOCS)
    found = [one for name in tests for one in read_tests(_parsed(files, name))]
    missed = [one for one in found if isinstance(one, Missed)]
    calls: dict[str, list[FoundCall]] = {}
    for one in found:
        if isinstance(one, FoundCall):
            calls.setdefault(one.function, []).append(one)
    entry = _entry(folder, top)
    if entry.get("status") == "deprecated":
        raise ProblemError("the exercise is deprecated")
    title = one_line(str(entry.get("name") or folder.name.replace("-", " ").title()))
    if not calls:
        raise ProblemError(_no_calls(missed))
    code = _example(files, listed)
    functions = _functions(ast.parse(code)) if code else {}
    stub = next((name for name in listed["solution"] if name.endswith(".py") and files.has(name)), "")
    stubs = _functions(_parsed(files, stub)) if stub else {}
    base = ProblemDraft(title, text, (), difficulty=_difficulty(entry), topics=_topics(entry), source=_link(folder))
    base = _with_prose(base, files)
    for name, own in calls.items():
        words = title if len(calls) == 1 else one_line(f"{title}: {name.strip('_').replace('_', ' ')}")
        function = functions.get(name) or stubs.get(name)
        # What belongs to no function is told of with each.
        try:
            yield _draft(replace(base, title=words), name, function, own, missed, code if name in functions else "")
        except ProblemError as error:
            yield LeftOut(words, str(error))


def _files(files: Folder) -> dict[str, list[str]]:
    config = files.json(CONFIG)
    given = config.get("files") if isinstance(config, dict) else None
    if not isinstance(given, dict):
        raise files.complaint(CONFIG, "must be a map with 'files'")
    listed: dict[str, list[str]] = {}
    for kind in ("solution", "test", "example", "exemplar"):
        names = given.get(kind, [])
        if not isinstance(names, list) or not all(_is_inside(name) for name in names):
            raise files.complaint(CONFIG, f"'files.{kind}' must be a list of names of files inside the exercise")
        listed[kind] = names
    return listed


def _is_inside(name: Any) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name) is not None and ".." not in name


def _parsed(files: Folder, name: str) -> ast.Module:
    code = files.text(name)
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise files.complaint(name, f"line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise files.complaint(name, f"is no Python: {error}") from error


def _example(files: Folder, listed: dict[str, list[str]]) -> str:
    """The code of the reference solution; empty if none came along or it is more than one file."""
    names = [name for name in (*listed["example"], *listed["exemplar"]) if name.endswith(".py")]
    if len(names) != 1 or not files.has(names[0]):
        return ""
    _parsed(files, names[0])
    return files.text(names[0])


def _functions(tree: ast.Module) -> dict[str, _Function]:
    made = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.args.vararg or node.args.kwarg or node.args.kwonlyargs:
            continue
        arguments = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        defaults: dict[str, Any] = {}
        for name, default in zip(reversed(arguments), reversed(node.args.defaults), strict=False):
            try:
                defaults[name] = value_of(default, {})
            except NotLiteral:
                continue
        made[node.name] = _Function(tuple(arguments), defaults)
    return made


def _draft(
    base: ProblemDraft, name: str, function: _Function | None, found: list[FoundCall], missed: list[Missed], code: str
) -> ProblemDraft:
    if function is None:
        raise ProblemError(f"{name} is no plain function with a fixed number of parameters")
    if not function.parameters:
        raise ProblemError(f"{name} takes no input")
    for one in (name, *function.parameters):
        if not _NAME.match(one) or is_taken(one):
            raise ProblemError(f"{one!r} is no name that every language takes")
    calls = Calls(name, left_out=[(one.name, one.why) for one in missed])
    for call in found:
        given = _arguments(function, call)
        if given is None:
            calls.left_out.append((call.name, "its arguments do not fit the function's parameters"))
        else:
            calls.add(call.name, given, call.expected)
    if not calls.names:
        raise ProblemError("; ".join(calls.notes()))
    signature, cases = made_cases(calls, function.parameters)
    if len(cases) < MIN_CASES:
        raise ProblemError(f"it has {len(cases)} case, which proves nothing")
    return replace(
        base,
        statement=with_function(base.statement, signature, cases),
        cases=cases,
        signature=signature,
        comparison=_comparison(signature, found),
        solutions=(DraftSolution(SolutionKind.ACCEPTED, "python", code),) if code else (),
        notes=calls.notes(),
    )


def _arguments(function: _Function, call: FoundCall) -> list[Any] | None:
    """A value for each parameter, in order."""
    given = dict(function.defaults)
    given |= dict(zip(function.parameters, call.positional, strict=False))
    given |= dict(call.named)
    if len(call.positional) > len(function.parameters) or set(given) != set(function.parameters):
        return None
    return [given[name] for name in function.parameters]


def _comparison(signature: Signature, found: list[FoundCall]) -> Comparison:
    is_unordered = isinstance(signature.returns, ListOf) and any(one.is_unordered for one in found)
    given = [one.tolerance for one in found if one.tolerance is not None]
    if not has_floats(signature.returns):
        return Comparison(unordered=is_unordered)
    tolerance = max(given, default=USUAL_TOLERANCE)
    return Comparison(absolute_tolerance=tolerance, relative_tolerance=USUAL_TOLERANCE, unordered=is_unordered)


def _with_prose(draft: ProblemDraft, files: Folder) -> ProblemDraft:
    """With hints and an explanation of ways to solve it, where the exercise brings them."""
    if files.has(f"{DOCS}hints.md") and files.text(f"{DOCS}hints.md").strip():
        draft = replace(draft, hints=(files.text(f"{DOCS}hints.md"),))
    ways = ".approaches/introduction.md"
    if files.has(ways) and files.text(ways).strip():
        draft = replace(draft, editorial=files.text(ways))
    return draft


def _entry(folder: Path, top: Path) -> dict[str, Any]:
    """What the track's own config.json says of the exercise; nothing if the track is not there as a whole."""
    track = folder.parent.parent.parent
    if not track.is_relative_to(top) or not (track / "config.json").is_file():
        return {}
    try:
        exercises = Folder(track).json("config.json").get("exercises", {})
        entries = [*exercises.get("practice", []), *exercises.get("concept", [])]
        return next((one for one in entries if one.get("slug") == folder.name), {})
    except (ProblemError, AttributeError, TypeError):
        return {}


def _difficulty(entry: dict[str, Any]) -> Difficulty:
    given = entry.get("difficulty")
    if not isinstance(given, int):
        return Difficulty.MEDIUM
    if given <= EASY_UNTIL:
        return Difficulty.EASY
    return Difficulty.MEDIUM if given <= MEDIUM_UNTIL else Difficulty.HARD


def _topics(entry: dict[str, Any]) -> tuple[str, ...]:
    practices = entry.get("practices")
    given = [one for one in practices if isinstance(one, str) and one.strip()] if isinstance(practices, list) else []
    return tuple(dict.fromkeys([TOPIC, *(one_line(one.replace("-", " ")) for one in given)]))


def _link(folder: Path) -> str:
    return f"{LINK}/{folder.name}" if _SLUG.match(folder.name) else ""


def _no_calls(missed: list[Missed]) -> str:
    calls = Calls("", left_out=[(one.name, one.why) for one in missed])
    return "; ".join(calls.notes()) or "its test file has no test that is understood"
