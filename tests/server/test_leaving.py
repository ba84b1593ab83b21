"""The invite is changed and a member removed: nothing of them is left in the state, and the session can go on."""

import contextlib
from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server import room
from sparring_server.protocol import messages, names
from sparring_server.protocol.view import Format, Phase, Plan, RoomView
from tests.server.test_room import ANA, BEN, EVE, MINUTE, PROBLEM, commands, do, joined

SECRET = names.new_secret()
MOCK = Plan(format=Format.MOCK, focus_minutes=45, blocks=2)


def opened(plan: Plan | None = None) -> RoomView:
    """Ana has opened the room."""
    return msgspec.structs.replace(joined(plan), opener=ANA)


def remove(view: RoomView, member: str, at_ms: int = 0, by: str = ANA) -> room.Outcome:
    return room.handle(view, by, "member", messages.RotateInvite(secret=SECRET, remove=member), at_ms)


def everybody_in(view: RoomView) -> set[str]:
    """All ids that the state speaks of."""
    ids = {*view.agreed, *view.stuck, *view.ready, *view.spoken, *view.feedback_from, *view.candidates, *view.details}
    ids |= {one.to for one in view.hints} | {one.member for one in (*view.complexities, *view.latest_nudges)}
    ids |= {one for one in (view.suggested_by, view.speaker, view.interviewer, view.candidate) if one}
    return ids | {view.timer.paused_by for _ in "1" if view.timer and view.timer.paused_by}


def test_only_who_opened_the_room_changes_its_invite() -> None:
    view = opened()
    outcome = room.handle(view, ANA, "member", messages.RotateInvite(secret=SECRET), 5)
    assert [event.change for event in outcome.events] == [messages.InviteRotated()]
    with pytest.raises(room.Refusal, match="Only who opened"):
        remove(view, ANA, by=BEN)
    with pytest.raises(room.Refusal, match="yourself"):
        remove(view, ANA)
    with pytest.raises(room.Refusal, match="nobody"):
        remove(view, "nobody-of-that-id")
    with pytest.raises(room.Refusal, match="watching"):
        room.handle(view, EVE, "observer", messages.RotateInvite(secret=SECRET, remove=BEN), 0)
    # A room that was stored before the opener was noted: it is the first of the two.
    assert remove(joined(), BEN).view.members == view.members[:1]


def test_the_secret_is_in_no_state_no_event_and_no_words() -> None:
    command = messages.RotateInvite(secret=SECRET, remove=BEN)
    outcome = room.handle(opened(), ANA, "member", command, 0)
    assert SECRET.encode() not in msgspec.json.encode(outcome.events) + msgspec.json.encode(outcome.view)
    assert SECRET not in repr(command) + repr(messages.InviteChanged(SECRET))
    with pytest.raises(messages.UnknownCommand) as caught:
        messages.decode_command(messages.encode_message(command).replace(SECRET, "too-short"))
    assert "too-short" not in str(caught.value)


def test_an_observer_can_be_removed_and_nothing_else_changes() -> None:
    view = room.handle(opened(), EVE, "observer", messages.Join(name="Eve"), 0).view
    view = do(do(view, messages.Start(), 0), messages.Reveal(ready=True), 1)
    after = remove(view, EVE, 2).view
    assert msgspec.structs.replace(after, number=view.number, members=view.members) == view


def test_a_newcomer_takes_the_interviewers_part() -> None:
    view = do(opened(MOCK), messages.SetRoles(interviewer=BEN), 0)
    view = remove(do(view, messages.Start(), 0), BEN, 1).view
    assert (view.interviewer, view.candidates) == (None, (ANA,))
    outcome = room.handle(view, EVE, "member", messages.Join(name="Eve"), 2)
    assert [type(event.change) for event in outcome.events] == [messages.MemberJoined, messages.RolesSet]
    assert (outcome.view.interviewer, outcome.view.candidate) == (EVE, ANA)


def test_a_newcomer_takes_the_candidates_part() -> None:
    view = remove(do(opened(MOCK), messages.Start(), 0), BEN, 1).view
    assert (view.interviewer, view.candidates) == (ANA, ())
    view = room.handle(view, EVE, "member", messages.Join(name="Eve"), 2).view
    assert (view.interviewer, view.candidates) == (ANA, (EVE,))


def test_who_was_speaking_makes_way() -> None:
    view = do(do(opened(), messages.Start(), 0), messages.Reveal(ready=True), 0)
    view = do(view, messages.Reveal(ready=True), 0, BEN)
    assert remove(do(view, messages.StartWalkthrough(speaker=BEN), 0), BEN, 1).view.speaker == ANA
    done = do(do(view, messages.StartWalkthrough(speaker=ANA), 1), messages.StopWalkthrough(), 2)
    assert (done.speaker, remove(done, BEN, 3).view.phase) == (BEN, Phase.WRAP_UP)


def test_a_suggestion_of_the_removed_goes_with_them() -> None:
    other = msgspec.structs.replace(PROBLEM, id="other")
    lobby = do(opened(), messages.PickProblem(problem=other), 0, BEN)
    after = remove(lobby, BEN).view
    assert (after.problem, after.suggested_by, after.agreed) == (None, "", ())
    pause = room.tick(do(opened(MOCK), messages.Start(), 0), 45 * MINUTE).view
    pause = do(pause, messages.PickProblem(problem=other), 46 * MINUTE, BEN)
    after = remove(pause, BEN, 46 * MINUTE).view
    assert (after.problem, after.suggested_by, after.agreed) == (other, ANA, ())
    assert do(after, messages.Agree(problem=other), 46 * MINUTE).agreed == (ANA,)


@dataclass(frozen=True)
class Removal:
    member: str


steps = st.lists(
    st.tuples(
        st.sampled_from([ANA, BEN]),
        commands | commands | st.builds(Removal, st.sampled_from([ANA, BEN])),
        st.integers(0, 30 * MINUTE),
    ),
    min_size=4,
    max_size=60,
)


@given(steps, st.sampled_from(Format))
@settings(max_examples=100)
def test_nothing_of_who_was_removed_is_left(
    plan: list[tuple[str, messages.AnyCommand | Removal, int]], f: Format
) -> None:
    view, now = opened(Plan(format=f)), 0
    for by, step, pause_ms in plan:
        now += pause_ms
        view = room.tick(view, now).view
        command = messages.RotateInvite(secret=SECRET, remove=step.member) if isinstance(step, Removal) else step
        with contextlib.suppress(room.Refusal):
            view = room.handle(view, by, "member", command, now).view
        assert everybody_in(view) <= {member.id for member in view.members}
        assert ANA in {member.id for member in view.members}
        if view.phase is Phase.WALKTHROUGH:
            assert view.speaker is not None
        if view.suggested_by:
            assert view.problem is not None
        if view.plan.format is Format.MOCK and view.phase is Phase.FOCUS and len(view.partners) == 2:
            assert view.candidate in view.candidates
