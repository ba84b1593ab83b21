"""Measures every server in the same run.

Fixed loads go turn and turn about, a second or two each, while all servers are up: what the machine does meanwhile is
then the same for all, and each slice has the floor of its own round beside it. So do those who join a long document.
The other loads have a server alone.
"""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.children import ROOT
from bench.sync import probe, scripts
from bench.sync.peers import Peers
from bench.sync.servers import FLOOR, MEMORY, SERVERS, SQLITE, Missing, Running, Server, running

TRACE = ROOT.parent / "shared" / "traces" / "friendsforever_concurrent.json.gz"
CPU_RATE, CPU_ROOMS = 1_500, 100
DELAY_RATE, DELAY_ROOMS = 4_000, 200
ACK_RATE, ACK_ROOMS = 1_000, 100
TRACE_RATE, TRACE_ROOMS = 1_500, 5
FIRST_RATE = 2_000
WARM_UP_SECONDS = 0.3
COOL_DOWN_SECONDS = 0.3
"""More than anybody puts off what a steady load lets them put off."""
WARM_ROOMS = 20
"""Opened and left before memory is looked at, so that what a server loads once is not in its rooms."""
SETTLE_SECONDS = 1.5
"""For a server to give back what it needs no longer."""
JOINS = 15
"""The first pays for merging, and a machine that others use stalls in some; the median is neither."""


@dataclass(frozen=True)
class Extent:
    """How long a run takes."""

    cpu_rounds: int
    delay_rounds: int
    slice_seconds: float
    search_step_seconds: float
    search_seconds: float
    memory_rooms: int
    document_edits: int


FULL = Extent(24, 6, 1.5, 1.2, 25.0, 1_000, 50_000)
QUICK = Extent(3, 2, 0.7, 0.5, 4.0, 200, 10_000)


@dataclass
class Measured:
    """What came of it: by kind of load, then by server, a value a round; and why something is missing."""

    extent: Extent
    outcomes: dict[str, dict[str, list[dict[str, Any] | None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    room_bytes: dict[str, float] = field(default_factory=dict)
    joins: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    others: float | None = None
    """What other work took of the two cores during the fixed loads, of 1."""
    missing: dict[tuple[str, str], str] = field(default_factory=dict)
    """(what, server): why."""


class Trouble(Exception):
    """The generator could not do it; the message says why."""


class Generator:
    """The load generator's process, from this side."""

    def __init__(self, core: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.sync.generator", str(core)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def __enter__(self) -> "Generator":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def do(self, verb: str, name: str, **arguments: Any) -> Any:
        """Raises `Trouble`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": verb, "name": name, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator ended")
        answer = json.loads(line)
        if "error" in answer:
            raise Trouble(answer["error"])
        return answer["result"]


class Rounds:
    """See the module."""

    def __init__(self, extent: Extent, peers: Peers, cores: tuple[int, int], output: Path) -> None:
        self._extent, self._peers, self._output = extent, peers, output
        self._server_core, self._own_core = cores
        self.measured = Measured(extent)
        self._begin = time.monotonic()

    def measure(self) -> Measured:
        with Generator(self._own_core) as generator:
            self._side_by_side(generator)
            for server in SERVERS:
                self._alone(generator, server, "greatest rate", self._search)
                if server.speech != "relay" or server.name == FLOOR:
                    self._alone(generator, server, "memory", self._memory)
            document = self._output / f"edits-{self._extent.document_edits}.bin"
            scripts.kept(document, self._extent.document_edits)
            self._join_side_by_side(generator, document)
        return self.measured

    # All servers up, one under load at a time.

    def _side_by_side(self, generator: Generator) -> None:
        self._say("fixed loads, turn and turn about")
        with ExitStack() as stack:
            up: list[Server] = []
            pids = [generator.pid]
            for server in SERVERS:
                try:
                    started = stack.enter_context(running(server, self._peers, self._server_core, self._output))
                except Missing as reason:
                    for what in ("cpu", "delay", "acknowledgement", "trace"):
                        self.measured.missing[what, server.name] = str(reason)
                    continue
                generator.do("open", server.name, port=started.port, speech=server.speech, pid=started.pid)
                up.append(server)
                pids.append(started.pid)
            extent = self._extent
            begin, ours, busy = self._spent(pids)
            self._slices(generator, up, "cpu", extent.cpu_rounds, CPU_ROOMS, CPU_RATE, closely=(FLOOR, MEMORY, SQLITE))
            self._slices(generator, up, "delay", extent.delay_rounds, DELAY_ROOMS, DELAY_RATE)
            durable = [server for server in up if server.kind == "ours"]
            self._slices(generator, durable, "acknowledgement", extent.delay_rounds, ACK_ROOMS, ACK_RATE)
            if TRACE.exists():
                self._slices(generator, up, "trace", extent.delay_rounds, TRACE_ROOMS, TRACE_RATE, str(TRACE))
            else:
                for server in SERVERS:
                    why = f"the recording is not at {TRACE.parent.name}/{TRACE.name} beside the project"
                    self.measured.missing["trace", server.name] = why
            end, ours_then, busy_then = self._spent(pids)
            self.measured.others = (busy_then - busy - (ours_then - ours)) / (end - begin) / 2
            for server in up:
                generator.do("close", server.name)

    def _spent(self, pids: list[int]) -> tuple[float, float, float]:
        """(now, processor time of these processes, that of all on the two cores), in seconds."""
        ours = 0.0
        for pid in pids:
            try:
                ours += probe.cpu_seconds(pid)
            except FileNotFoundError:
                # A server that has ended; its rows say so.
                continue
        return time.monotonic(), ours, probe.busy_seconds((self._server_core, self._own_core))

    def _slices(
        self,
        generator: Generator,
        up: list[Server],
        what: str,
        rounds: int,
        rooms: int,
        rate: float,
        trace: str = "",
        closely: Collection[str] = (),
    ) -> None:
        """Where some servers are looked at `closely`, the others have a slice in every second round."""
        for server in up:
            self._try(what, server, generator, "connect", rooms=rooms, afresh=True)
        seconds = self._extent.slice_seconds
        for number in range(rounds):
            for server in up:
                if (what, server.name) in self.measured.missing:
                    continue
                if closely and number % 2 and server.name not in closely:
                    self.measured.outcomes[what][server.name].append(None)
                    continue
                slice_of = {
                    "rooms": rooms,
                    "rate": rate,
                    "warm_up": WARM_UP_SECONDS,
                    "cool_down": COOL_DOWN_SECONDS,
                    "seconds": seconds,
                    "trace": trace,
                }
                outcome = self._try(what, server, generator, "run", **slice_of)
                self.measured.outcomes[what][server.name].append(outcome)
                if outcome and outcome["missing"]:
                    # What a server could not deliver in time must not weigh on its next slice.
                    self._try(what, server, generator, "connect", rooms=rooms, afresh=True)

    def _join_side_by_side(self, generator: Generator, document: Path) -> None:
        with ExitStack() as stack:
            up: list[Server] = []
            for server in SERVERS:
                if server.speech == "relay":
                    continue
                self._say(f"join, {server.name}")
                try:
                    started = stack.enter_context(running(server, self._peers, self._server_core, self._output))
                except Missing as reason:
                    self.measured.missing["join", server.name] = str(reason)
                    continue
                generator.do("open", server.name, port=started.port, speech=server.speech, pid=started.pid)
                self._try("join", server, generator, "load_document", file=str(document))
                up.append(server)
            characters = scripts.characters(document)
            for _ in range(JOINS):
                for server in up:
                    if ("join", server.name) not in self.measured.missing:
                        taken = self._try("join", server, generator, "join", characters=characters)
                        if taken is not None:
                            self.measured.joins[server.name].append(taken)
            for server in up:
                generator.do("close", server.name)

    # One server at a time.

    def _alone(
        self, generator: Generator, server: Server, what: str, measure: Callable[[Generator, Server, Running], None]
    ) -> None:
        self._say(f"{what}, {server.name}")
        try:
            with running(server, self._peers, self._server_core, self._output) as started:
                generator.do("open", server.name, port=started.port, speech=server.speech, pid=started.pid)
                try:
                    measure(generator, server, started)
                finally:
                    generator.do("close", server.name)
        except (Missing, Trouble) as reason:
            self.measured.missing[what, server.name] = str(reason)

    def _search(self, generator: Generator, server: Server, started: Running) -> None:
        self.measured.found[server.name] = generator.do(
            "search",
            server.name,
            rooms=DELAY_ROOMS,
            first=FIRST_RATE,
            step_seconds=self._extent.search_step_seconds,
            budget_seconds=self._extent.search_seconds,
        )

    def _memory(self, generator: Generator, server: Server, started: Running) -> None:
        generator.do("connect", server.name, rooms=WARM_ROOMS)
        generator.do("fill", server.name)
        generator.do("connect", server.name, rooms=0, afresh=True)
        time.sleep(SETTLE_SECONDS)
        before = probe.resident_bytes(started.pid)
        rooms = self._extent.memory_rooms
        generator.do("connect", server.name, rooms=rooms)
        generator.do("fill", server.name)
        time.sleep(SETTLE_SECONDS)
        self.measured.room_bytes[server.name] = (probe.resident_bytes(started.pid) - before) / rooms

    def _try(self, what: str, server: Server, generator: Generator, verb: str, **arguments: Any) -> Any:
        try:
            return generator.do(verb, server.name, **arguments)
        except Trouble as reason:
            self.measured.missing[what, server.name] = str(reason)
            return None

    def _say(self, sentence: str) -> None:
        sys.stdout.write(f"  {time.monotonic() - self._begin:4.0f} s: {sentence}\n")
        sys.stdout.flush()
