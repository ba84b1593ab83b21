"""A case that somebody types, as JSON for each parameter or as standard input: what is wrong is said, and where."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sparring.problems.expanding import ExpansionError, expand
from sparring.problems.heads import MAX_NAME
from sparring.problems.loader import MAX_STDIN_BYTES, MAX_STDOUT_BYTES
from sparring.problems.model import Case, Problem
from sparring.problems.value_types import Mismatch, ValueType

MAX_TEXT = 1_048_576
"""Characters of one value, as it is typed."""
NAME, INPUT, EXPECTED = "its name", "standard input", "expected value"
"""Fields that are not called after a parameter; no parameter has such a name."""


@dataclass
class OwnCaseError(Exception):
    """What was typed is no case of this problem; `field` is where, `words` what is wrong."""

    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.field}: {self.words}"


def own_case_fields(problem: Problem) -> tuple[tuple[str, str], ...]:
    """(name, type) of each input that a case of this problem has."""
    if problem.signature is None:
        return ((INPUT, "text"),)
    return tuple((name, str(kind)) for name, kind in problem.signature.parameters)


def parse_own_case(problem: Problem, name: str, inputs: Sequence[str], expected: str) -> Case:
    """The case that these texts mean. Without `expected` it has no answer yet. Raises `OwnCaseError`."""
    name = name.strip()
    if not name or len(name) > MAX_NAME or "\n" in name:
        raise OwnCaseError(NAME, f"must be one line of 1 to {MAX_NAME} characters")
    fields = own_case_fields(problem)
    if len(inputs) != len(fields):
        raise OwnCaseError(INPUT, f"has {len(inputs)} values, but the problem takes {len(fields)}")
    if problem.signature is None:
        for text, limit, field in ((inputs[0], MAX_STDIN_BYTES, INPUT), (expected, MAX_STDOUT_BYTES, EXPECTED)):
            if len(text.encode("utf-8", "surrogatepass")) > limit:
                raise OwnCaseError(field, f"is larger than {limit:,} bytes")
        return Case(name, False, stdin=inputs[0], stdout=expected)
    values = [
        _value(text, kind, field) for text, (field, kind) in zip(inputs, problem.signature.parameters, strict=True)
    ]
    case = Case(name, False, arguments=tuple(values))
    if not expected.strip():
        return case
    return case.wanting(_value(expected, problem.signature.returns, EXPECTED))


def _value(text: str, kind: ValueType, field: str) -> Any:
    if len(text) > MAX_TEXT:
        raise OwnCaseError(field, f"is longer than {MAX_TEXT:,} characters")
    if not text.strip():
        raise OwnCaseError(field, f"is empty; it must be {kind}, as JSON")
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise OwnCaseError(field, f"is no JSON: {_in_words(error)}{_advice(text)}") from None
    except (ValueError, RecursionError) as error:
        raise OwnCaseError(field, f"is no JSON: {error}") from None
    try:
        return kind.from_json(expand(value), field)
    except Mismatch as error:
        words = str(error).removeprefix(field).removeprefix(": ")
        raise OwnCaseError(field, words) from None
    except ExpansionError as error:
        raise OwnCaseError(field, str(error)) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number there")


def _in_words(error: json.JSONDecodeError) -> str:
    place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
    return f"{error.msg[0].lower()}{error.msg[1:]} at {place}."


def _advice(text: str) -> str:
    """For those who have another language in their fingers."""
    if "'" in text:
        return ' Texts stand in double quotes: "like this".'
    if any(word in text for word in ("True", "False", "None")):
        return " It is written true, false and null."
    return ""


def answer_text(problem: Problem, case: Case) -> str:
    """A case's answer as it would be typed."""
    if problem.signature is None:
        return case.stdout
    return json.dumps(case.expected, ensure_ascii=False)


def input_texts(problem: Problem, case: Case) -> tuple[str, ...]:
    """A case's input as it would be typed."""
    if problem.signature is None:
        return (case.stdin,)
    return tuple(json.dumps(value, ensure_ascii=False) for value in case.arguments)
