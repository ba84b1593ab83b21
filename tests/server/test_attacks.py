"""Attacks on the wire that no other test tries; docs/security.md names them all."""

import asyncio
import logging
import os

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway, make_server
from sparring_server.protocol import frames, limits, names
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.token import Credentials, Denial, encode_token

DOCUMENT = names.walkthrough_document(1)


def credentials() -> Credentials:
    return Credentials(secret=names.new_secret(), member=names.new_id(), key=names.new_secret(), open=True)


def room_of(server: Gateway, room: str = "") -> str:
    return f"{server.address}/rooms/{room or names.new_id()}"


async def show(socket: ClientConnection, who: Credentials, document: str = DOCUMENT) -> frames.Frame:
    """What a token is answered with."""
    await socket.send(frames.encode(frames.Token(document, encode_token(who))))
    while True:
        answer = frames.decode(await socket.recv(decode=False))
        if isinstance(answer, frames.Authenticated | frames.PermissionDenied):
            return answer


async def code_of(socket: ClientConnection) -> int | None:
    await asyncio.wait_for(socket.wait_closed(), 20)
    return socket.close_code


async def test_a_token_opens_no_other_room() -> None:
    async with make_server(ServerConfig(port=0)) as server:
        ana, ben = credentials(), credentials()
        async with (
            connect(room_of(server), proxy=None) as one,
            connect(room := room_of(server), proxy=None) as other,
            connect(room, proxy=None) as again,
        ):
            assert isinstance(await show(one, ana), frames.Authenticated)
            assert isinstance(await show(other, ben), frames.Authenticated)
            assert await show(again, ana) == frames.PermissionDenied(DOCUMENT, Denial.WRONG_SECRET)


async def test_who_sends_a_request_letter_by_letter_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNAUTHENTICATED_SECONDS", 0.3)
    async with make_server(ServerConfig(port=0)) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /rooms/")
        assert await asyncio.wait_for(reader.read(), 20) == b""
        writer.close()
        # The same for one who has a websocket, and sends its token byte by byte.
        async with connect(room_of(server), proxy=None) as socket:
            assert await code_of(socket) == CloseCode.UNAUTHORIZED


async def test_nothing_compressed_is_taken() -> None:
    async with (
        make_server(ServerConfig(port=0)) as server,
        connect(room_of(server), proxy=None, compression="deflate") as socket,
    ):
        assert socket.response is not None
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
        # A frame that says that it is compressed, to one who never agreed to that.
        socket.transport.write(bytes((0b1100_0010, 0x80 | 4)) + bytes(8))
        assert await code_of(socket) == CloseCode.MALFORMED


async def test_garbage_of_strangers_is_no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with make_server(ServerConfig(port=0)) as server:
        # Opcodes that do not exist, a frame without a mask, a ping of a kilobyte.
        for garbage in (b"\x83\x80" + bytes(4), b"\x82\x04" + bytes(4), b"\x89\xfe\x04\x00" + bytes(1_028)):
            async with connect(room_of(server), proxy=None) as socket:
                socket.transport.write(garbage)
                assert await code_of(socket) in (1002, 1009, CloseCode.MALFORMED)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_message_beyond_the_bound_is_not_read_to_its_end() -> None:
    async with make_server(ServerConfig(port=0)) as server, connect(room_of(server), proxy=None) as socket:
        assert isinstance(await show(socket, credentials()), frames.Authenticated)
        # Its head promises a gigabyte.
        socket.transport.write(bytes((0x82, 0x80 | 127)) + (1 << 30).to_bytes(8, "big") + bytes(4))
        assert await code_of(socket) in (1009, 1002, 1006)


async def test_a_document_does_not_grow_beyond_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    import pycrdt

    monkeypatch.setattr(limits, "MAX_DOCUMENT_BYTES", 10_000)
    async with make_server(ServerConfig(port=0)) as server, connect(room_of(server), proxy=None) as socket:
        assert isinstance(await show(socket, credentials()), frames.Authenticated)
        doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        doc.get("content", type=pycrdt.Text).insert(0, os.urandom(6_000).hex())
        await socket.send(frames.encode(frames.SyncUpdate(DOCUMENT, doc.get_update())))
        assert await code_of(socket) == CloseCode.LIMIT


async def test_a_room_does_not_grow_beyond_its_bound_by_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    import pycrdt

    monkeypatch.setattr(limits, "MAX_ROOM_BYTES", 10_000)
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    doc.get("content", type=pycrdt.Text).insert(0, os.urandom(2_000).hex())
    mallory = credentials()
    async with make_server(ServerConfig(port=0)) as server, connect(room_of(server), proxy=None) as socket:
        for number in range(1, 4):
            name = f"pad/{number}"
            assert isinstance(await show(socket, mallory, name), frames.Authenticated)
            await socket.send(frames.encode(frames.SyncUpdate(name, doc.get_update())))
        assert await code_of(socket) == CloseCode.LIMIT


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/../../etc/passwd",
        "/rooms/%2e%2e%2fsecret",
        "/rooms/a",
        "/rooms/" + "a" * 65,
        "/rooms/",
        "//",
        "/rooms/ok;id",
    ],
)
async def test_paths_lead_to_rooms_or_nowhere(path: str) -> None:
    async with make_server(ServerConfig(port=0)) as server:
        with pytest.raises(InvalidStatus) as caught:
            await connect(server.address + path, proxy=None).__aenter__()
        assert caught.value.response.status_code == 404


@pytest.mark.parametrize(
    "name", ["../session", "editor/1/../../x", "pad/1/..", "session\n", "pad/1\x00/../x/", "PAD/1"]
)
async def test_names_lead_to_documents_or_nowhere(name: str) -> None:
    async with make_server(ServerConfig(port=0)) as server, connect(room_of(server), proxy=None) as socket:
        answer = await show(socket, credentials(), name)
        # What follows a zero is a provider's own mark, which is echoed and leads nowhere.
        assert isinstance(answer, frames.Authenticated if "\x00" in name else frames.PermissionDenied)
        if isinstance(answer, frames.PermissionDenied):
            assert answer.reason == Denial.NO_SUCH_DOCUMENT
