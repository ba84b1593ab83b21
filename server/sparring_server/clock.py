"""The one clock of all rooms."""

import time
from collections.abc import Callable

from sparring_server.protocol.steady import steady_seconds


class Clock:
    """Milliseconds since 1970 at the server's start, carried on by a steady clock.

    A change of the machine's clock while the server runs bends no deadline, and what its host slept counts. `rate`
    above 1 compresses time, for demos and tests only.
    """

    def __init__(self, rate: float = 1.0, steady: Callable[[], float] = steady_seconds) -> None:
        self.rate = rate
        self._steady = steady
        self._start_ms = time.time() * 1000
        self._start = steady()

    def now_ms(self) -> float:
        """Server time."""
        return self._start_ms + (self._steady() - self._start) * 1000 * self.rate

    def go_by(self, time_ms: float) -> None:
        """Take the time that several servers share, from now on."""
        self._start_ms += time_ms - self.now_ms()

    def follow(self, time_ms: float, most_ms: float) -> None:
        """Move towards the time that several servers share, by at most so much.

        Two machines drift apart by some milliseconds a minute. More than that is a clock that was set, and no deadline
        is bent for that.
        """
        self._start_ms += max(-most_ms, min(most_ms, time_ms - self.now_ms()))

    def not_before(self, time_ms: float) -> None:
        """Move on, if need be, so that what was stored before a restart lies in the past."""
        behind_ms = time_ms - self.now_ms()
        if behind_ms > 0:
            self._start_ms += behind_ms

    def seconds_until(self, time_ms: float) -> float:
        """Real seconds from now until this server time; 0 if it has passed."""
        return max(0.0, (time_ms - self.now_ms()) / 1000 / self.rate)
