"""The server's time, as this seat knows it: `deadline - now_ms()` is what every clock on screen shows."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

KEPT_SAMPLES = 16


@dataclass(frozen=True, slots=True)
class _Sample:
    round_trip: float
    """Seconds."""
    base_ms: float
    """Server time when the monotonic clock was 0, if both halves of the way took as long."""


class ServerClock:
    """Keeps the offset of the fastest of the last round trips; its error is at most half of that trip.

    Built on the monotonic clock, so that neither a change of the machine's time nor its time zone bends a countdown.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._samples: deque[_Sample] = deque(maxlen=KEPT_SAMPLES)
        self._rate = 1.0

    @property
    def rate(self) -> float:
        """Seconds of server time in a real second: 1, but for time-compressed demos."""
        return self._rate

    @property
    def round_trip_ms(self) -> float | None:
        """The newest round trip, or None before the first."""
        return self._samples[-1].round_trip * 1000 if self._samples else None

    def restart(self, server_time_ms: float, rate: float) -> None:
        """A server was reached, perhaps another one: forget what was measured, begin with its word."""
        self._samples.clear()
        self._rate = rate
        self._take(server_time_ms, 0.0, self._monotonic())
        # The way here took an unknown time; any real round trip is better.
        self._samples[-1] = _Sample(float("inf"), self._samples[-1].base_ms)

    def observe(self, sent: float, server_time_ms: float) -> None:
        """A pong came: `sent` is this clock's reading (`reading()`) when its ping went out."""
        received = self._monotonic()
        self._take(server_time_ms, received - sent, received)

    def _take(self, server_time_ms: float, round_trip: float, received: float) -> None:
        server_now_ms = server_time_ms + round_trip / 2 * 1000 * self._rate
        self._samples.append(_Sample(round_trip, server_now_ms - received * 1000 * self._rate))

    def reading(self) -> float:
        """What to put into a ping: monotonic seconds."""
        return self._monotonic()

    @property
    def is_set(self) -> bool:
        return bool(self._samples)

    def now_ms(self) -> float:
        """Server time in milliseconds since 1970. Needs a server to have been reached (`is_set`)."""
        best = min(self._samples, key=lambda sample: sample.round_trip)
        return best.base_ms + self._monotonic() * 1000 * self._rate
