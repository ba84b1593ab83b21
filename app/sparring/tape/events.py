"""What can be on a tape. Each type's tag is the `kind` column of the journal's table, its fields are the body."""

import msgspec


class TapeEvent(msgspec.Struct, frozen=True, tag_field="kind", tag=str.lower):
    """Something that happened."""


class Edit(TapeEvent, frozen=True):
    """A document changed: patches of (position, deleted, inserted), in code points, to be applied in order."""

    document: str
    patches: tuple[tuple[int, int, str], ...]


class Cursor(TapeEvent, frozen=True):
    """The cursor or selection moved, in code points."""

    document: str
    anchor: int
    head: int


class Run(TapeEvent, frozen=True):
    """My code was run against the cases."""

    passed: int
    total: int
    elapsed_ms: float


class Phase(TapeEvent, frozen=True):
    """The session went on to a phase."""

    phase: str
    block: int
    bell: bool


class Clock(TapeEvent, frozen=True):
    """The clock was paused, resumed, extended or started."""

    what: str


class Stuck(TapeEvent, frozen=True):
    """Somebody got stuck, or free again."""

    on: bool


class Reveal(TapeEvent, frozen=True):
    """The veil was lifted."""

    bell: bool


class Walkthrough(TapeEvent, frozen=True):
    """A walkthrough began or ended."""

    speaker: str
    started: bool


class Roles(TapeEvent, frozen=True):
    """In a mock interview this member asks from now on; `swapped` if they answered before."""

    interviewer: str
    swapped: bool


class Hint(TapeEvent, frozen=True):
    """A rung of the ladder was given by the interviewer (with its words) or taken by oneself (without)."""

    number: int
    text: str


class Complexity(TapeEvent, frozen=True):
    """Somebody said what their solution costs."""

    time: str
    space: str


class Nudge(TapeEvent, frozen=True):
    """Somebody nudged the other: `more-time`, `reveal` or `hint`."""

    nudge: str


class Details(TapeEvent, frozen=True):
    """Somebody wants to see difficulty and topics while solving, or no longer."""

    on: bool


class Recording(TapeEvent, frozen=True):
    """Audio began or ended; `path` is relative to the profile folder."""

    path: str
    started: bool


class Marker(TapeEvent, frozen=True):
    """A place worth finding again."""

    text: str


class Member(TapeEvent, frozen=True):
    """Somebody came or went."""

    name: str
    present: bool


AnyTapeEvent = (
    Edit
    | Cursor
    | Run
    | Phase
    | Clock
    | Stuck
    | Reveal
    | Walkthrough
    | Roles
    | Hint
    | Complexity
    | Nudge
    | Details
    | Recording
    | Marker
    | Member
)
