"""What another process has used, read from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

_KB = 1024
_IDLE = (3, 4)
"""Of the columns of /proc/stat: idle, and waiting for a disk."""


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, user and system, of all its threads that still live; to the nanosecond."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1e9


def resident_bytes(pid: int) -> int:
    """What a process has in memory now, without what is shared with files it mapped and never touched."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * _KB
    return 0


def busy_seconds(cores: Iterable[int]) -> float:
    """How long these cores have worked, for whomever, since the machine started."""
    total = 0
    wanted = {f"cpu{core}" for core in cores}
    for line in Path("/proc/stat").read_text().splitlines():
        name, *columns = line.split()
        if name in wanted:
            # The guests' time at the end is in the user's time already.
            total += sum(int(value) for column, value in enumerate(columns[:8]) if column not in _IDLE)
    return total / os.sysconf("SC_CLK_TCK")
