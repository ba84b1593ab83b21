"""The test console under my editor."""

from sparring.ui.screens.console.buttons import NOTHING_TO_RUN
from sparring.ui.screens.console.case_view import CaseView
from sparring.ui.screens.console.console import Console
from sparring.ui.screens.console.form import CaseFields, CaseForm
from sparring.ui.screens.console.stress_page import StressPage

__all__ = ["NOTHING_TO_RUN", "CaseFields", "CaseForm", "CaseView", "Console", "StressPage"]
