"""Invite links: `sparring://host:port/<room>#<secret>.<check>`, and `sparrings://…#<secret>[.<pin>].<check>` for TLS.

Secret and pin are in the fragment, which no proxy or server log sees. The check tells a truncated or mistyped link from
a wrong secret before anything is sent. The pin names the one certificate that the server may show; without it the
certificate must be one that the system trusts.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sparring_server.protocol import names

_CHECK_LENGTH = 6
_SCHEMES = {"sparring": "ws", "sparrings": "wss"}
_HOST = re.compile(r"[A-Za-z0-9.:_-]+\Z")
_PIN = re.compile(r"[A-Za-z0-9_-]{43}\Z")


class BadInvite(ValueError):
    """The text is not a whole invite link; the message says in words what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Invite:
    """Where a session is and the secret that opens it."""

    host: str
    port: int
    room: str
    secret: str
    tls: bool = False
    pin: str = ""
    """The fingerprint of the server's certificate (`pin_of`); empty if the system's trust store is to judge it."""

    def __repr__(self) -> str:
        return f"Invite({self.host!r}, {self.port}, {self.room!r})"

    @property
    def url(self) -> str:
        """The websocket's address, without the secret."""
        scheme = "wss" if self.tls else "ws"
        return f"{scheme}://{_bracketed(self.host)}:{self.port}/rooms/{self.room}"

    @property
    def link(self) -> str:
        """What is sent to the partner. A secret: whoever has it can join."""
        scheme = "sparrings" if self.tls else "sparring"
        where = f"{_bracketed(self.host.lower())}:{self.port}/{self.room}"
        key = f"{self.secret}.{self.pin}" if self.pin else self.secret
        return f"{scheme}://{where}#{key}.{_check(where, key)}"


def parse_invite(text: str) -> Invite:
    """Read an invite link as a person pasted it (white space and angle brackets around it are fine).

    Raises `BadInvite` with a sentence for people.
    """
    cleaned = text.strip().strip("<>").strip()
    if not cleaned:
        raise BadInvite("Paste the invite link that your partner sent you.")
    try:
        parts = urlsplit(cleaned)
        port = parts.port
    except ValueError:
        raise BadInvite("This is not a Sparring link: its address cannot be read.") from None
    if parts.scheme not in _SCHEMES:
        raise BadInvite("This is not a Sparring link: it should begin with sparring://")
    host = parts.hostname or ""
    room = parts.path.strip("/")
    key, _, check = parts.fragment.rpartition(".")
    secret, _, pin = key.partition(".")
    tls = _SCHEMES[parts.scheme] == "wss"
    if not _HOST.match(host) or port is None:
        raise BadInvite("This link has no server address. Ask your partner to copy it again.")
    if not names.is_id(room) or not secret or not check:
        raise BadInvite("This link is cut off: part of it is missing. Ask your partner to copy it again.")
    has_bad_pin = "." in key and not (tls and _PIN.match(pin))
    if has_bad_pin or check != _check(f"{_bracketed(host)}:{port}/{room}", key):
        raise BadInvite("This link is damaged or cut off. Ask your partner to copy it again.")
    return Invite(host, port, room, secret, tls, pin)


def pin_of(certificate: bytes) -> str:
    """The fingerprint of a certificate in DER: its SHA-256, in the letters that a link may have."""
    return base64.urlsafe_b64encode(hashlib.sha256(certificate).digest()).rstrip(b"=").decode()


def is_pinned(certificate: bytes | None, pin: str) -> bool:
    """Whether this certificate (DER; None if there is none) is the one with this pin."""
    return certificate is not None and hmac.compare_digest(pin_of(certificate).encode(), pin.encode())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check(where: str, key: str) -> str:
    """A few characters that depend on all others; they guard against accidents, not against attackers."""
    digest = hashlib.sha256(f"{where}#{key}".encode()).hexdigest()
    return digest[:_CHECK_LENGTH]
