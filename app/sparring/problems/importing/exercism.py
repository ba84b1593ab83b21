"""What both forms of Exercism's exercises share: how calls become cases, and how a statement is put together."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.importing.inference import NoTypeError, infer_type, to_json
from sparring.problems.model import Case, ProblemError, Signature
from sparring.problems.value_types import ValueType

MAX_SHOWN_EXAMPLES = 3
MAX_SHOWN = 400
"""Characters of a value in the statement's examples."""
MAX_NAMED = 3
"""How many of the cases that were left out a note names."""
FIRST_LINES = ("introduction.md", "description.md", "instructions.md")


@dataclass
class Calls:
    """Calls of one function that its cases consist of, and in words what else there was."""

    function: str
    names: list[str] = field(default_factory=list)
    arguments: list[list[Any]] = field(default_factory=list)
    expected: list[Any] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """(case, why)"""

    def add(self, name: str, arguments: list[Any], expected: Any) -> None:
        self.names.append(name)
        self.arguments.append(arguments)
        self.expected.append(expected)

    def notes(self) -> tuple[str, ...]:
        """One sentence for each reason to leave a case out."""
        whys: dict[str, list[str]] = {}
        for name, why in self.left_out:
            whys.setdefault(why, []).append(name)
        notes = []
        for why, names in whys.items():
            listed = ", ".join(map(repr, names[:MAX_NAMED])) + (", …" if len(names) > MAX_NAMED else "")
            words = "1 case was" if len(names) == 1 else f"{len(names)} cases were"
            notes.append(f"{words} left out: {why} ({listed})")
        return tuple(notes)


def made_cases(calls: Calls, parameters: Sequence[str]) -> tuple[Signature, tuple[Case, ...]]:
    """The signature that all calls follow, and the cases; the first are examples. Raises `ProblemError`."""
    kinds: list[tuple[str, ValueType]] = []
    for number, name in enumerate(parameters):
        kinds.append((name, _type(f"the argument {name!r}", [given[number] for given in calls.arguments])))
    signature = Signature(calls.function, tuple(kinds), _type("the result", calls.expected))
    cases: list[Case] = []
    seen: dict[str, Any] = {}
    for name, given, wanted in zip(calls.names, calls.arguments, calls.expected, strict=True):
        arguments, expected = [to_json(value) for value in given], to_json(wanted)
        key = json.dumps(arguments)
        if key in seen:
            why = "it is another one's twin" if seen[key] == expected else "the same arguments gave another result"
            calls.left_out.append((name, why))
            continue
        seen[key] = expected
        cases.append(Case(name, len(cases) >= MAX_SHOWN_EXAMPLES, tuple(arguments), expected))
    return signature, tuple(cases)


def _type(what: str, values: list[Any]) -> ValueType:
    try:
        return infer_type(values)
    except NoTypeError as error:
        raise ProblemError(f"{what} is of no type of a signature: {error}") from None


def statement(folder: Folder, docs: str = "") -> str:
    """What the exercise's own files say. Raises `ProblemError` if none says anything."""
    parts = [folder.text(f"{docs}{name}").strip() for name in FIRST_LINES if folder.has(f"{docs}{name}")]
    if not any(parts):
        raise folder.complaint(f"{docs}instructions.md", "is missing or empty, so nothing says what to solve")
    return "\n\n".join(part for part in parts if part)


def with_function(text: str, signature: Signature, cases: Sequence[Case]) -> str:
    """The statement with the function to write and the first examples below it."""
    listed = ", ".join(f"{name}: {kind}" for name, kind in signature.parameters)
    rows = [text, "", "## The function", "", f"`{signature.name}({listed}) -> {signature.returns}`", ""]
    examples = [case for case in cases if not case.hidden]
    rows += ["## Examples", ""] if examples else []
    for case in examples:
        given = ", ".join(map(_shown, case.arguments))
        rows += [f"{case.name}:", "", "```", f"{signature.name}({given})", f"→ {_shown(case.expected)}", "```", ""]
    return "\n".join(rows)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
