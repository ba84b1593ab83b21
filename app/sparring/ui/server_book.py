"""The remembered servers behind the settings: what is typed is kept, tested and forgotten, and all of it is told."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from sparring.meeting.probe import WORDS, Answer
from sparring.meeting.servers import BadServer, Server, Servers, ServersError, parse_server
from sparring.ui.meeting import Meeting
from sparring.ui.screens.server_list import ServerList, ServerRow, ServersState

TRYING = "Trying…"


class ServerBook(QObject):
    """See the module. Files are written in a thread; one change after the other, so that none is lost."""

    changed = Signal()
    """What there is, or what is known of it, is different now."""
    removed = Signal(object)
    """A `Server` was forgotten; `add` brings it back."""

    def __init__(self, servers: Servers, meeting: Meeting, do: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        super().__init__(meeting)
        self._servers, self._meeting, self._do = servers, meeting, do
        self._words: dict[str, tuple[str, bool]] = {}
        self._error = servers.notice
        self._added = 0
        self._lock = asyncio.Lock()

    @property
    def default(self) -> Server | None:
        """Where Start session opens its rooms; None: in this app."""
        return self._servers.default

    @property
    def state(self) -> ServersState:
        rows = tuple(
            ServerRow(one.address, bool(one.access_key), *self._words.get(one.address, ("", False)))
            for one in self._servers.all
        )
        default = self._servers.default
        return ServersState(rows, default.address if default else "", self._error, self._added)

    def serve(self, shown: ServerList) -> None:
        """Do what is asked for in this list."""
        shown.chosen.connect(self.choose)
        shown.test_requested.connect(self.test)
        shown.remove_requested.connect(self.remove)
        shown.add_requested.connect(self.add_typed)

    def add_typed(self, address: str, access_key: str) -> None:
        try:
            server = parse_server(address, access_key)
        except BadServer as error:
            self._error = str(error)
            self.changed.emit()
            return
        self.add(server, is_typed=True)

    def add(self, server: Server, *, is_typed: bool = False) -> None:
        """Remember a server, and see whether it answers."""

        def done() -> None:
            self._added += is_typed
            self.test(server.address)

        self._change(lambda: self._servers.add(server), done)

    def remove(self, address: str) -> None:
        gone = self._servers.find(address)
        if gone is not None:
            self._change(lambda: self._servers.remove(address), lambda: self.removed.emit(gone))

    def choose(self, address: str) -> None:
        self._change(lambda: self._servers.choose(address))

    def test(self, address: str) -> None:
        """Knock there; the answer is shown beside it."""
        server = self._servers.find(address)
        if server is None:
            return

        async def work() -> None:
            self._words[address] = (TRYING, False)
            self.changed.emit()
            answer = await self._meeting.ask(server.place)
            self._words[address] = (WORDS[answer], answer is Answer.SPARRING)
            self.changed.emit()

        self._do(work())

    def _change(self, act: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        async def work() -> None:
            async with self._lock:
                try:
                    await asyncio.to_thread(act)
                except (BadServer, ServersError) as error:
                    self._error = str(error)
                else:
                    self._error = ""
                    then()
                self.changed.emit()

        self._do(work())
