"""The invite is changed, and perhaps somebody is removed with it. Pure.

The secret itself passes by here and stays in no state and no event: the room's doors keep its hash (`doors.rotate`).
"""

import msgspec

from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, RoomView
from sparring_server.turn import WRITING, Refusal, Turn


def rotate_invite(turn: Turn, removed: str) -> None:
    """Note that there is a new secret, and take a member out of the state. Raises `Refusal`."""
    view = turn.view
    if turn.by != view.keyholder:
        raise Refusal("Only who opened the session can change its invite link.")
    if not removed:
        turn.happened(messages.InviteRotated())
        return
    member = view.member(removed)
    if member is None:
        raise Refusal("There is nobody of this name in the session any more.")
    if removed == turn.by:
        raise Refusal("You cannot remove yourself. To leave, end the session or close the app.")
    turn.happened(messages.InviteRotated(member), **_without(view, removed, turn.by))


def take_over(turn: Turn, newcomer: str) -> None:
    """Who sits down in a mock that goes on has the part of the one who was removed: asks, or is asked."""
    view = turn.view
    if view.plan.format is not Format.MOCK or view.phase not in WRITING:
        return
    if view.interviewer is None:
        turn.happened(messages.RolesSet(newcomer), interviewer=newcomer)
    elif view.phase is Phase.FOCUS and view.candidate == newcomer and newcomer not in view.candidates:
        candidates = (*view.candidates, newcomer)
        turn.happened(messages.RolesSet(view.interviewer), candidates=candidates)


def _without(view: RoomView, removed: str, by: str) -> dict[str, object]:
    """The fields of a state that knows nothing of this member any more, but for what they wrote into shared texts."""
    fields: dict[str, object] = {
        "members": tuple(one for one in view.members if one.id != removed),
        "hints": tuple(one for one in view.hints if one.to != removed),
        "complexities": tuple(one for one in view.complexities if one.member != removed),
        "latest_nudges": tuple(one for one in view.latest_nudges if one.member != removed),
        # Who remains has not been asked whether to lift the veil alone.
        "ready": () if removed in (partner.id for partner in view.partners) else view.ready,
    }
    for name in ("agreed", "stuck", "spoken", "feedback_from", "details", "candidates"):
        fields[name] = tuple(one for one in getattr(view, name) if one != removed)
    if view.speaker == removed:
        fields["speaker"] = None
    if view.interviewer == removed:
        fields["interviewer"] = None
    if view.timer is not None and view.timer.paused_by == removed:
        fields["timer"] = msgspec.structs.replace(view.timer, paused_by=by)
    if view.suggested_by == removed:
        fields |= _without_suggestion(view, by)
    return fields


def _without_suggestion(view: RoomView, by: str) -> dict[str, object]:
    """In the lobby it goes; between two interviews there must be a problem, so it is as if who remains had named it."""
    if view.phase is Phase.LOBBY:
        return {"problem": None, "suggested_by": "", "agreed": ()}
    return {"suggested_by": by, "agreed": ()}
