"""The doors of a real server: access key, origins, addresses behind proxies, waits, certificates, expiry."""

import asyncio
import contextlib
import random
import signal
import ssl
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from sparring.live.session import Seat
from sparring_server import hub as hub_module
from sparring_server.clock import Clock
from sparring_server.config import ConfigError, ServerConfig
from sparring_server.doors import Doors
from sparring_server.gateway import Gateway, make_server
from sparring_server.live_room import RoomRecord
from sparring_server.protocol import limits, names
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.token import SENTENCES, Credentials, Denial
from sparring_server.protocol.view import RoomView
from sparring_server.settings import read_config
from sparring_server.storage.memory import MemoryStorage
from sparring_server.tls import Certificate, make_self_signed
from tests.server.test_process import ServerProcess, refusal
from tests.support.partners import Room, new_invite, new_seat
from tests.support.raw import RawClient
from tests.support.tls import Listener, trusting_nobody
from tests.support.waiting import PATIENCE_SECONDS, until

KEY = "a key of the club"


async def test_a_public_server_opens_rooms_for_those_with_its_key_and_lets_anybody_join() -> None:
    async with make_server(ServerConfig(access_key=KEY)) as server:
        room = Room(server.port)
        for wrong in ("", "another key"):
            seat = replace(new_seat("Eve", opens=True), access_key=wrong)
            eve = room.enter("Eve", seat=seat)
            await until(lambda eve=eve: eve.denials, eve.session.denied, what="a refusal")
            assert eve.denials == [SENTENCES[Denial.ACCESS_KEY]]
        ana = room.enter("Ana", seat=replace(new_seat("Ana", opens=True), access_key=KEY))
        await ana.sees(lambda view: view.members, "her seat")
        ben = room.enter("Ben")
        await ben.sees(lambda view: len(view.members) == 2, "both")
        await room.close()


def test_a_seat_sends_the_key_only_to_open_a_room_and_shows_it_to_nobody() -> None:
    seat = Seat("m", "k", "Ana", opens=False, access_key=KEY)
    assert KEY not in repr(seat)


async def test_a_web_page_is_refused_unless_it_is_allowed() -> None:
    config = ServerConfig(allow_origins=("https://club.example",))
    async with make_server(config) as server:
        url = new_invite(server.port).url
        for origin in ("https://evil.example", "null"):
            with pytest.raises(InvalidStatus) as caught:
                await connect(url, origin=origin, proxy=None)  # type: ignore[arg-type]
            assert caught.value.response.status_code == 403
        for allowed in (None, "https://club.example"):
            async with connect(url, origin=allowed, proxy=None) as socket:  # type: ignore[arg-type]
                await socket.send(b"\x09")
                assert await socket.recv() == b"\x0a"


async def test_an_address_that_guesses_has_to_wait_and_others_need_not() -> None:
    config = ServerConfig(trusted_proxies=("127.0.0.1",))
    async with make_server(config) as server:
        room = Room(server.port)
        ana = room.enter("Ana", opens=True)
        await ana.sees(lambda view: view.members, "her seat")
        reasons = [
            await knock(replace(room.invite, secret=names.new_secret()), "6.6.6.6, 198.51.100.1")
            for _ in range(limits.FREE_TRIES_PER_ADDRESS + 2)
        ]
        assert set(reasons[:-1]) == {Denial.WRONG_SECRET}
        assert reasons[-1] == Denial.TOO_MANY_TRIES
        # Even the right secret is not looked at during the wait; another address is not concerned.
        assert await knock(room.invite, "198.51.100.1") == Denial.TOO_MANY_TRIES
        assert await knock(room.invite, "198.51.100.2") == ""
        await room.close()


async def test_one_address_does_not_fill_a_disk_with_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROOMS_OPENED_BURST", 3)
    async with make_server(ServerConfig(trusted_proxies=("127.0.0.1",))) as server:
        reasons = []
        for _ in range(4):
            invite = new_invite(server.port)
            reasons.append(await knock(invite, "198.51.100.1", open=True))
        assert reasons == ["", "", "", Denial.SERVER_FULL]
        assert await knock(new_invite(server.port), "198.51.100.2", open=True) == ""


async def test_nobody_hides_behind_a_proxy_of_their_own() -> None:
    async with make_server(ServerConfig()) as server:
        invite = new_invite(server.port)
        reasons = [await knock(invite, f"198.51.100.{number}") for number in range(limits.FREE_TRIES_PER_ADDRESS + 2)]
        assert reasons[-1] == Denial.TOO_MANY_TRIES


async def knock(invite: Invite, forwarded: str, *, open: bool = False) -> str:
    client = RawClient(invite, role="observer", open=open)
    client.headers = {"X-Forwarded-For": forwarded}
    async with client:
        return await client.knock()


async def test_documents_before_a_token_are_bounded() -> None:
    async with make_server(ServerConfig()) as server:
        room = Room(server.port)
        ana = room.enter("Ana", opens=True)
        await ana.sees(lambda view: view.members, "her seat")
        async with RawClient(room.invite, secret=names.new_secret()) as eve:
            for number in range(1, limits.MAX_DENIED_TOKENS_PER_CONNECTION + 1):
                assert await eve.knock(f"pad/{number}") == Denial.WRONG_SECRET
            code, _ = await eve.is_cut()
            assert code == CloseCode.FORBIDDEN
        await room.close()


class SweptStorage(MemoryStorage):
    """Tells when it was swept."""

    def __init__(self) -> None:
        super().__init__()
        self.swept = asyncio.Event()

    async def expire(self, before_ms: int) -> list[str]:
        expired = await super().expire(before_ms)
        self.swept.set()
        return expired


async def test_a_room_in_which_nothing_changes_expires() -> None:
    storage = SweptStorage()
    clock = Clock()
    days = 24 * 3_600_000
    now = int(clock.now_ms())
    for room_id, at_ms in (("old-old-old-old-", now - 31 * days), ("new-new-new-new-", now - 29 * days)):
        credentials = Credentials(secret=names.new_secret(), member=names.new_id(), key=names.new_secret())
        record = RoomRecord(RoomView(), Doors.of_new_room(credentials), at_ms)
        await storage.save_room(room_id, msgspec.json.encode(record), (), after=0, at_ms=at_ms)
    async with Gateway(ServerConfig(), storage, clock):
        await asyncio.wait_for(storage.swept.wait(), PATIENCE_SECONDS)
        assert await storage.load("old-old-old-old-") is None
        assert await storage.load("new-new-new-new-") is not None


async def test_a_room_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> int:
        raise AssertionError("nothing is to be deleted")

    monkeypatch.setattr(hub_module.Hub, "sweep", never)
    server = make_server(ServerConfig(room_days=0))
    async with server:
        room = Room(server.port)
        ana = room.enter("Ana", opens=True)
        await ana.sees(lambda view: view.members, "her seat")
        await room.close()


async def test_a_hangup_reads_the_certificate_again_in_a_real_process(tmp_path: Path) -> None:
    old, new = make_self_signed(tmp_path / "old"), make_self_signed(tmp_path / "new")
    served = tmp_path / "served.pem"
    served.write_bytes(old.read_bytes())
    process = await ServerProcess.start(tmp_path / "rooms.db", 0, "--tls-cert", str(served))
    url = f"wss://127.0.0.1:{process.port}/rooms/{names.new_id()}"
    async with connect(url, ssl=trusting_nobody(), proxy=None) as before:
        first = await pin_at(process.port)
        served.write_bytes(new.read_bytes())
        process.process.send_signal(signal.SIGHUP)
        await says(process, b"new connections get the certificate")
        assert await pin_at(process.port) == (second := Certificate(new).pin) != first
        await before.send(b"\x09")
        assert await before.recv() == b"\x0a"
        served.write_text("nothing of use")
        process.process.send_signal(signal.SIGHUP)
        await says(process, b"the certificate stays as it was")
        assert await pin_at(process.port) == second
    assert await process.stop() == 0


async def says(server: ServerProcess, words: bytes) -> None:
    """Wait until its log says this."""
    assert server.process.stderr is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in (line := await server.process.stderr.readline()):
            assert line, "it ended before it said so"


async def pin_at(port: int) -> str:
    listener = Listener(trusting_nobody())
    listener.port = port
    return await listener.pin()


async def test_garbage_where_tls_is_spoken_stops_nobody_and_fills_no_log(tmp_path: Path) -> None:
    certificate = make_self_signed(tmp_path / "profile")
    process = await ServerProcess.start(tmp_path / "rooms.db", 0, "--tls-cert", str(certificate))
    chance = random.Random(7)
    hello = client_hello()
    for attempt in range(60):
        spoilt = bytearray(hello)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        data = (bytes(spoilt), chance.randbytes(chance.randint(1, 500)), hello[: chance.randrange(len(hello))])
        _, writer = await asyncio.open_connection("127.0.0.1", process.port)
        writer.write(data[attempt % 3])
        await writer.drain()
        (writer.close if attempt % 2 else writer.transport.abort)()
    assert await pin_at(process.port) == Certificate(certificate).pin
    process.process.terminate()
    assert process.process.stderr is not None
    said = (await process.process.stderr.read()).decode()
    assert await process.process.wait() == 0
    assert "Traceback" not in said
    assert len(said.splitlines()) < 10


def client_hello() -> bytes:
    """What a client says first."""
    outgoing = ssl.MemoryBIO()
    client = trusting_nobody().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="club.example")
    with contextlib.suppress(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


async def test_a_certificate_of_its_own_is_said_before_it_listens(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sparring_server", "--port", "0", "--storage", "memory:",
        "--tls-self-signed", str(tmp_path / "profile"), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    said = [(await process.stdout.readline()).decode().split() for _ in range(2)]
    assert said[0][:2] == ["sparring-server", "certificate"]
    port = int(said[1][-1].rsplit(":", 1)[1])
    assert said[1][-1].startswith("wss://")
    assert await pin_at(port) == said[0][2]
    process.terminate()
    assert await process.wait() == 0


async def test_what_cannot_be_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("short\n")
    for arguments, words in (
        (("--tls-cert", str(tmp_path / "none.pem")), "cannot be used"),
        (("--access-key-file", str(tmp_path / "key")), "8 to 128 characters"),
    ):
        assert words in await refusal("--storage", "memory:", "--port", "0", *arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--tls-key", "k.pem"], "without its certificate"),
        (["--tls-cert", "c.pem", "--tls-self-signed", "folder"], "not both"),
        (["--room-days", "-1"], "1 to 3650 days"),
        (["--trusted-proxy", "10.0.0.0/99"], "10.0.0.0/99"),
        (["--allow-origin", "club.example"], "is no origin"),
    ],
)
def test_settings_of_doors_that_cannot_be(arguments: list[str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_config(arguments, {})


def test_the_access_key_is_taken_out_of_the_environment_and_shown_by_nothing() -> None:
    environment = {"SPARRING_SERVER_ACCESS_KEY": KEY}
    config, _ = read_config([], environment)
    assert config.access_key == KEY
    assert environment == {}
    assert KEY not in repr(config)
