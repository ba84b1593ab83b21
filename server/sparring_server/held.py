"""Acknowledgements, which wait for company.

To write to the network and to wake whoever reads is the dearest part of a keystroke, and an acknowledgement is no
keystroke: it may go out with the next frame to the same client, which is often the partner's next key. If there is none
before long it goes by itself, but few in one turn of the event loop, so that keystrokes go between those of a whole
commit.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Protocol

LONGEST_WAIT_SECONDS = 0.2
"""How long one waits that may: where an update is stored as soon as it is logged, nobody waits to hear it."""
RELEASED_IN_A_TURN = 16
"""A fraction of a millisecond's work."""


class Holder(Protocol):
    """A connection that holds frames back."""

    held: list[bytes]
    """Another list once these are out."""

    def release(self) -> None:
        """Send them now."""


_Entry = tuple[Holder, list[bytes]]


class Held:
    """Who holds something back, until it is time."""

    __slots__ = ("_due", "_is_ticking", "_older", "_younger")

    def __init__(self) -> None:
        # Two generations instead of a time for each: one waits for half of the longest wait at least.
        self._younger: list[_Entry] = []
        self._older: list[_Entry] = []
        self._is_ticking = False
        self._due: deque[_Entry] = deque()

    def soon(self, holder: Holder) -> None:
        """This one holds something, for a turn of the loop."""
        self._is_due(((holder, holder.held),))

    def wait(self, holder: Holder, held: list[bytes]) -> None:
        """This one holds this, for `LONGEST_WAIT_SECONDS` at most."""
        self._younger.append((holder, held))
        if not self._is_ticking:
            self._is_ticking = True
            self._tick()

    def release_all(self) -> None:
        """Send everything now: there will be no later."""
        for holder, held in (*self._due, *self._older, *self._younger):
            if holder.held is held:
                holder.release()
        self._due.clear()
        self._older, self._younger = [], []

    def _tick(self) -> None:
        asyncio.get_running_loop().call_later(LONGEST_WAIT_SECONDS / 2, self._grow_older)

    def _grow_older(self) -> None:
        ready = [entry for entry in self._older if entry[0].held is entry[1]]
        self._older, self._younger = self._younger, []
        if ready:
            self._is_due(ready)
        self._is_ticking = bool(self._older)
        if self._is_ticking:
            self._tick()

    def _is_due(self, entries: Iterable[_Entry]) -> None:
        if not self._due:
            asyncio.get_running_loop().call_soon(self._release)
        self._due.extend(entries)

    def _release(self) -> None:
        try:
            for _ in range(min(len(self._due), RELEASED_IN_A_TURN)):
                holder, held = self._due.popleft()
                if holder.held is held:
                    holder.release()
        finally:
            # Whatever is wrong with one of them, the others are not to wait for ever.
            if self._due:
                asyncio.get_running_loop().call_soon(self._release)
