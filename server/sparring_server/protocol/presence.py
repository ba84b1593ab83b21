"""The payload of an Awareness frame: who is here and what they do. Latest clock wins; `null` means gone.

Source: `awareness.js` of y-protocols. The server reads it only to know whose presence is whose, so that nobody can
speak for another and nobody's cursor stays behind when they leave.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sparring_server.protocol import limits
from sparring_server.protocol.lib0 import MalformedData, Reader, var_string, var_uint

GONE = "null"
MAX_ENTRIES = 64


@dataclass(frozen=True, slots=True)
class Presence:
    """One Yjs client's presence. `state` is JSON as it came."""

    client_id: int
    clock: int
    state: str

    @property
    def is_gone(self) -> bool:
        return self.state == GONE


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
