"""The socket to the server, which comes back by itself. Reconnect is connect: one way in, whatever happened before."""

import asyncio
import contextlib
import logging
import os
import random
import ssl
from collections.abc import Callable
from enum import Enum

from psygnal import Signal
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.connection import broadcast
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from sparring.live.websocket import WrongCertificate, websocket_options
from sparring_server.protocol import frames, limits
from sparring_server.protocol.closing import RETRY_CODES, CloseCode
from sparring_server.protocol.lib0 import MalformedData

log = logging.getLogger(__name__)
_library_log = logging.getLogger("sparring.live.websockets")
# At the level of debugging it writes out frames, and a token is a frame.
_library_log.setLevel(logging.INFO)

FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 1.0
"""A partner waits: a server that is back is found within a second."""
OPEN_SECONDS = 5.0
PING_SECONDS = 5.0
PONG_SECONDS = 8.0
MAX_UNSENT_FRAMES = 10_000
_TOO_BIG = (
    f"Something you wrote or pasted is too large for the session: it takes {limits.MAX_FRAME_BYTES // 1_000_000} MB at"
    " once. Everything is kept on this machine. Take it out, then join again."
)


_let_others_run: Callable[[], None] = getattr(os, "sched_yield", lambda: None)
"""Windows has none."""


class LinkState(Enum):
    """How it stands with the socket."""

    CONNECTING = "connecting"
    """The first attempts."""
    ONLINE = "online"
    RECONNECTING = "reconnecting"
    """It was lost; everything typed is kept and goes out when it is back."""
    REFUSED = "refused"
    """The server does not want this client; trying again would change nothing."""
    CLOSED = "closed"


class Connection:
    """Keeps one websocket open until closed. Frames go out in order; while offline they are dropped, not buffered."""

    state_changed = Signal(LinkState)
    opened = Signal()
    """A socket is there: say who you are."""
    lost = Signal()
    received = Signal(object)
    """A `frames.Frame`."""
    failed = Signal(str)
    """A sentence for people: why the server cannot be reached (again at every failed attempt) or why it refused."""

    def __init__(self, url: str, pin: str = "") -> None:
        """`pin` is the fingerprint of the only certificate that the server may show."""
        self._url, self._pin = url, pin
        self._state = LinkState.CONNECTING
        self._outgoing: asyncio.Queue[bytes] | None = None
        self._task: asyncio.Task[None] | None = None
        self._socket: ClientConnection | None = None
        self._hanging_up: asyncio.Task[None] | None = None

    @property
    def state(self) -> LinkState:
        return self._state

    @property
    def _is_refused(self) -> bool:
        return self._state is LinkState.REFUSED

    def start(self) -> None:
        """Connect, and go on connecting."""
        self._task = asyncio.create_task(self._run(), name="sparring-connection")

    async def close(self) -> None:
        """Send what is queued, close the socket and stay away."""
        socket = self._socket
        if socket is not None:
            await self._drain()
            await socket.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self._set_state(LinkState.CLOSED)

    async def _drain(self) -> None:
        """Wait, within reason, until the queue has gone out."""
        if self._outgoing is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._outgoing.join(), timeout=2)

    def send(self, frame: bytes) -> None:
        """Queue a frame. While offline it is dropped: the next step 1 and 2 bring everything back."""
        if self._outgoing is None:
            return
        socket = self._socket
        if socket is not None and self._outgoing.empty() and not socket.transport.get_write_buffer_size():
            # Nothing waits, so this goes out at once instead of after two turns of the loop, with paintings in between.
            broadcast([socket], frame)
            # A server on this machine is often woken on this thread's own core, where it would wait for my widget.
            _let_others_run()
            return
        try:
            self._outgoing.put_nowait(frame)
        except asyncio.QueueFull:
            log.warning("the link takes nothing any more; connecting anew")
            self._outgoing = None
            if self._socket is not None:
                self._socket.transport.abort()

    async def _run(self) -> None:
        delay = FIRST_RETRY_SECONDS
        options = await websocket_options(self._url, self._pin, self._take)
        while not self._is_refused:
            try:
                async with connect(
                    self._url,
                    compression=None,
                    max_size=limits.MAX_ANSWER_BYTES,
                    open_timeout=OPEN_SECONDS,
                    ping_interval=PING_SECONDS,
                    ping_timeout=PONG_SECONDS,
                    close_timeout=1,
                    # The app talks to its partner's server and to nobody in between.
                    proxy=None,
                    logger=_library_log,
                    **options,
                ) as socket:
                    delay = FIRST_RETRY_SECONDS
                    await self._converse(socket)
            except (OSError, TimeoutError, InvalidHandshake, InvalidURI, WrongCertificate) as error:
                self._explain(error)
            if self._state is LinkState.ONLINE:
                self._set_state(LinkState.RECONNECTING)
            if not self._is_refused:
                await asyncio.sleep(delay * random.uniform(0.8, 1.2))
                delay = min(delay * 2, LONGEST_RETRY_SECONDS)

    async def _converse(self, socket: ClientConnection) -> None:
        self._socket, self._hanging_up = socket, None
        self._outgoing = asyncio.Queue(MAX_UNSENT_FRAMES)
        writer = asyncio.create_task(self._write(socket, self._outgoing), name="sparring-writer")
        self._set_state(LinkState.ONLINE)
        self.opened.emit()
        try:
            await socket.wait_closed()
        finally:
            writer.cancel()
            # gather, since awaiting the writer itself would swallow a cancellation of this task as the writer's own.
            await asyncio.gather(writer, return_exceptions=True)
            if self._hanging_up is not None:
                await asyncio.gather(self._hanging_up, return_exceptions=True)
            self._socket = None
            self._outgoing = None
            self.lost.emit()
        self._judge(socket.close_code, socket.close_reason)

    def _take(self, message: str | bytes) -> None:
        """Called by the socket as it reads, where nobody would hear of an error."""
        try:
            self._hear(message)
        except MalformedData as error:
            log.error("the server sent what cannot be read: %s", error)
            self._hang_up(1002, "malformed frame")
        except Exception as error:
            # A fault of this app. What was being shown is unclear; a new connection brings everything again.
            context = {"message": "a message of the server could not be taken", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
            self._hang_up(1011)
        if self._is_refused:
            self._hang_up()

    def _hear(self, message: str | bytes) -> None:
        if self._socket is None or self._hanging_up is not None:
            return
        if isinstance(message, str):
            raise MalformedData("a text frame")
        frame = frames.decode(message, limits.MAX_ANSWER_BYTES)
        if isinstance(frame, frames.Ping):
            self.send(frames.PONG)
        else:
            self.received.emit(frame)

    def _hang_up(self, code: int = 1000, reason: str = "") -> None:
        """Close the socket; nothing that still comes from it counts."""
        socket = self._socket
        if socket is not None and self._hanging_up is None:
            self._hanging_up = asyncio.create_task(socket.close(code, reason), name="sparring-hang-up")

    async def _write(self, socket: ClientConnection, outgoing: "asyncio.Queue[bytes]") -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                frame = await outgoing.get()
                await socket.send(frame)
                outgoing.task_done()

    def _judge(self, code: int | None, reason: str | None) -> None:
        """After a close: come back, or give up because the server will not have us."""
        if code == CloseCode.TOO_BIG:
            # It would say so again at every return, for as long as the change is in the text.
            self.refuse(_TOO_BIG)
            return
        if code is not None and code >= 4400 and code not in RETRY_CODES:
            self.refuse(reason or "The server closed the connection.")

    def refuse(self, sentence: str) -> None:
        """Stop connecting: the server will not have this client, and `sentence` says why."""
        self._set_state(LinkState.REFUSED)
        self.failed.emit(sentence)

    def _explain(self, error: Exception) -> None:
        match error:
            case WrongCertificate():
                self.refuse(
                    "What answers at this address is not the server that your link names: its certificate is another"
                    " one. Nothing was sent to it. Ask your partner for a new link."
                )
                return
            case InvalidStatus() if error.response.status_code == 404:
                self.refuse("There is a server, but not one of Sparring, or the link is damaged.")
                return
            case InvalidStatus():
                sentence = "The server is full right now. Trying again."
            case ssl.SSLCertVerificationError():
                sentence = (
                    f"This computer does not trust the server's certificate ({error.verify_message})."
                    " Nothing was sent to it. Trying again."
                )
            case ConnectionRefusedError():
                sentence = "Nobody answers at this address. Is your partner's app open? Trying again."
            case ssl.SSLError() | ConnectionError() if self._url.startswith("wss:"):
                sentence = "What answers at this address does not encrypt, though the link says so. Trying again."
            case ConnectionError():
                sentence = "The server hung up before the session began. Trying again."
            case TimeoutError():
                sentence = "The server does not answer. Is it on the same network? Trying again."
            case InvalidHandshake() | InvalidURI():
                sentence = "What answers at this address is not a Sparring server. Trying again."
            case _:
                sentence = f"The server cannot be reached ({error.strerror if isinstance(error, OSError) else error})."
        log.info("cannot connect: %s", error)
        self.failed.emit(sentence)

    def _set_state(self, state: LinkState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
