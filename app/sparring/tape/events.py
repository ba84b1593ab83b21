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


AnyTapeEvent = Edit | Cursor | Run | Phase | Clock | Stuck | Reveal | Walkthrough | Recording | Marker | Member
