"""What Windows has: a Job object, which bounds a process and ends with it all that it started. It was never run.

It is no sandbox: files and network are as open as to any program. The layouts are those of `winnt.h`.
"""

import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sparring.runner.box import Box, Sandbox

MAX_PROCESSES = 1
MAX_MEMORY_MB = 4_608
"""The most that a problem allows, and what an interpreter needs; the problem's own limit is below."""
_EXTENDED_LIMITS, _UI_RESTRICTIONS = 9, 4
_ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_ALL_OF_THE_DESKTOP = 0xFF
_HANDLE = ctypes.c_void_p


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class JobObject(Sandbox):
    """See the module. `kernel` is the system's library; a test brings its own."""

    label = "not sandboxed: bounded by a Job object only"
    keeps = (
        "Its memory is bounded, it starts no other process and reaches no window and no clipboard, "
        "and it ends with the run."
    )
    leaves = (
        "It can read and change your files, end your programs and use the network: "
        "run only what you would run yourself."
    )

    def __init__(self, kernel: Any = None) -> None:
        self._kernel = kernel

    def works(self) -> bool:
        return sys.platform == "win32"

    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        return list(program)

    def adopt(self, process: "subprocess.Popen[bytes]") -> Callable[[], None]:
        """A program that waits for its job, as all of ours do, has done nothing yet."""
        kernel = self._kernel or _kernel32()
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            raise OSError("Windows makes no Job object.")
        limits = made_limits()
        desktop = ctypes.c_uint32(_ALL_OF_THE_DESKTOP)
        is_bound = (
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            and kernel.SetInformationJobObject(job, _UI_RESTRICTIONS, ctypes.byref(desktop), ctypes.sizeof(desktop))
            and kernel.AssignProcessToJobObject(job, int(process._handle))  # type: ignore[attr-defined]
        )
        if not is_bound:
            process.kill()
            kernel.CloseHandle(job)
            raise OSError("Windows does not put the program into a Job object.")

        def end() -> None:
            if process.returncode is None:
                kernel.TerminateJobObject(job, 1)

        return end


def made_limits() -> ExtendedLimits:
    """What every job is bound to."""
    limits = ExtendedLimits()
    basic = limits.BasicLimitInformation
    basic.LimitFlags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
    basic.ActiveProcessLimit = MAX_PROCESSES
    limits.ProcessMemoryLimit = MAX_MEMORY_MB * 1_048_576
    return limits


def _kernel32() -> Any:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = _HANDLE
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (_HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (_HANDLE, _HANDLE)
    kernel.TerminateJobObject.argtypes = (_HANDLE, ctypes.c_uint32)
    kernel.CloseHandle.argtypes = (_HANDLE,)
    return kernel
