"""What two seats tell one another to choose a problem: which each has worked on, and a problem that one of them lacks.

It stands in the room's document `problem/<round>`, so it comes back after a lost connection like every text. Nothing in
it is believed: it may be written by anybody in the room, and whoever takes a parcel checks what is in it.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, cast

import pycrdt
from psygnal import Signal

from sparring.live.document import SharedDocument
from sparring_server.protocol import limits

KEPT, REFUSED = "kept", "refused"
_PARCEL, _BYTES = "parcel", "bytes"
_DIGEST_BYTES = 32
MAX_WORDS = 500
"""Of what somebody else's app says, so many characters are shown."""


class CannotSend(Exception):
    """A parcel does not go into the room; a sentence for people."""


@dataclass(frozen=True)
class Said:
    """What became of a problem at a seat."""

    digest: str
    is_kept: bool
    words: str = ""
    """Why it was refused."""


class ProblemExchange:
    """See the module. `me` is my member id; digests are 64 hex digits."""

    changed = Signal()
    """Somebody wrote something, or all that the server has is here. At most once in a turn of the event loop."""

    def __init__(self, document: SharedDocument, me: str) -> None:
        self._document, self._me = document, me
        self._is_telling = False
        document.updated.connect(self._note)
        document.synced_changed.connect(self._note)

    @property
    def is_synced(self) -> bool:
        """Whether everything that the others wrote so far is here."""
        return self._document.is_synced

    def _map(self, name: str) -> "pycrdt.Map[Any]":
        table: pycrdt.Map[Any] = cast("pycrdt.Doc[Any]", self._document.doc).get(name, type=pycrdt.Map)
        return table

    def _note(self, *_: object) -> None:
        # Told later: whoever hears of it may want to write, and this may be in the middle of a transaction.
        if not self._is_telling:
            self._is_telling = True
            asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        self._is_telling = False
        self.changed.emit()

    def _set(self, name: str, key: str, value: object) -> None:
        table = self._map(name)
        if table.get(key) != value:
            table[key] = value

    # What was worked on.

    def tell_seen(self, marks: bytes) -> None:
        """Tell which problems I have worked on, as the bank's marks of them."""
        self._set("seen", self._me, marks[: limits.MAX_SEEN_BYTES])

    def seen_by(self, member: str) -> bytes | None:
        """What another told; None if nothing yet."""
        marks = _bytes_of(self._map("seen").get(member))
        return marks if marks is not None and len(marks) <= limits.MAX_SEEN_BYTES else None

    # A problem that somebody lacks.

    def ask(self, digest: str) -> None:
        """I lack this one: may I have it? Asked again, what was said of it before counts no more."""
        with self._document.doc.transaction():
            said = self._map("said")
            for member in [
                name for name in list(said.keys()) if (known := self.said_by(name)) and known.digest == digest
            ]:
                del said[member]
            self._set("asked", self._me, digest)

    def is_asked(self, digest: str) -> bool:
        """Whether somebody else lacks this one."""
        return any(value == digest for member, value in self._map("asked").items() if member != self._me)

    def has_asked(self, digest: str) -> bool:
        """Whether I asked for this one."""
        return bool(self._map("asked").get(self._me) == digest)

    def send(self, digest: str, packed: bytes) -> None:
        """Put a packed problem into the room, in the place of the one before. Raises `CannotSend`."""
        if len(packed) > limits.MAX_PACKED_PROBLEM_BYTES:
            kilobytes, most = len(packed) // 1024, limits.MAX_PACKED_PROBLEM_BYTES // 1024
            raise CannotSend(f"it is too large to be sent: {kilobytes:,} KB packed, and {most} KB is the most")
        if self.parcel(digest) == packed:
            return
        table = self._map("sent")
        before = table.get(_BYTES, 0)
        is_count = isinstance(before, int | float) and 0 <= before <= limits.MAX_DOCUMENT_BYTES
        in_all = len(packed) + (int(before) if is_count else 0)
        if in_all > limits.MAX_PACKED_PROBLEM_BYTES:
            raise CannotSend("so much was sent in this round already that it has to wait for the next one")
        with self._document.doc.transaction():
            table[_BYTES] = in_all
            table[_PARCEL] = bytes.fromhex(digest) + packed

    def parcel(self, digest: str) -> bytes | None:
        """The packed problem that was sent under this digest, unchecked."""
        parcel = _bytes_of(self._map("sent").get(_PARCEL))
        if parcel is None or parcel[:_DIGEST_BYTES] != bytes.fromhex(digest):
            return None
        return parcel[_DIGEST_BYTES:]

    def say(self, said: Said) -> None:
        """What became of a problem here."""
        what = KEPT if said.is_kept else REFUSED
        self._set("said", self._me, f"{said.digest} {what} {said.words[:MAX_WORDS]}".rstrip())

    def said_by(self, member: str) -> Said | None:
        """The last word of a member about any problem; None if there is none that can be read."""
        text = self._map("said").get(member)
        if not isinstance(text, str):
            return None
        digest, _, rest = text.partition(" ")
        what, _, words = rest.partition(" ")
        return Said(digest, what == KEPT, words[:MAX_WORDS]) if what in (KEPT, REFUSED) else None


def _bytes_of(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes | bytearray) else None
