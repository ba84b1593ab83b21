"""Real `sparring-server` processes on one storage, and a balancer that leads clients past a dead one."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE_SECONDS = 20.0


class SharingServer:
    """One of several servers."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.port = port
        self._process = process
        self._said = b""
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, storage: str, *more: str) -> "SharingServer":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sparring_server", "--port", "0", "--storage", storage, *more,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)
        assert line, (await process.stderr.read()).decode()
        return cls(process, int(line.rsplit(b":", 1)[1]))

    async def _read(self) -> None:
        assert self._process.stderr is not None
        while some := await self._process.stderr.read(65_536):
            self._said += some

    @property
    def log(self) -> str:
        return self._said.decode()

    async def figure(self, name: str) -> float:
        """One of those at /metrics."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: sparring\r\nConnection: close\r\n\r\n")
        words = (await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)).decode()
        writer.close()
        return next(float(line.split()[-1]) for line in words.splitlines() if line.startswith(name + " "))

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end, which it must do without a word of a traceback."""
        await self._end(signal.SIGTERM)
        assert self._process.returncode == 0, self.log
        assert "Traceback" not in self.log, self.log

    async def _end(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(number)
        await asyncio.wait_for(self._process.wait(), PATIENCE_SECONDS)
        await self._reading


@asynccontextmanager
async def sharing_servers(storage: str, count: int, *more: str) -> AsyncIterator[list[SharingServer]]:
    """So many servers on the same storage; what still runs afterwards is ended politely."""
    servers = await asyncio.gather(*(SharingServer.start(storage, *more) for _ in range(count)))
    try:
        yield servers
    except BaseException:
        for server in servers:
            with contextlib.suppress(ProcessLookupError):
                await server.kill()
            sys.stderr.write(server.log)
        raise
    for server in servers:
        if server._process.returncode is None:
            await server.stop()


class Balancer:
    """Passes connections on to the first of its servers that answers."""

    def __init__(self, *ports: int) -> None:
        self.ports = list(ports)
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Balancer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        for port in self.ports:
            try:
                there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(_pass_on(reader, there_writer))
                    group.create_task(_pass_on(there_reader, writer))
            finally:
                there_writer.transport.abort()
                writer.transport.abort()
            return
        writer.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    # Whichever side ended: the other one hears of it.
    writer.close()
