"""The journal on screen: what to look for, what was found, recordings to play."""

from dataclasses import replace

from PySide6.QtCore import QObject

from sparring.journal import Journal, Recording, RoundDetail, RoundFilter
from sparring.ui.audio import WalkthroughPlayer
from sparring.ui.round_words import day_words, format_words, round_words
from sparring.ui.screens.journal import (
    JournalDetail,
    JournalQuery,
    JournalRow,
    JournalScreen,
    JournalState,
    RecordingRow,
    Section,
)
from sparring.ui.screens.session import Claim
from sparring.ui.screens.walkthrough import CRITERIA
from sparring.ui.shell import MainWindow


class JournalController(QObject):
    """See the module."""

    def __init__(self, window: MainWindow, journal: Journal, screen: JournalScreen | None = None) -> None:
        super().__init__(window)
        self._window, self._journal = window, journal
        self.screen = screen or JournalScreen()
        self._state = JournalState()
        self._query = JournalQuery()
        self._recordings: dict[str, Recording] = {}
        self._player: WalkthroughPlayer | None = None
        self.screen.filter_changed.connect(self._filter)
        self.screen.round_opened.connect(self.open_round)
        self.screen.play_requested.connect(self._play)
        self.screen.seek_requested.connect(lambda ms: self._player.seek(ms) if self._player else None)

    def refresh(self) -> None:
        """Ask the journal again."""
        query = self._query
        found = self._journal.rounds(RoundFilter(query.text, query.topic, query.partner, query.struggled))
        self._show(
            rows=tuple(JournalRow(one.id, one.problem_title, round_words(one)) for one in found),
            topics=tuple(self._journal.topics()),
            partners=tuple(self._journal.partners()),
            searched=query != JournalQuery(),
        )

    def open_round(self, round_id: str) -> None:
        """Show everything about a round."""
        detail = self._journal.round_detail(round_id)
        if detail is None:
            return
        self._recordings = {recording.id: recording for recording in detail.recordings}
        self._show(detail=self._as_shown(detail))

    def _as_shown(self, detail: RoundDetail) -> JournalDetail:
        record = detail.round
        names = dict(CRITERIA)
        kept = [f"Takeaway: {record.takeaway}" if record.takeaway else "", ", ".join(record.tags)]
        for giver, (scores, text) in (("You", detail.my_feedback), (detail.partner, detail.partner_feedback)):
            if scores or text:
                marks = ", ".join(f"{names.get(key, key)} {score}" for key, score in scores.items())
                kept.append(f"{giver} said: {marks}{'. ' if marks and text else ''}{text}")
        is_oral = detail.language == "markdown"
        runs = "" if is_oral or record.role == "interviewer" else "never run"
        if detail.runs:
            runs = f"{detail.runs} runs, {detail.passed} of {detail.total} passing"
        words = [
            day_words(record.started_at),
            detail.partner,
            format_words(record.format, record.role),
            ", ".join(record.topics),
            record.outcome,
            runs,
        ]
        recordings = tuple(
            RecordingRow(
                one.id,
                f"your walkthrough, {one.duration_ms // 1000} s",
                (self._journal.folder / one.path).is_file(),
            )
            for one in detail.recordings
        )
        return JournalDetail(
            record.problem_title, " · ".join(word for word in words if word), record.statement, detail.my_code,
            detail.partner_code, detail.partner, detail.notes, "\n".join(line for line in kept if line), recordings,
            mine="Both of you" if record.format == "pair" else "You",
            my_claim=Claim(detail.my_claim.time, detail.my_claim.space).words,
            partner_claim=Claim(detail.partner_claim.time, detail.partner_claim.space).words,
            said=_said(detail), board="" if detail.board == "[]" else detail.board, me=detail.me,
            language=detail.language, partner_language=detail.partner_language,
        )  # fmt: skip

    def _filter(self, query: JournalQuery) -> None:
        self._query = query
        self.refresh()

    def _show(self, **fields: object) -> None:
        self._state = replace(self._state, **fields)  # type: ignore[arg-type]
        self.screen.show_state(self._state)

    def _play(self, recording_id: str) -> None:
        recording = self._recordings.get(recording_id)
        if recording is None:
            return
        if self._player is None:
            self._player = WalkthroughPlayer(self)
            self._player.moved.connect(self.screen.set_player)
            self._player.failed.connect(self._window.show_notice)
        self._player.toggle(self._journal.folder / recording.path)


def _said(detail: RoundDetail) -> tuple[Section, ...]:
    """Hints, chat and parked thoughts; of each only if there is something."""
    partner = detail.partner or "Partner"
    mine = tuple((f"{hint.number}", hint.text) for hint in detail.hints if hint.whose == "me")
    theirs = tuple(
        (f"{hint.number}", hint.text or "taken without you") for hint in detail.hints if hint.whose == "partner"
    )
    sections = (
        Section("Hints you saw", mine),
        Section(f"Hints {partner} saw", theirs),
        Section("Chat", tuple(("You" if line.is_mine else line.name or partner, line.text) for line in detail.chat)),
        Section("Parked thoughts", tuple(("", thought.text) for thought in detail.thoughts)),
    )
    return tuple(section for section in sections if section.lines)
