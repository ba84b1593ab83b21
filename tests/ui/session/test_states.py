"""What each seat sees of a round: made of the room's state, and of nothing that is not meant for it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sparring.journal import RoundRecord
from sparring.live.presence import Activity
from sparring.live.session import LiveSession, Seat
from sparring.problems import Bank, Problem, load_problem
from sparring.ui.screens.lobby import LobbyState
from sparring.ui.session import states
from sparring.ui.session.choosing import Version
from sparring.ui.session.talk import Inbox
from sparring_server.protocol import messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.view import Complexity, Format, Hint, Member, Phase, Plan, ProblemRef, RoomView
from tests.support.problems import write_prompt

ANA, BEN = names.new_id(), names.new_id()
PROBLEM = "shortest-path-with-tolls"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank({"starter": Path(__file__).parents[3] / "resources" / "problems"})


@pytest.fixture
def problem(bank: Bank) -> Problem:
    return bank.problems[PROBLEM]


def room(form: Format, phase: Phase = Phase.FOCUS, **fields: object) -> RoomView:
    view = RoomView(
        phase=phase, plan=Plan(format=form), members=(Member(ANA, "Ana", "member"), Member(BEN, "Ben", "member")),
        problem=ProblemRef(PROBLEM, "Tolls"), block=1, revealed=form in (Format.PAIR, Format.MOCK),
        interviewer=ANA if form is Format.MOCK else None,
    )  # fmt: skip
    return msgspec.structs.replace(view, **fields)


def seat(view: RoomView, member: str) -> LiveSession:
    session = LiveSession(
        Invite("127.0.0.1", 1, names.new_id(), names.new_secret()), Seat(member, names.new_secret(), "Me")
    )
    session.view = view
    return session


def seen(view: RoomView, problem: Problem | None, **fields: object) -> states.Seen:
    made = states.Seen(view, problem, Activity(BEN, "Ben", lines=12, passed=3, total=14), False, "3 ms", 1_000_000.0)
    return replace(made, **fields)  # type: ignore[arg-type]


def work(view: RoomView, problem: Problem | None, member: str = ANA, **fields: object) -> states.SessionState:
    session = seat(view, member)
    return states.work_state(seen(view, problem, **fields), session, Inbox(session))


def test_while_solving_nobody_sees_difficulty_and_topics_unless_both_want_them(problem: Problem) -> None:
    assert work(room(Format.SIDE_BY_SIDE), problem).details == ""
    one = work(room(Format.SIDE_BY_SIDE, details=(BEN,)), problem)
    assert (one.details, one.wants_details, one.partner_wants_details) == ("", False, True)
    both = work(room(Format.SIDE_BY_SIDE, details=(BEN, ANA)), problem)
    assert both.details.startswith("medium · graphs")
    assert work(room(Format.SIDE_BY_SIDE, Phase.REVEAL), problem).details


def test_a_hint_shows_where_it_was_taken(problem: Problem) -> None:
    view = room(Format.SIDE_BY_SIDE, hints=(Hint(1, ANA),))
    mine = work(view, problem).hints
    assert [bool(hint.text) for hint in mine] == [True] + [False] * (len(problem.hints) - 1)
    theirs = work(view, problem, BEN).hints
    assert not any(hint.text for hint in theirs)
    assert "1 hint" in work(view, problem, BEN, activity=Activity(ANA, "Ana")).partner.activity


def test_in_a_mock_only_the_interviewer_sees_what_gives_the_answer_away(problem: Problem) -> None:
    view = room(Format.MOCK, hints=(Hint(1, BEN, "In my own words."),))
    asks, answers = work(view, problem, ANA), work(view, problem, BEN, activity=Activity(ANA, "Ana"))
    assert (asks.role, answers.role) == ("interviewer", "candidate")
    assert asks.editorial
    assert asks.follow_ups
    assert asks.rubric
    assert all(hint.text for hint in asks.hints)
    assert [hint.is_given for hint in asks.hints][:2] == [True, False]
    assert (answers.editorial, answers.follow_ups, answers.rubric) == ("", "", ())
    assert [hint.text for hint in answers.hints][:2] == ["In my own words.", ""]
    after = work(room(Format.MOCK, Phase.REVEAL), problem, BEN)
    assert after.role == ""


def test_the_next_problem_is_picked_in_the_break_of_a_mock_only(problem: Problem) -> None:
    assert work(room(Format.MOCK, Phase.BREAK), problem).can_pick
    assert not work(room(Format.MOCK), problem).can_pick
    assert not work(room(Format.SIDE_BY_SIDE, Phase.BREAK), problem).can_pick


def test_claims_stand_with_whose_they_are(problem: Problem) -> None:
    view = room(Format.SIDE_BY_SIDE, Phase.REVEAL, complexities=(Complexity(ANA, "O(n)"), Complexity(BEN, "O(1)", "1")))
    state = work(view, problem)
    assert state.my_claim.words == "Time O(n)"
    assert state.partner.claim.words == "Time O(1) · Space 1"


def test_a_partner_who_dropped_shows_and_what_can_be_done_is_said(problem: Problem) -> None:
    state = work(room(Format.SIDE_BY_SIDE), problem, activity=None)
    assert (state.partner.note, state.partner.online) == ("offline", False)
    assert "Pause it" in state.partner.activity


def test_the_link_is_told_while_it_is_bad(problem: Problem) -> None:
    def link(milliseconds: int) -> str:
        return work(
            room(Format.PAIR), problem, activity=Activity(BEN, round_trip_ms=milliseconds, completion=False)
        ).partner.link

    assert [link(ms) for ms in (0, 40, 320, 1_280)] == ["", "", "slow link", "poor link"]


def test_talk_is_counted_until_it_was_looked_at() -> None:
    view = room(Format.SIDE_BY_SIDE)
    inbox = Inbox(seat(view, ANA))

    def event(by: str, change: messages.AnyChange) -> messages.Event:
        return messages.Event(1, 5, by, change, view)

    inbox.take(event(BEN, messages.Said("hello")), seen=False)
    inbox.take(event(BEN, messages.Nudged("hint")), seen=False)
    inbox.take(event(ANA, messages.Said("hi")), seen=False)
    inbox.take(event(ANA, messages.StuckMarked(True)), seen=False)
    assert inbox.unread == 2
    assert [(line.who, line.text) for line in inbox.lines] == [
        ("Ben", "hello"), ("Ben", "Need a hint?"), ("You", "hi"),
    ]  # fmt: skip
    inbox.look()
    inbox.take(event(BEN, messages.Said("seen at once")), seen=True)
    assert inbox.unread == 0


def lobby(view: RoomView, me: str, version: Version, problem: Problem | None, *, is_here: bool = True) -> LobbyState:
    activity = Activity(ANA if me == BEN else BEN) if is_here else None
    return states.lobby_state(seen(view, problem, activity=activity), seat(view, me), states.Bench(version=version))


HERE, LACKED = Version("here"), Version("lacked", "It is on its way.")


def test_the_lobby_says_what_is_missing(problem: Problem) -> None:
    alone = msgspec.structs.replace(room(Format.SIDE_BY_SIDE, Phase.LOBBY), members=(Member(ANA, "Ana", "member"),))
    state = lobby(alone, ANA, HERE, problem)
    assert (state.can_start, state.hint) == (False, "Your partner has not joined yet.")
    state = lobby(room(Format.MOCK, Phase.LOBBY), BEN, HERE, problem)
    assert (state.can_start, state.interviewer) == (True, "partner")
    unknown = lobby(room(Format.MOCK, Phase.LOBBY), BEN, LACKED, None)
    assert unknown.hint == "Your app does not have this problem."


def test_the_lobby_waits_for_the_word_of_each_who_is_here(problem: Problem) -> None:
    view = room(Format.SIDE_BY_SIDE, Phase.LOBBY, suggested_by=ANA, agreed=(ANA,))
    hers, his = lobby(view, ANA, HERE, problem), lobby(view, BEN, HERE, problem)
    assert (hers.can_start, hers.hint) == (False, "Ben has not agreed yet.")
    assert (his.can_start, his.hint) == (False, "Agree, or suggest another one.")
    assert (his.suggestion.by, his.suggestion.can_agree, his.suggestion.i_agree) == ("partner", True, False)
    assert (hers.suggestion.by, hers.suggestion.i_agree, hers.suggestion.minutes) == ("me", True, 25)
    assert not lobby(view, BEN, LACKED, None).suggestion.can_agree
    assert lobby(view, ANA, HERE, problem, is_here=False).can_start
    both = msgspec.structs.replace(view, agreed=(ANA, BEN))
    assert lobby(both, BEN, HERE, problem).can_start
    assert not lobby(both, BEN, LACKED, None).can_start


def test_in_the_break_of_a_mock_the_next_problem_waits_for_both_words(problem: Problem) -> None:
    view = room(Format.MOCK, Phase.BREAK, suggested_by=ANA, agreed=(ANA,))
    his = states.work_state(seen(view, problem, activity=Activity(ANA)), seat(view, BEN), Inbox(seat(view, BEN)))
    assert his.can_agree
    assert his.suggestion.startswith("Ana suggests")
    hers = states.work_state(seen(view, problem, activity=Activity(BEN)), seat(view, ANA), Inbox(seat(view, ANA)))
    assert (hers.can_agree, hers.suggestion) == (False, "You suggest “Tolls”. Ben has not agreed yet.")
    gone = states.work_state(seen(view, problem, activity=None), seat(view, ANA), Inbox(seat(view, ANA)))
    assert "is offline" in gone.suggestion
    settled = work(room(Format.MOCK, Phase.BREAK), problem)
    assert (settled.can_agree, settled.suggestion) == (False, "")


def test_what_was_worked_on_stays_until_both_agree_to_the_next(problem: Problem) -> None:
    """What is shown of it is handed in; of what is suggested only the line that asks for a word tells."""
    before = replace(problem, id="before", title="Before", statement="What came before.")
    asked = room(Format.MOCK, Phase.BREAK, suggested_by=BEN, agreed=(BEN,))
    state = work(asked, before)
    assert (state.title, state.statement, state.hints) == ("Before", "What came before.", ())
    assert "“Tolls”" in state.suggestion
    nothing_known = work(asked, None)
    assert (nothing_known.title, nothing_known.statement) == ("", "")
    agreed = work(msgspec.structs.replace(asked, agreed=(BEN, ANA)), problem)
    assert (agreed.title, agreed.statement) == ("Tolls", problem.statement)
    assert agreed.hints


def solved(title: str) -> RoundRecord:
    return RoundRecord(title, "s", 1, title.lower(), title, "")


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ("Tolls", "Tolls", ""),
        ("Tolls", "Beads", "Not compared: Ben solved “Beads”, you “Tolls”."),
        ("Tolls", None, "Not compared: only you were interviewed."),
        (None, "Beads", "Not compared: only Ben was interviewed."),
        (None, None, ""),
    ],
)
def test_only_solutions_of_one_problem_are_compared(
    problem: Problem, mine: str | None, theirs: str | None, words: str
) -> None:
    works: dict[str, Any] = {"my_work": mine and solved(mine), "their_work": theirs and solved(theirs)}
    state = work(room(Format.MOCK, Phase.REVEAL), problem, **works)
    assert (state.not_compared, state.is_open) == (words, not words)
    assert not work(room(Format.MOCK), problem, **works).not_compared
    assert work(room(Format.SIDE_BY_SIDE, Phase.REVEAL), problem, **works).is_open


def test_between_two_walkthroughs_the_next_one_is_on() -> None:
    view = room(Format.SIDE_BY_SIDE, Phase.WALKTHROUGH)
    assert states.speaker_of(view) is None
    assert states.speaker_of(msgspec.structs.replace(view, speaker=BEN)) == BEN
    assert states.speaker_of(msgspec.structs.replace(view, spoken=(ANA,))) == BEN
    assert states.speaker_of(msgspec.structs.replace(view, spoken=(ANA, BEN))) is None
    assert states.speaker_of(msgspec.structs.replace(view, spoken=(ANA,), phase=Phase.WRAP_UP)) is None


@pytest.fixture
def prompt(tmp_path: Path) -> Problem:
    return load_problem(write_prompt(tmp_path))


def test_of_a_prompt_an_interviewer_has_everything_and_a_candidate_the_question(prompt: Problem) -> None:
    view = room(Format.MOCK, hints=(Hint(1, BEN, "Who rings it?"),))
    asks, answers = work(view, prompt, ANA), work(view, prompt, BEN, activity=Activity(ANA, "Ana"))
    assert (asks.is_oral, answers.is_oral) == (True, True)
    assert (asks.editorial, asks.follow_ups) == (prompt.editorial, prompt.follow_ups)
    assert [name for name, _ in asks.rubric] == ["Numbers", "Failure", "People"]
    assert (answers.shows_answer, answers.statement) == (False, prompt.statement)
    assert [hint.text for hint in answers.hints] == ["Who rings it?", "", ""]


@pytest.mark.parametrize("form", list(Format))
def test_the_answer_is_for_both_at_the_reveal_and_not_before(form: Format, prompt: Problem, problem: Problem) -> None:
    for one in (prompt, problem):
        for phase in (Phase.FOCUS, Phase.BREAK):
            assert not work(room(form, phase), one, BEN, activity=Activity(ANA, "Ana")).shows_answer
        for member in (ANA, BEN):
            state = work(room(form, Phase.REVEAL), one, member)
            assert (state.editorial, state.shows_answer) == (one.editorial, True)
            assert not (state.is_oral and state.is_open)


def test_a_walkthrough_knows_what_is_explained(prompt: Problem, problem: Problem) -> None:
    view = room(Format.MOCK, Phase.WALKTHROUGH, speaker=BEN)
    assert states.walkthrough_state(seen(view, prompt), seat(view, ANA)).is_oral
    assert not states.walkthrough_state(seen(view, problem), seat(view, ANA)).is_oral
