"""The process that calls a function case by case. Cases are sent ahead of their turn, so that it never waits for us."""

import json
import os
import secrets
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sparring.problems.value_types import Spec
from sparring.runner import process, sandbox
from sparring.runner.box import Box
from sparring.runner.channel import Budget, Channel, OutOfTime
from sparring.runner.inside import compiled, fed, source
from sparring.runner.languages import LANGUAGES
from sparring.runner.outlet import Outlet
from sparring.runner.process import Started
from sparring.runner.report import RunnerError
from sparring.runner.seccomp import no_new_processes
from sparring.runner.toolchains import toolchain
from sparring.runner.wires import now

START_SECONDS = 10.0
"""How long the bare interpreter may take to start, or to read the input of a case."""
MAX_CPU_SECONDS = 3_600
"""Of one process; where nothing better ends what a killed app leaves behind, this does."""
MAX_AHEAD = 64
"""Cases that are sent ahead of their turn; when half of them are done, some more."""
MAX_AHEAD_BYTES = 65_536
HARNESS = ("harness_limits.py", "harness_memory.py", "harness_json.py", "harness_shapes.py", "harness.py")
MAX_EXACT_INT = 2**53 - 1
"""In JavaScript; an int beyond it is a BigInt there."""


@dataclass(frozen=True)
class Task:
    """What a child does with each case: call `function`, or run the whole program if there is none."""

    code: str = field(repr=False)
    function: str | None
    parameters: tuple[Spec, ...]
    returns: Spec
    memory_mb: int
    language: str = "python"
    listens: bool = False
    """Whether what is printed is told while it runs."""


class Child:
    """See the module."""

    def __init__(self, task: Task, started: Started, channel: Channel) -> None:
        self.started = started
        self.has_begun = False
        """Whether the case that was asked for last has begun."""
        self._task, self._channel = task, channel
        self._ahead: deque[int] = deque()
        self._is_filling = True

    @classmethod
    def start(cls, task: Task, budget: Budget) -> "Child":
        """Start a child without a case. Raises `RunnerError`."""
        nonce = secrets.token_hex(16)
        program_filter = no_new_processes()
        best = sandbox.best()
        is_apart = best.is_apart
        limits = {
            "memory_mb": task.memory_mb + 64,
            "cpu_s": MAX_CPU_SECONDS,
            "filter": "" if is_apart else (program_filter or b"").hex(),
        }
        job = {
            "nonce": nonce,
            "code": task.code,
            "function": task.function,
            "parameters": task.parameters,
            "returns": task.returns,
            "limits": limits,
            "listens": task.listens,
        }
        kept: list[int] = []
        given: list[int] = []
        try:
            work_read, work_write = os.pipe()
            results_read, results_write = os.pipe()
            kept += work_write, results_read
            given += work_read, results_write
            seccomp = process.file_without_name(program_filter) if is_apart and program_filter is not None else None
            given += [] if seccomp is None else [seccomp]
            # Another program than Python may not find them by their numbers, but it is not shown what stands there.
            is_standard = task.language != "python" and not best.has_numbers
            ends = (0, 1) if is_standard else (best.told(work_read), best.told(results_write))
            program, visible, memory_mb = _program(task, limits, *ends)
            info = os.pipe()
            box = Box(info[1], seccomp, visible, memory_mb=memory_mb)
            streams = {"stdin": work_read, "stdout": results_write} if is_standard else {}
            beside = given[2:] if is_standard else given
            started = process.start(best.command(box, program), box, info=info, given=beside, **streams)
        except (OSError, RunnerError) as error:
            for descriptor in kept:
                os.close(descriptor)
            if isinstance(error, RunnerError):
                raise
            raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
        finally:
            for descriptor in given:
                os.close(descriptor)
        wires = best.wires(results_read, work_write)
        channel = Channel(wires, nonce.encode(), budget, lambda: started.is_killed)
        if task.language == "python":
            channel.put(_harness())
        channel.put(json.dumps(job).encode() + b"\n")
        return cls(task, started, channel)

    def listen(self, outlet: Outlet) -> None:
        """Where to tell what is printed, if the task listens."""
        self._channel.outlet = outlet

    def give(self, budget: Budget) -> None:
        """The bytes that it may say from now on."""
        self._channel.budget = budget

    @property
    def has_room(self) -> bool:
        """Whether a further case may be sent ahead of its turn. A large one goes alone."""
        if len(self._ahead) <= MAX_AHEAD // 2:
            self._is_filling = True
        elif len(self._ahead) >= MAX_AHEAD or self._channel.unsent >= MAX_AHEAD_BYTES:
            self._is_filling = False
        return self._is_filling and (not self._ahead or self._channel.unsent < MAX_AHEAD_BYTES)

    def offer(self, index: int, case: dict[str, Any]) -> None:
        """Send a case ahead of its turn; `ask` for them in the same order."""
        self._channel.put(f"{index} {json.dumps(self._worded(case))}\n".encode())
        self._ahead.append(index)

    def ask(self, index: int, case: dict[str, Any], seconds: float, name: str = "") -> tuple[dict[str, Any], float]:
        """What the child says of a case, and the most milliseconds that it can have taken.

        Raises `OutOfTime`, `Ended`, and `Broken` on anything that is not a whole, genuine record in its turn.
        """
        self.has_begun = False
        channel = self._channel
        if not self._ahead:
            channel.be_quiet()
            self.offer(index, case)
        if self._ahead.popleft() != index:
            raise ValueError(f"case {index} was not offered in this order")
        start = channel.take(now() + START_SECONDS)
        channel.expect(start.fields == {"start": index})
        self.has_begun = True
        if channel.outlet is not None:
            channel.outlet.begin(name)
        end = channel.take(start.latest + seconds)
        record = end.fields
        channel.expect(record.get("index") == index)
        claimed = record.get("elapsed_ms")
        if isinstance(claimed, int | float) and claimed > seconds * 1000:
            raise OutOfTime
        return record, (end.latest - start.earliest) * 1000

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
        self._channel.close()

    def _worded(self, case: dict[str, Any]) -> dict[str, Any]:
        if self._task.language == "python":
            return case
        return {**case, "arguments": [for_javascript(value) for value in case["arguments"]]}


def _harness() -> bytes:
    return compiled(*HARNESS)


def for_javascript(value: Any) -> Any:
    """A value as harness.js reads it: a map as its pairs, an int that no number there holds exactly as its digits."""
    if isinstance(value, dict):
        return [[for_javascript(key), for_javascript(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [for_javascript(item) for item in value]
    if type(value) is int and abs(value) > MAX_EXACT_INT:
        return str(value)
    return value


def _program(task: Task, limits: dict[str, Any], work: int, results: int) -> tuple[list[str], tuple[Path, ...], int]:
    """The command line that answers for a task, what it must be able to read, and the megabytes that it may use."""
    if task.language == "python":
        return fed(_harness(), work, results), (), limits["memory_mb"]
    language = LANGUAGES["javascript"]
    node = toolchain(language)
    if node.path is None:
        raise RunnerError(f"{language.title} cannot be run on this machine. {node.how_to_get}")
    body = f"((JOB, RESULTS) => {{{source('harness.js')}}})({work}, {results});"
    command = [str(node.path), f"--max-old-space-size={task.memory_mb}", "--no-warnings", "-e", body]
    memory_mb = task.memory_mb + language.extra_memory_mb
    limits = {**limits, "kind": language.memory, "memory_mb": memory_mb, "files": 256}
    return sandbox.best().launched(limits, command), node.visible, memory_mb
