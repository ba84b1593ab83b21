"""The beginning of every program inside the sandbox: limits. The source of others is put behind this one."""

import os
import sys


def set_limits(limits):
    """Bound memory and files. `kind` says what of the memory is bounded: AS, or DATA for those that reserve a lot."""
    try:
        import resource
    except ImportError:
        return
    rows = [(limits.get("kind", "AS"), limits["memory_mb"] * 1_048_576), ("CORE", 0)]
    rows += [("FSIZE", limits.get("file_bytes", 1_048_576)), ("NOFILE", limits.get("files", 64))]
    if "cpu_s" in limits:
        rows.append(("CPU", limits["cpu_s"]))
    for name, value in rows:
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
        except (ValueError, OSError):
            continue


def forbid_processes(program):
    """What bubblewrap does for us where there is bubblewrap; and whoever loses its parent ends as well."""
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("rows", ctypes.c_char_p))

    libc = ctypes.CDLL(None)
    die_with_parent, killed = 1, 9
    libc.prctl(die_with_parent, killed, 0, 0, 0)
    no_new_privileges, seccomp, filter_mode = 38, 22, 2
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    libc.prctl(seccomp, filter_mode, ctypes.byref(Program(len(program) // 8, program)), 0, 0)


def confine(limits):
    """Set the limits, and the filter where the sandbox has not set it."""
    set_limits(limits)
    if limits["filter"]:
        try:
            forbid_processes(bytes.fromhex(limits["filter"]))
        except (ImportError, OSError, AttributeError):
            pass
