"""How the child process is kept from doing harm.

With bubblewrap: no network, no files but the read-only interpreter and an empty folder in memory, no other
processes to see, and everything it started ends with it. Without: limits on time, memory and file size only.
"""

import functools
import shutil
import subprocess
import sys
from pathlib import Path

BUBBLEWRAP = "sandboxed (no network, no files)"
LIMITS_ONLY = "not sandboxed: time and memory limits only"
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")


def interpreter() -> str:
    """The interpreter outside any virtual environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())


@functools.cache
def isolation() -> str:
    """What this machine can do, tried once."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return LIMITS_ONLY
    try:
        tried = subprocess.run(
            [*_bubblewrap(), interpreter(), "-I", "-S", "-c", ""], capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return LIMITS_ONLY
    return BUBBLEWRAP if tried.returncode == 0 else LIMITS_ONLY


def command(program: str) -> list[str]:
    """The command line that runs a Python program text in the best sandbox there is."""
    python = [interpreter(), "-I", "-S", "-B", "-X", "utf8", "-c", program]
    return [*_bubblewrap(), *python] if isolation() == BUBBLEWRAP else python


def _bubblewrap() -> list[str]:
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    prefix = str(Path(sys.base_prefix).resolve())
    folders = [*_SYSTEM, prefix, str(Path(interpreter()).parent)]
    for folder in folders:
        if Path(folder).exists():
            arguments += ["--ro-bind", folder, folder]
    return [*arguments, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", "/tmp"]
