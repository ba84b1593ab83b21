"""Mock interviews, hints, claims and nudges: what partners tell one another beside the clock."""

import msgspec
import pytest

from sparring_server import room
from sparring_server.protocol import limits, messages
from sparring_server.protocol.view import Complexity, Format, Hint, Phase, Plan, RoomView
from tests.server.test_room import ANA, BEN, MINUTE, OTHER_PROBLEM, PROBLEM, do, joined

MOCK = Plan(format=Format.MOCK, focus_minutes=45, break_minutes=5, blocks=2)


def changes(outcome: room.Outcome) -> list[messages.AnyChange]:
    return [event.change for event in outcome.events]


def both_ready(view: RoomView, at_ms: int) -> room.Outcome:
    view = do(view, messages.Reveal(ready=True), at_ms)
    return room.handle(view, BEN, "member", messages.Reveal(ready=True), at_ms)


def in_round_two(view: RoomView) -> RoomView:
    for command in (messages.WrapUp(), messages.NextRound(), messages.PickProblem(problem=PROBLEM)):
        view = do(view, command, 0)
    return do(view, messages.Agree(problem=PROBLEM), 0, BEN)


def test_who_opened_the_room_asks_first_and_the_other_in_the_next_round() -> None:
    lobby = joined(msgspec.structs.replace(MOCK, blocks=1))
    assert (lobby.interviewer, lobby.default_interviewer) == (None, ANA)
    first = do(lobby, messages.Start(), 0)
    assert (first.interviewer, first.candidate, first.revealed) == (ANA, BEN, True)
    second = do(in_round_two(both_ready(first, 1).view), messages.Start(), 2)
    assert (second.interviewer, second.candidate, second.candidates) == (BEN, ANA, (ANA,))


def test_the_lobby_can_choose_the_interviewer() -> None:
    view = do(joined(MOCK), messages.SetRoles(interviewer=BEN), 0)
    assert do(view, messages.Start(), 0).interviewer == BEN
    assert do(view, messages.SetPlan(plan=Plan()), 0).interviewer is None
    with pytest.raises(room.Refusal, match="two partners"):
        do(view, messages.SetRoles(interviewer="somebody-else-16"), 0)
    with pytest.raises(room.Refusal, match="before the first block"):
        do(do(view, messages.Start(), 0), messages.SetRoles(interviewer=ANA), 1)
    with pytest.raises(room.Refusal, match="Choose that format"):
        do(joined(), messages.SetRoles(interviewer=ANA), 0)


def test_roles_swap_on_the_bell() -> None:
    view = do(joined(MOCK), messages.Start(), 0)
    outcome = room.tick(view, 45 * MINUTE)
    assert changes(outcome) == [messages.PhaseChanged("break", 1, 1, True), messages.RolesSwapped(BEN)]
    assert [event.by for event in outcome.events] == ["", ""]
    assert outcome.view.candidates == (BEN,)
    second = room.tick(outcome.view, 50 * MINUTE).view
    assert (second.interviewer, second.candidates) == (BEN, (BEN, ANA))
    end = room.tick(second, 95 * MINUTE)
    assert messages.RolesSwapped(ANA) not in changes(end)
    assert end.view.phase is Phase.REVEAL


def test_roles_stay_where_the_plan_says_so() -> None:
    view = do(joined(msgspec.structs.replace(MOCK, swap_roles=False)), messages.Start(), 0)
    view = room.tick(view, 51 * MINUTE).view
    assert (view.block, view.interviewer, view.candidates) == (2, ANA, (BEN,))
    assert both_ready(view, 52 * MINUTE).view.phase is Phase.REVEAL


def test_an_interview_that_is_over_early_makes_way_for_the_next() -> None:
    view = do(joined(MOCK), messages.Start(), 0)
    view = both_ready(view, 20 * MINUTE).view
    assert (view.phase, view.interviewer, view.ready) == (Phase.BREAK, BEN, ())
    view = do(view, messages.Skip(), 21 * MINUTE)
    assert both_ready(view, 40 * MINUTE).view.phase is Phase.REVEAL


def test_the_next_interview_can_have_a_problem_of_its_own() -> None:
    view = do(joined(MOCK), messages.Start(), 0)
    view = do(view, messages.GiveHint(number=1, text="Sort."), 1)
    with pytest.raises(room.Refusal, match="before the first block"):
        do(view, messages.PickProblem(problem=OTHER_PROBLEM), 1)
    pause = room.tick(view, 45 * MINUTE).view
    same = do(pause, messages.PickProblem(problem=PROBLEM), 46 * MINUTE)
    assert same.hints == view.hints
    other = do(pause, messages.PickProblem(problem=OTHER_PROBLEM), 46 * MINUTE)
    assert (other.problem, other.hints) == (OTHER_PROBLEM, ())
    with pytest.raises(room.Refusal, match="needs a problem"):
        do(pause, messages.PickProblem(problem=None), 46 * MINUTE)


def test_only_candidates_explain_their_solution() -> None:
    view = do(joined(msgspec.structs.replace(MOCK, blocks=1)), messages.Start(), 0)
    view = do(both_ready(view, 1).view, messages.StartWalkthrough(speaker=BEN), 2)
    assert do(view, messages.StopWalkthrough(), 3).phase is Phase.WRAP_UP


def test_the_interviewer_gives_hints_and_both_keep_them() -> None:
    view = do(joined(MOCK), messages.Start(), 0)
    hint = messages.GiveHint(number=2, text="Pair them in order.")
    outcome = room.handle(view, ANA, "member", hint, 1)
    assert changes(outcome) == [messages.HintGiven(2, "Pair them in order.")]
    assert outcome.view.hints == (Hint(2, BEN, "Pair them in order."),)
    assert room.handle(outcome.view, ANA, "member", hint, 2).events == ()
    better = do(outcome.view, messages.GiveHint(number=2, text="Pair the sorted lists."), 3)
    assert better.hints == (Hint(2, BEN, "Pair the sorted lists."),)
    with pytest.raises(room.Refusal, match="Your interviewer"):
        do(view, messages.GiveHint(number=1, text="Sort."), 1, BEN)
    with pytest.raises(room.Refusal, match="the interviewer gives"):
        do(view, messages.TakeHint(number=1), 1, BEN)


def test_elsewhere_each_takes_their_own_without_its_words() -> None:
    view = do(joined(), messages.Start(), 0)
    outcome = room.handle(view, BEN, "member", messages.TakeHint(number=1), 1)
    assert changes(outcome) == [messages.HintTaken(1)]
    assert outcome.view.hints == (Hint(1, BEN),)
    assert room.handle(outcome.view, BEN, "member", messages.TakeHint(number=1), 2).events == ()
    assert do(outcome.view, messages.TakeHint(number=1), 3).hints == (Hint(1, BEN), Hint(1, ANA))
    with pytest.raises(room.Refusal, match="each takes their own"):
        do(view, messages.GiveHint(number=1, text="Sort."), 1)
    with pytest.raises(room.Refusal, match="focus blocks"):
        do(joined(), messages.TakeHint(number=1), 0)


def test_difficulty_and_topics_show_while_solving_when_both_want_them() -> None:
    lobby = joined()
    assert lobby.shows_details_to(ANA)
    view = do(do(lobby, messages.ShowDetails(on=True), 0), messages.Start(), 0)
    assert not view.shows_details_to(ANA)
    both = do(view, messages.ShowDetails(on=True), 1, BEN)
    assert both.shows_details_to(ANA)
    assert both.shows_details_to(BEN)
    assert not do(both, messages.ShowDetails(on=False), 2).shows_details_to(BEN)
    assert both_ready(view, 3).view.shows_details_to(BEN)


def test_an_interviewer_sees_the_details() -> None:
    view = do(joined(MOCK), messages.Start(), 0)
    assert view.shows_details_to(ANA)
    assert not view.shows_details_to(BEN)


def test_a_claim_does_not_show_through_the_veil() -> None:
    claim = messages.ClaimComplexity(time="O(n log n)", space="O(n)")
    view = do(joined(), messages.Start(), 0)
    with pytest.raises(room.Refusal, match="after the reveal"):
        do(view, claim, 1)
    shown = do(both_ready(view, 2).view, claim, 3)
    assert shown.complexities == (Complexity(ANA, "O(n log n)", "O(n)"),)
    assert room.handle(shown, ANA, "member", claim, 4).events == ()
    mended = do(do(shown, messages.ClaimComplexity(time=" O(n) "), 5), claim, 6, BEN)
    assert mended.complexities == (Complexity(ANA, "O(n)"), Complexity(BEN, "O(n log n)", "O(n)"))
    assert in_round_two(mended).complexities == ()
    paired = do(joined(Plan(format=Format.PAIR)), messages.Start(), 0)
    assert do(paired, claim, 1).complexities == (Complexity(ANA, "O(n log n)", "O(n)"),)


def test_one_nudge_at_a_time() -> None:
    view = do(joined(), messages.Start(), 0)
    outcome = room.handle(view, ANA, "member", messages.Nudge(kind="reveal"), 1_000)
    assert changes(outcome) == [messages.Nudged("reveal")]
    with pytest.raises(room.Refusal, match="One at a time"):
        do(outcome.view, messages.Nudge(kind="hint"), 1_000 + limits.NUDGE_PAUSE_MS - 1)
    assert do(outcome.view, messages.Nudge(kind="hint"), 1_001, BEN)
    again = do(outcome.view, messages.Nudge(kind="hint"), 1_000 + limits.NUDGE_PAUSE_MS)
    assert [(one.member, one.kind) for one in again.latest_nudges] == [(ANA, "hint")]
    with pytest.raises(room.Refusal, match="focus blocks"):
        do(joined(), messages.Nudge(kind="hint"), 0)


def test_rooms_that_were_stored_before_there_were_roles_can_be_read() -> None:
    old = b"""{"number": 3, "phase": "focus", "round": 1, "block": 1, "revealed": false,
        "plan": {"north_star": "", "call_link": "", "format": "mock", "focus_minutes": 25, "break_minutes": 5,
                 "blocks": 2, "auto_start_focus": true, "auto_start_break": true},
        "members": [{"id": "ana-ana-ana-ana-", "name": "Ana", "role": "member"},
                    {"id": "ben-ben-ben-ben-", "name": "Ben", "role": "member"}],
        "problem": {"id": "tolls", "title": "Tolls"}, "stuck": [], "ready": [], "speaker": null, "spoken": [],
        "timer": {"total_ms": 1500000, "deadline_ms": 1500000, "remaining_ms": null, "paused_by": null},
        "feedback_from": []}"""
    view = msgspec.json.decode(old, type=RoomView)
    assert (view.interviewer, view.candidates, view.hints, view.plan.swap_roles) == (None, (), (), True)
    assert room.tick(view, 10**9).view.phase is Phase.REVEAL
