"""The load generator: many clients on one epoll, updates at a given rate whether or not the server keeps up.

An update is timed from the moment it is handed to its socket, so that a slow server is charged for what it delays and
a late generator is not; how late and how busy the generator was is measured beside it.
"""

import resource
import select
import time
from array import array
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from bench.figures import percentile
from bench.sync import dialects, probe
from bench.sync.client import Client, Refused, Times
from bench.sync.scripts import Script
from bench.sync.timer import Timer

CLIENTS_AN_ADDRESS = 100
"""A server may allow one address so many; the whole of 127/8 is this machine."""
TICK_SECONDS = 0.0002
BURST = 64
"""Updates that go out before anything is read again."""
SETTLE_SECONDS = 20.0
DRAIN_SECONDS = 3.0
HOPELESS_SECONDS = 1.0
"""An update that has waited for so long shows that the server does not keep up."""
LOOK_EVERY = 2_000

Marks = tuple[float, float, float]
"""The time, the server's processor time and the generator's own, in seconds."""


@dataclass
class Outcome:
    """One run at one rate. Times in milliseconds."""

    rate: float
    seconds: float
    updates: int
    cpu_us: float
    """Processor time of the server for one update."""
    p50: float
    p99: float
    acknowledged_p50: float | None
    acknowledged_p99: float | None
    """None where the server acknowledges nothing."""
    missing: int
    """Updates that did not come to the partner."""
    busy: float
    """The generator's processor time, of the time that passed."""
    late_p99: float
    """How much later than its time an update was sent."""

    @property
    def sent_a_second(self) -> float:
        """What the generator did of the rate. All of it has arrived, where nothing is missing."""
        return self.updates / self.seconds

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def _parts(values: "array[float]") -> tuple[float, float] | None:
    """p50 and p99 in milliseconds; None where there is nothing to speak of."""
    if len(values) < 2:
        return None
    return percentile(values, 50) * 1000, percentile(values, 99) * 1000


class Load:
    """Rooms of two on one server."""

    def __init__(self, host: str, port: int, speech: dialects.Speech, pid: int) -> None:
        self._host, self._port, self._pid = host, port, pid
        self.speech = speech
        self._poll = select.epoll()
        self._by_fd: dict[int, Client] = {}
        self.rooms: list[tuple[Client, Client]] = []
        self._place: list[int] = []
        """How far in its script each room is."""
        self.times = Times()
        self._connected = 0
        self._asked = 0

    def _want_write(self, client: Client, wants: bool) -> None:
        self._poll.modify(client.fd, select.EPOLLIN | (select.EPOLLOUT if wants else 0))

    def join(self, seat: dialects.Seat) -> Client:
        """A connected client that was let in, alone; whoever calls this sets its partner."""
        client = Client(seat, self.times, self._want_write)
        own = self._connected // CLIENTS_AN_ADDRESS
        self._connected += 1
        try:
            client.connect(self._host, self._port, f"127.0.{1 + own // 250}.{1 + own % 250}")
        except (OSError, Refused):
            if client.fd >= 0:
                client.close()
            raise
        self._by_fd[client.fd] = client
        self._poll.register(client.fd, select.EPOLLIN)
        return client

    def connect(self, rooms: int) -> None:
        """Have so many rooms, both partners in each and synchronised."""
        fresh: list[Client] = []
        while len(self.rooms) < rooms:
            self._asked += 1
            one, other = (self.join(seat) for seat in dialects.room(self.speech, self._asked))
            one.partner, other.partner = other, one
            self.rooms.append((one, other))
            self._place.append(0)
            fresh += (one, other)
        self.until(lambda: all(client.is_admitted for client in fresh), "the server did not let everybody in")
        if fresh and fresh[0].seat.syncs:
            for client in fresh:
                client.ask()
            self.until(lambda: all(client.step2 is not None for client in fresh), "the server did not answer step 1")

    def disconnect(self) -> None:
        for client in list(self._by_fd.values()):
            self.leave(client)
        self.rooms.clear()
        self._place.clear()

    def leave(self, client: Client) -> None:
        self._by_fd.pop(client.fd, None)
        client.close()

    def until(self, done: Any, otherwise: str, seconds: float = SETTLE_SECONDS) -> None:
        """Serve everybody until something is so. Raises `Refused` with what to say otherwise."""
        end = time.perf_counter() + seconds
        while not done():
            if time.perf_counter() > end:
                raise Refused(otherwise)
            self._serve(0.05)

    def idle(self) -> None:
        """Answer what a server asked of clients that have nothing to do just now."""
        try:
            self._serve(0)
        except Refused:
            # It shows when there is something to do again.
            return

    def _serve(self, seconds: float) -> None:
        for fd, event in self._poll.poll(seconds, 256):
            client = self._by_fd.get(fd)
            if client is None:
                continue
            if event & select.EPOLLOUT:
                client.flush()
            if event & ~select.EPOLLOUT:
                client.receive(time.perf_counter())
                if client.is_closed:
                    self._poll.unregister(fd)
                    raise Refused("the server closed a connection")

    @property
    def is_quiet(self) -> bool:
        return not any(client.sent or client.unacknowledged for client in self._by_fd.values())

    def type_all(self, script: Script, most: int = 1 << 30, window: int = 200) -> None:
        """A one-author script into every room, at most so much of it, no faster than the server delivers it."""
        script.make_frames(len(self.rooms[0][0].seat.prefix))
        for one, _ in self.rooms:
            for _ in range(min(len(script.order) - one.position, most)):
                one.type_one(script, 0, time.perf_counter())
                if len(one.sent) >= window or len(one.unacknowledged) >= window:
                    self.until(partial(one.has_room, window), "the server stopped delivering")
        self.until(lambda: self.is_quiet, "the server did not deliver everything")

    def run(
        self, rooms: int, rate: float, warm_up: float, seconds: float, script: Script, cool_down: float = 0.0
    ) -> Outcome:
        """So many updates a second into the first rooms, turn and turn about.

        After `warm_up` come the seconds that are measured, and then as many more as `cool_down` says, so that processor
        time is that of a load which goes on, and not also what a server does when all its clients stop at once. All
        of it must arrive.

        Raises `Refused` when the server closes a connection or misbehaves, `ValueError` where the script ends.
        """
        place = self._place
        skip, stop = int(rate * warm_up), int(rate * (warm_up + seconds))
        count = stop + int(rate * cool_down)
        script.at_least(max(place[:rooms]) + count // rooms + 1)
        script.make_frames(len(self.rooms[0][0].seat.prefix))
        self.times.to_partner, self.times.to_acknowledgement = array("d"), array("d")
        self.times.since = float("inf")
        clock = time.perf_counter
        late = array("d")
        timer = Timer(max(TICK_SECONDS, 1 / rate))
        self._poll.register(timer.fd, select.EPOLLIN)
        by_fd, poll, pairs, order = self._by_fd, self._poll.poll, self.rooms, script.order
        sent, look = 0, LOOK_EVERY
        begin = clock()
        marks = (begin, 0.0, 0.0)
        stop_marks: Marks | None = None
        end: float | None = None
        hopeless = False
        try:
            while True:
                now = clock()
                due = min(count, int((now - begin) * rate) + 1)
                for _ in range(min(due - sent, BURST)):
                    if sent == skip:
                        marks = self._marks()
                        self.times.since = marks[0]
                    if sent == stop:
                        stop_marks = self._marks()
                    number = sent % rooms
                    author = order[place[number]]
                    place[number] += 1
                    at = clock()
                    pairs[number][author].type_one(script, author, at)
                    if sent >= skip:
                        late.append(at - begin - sent / rate)
                    sent += 1
                if sent == count:
                    end = end or now + DRAIN_SECONDS
                    if self.is_quiet or now > end:
                        break
                for fd, event in poll(0 if sent < due else 0.05, 256):
                    if fd == timer.fd:
                        timer.take()
                        continue
                    client = by_fd[fd]
                    if event & select.EPOLLOUT:
                        client.flush()
                    if event & ~select.EPOLLOUT:
                        client.receive(clock())
                        if client.is_closed:
                            raise Refused("the server closed a connection")
                if sent >= look:
                    look += LOOK_EVERY
                    if self._oldest(now) > HOPELESS_SECONDS:
                        hopeless = True
                        break
        finally:
            self._poll.unregister(timer.fd)
            timer.close()
        return self._outcome(rate, min(sent, stop) - skip, marks, stop_marks or self._marks(), late, hopeless)

    def _marks(self) -> Marks:
        return time.perf_counter(), probe.cpu_seconds(self._pid), time.process_time()

    def _oldest(self, now: float) -> float:
        return max((now - client.sent[0] for client in self._by_fd.values() if client.sent), default=0.0)

    def _outcome(
        self, rate: float, updates: int, first: Marks, last: Marks, late: "array[float]", hopeless: bool
    ) -> Outcome:
        begin, server_cpu, own_cpu = first
        end, server_cpu_then, own_cpu_then = last
        elapsed = max(end - begin, 1e-6)
        p50, p99 = _parts(self.times.to_partner) or (elapsed * 1000, elapsed * 1000)
        acknowledged_p50, acknowledged_p99 = _parts(self.times.to_acknowledgement) or (None, None)
        missing = sum(len(client.sent) for client in self._by_fd.values())
        if hopeless or missing:
            p99 = max(p99, self._oldest(time.perf_counter()) * 1000, HOPELESS_SECONDS * 1000)
        return Outcome(
            rate,
            elapsed,
            updates,
            (server_cpu_then - server_cpu) / max(updates, 1) * 1e6,
            p50,
            p99,
            acknowledged_p50,
            acknowledged_p99,
            missing,
            (own_cpu_then - own_cpu) / elapsed,
            (_parts(late) or (0.0, 0.0))[1],
        )


def allow_many_sockets() -> None:
    """As many open files as this process may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
