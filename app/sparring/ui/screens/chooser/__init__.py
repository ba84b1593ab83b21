"""The chooser: all problems with what both have done with them, filters, a surprise, and what is suggested."""

from sparring.ui.screens.chooser.chooser import Chooser
from sparring.ui.screens.chooser.suggestion import Suggestion, SuggestionPanel

__all__ = ["Chooser", "Suggestion", "SuggestionPanel"]
