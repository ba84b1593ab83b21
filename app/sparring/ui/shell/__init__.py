"""The window around the screens."""

from sparring.ui.shell.palette import Entry
from sparring.ui.shell.window import MainWindow

__all__ = ["Entry", "MainWindow"]
