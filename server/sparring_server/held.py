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

LONGEST_WAIT_SECONDS = 0.1
"""How long one waits that may: where an update is stored as soon as it is logged, nobody waits to hear it."""
TOGETHER_SECONDS = 0.02
"""Those whose time is up within this go at once: each waking of the loop costs as much as several of them."""
RELEASED_IN_A_TURN = 16
"""A fraction of a millisecond's work."""


class Holder(Protocol):
    """A connection that holds frames back."""

    held: list[bytes]
    """Another list once these are out."""

    def release(self) -> None:
        """Send them now."""


class Held:
    """Who holds something back, until it is time."""

    __slots__ = ("_due", "_waiting")

    def __init__(self) -> None:
        self._waiting: deque[tuple[float, Holder, list[bytes]]] = deque()
        self._due: deque[tuple[Holder, list[bytes]]] = deque()

    def add(self, holder: Holder, *, may_wait: bool) -> None:
        """This one holds something, for a turn of the loop or for `LONGEST_WAIT_SECONDS`."""
        if not may_wait:
            self._is_due([(holder, holder.held)])
            return
        loop = asyncio.get_running_loop()
        due = loop.time() + LONGEST_WAIT_SECONDS
        if not self._waiting:
            loop.call_at(due, self._waited)
        self._waiting.append((due, holder, holder.held))

    def release_all(self) -> None:
        """Send everything now: there will be no later."""
        while self._waiting or self._due:
            holder, held = self._due.popleft() if self._due else self._waiting.popleft()[1:]
            if holder.held is held:
                holder.release()

    def _waited(self) -> None:
        loop, waiting = asyncio.get_running_loop(), self._waiting
        now = loop.time() + TOGETHER_SECONDS
        ready: list[tuple[Holder, list[bytes]]] = []
        while waiting and waiting[0][0] <= now:
            _, holder, held = waiting.popleft()
            if holder.held is held:
                ready.append((holder, held))
        if ready:
            self._is_due(ready)
        if waiting:
            loop.call_at(waiting[0][0], self._waited)

    def _is_due(self, held: Iterable[tuple[Holder, list[bytes]]]) -> None:
        if not self._due:
            asyncio.get_running_loop().call_soon(self._release)
        self._due.extend(held)

    def _release(self) -> None:
        for _ in range(min(len(self._due), RELEASED_IN_A_TURN)):
            holder, held = self._due.popleft()
            if holder.held is held:
                holder.release()
        if self._due:
            asyncio.get_running_loop().call_soon(self._release)
