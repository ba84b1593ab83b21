"""TLS in tests: a server that echoes lines, a client that trusts nobody and looks, and an authority of one's own."""

import asyncio
import datetime
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sparring_server.protocol.invite import pin_of


def trusting_nobody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def pin_shown(writer: asyncio.StreamWriter) -> str:
    """The pin of the certificate that the other end has shown."""
    return pin_of(writer.get_extra_info("ssl_object").getpeercert(binary_form=True))


class Listener:
    """Takes TLS connections, keeps every byte that comes through, and sends it back."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self.received = b""
        self.ended = asyncio.Event()
        """A connection has ended; nothing more comes from it."""

    async def __aenter__(self) -> "Listener":
        self._server = await asyncio.start_server(self._echo, "127.0.0.1", 0, ssl=self._context)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _echo(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(4096):
                self.received += data
                writer.write(data)
        except OSError:
            # Whoever aborts has ended, too.
            pass
        finally:
            writer.close()
            self.ended.set()

    async def pin(self, name: str = "") -> str:
        """What a new client is shown."""
        _, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=trusting_nobody(), server_hostname=name or "127.0.0.1"
        )
        pin = pin_shown(writer)
        writer.close()
        return pin


@dataclass(frozen=True)
class Authority:
    """Who signs certificates, and whom a test's system may trust."""

    certificate: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @classmethod
    def make(cls, folder: Path) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority for tests")])
        made = _builder(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        path = folder / "authority.pem"
        path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        return cls(path, key, name)

    def sign(self, folder: Path, address: str = "127.0.0.1") -> tuple[Path, Path]:
        """A certificate for an address, and its key: in two files, as on a public server."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A server")])
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _builder(name, self.name, key).add_extension(names, critical=False).sign(self.key, hashes.SHA256())
        pem = serialization.Encoding.PEM
        (folder / "cert.pem").write_bytes(made.public_bytes(pem))
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "key.pem").write_bytes(private)
        return folder / "cert.pem", folder / "key.pem"


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )
