"""One hosted session, seen from the network: ways are looked for, a port is kept open, and all is closed at the end."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

from sparring.meeting.reach import Hosted, Report, Search


class Hosting:
    """Runs in the meeting's loop from the session's beginning to its end."""

    def __init__(self, hosted: Hosted, tell: Callable[[Report], object]) -> None:
        self._hosted, self._tell = hosted, tell
        self._ended = asyncio.Event()
        self._enough = asyncio.Event()

    async def run(self) -> None:
        """Look for ways, then keep them, until `end`. The router is asked to close the port whatever happens."""
        search = Search(self._hosted, self._tell)
        try:
            await self._look(search)
            if search.mapping is not None and not self._ended.is_set():
                await self._until_ended(search.mapping.renew_for_good())
            else:
                await self._ended.wait()
        finally:
            if search.mapping is not None:
                await asyncio.shield(search.mapping.remove())

    async def _look(self, search: Search) -> None:
        looking = asyncio.create_task(search.run())
        enough = asyncio.create_task(self._enough.wait())
        try:
            await asyncio.wait((looking, enough), return_when=asyncio.FIRST_COMPLETED)
        finally:
            enough.cancel()
            is_cut = looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await looking
        if is_cut and not self._ended.is_set():
            search.finish()

    async def _until_ended(self, keeping: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(keeping)
        try:
            await self._ended.wait()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def stop_looking(self) -> None:
        """What was found so far is enough."""
        self._enough.set()

    def end(self) -> None:
        """The session is over."""
        self._ended.set()
        self._enough.set()
