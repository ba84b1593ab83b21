"""A sandboxed process: how it is started, ended, and what is left to say about its end."""

import json
import os
import select
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from sparring.runner import sandbox
from sparring.runner.box import Box, Hold, Streams
from sparring.runner.report import RunnerError

END_SECONDS = 5.0
"""How long the kernel may take to clear away what was killed."""
CHANNEL_CLOSED = 77
MAX_ERROR_OUTPUT = 65_536
CLOSED = "Your code closed the channel of its results."
_CRASHED = "it crashed, as a recursion does that is too deep"
_STATUSES = {
    0xC0000005: f"access violation: {_CRASHED}",
    0xC00000FD: f"stack overflow: {_CRASHED}",
    0xC0000374: "heap corruption: it wrote where it may not",
    0xC0000409: "it stopped itself, as a failed assertion does",
    0xC0000017: "there was not enough memory",
    0xC000012D: "there was not enough memory",
}
"""What Windows says instead of a signal; the numbers are those of `ntstatus.h`."""


@dataclass
class Started:
    """A process in its sandbox. `info` is what bubblewrap tells of it, `errors` a file with its standard error."""

    hold: Hold
    _info: int
    _errors: int
    _is_killed: bool = False

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        """The first process of all that were started."""
        return self.hold.process

    @property
    def is_killed(self) -> bool:
        return self._is_killed

    def kill(self) -> None:
        """End it and all that it started. Any thread may call it."""
        self._is_killed = True
        self.hold.end()

    def error_output(self) -> str:
        """Its standard error; of a long one the beginning and the end, for either may say what it was."""
        size = os.fstat(self._errors).st_size
        if size <= MAX_ERROR_OUTPUT:
            return self._errors_at(0, size)
        half = MAX_ERROR_OUTPUT // 2
        return f"{self._errors_at(0, half)}\n…\n{self._errors_at(size - half, half)}"

    def end_in_words(self) -> str:
        """Why it ended by itself."""
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return CLOSED
        return CLOSED if code == CHANNEL_CLOSED else in_words(code)

    def close(self) -> None:
        """Kill it, and wait until nothing of it is left."""
        first = self._first_process()
        self.kill()
        self.process.wait()
        if first is not None:
            # The kernel ends this one only after all others in its namespace.
            is_ready(first, END_SECONDS)
            os.close(first)
        self.hold.release()
        os.close(self._info)
        os.close(self._errors)

    def _first_process(self) -> int | None:
        """A descriptor of the sandbox's first process, or None without one."""
        if not sandbox.best().is_apart:
            return None
        said = os.read(self._info, 4_096) if is_ready(self._info, 0) else b""
        try:
            return os.pidfd_open(json.loads(said)["child-pid"])
        except (ValueError, KeyError, OSError, AttributeError):
            return None

    def _errors_at(self, place: int, size: int) -> str:
        os.lseek(self._errors, place, os.SEEK_SET)
        return sandbox.best().text(os.read(self._errors, size))


def start(
    command: Sequence[str],
    box: Box,
    *,
    info: tuple[int, int],
    given: Sequence[int],
    stdin: int | None = None,
    stdout: int | None = None,
) -> Started:
    """Start a command of `Sandbox.command`. The descriptors `given` stay open in it; the caller closes its own.

    `info` is the pipe that bubblewrap writes to. Raises `RunnerError`; then both its ends are closed.
    """
    read, write = info
    errors = file_without_name(b"")
    best = sandbox.best()
    try:
        hold = best.start(command, box, Streams(errors, stdin, stdout, [*given, write] if best.is_apart else given))
    except OSError as error:
        os.close(read)
        os.close(errors)
        raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
    finally:
        os.close(write)
    return Started(hold, read, errors)


def in_words(code: int) -> str:
    """An exit code, as `subprocess` or a shell reports it."""
    if code in _STATUSES:
        return f"Your code ended the program ({_STATUSES[code]})."
    number = -code if code < 0 else code - 128
    if number not in set(signal.Signals):
        return f"Your code ended the program (exit code {code})."
    name = signal.Signals(number).name
    if name in ("SIGSEGV", "SIGBUS"):
        return f"Your code ended the program ({name}): {_CRASHED}."
    return f"Your code ended the program ({name})."


def is_ready(descriptor: int, seconds: float) -> bool:
    """Wait until a descriptor can be read, however high its number. Not on Windows."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def file_without_name(data: bytes) -> int:
    """A descriptor of a file of any size, at its beginning."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("sparring", 0)
    else:
        import tempfile

        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.set_inheritable(descriptor, True)
    return descriptor
