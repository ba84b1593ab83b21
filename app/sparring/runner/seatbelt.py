"""The sandbox on macOS: sandbox-exec with a profile of our own. It was never run: nobody of us has a Mac.

The profile allows what is not forbidden, so that an interpreter starts on every version of the system; of rules that
meet, the last one counts. `works` tries it before it is believed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from sparring.runner.box import Box, Sandbox, tried
from sparring.runner.inside import interpreter

SANDBOX_EXEC = "/usr/bin/sandbox-exec"
PRIVATE = ("/Users", "/Volumes", "/private/tmp", "/private/var/folders", "/private/var/root", "/Network")
"""Where people and programs keep what is theirs."""


class SandboxExec(Sandbox):
    """See the module."""

    label = "not sandboxed for certain (macOS's own rules, which we have not tried)"
    keeps = (
        "By the rules it has no network, reads no file of a user, writes nothing, starts no other program, "
        "and ends with the run."
    )
    leaves = (
        "It can find out which files and processes there are, its memory is bounded only as far as macOS does that, "
        "and Apple calls sandbox-exec deprecated. "
        "Nobody has seen these rules at work: run only what you would run yourself."
    )
    holds = False

    def works(self) -> bool:
        if sys.platform != "darwin" or not Path(SANDBOX_EXEC).is_file():
            return False
        return tried(self.command(Box(-1), [interpreter(), "-I", "-S", "-c", ""]))

    def command(self, box: Box, program: Sequence[str]) -> list[str]:
        return [SANDBOX_EXEC, "-p", profile(box), *program]


def profile(box: Box) -> str:
    """The rules for one process, in sandbox-exec's own language."""
    readable = [Path(sys.base_prefix).resolve(), Path(interpreter()).parent, *box.visible]
    if box.folder is not None:
        readable.append(box.folder)
    rules = [
        "(version 1)",
        "(allow default)",
        "(deny network*)",
        '(deny file-write* (subpath "/"))',
        '(allow file-write* (literal "/dev/null"))',
        *(f"(deny file-read-data (subpath {_quoted(place)}))" for place in PRIVATE),
        *(f"(allow file-read-data (subpath {_quoted(path)}))" for path in dict.fromkeys(readable)),
        # Without a fork of its own, it could still ask the system or another program to start something.
        "(deny appleevent-send)",
        "(deny lsopen)",
        "(deny job-creation)",
        "(deny signal)",
        "(allow signal (target self))",
    ]
    if box.folder is not None and box.is_writable:
        rules.append(f"(allow file-write* (subpath {_quoted(box.folder)}))")
    else:
        rules.append("(deny process-fork)")
    return "\n".join(rules)


def _quoted(path: Path | str) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
