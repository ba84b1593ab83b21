"""Who is in a room's documents and what they do. Latest wins, never stored, gone on leave.

News gathers for `WINDOW_SECONDS`; then each subscriber gets the latest of every other client in one frame.
"""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from sparring_server.live_documents import LiveDocument, Subscriber
from sparring_server.protocol import frames, limits
from sparring_server.protocol.presence import Presence, decode_presences, presence_updates
from sparring_server.storage import Storage

WINDOW_SECONDS = 0.05


class _Known(NamedTuple):
    """The latest of one client. `owner` is its subscriber here, or the name of the process that it is connected to."""

    entry: Presence
    member: str
    owner: Subscriber | str


class LivePresence:
    """The presence in all documents of one room."""

    def __init__(self, room_id: str, storage: Storage) -> None:
        self._room_id = room_id
        self._storage = storage
        self._known: dict[LiveDocument, dict[int, _Known]] = {}
        self._news: dict[LiveDocument, dict[int, _Known]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def take(self, document: LiveDocument, entries: Iterable[Presence], sender: Subscriber) -> None:
        """Take a client's presence. Nobody can speak for another member's client."""
        for entry in entries:
            if entry.is_gone or _claimed_member(entry) in (None, sender.member_id):
                self._take(document, _Known(entry, sender.member_id, sender))

    def heard(self, process: str, document: LiveDocument, member: str, update: bytes) -> None:
        """Take the presence of a client of another process."""
        for entry in decode_presences(update):
            self._take(document, _Known(entry, member, process))

    def _take(self, document: LiveDocument, news: _Known) -> None:
        present = self._known.setdefault(document, {})
        client_id = news.entry.client_id
        known = present.get(client_id)
        if known is not None:
            if known.owner is not news.owner and known.member != news.member:
                return
            if news.entry.clock < known.entry.clock or (
                news.entry.clock == known.entry.clock and news.entry.state == known.entry.state
            ):
                return
        if news.entry.is_gone:
            if present.pop(client_id, None) is None:
                return
        else:
            if known is None and _is_full(present, news.owner):
                return
            present[client_id] = news
        self._tell_soon(document, news)

    def leave(self, document: LiveDocument, subscriber: Subscriber) -> None:
        """This client has gone: so has its presence."""
        self._gone(document, subscriber)

    def process_gone(self, process: str) -> None:
        """All clients of another process have gone."""
        for document in tuple(self._known):
            self._gone(document, process)

    def _gone(self, document: LiveDocument, owner: Subscriber | str) -> None:
        present = self._known.get(document, {})
        for known in [known for known in present.values() if known.owner == owner]:
            del present[known.entry.client_id]
            self._tell_soon(document, known._replace(entry=known.entry.farewell()))

    def send_all(self, document: LiveDocument, subscriber: Subscriber) -> None:
        """Answer a query for everybody's presence."""
        entries = [known.entry for known in self._known.get(document, {}).values()]
        _send(subscriber, entries)

    def tell_processes(self) -> None:
        """Say to the other processes what all clients of this one are doing."""
        for document, present in self._known.items():
            self._tell_elsewhere(document, present.values())

    def close(self) -> None:
        """Tell what is left to be told, and stop."""
        if self._timer is not None:
            self._timer.cancel()
            self._tell()

    def _tell_soon(self, document: LiveDocument, news: _Known) -> None:
        self._news.setdefault(document, {})[news.entry.client_id] = news
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WINDOW_SECONDS, self._tell)

    def _tell(self) -> None:
        self._timer = None
        news, self._news = self._news, {}
        for document, of_clients in news.items():
            for subscriber in document.subscribers:
                entries = [known.entry for known in of_clients.values() if known.owner is not subscriber]
                _send(subscriber, entries)
            self._tell_elsewhere(document, of_clients.values())

    def _tell_elsewhere(self, document: LiveDocument, present: Iterable[_Known]) -> None:
        by_member: dict[str, list[Presence]] = {}
        for known in present:
            if not isinstance(known.owner, str):
                by_member.setdefault(known.member, []).append(known.entry)
        for member, entries in by_member.items():
            for update in presence_updates(entries):
                self._storage.tell_presence(self._room_id, document.name, member, update)


def _send(subscriber: Subscriber, entries: list[Presence]) -> None:
    for update in presence_updates(entries):
        subscriber.send(frames.encode(frames.Awareness(subscriber.key, update)))


def _is_full(present: dict[int, _Known], owner: Subscriber | str) -> bool:
    """Whether a connection speaks for as many clients as it may; other processes have counted theirs."""
    if isinstance(owner, str):
        return False
    return sum(known.owner is owner for known in present.values()) >= limits.MAX_PRESENCES_PER_CONNECTION


class _Claim(msgspec.Struct):
    member: str | None = None


_claims: msgspec.json.Decoder[_Claim] = msgspec.json.Decoder(_Claim)


def _claimed_member(entry: Presence) -> str | None:
    """Whose presence this says it is; None where it does not say (other clients' presence has any shape)."""
    try:
        return _claims.decode(entry.state).member
    except msgspec.MsgspecError:
        return None
