"""Memory that is free goes back to the operating system.

What is on its way lies between what stays. When a thousand rooms are filled at once, the commands to a Redis that is
slow to answer leave holes behind that make the process a fifth larger than what it holds. glibc gives back holes of
whole pages only when it is told to; other libraries do it by themselves, or not at all.
"""

import asyncio
import ctypes
import time
from collections.abc import Callable

EVERY_SECONDS = 1.0
SHARE_OF_TIME = 0.001
"""It may take no more of the event loop's time than this. 0.04 ms where nothing is free, a millisecond for 10 MB."""


def find_trim() -> Callable[[int], int] | None:
    """glibc's `malloc_trim`, where this process stands on glibc."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim


async def keep_giving_back() -> None:
    """Until cancelled."""
    trim = find_trim()
    if trim is None:
        return
    took = 0.0
    while True:
        await asyncio.sleep(max(EVERY_SECONDS, took / SHARE_OF_TIME))
        begin = time.perf_counter()
        trim(0)
        took = time.perf_counter() - begin
