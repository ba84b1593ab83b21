"""How the child process is kept from doing harm.

With bubblewrap: no network, no files but the read-only interpreter and a small empty folder in memory, no other
processes to see, and everything it started ends with it. Without: limits on time, memory and file size only. On Linux
neither can start another process (see `seccomp`).
"""

import functools
import shutil
import subprocess
import sys
from pathlib import Path

BUBBLEWRAP = "sandboxed (no network, no files)"
LIMITS_ONLY = "not sandboxed: time and memory limits only"
SCRATCH_BYTES = 16 * 1_048_576
"""What may be written to the folder in memory, all files together."""
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")


def interpreter() -> str:
    """The interpreter outside any virtual environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())


def isolation() -> str:
    """What this machine can do, in words."""
    return BUBBLEWRAP if _bubblewrap() else LIMITS_ONLY


def command(program: str, *, seccomp: int | None = None, info: int | None = None) -> list[str]:
    """The command line that runs a Python program text in the best sandbox there is.

    `seccomp` is a descriptor to read a filter from, `info` one to which bubblewrap writes the sandbox's first process.
    """
    python = [interpreter(), "-I", "-S", "-B", "-X", "utf8", "-c", program]
    sandbox = _bubblewrap()
    if not sandbox:
        return python
    extra = ["--seccomp", str(seccomp)] if seccomp is not None else []
    extra += ["--info-fd", str(info)] if info is not None else []
    return [*sandbox, *extra, *python]


@functools.cache
def _bubblewrap() -> tuple[str, ...]:
    """The options that work on this machine, tried once; none if bubblewrap does not work here."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return ()
    # Versions before 0.7 cannot limit the folder in memory.
    for size in (("--size", str(SCRATCH_BYTES)), ()):
        options = _options(size)
        trial = [*options, interpreter(), "-I", "-S", "-c", ""]
        try:
            tried = subprocess.run(trial, capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.SubprocessError):
            return ()
        if tried.returncode == 0:
            return options
    return ()


def _options(size: tuple[str, ...]) -> tuple[str, ...]:
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    prefix = str(Path(sys.base_prefix).resolve())
    for folder in (*_SYSTEM, prefix, str(Path(interpreter()).parent)):
        if Path(folder).exists():
            arguments += ["--ro-bind", folder, folder]
    arguments += ["--proc", "/proc", "--dev", "/dev", *size, "--tmpfs", "/tmp", "--chdir", "/tmp"]
    return (*arguments, "--remount-ro", "/dev", "--remount-ro", "/")
