"""Who a client talks to: not one byte goes to a server with another certificate than the link pins."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sparring.live.connection import Connection, LinkState
from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway, make_server
from sparring_server.protocol.invite import parse_invite
from sparring_server.tls import Certificate, make_self_signed
from tests.support.partners import Room, in_focus, new_invite, reveal, same_text
from tests.support.tls import Authority, Listener
from tests.support.waiting import until


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A server with a certificate of its own, as an app hosts it."""
    async with make_server(ServerConfig(tls_self_signed=str(tmp_path / "profile"))) as running:
        yield running


async def test_a_session_with_a_pinned_certificate(home: Gateway) -> None:
    room = Room(home.port)
    assert home.address.startswith("wss://")
    assert home.certificate is not None
    room.invite = parse_invite(replace(room.invite, tls=True, pin=home.certificate.pin).link)
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    assert ben.session.round.partners is not None
    ana.type(ana.session.round.mine, "over TLS 🧮")
    assert await same_text([ana.session.round.mine, ben.session.round.partners]) == "over TLS 🧮"
    await room.close()


async def test_another_certificate_hears_nothing_and_it_is_said(tmp_path: Path) -> None:
    mine, other = (Certificate(make_self_signed(tmp_path / name)) for name in ("mine", "other"))
    async with Listener(other.context) as impostor:
        connection = Connection(replace(new_invite(impostor.port), tls=True).url, mine.pin)
        words: list[str] = []
        connection.failed.connect(words.append)
        connection.start()
        await until(lambda: connection.state is LinkState.REFUSED, connection.state_changed, what="a refusal")
        await impostor.ended.wait()
        assert impostor.received == b""
        assert "certificate is another one" in words[-1]
        await connection.close()


async def test_a_link_without_a_pin_trusts_whom_the_system_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority.make(tmp_path)
    certificate, key = authority.sign(tmp_path)
    async with make_server(ServerConfig(tls_cert=str(certificate), tls_key=str(key))) as server:
        room = Room(server.port)
        room.invite = replace(room.invite, tls=True)
        stranger = room.enter("Eve", opens=True)
        await until(lambda: stranger.troubles, stranger.session.link_trouble, what="trouble")
        assert "does not trust" in stranger.troubles[0]
        # OpenSSL's own way to name what a system trusts.
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
        assert ssl.get_default_verify_paths().cafile == str(authority.certificate)
        ana = room.enter("Ana", opens=True)
        await ana.sees(lambda view: view.members, "a session")
        await room.close()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
async def test_a_server_that_does_not_encrypt_is_said(answer: bytes) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as listener:
        room = Room(listener.sockets[0].getsockname()[1])
        room.invite = replace(room.invite, tls=True, pin="x" * 43)
        ana = room.enter("Ana", opens=True)
        await until(lambda: ana.troubles, ana.session.link_trouble, what="trouble")
        assert "does not encrypt" in ana.troubles[0]
        await room.close()


async def test_a_plain_link_to_a_server_that_encrypts_is_said(home: Gateway) -> None:
    room = Room(home.port)
    ana = room.enter("Ana", opens=True)
    await until(lambda: ana.troubles, ana.session.link_trouble, what="trouble")
    assert ana.troubles[0].endswith(".")
    await room.close()
