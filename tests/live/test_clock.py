"""Both seats show the server's time: over jittery links, through sleep, and whatever the machine's own time does."""

import random
import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.live.clock import KEPT_SAMPLES, ServerClock
from sparring.live.presence import coarse_round_trip_ms
from sparring.live.session import FIRST_TIME_PING_SECONDS, FIRST_TIME_PINGS, TIME_PING_SECONDS
from sparring_server.clock import Clock

JITTER_MS = 100


@dataclass
class World:
    """True time, and two machines whose clocks show it, each from its own beginning."""

    now: float = 0.0
    here: float = 5_000.0
    """What this seat's steady clock adds to true time."""
    drift: float = 0.0

    def __post_init__(self) -> None:
        self.server = Clock(steady=lambda: self.now)
        self.clock = ServerClock(lambda: self.now * (1 + self.drift) + self.here)

    @property
    def error_ms(self) -> float:
        return self.clock.now_ms() - self.server.now_ms()

    def greet(self, way_ms: float = 20) -> None:
        """The server's first word."""
        word = self.server.now_ms()
        self.now += way_ms / 1000
        self.clock.restart(word, 1.0)

    def ping(self, there_ms: float, back_ms: float) -> None:
        sent = self.clock.reading()
        self.now += there_ms / 1000
        answer = self.server.now_ms()
        self.now += back_ms / 1000
        self.clock.observe(sent, answer)


def errors_over(world: World, seed: int, base_ms: float, pings: int) -> list[float]:
    """The error after each ping of a session that begins, on a link with jitter of its own in each direction."""
    chance = random.Random(seed)
    world.greet(base_ms + chance.uniform(0, JITTER_MS))
    errors = []
    for number in range(pings):
        world.ping(base_ms + chance.uniform(0, JITTER_MS), base_ms + chance.uniform(0, JITTER_MS))
        errors.append(abs(world.error_ms))
        assert errors[-1] <= world.clock.error_ms + 0.01
        world.now += FIRST_TIME_PING_SECONDS if number < FIRST_TIME_PINGS else TIME_PING_SECONDS
        errors.append(abs(world.error_ms))
    return errors


@given(seed=st.integers(0, 10**9), base_ms=st.floats(0, 80), drift=st.floats(-100e-6, 100e-6))
@settings(max_examples=200)
def test_over_a_jittery_link_the_error_stays_small(seed: int, base_ms: float, drift: float) -> None:
    errors = errors_over(World(drift=drift), seed, base_ms, 60)
    # From the first pong on: half of what one direction can take longer than the other.
    assert max(errors) <= JITTER_MS / 2 + 0.5
    # Once all samples are taken it is far less; more than 28 ms was not seen in two thousand sessions.
    assert max(errors[2 * KEPT_SAMPLES :]) <= 40


def test_the_usual_error_over_a_jittery_link() -> None:
    """The figures of docs/decisions/0009: about 4 ms in the middle and 15 ms at the 99th percentile."""
    errors = sorted(error for seed in range(200) for error in errors_over(World(), seed, 20, 60)[2 * KEPT_SAMPLES :])
    assert errors[len(errors) // 2] <= 6
    assert errors[len(errors) * 99 // 100] <= 20


def test_a_link_that_is_slow_in_one_direction_only() -> None:
    """No clock can know of it beforehand; jitter shows it as soon as one answer comes back without delay."""
    world = World()
    world.greet(300)
    world.ping(5, 200)
    assert world.clock.error_ms > 90
    world.ping(5, 5)
    world.ping(200, 5)
    assert abs(world.error_ms) <= world.clock.error_ms <= 5.1


def test_a_change_of_the_machines_time_bends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.greet()
    world.ping(5, 5)
    now_ms, error_ms = world.clock.now_ms(), world.error_ms
    tomorrow = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    assert (world.clock.now_ms(), world.error_ms) == (now_ms, error_ms)
    world.ping(5, 5)
    assert abs(world.error_ms) <= 5.1


def test_a_machine_that_slept_is_right_at_once_where_its_clock_counts_sleep() -> None:
    world = World()
    world.greet()
    world.ping(5, 5)
    world.now += 3_600
    assert abs(world.error_ms) <= 5.1


@given(slept=st.floats(1, 10**6), seed=st.integers(0, 10**9))
def test_a_clock_that_stood_still_is_right_from_the_next_pong_on(slept: float, seed: int) -> None:
    world = World()
    errors_over(world, seed, 20, 20)
    world.now += slept
    world.here -= slept
    assert abs(world.error_ms) > 900
    world.ping(60, 20)
    assert abs(world.error_ms) <= world.clock.error_ms + 0.01
    assert world.clock.error_ms <= 40.1


def test_a_ping_that_was_on_its_way_during_the_sleep_misleads_for_one_round_trip_at_most() -> None:
    world = World()
    world.greet()
    world.ping(5, 5)
    sent, answer = world.clock.reading(), world.server.now_ms()
    world.now += 600
    world.here -= 600
    world.clock.observe(sent, answer)
    world.ping(5, 5)
    assert abs(world.error_ms) <= 5.1


def test_a_server_whose_clock_stepped_is_followed_from_the_next_pong_on() -> None:
    """Its machine slept, and its system's clock stood still or jumped; or its stored rooms were ahead of it."""
    world = World()
    errors_over(world, 7, 20, 20)
    world.server.not_before(world.server.now_ms() + 120_000)
    world.ping(30, 30)
    assert abs(world.error_ms) <= 30.1


def test_another_server_is_believed_from_its_first_word_on() -> None:
    world = World()
    errors_over(world, 7, 20, 20)
    world.server = Clock(steady=lambda: world.now + 5_000)
    world.greet(20)
    assert abs(world.error_ms) <= 20.1


def test_time_that_is_compressed_for_a_demo() -> None:
    world = World()
    world.server = Clock(60, lambda: world.now)
    world.clock.restart(world.server.now_ms(), 60)
    world.ping(5, 5)
    world.now += 25
    assert abs(world.error_ms) <= 60 * 5.1


def test_the_usual_round_trip_is_no_outlier() -> None:
    world = World()
    assert (world.clock.round_trip_ms, world.clock.usual_round_trip_ms) == (None, None)
    world.greet()
    assert (world.clock.round_trip_ms, world.clock.usual_round_trip_ms) == (None, None)
    for way_ms in (10, 10, 400):
        world.ping(way_ms, way_ms)
    assert round(world.clock.usual_round_trip_ms or 0) == 20
    assert round(world.clock.round_trip_ms or 0) == 800
    assert [coarse_round_trip_ms(trip) for trip in (0.3, 10, 11, 90, 9_999)] == [10, 10, 20, 160, 5_120]
