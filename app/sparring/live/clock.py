"""The server's time, as this seat knows it: `deadline - now_ms()` is what every clock on screen shows."""

import statistics
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sparring_server.protocol.steady import steady_seconds

KEPT_SAMPLES = 16
DRIFT = 500e-6
"""How much faster one of two clocks may run than the other; the most by which a system corrects its clock unnoticed."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """One answer of the server, which it gave at some moment between `sent` and `received`."""

    sent: float
    """Seconds of the steady clock; minus infinity where the server spoke unasked."""
    received: float
    server_time_ms: float


class ServerClock:
    """Keeps the last round trips and takes the middle of what all of them allow.

    Each answer says that the server's time was this at some moment between ping and pong. What several say together is
    narrower than what the fastest of them says, and the truth is within it whichever half of the way was the slow one
    (Marzullo, "Maintaining the time in a distributed system", 1984). An answer that contradicts the others says that
    one of the clocks has stepped (a machine that slept, another server): the others are forgotten.

    Built on the steady clock, so that neither a change of the machine's time nor its time zone bends a countdown.
    """

    def __init__(self, steady: Callable[[], float] = steady_seconds) -> None:
        self._steady = steady
        self._samples: deque[_Sample] = deque(maxlen=KEPT_SAMPLES)
        self._rate = 1.0
        self._base_ms = 0.0
        self._error_ms = float("inf")

    @property
    def rate(self) -> float:
        """Seconds of server time in a real second: 1, but for time-compressed demos."""
        return self._rate

    @property
    def round_trip_ms(self) -> float | None:
        """The newest round trip, or None before the first."""
        trips = self._round_trips_ms()
        return trips[-1] if trips else None

    @property
    def usual_round_trip_ms(self) -> float | None:
        """The median of the last round trips, or None before the first."""
        trips = self._round_trips_ms()
        return statistics.median(trips) if trips else None

    def _round_trips_ms(self) -> list[float]:
        trips = [(sample.received - sample.sent) * 1000 for sample in self._samples]
        return [trip for trip in trips if trip != float("inf")]

    @property
    def error_ms(self) -> float:
        """Real milliseconds by which `now_ms` may be wrong at most; infinite before the first round trip."""
        return self._error_ms

    def restart(self, server_time_ms: float, rate: float) -> None:
        """A server was reached, perhaps another one: forget what was measured, begin with its word."""
        self._samples.clear()
        self._rate = rate
        self._take(_Sample(float("-inf"), self._steady(), server_time_ms))

    def observe(self, sent: float, server_time_ms: float) -> None:
        """A pong came: `sent` is this clock's reading (`reading()`) when its ping went out."""
        self._take(_Sample(sent, self._steady(), server_time_ms))

    def _take(self, sample: _Sample) -> None:
        self._samples.append(sample)
        low, high = self._bounds()
        if low > high:
            self._samples.clear()
            self._samples.append(sample)
            low, high = self._bounds()
        # The server's first word took an unknown time; until a round trip is known it is taken as having taken none.
        is_known = high != float("inf")
        self._base_ms = (low + high) / 2 if is_known else low
        self._error_ms = (high - low) / 2 / self._rate if is_known else float("inf")

    def _bounds(self) -> tuple[float, float]:
        """The least and greatest server time, when the steady clock was 0, that all samples allow."""
        now = self._samples[-1].received
        low, high = float("-inf"), float("inf")
        for sample in self._samples:
            slack = (now - sample.received) * DRIFT
            low = max(low, sample.server_time_ms - (sample.received + slack) * 1000 * self._rate)
            high = min(high, sample.server_time_ms - (sample.sent - slack) * 1000 * self._rate)
        return low, high

    def reading(self) -> float:
        """What to put into a ping: seconds of the steady clock."""
        return self._steady()

    @property
    def is_set(self) -> bool:
        return bool(self._samples)

    def now_ms(self) -> float:
        """Server time in milliseconds since 1970. Needs a server to have been reached (`is_set`)."""
        return self._base_ms + self._steady() * 1000 * self._rate
