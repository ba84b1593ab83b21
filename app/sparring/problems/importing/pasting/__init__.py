"""Paste: from the text of a page to a problem. Pure; everything is a value that a form can show and correct."""

from sparring.problems.importing.pasting.model import (
    EXPECTED,
    HIDDEN,
    NAME,
    Correction,
    Pasted,
    PastedCase,
    PasteForm,
    Trouble,
    corrected,
    with_case,
    without_case,
)
from sparring.problems.importing.pasting.reading import draft_of, read_paste

__all__ = [
    "EXPECTED",
    "HIDDEN",
    "NAME",
    "Correction",
    "PasteForm",
    "Pasted",
    "PastedCase",
    "Trouble",
    "corrected",
    "draft_of",
    "read_paste",
    "with_case",
    "without_case",
]
