"""One press of Run: a child process for all cases, a fresh one after a case that broke it."""

import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from sparring.problems import Case, Problem
from sparring.problems.comparing import same_output, same_value
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.sandbox import command, isolation

START_SECONDS = 10.0
"""How long the bare interpreter may take to start."""
GRACE_SECONDS = 0.05
MAX_LINE_BYTES = 4_194_304
MAX_SHOWN = 2_000
"""Characters of a value that are shown."""
OnResult = Callable[[CaseResult], None]


def run_solution(
    problem: Problem,
    code: str,
    *,
    cases: Sequence[str] | None = None,
    on_result: OnResult | None = None,
    cancel: CancelToken | None = None,
) -> RunReport:
    """Run `code` against a problem's cases (all, or those named) and tell of each as it ends.

    Blocks; call it in a worker thread. Raises `RunnerError` if nothing can be run. After it returns, nothing that
    the solution started is alive.
    """
    begin = time.perf_counter()
    token = cancel or CancelToken()
    wanted = [case for case in problem.cases if cases is None or case.name in cases]
    results: dict[int, CaseResult] = {}

    def tell(index: int, result: CaseResult) -> None:
        results[index] = result
        if on_result is not None:
            on_result(result)

    while len(results) < len(wanted) and not token.is_cancelled:
        left = [index for index in range(len(wanted)) if index not in results]
        before = len(results)
        _run_child(problem, code, wanted, left, tell, token)
        if len(results) == before and not token.is_cancelled:
            raise RunnerError("The program that runs your code does not start. Is this Python installation whole?")
    for index, case in enumerate(wanted):
        if index not in results:
            tell(index, CaseResult(case.name, case.hidden, CaseState.SKIPPED))
    ordered = tuple(results[index] for index in range(len(wanted)))
    return RunReport(ordered, (time.perf_counter() - begin) * 1000, isolation())


def _run_child(
    problem: Problem,
    code: str,
    wanted: list[Case],
    left: list[int],
    tell: Callable[[int, CaseResult], None],
    token: CancelToken,
) -> None:
    """Run the cases that are left until all are done or one breaks the child; that one is told of as well."""
    child = _Child.start(problem, code, wanted, left)
    token.watch(child.kill)
    started: int | None = None
    try:
        for record in child.records():
            if record is None:
                if started is not None:
                    seconds = f"{problem.time_limit_s:g} s"
                    tell(started, _broken(wanted[started], CaseState.TIMEOUT, f"Not finished after {seconds}."))
                return
            if "start" in record:
                started = int(record["start"])
                child.deadline = time.monotonic() + problem.time_limit_s + GRACE_SECONDS
            elif started is not None and record.get("index") == started:
                tell(started, _judge(problem, wanted[started], record))
                started = None
                child.deadline = time.monotonic() + START_SECONDS
        if started is not None and not token.is_cancelled:
            tell(started, _broken(wanted[started], CaseState.ERROR, child.end_in_words()))
    finally:
        token.watch(None)
        child.close()


def _broken(case: Case, state: CaseState, words: str) -> CaseResult:
    return CaseResult(case.name, case.hidden, state, expected=_expected(case), traceback=words)


def _expected(case: Case) -> str:
    return case.stdout if case.stdout or case.stdin else _shown(case.expected)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def _judge(problem: Problem, case: Case, record: dict[str, Any]) -> CaseResult:
    """Compare what the child says with what is expected; the child never sees that."""
    output = str(record.get("output", ""))
    if problem.signature is None:
        got, is_right = output, same_output(case.stdout, output, problem.comparison)
        output = ""
    else:
        value = record.get("value")
        got, is_right = _shown(value), same_value(case.expected, value, problem.comparison)
    state = CaseState.PASSED if is_right else CaseState.WRONG
    words = ""
    if record.get("memory"):
        state, got, words = CaseState.MEMORY, "", f"More than {problem.memory_limit_mb} MB of memory."
    elif "error" in record:
        state, got, words = CaseState.ERROR, "", str(record["error"])
    line = record.get("line")
    return CaseResult(
        case.name,
        case.hidden,
        state,
        expected=_expected(case),
        got=got,
        output=output,
        traceback=words,
        error_line=line if isinstance(line, int) else None,
        elapsed_ms=float(record.get("elapsed_ms", 0.0)),
        memory_kb=int(record.get("memory_kb", 0)),
    )


@dataclass
class _Child:
    """The sandboxed process and the pipe that its results come through."""

    process: "subprocess.Popen[bytes]"
    results: int
    nonce: bytes
    deadline: float = field(default_factory=lambda: time.monotonic() + START_SECONDS)
    _buffer: bytearray = field(default_factory=bytearray)

    @classmethod
    def start(cls, problem: Problem, code: str, wanted: list[Case], left: list[int]) -> "_Child":
        nonce = secrets.token_hex(16)
        job = json.dumps(
            {
                "nonce": nonce,
                "code": code,
                "function": problem.signature.name if problem.signature else None,
                "memory_mb": problem.memory_limit_mb,
                "cases": [
                    {"index": index, "arguments": wanted[index].arguments, "stdin": wanted[index].stdin}
                    for index in left
                ],
            }
        ).encode()
        job_read, results_write, results_read = -1, -1, -1
        try:
            job_read = _job_descriptor(job)
            results_read, results_write = os.pipe()
            source = resources.files("sparring.runner").joinpath("harness.py").read_text(encoding="utf-8")
            program = f"JOB = {job_read}\nRESULTS = {results_write}\n{source}"
            process = subprocess.Popen(
                command(program),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(job_read, results_write),
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            )
        except OSError as error:
            if results_read >= 0:
                os.close(results_read)
            raise RunnerError(f"Your code cannot be run on this machine: {error}") from error
        finally:
            for descriptor in (job_read, results_write):
                if descriptor >= 0:
                    os.close(descriptor)
        return cls(process, results_read, nonce.encode())

    def records(self) -> Iterator[dict[str, Any] | None]:
        """What the child tells, line by line; None (and then no more) when `deadline` passes."""
        while True:
            wait = self.deadline - time.monotonic()
            ready, _, _ = select.select([self.results], [], [], max(0.0, wait))
            if not ready:
                yield None
                return
            piece = os.read(self.results, 65_536)
            if not piece or len(self._buffer) > MAX_LINE_BYTES:
                return
            self._buffer += piece
            *lines, rest = self._buffer.split(b"\n")
            self._buffer = bytearray(rest)
            for line in lines:
                if line.startswith(self.nonce):
                    with contextlib.suppress(ValueError):
                        yield json.loads(line[len(self.nonce) :])

    def kill(self) -> None:
        """End the child and all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def end_in_words(self) -> str:
        """Why it ended by itself."""
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "Your code closed the channel of its results."
        return f"Your code ended the program (exit code {code})."

    def close(self) -> None:
        self.kill()
        self.process.wait()
        os.close(self.results)


def _job_descriptor(job: bytes) -> int:
    """A readable descriptor of any size: a file without a name."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("sparring-job", 0)
    else:
        import tempfile

        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    _write_all(descriptor, job)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.set_inheritable(descriptor, True)
    return descriptor


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
