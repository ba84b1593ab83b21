"""One clock for several servers."""

import pytest

from sparring_server.clock import Clock


def test_a_clock_follows_the_shared_one_in_small_steps_and_never_jumps() -> None:
    clock = Clock(steady=lambda: 5.0)
    clock.go_by(1_000_000.0)
    clock.follow(1_000_030.0, most_ms=50.0)
    assert clock.now_ms() == pytest.approx(1_000_030.0)
    clock.follow(1_000_010.0, most_ms=50.0)
    assert clock.now_ms() == pytest.approx(1_000_010.0)
    # Somebody set the clock of Redis's machine an hour back.
    clock.follow(1_000_010.0 - 3_600_000, most_ms=50.0)
    assert clock.now_ms() == pytest.approx(999_960.0)
