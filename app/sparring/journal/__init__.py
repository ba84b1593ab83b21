"""The journal: sessions, rounds, attempts, notes and the tape, in one SQLite file on this machine."""

from sparring.journal.errors import JournalError, JournalTooNew, JournalUnreadable, JournalUnwritable
from sparring.journal.journal import Journal
from sparring.journal.records import (
    Recording,
    RoundDetail,
    RoundFilter,
    RoundRecord,
    RoundSummary,
    SessionRecord,
    TapeRow,
)

__all__ = [
    "Journal",
    "JournalError",
    "JournalTooNew",
    "JournalUnreadable",
    "JournalUnwritable",
    "Recording",
    "RoundDetail",
    "RoundFilter",
    "RoundRecord",
    "RoundSummary",
    "SessionRecord",
    "TapeRow",
]
