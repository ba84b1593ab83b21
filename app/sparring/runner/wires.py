"""Bytes to a child and from it, and no waiting without end: by asking the system, or with a thread for each pipe.

Windows cannot say of a pipe whether there is something to read, so there a thread waits at each end. Threads work
everywhere, and are tested on Linux; where the system can be asked, its answer is exact and costs less.
"""

import contextlib
import os
import select
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from types import ModuleType
from typing import ClassVar, NamedTuple

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:
    # On Windows; looked for here, once, and not at each press of Run.
    fcntl = None

PIECE_BYTES = 65_536
PIPE_BYTES = 1_048_576
"""What the kernel keeps between us and a child, where it can be asked: fewer changes between the two."""
MAX_WAITING_BYTES = 1_048_576
"""What a thread reads ahead; after that the child waits."""
LATE_SECONDS = 0.05
"""How long after a piece was read a busy machine may need until the thread that read it tells of it."""
CLOSE_SECONDS = 1.0
"""How long closing waits for the threads; they end when the child has."""

now = time.perf_counter
"""The clock of all runs. `time.monotonic` goes in steps of 16 ms on Windows; elsewhere they are the same."""


class Piece(NamedTuple):
    """What was read, and when; no data: the child has closed its end."""

    data: bytes
    latest: float


class Wires(ABC):
    """The ends on this side: `results` is read, `work` is written if there is one. They are closed with this."""

    late_s: ClassVar[float] = 0.0
    """How much later than it came a piece may be told of."""
    silent_at: float
    """The last time at which nothing was waiting to be read, as far as is known."""

    @property
    @abstractmethod
    def unsent(self) -> int:
        """Bytes that the child has not taken yet."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Send it, with the next `receive` at the latest. If the child has ended, it is forgotten."""

    @abstractmethod
    def receive(self, seconds: float) -> Piece | None:
        """Wait for so long at most; None if nothing came until then, or if something could be sent meanwhile."""

    @abstractmethod
    def close(self) -> None:
        """Call it when the child has ended."""


class Polled(Wires):
    """Where the system says what can be read and written."""

    def __init__(self, results: int, work: int | None = None) -> None:
        self._results, self._work = results, work
        self._outgoing = bytearray()
        self.silent_at = now()
        self._poll = select.poll()
        self._poll.register(results, select.POLLIN)
        _widen(results)
        if work is not None:
            os.set_blocking(work, False)
            _widen(work)

    @property
    def unsent(self) -> int:
        return len(self._outgoing)

    def send(self, data: bytes) -> None:
        if not self._outgoing and self._work is not None:
            self._poll.register(self._work, select.POLLOUT)
        self._outgoing += data

    def receive(self, seconds: float) -> Piece | None:
        begin = now()
        ready = {descriptor for descriptor, _ in self._poll.poll(seconds * 1000)}
        if self._results not in ready:
            self.silent_at = begin if ready else begin + seconds
        if self._work is not None and self._work in ready:
            self._write(self._work)
        return Piece(os.read(self._results, PIECE_BYTES), now()) if self._results in ready else None

    def close(self) -> None:
        os.close(self._results)
        if self._work is not None:
            os.close(self._work)

    def _write(self, work: int) -> None:
        try:
            del self._outgoing[: os.write(work, self._outgoing[:PIECE_BYTES])]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # What it said before it ended is still to be read.
            self._outgoing.clear()
        if not self._outgoing:
            self._poll.unregister(work)


class Threaded(Wires):
    """Where nobody says it: a thread reads, another one writes. Each closes its own end when it ends."""

    late_s = LATE_SECONDS

    def __init__(self, results: int, work: int | None = None) -> None:
        self._changed = threading.Condition()
        self._pieces: deque[Piece] = deque()
        self._waiting_bytes = 0
        self._outgoing = bytearray()
        self._is_closed = False
        self._is_broken = work is None
        self.silent_at = now()
        _widen(results)
        self._threads = [threading.Thread(target=self._hear, args=(results,), name="runner-reader", daemon=True)]
        if work is not None:
            self._threads.append(threading.Thread(target=self._say, args=(work,), name="runner-writer", daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def unsent(self) -> int:
        return len(self._outgoing)

    def send(self, data: bytes) -> None:
        with self._changed:
            if not self._is_broken:
                self._outgoing += data
                self._changed.notify_all()

    def receive(self, seconds: float) -> Piece | None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._pieces, seconds):
                # A thread may hold what it has not told yet.
                self.silent_at = max(self.silent_at, now() - self.late_s)
                return None
            piece = self._pieces.popleft()
            self._waiting_bytes -= len(piece.data)
            self._changed.notify_all()
            return piece

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(CLOSE_SECONDS)

    def _hear(self, results: int) -> None:
        try:
            while True:
                try:
                    data = os.read(results, PIECE_BYTES)
                except OSError:
                    data = b""
                with self._changed:
                    self._pieces.append(Piece(data, now()))
                    self._waiting_bytes += len(data)
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._is_closed or self._waiting_bytes < MAX_WAITING_BYTES)
                    if self._is_closed or not data:
                        return
        finally:
            os.close(results)

    def _say(self, work: int) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._is_closed or self._outgoing)
                    if self._is_closed:
                        return
                    data = bytes(self._outgoing[:PIECE_BYTES])
                sent = os.write(work, data)
                with self._changed:
                    del self._outgoing[:sent]
        except OSError:
            # Windows has more than one word for a broken pipe.
            with self._changed:
                self._is_broken = True
                self._outgoing.clear()
        finally:
            os.close(work)


def _widen(pipe: int) -> None:
    # Only Linux can be asked, and it may refuse.
    if fcntl is not None:
        with contextlib.suppress(AttributeError, OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
