"""The sandboxed process of a run, and the pipe that its results come through. Whatever comes out of it is a claim."""

import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from sparring.problems import Case, Problem
from sparring.runner.report import RunnerError
from sparring.runner.sandbox import BUBBLEWRAP, command, isolation
from sparring.runner.seccomp import no_new_processes

START_SECONDS = 10.0
"""How long the bare interpreter may take to start."""
LOOK_SECONDS = 0.1
"""How often a silent child is looked after: is its time over, has the run been cancelled?"""
END_SECONDS = 5.0
"""How long the kernel may take to clear away what was killed."""
MAX_RECORD_BYTES = 4_194_304
"""One line of results; the harness stays below."""
MAX_RUN_BYTES = 67_108_864
"""All results of a run."""
CHANNEL_CLOSED = 77

_TAMPERED = "Your code wrote something of its own into the channel of its results."
_TOO_LARGE = f"Your code returned more than {MAX_RUN_BYTES // 1_048_576} MB of results in all. The run ends here."
_CLOSED = "Your code closed the channel of its results."


class OutOfTime(Exception):
    """The deadline has passed."""


class Broken(Exception):
    """The child cannot be believed any more; the message is for people."""


class TooMuch(Broken):
    """The run has used up its bytes."""


class Budget:
    """The bytes that are left to a run, over all its children."""

    def __init__(self, left: int | None = None) -> None:
        self._left = MAX_RUN_BYTES if left is None else left

    def spend(self, size: int) -> None:
        """Raises `TooMuch`."""
        self._left -= size
        if self._left < 0:
            raise TooMuch(_TOO_LARGE)


@dataclass
class Child:
    """See the module. `deadline` is a time of `time.monotonic`; move it as the child makes progress."""

    process: "subprocess.Popen[bytes]"
    nonce: bytes
    budget: Budget
    _results: int
    _info: int
    deadline: float = field(default_factory=lambda: time.monotonic() + START_SECONDS)
    _buffer: bytearray = field(default_factory=bytearray)
    _is_killed: bool = False

    @classmethod
    def start(cls, problem: Problem, code: str, cases: Sequence[tuple[int, Case]], budget: Budget) -> "Child":
        """Start the child on numbered cases. Raises `RunnerError`."""
        nonce = secrets.token_hex(16)
        program_filter = no_new_processes()
        is_boxed = isolation() == BUBBLEWRAP
        job = json.dumps(
            {
                "nonce": nonce,
                "code": code,
                "function": problem.signature.name if problem.signature else None,
                "memory_mb": problem.memory_limit_mb,
                "filter": "" if is_boxed or program_filter is None else program_filter.hex(),
                "cases": [{"index": index, "arguments": case.arguments, "stdin": case.stdin} for index, case in cases],
            }
        )
        kept: list[int] = []
        given: list[int] = []
        try:
            given.append(_file_without_name(job.encode()))
            for _ in ("results", "info"):
                read, write = os.pipe()
                kept.append(read)
                given.append(write)
            if is_boxed and program_filter is not None:
                given.append(_file_without_name(program_filter))
            job_read, results_write, info_write, *seccomp = given
            source = resources.files("sparring.runner").joinpath("harness.py").read_text(encoding="utf-8")
            program = f"JOB = {job_read}\nRESULTS = {results_write}\n{source}"
            process = subprocess.Popen(
                command(program, seccomp=seccomp[0] if seccomp else None, info=info_write),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=given,
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            )
        except OSError as error:
            for descriptor in kept:
                os.close(descriptor)
            raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
        finally:
            for descriptor in given:
                os.close(descriptor)
        results, info = kept
        return cls(process, nonce.encode(), budget, results, info)

    def records(self) -> Iterator[dict[str, Any]]:
        """What the child tells, line by line, until it ends or is killed.

        Raises `OutOfTime`, and `Broken` on anything that is not a whole, genuine record.
        """
        while not self._is_killed:
            wait = self.deadline - time.monotonic()
            if wait <= 0:
                raise OutOfTime
            if not _is_ready(self._results, min(wait, LOOK_SECONDS)):
                continue
            piece = os.read(self._results, 65_536)
            if not piece:
                return
            self.budget.spend(len(piece))
            self._buffer += piece
            *lines, rest = self._buffer.split(b"\n")
            self._buffer = rest
            for line in lines:
                yield self._record(line)
            if len(rest) > MAX_RECORD_BYTES or not self.nonce.startswith(bytes(rest[: len(self.nonce)])):
                raise Broken(_TAMPERED)

    def _record(self, line: bytearray) -> dict[str, Any]:
        if time.monotonic() > self.deadline:
            raise OutOfTime
        if not line.startswith(self.nonce):
            raise Broken(_TAMPERED)
        try:
            record = json.loads(line[len(self.nonce) :])
        except (ValueError, RecursionError):
            raise Broken(_TAMPERED) from None
        if not isinstance(record, dict):
            raise Broken(_TAMPERED)
        return record

    def expect(self, condition: bool) -> None:
        """Raises `Broken` unless the last record came in its turn."""
        if not condition:
            raise Broken(_TAMPERED)

    def kill(self) -> None:
        """End the child and all that it started. Any thread may call it."""
        self._is_killed = True
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end_in_words(self) -> str:
        """Why it ended by itself."""
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return _CLOSED
        if code == CHANNEL_CLOSED:
            return _CLOSED
        # Bubblewrap reports a signal as a shell does.
        number = -code if code < 0 else code - 128
        if number not in set(signal.Signals):
            return f"Your code ended the program (exit code {code})."
        name = signal.Signals(number).name
        if number in (signal.SIGSEGV, signal.SIGBUS):
            return f"Your code ended the program ({name}): it crashed, as a recursion does that is too deep."
        return f"Your code ended the program ({name})."

    def close(self) -> None:
        """Kill it, and wait until nothing of it is left."""
        first = self._first_process()
        self.kill()
        self.process.wait()
        if first is not None:
            # The kernel ends this one only after all others in its namespace.
            _is_ready(first, END_SECONDS)
            os.close(first)
        os.close(self._results)
        os.close(self._info)

    def _first_process(self) -> int | None:
        """A descriptor of the sandbox's first process, or None without one."""
        said = os.read(self._info, 4_096) if _is_ready(self._info, 0) else b""
        try:
            return os.pidfd_open(json.loads(said)["child-pid"])
        except (ValueError, KeyError, OSError, AttributeError):
            return None


def _is_ready(descriptor: int, seconds: float) -> bool:
    """Wait until a descriptor can be read, however high its number."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _file_without_name(data: bytes) -> int:
    """A readable descriptor of any size."""
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
