"""Choosing a problem together: suggestions, agreement, and who is waited for."""

import msgspec
import pytest

from sparring_server import room
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, Plan, ProblemRef, RoomView
from tests.server.test_room import ANA, BEN, EVE, MINUTE, OTHER_PROBLEM, PROBLEM, do

MOCK = Plan(format=Format.MOCK, focus_minutes=45, break_minutes=5, blocks=2)


def lobby(plan: Plan | None = None) -> RoomView:
    view = RoomView(plan=plan or Plan())
    for member, name in ((ANA, "Ana"), (BEN, "Ben")):
        view = do(view, messages.Join(name=name), 0, member)
    return view


def suggested(plan: Plan | None = None) -> RoomView:
    return do(lobby(plan), messages.PickProblem(problem=PROBLEM), 0)


def agreed(plan: Plan | None = None) -> RoomView:
    return do(suggested(plan), messages.Agree(problem=PROBLEM), 0, BEN)


def test_who_suggests_agrees_and_the_other_is_asked() -> None:
    view = suggested()
    assert (view.problem, view.suggested_by, view.agreed) == (PROBLEM, ANA, (ANA,))
    assert [one.name for one in view.awaited()] == ["Ben"]
    with pytest.raises(room.Refusal, match="Ben has not agreed"):
        do(view, messages.Start(), 1)
    with pytest.raises(room.Refusal, match="Agree with the problem first"):
        do(view, messages.Start(), 1, BEN)
    outcome = room.handle(view, BEN, "member", messages.Agree(problem=PROBLEM), 2)
    assert [event.change for event in outcome.events] == [messages.AgreementMarked(True)]
    begun = do(outcome.view, messages.Start(), 3)
    assert (begun.phase, begun.problem, begun.suggested_by, begun.agreed) == (Phase.FOCUS, PROBLEM, "", ())


def test_a_word_can_be_taken_back() -> None:
    view = do(agreed(), messages.Agree(problem=PROBLEM, on=False), 1)
    assert [one.name for one in view.awaited()] == ["Ana"]
    with pytest.raises(room.Refusal, match="Ana has not agreed"):
        do(view, messages.Start(), 2, BEN)
    assert room.handle(agreed(), BEN, "member", messages.Agree(problem=PROBLEM), 1).events == ()


def test_another_suggestion_needs_both_words_anew() -> None:
    view = do(agreed(), messages.PickProblem(problem=OTHER_PROBLEM), 1, BEN)
    assert (view.suggested_by, view.agreed) == (BEN, (BEN,))
    # Ana's word for the first was on its way when Ben suggested the second.
    with pytest.raises(room.Refusal, match="Another problem has just been suggested"):
        do(view, messages.Agree(problem=PROBLEM), 2)
    none = do(view, messages.PickProblem(problem=None), 3)
    assert (none.problem, none.suggested_by, none.agreed) == (None, "", ())
    with pytest.raises(room.Refusal, match="No problem is waiting"):
        do(none, messages.Agree(problem=OTHER_PROBLEM), 4)


def test_picking_what_is_suggested_is_agreeing() -> None:
    view = do(suggested(), messages.PickProblem(problem=PROBLEM), 1, BEN)
    assert (view.suggested_by, view.awaited()) == (ANA, ())


def test_another_version_is_another_problem() -> None:
    mine = msgspec.structs.replace(PROBLEM, digest="ab" * 32)
    view = do(suggested(), messages.PickProblem(problem=mine), 1, BEN)
    assert (view.problem, view.agreed) == (mine, (BEN,))
    with pytest.raises(room.Refusal):
        do(view, messages.Agree(problem=PROBLEM), 2)


@pytest.mark.parametrize("digest", ["AB" * 32, "ab" * 31, "ab" * 32 + "\n", "zz" * 32])
def test_a_digest_is_one_or_nothing(digest: str) -> None:
    picked = messages.PickProblem(problem=ProblemRef("tolls", "Tolls", digest))
    with pytest.raises(messages.UnknownCommand):
        messages.decode_command(messages.encode_message(picked))


def test_who_is_not_connected_is_not_waited_for() -> None:
    assert room.handle(suggested(), ANA, "member", messages.Start(), 1, {ANA}).view.phase is Phase.FOCUS
    with pytest.raises(room.Refusal, match="Ben has not agreed"):
        room.handle(suggested(), ANA, "member", messages.Start(), 1, {ANA, BEN})
    # Who suggested and then took it back has said no.
    unsure = do(suggested(), messages.Agree(problem=PROBLEM, on=False), 1)
    with pytest.raises(room.Refusal, match="Agree with the problem first"):
        room.handle(unsure, ANA, "member", messages.Start(), 2, {ANA})


def test_an_observer_has_no_say() -> None:
    view = room.handle(suggested(), EVE, "observer", messages.Join(name="Eve"), 0).view
    with pytest.raises(room.Refusal, match="watching"):
        room.handle(view, EVE, "observer", messages.Agree(problem=PROBLEM), 1)
    assert [one.name for one in view.awaited()] == ["Ben"]
    agreed_now = do(view, messages.Agree(problem=PROBLEM), 1, BEN)
    assert room.handle(agreed_now, ANA, "member", messages.Start(), 2, {ANA, BEN, EVE}).view.phase is Phase.FOCUS


def test_alone_my_own_word_is_enough() -> None:
    view = do(RoomView(plan=Plan(format=Format.SOLO)), messages.Join(name="Ana"), 0)
    view = do(view, messages.PickProblem(problem=PROBLEM), 0)
    assert do(view, messages.Start(), 1).phase is Phase.FOCUS


def test_who_joins_later_is_asked_too() -> None:
    view = do(RoomView(), messages.Join(name="Ana"), 0)
    view = do(do(view, messages.PickProblem(problem=PROBLEM), 0), messages.Join(name="Ben"), 1, BEN)
    with pytest.raises(room.Refusal, match="Ben has not agreed"):
        do(view, messages.Start(), 2)


def in_the_break(**plan: object) -> RoomView:
    return room.tick(do(agreed(msgspec.structs.replace(MOCK, **plan)), messages.Start(), 0), 45 * MINUTE).view


def test_without_another_suggestion_the_next_interview_begins_at_its_bell() -> None:
    assert room.tick(in_the_break(), 50 * MINUTE).view.block == 2


def test_the_break_lasts_until_both_agree_on_the_next_problem() -> None:
    view = do(in_the_break(), messages.PickProblem(problem=OTHER_PROBLEM), 46 * MINUTE, BEN)
    with pytest.raises(room.Refusal, match="Ana has not agreed"):
        do(view, messages.Skip(), 47 * MINUTE, BEN)
    rung = room.tick(view, 60 * MINUTE)
    assert [(event.at_ms, event.by) for event in rung.events] == [(50 * MINUTE, "")]
    late = rung.view
    assert late.timer is not None
    assert (late.phase, late.timer.remaining_ms, late.timer.is_waiting) == (Phase.BREAK, 0, True)
    with pytest.raises(room.Refusal, match="Ana has not agreed"):
        do(late, messages.Start(), 61 * MINUTE, BEN)
    begun = do(late, messages.Agree(problem=OTHER_PROBLEM), 62 * MINUTE)
    assert (begun.phase, begun.block, begun.problem) == (Phase.FOCUS, 2, OTHER_PROBLEM)
    assert room.next_deadline_ms(begun) == (62 + 45) * MINUTE


def test_a_break_that_is_over_ends_without_a_partner_who_is_gone() -> None:
    view = do(in_the_break(auto_start_focus=False), messages.PickProblem(problem=OTHER_PROBLEM), 46 * MINUTE, BEN)
    late = room.tick(view, 50 * MINUTE).view
    begun = room.handle(late, BEN, "member", messages.Start(), 60 * MINUTE, {BEN}).view
    assert (begun.block, room.next_deadline_ms(begun)) == (2, (60 + 45) * MINUTE)
    waiting = do(late, messages.Agree(problem=OTHER_PROBLEM), 51 * MINUTE)
    assert waiting.timer is not None
    assert (waiting.block, waiting.timer.is_waiting) == (2, True)


def test_a_round_that_ends_in_its_break_leaves_no_suggestion_open() -> None:
    view = do(in_the_break(), messages.PickProblem(problem=OTHER_PROBLEM), 46 * MINUTE)
    for member in (ANA, BEN):
        view = do(view, messages.Reveal(ready=True), 47 * MINUTE, member)
    assert (view.phase, view.suggested_by, view.agreed) == (Phase.REVEAL, "", ())
    view = do(do(view, messages.WrapUp(), 48 * MINUTE), messages.NextRound(), 48 * MINUTE)
    assert (view.problem, view.suggested_by) == (None, "")


def test_a_lobby_that_was_stored_before_there_was_agreement_can_begin() -> None:
    old = msgspec.json.decode(msgspec.json.encode(suggested()))
    del old["suggested_by"], old["agreed"], old["problem"]["digest"]
    view = msgspec.convert(old, RoomView)
    assert do(view, messages.Start(), 1).phase is Phase.FOCUS
