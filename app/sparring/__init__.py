"""Sparring: two friends, one problem, one clock, two editors."""

__version__ = "0.1.0"
