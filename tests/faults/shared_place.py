"""Two servers on one real Redis, as a `ServerPlace`: one may die, and the other has to take over."""

import asyncio
from pathlib import Path

from tests.support.processes import SharingServer
from tests.support.redis_server import RedisServer

PROCESSES = 2


class SharedPlace:
    """See `place.ServerPlace`. New connections go to the servers in turn; `kill` and `stop` end one after the other."""

    def __init__(self, folder: Path) -> None:
        self._redis = RedisServer(folder / "redis")
        self._is_redis_up = False
        self._is_frozen = False
        self._servers: list[SharingServer] = []
        self._turns = 0

    @property
    def is_up(self) -> bool:
        return bool(self._servers)

    @property
    def is_whole(self) -> bool:
        return len(self._servers) == PROCESSES

    @property
    def address(self) -> tuple[str, int] | None:
        if not self._servers:
            return None
        self._turns += 1
        return "127.0.0.1", self._servers[self._turns % len(self._servers)].port

    async def start(self) -> None:
        if not self._is_redis_up:
            await self._redis.start()
            self._is_redis_up = True
        missing = PROCESSES - len(self._servers)
        if missing:
            # A server that starts must be able to ask.
            self.free()
        self._servers += await asyncio.gather(*(SharingServer.start(self._redis.url) for _ in range(missing)))

    async def kill(self) -> None:
        if self._servers:
            await self._servers.pop(0).kill()

    async def stop(self) -> None:
        if self._servers:
            self.free()
            await self._servers.pop(0).stop()

    def fill(self, *, full: bool) -> None:
        """Redis is there, and does not answer: what a full disk is to it."""
        if self._is_redis_up and not self._is_frozen:
            self._redis.freeze()
            self._is_frozen = True

    def free(self) -> None:
        if self._is_frozen:
            self._redis.thaw()
            self._is_frozen = False

    def jump(self, seconds: int) -> None:
        """All go by the clock of Redis, which is left alone."""

    async def restart_storage(self) -> None:
        self.free()
        await self._redis.kill()
        await self._redis.start()

    async def close(self) -> None:
        self.free()
        for server in self._servers:
            await server.kill()
        if self._is_redis_up:
            await self._redis.kill()
