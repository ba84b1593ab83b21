"""How a server is set up: values, checked once, that `make_server` takes."""

from dataclasses import dataclass
from ipaddress import ip_address


class ConfigError(ValueError):
    """A setting that cannot be; the message is for people."""


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
    log_level: str = "info"
    log_format: str = "text"
    metrics: bool = False
    """Whether /metrics is shown to whoever asks."""
    drain_seconds: float = 0.0
    """How long a server that is told to stop takes to let its clients go, one after the other."""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise ConfigError(f"{self.port} is no port. Use 0 (any free one) to 65535.")
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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
