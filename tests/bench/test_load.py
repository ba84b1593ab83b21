"""The load generator against our own server: a real process, a handful of updates."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.sync import probe, scripts
from bench.sync.client import Refused
from bench.sync.generator import Generator
from bench.sync.load import Load
from bench.sync.peers import Peers
from bench.sync.search import greatest_rate
from bench.sync.servers import MEMORY, SERVERS, Missing, Running, Server, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the load generator needs Linux")
NO_PEERS = Peers(Path("none"), Path("none"), Path("none"), "there is no index", "there is no npm on this machine")
OURS = next(server for server in SERVERS if server.name == MEMORY)
CORE = min(os.sched_getaffinity(0)) if sys.platform == "linux" else 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(OURS, NO_PEERS, CORE, tmp_path_factory.mktemp("servers")) as started:
        yield started


def test_a_run_delivers_and_counts_everything(server: Running) -> None:
    load = Load("127.0.0.1", server.port, OURS.speech, server.pid)
    load.connect(3)
    typing = scripts.Typing()
    outcome = load.run(3, 400.0, 0.05, 0.25, typing)
    assert outcome.missing == 0
    assert outcome.updates == 100
    assert len(load.times.to_partner) == len(load.times.to_acknowledgement) == 100
    assert outcome.cpu_us > 0
    cooled = load.run(3, 400.0, 0.05, 0.25, typing, cool_down=0.05)
    assert (cooled.missing, cooled.updates) == (0, 100)
    assert len(load.times.to_partner) == 120
    assert outcome.acknowledged_p99 is not None
    load.disconnect()
    assert probe.resident_bytes(server.pid) > 1_000_000


def test_who_joins_gets_the_whole_document(server: Running, tmp_path: Path) -> None:
    file = tmp_path / "edits"
    scripts.kept(file, 300)
    generator = Generator()
    generator.do({"do": "open", "name": "ours", "port": server.port, "speech": OURS.speech, "pid": server.pid})
    generator.do({"do": "load_document", "name": "ours", "file": str(file)})
    for _ in range(3):
        assert generator.do({"do": "join", "name": "ours", "characters": scripts.characters(file)}) > 0
    generator.do({"do": "load_document", "name": "ours", "file": str(file)})
    with pytest.raises(Refused, match="who joined has"):
        generator.do({"do": "join", "name": "ours", "characters": 5})
    generator.do({"do": "close", "name": "ours"})


def test_a_search_ends_when_its_time_is_over(server: Running) -> None:
    load = Load("127.0.0.1", server.port, OURS.speech, server.pid)
    found = greatest_rate(load, 2, 50.0, 0.1, budget_seconds=0.01)
    assert len(found.steps) == 1
    load.disconnect()


def test_a_search_goes_up_in_the_same_rooms_while_all_is_delivered(server: Running) -> None:
    load = Load("127.0.0.1", server.port, OURS.speech, server.pid)
    found = greatest_rate(load, 2, 200.0, 0.05, budget_seconds=1.0)
    assert len(found.steps) > 1
    assert all(step["missing"] == 0 for step in found.steps)
    load.disconnect()


def test_a_seat_that_is_not_open_is_refused_in_words(server: Running) -> None:
    load = Load("127.0.0.1", server.port, "sync", server.pid)
    with pytest.raises(Refused, match="404"):
        load.connect(1)
    load.disconnect()


@pytest.mark.parametrize("name", [server.name for server in SERVERS if server.kind != "ours"])
def test_a_peer_that_is_not_there_says_why(name: str, tmp_path: Path) -> None:
    peer = next(server for server in SERVERS if server.name == name)
    with pytest.raises(Missing, match="there is no"), running(peer, NO_PEERS, CORE, tmp_path):
        pass


def test_a_server_that_ends_says_why(tmp_path: Path) -> None:
    broken = Server("broken", "ours", "sparring", ("{ours}", "-c", "raise SystemExit('no room for {port}')"))
    with pytest.raises(Missing, match="it ended with 1: no room for"), running(broken, NO_PEERS, CORE, tmp_path):
        pass
