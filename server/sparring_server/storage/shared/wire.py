"""Bytes to and from Redis: its protocol in the second version, and one connection that speaks it.

redis-py makes the connection (TLS, password, database) and is then left out: one update through its pipeline costs
260 µs of this process's time, through here about 15 (docs/scaling.md), and an update is the one thing that is frequent.
Specification: https://redis.io/docs/latest/develop/reference/protocol-spec/
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import TypeAlias, cast

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from sparring_server.storage.base import StorageError
from sparring_server.storage.shared.address import CONNECT_SECONDS, RedisAddress


class ReplyError(Exception):
    """Redis refused a command; the first word says why."""

    @property
    def code(self) -> str:
        """Such as `OOM` or `NOSCRIPT`."""
        return str(self).partition(" ")[0]


Reply: TypeAlias = "bytes | int | ReplyError | list[Reply] | None"
Argument: TypeAlias = bytes | str | int | float


def pack(*arguments: Argument) -> bytes:
    """One command."""
    parts = [b"*%d\r\n" % len(arguments)]
    for argument in arguments:
        raw = argument if isinstance(argument, bytes) else str(argument).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(raw), raw))
    return b"".join(parts)


class ReplyReader:
    """Cuts a stream into replies; what has not arrived whole waits for more, and is not looked at again."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._open: list[tuple[list[Reply], int]] = []

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that are complete now. Raises `ValueError` if this is not Redis."""
        buffer = self._buffer
        buffer += data
        replies: list[Reply] = []
        at = 0
        while (end := buffer.find(b"\r\n", at)) >= 0:
            kind, head, next_ = buffer[at], bytes(buffer[at + 1 : end]), end + 2
            value: Reply
            if kind == 36:  # $
                size = int(head)
                if size < 0:
                    value = None
                else:
                    if len(buffer) < next_ + size + 2:
                        break
                    value = bytes(buffer[next_ : next_ + size])
                    next_ += size + 2
            elif kind == 58:  # :
                value = int(head)
            elif kind == 42:  # *
                count = int(head)
                if count > 0:
                    self._open.append(([], count))
                    at = next_
                    continue
                value = [] if count == 0 else None
            elif kind == 43:  # +
                value = head
            elif kind == 45:  # -
                value = ReplyError(head.decode(errors="replace"))
            else:
                raise ValueError("this does not speak Redis's protocol")
            at = next_
            self._close(value, replies)
        del buffer[:at]
        return replies

    def _close(self, value: Reply, replies: list[Reply]) -> None:
        while self._open:
            items, count = self._open[-1]
            items.append(value)
            if len(items) < count:
                return
            self._open.pop()
            value = items
        replies.append(value)


class Wire(asyncio.Protocol):
    """One connection. What is sent in one turn of the event loop leaves in one write."""

    def __init__(self, on_reply: Callable[[Reply], None], on_lost: "Callable[[Wire], None]") -> None:
        self._on_reply = on_reply
        self._on_lost = on_lost
        self._reader = ReplyReader()
        self._outgoing: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._connection: AbstractConnection | None = None
        self._loop = asyncio.get_running_loop()

    @classmethod
    async def connect(
        cls, address: RedisAddress, on_reply: Callable[[Reply], None], on_lost: "Callable[[Wire], None]"
    ) -> "Wire":
        """Connect. Raises `StorageError` with a sentence that holds no secret."""
        connection = address.make_connection()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await connection.connect()  # type: ignore[no-untyped-call]
        except (RedisError, OSError, TimeoutError, RuntimeError) as error:
            # A RuntimeError is what uvloop says of a socket that was closed while redis-py wrote to it.
            with contextlib.suppress(RedisError, OSError, TimeoutError, RuntimeError):
                await connection.disconnect(nowait=True)
            raise StorageError(f"Redis at {address} cannot be reached: {_reason(error)}.") from error
        wire = cls(on_reply, on_lost)
        reader, writer = connection._reader, connection._writer
        if reader is None or writer is None or reader.at_eof() or writer.transport.is_closing():
            # What was told to redis-py is not told again.
            await connection.disconnect(nowait=True)
            raise StorageError(f"Redis at {address} hung up.")
        # redis-py has nothing public for this; tests/server/storage/test_shared.py keeps watch.
        transport = writer.transport
        wire._transport = cast(asyncio.Transport, transport)
        # Its writer would close what it no longer holds.
        wire._connection = connection
        transport.set_protocol(wire)
        return wire

    def send(self, command: bytes) -> None:
        """Queue a packed command; never waits."""
        if not self._outgoing:
            self._loop.call_soon(self._flush)
        self._outgoing.append(command)

    @property
    def unsent_bytes(self) -> int:
        """What the operating system did not take yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def _flush(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        if self._transport is not None:
            self._transport.write(b"".join(outgoing))

    def abort(self) -> None:
        """Cut it; `on_lost` follows."""
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Send what is queued and end; `on_lost` follows."""
        if self._transport is not None:
            if self._outgoing:
                self._flush()
            self._transport.close()

    # What the event loop calls.

    def data_received(self, data: bytes) -> None:
        try:
            replies = self._reader.feed(data)
        except ValueError:
            self.abort()
            return
        for reply in replies:
            self._on_reply(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._connection is not None:
            self._connection._reader = self._connection._writer = None
            self._connection = None
        self._on_lost(self)


def _reason(error: BaseException) -> str:
    # Of redis-py's sentences only those that hold neither address nor password.
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "it did not answer in time"
    if "Authentication" in type(error).__name__ or "NOAUTH" in str(error) or "WRONGPASS" in str(error):
        return "it asks for another user or password"
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({cause.verify_message}); ?ssl_ca_certs=FILE names who vouches for it"
    if isinstance(cause, ssl.SSLError):
        return "it does not speak TLS"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return "it hung up" if isinstance(error, (RedisConnectionError, RuntimeError)) else type(error).__name__
