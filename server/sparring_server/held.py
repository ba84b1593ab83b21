"""Acknowledgements, which wait for company.

To write to the network and to wake whoever reads is the dearest part of a keystroke, and an acknowledgement is no
keystroke: it may go out with the next frame to the same client. If there is none before long it goes by itself, but few
in one turn of the event loop, so that keystrokes go between those of a whole commit.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Protocol

GATHER_SECONDS = 0.05
"""How long those wait that may: as long as presence gathers."""
RELEASED_IN_A_TURN = 16
"""A fraction of a millisecond's work."""


class Holder(Protocol):
    """A connection that holds frames back."""

    def release(self) -> None:
        """Send them now, if they are not out yet."""


class Held:
    """Who holds something back, until it is time."""

    __slots__ = ("_due", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Holder] = []
        self._due: deque[Holder] = deque()

    def add(self, holder: Holder, *, may_wait: bool) -> None:
        """This one holds something, for a turn of the loop or for `GATHER_SECONDS`."""
        if not may_wait:
            self._is_due((holder,))
            return
        if not self._waiting:
            asyncio.get_running_loop().call_later(GATHER_SECONDS, self._waited)
        self._waiting.append(holder)

    def _waited(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._is_due(waiting)

    def _is_due(self, holders: Iterable[Holder]) -> None:
        if not self._due:
            asyncio.get_running_loop().call_soon(self._release)
        self._due.extend(holders)

    def _release(self) -> None:
        for _ in range(min(len(self._due), RELEASED_IN_A_TURN)):
            self._due.popleft().release()
        if self._due:
            asyncio.get_running_loop().call_soon(self._release)
