"""The process that calls a function case by case, and the pipes to it. Whatever comes out of it is a claim."""

import json
import os
import secrets
import select
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sparring.problems.value_types import Spec
from sparring.runner import process
from sparring.runner.languages import LANGUAGES
from sparring.runner.process import Started, is_ready
from sparring.runner.report import RunnerError
from sparring.runner.sandbox import BUBBLEWRAP, Box, isolation, launched, python, source
from sparring.runner.seccomp import no_new_processes
from sparring.runner.toolchains import toolchain

START_SECONDS = 10.0
"""How long the bare interpreter may take to start, or to read the input of a case."""
LOOK_SECONDS = 0.1
"""How often a silent child is looked after: is its time over, has the run been cancelled?"""
MAX_RECORD_BYTES = 4_194_304
"""One line of results; the harness stays below."""
MAX_RUN_BYTES = 67_108_864
"""All results of a run."""
MAX_EXACT_INT = 2**53 - 1
"""In JavaScript; an int beyond it is a BigInt there."""

_TAMPERED = "Your code wrote something of its own into the channel of its results."
_TOO_LARGE = f"Your code returned more than {MAX_RUN_BYTES // 1_048_576} MB of results in all. The run ends here."


class OutOfTime(Exception):
    """The deadline has passed."""


class Ended(Exception):
    """The child has ended by itself, or was killed."""


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


@dataclass(frozen=True)
class Task:
    """What a child does with each case: call `function`, or run the whole program if there is none."""

    code: str = field(repr=False)
    function: str | None
    parameters: tuple[Spec, ...]
    returns: Spec
    memory_mb: int
    language: str = "python"


@dataclass
class Child:
    """See the module."""

    started: Started
    nonce: bytes
    budget: Budget
    _task: Task
    _results: int
    _work: int
    _outgoing: bytes
    """What goes before the next case."""
    deadline: float = 0.0
    """A time of `time.monotonic`."""
    has_begun: bool = False
    """Whether the case that was asked for last has begun."""
    _buffer: bytearray = field(default_factory=bytearray)
    _records: deque[dict[str, Any]] = field(default_factory=deque)

    @classmethod
    def start(cls, task: Task, budget: Budget) -> "Child":
        """Start a child without a case. Raises `RunnerError`."""
        nonce = secrets.token_hex(16)
        program_filter = no_new_processes()
        is_boxed = isolation() == BUBBLEWRAP
        limits = {"memory_mb": task.memory_mb + 64, "filter": "" if is_boxed else (program_filter or b"").hex()}
        job = {
            "nonce": nonce,
            "code": task.code,
            "function": task.function,
            "parameters": task.parameters,
            "returns": task.returns,
            "limits": limits,
        }
        kept: list[int] = []
        given: list[int] = []
        try:
            work_read, work_write = os.pipe()
            results_read, results_write = os.pipe()
            kept += work_write, results_read
            given += work_read, results_write
            seccomp = process.file_without_name(program_filter) if is_boxed and program_filter is not None else None
            given += [] if seccomp is None else [seccomp]
            program, visible = _program(task, limits, work_read, results_write)
            info = os.pipe()
            command = Box(info[1], seccomp, visible).command(program)
            started = process.start(command, info=info, given=given)
        except (OSError, RunnerError) as error:
            for descriptor in kept:
                os.close(descriptor)
            if isinstance(error, RunnerError):
                raise
            raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
        finally:
            for descriptor in given:
                os.close(descriptor)
        os.set_blocking(work_write, False)
        return cls(started, nonce.encode(), budget, task, results_read, work_write, json.dumps(job).encode() + b"\n")

    def ask(self, index: int, case: dict[str, Any], seconds: float) -> tuple[dict[str, Any], float]:
        """What the child says of a case, and after how many milliseconds it said so.

        Raises `OutOfTime`, `Ended`, and `Broken` on anything that is not a whole, genuine record in its turn.
        """
        self.has_begun = False
        self.expect(not self._records and not self._buffer)
        self.deadline = time.monotonic() + START_SECONDS
        self._send(f"{index} {json.dumps(self._worded(case))}\n".encode())
        self.expect(self._next() == {"start": index})
        self.has_begun = True
        begin = time.monotonic()
        self.deadline = begin + seconds
        record = self._next()
        self.expect(record.get("index") == index)
        return record, (time.monotonic() - begin) * 1000

    def expect(self, condition: bool) -> None:
        """Raises `Broken` unless the last record came in its turn."""
        if not condition:
            raise Broken(_TAMPERED)

    def kill(self) -> None:
        """End the child and all that it started. Any thread may call it."""
        self.started.kill()

    def ran_out_of_memory(self) -> bool:
        """Whether it ended because its memory did. Python tells of that itself."""
        said = self.started.error_output() if self._task.language != "python" else ""
        return any(words in said for words in LANGUAGES[self._task.language].out_of_memory)

    def close(self) -> None:
        """Kill it, and wait until nothing of it is left."""
        self.started.close()
        os.close(self._results)
        os.close(self._work)

    def _worded(self, case: dict[str, Any]) -> dict[str, Any]:
        if self._task.language == "python":
            return case
        return {**case, "arguments": [for_javascript(value) for value in case["arguments"]]}

    def _send(self, line: bytes) -> None:
        view = memoryview(self._outgoing + line)
        self._outgoing = b""
        while view:
            if self.started.is_killed:
                raise Ended
            wait = self.deadline - time.monotonic()
            if wait <= 0:
                raise OutOfTime
            if not is_ready(self._work, min(wait, LOOK_SECONDS), select.POLLOUT):
                continue
            try:
                view = view[os.write(self._work, view[:65_536]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Ended from None

    def _next(self) -> dict[str, Any]:
        while not self._records:
            if self.started.is_killed:
                raise Ended
            wait = self.deadline - time.monotonic()
            if wait <= 0:
                raise OutOfTime
            if not is_ready(self._results, min(wait, LOOK_SECONDS)):
                continue
            piece = os.read(self._results, 65_536)
            if not piece:
                raise Ended
            self.budget.spend(len(piece))
            self._buffer += piece
            *lines, rest = self._buffer.split(b"\n")
            self._buffer = rest
            self._records.extend(map(self._record, lines))
            if len(rest) > MAX_RECORD_BYTES or not self.nonce.startswith(bytes(rest[: len(self.nonce)])):
                raise Broken(_TAMPERED)
        if time.monotonic() > self.deadline:
            raise OutOfTime
        return self._records.popleft()

    def _record(self, line: bytearray) -> dict[str, Any]:
        if not line.startswith(self.nonce):
            raise Broken(_TAMPERED)
        try:
            record = json.loads(line[len(self.nonce) :])
        except (ValueError, RecursionError):
            raise Broken(_TAMPERED) from None
        if not isinstance(record, dict):
            raise Broken(_TAMPERED)
        return record


def for_javascript(value: Any) -> Any:
    """A value as harness.js reads it: a map as its pairs, an int that no number there holds exactly as its digits."""
    if isinstance(value, dict):
        return [[for_javascript(key), for_javascript(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [for_javascript(item) for item in value]
    if type(value) is int and abs(value) > MAX_EXACT_INT:
        return str(value)
    return value


def _program(task: Task, limits: dict[str, Any], work: int, results: int) -> tuple[list[str], tuple[Path, ...]]:
    """The command line that answers for a task, and what it must be able to read."""
    if task.language == "python":
        head = f"JOB = {work}\nRESULTS = {results}\n"
        return python(head + source("harness_limits.py", "harness_shapes.py", "harness.py")), ()
    language = LANGUAGES["javascript"]
    node = toolchain(language)
    if node.path is None:
        raise RunnerError(f"{language.title} cannot be run on this machine. {node.how_to_get}")
    body = f"((JOB, RESULTS) => {{{source('harness.js')}}})({work}, {results});"
    command = [str(node.path), f"--max-old-space-size={task.memory_mb}", "--no-warnings", "-e", body]
    limits = {**limits, "kind": language.memory, "memory_mb": task.memory_mb + language.extra_memory_mb, "files": 256}
    return launched(limits, command), node.visible
