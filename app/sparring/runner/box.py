"""What a sandbox is, whichever it is: it starts a command so that it can do little harm, and says what that is worth.

What it does unless it says otherwise is right for Linux and macOS. `windows.py` has what Windows does its own way; no
other module knows on which system it runs.
"""

import contextlib
import os
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from sparring.runner.inside import launched
from sparring.runner.wires import Polled, Wires

SCRATCH_BYTES = 16 * 1_048_576
"""What may be written to a folder in memory, all files together."""


@dataclass(frozen=True)
class Box:
    """What one process needs of its sandbox.

    `seccomp` is a descriptor to read a filter from, `info` one to which bubblewrap writes the sandbox's first process.
    """

    info: int = -1
    seccomp: int | None = None
    visible: tuple[Path, ...] = ()
    """Files and folders outside the system's own that it may read."""
    folder: Path | None = None
    """A folder that it starts in; see `Sandbox.inside`."""
    is_writable: bool = False
    """Whether it may write there; a compiler may, and it may start processes."""
    scratch_bytes: int = SCRATCH_BYTES
    memory_mb: int | None = None
    """What it may use, for a sandbox that sets the limits from outside."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables beside those that the sandbox sets, likewise."""


@dataclass(frozen=True)
class Streams:
    """What a process is given: its standard streams, and descriptors that it may use beside them."""

    errors: int
    stdin: int | None = None
    stdout: int | None = None
    given: Sequence[int] = ()


class End(NamedTuple):
    """How a process ended."""

    code: int
    memory_kb: int


class Hold:
    """What was started, with all that it starts: here a group of processes."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def end(self) -> None:
        """End all of it. Any thread may call it, at any time."""
        # Bound here: signals of other systems have no SIGKILL.
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def look(self) -> End | None:
        """How the first process ended, if it has."""
        pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
        if not pid:
            return None
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return End(self.process.returncode, usage.ru_maxrss)

    def release(self) -> None:
        """Forget it, when it has ended."""


class Sandbox(ABC):
    """One way to keep a process from doing harm. Each sentence is shown to whoever runs code."""

    label: ClassVar[str]
    keeps: ClassVar[str]
    """What it guarantees."""
    leaves: ClassVar[str]
    """What it does not."""
    holds: ClassVar[bool] = False
    """Whether a stranger's code may run in it."""
    is_apart: ClassVar[bool] = False
    """Whether processes and folders have other names inside, a filter is a descriptor, and /tmp is its own."""
    has_launcher: ClassVar[bool] = True
    """Whether `launched` adds a program that sets limits, and that says when the other one begins."""
    has_numbers: ClassVar[bool] = True
    """Whether any program finds a descriptor by its number; if not, all but Python have the standard streams only."""

    @property
    def words(self) -> str:
        """All of it, for a tooltip."""
        return f"Your code is {self.label}. {self.keeps} {self.leaves}"

    @abstractmethod
    def works(self) -> bool:
        """Whether this machine has it. It is tried."""

    @abstractmethod
    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        """The command line that runs a program in it."""

    def inside(self, box: Box) -> str:
        """The path by which the process knows the folder of its box."""
        return str(box.folder)

    def launched(self, limits: dict[str, Any], program: Sequence[str]) -> list[str]:
        """The command line of another program than a Python that sets its own limits."""
        return launched(limits, program)

    def told(self, descriptor: int) -> int:
        """The number by which a Python inside finds a descriptor that it is given; see `harness_begin.py`."""
        return descriptor

    def wires(self, results: int, work: int | None = None) -> Wires:
        """How this side speaks with a process, over its ends of the pipes."""
        return Polled(results, work)

    def plain(self, data: bytes) -> bytes:
        """What a program of this system printed, with line ends as everywhere."""
        return data

    def text(self, data: bytes) -> str:
        """The same as a text."""
        return self.plain(data).decode("utf-8", "replace")

    def start(self, command: Sequence[str], box: Box, streams: Streams) -> Hold:
        """Start a command of `command`. Raises `OSError`; then nothing runs."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if streams.stdin is None else streams.stdin,
            stdout=subprocess.DEVNULL if streams.stdout is None else streams.stdout,
            stderr=streams.errors,
            pass_fds=streams.given,
            cwd=box.folder,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        return Hold(process)


def tried(command: Sequence[str]) -> bool:
    """Whether a command ends well, and soon."""
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
