"""What can be chosen at this seat, with what both have done with it: my journal, and what my partner tells."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sparring.journal import Journal, ProblemPast
from sparring.live.session import LiveSession
from sparring.problems import Bank, ProblemSummary
from sparring.problems.choosing import Choice
from sparring.problems.seen import MARK_BYTES, decode_seen, encode_seen, mark_of
from sparring.review.due import is_due
from sparring_server.protocol import limits

RECEIVED = "received"
"""The name of the bank's shelf of what partners sent."""
_MOST_MARKS = limits.MAX_SEEN_BYTES // MARK_BYTES
_STRUGGLED = ("again", "hard")


def choices_of(
    problems: Iterable[ProblemSummary], pasts: Mapping[str, ProblemPast], partner_marks: bytes, now: datetime
) -> tuple[Choice, ...]:
    """Problems with what both have done with them; `partner_marks` is what the partner's app told."""
    known, never = decode_seen(partner_marks), ProblemPast("", "")
    return tuple(
        Choice(
            one.id, one.title, one.difficulty, one.topics, one.suggested_minutes,
            is_oral=one.mode == "oral", is_received=one.shelf == RECEIVED, seen_at=past.seen_at,
            seen_by_partner=bool(known) and mark_of(one.id) in known, struggled=past.struggle in _STRUGGLED,
            is_due=is_due(past.struggle, past.rated_at, now),
        )
        for one in problems
        for past in (pasts.get(one.id, never),)
    )  # fmt: skip


class KnownProblems:
    """See the module. Nothing is made anew before something is different."""

    def __init__(self, session: LiveSession, bank: Bank, journal: Journal) -> None:
        self._session, self._bank, self._journal = session, bank, journal
        self._pasts: Mapping[str, ProblemPast] = {}
        self._choices: tuple[Choice, ...] = ()
        self._made_of: tuple[object, ...] = ()
        self._marks = b""
        self._marks_of: tuple[object, object] | None = None
        self.read_journal()

    def read_journal(self) -> None:
        """See what became of each problem until now."""
        self._pasts = self._journal.problem_pasts()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every problem of the bank with what both have done with it; the same tuple until something is different."""
        marks = self._partner_marks or b""
        made_of = (self._bank.summaries, self._pasts, marks)
        if not self._made_of or any(a is not b and a != b for a, b in zip(made_of, self._made_of, strict=True)):
            self._made_of = made_of
            self._choices = choices_of(self._bank.summaries.values(), self._pasts, marks, datetime.now(UTC))
        return self._choices

    @property
    def partner_told(self) -> bool:
        """Whether the partner's app has said which problems they have seen."""
        return self._partner_marks is not None

    @property
    def _partner_marks(self) -> bytes | None:
        exchange, partner = self._session.exchange, self._session.partner
        return exchange.seen_by(partner.id) if exchange and partner else None

    @property
    def my_marks(self) -> bytes:
        """What I tell: only of problems that are in my bank."""
        made_of = (self._pasts, self._bank.summaries)
        if self._marks_of is None or self._marks_of[0] is not made_of[0] or self._marks_of[1] is not made_of[1]:
            self._marks_of = made_of
            self._marks = encode_seen(sorted(self._pasts.keys() & self._bank.summaries.keys())[:_MOST_MARKS])
        return self._marks
