"""A system call filter under which a program may have threads, but start no other process.

It is a classic BPF program as the kernel wants it (`Documentation/userspace-api/seccomp_filter.rst`): fork, vfork and
clone without CLONE_THREAD are "not permitted"; clone3, whose flags a filter cannot see, does not exist, so that the C
library falls back to clone. Calls of a foreign architecture are not permitted at all.
"""

import platform
import struct
import sys
from dataclasses import dataclass

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER_EQUAL, _JUMP_IF_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x00010000
_CLONE3 = 435
_X32 = 0x40000000
_NEVER = 0xFFFFFFFF


@dataclass(frozen=True)
class _Machine:
    audit: int
    clone: int
    fork: int = _NEVER
    vfork: int = _NEVER


_MACHINES = {
    "x86_64": _Machine(0xC000003E, clone=56, fork=57, vfork=58),
    "aarch64": _Machine(0xC00000B7, clone=220),
}


def no_new_processes() -> bytes | None:
    """The filter for this machine, or None where there is none."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.byteorder != "little":
        return None
    # Each row: what to do, how many rows to skip if true and if false, the operand.
    rows = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 0, 8, machine.audit),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_EQUAL, 7, 0, _CLONE3),
        (_JUMP_IF_EQUAL, 5, 0, machine.fork),
        (_JUMP_IF_EQUAL, 4, 0, machine.vfork),
        (_JUMP_IF_GREATER_EQUAL, 3, 0, _X32),
        (_JUMP_IF_EQUAL, 0, 4, machine.clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_JUMP_IF_SET, 2, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_RETURN, 0, 0, _ERRNO | _ENOSYS),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("=HBBI", *row) for row in rows)
