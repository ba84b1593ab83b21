"""One client of the load generator: a socket, what it still waits for, and what it reads. No coroutines, no library."""

import socket
from array import array
from collections import deque
from collections.abc import Callable

from bench.sync import dialects, merged, wire
from bench.sync.scripts import CLIENT_IDS, Frame, Script

READ_BYTES = 1 << 18
HANDSHAKE_SECONDS = 20.0
_NO_LENGTH = 126
_STATUS, _AUTH, _PING = 8, 2, 9


class Refused(Exception):
    """The server closed a connection or would not open the document."""


class Times:
    """What was measured between two moments: seconds to the partner, and to the acknowledgement."""

    def __init__(self) -> None:
        self.to_partner = array("d")
        self.to_acknowledgement = array("d")
        self.since = float("inf")
        """Updates that were sent before this moment are warm-up."""


class Client:
    """See the module. `send` never waits; `receive` takes what there is."""

    def __init__(self, seat: dialects.Seat, times: Times, want_write: Callable[["Client", bool], None]) -> None:
        self.seat = seat
        self.prefix = wire.masked(seat.prefix)
        self._offset = len(seat.prefix)
        self._times = times
        self._want_write = want_write
        self.socket: socket.socket
        self.fd = -1
        self.partner: Client
        self.position = 0
        """The next update of this seat's author."""
        self.echo = 0
        """The next own update that the server will send back, if it is one that does."""
        self.sent: deque[float] = deque()
        """When each update was sent that the partner has not received."""
        self.unacknowledged: deque[float] = deque()
        self.step2: bytes | None = None
        """The newest answer to a step 1."""
        self.before_step2: list[bytes] = []
        """Updates that came between the two: a server may send its answer in parts, the step 2 last."""
        self._is_asking = False
        self.is_admitted = not seat.token
        self.is_closed = False
        self._author = 0
        self._frames: list[Frame] = []
        self._unsent = b""
        self._rest = b""

    def connect(self, host: str, port: int, own_address: str) -> None:
        """Open the socket and say who is there. Raises `OSError` and `Refused`."""
        self.socket = socket.create_connection((host, port), HANDSHAKE_SECONDS, (own_address, 0))
        self.fd = self.socket.fileno()
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(wire.handshake(host, port, self.seat.path))
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = self.socket.recv(READ_BYTES)
            if not more:
                raise Refused(f"the server hung up: {answer[:80]!r}")
            answer += more
        top, _, self._rest = answer.partition(b"\r\n\r\n")
        if b" 101 " not in top.split(b"\r\n")[0]:
            raise Refused(f"the server answered {top.splitlines()[0]!r}")
        self.socket.setblocking(False)
        if self.seat.token:
            self.send(wire.frame(self.seat.token))
        if self._rest:
            self._read(self._rest, 0.0)

    def ask(self) -> None:
        """Send a step 1."""
        self.step2 = None
        self.before_step2.clear()
        self._is_asking = True
        self.send(wire.frame(self.seat.step1))

    def type_one(self, script: Script, author: int, now: float) -> None:
        """Send the author's next update. The script has the frame."""
        if not self._frames:
            self._frames, self._author = script.frames[author], author
        start, end, _, _ = self._frames[self.position]
        self.position += 1
        self.sent.append(now)
        if self.seat.acknowledged:
            self.unacknowledged.append(now)
        self.send(start + self.prefix + end)

    def has_room(self, window: int) -> bool:
        """Whether fewer updates than that are under way."""
        return len(self.sent) < window and len(self.unacknowledged) < window

    def resume(self, other: "Client") -> None:
        """Go on where another connection of the same author stopped."""
        self.position = self.echo = other.position
        self._frames, self._author = other._frames, other._author

    def send(self, data: bytes) -> None:
        if self._unsent:
            self._unsent += data
            return
        try:
            done = self.socket.send(data)
        except BlockingIOError:
            done = 0
        except OSError:
            self.is_closed = True
            return
        if done < len(data):
            self._unsent = data[done:]
            self._want_write(self, True)

    def flush(self) -> None:
        """Send what waited."""
        data, self._unsent = self._unsent, b""
        self._want_write(self, False)
        self.send(data)

    def receive(self, now: float) -> None:
        """Read once. Raises `Refused` when the document is not open to this client."""
        try:
            data = self.socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.is_closed = True
            return
        self._read(self._rest + data if self._rest else data, now)

    def _read(self, data: bytes, now: float) -> None:
        # The two frames that come by the thousand are read here; everything else goes through `wire.split`.
        position, size, offset = 0, len(data), self._offset
        while size - position > offset + 4 and data[position] == wire.BINARY:
            length = data[position + 1]
            end = position + 2 + length
            if length >= _NO_LENGTH or length < offset + 2 or end > size:
                break
            kind = data[position + 2 + offset]
            if kind == 0 and data[position + 3 + offset] == dialects.UPDATE:
                self._updated(data[position + 2 + offset : end], now)
            elif kind == _STATUS and offset:
                self._acknowledged(now)
            else:
                break
            position = end
        if position < size:
            data = data[position:]
            position = 0
            for opcode, start, end in wire.split(data):
                self._take(opcode, data[start:end], now)
                position = end
            self._rest = data[position:]
        else:
            self._rest = b""

    def _updated(self, message: bytes, now: float) -> None:
        if self._is_asking:
            self.before_step2.append(message[2:])
            return
        partner = self.partner
        waiting = partner.sent
        if waiting and message == partner._frames[partner.position - len(waiting)][2]:
            self._delivered(waiting.popleft(), now)
        elif self.echo < self.position and message == self._frames[self.echo][2]:
            self.echo += 1
        else:
            self._updated_at_once(message, now)

    def _updated_at_once(self, message: bytes, now: float) -> None:
        """An update that the server made of several, of either author.

        Deletions bring no clock with them: those that stand before or among characters that have come, have come too.
        """
        # Two bytes say that it is an update, the next ones how long it is.
        start = next(at for at in range(2, len(message)) if message[at] < 0x80) + 1
        clocks, deleted = merged.reach(message[start:])
        partner, next_echo = self.partner, self.echo
        waiting = len(partner.sent)
        reached = partner._reached(partner.position - waiting, clocks, deleted)
        while partner.sent and partner._frames[partner.position - len(partner.sent)][3] <= reached:
            self._delivered(partner.sent.popleft(), now)
        reached = self._reached(self.echo, clocks, deleted)
        while self.echo < self.position and self._frames[self.echo][3] <= reached:
            self.echo += 1
        if len(partner.sent) == waiting and self.echo == next_echo and not deleted:
            raise Refused("the server sent an update that nobody had typed, or sent one twice")

    def _reached(self, following: int, clocks: dict[int, int], deleted: int) -> int:
        """Up to which clock this author's updates are in an update, where `following` is the next to come."""
        reached = clocks.get(CLIENT_IDS[self._author], -1)
        if deleted:
            reached = max(reached, self._frames[following - 1][3] if following else 0)
        return reached

    def _delivered(self, at: float, now: float) -> None:
        if at >= self._times.since:
            self._times.to_partner.append(now - at)

    def _acknowledged(self, now: float) -> None:
        if self.unacknowledged:
            at = self.unacknowledged.popleft()
            if at >= self._times.since:
                self._times.to_acknowledgement.append(now - at)

    def _take(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == wire.PING:
            self.send(wire.frame(payload, wire.PONG))
            return
        if opcode == wire.CLOSE:
            self.is_closed = True
            raise Refused(f"the server closed: {int.from_bytes(payload[:2], 'big')} {payload[2:].decode()}")
        if opcode != wire.BINARY:
            return
        if len(payload) == 1 and payload[0] == _PING:
            self.send(wire.frame(b"\x0a"))
            return
        kind, sub = payload[self._offset], payload[self._offset + 1]
        if kind == 0 and sub == dialects.UPDATE:
            self._updated(payload[self._offset :], now)
        elif kind == 0 and sub == dialects.STEP2:
            self.step2 = payload[self._offset + 2 :]
            self._is_asking = False
        elif kind == _STATUS and self._offset:
            self._acknowledged(now)
        elif kind == _AUTH and self._offset:
            if sub == dialects.DENIED:
                raise Refused(f"the server denied the document: {payload[self._offset + 2 :]!r}")
            self.is_admitted = True

    def close(self) -> None:
        """Say goodbye as a browser does that is closed: some servers take a mere hang-up for an error."""
        if not self.is_closed:
            self.send(wire.frame((1000).to_bytes(2, "big"), wire.CLOSE))
        self.is_closed = True
        self.socket.close()
