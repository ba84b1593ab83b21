"""The listener: accepts websockets on `/rooms/<room-id>` and gives each a `Connection`."""

import asyncio
import contextlib
import http
import logging
import re
from collections import Counter
from types import TracebackType

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from sparring_server.clock import Clock
from sparring_server.config import ServerConfig
from sparring_server.connection import Connection, Cut
from sparring_server.hub import Hub
from sparring_server.protocol import frames, limits
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.names import is_id
from sparring_server.storage import Storage, open_storage
from sparring_server.tls import make_certificate

log = logging.getLogger(__name__)

_PATH = re.compile(r"/rooms/([^/?#]+)/?(?:\?.*)?\Z")
PING_SECONDS = 10.0
PONG_SECONDS = 15.0
"""A peer that answers no ping for so long is gone, whatever TCP says."""
STOP_SECONDS = 5.0
"""How long a stopping server waits for its clients and its disk."""


class ListenError(Exception):
    """The address cannot be listened on; the message is for people."""


def make_server(config: ServerConfig) -> "Gateway":
    """Build a server from its settings. Raises `StorageError` for an unknown kind of storage."""
    return Gateway(config, open_storage(config.storage), Clock(config.clock_rate))


class Gateway:
    """A server: `async with make_server(config) as server: … server.address …`."""

    def __init__(self, config: ServerConfig, storage: Storage, clock: Clock) -> None:
        self._config = config
        self._storage = storage
        self._hub = Hub(storage, clock)
        self._server: Server | None = None
        self._live: set[ServerConnection] = set()
        self._by_address: Counter[str] = Counter()
        self._cutting: set[asyncio.Task[None]] = set()
        self._keepalive: asyncio.Task[None] | None = None
        self.certificate = make_certificate(config)

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
        port: int = next(iter(self._server.sockets)).getsockname()[1]
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
            self._server = await serve(
                self._serve_client,
                self._config.host,
                self._config.port,
                process_request=self._check_request,
                compression=None,
                max_size=limits.MAX_FRAME_BYTES + limits.MAX_DOCUMENT_NAME_BYTES + 16,
                max_queue=16,
                ping_interval=PING_SECONDS,
                ping_timeout=PONG_SECONDS,
                close_timeout=2,
                open_timeout=limits.UNAUTHENTICATED_SECONDS,
                server_header=None,
                ssl=self.certificate.context if self.certificate else None,
                logger=logging.getLogger("sparring_server.websockets"),
            )
        except OSError as error:
            await self._storage.close()
            where = f"{self._config.host}:{self._config.port}"
            raise ListenError(f"Cannot listen on {where}: {error.strerror or error}.") from error
        self._keepalive = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Close every connection with a code that makes clients come back, flush, and end."""
        if self._server is None:
            return
        if self._keepalive is not None:
            self._keepalive.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keepalive
        self._server.close(code=CloseCode.GOING_AWAY, reason="The server is stopping.")
        try:
            await asyncio.wait_for(self._server.wait_closed(), STOP_SECONDS)
        except TimeoutError:
            log.warning("stopped before every client had gone")
        await asyncio.gather(*self._cutting, return_exceptions=True)
        await self._storage.close()
        self._server = None

    def _check_request(self, client: ServerConnection, request: Request) -> Response | None:
        match = _PATH.match(request.path)
        if match is None or not is_id(match[1]):
            return client.respond(http.HTTPStatus.NOT_FOUND, "Sparring sessions are at /rooms/<room-id>.\n")
        if len(self._live) >= limits.MAX_CONNECTIONS:
            return client.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "The server is full.\n")
        if self._by_address[_address(client)] >= limits.MAX_CONNECTIONS_PER_ADDRESS:
            return client.respond(http.HTTPStatus.TOO_MANY_REQUESTS, "Too many connections from this address.\n")
        return None

    async def _serve_client(self, client: ServerConnection) -> None:
        assert client.request is not None
        match = _PATH.match(client.request.path)
        assert match is not None
        transport = _WebsocketTransport(client)
        connection = Connection(match[1], self._hub, transport, lambda cut: self._cut_soon(client, cut))
        self._live.add(client)
        self._by_address[transport.address] += 1
        try:
            await self._converse(client, connection)
        except Cut as cut:
            log.info("cut a connection to room %s: %d %s", match[1], cut.code, cut.reason)
            await client.close(cut.code, cut.reason[:120])
        except ConnectionClosed:
            pass
        finally:
            self._live.discard(client)
            self._by_address[transport.address] -= 1
            if not self._by_address[transport.address]:
                del self._by_address[transport.address]
            await connection.close()

    async def _converse(self, client: ServerConnection, connection: Connection) -> None:
        try:
            async with asyncio.timeout(limits.UNAUTHENTICATED_SECONDS):
                while not connection.is_authenticated:
                    await connection.receive(_binary(await client.recv()))
        except TimeoutError:
            raise Cut(CloseCode.UNAUTHORIZED, "No valid token in time.") from None
        async for message in client:
            await connection.receive(_binary(message))

    def _cut_soon(self, client: ServerConnection, cut: Cut) -> None:
        """Cut a client from within somebody else's turn."""
        log.info("cut a slow connection: %s", cut.reason)
        task = asyncio.create_task(client.close(cut.code, cut.reason))
        self._cutting.add(task)
        task.add_done_callback(self._cutting.discard)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(limits.KEEPALIVE_SECONDS)
            broadcast(self._live, frames.PING)


class _WebsocketTransport:
    """A websocket as `Connection` wants it. `broadcast` writes without waiting; the bound is `unsent_bytes`."""

    def __init__(self, client: ServerConnection) -> None:
        self._client = client
        self.address = _address(client)

    def send(self, data: bytes) -> None:
        broadcast((self._client,), data)

    @property
    def unsent_bytes(self) -> int:
        return self._client.transport.get_write_buffer_size()


def _address(client: ServerConnection) -> str:
    remote = client.remote_address
    return str(remote[0]) if remote else ""


def _binary(message: str | bytes) -> bytes:
    if isinstance(message, str):
        raise Cut(CloseCode.MALFORMED, "Text frames are not part of the protocol.")
    return message
