"""The rounds of a session as the journal keeps them: one for every problem of every round, and who solves which.

A round of the room has one problem, but a mock interview in which the roles swap can have one for each block: the
partners pick another in the break. Then each interview is a round of its own here, with my role in it, and a solution
belongs to the round whose candidate wrote it.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from msgspec.structs import replace

from sparring.journal import Journal, RoundRecord
from sparring.journal.records import new_key, utc_now
from sparring.problems import Bank
from sparring_server.protocol.view import Format, Phase, RoomView

Whose = Literal["me", "partner"]

_AT_WORK = (Phase.FOCUS, Phase.REVEAL, Phase.WALKTHROUGH, Phase.WRAP_UP)
_SOLVED_BY_ME = ("", "candidate", "both")
_SOLVED_BY_PARTNER = ("", "interviewer", "both")


class RoundKey(NamedTuple):
    """Which round: the room's number for it, and the problem."""

    number: int
    problem: str


@dataclass
class RoundEvidence:
    """What happened in a round so far, for the proposed rating."""

    started_ms: int = 0
    passed: int = 0
    total: int = 0
    failed_runs: int = 0
    first_pass_ms: int | None = None
    stuck_marks: int = 0
    hints: set[int] = field(default_factory=set)
    """The rungs that I have seen."""

    @property
    def passed_all(self) -> bool:
        return bool(self.total) and self.passed == self.total

    def count_run(self, at_ms: int, passed: int, total: int) -> None:
        """My code was run at this time of the tape."""
        self.passed, self.total = passed, total
        if passed < total:
            self.failed_runs += 1
        elif self.first_pass_ms is None:
            self.first_pass_ms = at_ms - self.started_ms


class RoundBook:
    """See the module. `follow` it with every state of the room; what it knows of earlier is read from the journal."""

    def __init__(self, journal: Journal, bank: Bank, session: str, me: str) -> None:
        self._journal, self._bank, self._session, self._me = journal, bank, session, me
        self.records: dict[RoundKey, RoundRecord] = {}
        self.evidence: dict[RoundKey, RoundEvidence] = {}
        self.current: RoundKey | None = None
        """What is worked on now; None in the lobby."""
        self._solved: dict[tuple[int, Whose], RoundKey] = {}

    def load(self) -> None:
        """Go on where the journal stopped: the app was closed in between."""
        for record in self._journal.rounds_of(self._session):
            key = RoundKey(record.number, record.problem_id)
            evidence = RoundEvidence(started_ms=record.at_ms)
            for run in self._journal.runs_of(record.id):
                evidence.count_run(*run)
            evidence.hints = {hint.number for hint in self._journal.hints_of(record.id) if hint.whose == "me"}
            self.records[key], self.evidence[key] = record, evidence
            self._note_solvers(key, record.role)

    def find(self, view: RoomView) -> RoundKey | None:
        """The round that a state of the room is about; None in the lobby."""
        if view.phase is Phase.LOBBY or view.problem is None or not view.block:
            return None
        key = RoundKey(view.round, view.problem.id)
        if key in self.records or view.phase in _AT_WORK:
            return key
        # In a break the next interview's problem may be picked, and picked again, before anybody works on it.
        return next((known for known in reversed(self.records) if known.number == view.round), None)

    def follow(self, view: RoomView, tape_ms: int) -> None:
        """The room's state is now this: begin what it begins."""
        key = self.current = self.find(view)
        if key is None or view.phase not in _AT_WORK:
            return
        if key not in self.records:
            self._begin(key, view, tape_ms)
        self._describe(key)
        role = role_in(view, self._me)
        record = self.records[key]
        both = role if record.role in ("", role) else "both"
        if both != record.role:
            self.change(key, role=both)
        if view.phase is Phase.FOCUS or (key.number, "me") not in self._solved:
            self._note_solvers(key, role)

    def _begin(self, key: RoundKey, view: RoomView, tape_ms: int) -> None:
        assert view.problem is not None
        self.evidence[key] = RoundEvidence(started_ms=tape_ms)
        self.records[key] = RoundRecord(
            new_key(),
            self._session,
            key.number,
            key.problem,
            view.problem.title,
            utc_now(),
            at_ms=tape_ms,
            format=view.plan.format,
            role=role_in(view, self._me),
        )
        self._journal.save_round(self.records[key])
        self._journal.adopt_loose(self._session, self.records[key].id)

    def _describe(self, key: RoundKey) -> None:
        """What the problem is, once this app has it: it may come over when the round has begun already."""
        problem = self._bank.problems.get(key.problem)
        if problem is not None and not self.records[key].statement:
            self.change(key, topics=problem.topics, difficulty=problem.difficulty, statement=problem.statement)

    def _note_solvers(self, key: RoundKey, role: str) -> None:
        if role in _SOLVED_BY_ME:
            self._solved[key.number, "me"] = key
        if role in _SOLVED_BY_PARTNER:
            self._solved[key.number, "partner"] = key

    def solved_by(self, whose: Whose, number: int) -> RoundKey | None:
        """The round of this number whose solution is in somebody's editor; None if they have only asked."""
        return self._solved.get((number, whose))

    def mine(self, number: int) -> RoundKey | None:
        """What I sum up at the end: the round that I solved, else the one that I asked in."""
        solved = self.solved_by("me", number)
        return solved or next((key for key in reversed(self.records) if key.number == number), None)

    def of(self, number: int) -> list[RoundKey]:
        """The rounds of this number, in their order."""
        return [key for key in self.records if key.number == number]

    def is_oral(self, key: RoundKey) -> bool:
        """Whether it was about a prompt that is answered aloud."""
        problem = self._bank.problems.get(key.problem)
        return problem is not None and problem.is_oral

    def change(self, key: RoundKey, **fields: object) -> None:
        """Change a record, here and in the journal."""
        self.records[key] = replace(self.records[key], **fields)
        self._journal.save_round(self.records[key])


def role_in(view: RoomView, me: str) -> str:
    """My role in the interview that goes on; empty without roles."""
    if view.plan.format is not Format.MOCK or view.interviewer is None:
        return ""
    return "interviewer" if view.interviewer == me else "candidate"
