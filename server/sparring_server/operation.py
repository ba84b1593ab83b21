"""What those who run a server ask it, by HTTP on the same port: `/healthz`, `/readyz` and `/metrics`."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from sparring_server.hub import Hub


class Operation(Collector):
    """See the module. `not_ready` says why nobody should be sent here, or nothing."""

    def __init__(
        self, hub: Hub, connections: Callable[[], int], lag_seconds: Callable[[], float], *, metrics: bool
    ) -> None:
        self._hub = hub
        self._connections = connections
        self._lag_seconds = lag_seconds
        self.is_stopping = False
        self._registry: CollectorRegistry | None = None
        if metrics:
            self._registry = CollectorRegistry()
            for collector in (ProcessCollector(registry=None), PlatformCollector(registry=None)):
                self._registry.register(collector)
            GCCollector(registry=self._registry)
            self._registry.register(self)

    def answer(self, path: str) -> tuple[int, str, bytes] | None:
        """Status, content type and body of a page; None if there is no such page."""
        match path:
            case "/healthz":
                return 200, "text/plain; charset=utf-8", b"ok\n"
            case "/readyz":
                trouble = self.not_ready
                return (503 if trouble else 200), "text/plain; charset=utf-8", f"{trouble or 'ready'}\n".encode()
            case "/metrics" if self._registry is not None:
                return 200, CONTENT_TYPE_LATEST, generate_latest(self._registry)
            case _:
                return None

    @property
    def not_ready(self) -> str:
        """Why new clients should go elsewhere; empty if they should not."""
        if self.is_stopping:
            return "stopping"
        if self._hub.storage_is_failing:
            return "the storage fails"
        return ""

    def collect(self) -> Iterator[Metric]:
        """For the registry."""
        counts = self._hub.counts
        for name, words, value in (
            ("sparring_rooms", "Rooms in memory.", len(self._hub)),
            ("sparring_connections", "Open websockets.", self._connections()),
            ("sparring_storage_failing", "1 while the storage takes nothing.", int(self._hub.storage_is_failing)),
            ("sparring_loop_lag_seconds", "How late the event loop was when last looked at.", self._lag_seconds()),
        ):
            yield GaugeMetricFamily(name, words, value=value)
        for name, words, number in (
            ("sparring_arrivals", "Websockets since the start.", counts.connections),
            ("sparring_updates", "Updates of documents.", counts.updates),
            ("sparring_update_bytes", "Their bytes.", counts.updates_bytes),
            ("sparring_commands", "Commands of members.", counts.commands),
            ("sparring_refusals", "Commands that were refused.", counts.refusals),
            ("sparring_bells", "Bells that rang.", counts.bells),
            ("sparring_denials", "Tokens that opened nothing.", counts.denials),
            ("sparring_cuts", "Connections that were closed for a broken limit or frame.", counts.cuts),
        ):
            yield CounterMetricFamily(name, words, value=number)
