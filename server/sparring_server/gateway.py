"""The listener: accepts websockets on `/rooms/<room-id>` and gives each a `Connection`."""

import asyncio
import http
import logging
from types import TracebackType
from typing import Any

from picows import WSListener, WSUpgradeRequest, WSUpgradeResponse, WSUpgradeResponseWithListener, ws_create_server

from sparring_server.addresses import origin_allowed, parse_networks
from sparring_server.clock import Clock
from sparring_server.config import ServerConfig
from sparring_server.doors import OpeningKey
from sparring_server.hub import Hub
from sparring_server.logs import WebsocketLog
from sparring_server.operation import Operation
from sparring_server.protocol import limits
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.names import is_id
from sparring_server.storage import Storage, StorageError, open_storage
from sparring_server.tls import make_certificate
from sparring_server.websocket import Clients, Websocket

log = logging.getLogger(__name__)

SHARED_TIME_SECONDS = 60.0
MAX_DRIFT_MS = 50.0
"""How often, and by how much at most, this clock follows the one that several servers share."""
STOP_SECONDS = 5.0
"""How long a stopping server waits for its clients and its disk."""
READ_BUFFER_BYTES = 2_048
"""What a connection reads into at first; it grows for a longer frame. A keystroke's has about eighty bytes."""
SWEEP_SECONDS = 3_600.0
"""Between two looks for rooms that have expired."""
_ROOMS = "/rooms/"
_DAY_MS = 24 * 3_600_000
_STOPPING = "The server is stopping."


class ListenError(Exception):
    """The address cannot be listened on; the message is for people."""


def make_server(config: ServerConfig) -> "Gateway":
    """Build a server from its settings. Raises `StorageError` for an unknown kind of storage, and `TlsError`."""
    return Gateway(config, open_storage(config.storage), Clock(config.clock_rate))


class Gateway:
    """A server: `async with make_server(config) as server: … server.address …`."""

    def __init__(self, config: ServerConfig, storage: Storage, clock: Clock) -> None:
        self._config = config
        self._storage = storage
        self._clock = clock
        self._hub = Hub(storage, clock, OpeningKey(config.access_key))
        self._clients = Clients(self._hub, parse_networks(config.trusted_proxies))
        self.certificate = make_certificate(config)
        """What new connections are shown; None without TLS."""
        self._server: asyncio.Server | None = None
        self._rhythms: list[asyncio.Task[None]] = []
        self._operation = Operation(
            self._hub, lambda: len(self._clients), lambda: self._clients.lag_seconds, metrics=config.metrics
        )

    async def __aenter__(self) -> "Gateway":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def port(self) -> int:
        """The port that is listened on, also when the settings said 0."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def address(self) -> str:
        """The websocket address without a room."""
        host = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        return f"{'wss' if self.certificate else 'ws'}://{host}:{self.port}"

    async def start(self) -> None:
        """Open the storage and listen. Raises `StorageError` and `ListenError`."""
        await self._storage.open()
        try:
            shared_ms = await self._storage.time_ms()
        except StorageError:
            await self._storage.close()
            raise
        if shared_ms is not None:
            self._clock.go_by(shared_ms)
        try:
            self._server = await ws_create_server(
                self._answer,
                self._config.host,
                self._config.port,
                websocket_handshake_timeout=limits.UNAUTHENTICATED_SECONDS,
                logger_name=WebsocketLog(),
                max_frame_size=limits.MAX_MESSAGE_BYTES,
                read_buffer_init_size=READ_BUFFER_BYTES,
                # aiofastnet's transports take 10 KB more a room, and no less time where messages are this short.
                use_aiofastnet=False,
                **self._tls_options(),
            )
        except OSError as error:
            await self._storage.close()
            where = f"{self._config.host}:{self._config.port}"
            raise ListenError(f"Cannot listen on {where}: {error.strerror or error}.") from error
        self._rhythms = [asyncio.create_task(self._clients.keep_alive())]
        if shared_ms is not None and self._clock.rate == 1.0:
            self._rhythms.append(asyncio.create_task(self._keep_together()))
        if self._config.room_days:
            self._rhythms.append(asyncio.create_task(self._keep_sweeping(self._config.room_days * _DAY_MS)))

    def _tls_options(self) -> dict[str, Any]:
        if self.certificate is None:
            return {}
        # Who is slow to agree on TLS is given no more time than who is slow to say who they are.
        return {"ssl": self.certificate.context, "ssl_handshake_timeout": limits.UNAUTHENTICATED_SECONDS}

    async def _keep_together(self) -> None:
        """Go by the clock that is shared, whatever this machine's makes of a minute."""
        while True:
            await asyncio.sleep(SHARED_TIME_SECONDS)
            try:
                shared_ms = await self._storage.time_ms()
            except StorageError as error:
                log.debug("no time from the storage: %s", error)
                continue
            if shared_ms is not None:
                self._clock.follow(shared_ms, MAX_DRIFT_MS)

    async def _keep_sweeping(self, keep_ms: int) -> None:
        while True:
            try:
                await self._hub.sweep(keep_ms)
            except StorageError as error:
                log.error("expired rooms cannot be deleted: %s", error)
            await asyncio.sleep(SWEEP_SECONDS / self._clock.rate)

    async def stop(self) -> None:
        """Close every connection with a code that makes clients come back, flush, and end.

        With `drain_seconds` it takes its time: nobody new is let in, and clients go one after the other, so that they
        do not all knock at the other servers at once.
        """
        if self._server is None:
            return
        self._operation.is_stopping = True
        self._hub.held.release_all()
        await self._clients.let_go(CloseCode.GOING_AWAY, _STOPPING, self._config.drain_seconds)
        for rhythm in self._rhythms:
            rhythm.cancel()
        await asyncio.gather(*self._rhythms, return_exceptions=True)
        self._server.close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._clients.say_goodbye(CloseCode.GOING_AWAY, _STOPPING)
        except TimeoutError:
            log.warning("stopped before every client had gone")
        await self._storage.close()
        self._server = None

    def _answer(self, request: WSUpgradeRequest) -> WSListener | WSUpgradeResponseWithListener:
        path = request.path.decode("ascii", "replace").partition("?")[0]
        room_id = path.removeprefix(_ROOMS).removesuffix("/")
        page = self._operation.answer(path)
        if page is not None:
            return _page(*page)
        if not path.startswith(_ROOMS) or not is_id(room_id):
            return _refusal(404, "Sparring sessions are at /rooms/<room-id>.\n")
        if not origin_allowed(request.headers.get("Origin"), self._config.allow_origins):
            return _refusal(403, "This server takes no connections from that web page.\n")
        if self._operation.is_stopping:
            return _refusal(503, f"{_STOPPING}\n")
        if len(self._clients) >= limits.MAX_CONNECTIONS:
            return _refusal(503, "The server is full.\n")
        return Websocket(room_id, self._clients, request.headers.getall("X-Forwarded-For", []))


def _page(status: int, content_type: str, body: bytes) -> WSUpgradeResponseWithListener:
    response = WSUpgradeResponse.create_ok_response(body, {"Content-Type": content_type, "Cache-Control": "no-store"})
    response.status = http.HTTPStatus(status)
    return WSUpgradeResponseWithListener(response, None)


def _refusal(status: int, words: str) -> WSUpgradeResponseWithListener:
    response = WSUpgradeResponse.create_error_response(status, words.encode())
    return WSUpgradeResponseWithListener(response, None)
