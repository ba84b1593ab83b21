"""The values that the parts of the engine hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import NamedTuple

from sparring.editing.languages import Language
from sparring.editing.model import Change, Edit, Selection
from sparring.editing.vim.registers import Registers

MAX_COUNT = 99_999
"""No count is taken to be higher."""
MAX_INSERTED = 1_000_000
"""Code points that one key may insert, so that a slip like 99999p harms nobody."""


def is_named(key: str) -> bool:
    """Whether the key is a name like "<Left>" and not what it types."""
    return len(key) > 2 and key.startswith("<") and key.endswith(">")


class Mode(StrEnum):
    """What keys mean now."""

    NORMAL = "normal"
    INSERT = "insert"
    VISUAL = "visual"
    VISUAL_LINE = "visual-line"
    REPLACE = "replace"
    COMMAND = "command"
    """A line is being typed after / ? or :"""

    @property
    def is_visual(self) -> bool:
        return self in (Mode.VISUAL, Mode.VISUAL_LINE)


@dataclass(frozen=True, slots=True)
class Response:
    """What is to be done about a key.

    If it was not `handled`, the editor does with it what it always does. Else: apply `change` if there is one, then
    show `selection` if there is one (in terms of the text after the change), then do what is asked:
    "undo", "redo" (`count` times), "half-page-down", "half-page-up", "page-down", "page-up", "line-down", "line-up"
    (scroll by `count`), "centre", "top", "bottom" (show the cursor's line there).
    """

    handled: bool
    change: Change | None = None
    selection: Selection | None = None
    ask: str = ""
    count: int = 1
    message: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One whole command, as it was typed: what `.` repeats."""

    action: str
    """The name of a command, an operator, or "move" and "select" with a motion or a text object."""
    register: str = ""
    count: int | None = None
    """All counts that were typed, multiplied."""
    motion: str = ""
    """For operators; "line" if the operator was doubled."""
    argument: str = ""
    """What follows f, r, m or a prompt."""


class Kind(Enum):
    """What an operator takes of the text between the cursor and a motion's goal."""

    EXCLUSIVE = "exclusive"
    INCLUSIVE = "inclusive"
    LINEWISE = "linewise"


class Target(NamedTuple):
    """Where a motion goes."""

    position: int
    kind: Kind = Kind.EXCLUSIVE
    column: int | None = None
    """The column to keep when moving on up or down, if it is not the position's own."""
    message: str = ""


class Span(NamedTuple):
    """What an operator works on; of whole lines, `stop` is before the last one's line break."""

    start: int
    stop: int
    linewise: bool = False
    origin: int = -1
    """Where the cursor goes if the operator leaves the text alone; by default the start."""

    @property
    def cursor(self) -> int:
        return self.start if self.origin < 0 else self.origin


class Shape(NamedTuple):
    """How much a visual selection took, to take as much again."""

    linewise: bool
    lines: int
    characters: int
    """In the last line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command does, before it becomes a response. Positions are those of the text after the edits."""

    cursor: int
    edits: tuple[Edit, ...] = ()
    mode: Mode = Mode.NORMAL
    anchor: int | None = None
    """Where a visual selection begins."""
    column: int | None = None
    ask: str = ""
    count: int = 1
    message: str = ""
    copies: int = 1
    """How often what is typed next is to stand there in the end."""
    opened: bool = False
    """Each copy is a line of its own."""
    indented: bool = False
    """The line has an indentation that is of no use if nothing is typed."""


@dataclass(slots=True)
class Memory:
    """What outlives a command."""

    registers: Registers
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Line, from 0, and column: a mark stays near its place when others type."""
    found: tuple[str, str] | None = None
    """The last of f F t T, and its character."""
    pattern: str = ""
    forward: bool = True
    """The direction of the last search."""
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """What a command sees: the text as it is now, and the cursor in it."""

    text: str
    cursor: int
    language: Language
    memory: Memory
    mode: Mode = Mode.NORMAL
    anchor: int | None = None
    column: int | None = None
    """The column to keep, if the last key moved up or down."""
    operator: str = ""

    @property
    def is_visual(self) -> bool:
        return self.anchor is not None


class CannotError(Exception):
    """A command cannot be done here; its words, if any, are for the person."""


Motion = Callable[[Moment, int | None, str], Target | None]
"""From a moment, a count and an argument to a goal; None if there is no such place."""
