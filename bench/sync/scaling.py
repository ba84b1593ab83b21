"""One, two and three servers on one Redis: what an update costs each of them. `python -m bench.sync.scaling`

Not one of the areas of `python -m bench`: on a machine of two cores it can show what many servers cost, not what they
bring. The partners of a room are on one server (together), or on two (apart). Everything under test shares the first
core, the load generator has the second. Loads go turn and turn about. Prints the tables of docs/scaling.md.
"""

import argparse
import gc
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.children import ROOT
from bench.sync import dialects, probe, scripts
from bench.sync.client import Client
from bench.sync.load import Load, Outcome, allow_many_sockets

ROOMS, RATE = 100, 1_500
MEMORY_ROOMS = 300
ADDRESSES_APART = 1_000
"""Clients of one load after which the next load's begin, so that no server sees too many from one address."""
SETTLE_SECONDS = 3.0
STOP_SECONDS = 20.0


class Spread(Load):
    """Rooms of two on several servers, with both partners on one or on two of them."""

    def __init__(self, number: int, ports: Sequence[int], pids: Sequence[int], *, apart: bool) -> None:
        super().__init__("127.0.0.1", ports[0], "sparring", pids[0])
        self.pids = pids
        self._ports, self._apart = ports, apart
        self._connected = number * ADDRESSES_APART
        self._seats = 0

    def join(self, seat: dialects.Seat) -> Client:
        room, seat_number = divmod(self._seats, 2)
        self._seats += 1
        self._port = self._ports[(room + (seat_number if self._apart else 0)) % len(self._ports)]
        return super().join(seat)


@dataclass
class Setup:
    """One row: a load, its servers and its Redis, and what came of it."""

    name: str
    load: Spread
    redis_pid: int | None
    script: scripts.Typing = field(default_factory=scripts.Typing)
    server_us: list[float] = field(default_factory=list)
    redis_us: list[float] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        servers, redis = self._cpu()
        outcome = self.load.run(ROOMS, RATE, 0.0, seconds, self.script)
        servers_after, redis_after = self._cpu()
        self.outcomes.append(outcome)
        self.server_us.append((servers_after - servers) / outcome.updates * 1e6)
        self.redis_us.append((redis_after - redis) / outcome.updates * 1e6)

    def _cpu(self) -> tuple[float, float]:
        redis = probe.cpu_seconds(self.redis_pid) if self.redis_pid is not None else 0.0
        return sum(probe.cpu_seconds(pid) for pid in self.load.pids), redis

    def row(self) -> str:
        """In Markdown."""
        delays = f"{median(o.p50 for o in self.outcomes):.1f} / {median(o.p99 for o in self.outcomes):.0f}"
        acknowledged = (
            f"{median(o.acknowledged_p50 or 0 for o in self.outcomes):.1f}"
            f" / {median(o.acknowledged_p99 or 0 for o in self.outcomes):.0f}"
        )
        return (
            f"| {self.name} | {median(self.server_us):.0f} ({min(self.server_us):.0f}) |"
            f" {median(self.redis_us):.0f} ({min(self.redis_us):.0f}) | {delays} | {acknowledged} |"
        )


class Machine:
    """Starts servers and Redis on the first core, and ends them in the order in which they need each other."""

    def __init__(self, folder: Path, core: int) -> None:
        self._folder, self._core = folder, core
        self._stack = ExitStack()

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def redis(self, appendfsync: str) -> tuple[int, int]:
        """Process and port."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        folder = self._folder / f"redis-{port}"
        folder.mkdir()
        options = ("--save", "", "--appendonly", "yes", "--appendfsync", appendfsync)
        process = self._start(
            "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), *options
        )
        assert process.stdout is not None
        while b"Ready to accept" not in (line := process.stdout.readline()):
            if not line:
                raise RuntimeError("redis-server did not start")
        return process.pid, port

    def server(self, storage: str) -> tuple[int, int]:
        """Process and port."""
        process = self._start(
            sys.executable, "-m", "sparring_server", "--port", "0", "--log-level", "warning", "--storage", storage
        )
        assert process.stdout is not None
        return process.pid, int(process.stdout.readline().rsplit(b":", 1)[1])

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        os.sched_setaffinity(process.pid, {self._core})

        def end() -> None:
            process.terminate()
            process.wait(STOP_SECONDS)

        self._stack.callback(end)
        return process


def cost(machine: Machine, folder: Path, rounds: int, seconds: float) -> list[Setup]:
    """What an update costs, in every setup."""
    setups: list[Setup] = []

    def add(name: str, servers: Sequence[tuple[int, int]], redis: int | None, *, apart: bool = False) -> None:
        pids, ports = [pid for pid, _ in servers], [port for _, port in servers]
        setups.append(Setup(name, Spread(len(setups), ports, pids, apart=apart), redis))

    always, port = machine.redis("always")
    everysec, other_port = machine.redis("everysec")
    add("memory", [machine.server("memory:")], None)
    add("SQLite", [machine.server(f"sqlite:{folder}/rooms.db")], None)
    add("Redis every second, 1 server", [machine.server(f"redis://127.0.0.1:{other_port}/0")], everysec)
    servers = [machine.server(f"redis://127.0.0.1:{port}/0") for _ in range(3)]
    add("Redis always, 1 server", servers[:1], always)
    for count in (2, 3):
        add(f"Redis always, {count} servers, together", servers[:count], always)
        add(f"Redis always, {count} servers, apart", servers[:count], always, apart=True)
    for setup in setups:
        setup.load.connect(ROOMS)
    for _ in range(rounds):
        for setup in setups:
            for other in setups:
                other.load.idle()
            setup.run(seconds)
    for setup in setups:
        setup.load.disconnect()
    return setups


def memory(machine: Machine) -> list[str]:
    """What a room takes in Redis, in Markdown."""
    _, redis_port = machine.redis("everysec")
    pid, port = machine.server(f"redis://127.0.0.1:{redis_port}/0")
    load = Spread(0, [port], [pid], apart=False)
    load.connect(10)
    load.disconnect()
    time.sleep(SETTLE_SECONDS)
    before = _used_bytes(redis_port)
    rows = []

    def note(what: str) -> None:
        time.sleep(SETTLE_SECONDS)
        rows.append(f"| {what} | {(_used_bytes(redis_port) - before) / MEMORY_ROOMS / 1024:.1f} KB |")

    load.connect(MEMORY_ROOMS)
    note("opened, two in it")
    load.type_all(scripts.pieces())
    note("10 KB of text written")
    load.disconnect()
    note("left by both")
    return rows


def _used_bytes(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port)) as redis:
        redis.sendall(b"INFO memory\r\nQUIT\r\n")
        words = b"".join(iter(lambda: redis.recv(65_536), b"")).decode()
    return int(next(line for line in words.splitlines() if line.startswith("used_memory:")).partition(":")[2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=1.2, help="of each load in a round")
    options = parser.parse_args()
    server_core, own_core = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, {own_core})
    allow_many_sockets()
    gc.disable()
    with tempfile.TemporaryDirectory() as name, Machine(Path(name), server_core) as machine:
        setups = cost(machine, Path(name), options.rounds, options.seconds)
        busy = max(outcome.busy for setup in setups for outcome in setup.outcomes)
        sys.stdout.write(
            "\n".join(
                [
                    f"Processor time of an update in µs, median (least) of {options.rounds}; delay in ms, p50 / p99:\n",
                    "| | servers | Redis | to the partner | to the acknowledgement |\n| --- | --- | --- | --- | --- |",
                    *(setup.row() for setup in setups),
                    f"\nThe generator was busy for at most {busy:.0%}; machine load {os.getloadavg()[0]:.1f}.\n",
                    "| a room, in Redis | |\n| --- | --- |",
                    *memory(machine),
                    "",
                ]
            )
        )


if __name__ == "__main__":
    main()
