"""Bringing problems in: what stands behind the screen. The readers of formats are loaded when they are wanted."""

from sparring.ui.bringing_in.controller import BringInController, Surroundings

__all__ = ["BringInController", "Surroundings"]
