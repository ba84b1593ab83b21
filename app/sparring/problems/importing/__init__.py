"""Brings strangers' problems onto a shelf of the profile: drafts, formats, reports, undoing."""

from sparring.problems.importing.bringing_in import ImportCancelled, ProofLike, Prove, import_drafts, import_from
from sparring.problems.importing.draft import DraftSolution, ProblemDraft
from sparring.problems.importing.finding import NothingFoundError
from sparring.problems.importing.report import (
    Imported,
    ImportReport,
    LeftOut,
    RecordError,
    imports,
    recorded,
    undo_import,
)
from sparring.problems.importing.writing import AlreadyThereError, ShelfError, problem_id, write_problem

__all__ = [
    "AlreadyThereError",
    "DraftSolution",
    "ImportCancelled",
    "ImportReport",
    "Imported",
    "LeftOut",
    "NothingFoundError",
    "ProblemDraft",
    "ProofLike",
    "Prove",
    "RecordError",
    "ShelfError",
    "import_drafts",
    "import_from",
    "imports",
    "problem_id",
    "recorded",
    "undo_import",
    "write_problem",
]
