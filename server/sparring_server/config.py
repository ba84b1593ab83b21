"""How a server is set up: values, checked once, that `make_server` takes."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from sparring_server.addresses import check_origin, parse_networks
from sparring_server.protocol import limits


class ConfigError(ValueError):
    """A setting that cannot be; the message is for people."""


ACCESS_KEY_VARIABLE = "SPARRING_ACCESS_KEY"
MAX_ROOM_DAYS = 3_650
TEST_MODE_VARIABLE = "SPARRING_TEST_MODE"
"""Set to 1 by the demo and the tests. Without it time cannot be compressed."""


@dataclass(frozen=True)
class ServerConfig:
    """Where to listen, where rooms live."""

    host: str = "127.0.0.1"
    port: int = 0
    """0: any free port."""
    storage: str = "memory:"
    """`memory:` or `sqlite:PATH`."""
    clock_rate: float = 1.0
    """Seconds of server time in a real second."""
    test_mode: bool = False
    tls_cert: str = ""
    """File of PEM with the certificate and its chain; empty to serve without TLS."""
    tls_key: str = ""
    """File of PEM with its key; empty if it stands in the same file."""
    tls_self_signed: str = ""
    """Folder in which a certificate of one's own is made and kept, for links that pin it."""
    access_key: str = field(default="", repr=False)
    """Who opens a room must have it; empty if anybody may."""
    allow_origins: tuple[str, ...] = ()
    """Web pages that may connect, such as `https://example.org`; `*` for any. Apps send no origin."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed."""
    room_days: int = limits.ROOM_DAYS
    """Rooms in which nothing has changed for so long are forgotten; 0: never."""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise ConfigError(f"{self.port} is no port. Use 0 (any free one) to 65535.")
        self._check_doors()
        if self.clock_rate == 1.0:
            return
        if not 1.0 <= self.clock_rate <= 1_000:
            raise ConfigError("The clock's rate must be between 1 and 1000.")
        if not self.test_mode:
            raise ConfigError(
                "Compressed time is for the demo and tests only; a real session keeps real time."
                f" (It needs {TEST_MODE_VARIABLE}=1.)"
            )
        if not _is_loopback(self.host):
            raise ConfigError("Compressed time is served on a loopback address only.")

    def _check_doors(self) -> None:
        if self.tls_key and not self.tls_cert:
            raise ConfigError("A key without its certificate: say --tls-cert, too.")
        if self.tls_cert and self.tls_self_signed:
            raise ConfigError("Use certificate files or one of the server's own, not both.")
        if self.access_key and not limits.MIN_ACCESS_KEY_LENGTH <= len(self.access_key) <= limits.MAX_ACCESS_KEY_LENGTH:
            bounds = f"{limits.MIN_ACCESS_KEY_LENGTH} to {limits.MAX_ACCESS_KEY_LENGTH}"
            raise ConfigError(f"The access key must have {bounds} characters.")
        if not 0 <= self.room_days <= MAX_ROOM_DAYS:
            raise ConfigError(f"Rooms are kept for 1 to {MAX_ROOM_DAYS} days, or for ever (0).")
        try:
            parse_networks(self.trusted_proxies)
            for origin in self.allow_origins:
                check_origin(origin)
        except ValueError as error:
            raise ConfigError(str(error)) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_access_key(path: str | None, environment: MutableMapping[str, str]) -> str:
    """The access key in a file, or else in the environment, from which it is taken out; empty if there is none.

    It is never an argument: everybody on the machine can read those. Raises `ConfigError`, which quotes no key.
    """
    said = environment.pop(ACCESS_KEY_VARIABLE, "").strip()
    if path is None:
        return said
    try:
        key = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ConfigError(f"The access key in {path} cannot be read: {reason}.") from None
    if not key:
        raise ConfigError(f"There is no access key in {path}.")
    return key
