"""The greatest rate that a server keeps up with: steps upwards until one fails, then between the two."""

import time
from dataclasses import dataclass, field

from bench.sync.client import Refused
from bench.sync.load import Load, Outcome
from bench.sync.scripts import Script, Typing

LIMIT_MS = 100.0
GROWTH = 1.4
CLOSE_ENOUGH = 1.06
SATURATED = 0.9
"""Beyond this the load generator, not the server, may be what a step shows."""
KEPT_UP = 0.97
"""What part of a rate the load generator must have sent; who sends less can do no more."""


@dataclass
class Found:
    """`best` is 0 if not even the first step held."""

    best: float = 0.0
    failed: float | None = None
    generator_saturated: bool = False
    steps: list[dict[str, float]] = field(default_factory=list)


def greatest_rate(load: Load, rooms: int, first: float, step_seconds: float, budget_seconds: float) -> Found:
    """Updates a second before p99 passes the limit. A step that fails is tried again once: the machine has others."""
    found = Found()
    end = time.monotonic() + budget_seconds
    rate = first
    script = Typing()
    while time.monotonic() < end:
        outcome = _step(load, rooms, rate, step_seconds, script)
        if not _holds(outcome) and time.monotonic() < end and not _hopeless(outcome):
            outcome = _step(load, rooms, rate, step_seconds, script)
        if outcome is not None:
            found.steps.append({"rate": rate, "p99": outcome.p99, "busy": outcome.busy, "missing": outcome.missing})
        if outcome is not None and _holds(outcome):
            found.best = max(found.best, min(rate, outcome.sent_a_second))
        else:
            found.failed = rate
        if outcome is not None and outcome.busy > SATURATED:
            found.generator_saturated = True
            if outcome.sent_a_second < KEPT_UP * rate or not _holds(outcome):
                break
        if found.failed is None:
            rate *= GROWTH
        elif found.best and found.failed / found.best < CLOSE_ENOUGH:
            break
        elif found.best:
            rate = (found.best * found.failed) ** 0.5
        else:
            rate /= 2
    return found


def _holds(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.p99 <= LIMIT_MS and not outcome.missing


def _hopeless(outcome: Outcome | None) -> bool:
    """So far beyond the limit that no second try is worth its time."""
    return outcome is not None and outcome.missing > outcome.rate


def _step(load: Load, rooms: int, rate: float, seconds: float, script: Script) -> Outcome | None:
    """One rate, in rooms that nothing is left in from the step before. None if the server hung up."""
    try:
        if not load.is_quiet or len(load.rooms) != rooms:
            load.disconnect()
        load.connect(rooms)
        outcome = load.run(rooms, rate, seconds / 3, seconds, script)
    except (Refused, OSError):
        load.disconnect()
        return None
    if not _holds(outcome):
        load.disconnect()
    return outcome
