"""The sandbox on Linux: bubblewrap, without privileges."""

import functools
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from sparring.runner.box import SCRATCH_BYTES, Box, Sandbox, tried
from sparring.runner.inside import interpreter

FOLDER = "/work"
"""Where a folder that is brought along lies inside."""
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}


class Bubblewrap(Sandbox):
    """No network, no files but the read-only interpreter or toolchain and a small empty folder in memory."""

    label = "sandboxed (no network, no files)"
    keeps = (
        "It has no network, sees no file of yours and no other process, keeps what it writes in 16 MB of memory, "
        "and all that it starts ends with the run."
    )
    leaves = "It shares the kernel with everything else: a fault in there could be a way out."
    holds = True
    is_apart = True

    def works(self) -> bool:
        return sys.platform == "linux" and shutil.which("bwrap") is not None and _works(None)

    def inside(self, box: Box) -> str:
        return FOLDER

    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        extra: list[str] = []
        for path in box.visible:
            extra += ["--ro-bind", str(path), str(path)]
        if box.folder is not None:
            extra += ["--bind" if box.is_writable else "--ro-bind", str(box.folder), FOLDER]
        for name, value in _ENVIRONMENT.items():
            extra += ["--setenv", name, value]
        extra += ["--info-fd", str(box.info)]
        if box.seccomp is not None:
            extra += ["--seccomp", str(box.seccomp)]
        start = "/tmp" if box.folder is None else FOLDER
        return [*_options(), *extra, *_scratch(box.scratch_bytes if _has_size() else None), "--chdir", start, *program]


@functools.cache
def _has_size() -> bool:
    """Versions before 0.7 cannot limit the folder in memory."""
    return _works(SCRATCH_BYTES)


def _works(scratch_bytes: int | None) -> bool:
    return tried([*_options(), *_scratch(scratch_bytes), "--chdir", "/tmp", interpreter(), "-I", "-S", "-c", ""])


@functools.cache
def _options() -> tuple[str, ...]:
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    shown: list[Path] = []
    for folder in (*map(Path, _SYSTEM), Path(sys.base_prefix).resolve(), Path(interpreter()).parent):
        target = folder.resolve()
        if not folder.exists() or any(folder.is_relative_to(other) for other in shown):
            continue
        if folder.is_symlink() and any(target.is_relative_to(other) for other in shown):
            # As the system has it; and each mount is waited for at every press of Run.
            arguments += ["--symlink", str(target), str(folder)]
        else:
            arguments += ["--ro-bind", str(folder), str(folder)]
            shown.append(folder)
    return (*arguments, "--proc", "/proc", "--dev", "/dev")


def _scratch(size: int | None) -> list[str]:
    sized = [] if size is None else ["--size", str(size)]
    # What is below /proc/sys belongs to the whole machine: who runs this as root could write there, privileges or not.
    read_only = [part for folder in ("/dev", "/proc", "/") for part in ("--remount-ro", folder)]
    return [*sized, "--tmpfs", "/tmp", *read_only]
