"""Windows: the layouts and the calls here, by a stand-in of its library; and the real thing where this runs there."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sparring.runner import CaseState, run_solution
from sparring.runner.box import Box
from sparring.runner.child import _harness
from sparring.runner.inside import fed, source
from sparring.runner.job_object import Accounting, BasicLimits, ExtendedLimits, Job, adopted, made_limits
from sparring.runner.process import in_words
from sparring.runner.windows import JobObject, environment
from tests.support.problems import function_problem, printing_problem

MAX_COMMAND_LINE = 32_767
"""Characters; what is longer, Windows does not start."""

needs_windows = pytest.mark.skipif(sys.platform != "win32", reason="this is not Windows")


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the layouts of 64 bits")
def test_the_layouts_are_those_of_windows() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ctypes.sizeof(Accounting) == 48
    assert BasicLimits.LimitFlags.offset == 16
    assert BasicLimits.ActiveProcessLimit.offset == 40
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert ExtendedLimits.PeakProcessMemoryUsed.offset == 128
    assert Accounting.ActiveProcesses.offset == 40


def test_a_job_ends_with_the_run_and_has_one_process() -> None:
    limits = made_limits(256, 1)
    basic = limits.BasicLimitInformation
    assert basic.LimitFlags & 0x2000, "kill on close"
    assert (basic.LimitFlags & 0x8, basic.ActiveProcessLimit) == (0x8, 1)
    assert (basic.LimitFlags & 0x100, limits.ProcessMemoryLimit) == (0x100, 256 * 1_048_576)
    assert (basic.LimitFlags & 0x2, basic.PerProcessUserTimeLimit) == (0x2, 3_600 * 10_000_000)


class Kernel:
    """Stands for the library that only Windows has, and writes down what it is asked.

    `failing` says which calls fail, and how often.
    """

    def __init__(self, **failing: int) -> None:
        self.asked: list[tuple[str, Any]] = []
        self._failing = failing
        self._jobs = 6

    def __getattr__(self, name: str) -> Any:
        def called(*arguments: Any) -> int:
            self.asked.append((name, arguments[0]))
            if self._failing.get(name, 0) > 0:
                self._failing[name] -= 1
                return 0
            self._jobs += name == "CreateJobObjectW"
            return self._jobs

        return called

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]


class Process:
    """As `subprocess.Popen` has it there."""

    _handle = 99
    returncode = None
    is_killed = False

    def kill(self) -> None:
        self.is_killed = True

    def poll(self) -> int:
        return 3


def put_into_a_job(kernel: Kernel) -> tuple[Job, Process]:
    process = Process()
    made: Any = process
    typed: subprocess.Popen[bytes] = made
    return adopted(kernel, typed, made_limits(256, 1)), process


def test_a_process_is_bound_before_it_is_put_in_and_ended_through_its_job() -> None:
    kernel = Kernel()
    job, process = put_into_a_job(kernel)
    bound = ["CreateJobObjectW", "SetInformationJobObject", "SetInformationJobObject", "AssignProcessToJobObject"]
    assert kernel.names() == bound
    job.end()
    assert kernel.asked[-1] == ("TerminateJobObject", 7)
    assert job.look() == (3, 0)
    assert not process.is_killed
    job.release()
    assert kernel.asked[-1] == ("CloseHandle", 7)
    asked = len(kernel.asked)
    # The number may mean another thing by now.
    job.end()
    job.release()
    assert not {"TerminateJobObject", "CloseHandle"} & set(kernel.names()[asked:])


@pytest.mark.parametrize("failing", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_what_cannot_be_bound_does_not_run(failing: str) -> None:
    kernel = Kernel(**{failing: 9})
    made: Any = Process()
    with pytest.raises(OSError, match="Job object"):
        adopted(kernel, made, made_limits(256, 1))
    assert made.is_killed
    assert kernel.names().count("CloseHandle") == (0 if failing == "CreateJobObjectW" else 2)


def test_who_is_in_a_job_already_is_put_into_one_that_leaves_the_desktop() -> None:
    kernel = Kernel(AssignProcessToJobObject=1)
    job, process = put_into_a_job(kernel)
    assert kernel.names()[4:] == [
        "CloseHandle",
        "CreateJobObjectW",
        "SetInformationJobObject",
        "AssignProcessToJobObject",
    ]
    assert not process.is_killed
    job.end()
    assert kernel.asked[-1] == ("TerminateJobObject", 8)


def test_a_command_line_has_room_for_what_is_on_it() -> None:
    commands = [
        fed(_harness(), 1_000_000, 1_000_000),
        ["node", "--no-warnings", "-e", f"((JOB, RESULTS) => {{{source('harness.js')}}})(0, 1);"],
    ]
    for command in commands:
        assert len(subprocess.list2cmdline(command)) + 1_000 < MAX_COMMAND_LINE


def test_a_process_gets_no_variables_of_ours(tmp_path: Path) -> None:
    box = Box(folder=tmp_path, environment={"GOTOOLCHAIN": "local"})
    program = str(tmp_path / "tools" / "go")
    got = environment(box, program, {"SYSTEMROOT": "R", "TOKEN": "secret", "PATH": "ours"})
    assert got["SYSTEMROOT"] == "R"
    assert got["GOTOOLCHAIN"] == "local"
    assert got["TEMP"] == got["TMP"] == got["LOCALAPPDATA"] == str(tmp_path)
    assert got["PATH"].split(os.pathsep)[0] == str(tmp_path / "tools")
    assert "ours" not in got["PATH"].split(os.pathsep)
    assert "TOKEN" not in got


def test_what_a_compiler_made_is_found_by_its_ending(tmp_path: Path) -> None:
    made = tmp_path / "main"
    assert JobObject().launched({}, [str(made), "x"]) == [f"{made}.exe", "x"]
    made.touch()
    assert JobObject().launched({}, [str(made), "x"]) == [str(made), "x"]


def test_lines_end_as_they_do_elsewhere() -> None:
    assert JobObject().text(b"a\r\nb\n\xff") == "a\nb\n�"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0xC00000FD, "stack overflow: it crashed, as a recursion does that is too deep"),
        (0xC0000005, "access violation"),
        (0xC000012D, "there was not enough memory"),
        (0xC0001234, "exit code 3221230132"),
        (1, "exit code 1"),
    ],
)
def test_an_end_has_words(code: int, words: str) -> None:
    assert f"({words}" in in_words(code)


# The real thing.


@needs_windows
def test_a_function_is_run_in_a_job() -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1), ([2], 2)], time_limit_s=1)
    report = run_solution(problem, "def solve(n):\n    print('hé')\n    return n\n")
    assert report.passed == 2
    assert report.results[0].output == "hé\n"
    assert report.isolation == JobObject().words
    late = run_solution(problem, "def solve(n):\n    while n == 1: pass\n    return n\n")
    assert [result.state for result in late.results] == [CaseState.TIMEOUT, CaseState.PASSED]


@needs_windows
def test_a_program_reads_and_prints() -> None:
    report = run_solution(printing_problem([("abc\n", "cba\n"), ("", "")]), "print(input()[::-1])\n")
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.ERROR]


@needs_windows
def test_what_is_ended_leaves_nothing() -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1)])
    code = "import os\ndef solve(n):\n    return os.getpid()\n"
    pid = int(run_solution(problem, code).results[0].got)
    kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    may_wait = 0x00100000
    handle = kernel.OpenProcess(may_wait, False, pid)
    has_ended = handle is None or kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0) == 0
    assert has_ended
