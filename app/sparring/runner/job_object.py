"""A Job object of Windows: it bounds the processes in it, and ends them all together.

The layouts are those of `winnt.h`.
"""

import ctypes
import subprocess
import threading
import time
from typing import Any

from sparring.runner.box import End, Hold

MAX_CPU_SECONDS = 3_600
"""Of one process; its wall time is watched, and is shorter."""
END_SECONDS = 5.0
"""How long the system may take to clear away what was ended."""
_EXTENDED_LIMITS, _UI_RESTRICTIONS, _ACCOUNTING = 9, 4, 1
_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x400, 0x2000
_ALL_OF_THE_DESKTOP = 0xFF
_TICKS_PER_SECOND = 10_000_000
_WAIT_SECONDS = 0.002
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


class Accounting(ctypes.Structure):
    """JOBOBJECT_BASIC_ACCOUNTING_INFORMATION."""

    _fields_ = (
        ("TotalUserTime", ctypes.c_int64),
        ("TotalKernelTime", ctypes.c_int64),
        ("ThisPeriodTotalUserTime", ctypes.c_int64),
        ("ThisPeriodTotalKernelTime", ctypes.c_int64),
        ("TotalPageFaultCount", ctypes.c_uint32),
        ("TotalProcesses", ctypes.c_uint32),
        ("ActiveProcesses", ctypes.c_uint32),
        ("TotalTerminatedProcesses", ctypes.c_uint32),
    )


class Job(Hold):
    """A process in a job of its own. `kernel` is the system's library; `release` closes the job."""

    def __init__(self, process: "subprocess.Popen[bytes]", kernel: Any, job: int) -> None:
        super().__init__(process)
        self._kernel = kernel
        self._lock = threading.Lock()
        self._job: int | None = job

    def end(self) -> None:
        with self._lock:
            # A number that was closed may mean something else by now.
            if self._job is not None:
                self._kernel.TerminateJobObject(self._job, 1)

    def look(self) -> End | None:
        code = self.process.poll()
        return None if code is None else End(code, self._peak_kb())

    def release(self) -> None:
        deadline = time.monotonic() + END_SECONDS
        while self._active_processes() and time.monotonic() < deadline:
            time.sleep(_WAIT_SECONDS)
        with self._lock:
            job, self._job = self._job, None
        if job is not None:
            self._kernel.CloseHandle(job)

    def _peak_kb(self) -> int:
        limits = ExtendedLimits()
        self._ask(_EXTENDED_LIMITS, limits)
        return int(limits.PeakProcessMemoryUsed) // 1_024

    def _active_processes(self) -> int:
        accounting = Accounting()
        self._ask(_ACCOUNTING, accounting)
        return int(accounting.ActiveProcesses)

    def _ask(self, what: int, answer: ctypes.Structure) -> None:
        """The answer stays as it is, all zeros, if there is none."""
        self._kernel.QueryInformationJobObject(self._job, what, ctypes.byref(answer), ctypes.sizeof(answer), None)


def adopted(kernel: Any, process: "subprocess.Popen[bytes]", limits: ExtendedLimits) -> Job:
    """Put a process that has done nothing yet into a new job. Raises `OSError`; then it is ended.

    A process that is in a job already, because whoever started us is in one, is kept from the desktop by no other: the
    system refuses that, so it has all the rest.
    """
    for has_desktop in (False, True):
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            break
        if _is_bound(kernel, job, limits, has_desktop=has_desktop) and kernel.AssignProcessToJobObject(
            job,
            int(process._handle),  # type: ignore[attr-defined]
        ):
            return Job(process, kernel, job)
        kernel.CloseHandle(job)
    process.kill()
    raise OSError("Windows does not put the program into a Job object.")


def made_limits(memory_mb: int, processes: int) -> ExtendedLimits:
    """What a job is bound to, each process of it."""
    limits = ExtendedLimits()
    basic = limits.BasicLimitInformation
    basic.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
    basic.PerProcessUserTimeLimit = MAX_CPU_SECONDS * _TICKS_PER_SECOND
    basic.ActiveProcessLimit = processes
    limits.ProcessMemoryLimit = memory_mb * 1_048_576
    return limits


def kernel32() -> Any:
    """The library with these calls, and what each takes: without that, a handle would be cut to 32 bits."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = _HANDLE
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (_HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.QueryInformationJobObject.argtypes = (
        _HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p,
    )  # fmt: skip
    kernel.AssignProcessToJobObject.argtypes = (_HANDLE, _HANDLE)
    kernel.TerminateJobObject.argtypes = (_HANDLE, ctypes.c_uint32)
    kernel.CloseHandle.argtypes = (_HANDLE,)
    return kernel


def _is_bound(kernel: Any, job: int, limits: ExtendedLimits, *, has_desktop: bool) -> bool:
    desktop = ctypes.c_uint32(_ALL_OF_THE_DESKTOP)
    rows: list[tuple[int, Any]] = [(_EXTENDED_LIMITS, limits)]
    rows += [] if has_desktop else [(_UI_RESTRICTIONS, desktop)]
    return all(
        kernel.SetInformationJobObject(job, what, ctypes.byref(value), ctypes.sizeof(value)) for what, value in rows
    )
