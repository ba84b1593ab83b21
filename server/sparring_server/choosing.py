"""Choosing a problem together: one suggests, and who is there agrees. Pure.

A suggestion is open until the next phase, which is work on it. Whoever makes it agrees with it; a new one needs
everybody's word anew. A partner who is not connected is not waited for when somebody starts, but the clock by itself
waits for both: it has nobody to ask.
"""

from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, ProblemRef
from sparring_server.turn import Refusal, Turn, marked

NOTHING_SUGGESTED: dict[str, object] = {"suggested_by": "", "agreed": ()}
"""The fields of a state in which no suggestion is open."""


def is_between_interviews(turn: Turn) -> bool:
    """Whether this is the break of a mock, in which the next interview's problem is chosen."""
    plan = turn.view.plan
    return plan.format is Format.MOCK and plan.swap_roles and turn.view.phase is Phase.BREAK


def pick(turn: Turn, problem: ProblemRef | None) -> None:
    """Suggest a problem, or take back what is suggested. Who picks what is suggested already agrees with it."""
    view = turn.view
    if is_between_interviews(turn):
        if problem is None:
            raise Refusal("The next interview needs a problem. Pick another one, or keep this one.")
    else:
        turn.only_in(Phase.LOBBY, words="The problem can be changed before the first block only.")
    if problem != view.problem:
        open_now = {"suggested_by": turn.by, "agreed": (turn.by,)} if problem else NOTHING_SUGGESTED
        turn.happened(messages.ProblemPicked(problem), problem=problem, hints=(), **open_now)
    elif view.suggested_by:
        _mark(turn, on=True)


def agree(turn: Turn, command: messages.Agree) -> None:
    """Agree with what is suggested, or no longer."""
    view = turn.view
    if not view.suggested_by:
        raise Refusal("No problem is waiting for a word of yours. Pick one to suggest it.")
    if command.problem != view.problem:
        # It was said to another suggestion, which was replaced while the word was on its way.
        raise Refusal("Another problem has just been suggested. Look at it first.")
    _mark(turn, on=command.on)


def _mark(turn: Turn, *, on: bool) -> None:
    agreed = marked(turn.view.agreed, turn.by, on)
    if agreed != turn.view.agreed:
        turn.happened(messages.AgreementMarked(on), agreed=agreed)


def demand_agreement(turn: Turn) -> None:
    """Refuse to begin while a partner who is there has not agreed."""
    awaited = turn.view.awaited(turn.present)
    if not awaited:
        return
    if awaited[0].id == turn.by:
        raise Refusal("Agree with the problem first, or suggest another one.")
    raise Refusal(f"{awaited[0].name} has not agreed to this problem yet.")
