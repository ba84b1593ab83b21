"""Figures: what holds, what is missing, and what the goals of a server are made from."""

import json
from pathlib import Path
from typing import Any

from bench.figures import Figure, percentile, show, write
from bench.sync.rounds import QUICK, Measured
from bench.sync.rows import rows
from bench.sync.servers import FLOOR, HOCUSPOCUS, MEMORY, PYCRDT_WEBSOCKET, SERVERS, SQLITE, Y_WEBSOCKET


def outcome(**given: Any) -> dict[str, Any]:
    usual = {
        "cpu_us": 100.0, "p50": 0.2, "p99": 1.0, "acknowledged_p50": 2.0, "acknowledged_p99": 5.0,
        "missing": 0, "busy": 0.2, "late_p99": 0.1,
    }  # fmt: skip
    return {**usual, **given}


def named(measured: Measured, *words: str) -> Figure:
    (row,) = (row for row in rows(measured) if all(word in row.figure for word in words))
    return row


def found(best: float, *, full: bool = False) -> dict[str, Any]:
    return {"best": best, "failed": best * 1.1, "generator_saturated": full, "steps": []}


def test_percentiles() -> None:
    values = [float(number) for number in range(101)]
    assert [percentile(values, part) for part in (1, 50, 99)] == [1, 50, 99]


def test_a_goal_is_an_upper_or_a_lower_limit() -> None:
    assert Figure("a", "f", 1, "ms", goal=1).holds is True
    assert Figure("a", "f", 2, "ms", goal=1).holds is False
    assert Figure("a", "f", 2, "/s", goal=1, at_least=True).holds is True
    assert Figure("a", "f", 2, "/s").holds is None


def test_what_is_missing_is_a_row_without_a_value(tmp_path: Path, capsys: Any) -> None:
    row = Figure("server", "join, somebody", None, "ms", "missing: no npm", goal=3)
    show([row])
    assert "missing: no npm" in capsys.readouterr().out
    write([row], tmp_path)
    (written,) = json.loads((tmp_path / "results.json").read_text())
    assert written == {
        "area": "server", "figure": "join, somebody", "value": None, "unit": "ms",
        "against": "missing: no npm", "goal": 3, "holds": None,
    }  # fmt: skip


def test_cpu_is_compared_with_the_floor_of_the_same_round() -> None:
    measured = Measured(QUICK)
    measured.outcomes["cpu"][FLOOR] = [outcome(cpu_us=us) for us in (100.0, 200.0, 50.0)]
    measured.outcomes["cpu"][SQLITE] = [outcome(cpu_us=us) for us in (130.0, 260.0, 500.0)]
    row = named(measured, "CPU an update", "1,500/s", SQLITE, "x floor")
    assert row.value == 1.3
    assert row.goal is not None


def test_a_round_in_which_something_was_not_delivered_does_not_count() -> None:
    measured = Measured(QUICK)
    measured.outcomes["cpu"][FLOOR] = [outcome(), outcome(missing=4, cpu_us=1.0), outcome()]
    measured.outcomes["cpu"][MEMORY] = [outcome(cpu_us=120.0), outcome(cpu_us=120.0), None]
    assert named(measured, "CPU an update", MEMORY, "x floor").value == 1.2


def test_the_rate_is_measured_against_the_peers_of_the_run() -> None:
    measured = Measured(QUICK)
    rates = {Y_WEBSOCKET: 16_000, HOCUSPOCUS: 7_000, PYCRDT_WEBSOCKET: 2_700, MEMORY: 23_000, SQLITE: 17_000}
    measured.found = {name: found(best) for name, best in rates.items()}
    memory, sqlite = (named(measured, "updates a second", name) for name in (MEMORY, SQLITE))
    assert (memory.goal, memory.holds) == (24_000, False)
    assert (sqlite.goal, sqlite.holds) == (16_000, True)


def test_a_peer_that_held_nothing_sets_no_goal() -> None:
    measured = Measured(QUICK)
    measured.found = {Y_WEBSOCKET: found(0), MEMORY: found(9_000, full=True)}
    row = named(measured, "updates a second", MEMORY)
    assert row.goal is None
    assert row.against.startswith("at least")


def test_a_join_is_measured_against_the_fastest_peer() -> None:
    measured = Measured(QUICK)
    measured.joins = {MEMORY: [9.0, 3.0, 3.0], Y_WEBSOCKET: [15.0, 15.0, 15.0], PYCRDT_WEBSOCKET: [4.0, 4.0, 5.0]}
    row = named(measured, "join", MEMORY)
    assert (row.value, row.goal, row.holds) == (3.0, 4.0, True)


def test_a_server_that_cannot_be_had_has_a_row_for_each_figure() -> None:
    measured = Measured(QUICK)
    kinds = ("cpu", "trace", "delay", "greatest rate", "memory", "join", "acknowledgement")
    for server in SERVERS:
        for what in kinds:
            measured.missing[what, server.name] = "there is no npm on this machine"
    made = rows(measured)
    assert len(made) == len(kinds) * len(SERVERS)
    assert all(row.value is None and row.against == "missing: there is no npm on this machine" for row in made)
