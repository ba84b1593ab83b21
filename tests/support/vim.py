"""An editor as small as can be, to hold conversations with Vim's keys."""

import re

from sparring.editing import Change, Selection, apply_edits
from sparring.editing.languages import PLAIN, Language
from sparring.editing.vim import Mode, Response, Vim
from sparring.editing.vim.insertion import typed

_KEY = re.compile(r"<(?:Esc|CR|BS|Tab|Del|Left|Right|Up|Down|Home|End|Space|C-.)>|.", re.DOTALL)


def split(keys: str) -> list[str]:
    """ "d<Esc>x" as keys."""
    return _KEY.findall(keys)


class Desk:
    """A text with a cursor, at which somebody presses keys; "|" marks the cursor's place."""

    def __init__(self, marked: str, language: Language = PLAIN) -> None:
        at = marked.index("|")
        self.text = marked[:at] + marked[at + 1 :]
        self.selection = Selection.at(at)
        self.language = language
        self.clipboard = ""
        self.vim = Vim(lambda: self.clipboard, self._copy)
        self.last = Response(False)
        self.asked: list[tuple[str, int]] = []

    def _copy(self, text: str) -> None:
        self.clipboard = text

    @property
    def marked(self) -> str:
        at = self.vim.cursor(self.text, self.selection)
        return self.text[:at] + "|" + self.text[at:]

    @property
    def selected(self) -> str:
        return self.text[self.selection.start : self.selection.stop]

    def press(self, keys: str) -> "Desk":
        for key in split(keys):
            self.press_one(key)
        return self

    def press_one(self, key: str) -> None:
        response = self.last = self.vim.key(key, self.text, self.selection, self.language)
        if response.change is not None:
            self.carry_out(response.change)
        if response.selection is not None:
            self.selection = response.selection
        if response.ask:
            self.asked.append((response.ask, response.count))
        if not response.handled and self.vim.mode in (Mode.INSERT, Mode.REPLACE):
            edit = typed(self.text, self.selection.head, [key], self.language)
            self.carry_out(Change((edit,), (Selection.at(edit.start + len(edit.inserted)),)))

    def carry_out(self, change: Change) -> None:
        """Apply a change, after a look at whether it is one."""
        last = 0
        for start, stop, _inserted in change.edits:
            assert last <= start <= stop <= len(self.text)
            last = stop
        self.text = apply_edits(self.text, change.edits)
        (self.selection,) = change.selections
        assert 0 <= self.selection.start <= self.selection.stop <= len(self.text)
