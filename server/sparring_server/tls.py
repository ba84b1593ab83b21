"""TLS: the certificate that a server shows. Its files can be replaced while it runs; a home's own is made here.

What is made here is trusted by nobody but those who have its pin (`protocol.invite.pin_of`), so it says nothing of the
person or the machine, and it does not end: the pin in the invite link is what it is checked by.
"""

import asyncio
import datetime
import logging
import os
import secrets
import ssl
from pathlib import Path
from typing import Any

from sparring_server.config import ServerConfig
from sparring_server.protocol.invite import pin_of

log = logging.getLogger(__name__)

SELF_SIGNED_FILE = "certificate.pem"
_NAME = "Sparring"
_FROM = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_UNTIL = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
"""RFC 5280, 4.1.2.5: a certificate that has no well-defined end."""


class TlsError(Exception):
    """A certificate or key that cannot be used; the message is for people and quotes no key."""


class Certificate:
    """A server's certificate and key in files of PEM, and the context with which connections are taken.

    New connections get what the files held at the last `reload`; those that are open keep what they have. The context
    stays the same one, and has no `sni_callback`: picows takes OpenSSL's own context out of it, in which such a
    callback ends the process (tried with picows 2.3 and aiofastnet 1.2).
    """

    def __init__(self, certificate: Path, key: Path | None = None) -> None:
        """`key` is None if it stands in the same file. Raises `TlsError`."""
        self._certificate, self._key = certificate, key
        self.context = _new_context()
        self._load(self.context)

    @property
    def pin(self) -> str:
        """The fingerprint of the certificate that new connections get."""
        return self._pin

    def reload(self) -> bool:
        """Read the files again. If they are bad that is logged, the certificate stays, and this is False."""
        try:
            # First into a context that nobody uses: half of a certificate would stop every new connection.
            self._load(_new_context())
            self._load(self.context)
        except TlsError as error:
            log.error("the certificate stays as it was: %s", error)
            return False
        log.info("new connections get the certificate in %s", self._certificate)
        return True

    def _load(self, context: ssl.SSLContext) -> None:
        try:
            # A password would be asked for on a terminal that a server does not have.
            context.load_cert_chain(self._certificate, self._key, password=lambda: "")
            self._pin = pin_of(_first_certificate(self._certificate.read_text()))
        except (OSError, ValueError) as error:
            key = f" and {self._key}" if self._key else ""
            reason = _reason(error)
            raise TlsError(f"The certificate {self._certificate}{key} cannot be used: {reason}.") from error


def tell_handshakes_quietly(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What asyncio calls for errors that nobody took: a stranger's failed handshake is no fault of the server.

    Told like other errors, each would be a page in the log (and a second error while it is written: picows names the
    error's type where its value is wanted).
    """
    if str(context.get("message", "")).startswith("SSL "):
        log.debug("a client and this server did not agree on TLS")
    else:
        loop.default_exception_handler(context)


def make_certificate(config: ServerConfig) -> Certificate | None:
    """What the settings ask for; None without TLS. Raises `TlsError`."""
    if config.tls_self_signed:
        return Certificate(make_self_signed(Path(config.tls_self_signed)))
    if config.tls_cert:
        return Certificate(Path(config.tls_cert), Path(config.tls_key) if config.tls_key else None)
    return None


def make_self_signed(folder: Path) -> Path:
    """The one file with this profile's key and certificate, made if there is none yet. Raises `TlsError`.

    It is its owner's only (0600). A damaged one is never replaced: links that were given pin it.
    """
    path = folder / SELF_SIGNED_FILE
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write_once(path, _new_pem())
        elif os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise TlsError(f"The certificate {path} cannot be written: {error.strerror or error}.") from error
    return path


def _write_once(path: Path, data: bytes) -> None:
    """Whole or not at all, and whoever comes second takes what the first has written."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            log.debug("another server of this profile has just made the certificate")
        except OSError:
            # A disk that knows no links.
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _new_pem() -> bytes:
    # Late: only a home that hosts for the first time needs it, and it takes a while to load.
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + certificate.public_bytes(pem)


def _new_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    # No connection goes on with what was agreed under a certificate that has been replaced since.
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    return context


def _first_certificate(pem: str) -> bytes:
    """The server's own, which stands first in its chain."""
    start = pem.index(ssl.PEM_HEADER)
    return ssl.PEM_cert_to_DER_cert(pem[start : pem.index(ssl.PEM_FOOTER, start) + len(ssl.PEM_FOOTER)])


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or "it is damaged, or the key is another one's").lower().replace("_", " ")
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
