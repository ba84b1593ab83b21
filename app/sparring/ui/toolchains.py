"""What this machine can run, looked up off the interface's thread, since every tool is asked for its version."""

import contextlib
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sparring.runner import LANGUAGES, Language, OwnLanguages, Toolchain, found, own_languages
from sparring.runner.box import Sandbox
from sparring.runner.sandbox import best
from sparring.runner.toolchains import toolchain


class Toolchains(QObject):
    """The table of languages, and which of them were found. `look` fills it; until then only its names are known.

    Languages of one's own are read from `languages.toml` in the folder, each time somebody looks.
    """

    changed = Signal()
    """Looking has begun or ended."""
    _found = Signal(object, object, object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._own = OwnLanguages()
        self._sandbox: Sandbox | None = None
        self.rows: tuple[Toolchain, ...] = ()
        """One for each language, in the table's order; empty until they were looked for."""
        self.is_looking = False
        self._thread: threading.Thread | None = None
        self._found.connect(self._take)

    @property
    def languages(self) -> dict[str, Language]:
        """Every language that can be run if its tool is there, by its name."""
        return LANGUAGES | {one.name: one for one in self._own.languages}

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the languages of one's own."""
        return self._own.faults

    def find(self, name: str) -> Toolchain | None:
        """What was found for a language; None before somebody has looked."""
        return next((row for row in self.rows if row.name == name), None)

    def title(self, name: str) -> str:
        """A language as people call it."""
        language = self.languages.get(name)
        return language.title if language else name

    @property
    def guarantee(self) -> str:
        """What keeps code from doing harm on this machine, and what it leaves; nothing before it is known."""
        if self._sandbox is None:
            return ""
        return (
            f"{self._sandbox.label[0].upper()}{self._sandbox.label[1:]}. {self._sandbox.keeps} {self._sandbox.leaves}"
        )

    def look(self, *, again: bool = False) -> None:
        """Look for all tools, in another thread; once, unless asked to look `again`."""
        if self.is_looking or (self.rows and not again):
            return
        self.is_looking = True
        if again:
            toolchain.cache_clear()
        # A tool that hangs must not hold up the end of the app.
        self._thread = threading.Thread(target=self._work, name="sparring-toolchains", daemon=True)
        self._thread.start()
        self.changed.emit()

    def _work(self) -> None:
        own = own_languages(self._folder) if self._folder else OwnLanguages()
        # Tried out once, and that takes a moment as well.
        held = best()
        rows = tuple(found(own.languages))
        # The app may be gone by now.
        with contextlib.suppress(RuntimeError):
            self._found.emit(rows, own, held)

    def _take(self, rows: object, own: object, held: object) -> None:
        assert isinstance(rows, tuple)
        assert isinstance(own, OwnLanguages)
        assert isinstance(held, Sandbox)
        self.rows, self._own, self._sandbox, self.is_looking = rows, own, held, False
        self.changed.emit()
