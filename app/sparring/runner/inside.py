"""The programs that run inside a sandbox: their texts, and the interpreter for them."""

import functools
import json
import marshal
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any


def python(program: str, *arguments: str) -> list[str]:
    """The command line that runs the text of a Python program in a bare interpreter."""
    return [interpreter(), "-I", "-S", "-B", "-X", "utf8", "-c", program, *arguments]


def launched(limits: dict[str, Any], program: Sequence[str]) -> list[str]:
    """The command line that sets limits and becomes another program."""
    return python(ready("harness_limits.py", "harness_json.py", "harness_launch.py"), json.dumps(limits), *program)


def fed(program: bytes, work: int, results: int) -> list[str]:
    """The command line of a Python that gets a compiled program as the first of its work; see `harness_begin.py`."""
    return python(f"SIZE, WORK, SAYS = {len(program)}, {work}, {results}\n{source('harness_begin.py')}")


def ready(*names: str) -> str:
    """A program that is these texts, compiled."""
    return f"import marshal\nexec(marshal.loads(bytes.fromhex('{compiled(*names).hex()}')))"


@functools.cache
def compiled(*names: str) -> bytes:
    """These texts, compiled here and once: inside, that would take as long as all else there.

    The interpreter inside is the one that runs this, so it reads what this one compiled.
    """
    return marshal.dumps(compile(source(*names), "<sandbox>", "exec", dont_inherit=True, optimize=2))


@functools.cache
def source(*names: str) -> str:
    """The text of programs that run inside, one behind the other."""
    folder = resources.files("sparring.runner")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def interpreter() -> str:
    """The interpreter outside any virtual environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return str(Path(base).resolve())
