"""Which sandbox this machine has: the best of those that work here. `docs/running-code.md` says what each is worth."""

import functools
import sys
from collections.abc import Sequence

from sparring.runner.box import Box, Sandbox
from sparring.runner.bubblewrap import Bubblewrap
from sparring.runner.seatbelt import SandboxExec
from sparring.runner.windows import JobObject


class LimitsOnly(Sandbox):
    """Where there is nothing better: limits that a process sets for itself (`harness_limits.py`)."""

    label = "not sandboxed: time and memory limits only"
    keeps = "Its time, its memory and the size of its files are bounded, and on Linux it starts no other process."
    leaves = (
        "It can read and change your files, end your programs and use the network: "
        "run only what you would run yourself."
    )

    def works(self) -> bool:
        return True

    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        return list(program)


BUBBLEWRAP = Bubblewrap.label


def sandboxes(platform: str = sys.platform) -> tuple[Sandbox, ...]:
    """Those of an operating system, the best first."""
    own: dict[str, Sandbox] = {"linux": Bubblewrap(), "darwin": SandboxExec()}
    if platform == "win32":
        # A process there sets itself no limits: without a job it does not run.
        return (JobObject(),)
    return (own[platform], LimitsOnly()) if platform in own else (LimitsOnly(),)


@functools.cache
def best() -> Sandbox:
    """The first that works here; tried once."""
    return next(sandbox for sandbox in sandboxes() if sandbox.works())


def isolation() -> str:
    """The label of what this machine has."""
    return best().label
