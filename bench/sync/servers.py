"""The servers under test: a table that is easy to add to, and how each is started on its core and stopped again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.sync.dialects import Speech
from bench.sync.peers import HERE, Peers

START_SECONDS = 20.0
STOP_SECONDS = 10.0
Kind = Literal["floor", "ours", "peer"]


class Missing(Exception):
    """A server that cannot be measured here; the message says why."""


@dataclass(frozen=True)
class Server:
    """One row of the tables.

    In the commands {port}, {beside}, {folder} (fresh for each start), {python}, {node}, {modules}, {here} and {ours}
    are filled in.
    """

    name: str
    kind: Kind
    speech: Speech
    command: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """A program that must run first, on the same core, listening on {beside}. Its processor time is not counted."""


FLOOR = "bare relay"
MEMORY, SQLITE, REDIS = "ours, memory", "ours, SQLite", "ours, Redis"
HOCUSPOCUS, Y_WEBSOCKET, PYCRDT_WEBSOCKET = "Hocuspocus 4.7", "y-websocket 2.1", "pycrdt-websocket 0.16"
_RELAY = ("{python}", "{here}/relay.py", "{port}")
_OURS = ("{ours}", "-m", "sparring_server", "--port", "{port}", "--log-level", "warning", "--storage")
# On the disk before it is answered, as packaging/compose.yaml has it.
_REDIS = (
    *("redis-server", "--port", "{beside}", "--bind", "127.0.0.1", "--dir", "{folder}"),
    *("--save", "", "--appendonly", "yes", "--appendfsync", "always"),
)

# The bare relays are on uvloop, with the websockets library where nothing else is said.
SERVERS: tuple[Server, ...] = (
    Server(FLOOR, "floor", "relay", _RELAY),
    Server("bare relay, broadcast()", "floor", "relay", (*_RELAY, "--send", "broadcast")),
    Server("bare relay on picows", "floor", "relay", (*_RELAY, "--layer", "picows")),
    Server(MEMORY, "ours", "sparring", (*_OURS, "memory:")),
    Server(SQLITE, "ours", "sparring", (*_OURS, "sqlite:{folder}/rooms.db")),
    Server(REDIS, "ours", "sparring", (*_OURS, "redis://127.0.0.1:{beside}/0"), _REDIS),
    Server(Y_WEBSOCKET, "peer", "sync", ("{node}", "{modules}/node_modules/y-websocket/bin/server.cjs")),
    Server(HOCUSPOCUS, "peer", "hocuspocus", ("{node}", "{modules}/hocuspocus.mjs", "{port}")),
    Server(PYCRDT_WEBSOCKET, "peer", "sync", ("{python}", "{here}/pycrdt_websocket.py", "{port}")),
)


@dataclass(frozen=True)
class Running:
    """A server that listens."""

    port: int
    pid: int


@contextmanager
def running(server: Server, peers: Peers, core: int, output: Path) -> Iterator[Running]:
    """The server as a child process on its core. Raises `Missing` when it cannot be had or does not start."""
    port, beside = _free_port(), _free_port()
    with tempfile.TemporaryDirectory(dir=output) as folder, ExitStack() as processes:
        if server.beside:
            if shutil.which(server.beside[0]) is None:
                raise Missing(f"there is no {server.beside[0]} on this machine")
            command = _filled_in(server.beside, peers, port, beside, folder)
            processes.enter_context(_process(command, beside, core, Path(folder, "beside.log")))
        command = _filled_in(server.command, peers, port, beside, folder)
        yield Running(port, processes.enter_context(_process(command, port, core, Path(folder, "log"))))


@contextmanager
def _process(command: list[str], port: int, core: int, log: Path) -> Iterator[int]:
    """A child process that listens, by its number. Raises `Missing`."""
    with log.open("wb") as errors:
        environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1"}
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, env=environment)
    try:
        os.sched_setaffinity(process.pid, {core})
        _wait_for(port, process, log)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _filled_in(command: tuple[str, ...], peers: Peers, port: int, beside: int, folder: str) -> list[str]:
    wanted = " ".join(command)
    if "{python}" in wanted and peers.without_python:
        raise Missing(peers.without_python)
    if "{node}" in wanted and peers.without_node:
        raise Missing(peers.without_node)
    values = {
        "port": port,
        "beside": beside,
        "folder": folder,
        "python": peers.python,
        "node": peers.node,
        "modules": peers.modules,
        "here": HERE,
        "ours": sys.executable,
    }
    return [part.format(**values) for part in command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            last = (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
            raise Missing(f"it ended with {process.returncode}: {last[:160]}")
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise Missing(f"it did not listen within {START_SECONDS:.0f} s")
