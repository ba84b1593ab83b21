"""Makes cases of the examples of a page: which text belongs to which parameter, of which type, with which value."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sparring.problems.importing.pasting.arguments import (
    CLASS_HELP,
    CLASS_WORDS,
    ArgumentError,
    assignments,
    in_order,
    is_class_design,
    unnamed,
    without_comment,
)
from sparring.problems.importing.pasting.foreign_types import ANY, VOID
from sparring.problems.importing.pasting.inferring import Unlike, infer, settle
from sparring.problems.importing.pasting.literals import LiteralError, is_quoted, plain, read_literal
from sparring.problems.importing.pasting.model import (
    EXPECTED,
    HIDDEN,
    NAME,
    PastedCase,
    PasteForm,
    Source,
    Trouble,
)
from sparring.problems.importing.pasting.names import snake
from sparring.problems.importing.pasting.sections import RawExample
from sparring.problems.importing.pasting.signatures import FoundSignature
from sparring.problems.importing.pasting.values import value_of
from sparring.problems.model import Case, Signature
from sparring.problems.structures import LinkedListOf
from sparring.problems.value_types import INT, STRING, ListOf, ValueType

MAX_CASES = 100
NO_OUTPUT = "this example has no output"
_VALUE_HELP = "Correct it in the table, or take the case out."


@dataclass
class Found:
    """What became of the examples so far."""

    columns: tuple[str, ...] = ()
    cases: list[PastedCase] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def note(self, words: str) -> None:
        if words and words not in self.notes:
            self.notes.append(words)

    def trouble(self, source: Source, line: int, words: str, help_: str = "", *, is_fatal: bool = False) -> None:
        self.troubles.append(Trouble(source, line, words, help_, is_fatal))


def function_cases(examples: Sequence[RawExample], signature: FoundSignature | None) -> Found:
    """The examples of a function, taken apart into its parameters. Without a signature, the first names them."""
    found = Found(tuple(name for name, _ in signature.parameters) if signature is not None else ())
    for example in examples[:MAX_CASES]:
        if is_class_design(example.input_text):
            found.trouble(example.source, example.line, CLASS_WORDS, CLASS_HELP, is_fatal=True)
            return found
        if not example.has_output or not example.output_text.strip():
            found.trouble(example.source, example.line, NO_OUTPUT, "Add a line “Output:” below its input.")
            continue
        try:
            values, note = _inputs(example, found, has_signature=signature is not None)
        except ArgumentError as error:
            found.trouble(example.source, example.line, str(error.args[0]), str(error.args[-1]))
            continue
        found.note(note)
        expected = _result(example, found.columns)
        _add(found, PastedCase("", values, expected, example.line, example.source))
    _limit(found, len(examples))
    return found


def program_cases(examples: Sequence[RawExample]) -> Found:
    """The examples of a program: what it reads, and what it should print."""
    found = Found(("input",))
    for example in examples[:MAX_CASES]:
        if not example.has_output:
            found.trouble(example.source, example.line, NO_OUTPUT, "Add a line “Output:” below its input.")
            continue
        inputs = (_lines(example.input_text),)
        _add(found, PastedCase("", inputs, _lines(example.output_text), example.line, example.source))
    _limit(found, len(examples))
    return found


def as_corrected(found: Found, form: PasteForm) -> None:
    """Take out what is not wanted, add what was written by hand, and put corrections where they belong."""
    kept = [case for case in found.cases if _texts(case) not in form.removed]
    width = len(found.columns)
    added = [
        replace(case, inputs=(*case.inputs, *[""] * width)[:width], is_added=True, source="cases")
        for case in form.added
    ]
    found.cases = [
        replace(case, name=case.name or f"{'case' if case.is_added else 'example'} {number}", found=_texts(case))
        for number, case in enumerate([*kept, *added], 1)
    ]
    for correction in form.corrections:
        if not 0 <= correction.case < len(found.cases):
            continue
        case = found.cases[correction.case]
        if correction.column >= width or cell_of(case, correction.column) != correction.found:
            continue
        found.cases[correction.case] = with_cell(case, correction.column, correction.wanted)


def _texts(case: PastedCase) -> tuple[str, ...]:
    return (*case.inputs, case.expected)


def cell_of(case: PastedCase, column: int) -> str:
    """The text of one cell of the table."""
    match column:
        case column if column == EXPECTED:
            return case.expected
        case column if column == NAME:
            return case.name
        case column if column == HIDDEN:
            return "hidden" if case.hidden else ""
    return case.inputs[column]


def with_cell(case: PastedCase, column: int, text: str) -> PastedCase:
    """The case with one cell changed."""
    if column == EXPECTED:
        return replace(case, expected=text)
    if column == NAME:
        return replace(case, name=text)
    if column == HIDDEN:
        return replace(case, hidden=bool(text))
    return replace(case, inputs=tuple(text if at == column else one for at, one in enumerate(case.inputs)))


def settled(found: Found, signature: FoundSignature | None, name: str, text: str) -> Signature | None:
    """The signature with every type known: as it was given, and by the cases where it leaves something open."""
    if signature is None and not found.cases:
        return None
    kinds = [kind for _, kind in signature.parameters] if signature is not None else [ANY] * len(found.columns)
    made = []
    for place, (column, kind) in enumerate(zip(found.columns, kinds, strict=True)):
        made.append((column, _settled(found, [case.inputs[place] for case in found.cases], kind, column, text)))
    returns = signature.returns if signature is not None else ANY
    if returns is VOID:
        returns = made[0][1] if made else INT
        what = f"the changed {made[0][0]}" if made else "something"
        found.note(f"The function returns nothing where this comes from; here it returns {what}.")
    else:
        is_open = returns is ANY
        returns = _settled(found, [case.expected for case in found.cases], returns, "", text)
        returns = _like_parameters(found, returns, [kind for _, kind in made], text) if is_open else returns
    return Signature(signature.name if signature is not None else name, tuple(made), returns)


def ready_cases(found: Found, signature: Signature | None) -> list[Case]:
    """The cases whose every value is of its type; what is wrong with the others becomes trouble."""
    made = []
    for number, case in enumerate(found.cases, 1):
        if signature is None:
            if not case.expected.strip() and not case.inputs[0].strip():
                found.trouble("cases", number, f"{case.name} is empty", _VALUE_HELP)
                continue
            made.append(Case(case.name, case.hidden, stdin=_ended(case.inputs[0]), stdout=_ended(case.expected)))
            continue
        try:
            pairs = zip(case.inputs, signature.parameters, strict=True)
            arguments = tuple(_value(found, text, kind, parameter) for text, (parameter, kind) in pairs)
            expected = _value(found, case.expected, signature.returns, "the result")
        except LiteralError as error:
            found.trouble("cases", number, f"{case.name}: {error}", _VALUE_HELP)
            continue
        made.append(Case(case.name, case.hidden, arguments=arguments, expected=expected))
    return made


def _value(found: Found, text: str, kind: ValueType, where: str) -> Any:
    try:
        value = value_of(text, kind)
    except LiteralError as error:
        raise LiteralError(f"{where}: {error}") from error
    if kind == STRING and not is_quoted(text):
        found.note("Texts without quotes are taken as they stand.")
    return value


def _settled(found: Found, texts: Sequence[str], kind: ValueType, column: str, text: str) -> ValueType:
    values = []
    for one in texts:
        try:
            values.append(read_literal(one))
        except LiteralError:
            if one[:1].isalpha():
                values.append(one)  # several words without quotes
    if kind is ANY and any("->" in one and not is_quoted(one) for one in texts):
        kind = LinkedListOf(ANY)
    try:
        return settle(kind, values, column, text) if kind is not ANY else infer(values or [0], column, text)
    except Unlike as error:
        what = f"the type of {column or 'the result'} cannot be told from the examples: {error}"
        found.trouble("signature", 0, what, "Write the signature with its types.", is_fatal=True)
        return INT


def _like_parameters(found: Found, returns: ValueType, kinds: Sequence[ValueType], text: str) -> ValueType:
    """A list that comes out where a linked list goes in is most likely one, too, if the text speaks of them."""
    linked = next((kind for kind in kinds if isinstance(kind, LinkedListOf)), None)
    if linked is None or not isinstance(returns, ListOf) or isinstance(returns.item, ListOf):
        return returns
    if "linked list" not in text.casefold():
        return returns
    found.note("The result is taken as a linked list; the signature can say otherwise.")
    return LinkedListOf(returns.item)


def _inputs(example: RawExample, found: Found, *, has_signature: bool) -> tuple[tuple[str, ...], str]:
    text = _unticked(without_comment(example.input_text))
    named = assignments(text)
    wanted = len(found.columns) if has_signature or found.cases else 0
    if named:
        if not found.columns and not has_signature:
            found.columns = tuple(snake(name) or f"value_{number}" for number, (name, _) in enumerate(named, 1))
        values, note = in_order(named, found.columns)
        return tuple(map(_flat, values)), note
    values = tuple(map(_flat, unnamed(text, wanted))) if text.strip() else ()
    if not found.columns and not has_signature and values:
        found.columns = _guessed_names(values)
    if len(values) != len(found.columns):
        takes = f"{len(found.columns)} value{'s' if len(found.columns) != 1 else ''}"
        words = f"its input has {len(values)} value{'s' if len(values) != 1 else ''}, and the function takes {takes}"
        raise ArgumentError(words, "Write it like “nums = [2, 7], target = 9”.")
    return values, ""


def _result(example: RawExample, columns: Sequence[str]) -> str:
    text = _unticked(without_comment(example.output_text))
    named = assignments(text)
    if len(named) == 1 and plain(text).strip().startswith(named[0][0]):
        text = named[0][1]
    lines = [line for line in text.split("\n") if line.strip()]
    return _flat(text if len(lines) != 1 else lines[0])


def _guessed_names(values: Sequence[str]) -> tuple[str, ...]:
    """Names for values that came without any."""
    made: list[str] = []
    for text in values:
        try:
            value = read_literal(text)
        except LiteralError:
            value = None
        name = {list: "values", str: "text", dict: "table", bool: "flag"}.get(type(value), "n")
        made.append(name if name not in made else f"{name}_{len(made) + 1}")
    return tuple(made)


def _unticked(text: str) -> str:
    """A text without the marks of code in Markdown around it."""
    bare = text.strip()
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == "`" and bare.count("`") == 2 else text


def _flat(text: str) -> str:
    """A value on one line, where that changes nothing."""
    text = plain(text).strip().rstrip(";").rstrip()
    return text if "\n" not in text else " ".join(line.strip() for line in text.split("\n") if line.strip())


def _lines(text: str) -> str:
    """A block of data without the button's word that pages copy along, and without blanks at the ends of its lines."""
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and (not lines[0] or lines[0].strip().casefold() == "copy"):
        lines.pop(0)
    while lines and (not lines[-1] or lines[-1].strip().casefold() == "copy"):
        lines.pop()
    return "\n".join(lines)


def _ended(text: str) -> str:
    return f"{text}\n" if text and not text.endswith("\n") else text


def _add(found: Found, case: PastedCase) -> None:
    if any((one.inputs, one.expected) == (case.inputs, case.expected) for one in found.cases):
        found.note("An example that stood there twice was taken once.")
    else:
        found.cases.append(case)


def _limit(found: Found, count: int) -> None:
    if count > MAX_CASES:
        found.note(f"Of {count} examples the first {MAX_CASES} were taken.")
