"""A real Redis for one test: its own folder, a free port, every write on the disk before it is answered."""

import asyncio
import re
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

PATIENCE_SECONDS = 20.0
_NEEDED = 7


class RedisServer:
    """`redis-server`, which can be killed, stopped, frozen and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    async def start(self, *more: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            "redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder), "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", *more,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        output = self._process.stdout
        assert output is not None
        said = b""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while b"Ready to accept connections" not in said:
                line = await output.readline()
                assert line, f"redis-server ended: {said.decode()}"
                said += line
        self._reading = asyncio.create_task(_drain(output))

    async def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(number)
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)
        if self._reading is not None:
            await self._reading

    async def kill(self) -> None:
        """As if the power went."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """It is there, and does not answer."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


async def _drain(output: asyncio.StreamReader) -> None:
    while await output.read(65_536):
        pass


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


async def skip_without_redis() -> None:
    """Skip the test, with the reason, where Redis cannot be had."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server (scripts/setup test installs it on Debian)")
    asking = await asyncio.create_subprocess_exec("redis-server", "--version", stdout=asyncio.subprocess.PIPE)
    words, _ = await asking.communicate()
    version = re.search(rb"v=(\d+)", words)
    if version is None or int(version[1]) < _NEEDED:
        pytest.skip(f"needs redis-server {_NEEDED}, and found: {words.decode().strip()}")


@asynccontextmanager
async def running_redis(folder: Path) -> AsyncIterator[RedisServer]:
    """A Redis that is gone afterwards. Skips the test where there is none."""
    await skip_without_redis()
    server = RedisServer(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()
