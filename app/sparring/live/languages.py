"""Which language a shared text is written in. It travels with the document, so whoever sees the code can colour it."""

from typing import Any

import pycrdt
from psygnal import Signal

from sparring.live.text import SharedText

ROOT = "written_in"
"""The name of the map in a document that says so."""
FIRST = "python"
"""What a document is in that does not say: one of another program, or from before there was a choice."""
MAX_NAME = 40
_SWITCH = "language"
"""The origin of a switch: no edit of mine, so that undo cannot leave one language's code under another's name."""


class CodeLanguage:
    """The language of one document's text."""

    changed = Signal(str)
    """It is this one now, whoever chose it."""

    def __init__(self, doc: "pycrdt.Doc[Any]", text: SharedText) -> None:
        self._doc, self._text = doc, text
        self._map: pycrdt.Map[Any] = doc.get(ROOT, type=pycrdt.Map)
        self._map.observe(self._observed)

    @property
    def name(self) -> str:
        """The language's name, as the runner and the editor use it."""
        named = self._map.get("language")
        return named if isinstance(named, str) and 0 < len(named) <= MAX_NAME else FIRST

    def switch(self, language: str, code: str) -> None:
        """Write in another language from now on, beginning with this code. What was there is the caller's to keep."""
        with self._doc.transaction(origin=_SWITCH):
            if language != self.name:
                self._map["language"] = language
            self._text.begin_anew(code)

    def _observed(self, event: Any) -> None:
        if "language" in event.keys:
            # What could be undone before was of another language, also where my partner has chosen the new one.
            self._text.forget_undo()
            self.changed.emit(self.name)


class Drafts:
    """Code in languages that are not the chosen one now, kept in a document until somebody comes back to it."""

    def __init__(self, doc: "pycrdt.Doc[Any]") -> None:
        self._map: pycrdt.Map[Any] = doc.get("drafts", type=pycrdt.Map)

    def keep(self, document: str, language: str, code: str) -> None:
        """Keep the code of a document that is about to be in another language."""
        if self.find(document, language) != code:
            self._map[f"{language} {document}"] = code

    def find(self, document: str, language: str) -> str | None:
        """What a document held in this language, or None."""
        kept = self._map.get(f"{language} {document}")
        return kept if isinstance(kept, str) else None
