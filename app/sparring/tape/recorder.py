"""Writes a session's tape as it happens; the journal's thread does the work, the caller pays microseconds."""

from collections.abc import Callable
from typing import Literal

import msgspec

from sparring.journal import Journal
from sparring.tape.events import AnyTapeEvent

Lane = Literal["me", "partner", "room"]

_encoder = msgspec.json.Encoder()


class TapeRecorder:
    """One session's tape. Times are milliseconds of server time since the session's start, and never go back."""

    def __init__(self, journal: Journal, session_id: str, started_ms: float, now_ms: Callable[[], float]) -> None:
        self._journal = journal
        self._session_id = session_id
        self._started_ms = started_ms
        self._now_ms = now_ms
        self._last_ms = 0

    def now_ms(self) -> int:
        """The tape's time."""
        self._last_ms = max(self._last_ms, int(self._now_ms() - self._started_ms))
        return self._last_ms

    def record(
        self,
        lane: Lane,
        round_number: int,
        event: AnyTapeEvent,
        at_ms: float | None = None,
        room_event: int | None = None,
    ) -> None:
        """Add an event, now or at a server time that was told with it; by its number in the room, if it is the room's.

        One of the room's that is on the tape already is not added again.
        """
        if at_ms is not None:
            self._last_ms = max(self._last_ms, int(at_ms - self._started_ms))
            time_ms = self._last_ms
        else:
            time_ms = self.now_ms()
        kind = str(event.__struct_config__.tag)
        body = _encoder.encode(event).decode()
        self._journal.record_event(self._session_id, time_ms, lane, round_number, kind, body, room_event)
