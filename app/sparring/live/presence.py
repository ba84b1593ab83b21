"""Who is here and what they do: typing, cursor, away. Latest wins, never stored, gone on leave."""

import asyncio
import secrets
from collections.abc import Callable

import msgspec
from psygnal import Signal

from sparring_server.protocol import frames, names
from sparring_server.protocol.presence import GONE, Presence, decode_presences, encode_presences

WINDOW_SECONDS = 0.04
"""Changes of my presence within this time go out together."""
RENEW_SECONDS = 12.0
"""Other clients of the protocol forget a presence that was silent for 30 s."""


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in a shared text, in code points."""

    document: str
    anchor: int
    head: int


class Activity(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one member does, as the others see it. While a round is blind it says how much, never what."""

    member: str
    name: str = ""
    typed: int = 0
    """Key presses so far in this round; a change is a pulse."""
    lines: int = 0
    passed: int = 0
    total: int = 0
    runs: int = 0
    last_run_ms: int = 0
    """Server time of the last run; 0 before the first."""
    running: bool = False
    away: bool = False
    recording: bool = False
    language: str = ""
    """What they write their own code in, by the language's name; empty while there is none to speak of."""
    completion: bool = True
    """Whether their editor proposes words; off is the interview mode."""
    writing_board: bool = False
    round_trip_ms: int = 0
    """How far the server is from them, roughly (`coarse_round_trip_ms`); 0 before it is known."""
    cursor: Cursor | None = None


def coarse_round_trip_ms(round_trip_ms: float) -> int:
    """One of a few values, so that a link that is as it was makes no presence: 10, 20, 40, ... 5120, rounded up."""
    coarse = 10
    while coarse < min(round_trip_ms, 5_120):
        coarse *= 2
    return coarse


_activities: msgspec.json.Decoder[Activity] = msgspec.json.Decoder(Activity)


class SessionPresence:
    """My activity, sent in a fixed window, and everybody else's, as it comes."""

    changed = Signal()
    """Somebody else's activity changed, or they came or went."""

    def __init__(self, me: Activity) -> None:
        self._client_id = secrets.randbits(31)
        self._clock = 0
        self._mine = me
        self._others: dict[int, tuple[int, Activity]] = {}
        self._send: Callable[[bytes], None] | None = None
        self._window: asyncio.TimerHandle | None = None

    @property
    def mine(self) -> Activity:
        return self._mine

    def of(self, member_id: str) -> Activity | None:
        """A member's activity, or None while they are not connected."""
        for _, activity in self._others.values():
            if activity.member == member_id:
                return activity
        return None

    def update(self, **changes: object) -> None:
        """Change fields of my own activity."""
        activity = msgspec.structs.replace(self._mine, **changes)
        if activity == self._mine:
            return
        self._mine = activity
        if self._send is not None and self._window is None:
            self._window = asyncio.get_running_loop().call_later(WINDOW_SECONDS, self._say)

    def attach(self, send: Callable[[bytes], None]) -> None:
        """A connection is there: say who I am."""
        self._send = send
        self._say()

    def connection_lost(self) -> None:
        """Nobody can be seen any more."""
        self._send = None
        if self._window is not None:
            self._window.cancel()
            self._window = None
        if self._others:
            self._others.clear()
            self.changed.emit()

    def receive(self, update: bytes) -> None:
        """Take other clients' presence. Raises `MalformedData`."""
        is_news = False
        for entry in decode_presences(update):
            if entry.client_id != self._client_id:
                is_news = self._take(entry) or is_news
        if is_news:
            self.changed.emit()

    def _take(self, entry: Presence) -> bool:
        if entry.is_gone:
            return self._others.pop(entry.client_id, None) is not None
        known = self._others.get(entry.client_id)
        if known is not None and entry.clock < known[0]:
            return False
        try:
            activity = _activities.decode(entry.state)
        except msgspec.MsgspecError:
            # Another program's presence: it is here, and says nothing that we show.
            return False
        self._others[entry.client_id] = (entry.clock, activity)
        return known is None or known[1] != activity

    def renew(self) -> None:
        """Say again what I do, so that nobody forgets me."""
        if self._send is not None:
            self._say()

    def leave(self) -> None:
        """Tell the others at once that I go."""
        if self._send is not None:
            self._clock += 1
            self._send(self._frame(GONE))

    def _say(self) -> None:
        self._window = None
        if self._send is not None:
            self._clock += 1
            self._send(self._frame(msgspec.json.encode(self._mine).decode()))

    def _frame(self, state: str) -> bytes:
        update = encode_presences([Presence(self._client_id, self._clock, state)])
        return frames.encode(frames.Awareness(names.SESSION_DOCUMENT, update))
