"""Colours, type and spacing of the interface, in one place."""

from sparring.ui.theme.tokens import INK, PAPER, Theme

__all__ = ["INK", "PAPER", "Theme"]
