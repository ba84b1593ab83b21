"""Colours, type and spacing of the interface, in one place."""

from sparring.ui.theme.style import Choice, ThemeController, clock_font, interface_font, stylesheet
from sparring.ui.theme.tokens import GRID, INK, PAPER, Theme

__all__ = [
    "GRID",
    "INK",
    "PAPER",
    "Choice",
    "Theme",
    "ThemeController",
    "clock_font",
    "interface_font",
    "stylesheet",
]
