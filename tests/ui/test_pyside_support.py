"""PySide's Python half is compiled once, and what was kept of it can neither stop a start nor change one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sparring.ui import pyside_support

START = """
import builtins, inspect, sys
compiled = []
anew = builtins.compile
def counted(source, filename, *rest, **more):
    compiled.append(str(filename))
    return anew(source, filename, *rest, **more)
builtins.compile = counted
from sparring.ui.pyside_support import PREFIX, load_pyside, path_of_kept
load_pyside()
assert builtins.compile is counted
read = []
inspect.getsource = lambda module: read.append(module.__name__)
from PySide6.QtCore import QObject
import fractions
print(path_of_kept(), sum(name.startswith(PREFIX) for name in compiled), len(read))
try:
    QObject().setObjectName(7, 8)
except TypeError as error:
    print(error)
"""


def start(folder: Path, **more: str) -> tuple[Path, int, int, str]:
    """(where it is kept, what was compiled of PySide, whose sources were read, what PySide says of a wrong call)."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), **more}
    if not more:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", START]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    first, _, complaint = done.stdout.partition("\n")
    kept, compiled, read = first.rsplit(" ", 2)
    return Path(kept), int(compiled), int(read), complaint


def test_it_is_compiled_once_and_no_source_is_read(tmp_path: Path) -> None:
    kept, compiled, read, complaint = start(tmp_path)
    assert kept.is_relative_to(tmp_path)
    assert kept.exists()
    assert list(kept.parent.glob(f"{kept.name}.*")) == []
    assert compiled > 5
    assert read == 0
    assert "setObjectName" in complaint
    assert start(tmp_path) == (kept, 0, 0, complaint)


@pytest.mark.parametrize("damage", ["empty", "half", "other Python", "other thing"])
def test_what_cannot_be_read_is_made_again(tmp_path: Path, damage: str) -> None:
    kept, compiled, _, complaint = start(tmp_path)
    whole = kept.read_bytes()
    damaged = {
        "empty": b"",
        "half": whole[: len(whole) // 2],
        "other Python": b"1234" + whole[4:],
        "other thing": whole[:4] + b"N",
    }
    kept.write_bytes(damaged[damage])
    assert start(tmp_path) == (kept, compiled, 0, complaint)
    assert start(tmp_path) == (kept, 0, 0, complaint)


def test_a_source_that_changed_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _, _, complaint = start(tmp_path)
    monkeypatch.setattr(pyside_support, "path_of_kept", lambda: kept)
    codes = pyside_support.read_kept()
    name = next(iter(codes))
    pyside_support.write_kept({**codes, name: (bytes(8), compile("raise SystemExit(3)", name, "exec"))})
    assert start(tmp_path) == (kept, 1, 0, complaint)
    assert pyside_support.read_kept()[name][0] == codes[name][0]


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path) -> None:
    kept, compiled, _, _ = start(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert compiled > 5
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_start(tmp_path: Path) -> None:
    nowhere = tmp_path / "a file"
    nowhere.write_text("in the way")
    kept, compiled, _, complaint = start(nowhere)
    assert compiled > 5
    assert "setObjectName" in complaint
    assert not kept.exists()
