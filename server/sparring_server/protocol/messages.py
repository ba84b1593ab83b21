"""Stateless messages: commands from a client, and what the server says, as JSON on the `session` document.

Each is a type with one line of meaning. `decode_command` and `decode_notice` are the only ways in.
"""

import re
from typing import Annotated

import msgspec

from sparring_server.protocol import limits
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.token import Secret
from sparring_server.protocol.view import Member, Name, NudgeKind, Plan, ProblemRef, RoomView

HintNumber = Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_HINTS)]
_COMPLEXITY = msgspec.Meta(max_length=limits.MAX_COMPLEXITY_LENGTH)


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


# Commands: client to server.


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="command", tag=_kebab):
    """Something a member wants. `ref` is the client's own number, echoed in a refusal."""

    ref: int = 0


class Join(Command, frozen=True, kw_only=True):
    """I am here, and this is my name."""

    name: Name


class SetPlan(Command, frozen=True, kw_only=True):
    """Change the session's plan; only in the lobby."""

    plan: Plan


class PickProblem(Command, frozen=True, kw_only=True):
    """Suggest this problem for the round; only in the lobby, and for the next interview in the break of a mock."""

    problem: ProblemRef | None


class Agree(Command, frozen=True, kw_only=True):
    """I agree with this problem, which is the suggested one, or no longer."""

    problem: ProblemRef
    on: bool = True


class Start(Command, frozen=True, kw_only=True):
    """Start the first block, or a phase that waits for its manual start."""


class Pause(Command, frozen=True, kw_only=True):
    """Stop the running clock, for both."""


class Resume(Command, frozen=True, kw_only=True):
    """Let a paused clock run on."""


class Extend(Command, frozen=True, kw_only=True):
    """Two more minutes."""


class Skip(Command, frozen=True, kw_only=True):
    """End the break now."""


class Stuck(Command, frozen=True, kw_only=True):
    """I am stuck, or no longer."""

    on: bool


class Reveal(Command, frozen=True, kw_only=True):
    """I am ready to lift the veil, or no longer; it lifts when both are."""

    ready: bool


class StartWalkthrough(Command, frozen=True, kw_only=True):
    """This member explains their solution now."""

    speaker: str


class StopWalkthrough(Command, frozen=True, kw_only=True):
    """The walkthrough of the one who speaks is over."""


class GiveFeedback(Command, frozen=True, kw_only=True):
    """My scores and words for my partner's round."""

    scores: Annotated[dict[str, Annotated[int, msgspec.Meta(ge=1, le=4)]], msgspec.Meta(max_length=16)] = {}
    text: Annotated[str, msgspec.Meta(max_length=limits.MAX_FEEDBACK_LENGTH)] = ""


class SetRoles(Command, frozen=True, kw_only=True):
    """This member asks first in the mock interview, the other answers; only in the lobby."""

    interviewer: str


class GiveHint(Command, frozen=True, kw_only=True):
    """The interviewer shows the candidate rung `number` of the ladder."""

    number: HintNumber
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_HINT_LENGTH)]


class TakeHint(Command, frozen=True, kw_only=True):
    """I look at rung `number` of the ladder in my own app; not in a mock."""

    number: HintNumber


class ShowDetails(Command, frozen=True, kw_only=True):
    """I want to see difficulty and topics while solving, or no longer; they show when both do."""

    on: bool


class ClaimComplexity(Command, frozen=True, kw_only=True):
    """What my solution costs, such as "O(n log n)"; not before the veil is lifted."""

    time: Annotated[str, msgspec.Meta(min_length=1), _COMPLEXITY]
    space: Annotated[str, _COMPLEXITY] = ""


class Nudge(Command, frozen=True, kw_only=True):
    """A tap on the partner's shoulder: `more-time`, `reveal` or `hint`."""

    kind: NudgeKind


class Say(Command, frozen=True, kw_only=True):
    """A line of chat."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=limits.MAX_CHAT_LENGTH)]


class WrapUp(Command, frozen=True, kw_only=True):
    """Go to the wrap-up without further walkthroughs."""


class NextRound(Command, frozen=True, kw_only=True):
    """Back to the lobby for another round."""


class End(Command, frozen=True, kw_only=True):
    """End the session for both."""


class RotateInvite(Command, frozen=True, kw_only=True):
    """The room's secret is this from now on, and who is named is removed; for who opened the room."""

    secret: Secret
    remove: str = ""
    """A member's id; empty to change the secret only."""

    def __repr__(self) -> str:
        return f"RotateInvite(ref={self.ref!r}, remove={self.remove!r})"


class CatchUp(Command, frozen=True, kw_only=True):
    """Send me the numbered events after `since` once more."""

    since: Annotated[int, msgspec.Meta(ge=0)]


class TimePing(Command, frozen=True, kw_only=True):
    """What time is it? `t0` is the client's own clock, echoed."""

    t0: float


AnyCommand = (
    Join
    | SetPlan
    | PickProblem
    | Agree
    | Start
    | Pause
    | Resume
    | Extend
    | Skip
    | Stuck
    | Reveal
    | StartWalkthrough
    | StopWalkthrough
    | GiveFeedback
    | SetRoles
    | GiveHint
    | TakeHint
    | ShowDetails
    | ClaimComplexity
    | Nudge
    | Say
    | WrapUp
    | NextRound
    | End
    | RotateInvite
    | CatchUp
    | TimePing
)

# Changes: what an event says happened.


class Change(msgspec.Struct, frozen=True, tag_field="change", tag=_kebab):
    """What happened in one event."""


class MemberJoined(Change, frozen=True):
    """A seat was taken, or its name changed."""

    member: Member


class InviteRotated(Change, frozen=True):
    """The room has a new secret, and `removed` (nobody if null) has no seat in it any more."""

    removed: Member | None = None


class PlanChanged(Change, frozen=True):
    """The plan is now this."""

    plan: Plan


class ProblemPicked(Change, frozen=True):
    """This problem is suggested for the round now, or none; who picked it agrees with it, and nobody else yet."""

    problem: ProblemRef | None


class AgreementMarked(Change, frozen=True):
    """A member agrees with the suggested problem, or no longer."""

    on: bool


class PhaseChanged(Change, frozen=True):
    """The session went on to its next phase; `bell` if the clock did it."""

    phase: str
    round: int
    block: int
    bell: bool = False


class TimerStarted(Change, frozen=True):
    """A phase that waited was started."""


class TimerPaused(Change, frozen=True):
    """The clock stands still."""


class TimerResumed(Change, frozen=True):
    """The clock runs on."""


class TimerExtended(Change, frozen=True):
    """Two more minutes were given."""


class StuckMarked(Change, frozen=True):
    """A member is stuck, or no longer."""

    on: bool


class ReadyMarked(Change, frozen=True):
    """A member is ready to lift the veil, or no longer."""

    ready: bool


class Revealed(Change, frozen=True):
    """The veil is lifted: apps attach their editors now. `bell` if the clock did it."""

    bell: bool = False


class WalkthroughStarted(Change, frozen=True):
    """A member began to explain their solution."""

    speaker: str


class WalkthroughStopped(Change, frozen=True):
    """A member's walkthrough is over."""

    speaker: str


class FeedbackGiven(Change, frozen=True):
    """A member gave feedback on their partner's round."""

    round: int
    scores: dict[str, int]
    text: str


class RolesSet(Change, frozen=True):
    """In a mock interview this member asks first, the other answers."""

    interviewer: str


class RolesSwapped(Change, frozen=True):
    """A block of a mock is over: the candidate is the interviewer from now on."""

    interviewer: str


class HintGiven(Change, frozen=True):
    """The interviewer gave the candidate a hint: rung `number`, in these words."""

    number: int
    text: str


class HintTaken(Change, frozen=True):
    """A member looked at a hint; each app has the ladder, so its text stays there."""

    number: int


class DetailsWanted(Change, frozen=True):
    """A member wants to see difficulty and topics while solving, or no longer."""

    on: bool


class ComplexityClaimed(Change, frozen=True):
    """A member said what their solution costs."""

    time: str
    space: str


class Nudged(Change, frozen=True):
    """A member nudged their partner: `more-time`, `reveal` or `hint`."""

    kind: NudgeKind


class Said(Change, frozen=True):
    """A line of chat."""

    text: str


AnyChange = (
    MemberJoined
    | InviteRotated
    | PlanChanged
    | ProblemPicked
    | AgreementMarked
    | PhaseChanged
    | TimerStarted
    | TimerPaused
    | TimerResumed
    | TimerExtended
    | StuckMarked
    | ReadyMarked
    | Revealed
    | WalkthroughStarted
    | WalkthroughStopped
    | FeedbackGiven
    | RolesSet
    | RolesSwapped
    | HintGiven
    | HintTaken
    | DetailsWanted
    | ComplexityClaimed
    | Nudged
    | Said
)

# Notices: server to client.


class Notice(msgspec.Struct, frozen=True, tag_field="notice", tag=_kebab):
    """Something the server says to a client."""


class Snapshot(Notice, frozen=True):
    """The room as it is, on attach. `clock_rate` is 1 but for time-compressed demos."""

    view: RoomView
    server_time_ms: float
    clock_rate: float = 1.0


class Event(Notice, frozen=True):
    """Event `number` of this room: what changed, when (server time), by whom (empty: the clock); `view` is after it."""

    number: int
    at_ms: int
    by: str
    change: AnyChange
    view: RoomView


class Missed(Notice, frozen=True):
    """The answer to CatchUp, in several if long: events, oldest first. `complete` is false if older ones are gone."""

    events: tuple[Event, ...]
    complete: bool


class Refused(Notice, frozen=True):
    """A command was not carried out; `reason` is a sentence for people."""

    ref: int
    reason: str


class TimePong(Notice, frozen=True):
    """The answer to TimePing."""

    t0: float
    server_time_ms: float


class StorageTrouble(Notice, frozen=True):
    """The server cannot save (`failing`), or can again; until then nothing is acknowledged and apps keep everything."""

    failing: bool


class InviteChanged(Notice, frozen=True):
    """The room's secret is this now: for the members who are there, and for one who came in with the secret before."""

    secret: str

    def __repr__(self) -> str:
        return "InviteChanged()"


AnyNotice = Snapshot | Event | Missed | Refused | TimePong | StorageTrouble | InviteChanged


_QUOTED = re.compile(r"'.*'", re.DOTALL)
_commands: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_notices: msgspec.json.Decoder[AnyNotice] = msgspec.json.Decoder(AnyNotice)
_encoder = msgspec.json.Encoder()


class UnknownCommand(MalformedData):
    """The text is JSON but no command of this version; a newer app may send one."""


def encode_message(message: Command | Notice) -> str:
    """The JSON text of a Stateless frame."""
    return _encoder.encode(message).decode()


def decode_command(text: str) -> AnyCommand:
    """The command in a Stateless frame.

    Raises `UnknownCommand` for JSON that is no valid command, and `MalformedData` for what is not JSON.
    """
    if len(text) > limits.MAX_STATELESS_BYTES:
        raise MalformedData(f"a command of more than {limits.MAX_STATELESS_BYTES} characters")
    try:
        return _commands.decode(text)
    except msgspec.ValidationError as error:
        # What the library quotes is the client's, and goes into a log: it may be a secret in the wrong place.
        raise UnknownCommand(_QUOTED.sub("…", str(error))) from None
    except msgspec.DecodeError as error:
        raise MalformedData(f"not JSON: {error}") from None


def decode_notice(text: str) -> AnyNotice:
    """What the server said. Raises `MalformedData` for anything else."""
    try:
        return _notices.decode(text)
    except msgspec.MsgspecError as error:
        raise MalformedData(f"not a notice of this version: {error}") from None


class _Ref(msgspec.Struct):
    ref: int = 0


def command_ref(text: str) -> int:
    """The sender's number of a command that is otherwise not understood; 0 if even that cannot be read."""
    try:
        return msgspec.json.decode(text, type=_Ref).ref
    except msgspec.MsgspecError:
        return 0
