"""Installs the peers into `bench-output/peers`: a virtual environment and a folder of Node packages, both pinned here.

The files beside this one are what starts them; they run with the peers' own interpreters.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
INSTALL_SECONDS = 600
_NODE_FILES = ("package.json", "package-lock.json", "hocuspocus.mjs")


class CannotInstall(Exception):
    """The peers of one kind are not to be had; the message says why."""


@dataclass(frozen=True)
class Peers:
    """Where they are; where they are not, why."""

    python: Path
    node: Path
    modules: Path
    without_python: str = ""
    without_node: str = ""


def install(folder: Path) -> Peers:
    """Have all of them; quick when they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "venv" / "bin" / "python"
    modules = folder / "node"
    return Peers(
        python,
        modules / "node_modules" / "node" / "bin" / "node",
        modules,
        _reason(lambda: _install_python(folder / "venv", python)),
        _reason(lambda: _install_node(modules)),
    )


def _reason(install_one: Callable[[], None]) -> str:
    try:
        install_one()
    except (CannotInstall, OSError, subprocess.SubprocessError) as error:
        return str(error)
    return ""


def _install_python(folder: Path, python: Path) -> None:
    pins = HERE / "requirements.txt"
    stamp = folder / ".sparring-bench"
    if _is_current(stamp, pins):
        return
    sys.stdout.write("  installing the Python peers\n")
    sys.stdout.flush()
    _run(sys.executable, "-m", "venv", "--clear", str(folder))
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins))
    stamp.write_text(_digest(pins))


def _install_node(folder: Path) -> None:
    pins = HERE / "package-lock.json"
    stamp = folder / "node_modules" / ".sparring-bench"
    folder.mkdir(exist_ok=True)
    for name in _NODE_FILES:
        shutil.copy(HERE / name, folder / name)
    if _is_current(stamp, pins):
        return
    if shutil.which("npm") is None:
        raise CannotInstall("there is no npm on this machine")
    sys.stdout.write("  installing the Node peers\n")
    sys.stdout.flush()
    # y-websocket's optional database would have to be compiled, and documents live in memory here.
    _run("npm", "ci", "--prefix", str(folder), "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(_digest(pins))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"it ended with {done.returncode}"]
        raise CannotInstall(f"{Path(command[0]).name} could not install it: {lines[-1][:160]}")


def _is_current(stamp: Path, pins: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _digest(pins)


def _digest(pins: Path) -> str:
    return sha256(pins.read_bytes()).hexdigest()
