"""What a server sends, in whatever pieces, and what becomes of a socket on which something goes wrong."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from sparring.live.connection import Connection, LinkState
from sparring_server.protocol import frames
from tests.support.waiting import until

FRAME = frames.SyncUpdate("session", bytes(range(200)))


@asynccontextmanager
async def conversation(
    say: Callable[[ServerConnection], Awaitable[None]],
) -> AsyncIterator[tuple[Connection, list[Any], list[int]]]:
    """A connection to a server that says something to each client that spoke; what is heard; how sockets ended."""
    ends: list[int] = []

    async def serve_one(socket: ServerConnection) -> None:
        await socket.recv()
        await say(socket)
        await socket.wait_closed()
        ends.append(socket.close_code or 0)

    async with serve(serve_one, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        connection = Connection(f"ws://127.0.0.1:{port}/rooms/room")
        connection.opened.connect(lambda: connection.send(frames.PONG))
        heard: list[Any] = []
        connection.received.connect(heard.append)
        connection.start()
        try:
            yield connection, heard, ends
        finally:
            await connection.close()


async def test_a_message_in_pieces_is_one_message() -> None:
    data = frames.encode(FRAME)

    async def say(socket: ServerConnection) -> None:
        await socket.send([data[:1], data[1:70], b"", data[70:]])
        await socket.send(data)

    async with conversation(say) as (connection, heard, _):
        await until(lambda: len(heard) == 2, connection.received, what="both messages")
        assert heard == [FRAME, FRAME]


@pytest.mark.parametrize("message", ["text", b"\xff\xff\xff"])
async def test_what_cannot_be_read_ends_the_socket_and_nothing_after_it_counts(message: str | bytes) -> None:
    async def say(socket: ServerConnection) -> None:
        if not ends_seen:
            await socket.send(message)
        await socket.send(frames.encode(FRAME))

    async with conversation(say) as (connection, heard, ends_seen):
        await until(lambda: heard, connection.received, connection.state_changed, what="a message after coming back")
        assert ends_seen == [1002]
        assert heard == [FRAME]


async def test_a_fault_while_a_message_is_taken_is_told_and_a_new_connection_brings_it_again() -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    async def say(socket: ServerConnection) -> None:
        await socket.send(frames.encode(FRAME))

    async with conversation(say) as (connection, heard, ends):

        def fail_once(_: object) -> None:
            if len(heard) == 1:
                raise RuntimeError("a fault of this app")

        connection.received.connect(fail_once)
        await until(lambda: len(heard) == 2, connection.received, what="the message again")
        assert connection.state is LinkState.ONLINE
        assert ends == [1011]
    assert len(told) == 1
