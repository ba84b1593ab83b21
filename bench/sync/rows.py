"""What was measured as rows of the tables, with the goals of a server that people can trust with their evening."""

import statistics
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bench.children import ROOT
from bench.figures import Figure
from bench.sync import rounds
from bench.sync.rounds import Measured
from bench.sync.servers import FLOOR, HOCUSPOCUS, MEMORY, PYCRDT_WEBSOCKET, SERVERS, SQLITE, Y_WEBSOCKET, Server

AREA = "server"
CPU_GOALS = {MEMORY: 1.2, SQLITE: 1.5}
CPU_GOALS_ON_PICOWS = {MEMORY: 0.8, SQLITE: 1.1}
DELAY_GOALS = {MEMORY: 1.5, SQLITE: 3.0}
RATE_GOALS = {MEMORY: {Y_WEBSOCKET: 1.5, HOCUSPOCUS: 3.0, PYCRDT_WEBSOCKET: 8.0}, SQLITE: {Y_WEBSOCKET: 1.0}}
ROOM_GOAL_KB = 60.0
ACK_GOAL_MS = 60.0
BUSY_GOAL = 80.0
"""Percent of its core, beyond which the load generator may be what a fixed load shows."""


def rows(measured: Measured) -> list[Figure]:
    """All figures, those that could not be measured too."""
    return [
        *_cpu(measured, "cpu", f"CPU an update, {rounds.CPU_RATE:,}/s in {rounds.CPU_ROOMS} rooms", _cpu_goals()),
        *_cpu(measured, "trace", f"CPU an update, two people's recorded typing in {rounds.TRACE_ROOMS} rooms", {}),
        *_delay(measured),
        *_rates(measured),
        *_room_sizes(measured),
        *_joins(measured),
        *_acknowledgements(measured),
        *_busy(measured),
    ]


def _cpu_goals() -> dict[str, float]:
    """A faster websocket layer is measured against more."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    return CPU_GOALS_ON_PICOWS if any(name.startswith("picows") for name in wanted) else CPU_GOALS


def _missing(measured: Measured, what: str, figure: str, server: Server, unit: str) -> Figure | None:
    reason = measured.missing.get((what, server.name))
    return None if reason is None else Figure(AREA, f"{figure}, {server.name}", None, unit, f"missing: {reason}")


def _whole(outcomes: Iterable[dict[str, Any] | None]) -> Iterator[dict[str, Any]]:
    """Slices in which everything was delivered."""
    return (one for one in outcomes if one and not one["missing"])


def _each(
    measured: Measured, what: str, figure: str, unit: str, row: Callable[[Server, str], Iterable[Figure]], of: Any
) -> Iterable[Figure]:
    """The rows of each server that has been measured, or the reason why there are none."""
    for server in SERVERS:
        missing = _missing(measured, what, figure, server, unit)
        if missing is not None:
            yield missing
        elif server.name in of:
            yield from row(server, f"{figure}, {server.name}")


def _cpu(measured: Measured, what: str, figure: str, goals: dict[str, float]) -> Iterable[Figure]:
    outcomes = measured.outcomes[what]
    floor = outcomes.get(FLOOR, [])

    def row(server: Server, name: str) -> Iterable[Figure]:
        times = [one["cpu_us"] for one in _whole(outcomes[server.name])]
        if not times:
            yield Figure(AREA, name, None, "µs", "missing: it did not keep up in any round")
            return
        yield Figure(AREA, name, statistics.median(times), "µs", f"{min(times):.0f} to {max(times):.0f}")
        pairs = zip(outcomes[server.name], floor, strict=False)
        whole = [found for pair in pairs if len(found := list(_whole(pair))) == 2]
        ratios = [mine["cpu_us"] / bare["cpu_us"] for mine, bare in whole]
        if not ratios:
            yield Figure(AREA, f"{name}, x floor", None, "x", "missing: the floor of the same rounds")
            return
        spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
        yield Figure(AREA, f"{name}, x floor", statistics.median(ratios), "x", spread, goals.get(server.name))

    return _each(measured, what, figure, "µs", row, outcomes)


def _delay(measured: Measured) -> Iterable[Figure]:
    outcomes = measured.outcomes["delay"]
    floor = [one["p99"] for one in outcomes.get(FLOOR, []) if one]

    def row(server: Server, name: str) -> Iterable[Figure]:
        done = [one for one in outcomes[server.name] if one]
        yield Figure(AREA, f"{name}, p50", statistics.median(one["p50"] for one in done), "ms")
        slow = [one["p99"] for one in done]
        factor = DELAY_GOALS.get(server.name)
        goal = factor * statistics.median(floor) if factor and floor else None
        spread = f"{min(slow):.1f} to {max(slow):.1f} in {len(slow)} rounds"
        yield Figure(AREA, f"{name}, p99", statistics.median(slow), "ms", spread, goal)

    figure = f"to the partner, {rounds.DELAY_RATE:,}/s in {rounds.DELAY_ROOMS} rooms"
    return _each(measured, "delay", figure, "ms", row, outcomes)


def _rates(measured: Measured) -> Iterable[Figure]:
    found = measured.found

    def row(server: Server, name: str) -> Iterable[Figure]:
        mine = found[server.name]
        # A peer that did not even hold the lowest rate shows that the machine was busy, and sets no goal.
        factors = RATE_GOALS.get(server.name, {})
        goals = {peer: factor * found[peer]["best"] for peer, factor in factors.items() if _best(found, peer)}
        words = ", ".join(f"{factors[peer]:g} x {peer}" for peer in goals)
        if mine["generator_saturated"]:
            words = "; ".join(filter(None, ("at least: the load generator was full", words)))
        goal = max(goals.values(), default=None)
        if not mine["best"]:
            words = "; ".join(filter(None, (f"it did not hold {mine['failed']:.0f}", words)))
        yield Figure(AREA, name, mine["best"], "/s", words, goal, at_least=True)

    return _each(measured, "greatest rate", "updates a second before p99 passes 100 ms", "/s", row, found)


def _best(found: dict[str, Any], name: str) -> float:
    best: float = found[name]["best"] if name in found else 0.0
    return best


def _room_sizes(measured: Measured) -> Iterable[Figure]:
    def row(server: Server, name: str) -> Iterable[Figure]:
        goal = ROOM_GOAL_KB if server.kind == "ours" else None
        without = "holds no text" if server.kind == "floor" else ""
        yield Figure(AREA, name, measured.room_bytes[server.name] / 1024, "KB", without, goal)

    figure = f"memory a room, 10 KB of text, {measured.extent.memory_rooms:,} rooms"
    return _each(measured, "memory", figure, "KB", row, measured.room_bytes)


def _joins(measured: Measured) -> Iterable[Figure]:
    peers = {
        server.name: statistics.median(measured.joins[server.name])
        for server in SERVERS
        if server.kind == "peer" and server.name in measured.joins
    }

    def row(server: Server, name: str) -> Iterable[Figure]:
        times = measured.joins[server.name]
        goal = min(peers.values(), default=None) if server.kind == "ours" else None
        yield Figure(
            AREA,
            name,
            statistics.median(times),
            "ms",
            f"first {times[0]:.1f}, then {min(times[1:]):.1f} to {max(times[1:]):.1f}",
            goal,
        )

    figure = f"join a document of {measured.extent.document_edits:,} edits"
    return _each(measured, "join", figure, "ms", row, measured.joins)


def _acknowledgements(measured: Measured) -> Iterable[Figure]:
    outcomes = measured.outcomes["acknowledgement"]

    def row(server: Server, name: str) -> Iterable[Figure]:
        done = [one for one in outcomes[server.name] if one and one["acknowledged_p99"] is not None]
        if not done:
            yield Figure(AREA, f"{name}, p99", None, "ms", "missing: nothing was acknowledged")
            return
        yield Figure(AREA, f"{name}, p50", statistics.median(one["acknowledged_p50"] for one in done), "ms")
        slow = [one["acknowledged_p99"] for one in done]
        goal = None if server.name == MEMORY else ACK_GOAL_MS
        yield Figure(AREA, f"{name}, p99", statistics.median(slow), "ms", f"{min(slow):.1f} to {max(slow):.1f}", goal)

    return _each(measured, "acknowledgement", f"to the acknowledgement, {rounds.ACK_RATE:,}/s", "ms", row, outcomes)


def _busy(measured: Measured) -> Iterable[Figure]:
    """How busy the load generator was under the fixed loads, how late, and how busy the machine with other things."""
    for what, rate in (("cpu", rounds.CPU_RATE), ("delay", rounds.DELAY_RATE)):
        by_server = [[one for one in some if one] for some in measured.outcomes[what].values()]
        done = [one for some in by_server for one in some]
        if done:
            # With a server that makes it work hardest; a single slice is as busy as the machine's stalls make it.
            busiest = max(statistics.median(one["busy"] for one in some) for some in by_server if some) * 100
            late = statistics.median(one["late_p99"] for one in done)
            words = f"one slice {max(one['busy'] for one in done) * 100:.0f}; late p99 {late:.2f} ms"
            yield Figure(AREA, f"load generator's own core at {rate:,}/s", busiest, "%", words, BUSY_GOAL)
    if measured.others is not None:
        words = "beyond 20 % the delays and rates are the machine's"
        yield Figure(AREA, "other work on the two cores during the fixed loads", measured.others * 100, "%", words)
