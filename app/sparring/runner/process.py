"""A sandboxed process: how it is started, ended, and what is left to say about its end."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sparring.runner import sandbox
from sparring.runner.report import RunnerError

END_SECONDS = 5.0
"""How long the kernel may take to clear away what was killed."""
CHANNEL_CLOSED = 77
MAX_ERROR_OUTPUT = 65_536
CLOSED = "Your code closed the channel of its results."


@dataclass
class Started:
    """A process in its sandbox. `info` is what bubblewrap tells of it, `errors` a file with its standard error."""

    process: "subprocess.Popen[bytes]"
    _end: Callable[[], None]
    _info: int
    _errors: int
    _is_killed: bool = False

    @property
    def is_killed(self) -> bool:
        return self._is_killed

    def kill(self) -> None:
        """End it and all that it started. Any thread may call it."""
        self._is_killed = True
        self._end()

    def error_output(self) -> str:
        """Its standard error; of a long one the beginning and the end, for either may say what it was."""
        size = os.fstat(self._errors).st_size
        if size <= MAX_ERROR_OUTPUT:
            return os.pread(self._errors, size, 0).decode("utf-8", "replace")
        half = MAX_ERROR_OUTPUT // 2
        parts = (os.pread(self._errors, half, 0), os.pread(self._errors, half, size - half))
        return "\n…\n".join(part.decode("utf-8", "replace") for part in parts)

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
        os.close(self._info)
        os.close(self._errors)

    def _first_process(self) -> int | None:
        """A descriptor of the sandbox's first process, or None without one."""
        said = os.read(self._info, 4_096) if is_ready(self._info, 0) else b""
        try:
            return os.pidfd_open(json.loads(said)["child-pid"])
        except (ValueError, KeyError, OSError, AttributeError):
            return None


def start(
    command: Sequence[str],
    *,
    info: tuple[int, int],
    given: Sequence[int],
    stdin: int | None = None,
    stdout: int | None = None,
    folder: Path | None = None,
) -> Started:
    """Start a command of `Sandbox.command`. The descriptors `given` stay open in it; the caller closes its own.

    `info` is the pipe that bubblewrap writes to. Raises `RunnerError`; then both its ends are closed.
    """
    read, write = info
    errors = file_without_name(b"")
    try:
        if sys.platform == "win32":
            # Its processes inherit no pipes by their numbers.
            raise OSError("Sparring does not run code on Windows yet.")
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            stdout=subprocess.DEVNULL if stdout is None else stdout,
            stderr=errors,
            pass_fds=[*given, write],
            cwd=folder,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        end = sandbox.best().adopt(process)
    except OSError as error:
        os.close(read)
        os.close(errors)
        raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
    finally:
        os.close(write)
    return Started(process, end, read, errors)


def in_words(code: int) -> str:
    """An exit code, as `subprocess` or a shell reports it."""
    number = -code if code < 0 else code - 128
    if number not in set(signal.Signals):
        return f"Your code ended the program (exit code {code})."
    name = signal.Signals(number).name
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return f"Your code ended the program ({name}): it crashed, as a recursion does that is too deep."
    return f"Your code ended the program ({name})."


def is_ready(descriptor: int, seconds: float, event: int = select.POLLIN) -> bool:
    """Wait until a descriptor can be read or written, however high its number."""
    poll = select.poll()
    poll.register(descriptor, event)
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
