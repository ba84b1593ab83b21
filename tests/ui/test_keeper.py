"""What the room tells comes onto the tape, and counts as evidence for whom it concerns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sparring.journal import ClaimMade, HintSeen, RoundFilter
from sparring.live.board import SharedBoard, board_from_json
from sparring.tape import events
from sparring.ui.round_book import RoundKey
from sparring_server.protocol import messages
from sparring_server.protocol.view import Complexity, Format, Hint, Phase, ProblemRef
from tests.support.evening import BEN, Evening
from tests.support.problems import write_folder, write_prompt

FIRST = RoundKey(1, "tolls")


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    made = Evening(tmp_path)
    yield made
    made.journal.close()


def test_an_interview_is_on_the_tape(evening: Evening) -> None:
    evening.begins(Format.MOCK, interviewer=BEN.id)
    evening.tells(BEN.id, messages.HintGiven(1, "Sort both lists."))
    evening.tells(evening.me, messages.Nudged("more-time"))
    evening.tells(evening.me, messages.ComplexityClaimed("O(n log n)", "O(1)"))
    evening.tells(BEN.id, messages.DetailsWanted(True))
    evening.tells("", messages.RolesSwapped(evening.me), interviewer=evening.me)
    evening.tells(evening.me, messages.HintGiven(2, "Pair them."))
    assert evening.taped() == [
        ("partner", events.Hint(1, "Sort both lists.")),
        ("me", events.Nudge("more-time")),
        ("me", events.Complexity("O(n log n)", "O(1)")),
        ("partner", events.Details(True)),
        ("room", events.Roles(evening.me, True)),
        ("me", events.Hint(2, "Pair them.")),
    ]
    # The second one I gave, and did not get.
    assert evening.keeper.evidence[FIRST].hints == {1}


def test_only_my_own_hints_count_for_me(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    for by, number in ((evening.me, 1), (BEN.id, 1), (BEN.id, 2), (evening.me, 3)):
        evening.tells(by, messages.HintTaken(number))
    assert evening.keeper.evidence[FIRST].hints == {1, 3}
    assert evening.taped()[2] == ("partner", events.Hint(2, ""))


def test_an_interviewers_scratch_pad_is_kept_and_is_mine(evening: Evening) -> None:
    evening.begins(Format.MOCK, interviewer=evening.me)
    assert evening.session.round is not None
    scratch = evening.session.round.desk
    evening.keeper.texts[scratch.name].edit(0, 0, "ask about ties")
    assert evening.taped() == [("me", events.Edit("scratch/1", ((0, 0, "ask about ties"),)))]
    assert evening.keeper.texts[evening.session.round.mine.name].value == ""


def test_a_problem_that_comes_over_late_is_described_all_the_same(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    assert evening.keeper.rounds[FIRST].statement == ""
    write_folder(evening.folder / "received-problems", name="tolls")
    evening.bank.refresh()
    evening.keeper.follow(evening.view)
    assert evening.keeper.rounds[FIRST].statement == "Give back the number that comes next."
    evening.journal.flush()
    kept = evening.journal.rounds_of("s")[0]
    assert (kept.topics, kept.difficulty, kept.statement[:4]) == (("tests",), "easy", "Give")


def has_two_interviews(evening: Evening) -> None:
    """Ana answers first, at the tolls; in the break another problem is picked, and she asks Ben."""
    me = evening.me
    evening.begins(Format.MOCK, interviewer=BEN.id)
    evening.tells("", messages.PhaseChanged("focus", 1, 1), candidates=(me,))
    evening.writes("def tolls(): ...")
    evening.tells(BEN.id, messages.HintGiven(1, "Which town next?"), hints=(Hint(1, me, "Which town next?"),))
    evening.runs(2, 3)
    evening.runs(3, 3)
    evening.tells(me, messages.ComplexityClaimed("O(n)", ""), complexities=(Complexity(me, "O(n)"),))
    evening.tells("", messages.PhaseChanged("break", 1, 1, True), phase=Phase.BREAK)
    evening.tells("", messages.RolesSwapped(me), interviewer=me)
    for problem in (ProblemRef("seats", "Seats"), ProblemRef("stamps", "Stamps")):
        evening.tells(BEN.id, messages.ProblemPicked(problem), problem=problem, hints=())
    evening.tells("", messages.PhaseChanged("focus", 1, 2), phase=Phase.FOCUS, block=2, candidates=(me, BEN.id))
    evening.tells(me, messages.HintGiven(1, "Smallest first?"), hints=(Hint(1, BEN.id, "Smallest first?"),))
    evening.tells(BEN.id, messages.Said("is zero a stamp?"))
    evening.writes("def stamps(): ...", "partner")
    evening.runs(0, 3)
    theirs = Complexity(BEN.id, "O(n k)")
    evening.tells(BEN.id, messages.ComplexityClaimed("O(n k)", ""), complexities=(*evening.view.complexities, theirs))
    evening.tells("", messages.PhaseChanged("reveal", 1, 2, True), phase=Phase.REVEAL, revealed=True)


def test_each_interview_of_a_round_is_kept_by_itself(evening: Evening) -> None:
    has_two_interviews(evening)
    evening.tells(BEN.id, messages.FeedbackGiven(1, {"communication": 4}, "Calm."))
    evening.tells(evening.me, messages.FeedbackGiven(1, {"communication": 2}, "Say more."))
    evening.tells("", messages.PhaseChanged("wrap-up", 1, 2), phase=Phase.WRAP_UP)
    evening.keeper.wrap_up()
    assert [key.problem for key in evening.keeper.rounds] == ["tolls", "stamps"]
    answered, asked = evening.kept("tolls"), evening.kept("stamps")
    assert (answered.round.role, answered.round.outcome, answered.round.struggle) == ("candidate", "passed", "hard")
    assert (asked.round.role, asked.round.outcome, asked.round.struggle) == ("interviewer", "interviewed", "")
    assert (answered.my_code, answered.partner_code) == ("def tolls(): ...", "")
    assert (asked.my_code, asked.partner_code) == ("", "def stamps(): ...")
    assert (answered.runs, answered.passed, asked.runs) == (2, 3, 0)
    assert answered.hints == (HintSeen("me", 1, "Which town next?"),)
    assert asked.hints == (HintSeen("partner", 1, "Smallest first?"),)
    assert (answered.my_claim.time, asked.my_claim.time, asked.partner_claim.time) == ("O(n)", "", "O(n k)")
    assert [line.text for line in asked.chat] == ["is zero a stamp?"]
    assert (answered.partner_feedback[1], asked.my_feedback[1]) == ("Calm.", "Say more.")
    # The wrap-up is about what I solved.
    assert evening.keeper.round == answered.round
    proposal = evening.keeper.proposal()
    assert proposal is not None
    assert proposal.reason.endswith("1 failed run, 1 hint")


def test_an_interview_goes_on_where_the_app_was_closed(evening: Evening) -> None:
    has_two_interviews(evening)
    before = evening.keeper
    evening.comes_back()
    assert evening.keeper.rounds == before.rounds
    assert evening.keeper.evidence == before.evidence
    evening.keeper.save_texts()
    evening.tells("", messages.PhaseChanged("wrap-up", 1, 2), phase=Phase.WRAP_UP)
    evening.keeper.wrap_up()
    assert (evening.kept("tolls").my_code, evening.kept("tolls").passed) == ("def tolls(): ...", 3)
    assert evening.kept("stamps").my_code == ""
    assert evening.kept("tolls").round.outcome == "passed"
    assert evening.keeper.claims[1, "partner"] == ClaimMade("O(n k)")


def test_who_only_asks_has_nothing_to_rate(evening: Evening) -> None:
    evening.begins(Format.MOCK, interviewer=evening.me)
    evening.runs(3, 3)
    evening.tells("", messages.PhaseChanged("wrap-up", 1, 1), phase=Phase.WRAP_UP, revealed=True)
    evening.keeper.wrap_up()
    assert evening.keeper.proposal() is None
    assert evening.keeper.round is not None
    evening.keeper.change_round(takeaway="Wait longer before a hint.")
    kept = evening.kept().round
    assert (kept.outcome, kept.struggle, kept.takeaway) == ("interviewed", "", "Wait longer before a hint.")


def test_the_same_problem_from_both_sides_is_one_round(evening: Evening) -> None:
    evening.begins(Format.MOCK, interviewer=BEN.id)
    evening.writes("mine")
    evening.tells("", messages.PhaseChanged("break", 1, 1), phase=Phase.BREAK, interviewer=evening.me)
    assert evening.kept().round.role == "candidate"
    evening.tells("", messages.PhaseChanged("focus", 1, 2), phase=Phase.FOCUS, block=2)
    evening.writes("theirs", "partner")
    evening.tells("", messages.PhaseChanged("reveal", 1, 2), phase=Phase.REVEAL)
    assert (evening.kept().round.role, evening.kept().my_code, evening.kept().partner_code) == (
        "both",
        "mine",
        "theirs",
    )


def test_a_session_that_ends_in_the_lobby_leaves_no_round(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    evening.tells("", messages.PhaseChanged("lobby", 2, 0), phase=Phase.LOBBY, round=2, block=0, problem=None)
    evening.tells("", messages.ProblemPicked(ProblemRef("stamps", "Stamps")), problem=ProblemRef("stamps", "Stamps"))
    evening.tells("", messages.PhaseChanged("ended", 2, 0), phase=Phase.ENDED)
    evening.keeper.end()
    assert list(evening.keeper.rounds) == [FIRST]


def test_the_board_is_kept_when_it_has_changed(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    assert evening.session.round is not None
    board = SharedBoard(evening.session.round.board.doc, evening.me)
    evening.keeper.save_texts()
    assert evening.kept().board == ""
    board.add("box", 0, 0, 100, 40, text="frontier")
    assert evening.kept().board == ""
    evening.tells("", messages.PhaseChanged("reveal", 1, 1), phase=Phase.REVEAL)
    assert board_from_json(evening.kept().board) == board.elements
    assert [one.problem_title for one in evening.journal.rounds(RoundFilter("frontier"))] == ["Tolls"]
    evening.comes_back()
    board = SharedBoard(evening.session.round.board.doc, evening.me)
    board.remove([element.id for element in board.elements])
    evening.keeper.save_texts()
    assert board_from_json(evening.kept().board) == ()


def test_what_is_heard_again_is_kept_once_and_with_its_round(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    evening.tells(BEN.id, messages.Said("ready?"))
    evening.tells(evening.me, messages.StuckMarked(True))
    number = evening.view.number
    said = messages.Event(number - 1, 1_000_001, BEN.id, messages.Said("ready?"), evening.view)
    stuck = messages.Event(number, 1_000_002, evening.me, messages.StuckMarked(True), evening.view)
    evening.comes_back()
    evening.session._heard(said)
    evening.session._heard(stuck)
    assert [(line.name, line.text, line.is_mine) for line in evening.kept().chat] == [("Ben", "ready?", False)]
    assert evening.taped() == [("me", events.Stuck(True))]
    assert evening.keeper.evidence[FIRST].stuck_marks == 1
    lobby = {"phase": Phase.LOBBY, "round": 2, "block": 0, "problem": None}
    evening.tells("", messages.PhaseChanged("lobby", 2, 0), **lobby)
    evening.tells(evening.me, messages.Said("the stamps?"))
    evening.keeper.park("call home")
    stamps = ProblemRef("stamps", "Stamps")
    evening.tells("", messages.PhaseChanged("focus", 2, 1), phase=Phase.FOCUS, block=1, problem=stamps)
    kept = evening.kept("stamps")
    assert [(line.text, line.is_mine) for line in kept.chat] == [("the stamps?", True)]
    assert [thought.text for thought in kept.thoughts] == ["call home"]


def test_a_thought_is_decided_and_decided_otherwise(evening: Evening) -> None:
    evening.begins(Format.SIDE_BY_SIDE)
    for text in ("heaps", "milk"):
        evening.keeper.park(text)
    heaps, milk = evening.keeper.thoughts
    evening.keeper.decide_thought(heaps.id, "dismissed")
    evening.keeper.decide_thought(milk.id, "dismissed")
    evening.keeper.decide_thought(heaps.id, "kept")
    assert [(one.text, one.decision) for one in evening.kept().thoughts] == [("heaps", "kept")]
    evening.comes_back()
    assert [(one.text, one.decision) for one in evening.keeper.thoughts] == [("heaps", "kept"), ("milk", "dismissed")]
    # In the next round only what is still open comes up again.
    evening.keeper.park("ask Ben")
    evening.tells("", messages.PhaseChanged("lobby", 2, 0), phase=Phase.LOBBY, round=2, block=0, problem=None)
    assert [one.text for one in evening.keeper.thoughts] == ["ask Ben"]


def test_what_was_answered_aloud_is_kept_as_notes_and_failed_no_cases(tmp_path: Path) -> None:
    write_prompt(tmp_path / "received-problems", name="tolls")
    evening = Evening(tmp_path)
    evening.begins(Format.MOCK, interviewer=BEN.id)
    evening.writes("## Questions and numbers\n\n900 pupils")
    evening.tells(BEN.id, messages.HintGiven(1, "Who rings it?"))
    evening.tells("", messages.PhaseChanged("wrap-up", 1, 1), phase=Phase.WRAP_UP)
    evening.keeper.wrap_up()
    kept = evening.kept()
    assert (kept.language, kept.my_code) == ("markdown", "## Questions and numbers\n\n900 pupils")
    assert (kept.round.outcome, kept.round.struggle) == ("answered", "hard")
    assert kept.round.topics == ("system design",)
    proposal = evening.keeper.proposal()
    assert proposal is not None
    assert proposal.reason == "1 hint"
    evening.journal.close()
