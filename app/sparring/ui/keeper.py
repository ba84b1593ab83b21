"""Keeps a session while it runs: every update and event goes from the room into the journal and onto the tape."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from sparring.journal import Journal, Recording, RoundRecord, SessionRecord
from sparring.journal.records import new_key, utc_now
from sparring.live.document import SharedDocument
from sparring.live.session import LiveSession
from sparring.live.text import SharedText, TextChange
from sparring.problems import Bank
from sparring.review.ratings import Evidence, Proposal, propose_struggle
from sparring.runner import RunReport
from sparring.tape import TapeRecorder
from sparring.tape import events as tape_events
from sparring_server.protocol import messages, names
from sparring_server.protocol.names import DocumentKind
from sparring_server.protocol.view import Phase, RoomView


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


class SessionKeeper:
    """See the module. Knows no Qt; all methods run in the interface's thread and return at once."""

    def __init__(self, journal: Journal, bank: Bank, session: LiveSession, record: SessionRecord) -> None:
        self._journal = journal
        self._bank = bank
        self._session = session
        self.record = record
        self.texts: dict[str, SharedText] = {}
        self.rounds: dict[int, RoundRecord] = {}
        self.evidence: dict[int, RoundEvidence] = {}
        self.parked: list[str] = journal.parked_thoughts(record.id) if record.started_ms else []
        self._tape: TapeRecorder | None = None
        self._waiting: list[tuple[SharedDocument, bytes]] = []
        session.document_opened.connect(self._document_opened)
        session.happened.connect(self._happened)

    # The session.

    def follow(self, view: RoomView) -> None:
        """The room's state is now this."""
        if self._tape is None:
            if not self.record.started_ms:
                self.record = replace(self.record, started_ms=int(self._session.clock.now_ms()))
            self._journal.save_session(self.record)
            self._tape = TapeRecorder(self._journal, self.record.id, self.record.started_ms, self._session.clock.now_ms)
            for document, update in self._waiting:
                self._journal.record_update(self.record.id, document.name, update)
            self._waiting.clear()
        partner = self._session.partner
        changed = replace(
            self.record,
            partner=partner.name if partner else self.record.partner,
            north_star=view.plan.north_star,
            format=view.plan.format,
        )
        if changed != self.record:
            self.record = changed
            self._journal.save_session(changed)
        if view.problem is not None and view.phase is not Phase.LOBBY:
            self._begin_round(view)

    def _begin_round(self, view: RoomView) -> None:
        if view.round in self.rounds or view.problem is None:
            return
        known = self._journal.round_of(self.record.id, view.round)
        problem = self._bank.problems.get(view.problem.id)
        self.evidence[view.round] = RoundEvidence(started_ms=self.tape_ms)
        self.rounds[view.round] = known or RoundRecord(
            new_key(),
            self.record.id,
            view.round,
            view.problem.id,
            view.problem.title,
            utc_now(),
            topics=problem.topics if problem else (),
            difficulty=problem.difficulty if problem else "",
            statement=problem.statement if problem else "",
        )
        self._journal.save_round(self.rounds[view.round])

    @property
    def tape_ms(self) -> int:
        return self._tape.now_ms() if self._tape else 0

    @property
    def number(self) -> int:
        return self._session.view.round if self._session.view else 1

    @property
    def round(self) -> RoundRecord | None:
        """The current round, once it has begun."""
        return self.rounds.get(self.number)

    def end(self) -> None:
        """The session is over, for good."""
        self.save_texts()
        current = self.round
        if current is not None and current.ended_at is None:
            self.change_round(ended_at=utc_now(), outcome=self._outcome())
        self._journal.end_session(self.record)

    # Documents.

    def _document_opened(self, document: SharedDocument) -> None:
        name = names.parse_document(document.name)
        if name is None or name.kind is not DocumentKind.BOARD:
            text = self.texts[document.name] = SharedText(document.doc)
            text.changed.connect(lambda change: self._tape_edit(document.name, change))
        document.updated.connect(lambda update, is_remote: self._keep_update(document, update))

    def _keep_update(self, document: SharedDocument, update: bytes) -> None:
        if self._tape is None:
            self._waiting.append((document, update))
        else:
            self._journal.record_update(self.record.id, document.name, update)

    def _tape_edit(self, document: str, change: TextChange) -> None:
        if self._tape is None or not change.patches:
            return
        name = names.parse_document(document)
        theirs = name is not None and name.kind is DocumentKind.EDITOR and name.owner != self._session.seat.member
        patches = tuple((patch.position, patch.deleted, patch.inserted) for patch in change.patches)
        self._tape.record("partner" if theirs else "me", self.number, tape_events.Edit(document, patches))

    def save_texts(self) -> None:
        """Bring the readable copies in the journal up to date."""
        current, documents = self.round, self._session.round
        if current is None or documents is None:
            return
        evidence = self.evidence[self.number]
        mine = self.texts[(documents.pad or documents.mine).name].value
        self._journal.save_attempt(current.id, "me", "python", mine, evidence.passed, evidence.total)
        if documents.partners is not None and (theirs := self.texts[documents.partners.name].value):
            self._journal.save_attempt(current.id, "partner", "python", theirs, 0, 0)
        if notes := self.texts[documents.notes.name].value:
            self._journal.save_note(current.id, notes)

    # What happens.

    def _happened(self, event: messages.Event) -> None:
        if self._tape is None:
            return
        me = self._session.seat.member
        taped = self._as_taped(event)
        if taped is not None:
            lane = "room" if not event.by else "me" if event.by == me else "partner"
            self._tape.record(lane, event.view.round, taped, event.at_ms)  # type: ignore[arg-type]
        change = event.change
        if isinstance(change, messages.StuckMarked) and change.on and event.by == me and self.number in self.evidence:
            self.evidence[self.number].stuck_marks += 1
        if evidence := self.evidence.get(event.view.round):
            self._count_hint(event, evidence.hints)
        if isinstance(change, messages.FeedbackGiven) and change.round in self.rounds:
            giver = "me" if event.by == me else "partner"
            self._journal.save_feedback(self.rounds[change.round].id, giver, change.scores, change.text)
        if isinstance(change, messages.PhaseChanged):
            self.save_texts()

    def _count_hint(self, event: messages.Event, seen: set[int]) -> None:
        """A hint counts for whom it helped: who took it, or to whom the interviewer gave it."""
        match event.change:
            case messages.HintTaken(number=number) if event.by == self._session.seat.member:
                seen.add(number)
            case messages.HintGiven(number=number) if event.view.candidate == self._session.seat.member:
                seen.add(number)

    def _as_taped(self, event: messages.Event) -> tape_events.AnyTapeEvent | None:
        match event.change:
            case messages.PhaseChanged(phase=phase, block=block, bell=bell):
                return tape_events.Phase(phase, block, bell)
            case messages.StuckMarked(on=on):
                return tape_events.Stuck(on)
            case messages.Revealed(bell=bell):
                return tape_events.Reveal(bell)
            case messages.TimerPaused():
                return tape_events.Clock("paused")
            case messages.TimerResumed() | messages.TimerStarted():
                return tape_events.Clock("started")
            case messages.TimerExtended():
                return tape_events.Clock("extended")
            case messages.WalkthroughStarted(speaker=speaker):
                return tape_events.Walkthrough(speaker, True)
            case messages.WalkthroughStopped(speaker=speaker):
                return tape_events.Walkthrough(speaker, False)
            case messages.RolesSet(interviewer=interviewer):
                return tape_events.Roles(interviewer, False)
            case messages.RolesSwapped(interviewer=interviewer):
                return tape_events.Roles(interviewer, True)
            case messages.HintGiven(number=number, text=text):
                return tape_events.Hint(number, text)
            case messages.HintTaken(number=number):
                return tape_events.Hint(number, "")
            case messages.ComplexityClaimed(time=time, space=space):
                return tape_events.Complexity(time, space)
            case messages.Nudged(kind=kind):
                return tape_events.Nudge(kind)
            case messages.DetailsWanted(on=on):
                return tape_events.Details(on)
            case messages.MemberJoined(member=member):
                return tape_events.Member(member.name, True)
            case _:
                return None

    def ran(self, report: RunReport) -> None:
        """My code was run."""
        current = self.round
        if current is None or self._tape is None:
            return
        evidence = self.evidence[self.number]
        evidence.passed, evidence.total = report.passed, report.total
        if report.passed < report.total:
            evidence.failed_runs += 1
        elif evidence.first_pass_ms is None:
            evidence.first_pass_ms = self.tape_ms - evidence.started_ms
        self._tape.record("me", self.number, tape_events.Run(report.passed, report.total, report.elapsed_ms))
        results = [{"name": one.name, "state": one.state, "elapsed_ms": one.elapsed_ms} for one in report.results]
        self._journal.save_run(current.id, self.tape_ms, report.passed, report.total, report.elapsed_ms, results)
        self.save_texts()

    def mark(self, text: str) -> None:
        """A place worth finding again."""
        if self._tape is not None:
            self._tape.record("me", self.number, tape_events.Marker(text))

    def park(self, text: str) -> None:
        """A stray thought."""
        self.parked.append(text)
        self._journal.park_thought(self.record.id, self.tape_ms, text)

    def recording_started(self, path: Path) -> None:
        if self._tape is not None:
            self._tape.record("me", self.number, tape_events.Recording(self._relative(path), True))

    def recorded(self, path: Path, duration_ms: int) -> None:
        """A recording is finished."""
        current = self.round
        if current is None or self._tape is None:
            return
        relative = self._relative(path)
        self._tape.record("me", self.number, tape_events.Recording(relative, False))
        at_ms = max(0, self.tape_ms - duration_ms)
        self._journal.save_recording(current.id, Recording(new_key(), "me", relative, duration_ms, at_ms))

    @property
    def recordings(self) -> Path:
        """Where this session's recordings go."""
        return self._journal.folder / "recordings" / self.record.id

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._journal.folder).as_posix()

    # The wrap-up.

    def proposal(self) -> Proposal | None:
        """The proposed struggle rating of this round."""
        evidence, view = self.evidence.get(self.number), self._session.view
        if evidence is None or view is None:
            return None
        done = bool(evidence.total) and evidence.passed == evidence.total
        focus_ms = view.plan.focus_minutes * view.plan.blocks * 60_000
        return propose_struggle(
            Evidence(done, evidence.first_pass_ms, evidence.failed_runs, evidence.stuck_marks, focus_ms)
        )

    def _outcome(self) -> str:
        evidence = self.evidence.get(self.number, RoundEvidence())
        return "passed" if evidence.total and evidence.passed == evidence.total else "not finished"

    def change_round(self, **fields: object) -> None:
        """Rate, tag, or end the current round."""
        current = self.round
        if current is not None:
            self.rounds[self.number] = replace(current, **fields)  # type: ignore[arg-type]
            self._journal.save_round(self.rounds[self.number])

    def wrap_up(self) -> None:
        """The round's work is over: its outcome is known, and the proposal holds until changed."""
        current, proposal = self.round, self.proposal()
        if current is not None and not current.outcome and proposal is not None:
            self.change_round(ended_at=utc_now(), outcome=self._outcome(), struggle=current.struggle or proposal.rating)
        self.save_texts()
