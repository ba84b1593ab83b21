"""The servers that a profile remembers, with the access keys for opening rooms: a file that only its owner reads."""

import contextlib
import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from sparring.meeting.addresses import is_public
from sparring.meeting.probe import Place
from sparring_server.protocol import limits

FILE = "servers.json"
SET_ASIDE = "servers.unreadable.json"
PLAIN_PORT = 8_765
"""What `sparring-server` listens on by itself."""
TLS_PORT = 443
MAX_SERVERS = 50
MAX_ADDRESS_LENGTH = 300
_SCHEMES = {"sparring": False, "ws": False, "http": False, "sparrings": True, "wss": True, "https": True}
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}\Z")
_UNREADABLE = "This address cannot be read. It looks like sparring.example.org, or 192.168.1.4:8765."
_PRIVATE_NAMES = ("localhost", ".local", ".lan", ".home", ".internal", ".home.arpa")


class BadServer(ValueError):
    """The text is no server's address; the message says in words why."""


class ServersError(Exception):
    """The file cannot be written; the message is for people."""


class Server(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """A server that both partners can reach."""

    host: str
    port: int
    tls: bool
    access_key: str = ""
    """For opening rooms there; a secret, so `repr` leaves it out."""

    def __repr__(self) -> str:
        return f"Server({self.address!r})"

    @property
    def place(self) -> Place:
        return Place(self.host, self.port, self.tls)

    @property
    def address(self) -> str:
        """As people write it, without the key."""
        return f"{'wss' if self.tls else 'ws'}://{self.place.where}"

    @property
    def is_for_anybody(self) -> bool:
        """Whether the address means the same machine to everybody, as far as one can see it."""
        return not _is_private(self.host)


def parse_server(text: str, access_key: str = "") -> Server:
    """Read an address as a person typed it: `sparring.example.org`, `wss://…`, `192.168.1.4:8765`.

    Without a scheme, what is out on the internet is asked over TLS, and what is in a network of one's own is not.
    Raises `BadServer`.
    """
    cleaned = text.strip()
    if not cleaned:
        raise BadServer("Type the server's address, such as sparring.example.org.")
    if len(cleaned) > MAX_ADDRESS_LENGTH:
        raise BadServer("This address is too long.")
    scheme, found, rest = cleaned.partition("://")
    if found and scheme.casefold() not in _SCHEMES:
        raise BadServer("A server's address begins with wss:// or ws://, or with its name.")
    bare = rest if found else cleaned
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(bare).version == 6:
            bare = f"[{bare}]"
    try:
        parts = urlsplit(f"//{bare}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise BadServer(
            "This address cannot be read. It looks like sparring.example.org, or 192.168.1.4:8765."
        ) from None
    if parts.fragment or parts.path.startswith("/rooms/") or (found and "sparring" in scheme and parts.path.strip("/")):
        raise BadServer("This is an invite link. Paste it on Today; here goes a server's address alone.")
    if parts.username is not None or not _HOST.match(host) or parts.path.strip("/") or parts.query:
        raise BadServer(_UNREADABLE)
    if port == 0:
        raise BadServer("Port 0 is no port.")
    tls = _SCHEMES[scheme.casefold()] if found else not _is_private(host)
    if len(access_key) > limits.MAX_ACCESS_KEY_LENGTH or not access_key.isprintable():
        raise BadServer("This access key is not one: it is too long, or has signs that cannot be seen.")
    return Server(host.lower(), port or (TLS_PORT if tls else PLAIN_PORT), tls, access_key.strip())


def _is_private(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        name = host.casefold().rstrip(".")
        return "." not in name or name.endswith(_PRIVATE_NAMES)


class _Kept(msgspec.Struct):
    servers: list[Server] = msgspec.field(default_factory=list)
    default: str = ""
    """The address of the one that Start session uses; empty: this app hosts by itself."""


class Servers:
    """The list, kept in the profile folder. Each change is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self.notice = ""
        """What could not be read, in words."""
        self._is_lost = False
        self._kept = self._load()

    @property
    def all(self) -> tuple[Server, ...]:
        return tuple(self._kept.servers)

    @property
    def default(self) -> Server | None:
        """The one that Start session uses; None: this app hosts by itself."""
        return self.find(self._kept.default)

    def find(self, address: str) -> Server | None:
        return next((one for one in self._kept.servers if one.address == address), None)

    def add(self, server: Server) -> None:
        """Remember a server; one with the same address gets the new key. Raises `BadServer`, `ServersError`."""
        others = [one for one in self._kept.servers if one.address != server.address]
        if len(others) >= MAX_SERVERS:
            raise BadServer(f"There are {MAX_SERVERS} servers already. Remove one first.")
        if len(others) == len(self._kept.servers):
            kept = [*others, server]
        else:
            kept = [server if one.address == server.address else one for one in self._kept.servers]
        self._write(_Kept(kept, self._kept.default))

    def remove(self, address: str) -> None:
        """Forget a server and its key. Raises `ServersError`."""
        default = "" if self._kept.default == address else self._kept.default
        self._write(_Kept([one for one in self._kept.servers if one.address != address], default))

    def choose(self, address: str) -> None:
        """Start session uses this one; empty: this app hosts by itself. Raises `ServersError`."""
        self._write(_Kept(self._kept.servers, address if self.find(address) else ""))

    def _write(self, kept: _Kept) -> None:
        if self._is_lost:
            raise ServersError(f"{self.notice} It was left as it is, so nothing is written over it.")
        unfinished = self._path.with_name(f"{FILE}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.unlink(missing_ok=True)
            # Born unreadable for others: there is no moment in which the keys lie open.
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
                file.write(msgspec.json.format(msgspec.json.encode(kept)))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._path)
        except OSError as error:
            raise ServersError(f"The list of servers cannot be saved ({error.strerror or error}).") from error
        self._kept = kept

    def _load(self) -> _Kept:
        try:
            found = self._path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return _Kept()
        except OSError as error:
            return self._left_alone(error)
        try:
            return msgspec.json.decode(found, type=_Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            # The library's words may quote a key.
            try:
                self._path.replace(self._path.with_name(SET_ASIDE))
            except OSError as error:
                return self._left_alone(error)
            self.notice = (
                f"The list of servers could not be read and starts afresh. The old one is kept as {SET_ASIDE}."
            )
            return _Kept()

    def _left_alone(self, error: OSError) -> _Kept:
        self._is_lost = True
        self.notice = f"The list of servers in {self._path} cannot be read ({error.strerror or error})."
        return _Kept()
