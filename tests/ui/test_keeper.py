"""What the room tells comes onto the tape, and counts as evidence for whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from sparring.journal import Journal, SessionRecord
from sparring.journal.records import utc_now
from sparring.live.session import LiveSession
from sparring.problems import Bank
from sparring.tape import events, read_tape
from sparring.ui.keeper import SessionKeeper
from sparring.ui.round_book import RoundKey
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Member, Phase, Plan, ProblemRef, RoomView
from tests.support.partners import new_invite, new_seat

FIRST = RoundKey(1, "tolls")
BEN = Member("ben-ben-ben-ben-", "Ben", "member")


@dataclass
class Evening:
    """A session that hears what a test says, without a server."""

    folder: Path
    session: LiveSession = field(init=False)
    keeper: SessionKeeper = field(init=False)
    view: RoomView = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal.open(self.folder)
        self.session = LiveSession(new_invite(1), new_seat("Ana"))
        self.session.clock.restart(1_000_000, 1.0)
        record = SessionRecord("s", "r", "l", self.me, "k", False, utc_now())
        self.keeper = SessionKeeper(self.journal, Bank({}, ()), self.session, record)
        self.session.view_changed.connect(self.keeper.follow)

    @property
    def me(self) -> str:
        return self.session.seat.member

    def begins(self, format_: Format, interviewer: str | None = None) -> None:
        self.view = RoomView(
            phase=Phase.FOCUS, plan=Plan(format=format_), members=(Member(self.me, "Ana", "member"), BEN), block=1,
            problem=ProblemRef("tolls", "Tolls"), interviewer=interviewer,
        )  # fmt: skip
        self.session._set_view(self.view)

    def tells(self, by: str, change: messages.AnyChange, **fields: object) -> None:
        self.view = msgspec.structs.replace(self.view, number=self.view.number + 1, **fields)
        at_ms = 1_000_000 + self.view.number
        self.session._heard(messages.Event(self.view.number, at_ms, by, change, self.view))

    def taped(self) -> list[tuple[str, events.AnyTapeEvent]]:
        self.journal.flush()
        return [(one.lane, one.event) for one in read_tape(self.journal, "s")]


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
