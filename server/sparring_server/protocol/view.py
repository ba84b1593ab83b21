"""What a room looks like from outside: plain values that the server sends and the app shows."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from sparring_server.protocol import limits

Text = Annotated[str, msgspec.Meta(max_length=limits.MAX_NAME_LENGTH)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_NAME_LENGTH)]
Role = Literal["member", "observer"]
NudgeKind = Literal["more-time", "reveal", "hint"]
"""What a nudge suggests: two more minutes, lifting the veil, a hint."""


class Phase(StrEnum):
    """Where a session is. `lobby` opens every round; `ended` is final."""

    LOBBY = "lobby"
    FOCUS = "focus"
    BREAK = "break"
    REVEAL = "reveal"
    WALKTHROUGH = "walkthrough"
    WRAP_UP = "wrap-up"
    ENDED = "ended"


class Format(StrEnum):
    """How a round is worked on."""

    SIDE_BY_SIDE = "side-by-side"
    PAIR = "pair"
    MOCK = "mock"
    SOLO = "solo"


class Plan(msgspec.Struct, frozen=True):
    """What the partners agreed for the session, before the first block."""

    north_star: Annotated[str, msgspec.Meta(max_length=limits.MAX_NORTH_STAR_LENGTH)] = ""
    call_link: Annotated[str, msgspec.Meta(max_length=limits.MAX_CALL_LINK_LENGTH)] = ""
    format: Format = Format.SIDE_BY_SIDE
    focus_minutes: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_FOCUS_MINUTES)] = 25
    break_minutes: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_BREAK_MINUTES)] = 5
    blocks: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_BLOCKS)] = 2
    """Focus blocks in a round, with a break between two."""
    auto_start_focus: bool = True
    """After a break the next block begins by itself."""
    auto_start_break: bool = True
    swap_roles: bool = True
    """In a mock interview of several blocks, each next block has the other as interviewer."""


class ProblemRef(msgspec.Struct, frozen=True):
    """Which problem was picked. The server knows no problem bank; both apps look it up in theirs."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_PROBLEM_ID_LENGTH)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_PROBLEM_TITLE_LENGTH)]
    digest: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""
    """SHA-256 of the problem's folder, so that both know whether they have the same version; empty if not said."""


class Member(msgspec.Struct, frozen=True):
    """One seat of the room."""

    id: str
    name: str
    role: Role


class Timer(msgspec.Struct, frozen=True):
    """The clock of a timed phase. Exactly one of `deadline_ms` and `remaining_ms` is set."""

    total_ms: int
    deadline_ms: int | None = None
    """Server time at which the bell rings, while the clock runs."""
    remaining_ms: int | None = None
    """What is left, while it stands still."""
    paused_by: str | None = None
    """The member who paused it; None in a phase that waits for its manual start."""

    @property
    def is_running(self) -> bool:
        return self.deadline_ms is not None

    @property
    def is_waiting(self) -> bool:
        """Nobody has started this phase yet."""
        return self.deadline_ms is None and self.paused_by is None


class Hint(msgspec.Struct, frozen=True):
    """A rung of the problem's ladder that somebody has seen."""

    number: int
    """The rung, from 1."""
    to: str
    """The member who has it."""
    text: str = ""
    """The interviewer's words; empty where a member took the hint from their own app."""


class Complexity(msgspec.Struct, frozen=True):
    """What a member says their solution costs, such as "O(n log n)"."""

    member: str
    time: str
    space: str = ""


class LatestNudge(msgspec.Struct, frozen=True):
    """The last nudge of a member in this round."""

    member: str
    kind: NudgeKind
    at_ms: int


class RoomView(msgspec.Struct, frozen=True):
    """The whole public state of a room after event `number`. Small: it travels with every event."""

    number: int = 0
    """The number of the last event that is part of this state."""
    phase: Phase = Phase.LOBBY
    plan: Plan = Plan()
    members: tuple[Member, ...] = ()
    opener: str = ""
    """The member who opened the room and may change its invite; empty in rooms that are older than this."""
    round: int = 1
    block: int = 0
    """The focus block of this round, from 1; 0 before the first."""
    problem: ProblemRef | None = None
    suggested_by: str = ""
    """Who suggested `problem`; empty once it is settled, which it is when work on it begins."""
    agreed: tuple[str, ...] = ()
    """Members who agree with what is suggested; who suggests it does."""
    timer: Timer | None = None
    stuck: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()
    """Members who pressed Reveal."""
    revealed: bool = False
    speaker: str | None = None
    """Whose walkthrough it is."""
    spoken: tuple[str, ...] = ()
    """Members whose walkthrough of this round is over."""
    feedback_from: tuple[str, ...] = ()
    interviewer: str | None = None
    """In a mock: who asks now; None until it is chosen or the first block begins."""
    candidates: tuple[str, ...] = ()
    """In a mock: who has been the candidate of a block of this round. Only their editors are on the wire."""
    hints: tuple[Hint, ...] = ()
    """Those of this round's problem, oldest first."""
    details: tuple[str, ...] = ()
    """Members who want to see difficulty and topics while they solve."""
    complexities: tuple[Complexity, ...] = ()
    latest_nudges: tuple[LatestNudge, ...] = ()

    def member(self, member_id: str) -> Member | None:
        """The seat with this id, or None."""
        return next((member for member in self.members if member.id == member_id), None)

    @property
    def partners(self) -> tuple[Member, ...]:
        """Those who practise, without the observers."""
        return tuple(member for member in self.members if member.role == "member")

    @property
    def keyholder(self) -> str:
        """The member who may remove others and change the invite: who opened the room."""
        partners = self.partners
        return self.opener or (partners[0].id if partners else "")

    def awaited(self, present: Collection[str] | None = None) -> tuple[Member, ...]:
        """The partners who still have to agree with what is suggested: of those with these ids, or of both."""
        if not self.suggested_by:
            return ()
        asked = self.partners if present is None else [one for one in self.partners if one.id in present]
        return tuple(one for one in asked if one.id not in self.agreed)

    @property
    def candidate(self) -> str | None:
        """In a mock: who is interviewed now; None while there are no roles."""
        if self.interviewer is None:
            return None
        return next((partner.id for partner in self.partners if partner.id != self.interviewer), None)

    @property
    def default_interviewer(self) -> str | None:
        """Who asks first if nobody chooses: who opened the room in odd rounds, the other in even ones."""
        partners = self.partners
        return partners[(self.round - 1) % len(partners)].id if partners else None

    @property
    def solvers(self) -> tuple[str, ...]:
        """Those with a solution of their own to explain: both partners, or a mock's candidates."""
        return self.candidates or tuple(partner.id for partner in self.partners)

    def shows_details_to(self, member_id: str) -> bool:
        """Whether this seat shows difficulty and topics now: while solving only an interviewer's, unless both agree."""
        is_solving = self.phase in (Phase.FOCUS, Phase.BREAK)
        return not is_solving or member_id == self.interviewer or {one.id for one in self.partners} <= set(self.details)
