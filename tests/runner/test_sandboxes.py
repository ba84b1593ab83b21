"""Each system's sandbox: which is chosen, what it is called, and what it says of itself.

What belongs to macOS and Windows is looked at as far as Linux can: the profile's text, the layouts, the calls. It was
never run there.
"""

import ctypes
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sparring.runner import run_solution, sandbox
from sparring.runner.box import Box, Sandbox
from sparring.runner.bubblewrap import Bubblewrap
from sparring.runner.inside import interpreter
from sparring.runner.job_object import BasicLimits, ExtendedLimits, JobObject, made_limits
from sparring.runner.sandbox import LimitsOnly, sandboxes
from sparring.runner.seatbelt import PRIVATE, SandboxExec, profile
from tests.support.problems import function_problem

ALL = (Bubblewrap(), SandboxExec(), JobObject(), LimitsOnly())


@pytest.mark.parametrize(
    ("platform", "kinds"),
    [
        ("linux", [Bubblewrap, LimitsOnly]),
        ("darwin", [SandboxExec, LimitsOnly]),
        ("win32", [JobObject, LimitsOnly]),
        ("freebsd14", [LimitsOnly]),
    ],
)
def test_each_system_has_its_own(platform: str, kinds: list[type[Sandbox]]) -> None:
    assert [type(one) for one in sandboxes(platform)] == kinds


def test_none_of_another_system_works_here() -> None:
    assert sys.platform == "linux"
    assert not SandboxExec().works()
    assert not JobObject().works()
    assert LimitsOnly().works()
    assert type(sandbox.best()) in (Bubblewrap, LimitsOnly)


@pytest.mark.parametrize("one", ALL, ids=lambda one: type(one).__name__)
def test_each_says_what_it_keeps_and_what_it_leaves(one: Sandbox) -> None:
    assert one.words == f"Your code is {one.label}. {one.keeps} {one.leaves}"
    for sentence in (one.keeps, one.leaves):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    # Whoever is not kept out is warned in plain words.
    is_warned = "run only what you would run yourself" in one.leaves
    assert is_warned == one.label.startswith("not sandboxed") == (not one.holds)


def test_their_labels_differ_and_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "running-code.md").read_text(encoding="utf-8")
    assert len({one.label for one in ALL}) == len(ALL)
    for one in ALL:
        assert one.label in page
        assert one.keeps in page
        assert one.leaves in page


def test_a_run_says_which_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1)])
    assert run_solution(problem, "def solve(n):\n    return n\n").isolation == sandbox.best().words
    monkeypatch.setattr(sandbox, "best", LimitsOnly)
    report = run_solution(problem, "def solve(n):\n    return n\n")
    assert report.passed == 1
    assert "It can read and change your files" in report.isolation


# macOS.


def test_the_profile_forbids_network_writing_and_what_is_private() -> None:
    rules = profile(Box(-1)).splitlines()
    assert rules[:2] == ["(version 1)", "(allow default)"]
    assert "(deny network*)" in rules
    assert "(deny process-fork)" in rules
    assert "(deny signal)" in rules
    assert [rule for rule in rules if rule.startswith("(allow file-write*")] == [
        '(allow file-write* (literal "/dev/null"))'
    ]
    for place in PRIVATE:
        assert f'(deny file-read-data (subpath "{place}"))' in rules
    # Of rules that meet, the last one counts.
    last_denied = max(number for number, rule in enumerate(rules) if rule.startswith("(deny file-read-data"))
    assert rules.index(f'(allow file-read-data (subpath "{Path(interpreter()).parent}"))') > last_denied


def test_the_profile_lets_a_compiler_write_in_its_folder_and_start_others() -> None:
    box = Box(-1, visible=(Path("/opt/tool"),), folder=Path("/private/var/folders/x/sparring-1"), is_writable=True)
    rules = profile(box).splitlines()
    assert '(allow file-read-data (subpath "/opt/tool"))' in rules
    assert '(allow file-write* (subpath "/private/var/folders/x/sparring-1"))' in rules
    assert rules.index('(deny file-write* (subpath "/"))') < len(rules) - 1
    assert "(deny process-fork)" not in rules


def test_no_path_ends_its_own_quotes() -> None:
    rules = profile(Box(-1, visible=(Path('/opt/a") (allow network*) (literal "\\'),)))
    assert '(subpath "/opt/a\\") (allow network*) (literal \\"\\\\")' in rules
    assert all(line.startswith("(") and line.count("(") == line.count(")") for line in rules.splitlines()[:5])


def test_the_command_begins_with_the_tool_and_the_profile() -> None:
    box = Box(-1)
    assert SandboxExec().command(box, ["python", "-c", ""]) == [
        "/usr/bin/sandbox-exec",
        "-p",
        profile(box),
        "python",
        "-c",
        "",
    ]


# Windows.


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the layouts of 64 bits")
def test_the_layouts_are_those_of_windows() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert BasicLimits.LimitFlags.offset == 16
    assert BasicLimits.ActiveProcessLimit.offset == 40
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112


def test_a_job_ends_with_the_run_and_has_one_process() -> None:
    basic = made_limits().BasicLimitInformation
    assert basic.LimitFlags & 0x2000, "kill on close"
    assert (basic.LimitFlags & 0x8, basic.ActiveProcessLimit) == (0x8, 1)
    assert made_limits().ProcessMemoryLimit > 4096 * 1_048_576


class Kernel:
    """Stands for the library that only Windows has, and writes down what it is asked."""

    def __init__(self, *failing: str) -> None:
        self.asked: list[tuple[str, Any]] = []
        self._failing = failing

    def __getattr__(self, name: str) -> Any:
        def called(*arguments: Any) -> int:
            self.asked.append((name, arguments[0]))
            return 0 if name in self._failing else 7

        return called


class Process:
    """As `subprocess.Popen` has it there."""

    _handle = 99
    returncode = None
    is_killed = False

    def kill(self) -> None:
        self.is_killed = True


def adopted(kernel: Kernel) -> tuple[Any, Process]:
    process = Process()
    made: Any = process
    typed: subprocess.Popen[bytes] = made
    return JobObject(kernel).adopt(typed), process


def test_a_process_is_bound_before_it_is_put_in_and_ended_through_its_job() -> None:
    kernel = Kernel()
    end, process = adopted(kernel)
    assert [name for name, _ in kernel.asked] == [
        "CreateJobObjectW",
        "SetInformationJobObject",
        "SetInformationJobObject",
        "AssignProcessToJobObject",
    ]
    end()
    assert kernel.asked[-1] == ("TerminateJobObject", 7)
    assert not process.is_killed


@pytest.mark.parametrize("failing", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_what_cannot_be_bound_does_not_run(failing: str) -> None:
    kernel = Kernel(failing)
    with pytest.raises(OSError, match="Job object"):
        adopted(kernel)
    if failing != "CreateJobObjectW":
        assert kernel.asked[-1] == ("CloseHandle", 7)
