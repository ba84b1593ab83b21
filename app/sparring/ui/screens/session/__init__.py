"""The session: one problem, one clock, two editors side by side."""

from sparring.ui.screens.session.screen import SessionScreen
from sparring.ui.screens.session.state import ChatLine, Claim, HintRow, PartnerState, SessionState

__all__ = ["ChatLine", "Claim", "HintRow", "PartnerState", "SessionScreen", "SessionState"]
