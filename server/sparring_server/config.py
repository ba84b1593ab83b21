"""How a server is set up: values, checked once, that `make_server` takes."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from sparring_server.addresses import check_origin, parse_networks
from sparring_server.protocol import limits


class ConfigError(ValueError):
    """A setting that cannot be; the message is for people."""


MAX_ROOM_DAYS = 3_650
MAX_DRAIN_SECONDS = 600.0
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
    log_level: str = "info"
    log_format: str = "text"
    metrics: bool = False
    """Whether /metrics is shown to whoever asks."""
    drain_seconds: float = 0.0
    """How long a server that is told to stop takes to let its clients go, one after the other."""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise ConfigError(f"{self.port} is no port. Use 0 (any free one) to 65535.")
        self._check_doors()
        if not 0 <= self.drain_seconds <= MAX_DRAIN_SECONDS:
            raise ConfigError(f"Clients are let go within 0 to {MAX_DRAIN_SECONDS:g} seconds.")
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
