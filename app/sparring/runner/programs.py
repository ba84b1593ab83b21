"""Programs that read standard input and print, in any language of the table: compiled once, started for each case."""

import json
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sparring.problems import Case, Problem
from sparring.runner import process, sandbox
from sparring.runner.box import SCRATCH_BYTES, Box
from sparring.runner.channel import LOOK_SECONDS, OutOfTime
from sparring.runner.child import MAX_CPU_SECONDS, START_SECONDS
from sparring.runner.judging import MAX_ANSWER
from sparring.runner.languages import (
    COMPILE_FILE_BYTES,
    COMPILE_MEMORY_MB,
    COMPILE_SECONDS,
    MAX_COMPILER_WORDS,
    Language,
)
from sparring.runner.outlet import Outlet
from sparring.runner.process import Started, is_ready
from sparring.runner.report import CancelToken, RunnerError
from sparring.runner.seccomp import no_new_processes
from sparring.runner.toolchains import toolchain
from sparring.runner.wires import Wires, now

COMPILE_SCRATCH_BYTES = 1_073_741_824
MAX_STDERR = 4_000
"""Characters of what a program wrote to standard error that are shown."""
_INSIDE = re.compile(r"^\s+at .*node:internal|^Node\.js v\d|^node:internal|^runtime\.|^\t/.*/src/runtime/")
"""Lines of Node.js and of Go about themselves."""
_BEGIN = b"begin\n"
_WAIT_SECONDS = 0.002


class CompileError(Exception):
    """The compiler refused the code; the message is what it said."""

    def __init__(self, words: str, line: int | None) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True)
class _Outcome:
    code: int
    output: bytes
    errors: str
    elapsed_ms: float
    memory_kb: int


class Program:
    """One text in one language; as a context manager it has a folder for the time of a run. Raises `RunnerError`."""

    def __init__(
        self, problem: Problem, language: Language, code: str, token: CancelToken, outlet: Outlet | None = None
    ) -> None:
        self._outlet = outlet
        self._problem, self._language, self._code, self._token = problem, language, code, token
        self._tools = toolchain(language)
        if self._tools.path is None:
            raise RunnerError(f"{language.title} cannot be run on this machine. {self._tools.how_to_get}")
        self._tool = self._tools.path
        self._place = tempfile.TemporaryDirectory(prefix="sparring-", ignore_cleanup_errors=True)
        self._folder = Path(self._place.name).resolve()

    def __enter__(self) -> "Program":
        (self._folder / self._language.source).write_bytes(self._code.encode("utf-8", "replace"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._place.cleanup()

    def compile(self) -> None:
        """Make the code ready to run, if its language needs that. Raises `CompileError`."""
        if not self._language.compile:
            return
        limits = {
            "kind": self._language.compile_memory,
            "memory_mb": COMPILE_MEMORY_MB,
            "file_bytes": COMPILE_FILE_BYTES,
            "files": 1_024,
        }
        try:
            # A compiler is many processes, so no filter forbids them here; the sandbox ends them all together.
            outcome = self._play(self._language.compile, limits, b"", COMPILE_SECONDS, is_compiler=True)
        except OutOfTime:
            raise CompileError(f"The compiler did not finish within {COMPILE_SECONDS:g} s.", None) from None
        if outcome.code == 0:
            return
        words = self._without_folder(f"{outcome.errors}\n{sandbox.best().text(outcome.output)}".strip())
        words = words[:MAX_COMPILER_WORDS] or f"The compiler failed: {process.in_words(outcome.code)}"
        raise CompileError(words, self._line(words))

    def run(self, case: Case, limit_s: float | None = None) -> tuple[dict[str, Any], float]:
        """A record as a child gives it, and the milliseconds of the run. Raises `OutOfTime`.

        The time is the problem's, if no other is given.
        """
        language, problem = self._language, self._problem
        limits = {
            "kind": language.memory,
            "memory_mb": problem.memory_limit_mb + language.extra_memory_mb,
            "files": 256,
        }
        seconds = (problem.time_limit_s if limit_s is None else limit_s) + language.extra_seconds
        if self._outlet is not None:
            self._outlet.begin(case.name)
        outcome = self._play(language.run, limits, case.stdin.encode("utf-8", "replace"), seconds)
        output = sandbox.best().text(outcome.output)
        record: dict[str, Any] = {
            "output": output if len(outcome.output) <= MAX_ANSWER else output + "\n… (cut off)",
            "elapsed_ms": outcome.elapsed_ms,
            "memory_kb": outcome.memory_kb,
        }
        said = self._own_words(outcome.errors)
        if outcome.code == 0:
            record["errors"] = said
        else:
            if any(words in said for words in language.out_of_memory):
                record["memory"] = True
            record["error"] = f"{said}\n{process.in_words(outcome.code)}".strip()
            record["line"] = self._line(said)
        return record, outcome.elapsed_ms

    def _play(
        self, command: Sequence[str], limits: dict[str, Any], stdin: bytes, seconds: float, *, is_compiler: bool = False
    ) -> _Outcome:
        program_filter = None if is_compiler else no_new_processes()
        best = sandbox.best()
        report_read, report_write = os.pipe()
        output_read, output_write = os.pipe()
        given = [report_write, output_write]
        try:
            given.append(process.file_without_name(stdin))
            info = os.pipe()
            box = self._box(info[1], memory_mb=limits["memory_mb"], is_compiler=is_compiler)
            home = "/tmp" if best.is_apart else best.inside(box)
            limits = {
                **limits,
                "filter": (program_filter or b"").hex(),
                "cpu_s": MAX_CPU_SECONDS,
                "report": report_write,
                "watches": best.is_apart,
                "environment": {**dict(self._language.environment), "HOME": home, "TMPDIR": home},
            }
            started = process.start(
                best.command(box, best.launched(limits, self._worded(command, best.inside(box)))),
                box,
                info=info,
                given=[report_write] if best.has_launcher else [],
                stdin=given[-1],
                stdout=output_write,
            )
        except BaseException:
            os.close(report_read)
            os.close(output_read)
            raise
        finally:
            for descriptor in given:
                os.close(descriptor)
        wires = best.wires(output_read)
        self._token.watch(started.kill)
        try:
            report = report_read if best.has_launcher else None
            return _followed(started, report, wires, seconds, None if is_compiler else self._outlet)
        finally:
            self._token.forget(started.kill)
            started.close()
            os.close(report_read)
            wires.close()

    def _box(self, info: int = -1, *, memory_mb: int | None = None, is_compiler: bool = False) -> Box:
        return Box(
            info,
            visible=self._tools.visible,
            folder=self._folder,
            is_writable=is_compiler,
            scratch_bytes=COMPILE_SCRATCH_BYTES if is_compiler else SCRATCH_BYTES,
            memory_mb=memory_mb,
            environment=dict(self._language.environment),
        )

    @property
    def _inside(self) -> str:
        return sandbox.best().inside(self._box())

    def _worded(self, command: Sequence[str], inside: str) -> list[str]:
        words = {
            "tool": str(self._tool),
            "bin": str(self._tool.parent),
            "folder": inside,
            "memory_mb": str(self._problem.memory_limit_mb),
        }
        return [part.format(**words) for part in command]

    def _own_words(self, errors: str) -> str:
        rows = self._without_folder(errors).splitlines()
        words = "\n".join(row for row in rows if not _INSIDE.search(row)).strip()
        if len(words) <= MAX_STDERR:
            return words
        return f"{words[: MAX_STDERR // 2]}\n…\n{words[-MAX_STDERR // 2 :]}"

    def _without_folder(self, words: str) -> str:
        for folder in (str(self._folder), self._inside):
            for slash in ("/", "\\"):
                words = words.replace(f"{folder}{slash}", "")
        return words

    def _line(self, words: str) -> int | None:
        match = re.search(rf"{re.escape(self._language.source)}:(\d+)", words)
        return int(match[1]) if match else None


def _followed(started: Started, report: int | None, wires: Wires, seconds: float, outlet: Outlet | None) -> _Outcome:
    """Read what a process prints until it ends. Its clock starts when the launcher, if any, says that it begins."""
    if report is not None and (not is_ready(report, START_SECONDS) or not os.read(report, len(_BEGIN))):
        if started.is_killed:
            raise OutOfTime
        raise RunnerError(f"The program that runs your code does not start. {started.error_output()[-MAX_STDERR:]}")
    begin = now()
    deadline = begin + seconds
    kept = bytearray()
    is_open = True
    while True:
        if now() > deadline or started.is_killed:
            raise OutOfTime
        if is_open:
            wait = min(LOOK_SECONDS, max(0.0, deadline - now()))
            piece = wires.receive(wait if outlet is None else min(wait, outlet.wait_s))
            if piece is not None:
                is_open = bool(piece.data)
                if len(kept) <= MAX_ANSWER:
                    kept += piece.data
                    if outlet is not None:
                        outlet.hear(sandbox.best().plain(piece.data))
            if outlet is not None:
                outlet.tell()
            continue
        end = started.hold.look()
        if end is not None:
            elapsed_ms = (now() - begin) * 1000
            memory_kb = (None if report is None else _reported_memory(report)) or end.memory_kb
            return _Outcome(end.code, bytes(kept), started.error_output(), elapsed_ms, memory_kb)
        time.sleep(_WAIT_SECONDS)


def _reported_memory(report: int) -> int | None:
    """What the launcher says that the program used; None without a launcher that watches."""
    said = os.read(report, 256) if is_ready(report, 0) else b""
    try:
        return int(json.loads(said)["memory_kb"])
    except (ValueError, KeyError, TypeError):
        return None
