"""Colours, type and spacing of the interface, in one place."""

from sparring.ui.theme.style import Choice, ThemeController, clock_font, current_theme, interface_font, stylesheet
from sparring.ui.theme.tokens import GRID, INK, PAPER, RADIUS, SMALL_PX, Theme

__all__ = [
    "GRID",
    "INK",
    "PAPER",
    "RADIUS",
    "SMALL_PX",
    "Choice",
    "Theme",
    "ThemeController",
    "clock_font",
    "current_theme",
    "interface_font",
    "stylesheet",
]
