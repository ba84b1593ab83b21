"""A connection to Redis that comes back by itself."""

import asyncio
import contextlib
import logging
import random
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable

from sparring_server.storage.base import StorageError
from sparring_server.storage.shared.address import RedisAddress
from sparring_server.storage.shared.scripts import ALL, Script
from sparring_server.storage.shared.wire import Argument, Reply, ReplyError, Wire, pack

log = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
"""A Redis that says nothing at all for so long is as good as gone: the connection is cut and made again."""
CHECK_SECONDS = 1.0
"""How often that is looked at."""
RETRY_SECONDS = (0.05, 2.0)
"""Between two tries to connect: at first, and at most. Shortened at random, so that processes do not come in step."""


class Link(ABC):
    """Connects, and connects again whenever it is lost, until it is closed."""

    def __init__(self, address: RedisAddress) -> None:
        self._address = address
        self._wire: Wire | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()
        self._is_closing = False
        self.is_up = False
        """Connected, and ready for use."""

    async def open(self) -> None:
        """Connect for the first time. Raises `StorageError`."""
        await self._connect()
        self._keeper = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Send what is queued, and end."""
        self._is_closing = True
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
            self._keeper = None
        if self._wire is not None:
            self._wire.close()
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._lost.wait()
            except TimeoutError:
                self.cut()

    def cut(self) -> None:
        """Give this connection up and make another."""
        if self._wire is not None:
            self._wire.abort()

    async def _connect(self) -> None:
        self._lost.clear()
        self._wire = await Wire.connect(self._address, self._take, self._forget)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._greet()
        except (ReplyError, TimeoutError) as error:
            self.cut()
            raise StorageError(f"Redis at {self._address} cannot be used: {error or 'it does not answer'}.") from error
        if self._wire is None:
            raise StorageError(f"Redis at {self._address} hung up.")
        self.is_up = True

    async def _keep(self) -> None:
        # Not by cancellation alone: `asyncio.wait_for` of Python 3.11, in redis-py, can swallow it while it connects.
        while not self._is_closing:
            await self._watch()
            pause, longest = RETRY_SECONDS
            while not self._is_closing:
                try:
                    await self._connect()
                    break
                except Exception as error:
                    if isinstance(error, StorageError):
                        log.debug("%s", error)
                    else:
                        # Whatever it is: a server that stops trying would be lost for good.
                        log.exception("a fault while connecting to Redis at %s", self._address)
                    await asyncio.sleep(pause * random.uniform(0.5, 1.0))
                    pause = min(pause * 2, longest)
            if self._is_closing:
                return
            log.info("connected to Redis at %s again", self._address)
            try:
                self._came_back()
            except Exception:
                log.exception("a fault after connecting to Redis at %s", self._address)

    async def _watch(self) -> None:
        """Return once the connection is lost."""
        while True:
            try:
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._lost.wait()
                return
            except TimeoutError:
                self._check()

    def _forget(self, wire: Wire) -> None:
        if wire is not self._wire:
            return
        if self.is_up and self._keeper is not None:
            log.error("lost the connection to Redis at %s", self._address)
        self.is_up = False
        self._wire = None
        self._lost.set()
        self._went_away()

    @abstractmethod
    async def _greet(self) -> None:
        """What is said first on a new connection. May raise `ReplyError`."""

    @abstractmethod
    def _check(self) -> None:
        """Cut the connection if Redis has been silent for too long."""

    @abstractmethod
    def _take(self, reply: Reply) -> None:
        """Redis said this."""

    @abstractmethod
    def _went_away(self) -> None:
        """The connection is lost."""

    @abstractmethod
    def _came_back(self) -> None:
        """The connection is made again."""


LOST = ReplyError("LOST the connection to Redis was lost before it answered")


class CommandLink(Link):
    """Commands, pipelined: each is sent at once, and the answers come in the same order."""

    def __init__(self, address: RedisAddress, on_up: Callable[[], None], on_down: Callable[[], None]) -> None:
        super().__init__(address)
        self._waiting: deque[Callable[[Reply], None]] = deque()
        self._heard_at = 0.0
        self._on_up = on_up
        self._on_down = on_down

    def send(self, command: bytes, answered: Callable[[Reply], None]) -> None:
        """Send a packed command; `answered` gets Redis's answer, or a `ReplyError` that begins with `LOST`."""
        if self._wire is None:
            answered(LOST)
            return
        if not self._waiting:
            self._heard_at = asyncio.get_running_loop().time()
        self._waiting.append(answered)
        self._wire.send(command)

    @property
    def unsent_bytes(self) -> int:
        """What the operating system did not take yet."""
        return self._wire.unsent_bytes if self._wire is not None else 0

    def ask(self, *arguments: Argument) -> "asyncio.Future[Reply]":
        """Send a command; the future never fails, an error is its result."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

        def answered(reply: Reply) -> None:
            if not future.done():
                future.set_result(reply)

        self.send(pack(*arguments), answered)
        return future

    async def call(self, *arguments: Argument) -> Reply:
        """Send a command and wait for the answer. Raises `ReplyError`, also if the connection is lost meanwhile."""
        reply = await self.ask(*arguments)
        if isinstance(reply, ReplyError):
            raise reply
        return reply

    async def run(self, script: Script, keys: list[str], *arguments: Argument) -> Reply:
        """Run a script. Raises `ReplyError`."""
        try:
            return await self.call("EVALSHA", script.sha, len(keys), *keys, *arguments)
        except ReplyError as error:
            if error.code != "NOSCRIPT":
                raise
        # Somebody emptied Redis's store of scripts.
        await self.load_scripts()
        return await self.call("EVALSHA", script.sha, len(keys), *keys, *arguments)

    async def load_scripts(self) -> None:
        """Make the scripts known. Raises `ReplyError`."""
        for script in ALL:
            await self.call("SCRIPT", "LOAD", script.body)

    async def _greet(self) -> None:
        # All in one go, so that nothing else gets before them.
        for loading in [self.ask("SCRIPT", "LOAD", script.body) for script in ALL]:
            reply = await loading
            if isinstance(reply, ReplyError):
                raise reply

    def _check(self) -> None:
        if self._waiting and asyncio.get_running_loop().time() - self._heard_at > ANSWER_SECONDS:
            self.cut()

    def _take(self, reply: Reply) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        self._waiting.popleft()(reply)

    def _went_away(self) -> None:
        waiting, self._waiting = self._waiting, deque()
        for answered in waiting:
            answered(LOST)
        self._on_down()

    def _came_back(self) -> None:
        self._on_up()
