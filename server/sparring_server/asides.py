"""What partners tell one another beside the clock: roles of a mock interview, hints, nudges, claims. Moves no phase."""

from sparring_server.protocol import limits, messages
from sparring_server.protocol.view import Complexity, Format, Hint, LatestNudge, Phase
from sparring_server.turn import AFTER_REVEAL, WRITING, Refusal, Turn, marked

AnyAside = (
    messages.SetRoles
    | messages.GiveHint
    | messages.TakeHint
    | messages.ShowDetails
    | messages.ClaimComplexity
    | messages.Nudge
)


def carry_out(turn: Turn, command: AnyAside) -> None:
    """Carry out one of these commands. Raises `Refusal`."""
    match command:
        case messages.SetRoles():
            _set_roles(turn, command.interviewer)
        case messages.GiveHint():
            _give_hint(turn, command.number, command.text)
        case messages.TakeHint():
            _take_hint(turn, command.number)
        case messages.ShowDetails():
            wanted = marked(turn.view.details, turn.by, command.on)
            if wanted != turn.view.details:
                turn.happened(messages.DetailsWanted(command.on), details=wanted)
        case messages.ClaimComplexity():
            _claim_complexity(turn, command.time.strip(), command.space.strip())
        case messages.Nudge():
            _nudge(turn, command)


# Roles.


def _set_roles(turn: Turn, interviewer: str) -> None:
    turn.only_in(Phase.LOBBY, words="The roles are chosen before the first block.")
    if turn.view.plan.format is not Format.MOCK:
        raise Refusal("Only a mock interview has roles. Choose that format first.")
    if interviewer not in {partner.id for partner in turn.view.partners}:
        raise Refusal("Only one of the two partners can be the interviewer.")
    if interviewer != turn.view.interviewer:
        turn.happened(messages.RolesSet(interviewer), interviewer=interviewer)


def take_roles(turn: Turn) -> None:
    """The first block begins: somebody must ask, chosen or not."""
    interviewer = turn.view.default_interviewer
    if turn.view.interviewer is None and interviewer is not None:
        turn.happened(messages.RolesSet(interviewer), interviewer=interviewer)


def swap_roles(turn: Turn) -> None:
    """A block is over, and another comes: the candidate asks."""
    interviewer = turn.view.candidate
    if interviewer is not None:
        turn.happened(messages.RolesSwapped(interviewer), interviewer=interviewer)


# Hints.


def _give_hint(turn: Turn, number: int, text: str) -> None:
    turn.only_in(*WRITING, words="Hints are for the focus blocks.")
    candidate = turn.view.candidate
    if turn.view.plan.format is not Format.MOCK or candidate is None:
        raise Refusal("Only an interviewer gives hints. Here each takes their own.")
    if turn.by != turn.view.interviewer:
        raise Refusal("Your interviewer gives the hints. Ask for one.")
    hint = Hint(number, candidate, text)
    if hint not in turn.view.hints:
        turn.happened(messages.HintGiven(number, text), hints=_hints_with(turn, hint))


def _take_hint(turn: Turn, number: int) -> None:
    turn.only_in(*WRITING, words="Hints are for the focus blocks.")
    if turn.view.plan.format is Format.MOCK:
        raise Refusal("In a mock interview the interviewer gives the hints. Ask for one.")
    hint = Hint(number, turn.by)
    if hint not in turn.view.hints:
        turn.happened(messages.HintTaken(number), hints=_hints_with(turn, hint))


def _hints_with(turn: Turn, hint: Hint) -> tuple[Hint, ...]:
    """At most one of each rung for each member, which bounds the state."""
    return (*(one for one in turn.view.hints if (one.number, one.to) != (hint.number, hint.to)), hint)


# Claims and nudges.


def _claim_complexity(turn: Turn, time: str, space: str) -> None:
    turn.only_in(*WRITING, *AFTER_REVEAL, words="There is no solution yet whose cost could be claimed.")
    if not turn.view.revealed:
        # A claim says much about a solution, and nothing of a solution is on the wire while the round is blind.
        raise Refusal("Your claim would show through the veil. Make it after the reveal.")
    if not time:
        raise Refusal("Say at least what your solution takes in time.")
    claim = Complexity(turn.by, time, space)
    if claim not in turn.view.complexities:
        others = tuple(one for one in turn.view.complexities if one.member != turn.by)
        turn.happened(messages.ComplexityClaimed(time, space), complexities=(*others, claim))


def _nudge(turn: Turn, command: messages.Nudge) -> None:
    turn.only_in(*WRITING, words="Nudges are for the focus blocks.")
    if len(turn.view.partners) < limits.MEMBERS_PER_ROOM:
        raise Refusal("There is nobody here to nudge.")
    latest = next((one for one in turn.view.latest_nudges if one.member == turn.by), None)
    if latest is not None and turn.at_ms - latest.at_ms < limits.NUDGE_PAUSE_MS:
        raise Refusal("One at a time. Your partner has just been nudged; give them a moment.")
    others = tuple(one for one in turn.view.latest_nudges if one.member != turn.by)
    nudges = (*others, LatestNudge(turn.by, command.kind, turn.at_ms))
    turn.happened(messages.Nudged(command.kind), latest_nudges=nudges)
