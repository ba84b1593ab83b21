"""The server as a process: killed in the middle of typing, stopped politely, refused in words."""

import asyncio
import contextlib
import signal
import socket
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from sparring.live.connection import LinkState
from sparring_server.protocol import limits, names
from sparring_server.protocol.closing import CloseCode
from tests.support.partners import Room, in_focus, reveal, same_text, text_of
from tests.support.waiting import until


class ServerProcess:
    """A real `sparring-server`."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self.port = port

    @classmethod
    async def start(cls, storage: Path, port: int = 0, *more: str) -> "ServerProcess":
        process = await launch("--port", str(port), "--storage", f"sqlite:{storage}", *more)
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 20)
        return cls(process, int(line.rsplit(b":", 1)[1]))

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)


async def launch(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sparring_server", *arguments, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def refusal(*arguments: str) -> str:
    process = await launch(*arguments)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode != 0
    assert b"Traceback" not in errors
    return errors.decode()


async def test_killed_in_the_middle_of_typing_nothing_acknowledged_is_missing(tmp_path: Path) -> None:
    storage = tmp_path / "rooms.db"
    server = await ServerProcess.start(storage)
    room = Room(server.port)
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    for kill in range(3):
        mine = ana.session.round.mine
        for letter in range(200):
            ana.type(mine, f"{kill}:{letter} 🧮\n")
            ben.type(ben.session.round.notes, ".")
            if letter % 20 == 0:
                await asyncio.sleep(0)
        if kill == 1:
            await ana.has_saved()
        await server.kill()
        ana.type(mine, "typed while nobody served\n")
        for partner in (ana, ben):
            await until(
                lambda partner=partner: partner.session.link is LinkState.RECONNECTING, partner.session.link_changed
            )
        server = await ServerProcess.start(storage, server.port)
        back = asyncio.get_running_loop().time()
        await asyncio.gather(ana.is_online(), ben.is_online())
        # Not a benchmark: the promise is that nobody waits for a reconnect for longer than this.
        assert asyncio.get_running_loop().time() - back < 2.0
        await asyncio.gather(ana.has_saved(), ben.has_saved())
        assert ben.session.round.partners is not None
        text = await same_text([mine, ben.session.round.partners])
        assert text.count("typed while nobody served") == kill + 1
        assert text.count("\n") == 201 * (kill + 1)
    await room.close()
    # A newcomer with an empty disk gets the same from the server's storage alone.
    again = await ServerProcess.start(storage, 0) if await server.stop() == 0 else None
    assert again is not None
    assert await again.stop() == 0


async def test_an_acknowledged_change_survives_the_loss_of_both_apps_and_the_server(tmp_path: Path) -> None:
    storage = tmp_path / "rooms.db"
    server = await ServerProcess.start(storage)
    room = Room(server.port)
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    ana.type(ana.session.round.mine, "acknowledged")
    await ana.has_saved()
    seat = ben.session.seat
    await server.kill()
    await room.close()
    server = await ServerProcess.start(storage, server.port)
    back = Room(server.port)
    back.invite = room.invite
    late = back.enter("Ben", seat=seat)
    await late.sees(lambda view: view.revealed, "the room as it was")
    assert late.session.round is not None
    theirs = late.session.round.partners
    assert theirs is not None
    await until(lambda: "acknowledged" in str(text_of(theirs)), theirs.updated)
    await back.close()
    await server.stop()


async def test_it_ends_cleanly_and_tells_clients_to_come_back(tmp_path: Path) -> None:
    server = await ServerProcess.start(tmp_path / "rooms.db")
    async with connect(f"ws://127.0.0.1:{server.port}/rooms/{names.new_id()}", proxy=None) as socket_:
        assert await server.stop() == 0
        with pytest.raises(ConnectionClosed):
            await socket_.recv()
        assert socket_.close_code == CloseCode.GOING_AWAY


async def test_a_hosted_server_ends_with_its_app(tmp_path: Path) -> None:
    server = await ServerProcess.start(tmp_path / "rooms.db", 0, "--stop-with-stdin")
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert await asyncio.wait_for(server.process.wait(), 20) == 0


async def test_a_port_in_use_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "Cannot listen on 127.0.0.1" in await refusal("--port", port, "--storage", "memory:")


async def test_compressed_time_is_refused_outside_of_tests() -> None:
    assert "real time" in await refusal("--clock-rate", "60", "--storage", "memory:")


async def test_rooms_that_cannot_be_written_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be used" in await refusal("--storage", f"sqlite:{tmp_path}/file/rooms.db")
    (tmp_path / "rooms.db").write_bytes(b"no database" * 100)
    assert "cannot be used" in await refusal("--storage", f"sqlite:{tmp_path}/rooms.db", "--port", "0")
    assert "is no storage" in await refusal("--storage", "tape:")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", CloseCode.MALFORMED),
        (b"", CloseCode.MALFORMED),
        (b"\x07session\x63", CloseCode.MALFORMED),
        ("text", CloseCode.MALFORMED),
        (b"\x07session\x00\x00\x01\x00", CloseCode.UNAUTHORIZED),
        (b"x" * (limits.MAX_FRAME_BYTES + 1_000), CloseCode.TOO_BIG),
    ],
)
async def test_malformed_frames_close_that_connection_only(tmp_path: Path, message: str | bytes, code: int) -> None:
    server = await ServerProcess.start(tmp_path / "rooms.db")
    url = f"ws://127.0.0.1:{server.port}/rooms/{names.new_id()}"
    async with connect(url, proxy=None) as bad, connect(url, proxy=None) as good:
        with contextlib.suppress(ConnectionClosed):
            await bad.send(message)
        with pytest.raises(ConnectionClosed):
            await bad.recv()
        assert bad.close_code == code
        assert bad.close_reason or code == CloseCode.TOO_BIG
        await good.send(b"\x09")
        assert await good.recv() == b"\x0a"
    assert await server.stop() == 0
