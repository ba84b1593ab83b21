"""What this machine can run, looked up off the interface's thread, since every tool is asked for its version."""

import contextlib
import threading

from PySide6.QtCore import QObject, Signal

from sparring.runner import LANGUAGES, Language, Toolchain, found
from sparring.runner.toolchains import toolchain


class Toolchains(QObject):
    """The table of languages, and which of them were found. `look` fills it; until then only its names are known."""

    changed = Signal()
    """Looking has begun or ended."""
    _found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Toolchain, ...] = ()
        """One for each language, in the table's order; empty until they were looked for."""
        self.is_looking = False
        self._thread: threading.Thread | None = None
        self._found.connect(self._take)

    @property
    def languages(self) -> dict[str, Language]:
        """Every language that can be run if its tool is there, by its name."""
        return LANGUAGES

    def find(self, name: str) -> Toolchain | None:
        """What was found for a language; None before somebody has looked."""
        return next((row for row in self.rows if row.name == name), None)

    def title(self, name: str) -> str:
        """A language as people call it."""
        language = self.languages.get(name)
        return language.title if language else name

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
        rows = tuple(found())
        # The app may be gone by now.
        with contextlib.suppress(RuntimeError):
            self._found.emit(rows)

    def _take(self, rows: object) -> None:
        assert isinstance(rows, tuple)
        self.rows, self.is_looking = rows, False
        self.changed.emit()
