"""Editing as values: what a key does to a text and its selections. Knows no Qt, no documents, no sockets."""

from sparring.editing.model import Change, Edit, Selection, Shifter, apply_edits, merged, shift, shift_selection

__all__ = ["Change", "Edit", "Selection", "Shifter", "apply_edits", "merged", "shift", "shift_selection"]
