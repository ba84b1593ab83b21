"""What must be true: the account of what clients were told, and whether it is kept.

The oracle believes the wire and nothing else. It holds, for every room, the updates that a client was told are saved
and the events that were announced; what the server gives out later, after whatever happened, must contain the first
and agree with the second.
"""

import pycrdt

from sparring_server.protocol import messages
from sparring_server.protocol.lib0 import Reader, var_uint
from tests.faults.plan import MARKS

EMPTY = b"\x00\x00"


class Oracle:
    """One room's account. `faults` are sentences about what was not as it must be."""

    def __init__(self, mark: str) -> None:
        self.faults: list[str] = []
        self.mark = mark
        self._foreign = [mark.encode() for mark in MARKS if mark != self.mark]
        self._acknowledged: dict[str, list[bytes]] = {}
        self._known: dict[str, dict[int, int]] = {}
        """By document: how many changes of each client the server said that it has, where a step 2 built on it."""
        self._events: dict[int, messages.Event] = {}
        self._first_event: dict[str, int] = {}

    def fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    # What is reported.

    def acknowledged(self, document: str, update: bytes, base: bytes | None) -> None:
        """A client was told that this is saved: an update, or a step 2 and with it what the server's step 1 had."""
        self._acknowledged.setdefault(document, []).append(update)
        if base is not None:
            known = self._known.setdefault(document, {})
            for client, clock in clocks(base).items():
                known[client] = max(clock, known.get(client, 0))

    def _told(self, document: str) -> bytes:
        return pycrdt.merge_updates(EMPTY, filler(self._known.get(document, {})), *self._acknowledged.get(document, ()))

    def seen(self, message: bytes) -> None:
        """A client of this room got this."""
        if any(mark in message for mark in self._foreign):
            self.fault("a message with another room's mark")

    def announced(self, event: messages.Event) -> None:
        """Somebody heard this event. The same number is the same event for everybody, whatever happened between."""
        known = self._events.setdefault(event.number, event)
        if known != event:
            self.fault(f"event {event.number} was {known.change!r}, and is {event.change!r}")

    # What is asked.

    @property
    def documents(self) -> list[str]:
        """Where anything was acknowledged."""
        return sorted(self._acknowledged)

    @property
    def last_event(self) -> int:
        return max(self._events, default=0)

    def count(self, document: str) -> int:
        """How many updates of a document were acknowledged."""
        return len(self._acknowledged.get(document, ()))

    def check_kept(self, document: str, has: bytes, whose: str) -> None:
        """Everything acknowledged is in `has`, an update with all that somebody has of this document."""
        all_told = pycrdt.get_state(pycrdt.merge_updates(has, self._told(document)))
        missing = lacks(pycrdt.get_state(has), all_told)
        if missing:
            self.fault(f"{document}: {whose} lacks acknowledged changes {missing}")
            return
        both = pycrdt.merge_updates(has, EMPTY, *self._acknowledged.get(document, ()))
        if is_complete(has) and state_of(has) != state_of(both):
            # Deletions are in no state vector.
            self.fault(f"{document}: {whose} lacks acknowledged deletions")

    def check_claim(self, document: str, client_id: int, clock: int, who: str) -> None:
        """A client says that all of its changes are saved; it has made `clock` of them."""
        saved = clocks(pycrdt.get_state(self._told(document))).get(client_id, 0)
        if saved < clock:
            self.fault(f"{document}: {who} shows {clock} changes as saved where only {saved} were acknowledged")

    def check_events(self, numbers: list[int], who: str) -> None:
        """Somebody heard these, in this order: without a gap and each once."""
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            self.fault(f"{who} heard events {numbers}")


def clocks(state_vector: bytes) -> dict[int, int]:
    """How many changes of each client a state vector says there are."""
    reader = Reader(state_vector)
    return {reader.var_uint(): reader.var_uint() for _ in range(reader.var_uint())}


def filler(known: dict[int, int]) -> bytes:
    """An update of so many forgotten changes of each client: for counting, never for a text."""
    parts = [var_uint(len(known))]
    for client in sorted(known, reverse=True):
        parts += (var_uint(1), var_uint(client), var_uint(0), b"\x00", var_uint(known[client]))
    return b"".join((*parts, b"\x00"))


def lacks(state_vector: bytes, other: bytes) -> dict[int, tuple[int, int]]:
    """Clients of whom the other knows more: how many changes are here, and there."""
    here = clocks(state_vector)
    return {
        client: (here.get(client, 0), clock) for client, clock in clocks(other).items() if here.get(client, 0) < clock
    }


def is_complete(update: bytes) -> bool:
    """Whether nothing in it waits for something that is not there."""
    return clocks(state_of(update)[0]) == clocks(pycrdt.get_state(update))


def state_of(update: bytes) -> tuple[bytes, bytes]:
    """What a document is that has taken this update: its state vector and all of it, deletions included."""
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    document.apply_update(update)
    return document.get_state(), document.get_update()
