"""What is pasted, and what was made of it: values that a form can show and correct."""

from dataclasses import dataclass, field, replace
from typing import Literal

from sparring.problems.model import Case, Comparison, Difficulty, Signature

Mode = Literal["function", "program"]
Source = Literal["text", "signature", "examples", "cases", "link"]


@dataclass(frozen=True)
class Trouble:
    """Something that was not understood: where, what is wrong, and what would help."""

    source: Source
    line: int
    """From 1, in the field where it stands; 0 if no line can be named. For "cases", the number of the case."""
    words: str
    help: str = ""
    is_fatal: bool = True
    """Whether the problem cannot be kept before this is mended, or goes without the case."""


@dataclass(frozen=True)
class PastedCase:
    """An example as texts: one for each argument and one for the result, or input and output of a program."""

    name: str
    inputs: tuple[str, ...]
    expected: str
    line: int = 0
    source: Source = "text"
    hidden: bool = False
    is_added: bool = False
    """Written by hand in the table, and found in no text."""
    found: tuple[str, ...] = ()
    """Its inputs and its result as they stand in the text, before corrections."""


@dataclass(frozen=True)
class Correction:
    """One cell of the table as a person wants it; it holds as long as what was found there stays the same."""

    case: int
    column: int
    """0, 1, … the inputs; `EXPECTED` the result; `NAME` and `HIDDEN` likewise."""
    found: str
    wanted: str


EXPECTED, NAME, HIDDEN = -1, -2, -3


@dataclass(frozen=True)
class PasteForm:
    """What a person pasted, and what they corrected."""

    text: str = ""
    link: str = ""
    signature: str = ""
    examples: str = ""
    title: str = ""
    """Instead of the one that is found; likewise the following."""
    difficulty: str = ""
    topics: str = ""
    mode: Literal["", "function", "program"] = ""
    corrections: tuple[Correction, ...] = ()
    removed: frozenset[tuple[str, ...]] = frozenset()
    """Found cases that are not wanted, each by its texts."""
    added: tuple[PastedCase, ...] = ()


@dataclass(frozen=True)
class Pasted:
    """What was understood. `troubles` says what was not; the rest can be used all the same."""

    title: str = ""
    statement: str = field(default="", repr=False)
    link: str = ""
    mode: Mode = "function"
    signature: Signature | None = None
    signature_words: str = ""
    columns: tuple[str, ...] = ()
    """What the inputs are called."""
    cases: tuple[PastedCase, ...] = ()
    ready: tuple[Case, ...] = field(default=(), repr=False)
    """Those whose every value is of its type."""
    difficulty: Difficulty = Difficulty.MEDIUM
    topics: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    follow_ups: str = ""
    comparison: Comparison = field(default_factory=Comparison)
    time_limit_s: float = 2.0
    memory_limit_mb: int = 256
    notes: tuple[str, ...] = ()
    """What was decided without being asked."""
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was pasted yet."""
        return not self.title and not self.statement and not self.cases

    @property
    def can_be_kept(self) -> bool:
        """Whether a problem can be made of it."""
        return (
            not self.is_empty
            and bool(self.ready)
            and bool(self.title)
            and not any(one.is_fatal for one in self.troubles)
        )


def corrected(form: PasteForm, case: int, column: int, found: str, wanted: str) -> PasteForm:
    """The form with a cell of the table changed; what is as it was found is no correction."""
    before = next((one for one in form.corrections if (one.case, one.column) == (case, column)), None)
    if before is not None and before.wanted == found:
        # Corrected once more: what holds it is still what was found at first.
        found = before.found
    others = tuple(one for one in form.corrections if one is not before)
    mine = () if found == wanted else (Correction(case, column, found, wanted),)
    return replace(form, corrections=others + mine)


def with_case(form: PasteForm) -> PasteForm:
    """The form with an empty case at the end of the table."""
    return replace(form, added=(*form.added, PastedCase("", (), "", is_added=True, source="cases")))


def without_case(form: PasteForm, pasted: Pasted, number: int) -> PasteForm:
    """The form without a case of the table; corrections of those below go along with them."""
    if not 0 <= number < len(pasted.cases):
        return form
    case, corrections = pasted.cases[number], []
    for one in form.corrections:
        if one.case != number:
            corrections.append(replace(one, case=one.case - (one.case > number)))
    form = replace(form, corrections=tuple(corrections))
    if not case.is_added:
        return replace(form, removed=form.removed | {case.found})
    place = number - sum(not one.is_added for one in pasted.cases)
    return replace(form, added=form.added[:place] + form.added[place + 1 :])
