"""What a run tells."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class RunnerError(Exception):
    """Nothing could be run at all; the message is for people."""


class CaseState(StrEnum):
    """How one case went."""

    PASSED = "passed"
    WRONG = "wrong"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class CaseResult:
    """One case. `expected` and `got` are texts to show.

    `traceback` says why a case did not pass, if there is more to say: the solution's own lines of an error, the type
    that was expected, a checker's reason.
    """

    name: str
    hidden: bool
    state: CaseState
    expected: str = ""
    got: str = ""
    output: str = ""
    traceback: str = ""
    error_line: int | None = None
    elapsed_ms: float = 0.0
    memory_kb: int = 0


@dataclass(frozen=True)
class RunReport:
    """A whole run."""

    results: tuple[CaseResult, ...]
    elapsed_ms: float
    isolation: str
    """In words, what kept the solution from doing harm."""
    compile_error: str = ""
    """What the compiler said, if it refused the code; every case is then an error with these words."""

    @property
    def passed(self) -> int:
        return sum(result.state is CaseState.PASSED for result in self.results)

    @property
    def total(self) -> int:
        return len(self.results)

    @property
    def memory_kb(self) -> int:
        return max((result.memory_kb for result in self.results), default=0)


class CancelToken:
    """Ends a run from another thread, at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kills: list[Callable[[], None]] = []
        self.is_cancelled = False

    def cancel(self) -> None:
        with self._lock:
            self.is_cancelled = True
            for kill in self._kills:
                kill()

    def watch(self, kill: Callable[[], None]) -> None:
        """How to end a process of the run."""
        with self._lock:
            self._kills.append(kill)
            if self.is_cancelled:
                kill()

    def forget(self, kill: Callable[[], None]) -> None:
        """That process has gone, or is about to go."""
        with self._lock:
            self._kills.remove(kill)
