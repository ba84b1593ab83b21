"""A server gives memory back that nothing holds any more."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from sparring_server import free_memory

HOLES = """
import asyncio
from pathlib import Path
from sparring_server import free_memory

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

kept, on_their_way = [], []
for number in range(100_000):
    (on_their_way if number % 50 else kept).append(bytes(1_000))
full = resident_mb()
on_their_way.clear()
with_holes = resident_mb()
free_memory.EVERY_SECONDS = 0.0

async def give_back():
    task = asyncio.create_task(free_memory.keep_giving_back())
    while resident_mb() > 0.5 * full and not task.done():
        await asyncio.sleep(0.01)
    task.cancel()

asyncio.run(give_back())
print(with_holes > 0.9 * full, resident_mb() < 0.5 * full)
"""


@pytest.mark.skipif(free_memory.find_trim() is None, reason="not on glibc")
def test_holes_between_what_is_kept_are_given_back() -> None:
    command = [sys.executable, "-c", HOLES]
    environment = {**os.environ, "PYTHONMALLOC": "pymalloc"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment)
    assert done.stdout.split() == ["True", "True"]


async def test_it_takes_little_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    now = 0.0

    def slow_trim(_keep: int) -> int:
        nonlocal now
        now += 0.5
        return 1

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(free_memory, "find_trim", lambda: slow_trim)
    monkeypatch.setattr(free_memory.time, "perf_counter", lambda: now)
    monkeypatch.setattr(free_memory.asyncio, "sleep", pause)
    with pytest.raises(asyncio.CancelledError):
        await free_memory.keep_giving_back()
    assert pauses == [1.0, 500.0, 500.0]


async def test_where_there_is_nothing_to_tell_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(name: str | None) -> Callable[[int], int]:
        raise OSError(name)

    monkeypatch.setattr(free_memory.ctypes, "CDLL", no_library)
    await free_memory.keep_giving_back()
