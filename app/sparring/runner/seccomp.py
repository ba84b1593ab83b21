"""A system call filter under which a program may have threads, but start no other process.

It is a classic BPF program as the kernel wants it (`Documentation/userspace-api/seccomp_filter.rst`): fork, vfork and
clone without CLONE_THREAD are "not permitted"; clone3, whose flags a filter cannot see, does not exist, so that the C
library falls back to clone. Calls of a foreign architecture are not permitted at all, nor are those that a solution
never needs and that have been ways out of sandboxes: other namespaces, mounts, other processes' memory, io_uring, bpf.
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


@dataclass(frozen=True)
class _Machine:
    audit: int
    clone: int
    denied: tuple[int, ...]


# fork, vfork; unshare, setns, mount, umount2, pivot_root, chroot; ptrace, process_vm_readv, process_vm_writev; bpf,
# perf_event_open, userfaultfd, open_by_handle_at; add_key, request_key, keyctl. Newer ones have one number everywhere.
_X86_64 = (57, 58, 272, 308, 165, 166, 155, 161, 101, 310, 311, 321, 298, 323, 304, 248, 249, 250)
_AARCH64 = (97, 268, 40, 39, 41, 51, 117, 270, 271, 280, 241, 282, 265, 217, 218, 219)
# io_uring_setup; open_tree, move_mount, fsopen, mount_setattr.
_EVERYWHERE = (425, 428, 429, 430, 442)

_MACHINES = {
    "x86_64": _Machine(0xC000003E, 56, _X86_64 + _EVERYWHERE),
    "aarch64": _Machine(0xC00000B7, 220, _AARCH64 + _EVERYWHERE),
}


def no_new_processes() -> bytes | None:
    """The filter for this machine, or None where there is none."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.byteorder != "little":
        return None
    # Each row: what to do, how many rows to skip if true and if false, the operand. The last three rows are the ends.
    checks = [
        (_JUMP_IF_EQUAL, "absent", _CLONE3),
        *((_JUMP_IF_EQUAL, "denied", number) for number in machine.denied),
        (_JUMP_IF_GREATER_EQUAL, "denied", _X32),
    ]
    # After the checks: clone or not, its flags, a thread or not.
    last = 3 + len(checks) + 3
    ends = {"denied": last, "absent": last + 1, "allowed": last + 2}
    rows = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 0, ends["denied"] - 2, machine.audit),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    rows += [(kind, ends[end] - len(rows) - at - 1, 0, number) for at, (kind, end, number) in enumerate(checks)]
    rows.append((_JUMP_IF_EQUAL, 0, ends["allowed"] - len(rows) - 1, machine.clone))
    rows.append((_LOAD, 0, 0, _FIRST_ARGUMENT_AT))
    rows.append((_JUMP_IF_SET, ends["allowed"] - len(rows) - 1, 0, _CLONE_THREAD))
    rows += [(_RETURN, 0, 0, _ERRNO | _EPERM), (_RETURN, 0, 0, _ERRNO | _ENOSYS), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *row) for row in rows)
