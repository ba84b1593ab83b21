"""The clock under server time, at both ends: no change of the machine's time bends it, and it runs during suspend.

`time.monotonic` stands still during suspend on Linux and macOS. A countdown on it would go on, after an hour's sleep,
as if the hour had not been.
"""

import sys
import time


def steady_seconds() -> float:
    """Seconds since some moment of the past, those asleep included."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        # There this one counts sleep, though Python's own monotonic clock does not.
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    # Windows counts sleep in all of its clocks; this is the fine one.
    return time.perf_counter()
