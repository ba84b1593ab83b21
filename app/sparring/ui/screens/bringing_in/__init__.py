"""Bring in problems: from a folder or zip file, pasted, or from the browser; and what came in before."""

from sparring.ui.screens.bringing_in.screen import BringInScreen
from sparring.ui.screens.bringing_in.state import (
    BringInState,
    BrowserState,
    CaseRow,
    EarlierRow,
    FilesState,
    PasteFields,
    PastePreview,
    PostRow,
    ReportView,
    TroubleRow,
)

__all__ = [
    "BringInScreen",
    "BringInState",
    "BrowserState",
    "CaseRow",
    "EarlierRow",
    "FilesState",
    "PasteFields",
    "PastePreview",
    "PostRow",
    "ReportView",
    "TroubleRow",
]
