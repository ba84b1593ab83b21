"""Sandboxes for tests: as on machines that this one is not."""

from sparring.runner.sandbox import LimitsOnly
from sparring.runner.wires import Threaded, Wires


class AsOnWindows(LimitsOnly):
    """Threads read the pipes, and only Python finds them by their numbers."""

    has_numbers = False

    def wires(self, results: int, work: int | None = None) -> Wires:
        return Threaded(results, work)
