"""What a room looks like from outside: plain values that the server sends and the app shows."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from sparring_server.protocol import limits

Text = Annotated[str, msgspec.Meta(max_length=limits.MAX_NAME_LENGTH)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_NAME_LENGTH)]
Role = Literal["member", "observer"]


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


class ProblemRef(msgspec.Struct, frozen=True):
    """Which problem was picked. The server knows no problem bank; both apps look it up in theirs."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_PROBLEM_ID_LENGTH)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_PROBLEM_TITLE_LENGTH)]


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


class RoomView(msgspec.Struct, frozen=True):
    """The whole public state of a room after event `number`. Small: it travels with every event."""

    number: int = 0
    """The number of the last event that is part of this state."""
    phase: Phase = Phase.LOBBY
    plan: Plan = Plan()
    members: tuple[Member, ...] = ()
    round: int = 1
    block: int = 0
    """The focus block of this round, from 1; 0 before the first."""
    problem: ProblemRef | None = None
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

    def member(self, member_id: str) -> Member | None:
        """The seat with this id, or None."""
        return next((member for member in self.members if member.id == member_id), None)

    @property
    def partners(self) -> tuple[Member, ...]:
        """Those who practise, without the observers."""
        return tuple(member for member in self.members if member.role == "member")
