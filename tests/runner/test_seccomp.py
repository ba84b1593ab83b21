"""The filter of system calls, run here row by row: also for machines that these tests do not run on."""

import platform
import struct

import pytest

from sparring.runner.seccomp import no_new_processes

ALLOWED, DENIED, ABSENT = 0x7FFF0000, 0x00050001, 0x00050026
THREAD = 0x10000
X86_64, AARCH64 = ("x86_64", 0xC000003E), ("aarch64", 0xC00000B7)
# By the kernel's own tables.
NUMBERS = {
    "x86_64": {"read": 0, "write": 1, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "ptrace": 101, "mount": 165,
               "unshare": 272, "setns": 308, "bpf": 321, "io_uring_setup": 425, "clone3": 435, "exit_group": 231},
    "aarch64": {"read": 63, "write": 64, "clone": 220, "execve": 221, "ptrace": 117, "mount": 40, "unshare": 97,
                "setns": 268, "bpf": 280, "io_uring_setup": 425, "clone3": 435, "exit_group": 94},
}  # fmt: skip
NEVER = ("fork", "vfork", "ptrace", "mount", "unshare", "setns", "bpf", "io_uring_setup")


def verdict(program: bytes, number: int, audit: int, first: int = 0) -> int:
    """What the kernel would make of a call: classic BPF with the six instructions that the filter uses."""
    rows = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    fields = {0: number, 4: audit, 16: first}
    value = at = 0
    while True:
        code, if_true, if_false, operand = rows[at]
        at += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            value = fields[operand]
            continue
        test = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[code]
        at += if_true if test else if_false


@pytest.fixture(params=[X86_64, AARCH64], ids=lambda machine: machine[0])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, int, dict[str, int]]:
    name, audit = request.param
    monkeypatch.setattr(platform, "machine", lambda: name)
    program = no_new_processes()
    assert program is not None
    return program, audit, NUMBERS[name]


def test_what_a_solution_needs_is_allowed(machine: tuple[bytes, int, dict[str, int]]) -> None:
    program, audit, numbers = machine
    for name in ("read", "write", "execve", "exit_group"):
        assert verdict(program, numbers[name], audit) == ALLOWED, name
    assert verdict(program, numbers["clone"], audit, THREAD | 0x3D0F00) == ALLOWED


def test_what_starts_a_process_or_leads_out_is_not(machine: tuple[bytes, int, dict[str, int]]) -> None:
    program, audit, numbers = machine
    for name in NEVER:
        if name in numbers:
            assert verdict(program, numbers[name], audit) == DENIED, name
    assert verdict(program, numbers["clone"], audit, 0x11) == DENIED
    assert verdict(program, numbers["clone3"], audit) == ABSENT


def test_another_architecture_has_no_calls_at_all(machine: tuple[bytes, int, dict[str, int]]) -> None:
    program, _, numbers = machine
    i386 = 0x40000003
    assert verdict(program, numbers["read"], i386) == DENIED
    # x32 shares the number of its architecture and sets one bit.
    assert verdict(program, 0x40000000 | 57, machine[1]) == DENIED


def test_an_unknown_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert no_new_processes() is None
