"""One websocket of picows as `Connection` wants it, and all of them together.

picows calls `on_ws_frame` for each frame as it is read; what a frame leads to is done there, so a keystroke costs no
task and no wait. What picows leaves to its user is here: fragments, the closing handshake, and peers that went silent.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Sequence

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from sparring_server.addresses import Network, client_address, throttle_key
from sparring_server.connection import Connection, Cut
from sparring_server.hub import Hub
from sparring_server.protocol import frames, limits
from sparring_server.protocol.closing import CloseCode

log = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
"""Each client is looked at every `KEEPALIVE_SECONDS`; they take turns, so that not all are written to at once."""
SILENCE_BEATS = 25
"""A peer that sent nothing for so many beats, not even the answer to a ping, is gone, whatever TCP says."""
CLOSE_SECONDS = 2.0
"""How long a peer has to answer the closing of its connection."""
_BINARY, _TEXT, _CONTINUATION = WSMsgType.BINARY, WSMsgType.TEXT, WSMsgType.CONTINUATION
_PING, _CLOSE = WSMsgType.PING, WSMsgType.CLOSE
_MAX_REASON_BYTES = 120
"""A control frame holds 125 bytes, the code included (RFC 6455, 5.5)."""


class Clients:
    """All websockets of a server."""

    def __init__(self, hub: Hub, trusted_proxies: Collection[Network] = ()) -> None:
        self.hub = hub
        self.trusted_proxies = trusted_proxies
        self.beat = 0
        self.lag_seconds = 0.0
        """How late the loop was at the last beat."""
        self.by_address: Counter[str] = Counter()
        self._live: set[Websocket] = set()
        self._nobody: asyncio.Future[None] | None = None
        """When the last one has gone, for who waits for that."""
        self._leaving: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._live)

    def arrived(self, client: "Websocket") -> None:
        """A handshake is complete."""
        self._live.add(client)
        self.by_address[client.address] += 1
        self.hub.counts.connections += 1

    def left(self, client: "Websocket", connection: Connection) -> None:
        """A websocket is closed: give back what its connection had."""
        self._live.discard(client)
        if self._nobody is not None and not self._live and not self._nobody.done():
            self._nobody.set_result(None)
        self.by_address[client.address] -= 1
        if not self.by_address[client.address]:
            del self.by_address[client.address]
        task = asyncio.create_task(connection.close())
        self._leaving.add(task)
        task.add_done_callback(self._has_left)

    def _has_left(self, task: "asyncio.Task[None]") -> None:
        self._leaving.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a connection was not put away tidily", exc_info=error)

    async def keep_alive(self) -> None:
        """Ping everybody in turn, and cut who has been silent for too long; until cancelled."""
        loop = asyncio.get_running_loop()
        turns = int(limits.KEEPALIVE_SECONDS / BEAT_SECONDS)
        while True:
            due = loop.time() + BEAT_SECONDS
            await asyncio.sleep(BEAT_SECONDS)
            self.lag_seconds = max(0.0, loop.time() - due)
            self.beat += 1
            for client in tuple(self._live):
                if (self.beat - client.joined_beat) % turns == 0:
                    client.keep_alive(self.beat)

    async def let_go(self, code: CloseCode, reason: str, within_seconds: float) -> None:
        """Close the connections one after the other, spread over this time."""
        going = tuple(self._live)
        for client in going:
            if within_seconds <= 0:
                return
            client.cut(Cut(code, reason))
            await asyncio.sleep(within_seconds / len(going))
        if not going:
            await asyncio.sleep(within_seconds)

    async def say_goodbye(self, code: CloseCode, reason: str) -> None:
        """Close every connection, and wait until each has gone and its room is stored."""
        for client in tuple(self._live):
            client.cut(Cut(code, reason))
        if self._live:
            self._nobody = asyncio.get_running_loop().create_future()
            await self._nobody
        while self._leaving:
            await asyncio.wait(self._leaving)


class Websocket(WSListener):
    """See the module."""

    __slots__ = (
        "_clients", "_close_timer", "_connection", "_early_timer", "_forwarded", "_fragments", "_heard_beat",
        "_is_closing", "_is_gone", "_is_reading", "_room_id", "_transport", "address", "is_choked",
        "joined_beat",
    )  # fmt: skip

    def __init__(self, room_id: str, clients: Clients, forwarded: Sequence[str] = ()) -> None:
        """`forwarded` are the request's X-Forwarded-For headers."""
        self._room_id = room_id
        self._forwarded = forwarded
        self._clients = clients
        self._transport: WSTransport | None = None
        self._connection: Connection | None = None
        self._fragments: list[bytes] = []
        self._is_reading = True
        self._is_closing = False
        self._early_timer: asyncio.TimerHandle | None = None
        self._close_timer: asyncio.TimerHandle | None = None
        self._heard_beat = 0
        self.is_choked = False
        self.joined_beat = 0
        self.address = ""
        """Whose connections and wrong tries this counts with."""
        self._is_gone = False

    # Called by picows.

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        peer = transport.underlying_transport.get_extra_info("peername")
        own = str(peer[0]) if isinstance(peer, tuple) else ""
        self.address = throttle_key(client_address(own, self._forwarded, self._clients.trusted_proxies))
        self.joined_beat = self._heard_beat = self._clients.beat
        self._connection = Connection(self._room_id, self._clients.hub, self)
        self._clients.arrived(self)
        if self._clients.by_address[self.address] > limits.MAX_CONNECTIONS_PER_ADDRESS:
            self._cut(Cut(CloseCode.LIMIT, "Too many connections from this address."))
            return
        loop = asyncio.get_running_loop()
        self._early_timer = loop.call_later(limits.UNAUTHENTICATED_SECONDS, self._check_authenticated)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self._heard_beat = self._clients.beat
        kind = frame.msg_type
        if frame.rsv1 or frame.rsv2 or frame.rsv3:
            # RFC 6455, 5.2: bits of extensions that nobody agreed on.
            self._cut(Cut(CloseCode.MALFORMED, "A frame with bits that mean nothing here."))
        elif kind == _BINARY and frame.fin and not self._fragments:
            connection = self._connection
            assert connection is not None
            connection.receive(frame.get_payload_as_bytes())
        elif kind == _CLOSE:
            self._answer_close(transport, frame)
        elif kind in (_BINARY, _CONTINUATION):
            self._take_fragment(frame)
        elif kind == _PING:
            transport.send_pong(frame.get_payload_as_bytes())
        elif kind == _TEXT:
            self._cut(Cut(CloseCode.MALFORMED, "Text frames are not part of the protocol."))

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        for timer in (self._early_timer, self._close_timer):
            if timer is not None:
                timer.cancel()
        self._is_gone = True
        if self._connection is not None:
            self._clients.left(self, self._connection)

    def pause_writing(self) -> None:
        self.is_choked = True

    def resume_writing(self) -> None:
        self.is_choked = False

    # Reading.

    def _take_fragment(self, frame: WSFrame) -> None:
        is_first = frame.msg_type == _BINARY
        if is_first == bool(self._fragments):
            self._cut(Cut(CloseCode.MALFORMED, "Fragments out of order."))
            return
        self._fragments.append(frame.get_payload_as_bytes())
        size = sum(map(len, self._fragments))
        if size > limits.MAX_MESSAGE_BYTES or len(self._fragments) > limits.MAX_FRAGMENTS:
            self._cut(Cut(CloseCode.TOO_BIG, "A message that is too big."))
        elif frame.fin:
            data = b"".join(self._fragments)
            self._fragments.clear()
            assert self._connection is not None
            self._connection.receive(data)

    def _cut(self, cut: Cut) -> None:
        """Cut by way of the connection, which counts it, says it in the log and takes nothing more."""
        assert self._connection is not None
        self._connection.cut(cut)

    def _check_authenticated(self) -> None:
        if self._connection is not None and not self._connection.is_authenticated:
            self._connection.cut(Cut(CloseCode.UNAUTHORIZED, "No valid token in time."))

    def pause_reading(self) -> None:
        """See `connection.Transport`."""
        if self._is_reading and self._transport is not None:
            self._is_reading = False
            self._transport.underlying_transport.pause_reading()

    def resume_reading(self) -> None:
        """See `connection.Transport`."""
        if not self._is_reading and self._transport is not None and not self._is_gone:
            self._is_reading = True
            self._transport.underlying_transport.resume_reading()

    # Writing.

    def send(self, data: bytes) -> None:
        """See `connection.Transport`."""
        if not self._is_closing and self._transport is not None:
            self._transport.send(_BINARY, data)

    def send_together(self, messages: Sequence[bytes]) -> None:
        """See `connection.Transport`.

        picows writes each frame to the socket by itself, so these are framed here and given to the transport beneath.
        """
        # Unlike picows, a transport that is closed raises an error.
        if not (self._is_closing or self._is_gone) and self._transport is not None:
            parts: list[bytes] = []
            for message in messages:
                size = len(message)
                parts += (_SHORT_HEADS[size] if size < len(_SHORT_HEADS) else _head(size), message)
            self._transport.underlying_transport.write(b"".join(parts))

    @property
    def unsent_bytes(self) -> int:
        """See `connection.Transport`."""
        if self._transport is None:
            return 0
        size: int = self._transport.underlying_transport.get_write_buffer_size()
        return size

    def keep_alive(self, beat: int) -> None:
        """Ping, as websockets do and as providers want it; or give up a peer that has long been silent."""
        if self._transport is None or self._is_closing:
            return
        if beat - self._heard_beat >= SILENCE_BEATS:
            log.info("a silent connection to room %s is given up", self._room_id)
            self._cut(Cut(CloseCode.TIMEOUT, "Nothing was heard for too long."))
            return
        self._transport.send_ping()
        self.send(frames.PING)

    # Closing.

    def cut(self, cut: Cut) -> None:
        """See `connection.Transport`. What was sent before still goes out; a peer that does not answer is let go."""
        if self._is_closing or self._transport is None:
            return
        self._release()
        self._is_closing = True
        reason = cut.reason.encode()[:_MAX_REASON_BYTES].decode(errors="ignore").encode()
        self._transport.send_close(cut.code, reason)  # type: ignore[arg-type]
        self._close_timer = asyncio.get_running_loop().call_later(CLOSE_SECONDS, self._give_up)

    def _answer_close(self, transport: WSTransport, frame: WSFrame) -> None:
        if not self._is_closing:
            self._release()
            self._is_closing = True
            transport.send_close(frame.get_close_code() or WSCloseCode.OK)
        transport.disconnect()

    def _release(self) -> None:
        if self._connection is not None:
            self._connection.release()

    def _give_up(self) -> None:
        if self._transport is not None:
            self._transport.disconnect(graceful=False)


def _head(size: int) -> bytes:
    """What stands before a whole binary message of a server (RFC 6455, 5.2)."""
    if size < 126:
        return bytes((0x82, size))
    return b"\x82\x7e" + size.to_bytes(2) if size < 65_536 else b"\x82\x7f" + size.to_bytes(8)


_SHORT_HEADS = tuple(_head(size) for size in range(126))
