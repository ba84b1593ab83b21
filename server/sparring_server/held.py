"""Acknowledgements that wait for company.

Where an update is stored as soon as it is logged, its acknowledgement would be a second write to the network, a second
waking of whoever typed, and the dearest part of a keystroke. Nobody waits for it. So it goes out with the next frame to
the same client; or else, with those of all other clients, when the oldest has waited for `GATHER_SECONDS`.
"""

import asyncio
from typing import Protocol

GATHER_SECONDS = 0.02
"""As long as updates gather for a disk."""


class Holder(Protocol):
    """A connection that holds frames back."""

    def release(self) -> None:
        """Send them now, if they are not out yet."""


class Held:
    """Who holds something back, until it is time."""

    __slots__ = ("_holders",)

    def __init__(self) -> None:
        self._holders: list[Holder] = []

    def add(self, holder: Holder) -> None:
        """This one holds something, since now."""
        if not self._holders:
            asyncio.get_running_loop().call_later(GATHER_SECONDS, self._release)
        self._holders.append(holder)

    def _release(self) -> None:
        holders, self._holders = self._holders, []
        for holder in holders:
            holder.release()
