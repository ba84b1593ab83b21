"""A relay of websocket messages between one client and a server, with what a network does to them.

What can happen, and so what a plan may do:

- **Cut.** TCP loses nothing in the middle of a connection: a message that does not arrive is the end of it, for both
  sides, at any message. One side may have sent, and the other may have stored, what nobody will hear of again.
- **Hold.** One direction stands still while the other goes on (a full window, a phone in a tunnel). The relay then
  reads no more, so that the sender's own buffers fill, and goes on where it was.
- **Repeat.** A message comes twice. TCP does not do that, but a client that comes back says again what it has, and a
  middlebox that replays is not unheard of. Of the messages, updates, step 2 and presence promise that a second time
  changes nothing. The protocol acknowledges every one of them, so the relay keeps the answer to the copy for itself.
- **Shuffle.** Messages of different documents overtake one another: the protocol promises an order only within a
  document (a session behind a balancer, or on several streams, has no other). Those of one document stay in order.

What cannot happen is not done: no byte is changed (TCP and TLS notice), no message of one connection reaches another.
The relay keeps the account of acknowledgements: which updates went up, and which of them the client was told are saved.
"""

import asyncio
import random
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sparring_server.protocol import frames, limits
from sparring_server.protocol.lib0 import MalformedData
from tests.faults.plan import Way
from tests.faults.websocket_stream import FrameReader, Message

READ_BYTES = 65_536
Address = tuple[str, int]
_Update = frames.SyncStep2 | frames.SyncUpdate
_MAY_REPEAT = (frames.SyncStep2, frames.SyncUpdate, frames.Awareness)


@dataclass
class Trouble:
    """What is to happen in one direction."""

    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    cut_after: int | None = None
    repeats: int = 0
    shuffles: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.is_open.set()

    def clear(self) -> None:
        self.is_open.set()
        self.cut_after = None
        self.repeats = self.shuffles = 0


class Relay:
    """One client's way to the server. `address` is where the client connects; `target` tells where to pass it on."""

    def __init__(
        self,
        target: Callable[[], Address | None],
        acknowledged: Callable[[str, bytes, bytes | None], None],
        seen: Callable[[bytes], None],
        fault: Callable[[str], None],
        sent: Callable[[object, bytes], None] | None = None,
    ) -> None:
        self._target = target
        self.acknowledged = acknowledged
        """Called when the client is told that something is saved: with the document, the update, and for a step 2 the
        state vector of the server that it answers."""
        self.seen = seen
        """Called with every message that the client gets."""
        self.fault = fault
        """Called with a sentence when the server breaks the protocol, or the relay is wrong."""
        self.sent = sent
        """Called with the connection and every message that a client sends."""
        self.troubles = {way: Trouble() for way in Way}
        self._links: set[_Link] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> Address:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        return host, port

    async def close(self) -> None:
        """Cut everything and listen no more."""
        assert self._server is not None
        self._server.close()
        self.calm()
        self.cut()
        await asyncio.gather(*(link.ended.wait() for link in tuple(self._links)))
        await self._server.wait_closed()

    def cut(self) -> None:
        """End the connection now, both ways, without a goodbye."""
        for link in tuple(self._links):
            link.cut()

    def calm(self) -> None:
        """No more trouble; what was kept back goes on."""
        for trouble in self.troubles.values():
            trouble.clear()
        for link in tuple(self._links):
            link.flush()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        where = self._target()
        try:
            # No server: as if nobody listened here, after a moment of hope.
            if where is None:
                return
            up = await _connect(where)
        except OSError:
            return
        else:
            link = _Link(self, (reader, writer), up)
            self._links.add(link)
            try:
                await link.run()
            finally:
                self._links.discard(link)
        finally:
            writer.transport.abort()


@dataclass(frozen=True, slots=True)
class _Awaited:
    """An update that went up. `base` is what a step 2 builds on; a copy was made here."""

    update: bytes
    base: bytes | None
    is_copy: bool


async def _connect(where: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Like `open_connection`, but the system keeps little of what is not read."""
    near = socket.socket()
    near.setblocking(False)
    near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, READ_BYTES)
    try:
        await asyncio.get_running_loop().sock_connect(near, where)
        return await asyncio.open_connection(sock=near)
    except BaseException:
        near.close()
        raise


class _Link:
    """One connection through the relay."""

    def __init__(
        self,
        relay: Relay,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._relay = relay
        self._ends = {Way.UP: (client[0], server[1]), Way.DOWN: (server[0], client[1])}
        self._kept: dict[Way, deque[tuple[str, bytes, frames.Frame | None]]] = {way: deque() for way in Way}
        self._awaited: dict[str, deque[_Awaited]] = {}
        """By document: what went up and was not answered."""
        self._step1: dict[str, deque[bytes]] = {}
        """By document: the server's state vectors that the client has not answered with a step 2."""
        self._stop = asyncio.Event()
        self.ended = asyncio.Event()

    async def run(self) -> None:
        """Until either end is gone, or it is cut."""
        pumps = [asyncio.create_task(self._pump(way), name=f"relay-{way}") for way in Way]
        stop = asyncio.create_task(self._stop.wait(), name="relay-stop")
        try:
            await asyncio.wait([*pumps, stop], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*pumps, stop):
                task.cancel()
            results = await asyncio.gather(*pumps, stop, return_exceptions=True)
            for _, writer in self._ends.values():
                if self._stop.is_set():
                    writer.transport.abort()
                else:
                    # A goodbye that was just passed on still arrives.
                    writer.close()
            self.ended.set()
        for result in results:
            if isinstance(result, Exception) and not isinstance(result, OSError):
                self._relay.fault(f"the relay ended with {result!r}")

    def cut(self) -> None:
        self._stop.set()
        for _, writer in self._ends.values():
            writer.transport.abort()

    def flush(self) -> None:
        for way in Way:
            self._let_go(way)

    async def _pump(self, way: Way) -> None:
        reader, writer = self._ends[way]
        # The handshake passes as it is.
        try:
            writer.write(await reader.readuntil(b"\r\n\r\n"))
        except asyncio.IncompleteReadError:
            return
        stream = FrameReader()
        trouble = self._relay.troubles[way]
        while data := await reader.read(READ_BYTES):
            for message in stream.feed(data):
                await trouble.is_open.wait()
                if not self._pass(way, trouble, message):
                    self.cut()
                    return
            await writer.drain()

    def _pass(self, way: Way, trouble: Trouble, message: Message) -> bool:
        """Send one message on, in its way. False when the connection is to break instead."""
        if trouble.cut_after is not None:
            trouble.cut_after -= 1
            if trouble.cut_after < 0:
                trouble.cut_after = None
                return False
        frame = _frame(message) if message.is_whole else None
        if way is Way.UP and message.is_whole and self._relay.sent is not None:
            self._relay.sent(self, message.payload)
        copies = 1
        if trouble.repeats and isinstance(frame, _MAY_REPEAT):
            trouble.repeats -= 1
            copies = 2
        if way is Way.UP and isinstance(frame, _Update):
            answers = self._awaited.setdefault(frame.document, deque())
            bases = self._step1.get(frame.document)
            base = bases.popleft() if bases and isinstance(frame, frames.SyncStep2) else None
            answers.extend(_Awaited(frame.update, base, copy > 0) for copy in range(copies))
        document = getattr(frame, "document", "")
        for _ in range(copies):
            self._kept[way].append((document, message.raw, frame))
        if trouble.shuffles:
            trouble.shuffles -= 1
        # Control frames have no place in the order, and a goodbye is the last word.
        if not trouble.shuffles or frame is None:
            self._let_go(way)
        return True

    def _let_go(self, way: Way) -> None:
        """Send what was kept back, in an order of its own but for what is of one document."""
        kept = self._kept[way]
        queues: dict[str, deque[tuple[bytes, frames.Frame | None]]] = {}
        for document, raw, frame in kept:
            queues.setdefault(document, deque()).append((raw, frame))
        order = [document for document, _, _ in kept]
        kept.clear()
        if len(queues) > 1 and "" not in queues:
            self._relay.troubles[way].chance.shuffle(order)
        for document in order:
            self._send(way, *queues[document].popleft())

    def _send(self, way: Way, raw: bytes, frame: frames.Frame | None) -> None:
        answered: _Awaited | None = None
        if way is Way.DOWN and isinstance(frame, frames.SyncStep1):
            self._step1.setdefault(frame.document, deque()).append(frame.state_vector)
        if way is Way.DOWN and isinstance(frame, frames.SyncStatus):
            answered = self._answered(frame)
            if answered is not None and answered.is_copy:
                return
        writer = self._ends[way][1]
        if self._stop.is_set() or writer.is_closing():
            return
        writer.write(raw)
        if way is Way.DOWN:
            self._relay.seen(raw)
        if isinstance(frame, frames.SyncStatus) and answered is not None and frame.applied:
            self._relay.acknowledged(frame.document, answered.update, answered.base)

    def _answered(self, frame: frames.SyncStatus) -> "_Awaited | None":
        answers = self._awaited.get(frame.document)
        if not answers:
            self._relay.fault(f"an acknowledgement for {frame.document} where nothing was sent")
            return None
        return answers.popleft()


def _frame(message: Message) -> frames.Frame | None:
    try:
        return frames.decode(message.payload, limits.MAX_ANSWER_BYTES)
    except MalformedData:
        return None
