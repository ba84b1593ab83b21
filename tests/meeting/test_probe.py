"""A knock at a server tells what is there."""

import asyncio
import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.asyncio.server import ServerConnection, serve

from sparring.meeting.probe import Answer, Place, probe
from sparring_server.gateway import Gateway
from sparring_server.protocol.invite import pin_of

SHORT_SECONDS = 0.5


async def test_a_server_answers(server: Gateway) -> None:
    assert await probe(Place("127.0.0.1", server.port)) is Answer.SPARRING


async def test_a_closed_port_refuses(unused_tcp_port: int) -> None:
    assert await probe(Place("127.0.0.1", unused_tcp_port)) is Answer.REFUSED


async def test_a_name_that_is_none_cannot_be_reached() -> None:
    # Too long for any name: nobody has to be asked.
    assert await probe(Place(f"{'x' * 70}.invalid", 80)) is Answer.UNREACHABLE


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"SSH-2.0-x\r\n", b""])
async def test_something_else_is_told_from_a_server(said: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(said)
        writer.close()

    other = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with other:
        assert await probe(Place("127.0.0.1", other.sockets[0].getsockname()[1])) is Answer.OTHER


async def test_who_says_nothing_is_not_waited_for() -> None:
    gone = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with silent:
        assert await probe(Place("127.0.0.1", silent.sockets[0].getsockname()[1]), SHORT_SECONDS) is Answer.SILENT
        gone.set()


async def test_a_certificate_of_ones_own_is_known_by_its_fingerprint(tmp_path: Path) -> None:
    certificate, context = own_certificate(tmp_path)
    pin = pin_of(certificate)

    async def answer(client: ServerConnection) -> None:
        await client.wait_closed()

    async with serve(answer, "127.0.0.1", 0, ssl=context) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        assert await probe(Place("127.0.0.1", port, tls=True, pin=pin)) is Answer.SPARRING
        assert await probe(Place("127.0.0.1", port, tls=True, pin="0" * 43)) is Answer.UNTRUSTED
        assert await probe(Place("127.0.0.1", port, tls=True)) is Answer.UNTRUSTED
        assert await probe(Place("127.0.0.1", port)) is Answer.OTHER


def own_certificate(folder: Path) -> tuple[bytes, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sparring")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return made.public_bytes(serialization.Encoding.DER), context
