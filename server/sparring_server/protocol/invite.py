"""Invite links: `sparring://host:port/<room>#<secret>.<check>`.

The secret is in the fragment, which no proxy or server log sees. The check tells a truncated or mistyped link from
a wrong secret before anything is sent. `sparrings://` says that the server speaks TLS.
"""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sparring_server.protocol import names

_CHECK_LENGTH = 6
_SCHEMES = {"sparring": "ws", "sparrings": "wss"}
_HOST = re.compile(r"[A-Za-z0-9.:_-]+\Z")


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
        return f"{scheme}://{where}#{self.secret}.{_check(where, self.secret)}"


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
    secret, _, check = parts.fragment.partition(".")
    if not _HOST.match(host) or port is None:
        raise BadInvite("This link has no server address. Ask your partner to copy it again.")
    if not names.is_id(room) or not secret or not check:
        raise BadInvite("This link is cut off: part of it is missing. Ask your partner to copy it again.")
    if check != _check(f"{_bracketed(host)}:{port}/{room}", secret):
        raise BadInvite("This link is damaged or cut off. Ask your partner to copy it again.")
    return Invite(host, port, room, secret, tls=_SCHEMES[parts.scheme] == "wss")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check(where: str, secret: str) -> str:
    """A few characters that depend on all others; they guard against accidents, not against attackers."""
    digest = hashlib.sha256(f"{where}#{secret}".encode()).hexdigest()
    return digest[:_CHECK_LENGTH]
