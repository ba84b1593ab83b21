"""A live session behind its screens: what the room says becomes states, what the person wants becomes commands."""

from sparring.ui.session.controller import SessionController, SessionScreens

__all__ = ["SessionController", "SessionScreens"]
