"""Rows of the journal as values. Keys are UUIDs and times are UTC in ISO 8601, so that two journals can be merged."""

from datetime import UTC, datetime

from msgspec import Struct


def new_key() -> str:
    """A fresh key."""
    import uuid  # Late: the first screen needs no new key, and this looks at the whole machine when it is loaded.

    return str(uuid.uuid4())


def utc_now() -> str:
    """Now, as the journal writes times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class SessionRecord(Struct, frozen=True):
    """One session, with what is needed to come back to it. The link and the key are secrets: hidden in `repr`."""

    id: str
    room: str
    invite: str
    member: str
    member_key: str
    is_host: bool
    started_at: str
    partner: str = ""
    north_star: str = ""
    format: str = ""
    ended_at: str | None = None
    started_ms: int = 0
    """Server time at which the tape begins."""

    def __repr__(self) -> str:
        return f"SessionRecord({self.id!r}, room={self.room!r}, partner={self.partner!r})"


class RoundRecord(Struct, frozen=True):
    """One round of a session: the problem and what became of it."""

    id: str
    session: str
    number: int
    problem_id: str
    problem_title: str
    started_at: str
    topics: tuple[str, ...] = ()
    difficulty: str = ""
    statement: str = ""
    ended_at: str | None = None
    outcome: str = ""
    """"passed", "not finished" or "interviewed"; empty while it goes on."""
    struggle: str = ""
    """"again", "hard", "good" or "easy"; empty until rated."""
    tags: tuple[str, ...] = ()
    takeaway: str = ""
    at_ms: int = 0
    """Where it begins on the tape."""
    format: str = ""
    role: str = ""
    """Mine in a mock interview: "candidate", "interviewer", or "both" if we took turns at one problem."""


class RoundFilter(Struct, frozen=True):
    """What to list. Empty fields let everything through."""

    text: str = ""
    topic: str = ""
    partner: str = ""
    struggled: bool = False


class RoundSummary(Struct, frozen=True):
    """A round as a list shows it."""

    id: str
    problem_title: str
    topics: tuple[str, ...]
    partner: str
    started_at: str
    outcome: str
    struggle: str


class ProblemPast(Struct, frozen=True):
    """What the journal knows of a problem over all rounds."""

    problem_id: str
    seen_at: str
    """When its last round began."""
    struggle: str = ""
    """The last rating of it; empty if it was never rated."""
    rated_at: str = ""
    """When the round began that was rated so."""


class Recording(Struct, frozen=True):
    """A recorded walkthrough: a file below the profile folder."""

    id: str
    speaker: str
    """"me" or "partner"."""
    path: str
    duration_ms: int
    at_ms: int
    """Where it begins on the tape."""


class HintSeen(Struct, frozen=True):
    """A rung of the ladder that somebody has seen."""

    whose: str
    """Who saw it: "me" or "partner"."""
    number: int
    text: str = ""
    """Empty for one that my partner took without me."""


class ClaimMade(Struct, frozen=True):
    """What somebody said their solution costs."""

    time: str = ""
    space: str = ""


class ChatSaid(Struct, frozen=True):
    """A line of chat."""

    name: str
    """Who wrote it, as they were called then."""
    text: str
    is_mine: bool
    at_ms: int


class ParkedThought(Struct, frozen=True):
    """A stray thought, for later."""

    id: str
    at_ms: int
    text: str
    round: str = ""
    """The round in which it came up; empty before the first."""
    decision: str = ""
    """"kept" or "dismissed"; empty until decided."""


class OwnCase(Struct, frozen=True):
    """A case that I have added to a problem, as I typed it: it may not fit the problem, and is kept all the same."""

    id: str
    problem_id: str
    made_at: str
    name: str
    inputs: tuple[str, ...]
    """JSON for each parameter; for a program its standard input, alone."""
    expected: str
    """JSON, or what a program prints."""


class RoundDetail(Struct, frozen=True):
    """Everything the journal has of a round."""

    round: RoundRecord
    partner: str
    my_code: str
    partner_code: str
    notes: str
    my_feedback: tuple[dict[str, int], str]
    partner_feedback: tuple[dict[str, int], str]
    runs: int
    passed: int
    total: int
    recordings: tuple[Recording, ...]
    me: str = ""
    """My member id in that session; what I drew carries it."""
    board: str = ""
    """The sketch board's elements as JSON; empty if nothing was drawn."""
    hints: tuple[HintSeen, ...] = ()
    my_claim: ClaimMade = ClaimMade()
    partner_claim: ClaimMade = ClaimMade()
    chat: tuple[ChatSaid, ...] = ()
    thoughts: tuple[ParkedThought, ...] = ()
    """Those of the round that were not dismissed."""
    language: str = "python"
    """Of the code; "markdown" where an oral prompt was answered and these are notes."""
    partner_language: str = "python"


class TapeRow(Struct, frozen=True):
    """One event of a session's timeline."""

    seq: int
    at_ms: int
    """Since the session's start."""
    lane: str
    """"me", "partner" or "room"."""
    round: int
    kind: str
    body: str
    """JSON."""
