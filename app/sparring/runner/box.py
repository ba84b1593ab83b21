"""What a sandbox is, whichever it is: it makes a command line of a command line, and says what that is worth."""

import contextlib
import os
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

SCRATCH_BYTES = 16 * 1_048_576
"""What may be written to a folder in memory, all files together."""


@dataclass(frozen=True)
class Box:
    """What one process needs of its sandbox.

    `seccomp` is a descriptor to read a filter from, `info` one to which bubblewrap writes the sandbox's first process.
    """

    info: int
    seccomp: int | None = None
    visible: tuple[Path, ...] = ()
    """Files and folders outside the system's own that it may read."""
    folder: Path | None = None
    """A folder that it starts in; see `Sandbox.inside`."""
    is_writable: bool = False
    """Whether it may write there; a compiler may, and it may start processes."""
    scratch_bytes: int = SCRATCH_BYTES


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

    def adopt(self, process: "subprocess.Popen[bytes]") -> Callable[[], None]:
        """Take in what was just started; the result ends it, and all that it started. Raises `OSError`."""
        # Bound here: signals of other systems have no SIGKILL.
        number = signal.SIGKILL

        def end() -> None:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, number)

        return end


def tried(command: Sequence[str]) -> bool:
    """Whether a command ends well, and soon."""
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
