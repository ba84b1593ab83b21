"""The window around the screens."""

from sparring.ui.shell.entries import Entry
from sparring.ui.shell.window import MainWindow

__all__ = ["Entry", "MainWindow"]
