"""What those who run a server see of it: its pages, its log, and how it goes."""

import asyncio
import json
import logging
import signal
import time
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from sparring.live.connection import LinkState
from sparring_server import logs
from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway, make_server
from sparring_server.protocol import names
from sparring_server.protocol.closing import CloseCode
from tests.server.test_process import ServerProcess
from tests.support.partners import Room, in_focus, reveal
from tests.support.waiting import until


async def page(port: int, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    """Status, headers and body of a page, asked for by a plain HTTP client."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    answer = (await asyncio.wait_for(reader.read(), 10)).decode()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def metric(body: str, name: str) -> float:
    return next(float(line.split()[1]) for line in body.splitlines() if line.startswith(f"{name} "))


async def test_a_server_says_that_it_lives_and_takes_people() -> None:
    async with make_server(ServerConfig(port=0)) as server:
        assert (await page(server.port, "/healthz"))[::2] == (200, "ok\n")
        assert (await page(server.port, "/readyz"))[::2] == (200, "ready\n")
        assert (await page(server.port, "/rooms/x"))[0] == 404
        assert (await page(server.port, "/"))[0] == 404


async def test_figures_are_shown_only_where_that_was_asked_for() -> None:
    async with make_server(ServerConfig(port=0)) as server:
        assert (await page(server.port, "/metrics"))[0] == 404
    async with make_server(ServerConfig(port=0, metrics=True)) as server:
        room = Room(server.port)
        ana, ben = await room.both()
        await in_focus(ana, ben)
        await reveal(ana, ben)
        assert ana.session.round is not None
        ana.type(ana.session.round.mine, "counted")
        await ana.has_saved()
        status, headers, body = await page(server.port, "/metrics")
        assert status == 200
        assert headers["Content-Type"].startswith("text/plain")
        assert metric(body, "sparring_rooms") == 1
        assert metric(body, "sparring_connections") == 2
        assert metric(body, "sparring_updates_total") >= 1
        assert metric(body, "sparring_commands_total") >= 5
        assert metric(body, "sparring_storage_failing") == 0
        assert metric(body, "process_open_fds") > 0
        # What tells about rooms tells nothing that opens one.
        assert room.invite.secret not in body
        assert room.invite.room not in body
        await room.close()


async def test_a_failing_storage_is_not_ready_but_alive() -> None:
    async with make_server(ServerConfig(port=0, metrics=True)) as server:
        server._storage.on_trouble(True)
        assert (await page(server.port, "/readyz"))[::2] == (503, "the storage fails\n")
        assert (await page(server.port, "/healthz"))[0] == 200
        assert metric((await page(server.port, "/metrics"))[2], "sparring_storage_failing") == 1
        server._storage.on_trouble(False)
        assert (await page(server.port, "/readyz"))[0] == 200


async def test_a_stopping_server_lets_its_clients_go_in_turn_and_takes_nobody_new() -> None:
    server = make_server(ServerConfig(port=0, drain_seconds=1.0))
    await server.start()
    url = f"{server.address}/rooms/{names.new_id()}"
    one, other = await connect(url, proxy=None), await connect(url, proxy=None)
    stopping = asyncio.create_task(server.stop())
    codes = []
    for client in (one, other):
        with pytest.raises(ConnectionClosed):
            await client.recv()
        codes.append(client.close_code)
        if len(codes) == 1:
            assert not stopping.done()
            assert (await page(server.port, "/readyz"))[::2] == (503, "stopping\n")
            assert (await page(server.port, f"/rooms/{names.new_id()}"))[0] == 503
    assert codes == [CloseCode.GOING_AWAY] * 2
    await stopping


async def test_a_client_of_a_stopped_server_goes_on_at_the_next_one(tmp_path: Path) -> None:
    first = await ServerProcess.start(tmp_path / "rooms.db")
    room = Room(first.port)
    ana, ben = await room.both()
    await in_focus(ana, ben)
    first.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(first.process.wait(), 20) == 0
    await until(lambda: ana.session.link is LinkState.RECONNECTING, ana.session.link_changed)
    second = await ServerProcess.start(tmp_path / "rooms.db", first.port)
    await asyncio.gather(ana.is_online(), ben.is_online())
    await room.close()
    assert await second.stop() == 0


async def test_the_log_of_a_program_is_one_object_a_line(tmp_path: Path) -> None:
    server = await ServerProcess.start(tmp_path / "rooms.db", 0, "--log-format", "json")
    async with connect(f"ws://127.0.0.1:{server.port}/rooms/{names.new_id()}", proxy=None) as client:
        await client.send("no text frames here")
        with pytest.raises(ConnectionClosed):
            await client.recv()
    assert client.close_code == CloseCode.MALFORMED
    await server.stop()
    assert server.process.stderr is not None
    lines = (await server.process.stderr.read()).decode().splitlines()
    entries = [json.loads(line) for line in lines]
    assert {"time", "level", "logger", "message"} <= set(entries[0])
    cut = next(entry for entry in entries if entry["message"].startswith("cut a connection"))
    assert cut["code"] == CloseCode.MALFORMED


def test_what_a_log_line_holds() -> None:
    record = logging.LogRecord("name", logging.WARNING, "", 1, "%s of %s", ("one", "two"), None)
    record.created = time.mktime((2026, 11, 21, 9, 0, 0, 0, 0, 0)) - time.timezone
    record.msecs = 7
    record.room = "a-room"
    entry = json.loads(logs.JsonFormatter().format(record))
    assert entry["message"] == "one of two"
    assert entry["room"] == "a-room"
    assert entry["level"] == "warning"
    assert entry["time"].endswith(".007Z")


def test_a_server_that_was_never_started_stops() -> None:
    asyncio.run(Gateway.stop(make_server(ServerConfig())))
