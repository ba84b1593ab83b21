"""The payload of an Awareness frame: who is here and what they do. Latest clock wins; `null` means gone.

Source: `awareness.js` of y-protocols. The server reads it only to know whose presence is whose, so that nobody can
speak for another and nobody's cursor stays behind when they leave.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sparring_server.protocol import limits
from sparring_server.protocol.lib0 import MAX_SAFE_INTEGER, MalformedData, Reader, var_string, var_uint

GONE = "null"
MAX_ENTRIES = 64
_MAX_ENTRY_HEAD_BYTES = 2 * 8 + 2
"""Two numbers and the length of a state, in their longest form."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One Yjs client's presence. `state` is JSON as it came."""

    client_id: int
    clock: int
    state: str

    @property
    def is_gone(self) -> bool:
        return self.state == GONE

    def farewell(self) -> "Presence":
        """That this client is gone. A clock at its end stays there: "gone" wins over what it said at the same time."""
        return Presence(self.client_id, min(self.clock + 1, MAX_SAFE_INTEGER), GONE)


def decode_presences(update: bytes) -> list[Presence]:
    """The entries of an awareness update. Raises `MalformedData`."""
    reader = Reader(update)
    count = reader.var_uint()
    if count > MAX_ENTRIES:
        raise MalformedData(f"presence of {count} clients at once")
    entries = [
        Presence(reader.var_uint(), reader.var_uint(), reader.var_string(limits.MAX_AWARENESS_BYTES))
        for _ in range(count)
    ]
    if reader.remaining:
        raise MalformedData("bytes too many at the end of a presence update")
    return entries


def encode_presences(entries: Iterable[Presence]) -> bytes:
    """The awareness update with these entries."""
    listed = list(entries)
    parts = [var_uint(len(listed))]
    for entry in listed:
        parts += (var_uint(entry.client_id), var_uint(entry.clock), var_string(entry.state))
    return b"".join(parts)


def presence_updates(entries: Iterable[Presence]) -> Iterator[bytes]:
    """The awareness updates with these entries: as few as there can be, each within what a frame may hold."""
    gathered: list[Presence] = []
    size = 0
    for entry in entries:
        entry_bytes = _MAX_ENTRY_HEAD_BYTES + len(entry.state.encode())
        if gathered and (len(gathered) == MAX_ENTRIES or size + entry_bytes > limits.MAX_AWARENESS_BYTES):
            yield encode_presences(gathered)
            gathered, size = [], 0
        gathered.append(entry)
        size += entry_bytes
    if gathered:
        yield encode_presences(gathered)
