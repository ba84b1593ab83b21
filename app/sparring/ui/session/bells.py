"""When a session calls: the bell of a phase, and a minute before it."""

from sparring.ui.alerts import Alerts
from sparring_server.protocol import messages
from sparring_server.protocol.view import Phase, Timer

LAST_MINUTE_MS = 60_000
_WORDS = {
    Phase.BREAK.value: "The block is over. Time for a break.",
    Phase.FOCUS.value: "The break is over. Back to it.",
    Phase.REVEAL.value: "Time is up. The veil is lifted.",
}


class Bells:
    """Calls once for each bell, whoever else is told."""

    def __init__(self, alerts: Alerts) -> None:
        self._alerts = alerts
        self._warned: tuple[int, int, int] | None = None
        self._shown_second: int | None = None

    def happened(self, event: messages.Event, server_now_ms: float) -> None:
        """An event of the room; one that was missed while offline calls nobody."""
        change = event.change
        is_now = abs(server_now_ms - event.at_ms) < 10_000
        if isinstance(change, messages.PhaseChanged) and change.bell and is_now and change.phase in _WORDS:
            self._alerts.block_ended(_WORDS[change.phase])

    def tick(self, phase: Phase, place: tuple[int, int], timer: Timer | None, left_ms: float) -> None:
        """The clock of the phase at `place` (round, block) shows this."""
        if timer is None:
            if self._shown_second is not None:
                self._shown_second = None
                self._alerts.set_clock(None)
            return
        second = int(left_ms // 1000) * (1 if timer.is_running else -1)
        if second != self._shown_second:
            self._shown_second = second
            self._alerts.set_clock(int(left_ms), timer.is_running)
        # More time given means another last minute.
        key = (*place, timer.total_ms)
        counts = phase is Phase.FOCUS and timer.is_running and timer.total_ms > LAST_MINUTE_MS
        if counts and key != self._warned and 0 < left_ms <= LAST_MINUTE_MS:
            self._warned = key
            self._alerts.one_minute_left()

    def close(self) -> None:
        """No clock runs any more."""
        self._alerts.set_clock(None)
