"""What Windows has for a sandbox, and all that it does its own way.

It is none: files and network are as open as to any program. A process is started without running, put into a Job
object, and let go. What it is given beside its standard streams are handles, and it learns their numbers.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sparring.runner.box import Box, Hold, Sandbox, Streams
from sparring.runner.job_object import adopted, kernel32, made_limits
from sparring.runner.wires import Threaded, Wires

MAX_PROCESSES = 1
MAX_COMPILER_PROCESSES = 64
MAX_MEMORY_MB = 4_608
"""For what says nothing of its memory: the most that a problem allows, and what an interpreter needs."""
_SUSPENDED = 0x4
_DETACHED = 0x8
"""No console, and so no process that would serve it."""
_NO_WINDOW = 0x08000000
"""A console that nobody sees, which what it starts shares."""


class JobObject(Sandbox):
    """See the module."""

    label = "not sandboxed: bounded by a Job object only"
    keeps = "Its memory and its time are bounded, it starts no other process, and it ends with the run."
    leaves = (
        "It can read and change your files, end your programs and use the network: "
        "run only what you would run yourself."
    )
    has_launcher = False
    has_numbers = False

    def works(self) -> bool:
        return sys.platform == "win32"

    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        return list(program)

    def launched(self, limits: dict[str, Any], program: Sequence[str]) -> list[str]:
        """The program itself: its job has the limits. What a compiler made may have got an ending."""
        first, *rest = program
        return [f"{first}.exe" if not Path(first).exists() else first, *rest]

    def told(self, descriptor: int) -> int:
        return _handle(descriptor)

    def wires(self, results: int, work: int | None = None) -> Wires:
        return Threaded(results, work)

    def plain(self, data: bytes) -> bytes:
        return data.replace(b"\r\n", b"\n")

    def start(self, command: Sequence[str], box: Box, streams: Streams) -> Hold:
        kernel, native = kernel32(), ctypes.WinDLL("ntdll")  # type: ignore[attr-defined]
        handles = [_handle(descriptor) for descriptor in streams.given]
        for handle in handles:
            os.set_handle_inheritable(handle, True)  # type: ignore[attr-defined]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if streams.stdin is None else streams.stdin,
            stdout=subprocess.DEVNULL if streams.stdout is None else streams.stdout,
            stderr=streams.errors,
            # These and the standard streams, and nothing else of ours.
            startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles}),  # type: ignore[attr-defined]
            creationflags=_SUSPENDED | (_NO_WINDOW if box.is_writable else _DETACHED),
            cwd=box.folder,
            env=environment(box, command[0], os.environ),
        )
        limits = made_limits(
            MAX_MEMORY_MB if box.memory_mb is None else box.memory_mb,
            MAX_COMPILER_PROCESSES if box.is_writable else MAX_PROCESSES,
        )
        job = adopted(kernel, process, limits)
        # `Popen` has closed the thread's handle; debuggers let processes go on in this way.
        if native.NtResumeProcess(ctypes.c_void_p(int(process._handle))) < 0:  # type: ignore[attr-defined]
            job.end()
            process.wait()
            job.release()
            raise OSError("Windows does not let the program begin.")
        return job


def environment(box: Box, program: str, ours: "os._Environ[str] | dict[str, str]") -> dict[str, str]:
    """The variables of a process: what every program there needs, and nothing that is ours."""
    root = ours.get("SYSTEMROOT", r"C:\Windows")
    scratch = str(box.folder) if box.folder is not None else tempfile.gettempdir()
    path = os.pathsep.join([str(Path(program).parent), str(Path(root) / "System32"), root])
    # Go wants a place for what it keeps, others a home.
    places = dict.fromkeys(("TEMP", "TMP", "HOME", "USERPROFILE", "LOCALAPPDATA"), scratch)
    return {"SYSTEMROOT": root, "PATH": path, **places, **box.environment}


def _handle(descriptor: int) -> int:
    import msvcrt

    return msvcrt.get_osfhandle(descriptor)  # type: ignore[attr-defined, no-any-return]
