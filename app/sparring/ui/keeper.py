"""Keeps a session while it runs: every update and event goes from the room into the journal and onto the tape."""

from pathlib import Path

from msgspec.structs import replace

from sparring.journal import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    Journal,
    ParkedThought,
    Recording,
    RoundRecord,
    SessionRecord,
)
from sparring.journal.records import new_key, utc_now
from sparring.live.board import SharedBoard
from sparring.live.document import SharedDocument
from sparring.live.languages import CodeLanguage
from sparring.live.session import LiveSession
from sparring.live.text import SharedText, TextChange
from sparring.problems import Bank
from sparring.review.ratings import Evidence, Proposal, propose_struggle
from sparring.runner import RunReport
from sparring.tape import TapeRecorder
from sparring.tape import events as tape_events
from sparring.ui.readable_copies import ReadableCopies
from sparring.ui.round_book import RoundBook, RoundEvidence, RoundKey, Whose, role_in
from sparring.ui.taped import as_taped
from sparring_server.protocol import messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.names import DocumentKind
from sparring_server.protocol.view import Format, Phase, RoomView

_WRITING = (Phase.FOCUS, Phase.BREAK)


class SessionKeeper:
    """See the module. Knows no Qt; all methods run in the interface's thread and return at once."""

    def __init__(self, journal: Journal, bank: Bank, session: LiveSession, record: SessionRecord) -> None:
        self._journal = journal
        self._bank = bank
        self._session = session
        self.record = record
        self.texts: dict[str, SharedText] = {}
        self.languages: dict[str, CodeLanguage] = {}
        """What each of the texts is written in."""
        self.parked: list[ParkedThought] = []
        """Oldest first, dismissed or not."""
        self.claims: dict[tuple[int, Whose], ClaimMade] = {}
        """What each of us said last in a round of this number."""
        self._book = RoundBook(journal, bank, record.id, session.seat.member)
        if record.started_ms:
            self.parked = journal.parked_thoughts(record.id)
            self._book.load()
        self._copies = ReadableCopies(journal, self._book)
        self._tape: TapeRecorder | None = None
        self._waiting: list[tuple[SharedDocument, bytes]] = []
        session.document_opened.connect(self._document_opened)
        session.invite_changed.connect(self._invite_changed)
        session.happened.connect(self._happened)

    # The session.

    @property
    def journal(self) -> Journal:
        """Where all of it is kept."""
        return self._journal

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
        self._follow_round(view)

    def _invite_changed(self, invite: Invite) -> None:
        """What the session is come back to with."""
        self.record = replace(self.record, invite=invite.link)
        if self._tape is not None:
            self._journal.save_session(self.record)

    def _follow_round(self, view: RoomView) -> None:
        if self._book.find(view) != self._book.current:
            # Another interview begins: what there is of the one before is of that one.
            self.save_texts()
        self._book.follow(view, self.tape_ms)
        key = self._book.current
        if key is None:
            return
        self._adopt_thoughts(self._book.records[key].id)
        if view.problem is not None and view.problem.id == key.problem:
            for hint in view.hints:
                self._keep_hint(key, self._whose(hint.to), hint.number, hint.text)
        for claim in view.complexities:
            self._keep_claim(key, self._whose(claim.member), ClaimMade(claim.time, claim.space))

    def _whose(self, member: str) -> Whose:
        return "me" if member == self._session.seat.member else "partner"

    @property
    def tape_ms(self) -> int:
        return self._tape.now_ms() if self._tape else 0

    @property
    def number(self) -> int:
        return self._session.view.round if self._session.view else 1

    @property
    def round(self) -> RoundRecord | None:
        """What I sum up at the end, once it has begun: what I solve, or else the interview in which I only ask."""
        key = self._mine
        return self._book.records[key] if key else None

    @property
    def rounds(self) -> dict[RoundKey, RoundRecord]:
        """Every round of this session, by its number and problem."""
        return self._book.records

    @property
    def evidence(self) -> dict[RoundKey, RoundEvidence]:
        """What speaks for a rating, of each round."""
        return self._book.evidence

    @property
    def problem_id(self) -> str:
        """The problem that is worked on, or in a break was; empty before the first block."""
        return self._book.current.problem if self._book.current else ""

    def solved(self, whose: Whose) -> RoundRecord | None:
        """What somebody has solved in this round; None while they have only asked."""
        key = self._book.solved_by(whose, self.number)
        return self._book.records[key] if key else None

    @property
    def _mine(self) -> RoundKey | None:
        return self._book.mine(self.number)

    def end(self) -> None:
        """The session is over, for good."""
        self.save_texts()
        self._close_rounds()
        self._journal.end_session(self.record)

    # Documents.

    def _document_opened(self, document: SharedDocument) -> None:
        name = names.parse_document(document.name)
        if name is None or name.kind is not DocumentKind.BOARD:
            text = self.texts[document.name] = SharedText(document.doc)
            self.languages[document.name] = CodeLanguage(document.doc, text)
            text.changed.connect(lambda change: self._tape_edit(document.name, change))
        elif name.round is not None:
            self._copies.watch_board(name.round, SharedBoard(document.doc, self._session.seat.member))
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
        """Bring the readable copies in the journal up to date: of the code, the notes and the board."""
        if self._session.round is not None:
            self._copies.save(self._session.round, self.texts, self.languages)

    # What happens.

    def _happened(self, event: messages.Event) -> None:
        if self._tape is None:
            return
        me = self._session.seat.member
        taped = as_taped(event)
        if taped is not None:
            lane = "room" if not event.by else "me" if event.by == me else "partner"
            self._tape.record(lane, event.view.round, taped, event.at_ms, event.number)  # type: ignore[arg-type]
        self._keep(event, self._book.find(event.view))
        if isinstance(event.change, messages.PhaseChanged):
            self.save_texts()

    def _keep(self, event: messages.Event, key: RoundKey | None) -> None:
        """Also of what was missed while offline, or before the app was closed: all of it may be heard again."""
        if key is not None and key not in self._book.records:
            return
        whose = self._whose(event.by)
        match event.change:
            case messages.Said(text=text):
                member = event.view.member(event.by)
                at_ms = max(0, event.at_ms - self.record.started_ms)
                said = ChatSaid(member.name if member else "", text, whose == "me", at_ms)
                round_id = self._book.records[key].id if key else ""
                self._journal.save_chat(self.record.id, event.number, said, round_id)
            case messages.StuckMarked(on=True) if key and whose == "me":
                self._book.evidence[key].stuck_marks += 1
            case messages.HintTaken(number=number) if key:
                self._keep_hint(key, whose, number, "")
            case messages.HintGiven(number=number, text=text) if key and event.view.candidate:
                # It counts for whom it helps.
                self._keep_hint(key, self._whose(event.view.candidate), number, text)
            case messages.ComplexityClaimed(time=time, space=space) if key:
                self._keep_claim(key, whose, ClaimMade(time, space))
            case messages.FeedbackGiven(round=number, scores=scores, text=text):
                # About what the other has solved; if they have only asked, about that.
                solved = self._book.solved_by("partner" if whose == "me" else "me", number)
                if about := solved or self._book.mine(number):
                    self._journal.save_feedback(self._book.records[about].id, whose, scores, text)
            case _:
                pass

    def _keep_hint(self, key: RoundKey, whose: Whose, number: int, text: str) -> None:
        if whose == "me":
            self._book.evidence[key].hints.add(number)
            if not text and (problem := self._bank.problems.get(key.problem)) and number <= len(problem.hints):
                text = problem.hints[number - 1]
        self._copies.save_hint(key, HintSeen(whose, number, text))

    def _keep_claim(self, key: RoundKey, whose: Whose, claim: ClaimMade) -> None:
        if self.claims.get((key.number, whose)) == claim:
            return
        self.claims[key.number, whose] = claim
        about = self._book.solved_by(whose, key.number) or key
        self._journal.save_claim(self._book.records[about].id, whose, claim)

    def ran(self, report: RunReport, language: str = "python") -> None:
        """What is in my editor was run. It speaks for me only where I solve this problem, and do not ask."""
        key, view = self._book.current, self._session.view
        if key is None or view is None or self._tape is None or self._book.solved_by("me", key.number) != key:
            return
        if view.phase in _WRITING and role_in(view, self._session.seat.member) == "interviewer":
            return
        at_ms = self.tape_ms
        self._book.evidence[key].count_run(at_ms, report.passed, report.total)
        self._tape.record("me", self.number, tape_events.Run(report.passed, report.total, report.elapsed_ms))
        results = [{"name": one.name, "state": one.state, "elapsed_ms": one.elapsed_ms} for one in report.results]
        record = self._book.records[key]
        self._journal.save_run(record.id, at_ms, report.passed, report.total, report.elapsed_ms, results, language)
        self.save_texts()

    def mark(self, text: str) -> None:
        """A place worth finding again."""
        if self._tape is not None:
            self._tape.record("me", self.number, tape_events.Marker(text))

    def park(self, text: str) -> None:
        """A stray thought."""
        key = self._book.current
        thought = ParkedThought(new_key(), self.tape_ms, text, self._book.records[key].id if key else "")
        self.parked.append(thought)
        self._journal.park_thought(self.record.id, thought)

    def _adopt_thoughts(self, round_id: str) -> None:
        """What was parked before the first block belongs to it; the journal does the same with its copy."""
        self.parked = [thought if thought.round else replace(thought, round=round_id) for thought in self.parked]

    @property
    def thoughts(self) -> list[ParkedThought]:
        """What was parked in this round, and what is still to be decided of earlier."""
        here = {self._book.records[key].id for key in self._book.of(self.number)}
        return [thought for thought in self.parked if not thought.decision or thought.round in here]

    def decide_thought(self, thought_id: str, decision: str) -> None:
        """Keep a thought, dismiss it, or (with an empty decision) leave that for later."""
        for place, thought in enumerate(self.parked):
            if thought.id == thought_id and thought.decision != decision:
                self.parked[place] = replace(thought, decision=decision)
                self._journal.park_thought(self.record.id, self.parked[place])

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
        """The proposed struggle rating of what I solved in this round; None if I only asked."""
        key, view = self._book.solved_by("me", self.number), self._session.view
        if key is None or view is None:
            return None
        evidence, plan = self._book.evidence[key], view.plan
        # Of a mock interview with swapped roles, half of the blocks are mine to solve in.
        blocks = max(1, plan.blocks // 2) if plan.format is Format.MOCK and plan.swap_roles else plan.blocks
        return propose_struggle(
            Evidence(
                evidence.passed_all,
                evidence.first_pass_ms,
                evidence.failed_runs,
                evidence.stuck_marks,
                plan.focus_minutes * blocks * 60_000,
                len(evidence.hints),
                is_oral=self._book.is_oral(key),
            )
        )

    def change_round(self, **fields: object) -> None:
        """Rate or tag what I sum up."""
        key = self._mine
        if key is not None:
            self._book.change(key, **fields)

    def _close_rounds(self) -> None:
        """The work of this number's rounds is over: their outcome is known, and the proposal holds until changed."""
        proposal = self.proposal()
        for key in self._book.of(self.number):
            record = self._book.records[key]
            if record.outcome:
                continue
            if record.role == "interviewer":
                self._book.change(key, ended_at=utc_now(), outcome="interviewed")
                continue
            outcome = "passed" if self._book.evidence[key].passed_all else "not finished"
            if self._book.is_oral(key):
                outcome = "answered"
            rating = proposal.rating if proposal and key == self._mine else ""
            self._book.change(key, ended_at=utc_now(), outcome=outcome, struggle=record.struggle or rating)

    def wrap_up(self) -> None:
        """The round's work is over."""
        self._close_rounds()
        self.save_texts()
