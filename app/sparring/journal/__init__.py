"""The journal: sessions, rounds, attempts, notes and the tape, in one SQLite file on this machine."""

from sparring.journal.errors import JournalError, JournalTooNew, JournalUnreadable, JournalUnwritable
from sparring.journal.journal import Journal
from sparring.journal.records import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    OwnCase,
    ParkedThought,
    ProblemPast,
    Recording,
    RoundDetail,
    RoundFilter,
    RoundRecord,
    RoundSummary,
    SessionRecord,
    TapeRow,
)

__all__ = [
    "ChatSaid",
    "ClaimMade",
    "HintSeen",
    "Journal",
    "JournalError",
    "JournalTooNew",
    "JournalUnreadable",
    "JournalUnwritable",
    "OwnCase",
    "ParkedThought",
    "ProblemPast",
    "Recording",
    "RoundDetail",
    "RoundFilter",
    "RoundRecord",
    "RoundSummary",
    "SessionRecord",
    "TapeRow",
]
