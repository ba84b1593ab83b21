"""The time from one seat's update to the other seat, and to its durable acknowledgement."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Figure, percentile
from sparring_server.protocol import frames, names
from sparring_server.protocol.token import Credentials, encode_token

UPDATES = 1_000
WARM_UP = 100
DOCUMENT = names.walkthrough_document(1)


@asynccontextmanager
async def running(*arguments: str) -> AsyncIterator[str]:
    """A child process that says where it listens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        yield line.split()[-1]
    finally:
        process.terminate()
        await process.wait()


def updates() -> list[bytes]:
    """Typing, as Yjs updates of about 25 bytes."""
    import pycrdt

    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    text = doc.get("content", type=pycrdt.Text)
    made: list[bytes] = []
    watch = doc.observe(lambda event: made.append(event.update))
    for number in range(UPDATES):
        text.insert(number, "x")
    del watch
    return made


async def next_of(socket: ClientConnection, kind: type[frames.Frame]) -> None:
    while True:
        message = await socket.recv()
        assert isinstance(message, bytes)
        if isinstance(frames.decode(message), kind):
            return


async def enter(socket: ClientConnection, token: str) -> None:
    await socket.send(frames.encode(frames.Token(DOCUMENT, token)))
    await next_of(socket, frames.Authenticated)


async def measure(address: str, *, with_room: bool) -> dict[str, list[float]]:
    """Milliseconds to the other seat and, in a room, to the acknowledgement, update by update."""
    url = f"{address}/rooms/{names.new_id()}"
    secret = names.new_secret()
    tokens = [
        encode_token(Credentials(secret=secret, member=names.new_id(), key=names.new_secret(), open=True))
        for _ in range(2)
    ]
    times: dict[str, list[float]] = {"partner": [], "acknowledgement": []}
    async with connect(url, compression=None, proxy=None) as one, connect(url, compression=None, proxy=None) as other:
        if with_room:
            for socket, token in zip((one, other), tokens, strict=True):
                await enter(socket, token)
        for update in updates():
            begin = time.perf_counter()
            await one.send(frames.encode(frames.SyncUpdate(DOCUMENT, update)))
            await next_of(other, frames.SyncUpdate)
            times["partner"].append((time.perf_counter() - begin) * 1000)
            if with_room:
                await next_of(one, frames.SyncStatus)
                times["acknowledgement"].append((time.perf_counter() - begin) * 1000)
    return {name: values[WARM_UP:] for name, values in times.items() if values}


async def _measure_all() -> list[Figure]:
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        plans = (
            ("bare relay", ("bench.relay",), False),
            ("memory", ("sparring_server", "--port", "0", "--storage", "memory:"), True),
            ("sqlite", ("sparring_server", "--port", "0", "--storage", f"sqlite:{folder}/rooms.db"), True),
        )
        floor: dict[int, float] = {}
        for name, arguments, with_room in plans:
            async with running(*arguments) as address:
                measured = await measure(address, with_room=with_room)
            for figure, values in measured.items():
                for part in (50, 99):
                    value = percentile(values, part)
                    if not with_room:
                        floor[part] = value
                    # An acknowledgement of memory promises nothing, and waits for company on purpose.
                    is_durable = figure == "acknowledgement" and name == "sqlite"
                    goal = 60.0 if is_durable and part == 99 else None
                    against = f"{value / floor[part]:.1f} x bare relay"
                    rows.append(Figure("server", f"update to {figure}, p{part}, {name}", value, "ms", against, goal))
    return rows


def run() -> list[Figure]:
    """The rows of the area "server"."""
    return asyncio.run(_measure_all())
