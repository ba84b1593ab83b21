"""How the child process is kept from doing harm.

With bubblewrap: no network, no files but the read-only interpreter or toolchain and a small empty folder in memory, no
other processes to see, and everything it started ends with it. Without: limits on time, memory and file size only. On
Linux neither can start another process (see `seccomp`).
"""

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

BUBBLEWRAP = "sandboxed (no network, no files)"
LIMITS_ONLY = "not sandboxed: time and memory limits only"
SCRATCH_BYTES = 16 * 1_048_576
"""What may be written to the folder in memory, all files together."""
FOLDER = "/work"
"""Where a folder that is brought along lies inside."""
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}


@dataclass(frozen=True)
class Box:
    """What one process needs of its sandbox.

    `seccomp` is a descriptor to read a filter from, `info` one to which bubblewrap writes the sandbox's first process.
    """

    info: int
    seccomp: int | None = None
    visible: tuple[Path, ...] = ()
    """Files and folders outside the system's own that it may read."""
    folder: Path | None = None
    """A folder that it starts in; see `inside`."""
    is_writable: bool = False
    scratch_bytes: int = SCRATCH_BYTES

    @property
    def inside(self) -> str:
        """The path by which the process knows its folder."""
        return FOLDER if _bubblewrap() or self.folder is None else str(self.folder)

    def command(self, program: Sequence[str]) -> list[str]:
        """The command line that runs a program in the best sandbox there is."""
        sandbox = _bubblewrap()
        if not sandbox:
            return list(program)
        extra: list[str] = []
        for path in self.visible:
            extra += ["--ro-bind", str(path), str(path)]
        if self.folder is not None:
            extra += ["--bind" if self.is_writable else "--ro-bind", str(self.folder), FOLDER]
        for name, value in _ENVIRONMENT.items():
            extra += ["--setenv", name, value]
        extra += ["--info-fd", str(self.info)]
        if self.seccomp is not None:
            extra += ["--seccomp", str(self.seccomp)]
        start = "/tmp" if self.folder is None else FOLDER
        return [*sandbox, *extra, *_scratch(self.scratch_bytes if _has_size() else None), "--chdir", start, *program]


def python(program: str, *arguments: str) -> list[str]:
    """The command line that runs the text of a Python program in a bare interpreter."""
    return [interpreter(), "-I", "-S", "-B", "-X", "utf8", "-c", program, *arguments]


def launched(limits: dict[str, Any], program: Sequence[str]) -> list[str]:
    """The command line that sets limits and becomes another program."""
    return python(source("harness_limits.py", "harness_json.py", "harness_launch.py"), json.dumps(limits), *program)


@functools.cache
def source(*names: str) -> str:
    """The text of programs that run inside, one behind the other."""
    folder = resources.files("sparring.runner")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def interpreter() -> str:
    """The interpreter outside any virtual environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())


def isolation() -> str:
    """What this machine can do, in words."""
    return BUBBLEWRAP if _bubblewrap() else LIMITS_ONLY


@functools.cache
def _bubblewrap() -> tuple[str, ...]:
    """The options that work on this machine, tried once; none if bubblewrap does not work here."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return ()
    options = _options()
    return options if _works(options, None) else ()


@functools.cache
def _has_size() -> bool:
    """Versions before 0.7 cannot limit the folder in memory."""
    return _works(_options(), SCRATCH_BYTES)


def _works(options: tuple[str, ...], scratch_bytes: int | None) -> bool:
    trial = [*options, *_scratch(scratch_bytes), "--chdir", "/tmp", interpreter(), "-I", "-S", "-c", ""]
    try:
        return subprocess.run(trial, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _options() -> tuple[str, ...]:
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    prefix = str(Path(sys.base_prefix).resolve())
    for folder in (*_SYSTEM, prefix, str(Path(interpreter()).parent)):
        if Path(folder).exists():
            arguments += ["--ro-bind", folder, folder]
    return (*arguments, "--proc", "/proc", "--dev", "/dev")


def _scratch(size: int | None) -> list[str]:
    sized = [] if size is None else ["--size", str(size)]
    return [*sized, "--tmpfs", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/"]
