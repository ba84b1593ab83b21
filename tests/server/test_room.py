"""The room's state machine: a seeded walk through every command, and the rules that always hold."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server import room
from sparring_server.protocol import limits, messages
from sparring_server.protocol.view import Format, Phase, Plan, ProblemRef, RoomView

ANA, BEN, EVE = "ana-ana-ana-ana-", "ben-ben-ben-ben-", "eve-eve-eve-eve-"
PROBLEM = ProblemRef("tolls", "Tolls")
OTHER_PROBLEM = ProblemRef("stamps", "Stamps")
MINUTE = room.MINUTE_MS

commands = st.one_of(
    st.builds(messages.Join, name=st.sampled_from(["Ana", "Ben", " ", "é🧮"])),
    st.builds(
        messages.SetPlan,
        plan=st.builds(
            Plan, format=st.sampled_from(Format), blocks=st.integers(1, 3), auto_start_focus=st.booleans(),
            auto_start_break=st.booleans(), focus_minutes=st.integers(1, 60), break_minutes=st.integers(1, 10),
            swap_roles=st.booleans(),
        ),
    ),
    st.builds(messages.PickProblem, problem=st.sampled_from([PROBLEM, OTHER_PROBLEM, None])),
    st.builds(messages.Agree, problem=st.sampled_from([PROBLEM, OTHER_PROBLEM]), on=st.booleans()),
    st.builds(messages.SetRoles, interviewer=st.sampled_from([ANA, BEN, EVE])),
    st.builds(messages.GiveHint, number=st.integers(1, 3), text=st.sampled_from(["Sort.", "Sort by end."])),
    st.builds(messages.TakeHint, number=st.integers(1, 3)),
    st.builds(messages.ShowDetails, on=st.booleans()),
    st.builds(messages.ClaimComplexity, time=st.sampled_from(["O(n)", " "]), space=st.sampled_from(["", "O(1)"])),
    st.builds(messages.Nudge, kind=st.sampled_from(["more-time", "reveal", "hint"])),
    st.builds(messages.Stuck, on=st.booleans()),
    st.builds(messages.Reveal, ready=st.booleans()),
    st.builds(messages.StartWalkthrough, speaker=st.sampled_from([ANA, BEN, EVE])),
    st.builds(messages.Say, text=st.text(min_size=1, max_size=5)),
    st.sampled_from([
        messages.Start(), messages.Pause(), messages.Resume(), messages.Extend(), messages.Skip(),
        messages.StopWalkthrough(), messages.WrapUp(), messages.NextRound(),
        messages.GiveFeedback(scores={"code": 3}, text="good"),
    ]),
)  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from([ANA, BEN]), commands, st.integers(0, 30 * MINUTE), st.booleans()),
    min_size=1,
    max_size=60,
)
"""Who wants what, how much later than the step before, and whether the other one is connected."""


def joined(plan: Plan | None = None) -> RoomView:
    view = RoomView()
    for member, name in ((ANA, "Ana"), (BEN, "Ben")):
        view = room.handle(view, member, "member", messages.Join(name=name), 0).view
    for member in (ANA, BEN):
        view = room.handle(view, member, "member", messages.PickProblem(problem=PROBLEM), 0).view
    return room.handle(view, ANA, "member", messages.SetPlan(plan=plan), 0).view if plan else view


def do(view: RoomView, command: messages.AnyCommand, at_ms: int, by: str = ANA) -> RoomView:
    return room.handle(view, by, "member", command, at_ms).view


@given(steps)
@settings(max_examples=300)
def test_whatever_is_asked_the_rules_hold(plan: list[tuple[str, messages.AnyCommand, int, bool]]) -> None:
    view, now = joined(), 0
    refusals: list[str] = []
    for member, command, pause_ms, is_alone in plan:
        present = {member} if is_alone else {ANA, BEN}
        now += pause_ms
        before = view
        outcomes = [room.tick(view, now)]
        try:
            outcomes.append(room.handle(outcomes[0].view, member, "member", command, now, present))
        except room.Refusal as refusal:
            refusals.append(str(refusal))
        for outcome in outcomes:
            for event in outcome.events:
                assert event.number == event.view.number
                assert event.at_ms <= now
        events = [event for outcome in outcomes for event in outcome.events]
        view = outcomes[-1].view
        assert [event.number for event in events] == list(range(before.number + 1, view.number + 1))
        check(view, now)
        if view.phase is Phase.FOCUS and before.phase in (Phase.LOBBY, Phase.BREAK):
            # The last word that was missing may have come with this step; nobody else's who is here is.
            assert {one.id for one in before.awaited(present)} <= {member}
        assert not (before.revealed and not view.revealed and before.round == view.round and before.block > 0)
        assert msgspec.json.decode(msgspec.json.encode(view), type=RoomView) == view
    assert all(refusal.endswith(".") for refusal in refusals)


def check(view: RoomView, now: int) -> None:
    timed = view.phase in (Phase.FOCUS, Phase.BREAK)
    assert (view.timer is not None) == timed
    if view.timer is not None:
        assert (view.timer.deadline_ms is None) != (view.timer.remaining_ms is None)
        assert view.timer.deadline_ms is None or view.timer.deadline_ms > now
        assert view.timer.total_ms <= limits.MAX_TIMER_MS
    if view.phase is Phase.LOBBY:
        assert not view.revealed
        assert view.block == 0
    if view.phase in (Phase.REVEAL, Phase.WALKTHROUGH):
        assert view.revealed
    assert len({member.name for member in view.partners}) == len(view.partners)
    assert set(view.stuck) | set(view.ready) <= {ANA, BEN}
    check_asides(view)
    check_choice(view)


def check_choice(view: RoomView) -> None:
    """What is suggested is a problem, by one of the two, before work on it begins; nothing else is agreed with."""
    assert set(view.agreed) <= {ANA, BEN}
    if view.suggested_by:
        assert view.suggested_by in (ANA, BEN)
        assert view.problem is not None
        assert view.phase in (Phase.LOBBY, Phase.BREAK)
    else:
        assert view.agreed == ()


def check_asides(view: RoomView) -> None:
    is_mock = view.plan.format is Format.MOCK
    assert (view.interviewer in (ANA, BEN)) if is_mock and view.block else (is_mock or view.interviewer is None)
    assert bool(view.candidates) == (is_mock and view.block > 0)
    if is_mock and view.phase is Phase.FOCUS:
        assert view.candidate in view.candidates
    if view.phase not in (Phase.LOBBY, Phase.ENDED):
        assert view.problem is not None
    assert view.revealed or not view.complexities
    assert len({(hint.number, hint.to) for hint in view.hints}) == len(view.hints)
    assert all(bool(hint.text) == is_mock for hint in view.hints)
    for held in (view.complexities, view.latest_nudges):
        assert len({one.member for one in held}) == len(held)


def test_late_bells_ring_at_their_own_time() -> None:
    view = do(joined(Plan(focus_minutes=25, break_minutes=5, blocks=2)), messages.Start(), 1_000)
    outcome = room.tick(view, 24 * 60 * MINUTE)
    phases = [(event.at_ms - 1_000, event.view.phase) for event in outcome.events]
    assert phases == [
        (25 * MINUTE, Phase.BREAK), (30 * MINUTE, Phase.FOCUS), (55 * MINUTE, Phase.FOCUS), (55 * MINUTE, Phase.REVEAL),
    ]  # fmt: skip
    assert outcome.view.revealed


def test_a_paused_clock_keeps_what_was_left() -> None:
    view = do(joined(), messages.Start(), 0)
    view = do(view, messages.Pause(), 10 * MINUTE, BEN)
    assert view.timer is not None
    assert (view.timer.remaining_ms, view.timer.paused_by) == (15 * MINUTE, BEN)
    assert room.tick(view, 500 * MINUTE).events == ()
    view = do(do(view, messages.Extend(), 60 * MINUTE), messages.Resume(), 60 * MINUTE)
    assert room.next_deadline_ms(view) == 77 * MINUTE


def test_a_phase_can_wait_for_its_start() -> None:
    view = do(joined(Plan(auto_start_focus=False, auto_start_break=False)), messages.Start(), 0)
    view = room.tick(view, 25 * MINUTE).view
    assert view.timer is not None
    assert (view.phase, view.timer.is_waiting) == (Phase.BREAK, True)
    with pytest.raises(room.Refusal, match="not paused"):
        do(view, messages.Resume(), 26 * MINUTE)
    view = do(view, messages.Start(), 40 * MINUTE)
    assert room.next_deadline_ms(view) == 45 * MINUTE


def test_one_alone_does_not_lift_the_veil() -> None:
    view = do(joined(), messages.Start(), 0)
    view = do(view, messages.Reveal(ready=True), 1)
    assert not view.revealed
    view = do(do(view, messages.Reveal(ready=False), 2), messages.Reveal(ready=True), 3, BEN)
    assert not view.revealed
    view = do(view, messages.Reveal(ready=True), 4)
    assert (view.revealed, view.phase) == (True, Phase.REVEAL)


def test_a_block_cannot_be_skipped_over_the_partners_head() -> None:
    view = do(joined(), messages.Start(), 0)
    with pytest.raises(room.Refusal, match="both press Reveal"):
        do(view, messages.Skip(), 1)


def test_an_observer_changes_nothing() -> None:
    view = room.handle(joined(), EVE, "observer", messages.Join(name="Eve"), 0).view
    with pytest.raises(room.Refusal, match="watching"):
        room.handle(view, EVE, "observer", messages.Start(), 0)
    view = do(do(view, messages.Start(), 0), messages.Reveal(ready=True), 1)
    assert do(view, messages.Reveal(ready=True), 2, BEN).revealed


def test_two_of_one_name_can_be_told_apart() -> None:
    view = room.handle(RoomView(), ANA, "member", messages.Join(name="Ana"), 0).view
    view = room.handle(view, BEN, "member", messages.Join(name="Ana"), 0).view
    assert [member.name for member in view.members] == ["Ana", "Ana (2)"]
    again = room.handle(view, BEN, "member", messages.Join(name="Ana"), 0)
    assert again.events == ()
