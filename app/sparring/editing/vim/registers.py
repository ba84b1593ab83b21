"""Registers: what was yanked and deleted, by the names that Vim gives it."""

from collections.abc import Callable
from typing import NamedTuple

CLIPBOARD = "+*"
BLACK_HOLE = "_"
NAMES = frozenset('"0123456789-_+*abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')


class Register(NamedTuple):
    """A piece of text; one of whole lines ends in a line break."""

    text: str = ""
    linewise: bool = False


class Registers:
    """All registers of one seat; the clipboard is reached through the two functions."""

    def __init__(self, read_clipboard: Callable[[], str], write_clipboard: Callable[[str], None]) -> None:
        self._read_clipboard = read_clipboard
        self._write_clipboard = write_clipboard
        self._held: dict[str, Register] = {}

    def get(self, name: str) -> Register:
        """What `name` holds; the unnamed register's for an empty name."""
        if name in CLIPBOARD and name:
            text = self._read_clipboard().replace("\r\n", "\n").replace("\r", "\n")
            return Register(text, text.endswith("\n"))
        return self._held.get(name.lower() or '"', Register())

    def yank(self, name: str, text: str, linewise: bool) -> None:
        """Keep what was yanked: by default also in "0."""
        self._keep(name, Register(text, linewise), "0")

    def delete(self, name: str, text: str, linewise: bool) -> None:
        """Keep what was deleted: lines push "1 to "9 on, smaller pieces go to "-."""
        kept = Register(text, linewise)
        if name in ("", '"') and "\n" in text:
            for number in range(9, 1, -1):
                if str(number - 1) in self._held:
                    self._held[str(number)] = self._held[str(number - 1)]
            self._keep(name, kept, "1")
        else:
            self._keep(name, kept, "-")

    def _keep(self, name: str, register: Register, default: str) -> None:
        if name == BLACK_HOLE:
            return
        if name and name in CLIPBOARD:
            self._write_clipboard(register.text)
        elif name in ("", '"'):
            self._held[default] = register
        else:
            if name.isupper():
                register = _joined(self._held.get(name.lower(), Register()), register)
            self._held[name.lower()] = register
        self._held['"'] = register


def _joined(old: Register, new: Register) -> Register:
    if old.linewise == new.linewise or not old.text:
        return Register(old.text + new.text, new.linewise)
    if old.linewise:
        return Register(old.text + new.text + "\n", True)
    return Register(old.text + "\n" + new.text, True)
