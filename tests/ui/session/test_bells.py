"""When a session calls: once for each bell, a minute before the end, and never for what is long past."""

from sparring.ui.session.bells import Bells
from sparring_server.protocol import messages
from sparring_server.protocol.view import Phase, RoomView, Timer

MINUTE = 60_000


class Calls:
    """Alerts that only remember."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.clock: list[tuple[int | None, bool]] = []

    def one_minute_left(self) -> None:
        self.heard.append("minute")

    def block_ended(self, words: str) -> None:
        self.heard.append(words)

    def set_clock(self, remaining_ms: int | None, running: bool = True) -> None:
        self.clock.append((remaining_ms, running))


def bells() -> tuple[Bells, Calls]:
    calls = Calls()
    return Bells(calls), calls  # type: ignore[arg-type]


def running(total: int = 25 * MINUTE) -> Timer:
    return Timer(total, deadline_ms=1)


def test_the_last_minute_is_told_once() -> None:
    made, calls = bells()
    for left in (90_000, 61_000, 60_000, 59_900, 30_000, 100):
        made.tick(Phase.FOCUS, (1, 1), running(), left)
    assert calls.heard == ["minute"]


def test_more_time_means_another_last_minute() -> None:
    made, calls = bells()
    made.tick(Phase.FOCUS, (1, 1), running(), 50_000)
    made.tick(Phase.FOCUS, (1, 1), running(27 * MINUTE), 170_000)
    made.tick(Phase.FOCUS, (1, 1), running(27 * MINUTE), 59_000)
    made.tick(Phase.FOCUS, (1, 2), running(), 59_000)
    assert calls.heard == ["minute"] * 3


def test_a_break_a_pause_and_a_very_short_block_do_not_warn() -> None:
    made, calls = bells()
    made.tick(Phase.BREAK, (1, 1), running(5 * MINUTE), 30_000)
    made.tick(Phase.FOCUS, (1, 1), Timer(25 * MINUTE, remaining_ms=30_000, paused_by="a"), 30_000)
    made.tick(Phase.FOCUS, (1, 1), running(MINUTE), 30_000)
    assert calls.heard == []


def test_the_tray_gets_a_second_once_and_nothing_between_phases() -> None:
    made, calls = bells()
    for left in (2_900, 2_500, 2_100, 1_900):
        made.tick(Phase.FOCUS, (1, 1), running(), left)
    made.tick(Phase.REVEAL, (1, 1), None, 0)
    made.tick(Phase.REVEAL, (1, 1), None, 0)
    assert calls.clock == [(2_900, True), (1_900, True), (None, True)]


def phase(bell: bool, at_ms: int) -> messages.Event:
    change = messages.PhaseChanged("break", 1, 1, bell)
    return messages.Event(1, at_ms, "", change, RoomView())


def test_a_bell_is_heard_now_and_not_later() -> None:
    made, calls = bells()
    made.happened(phase(bell=False, at_ms=100_000), 100_050)
    assert calls.heard == []
    made.happened(phase(bell=True, at_ms=100_000), 100_050)
    assert calls.heard == ["The block is over. Time for a break."]
    made.happened(phase(bell=True, at_ms=100_000), 700_000)
    assert len(calls.heard) == 1
