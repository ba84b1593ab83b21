"""The test console under my editor."""

from sparring.ui.screens.console.case_view import CaseView
from sparring.ui.screens.console.console import Console
from sparring.ui.screens.console.form import CaseFields, CaseForm
from sparring.ui.screens.console.stress_page import StressPage

__all__ = ["CaseFields", "CaseForm", "CaseView", "Console", "StressPage"]
