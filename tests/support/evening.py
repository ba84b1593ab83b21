"""A session that hears what a test says: with a real journal and real documents, without a server."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sparring.journal import Journal, RoundDetail, SessionRecord
from sparring.journal.records import utc_now
from sparring.live.session import LiveSession, Seat
from sparring.problems import Bank
from sparring.runner import CaseResult, CaseState, RunReport
from sparring.tape import events, read_tape
from sparring.ui.keeper import SessionKeeper
from sparring.ui.round_book import RoundKey
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Member, Phase, Plan, ProblemRef, RoomView
from tests.support.partners import new_invite, new_seat

BEN = Member("ben-ben-ben-ben-", "Ben", "member")


@dataclass
class Evening:
    """A session that hears what a test says, without a server."""

    folder: Path
    session: LiveSession = field(init=False)
    keeper: SessionKeeper = field(init=False)
    view: RoomView = field(init=False)
    seat: Seat = field(default_factory=lambda: new_seat("Ana"))
    bank: Bank = field(default=None)  # type: ignore[assignment]  # made with the folder
    problem: ProblemRef = field(default_factory=lambda: ProblemRef("tolls", "Tolls"))

    def __post_init__(self) -> None:
        self.journal = Journal.open(self.folder)
        if self.bank is None:
            self.bank = Bank({"received": self.folder / "received-problems"}, optional=("received",))
        self.opens(SessionRecord("s", "r", "l", self.me, "k", False, utc_now()))

    def opens(self, record: SessionRecord) -> None:
        self.session = LiveSession(
            new_invite(1), self.seat, lambda name: self.journal.document_updates(record.id, name)
        )
        self.session.clock.restart(1_000_000, 1.0)
        self.keeper = SessionKeeper(self.journal, self.bank, self.session, record)
        self.session.view_changed.connect(self.keeper.follow)

    def comes_back(self) -> None:
        """The app was closed and is opened again; the room is as it was."""
        self.journal.flush()
        self.opens(self.keeper.record)
        self.session._set_view(self.view)

    def writes(self, code: str, whose: str = "me") -> None:
        assert self.session.round is not None
        document = self.session.round.mine if whose == "me" else self.session.round.partners
        assert document is not None
        text = self.keeper.texts[document.name]
        text.edit(0, len(text.value), code)

    def runs(self, passed: int, total: int) -> None:
        states = [CaseState.PASSED] * passed + [CaseState.WRONG] * (total - passed)
        self.keeper.ran(RunReport(tuple(CaseResult(str(n), False, one) for n, one in enumerate(states)), 12.0, ""))

    def kept(self, problem: str = "tolls") -> RoundDetail:
        self.journal.flush()
        detail = self.journal.round_detail(self.keeper.rounds[RoundKey(self.keeper.number, problem)].id)
        assert detail is not None
        return detail

    @property
    def me(self) -> str:
        return self.seat.member

    def begins(self, format_: Format, interviewer: str | None = None) -> None:
        self.view = RoomView(
            phase=Phase.FOCUS, plan=Plan(format=format_), members=(Member(self.me, "Ana", "member"), BEN), block=1,
            problem=self.problem, interviewer=interviewer,
        )  # fmt: skip
        self.session._set_view(self.view)

    def tells(self, by: str, change: messages.AnyChange, **fields: object) -> None:
        self.view = msgspec.structs.replace(self.view, number=self.view.number + 1, **fields)
        at_ms = 1_000_000 + self.view.number
        self.session._heard(messages.Event(self.view.number, at_ms, by, change, self.view))

    def taped(self) -> list[tuple[str, events.AnyTapeEvent]]:
        self.journal.flush()
        return [(one.lane, one.event) for one in read_tape(self.journal, "s")]
