"""The two pipes to a child: cases go in, records come out. Whatever comes out is a claim."""

import contextlib
import json
import os
import select
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from sparring.runner.outlet import Outlet

LOOK_SECONDS = 0.1
"""How often a silent child is looked after: is its time over, has the run been cancelled?"""
MAX_RECORD_BYTES = 4_194_304
"""One line of results; the harness stays below."""
MAX_RUN_BYTES = 67_108_864
"""All results of a run."""
PIECE_BYTES = 65_536
PIPE_BYTES = 1_048_576
"""What the kernel keeps between us and a child, where it can be asked: fewer changes between the two."""

_read_json = json.JSONDecoder().raw_decode
_TAMPERED = "Your code wrote something of its own into the channel of its results."
_TOO_LARGE = f"Your code returned more than {MAX_RUN_BYTES // 1_048_576} MB of results in all. The run ends here."


class OutOfTime(Exception):
    """The deadline has passed."""


class Ended(Exception):
    """The child has ended by itself, or was killed."""


class Broken(Exception):
    """The child cannot be believed any more; the message is for people."""


class TooMuch(Broken):
    """The run has used up its bytes."""


class Budget:
    """The bytes that are left to a run, over all its children."""

    def __init__(self, left: int | None = None) -> None:
        self._left = MAX_RUN_BYTES if left is None else left

    def spend(self, size: int) -> None:
        """Raises `TooMuch`."""
        self._left -= size
        if self._left < 0:
            raise TooMuch(_TOO_LARGE)


class Record(NamedTuple):
    """What a child says. It said so after `earliest` and before `latest`, times of `time.monotonic`."""

    fields: dict[str, Any]
    earliest: float
    latest: float
    size: int


class Channel:
    """Both pipes' ends on this side. `outlet` gets what is printed; without one, nothing may be."""

    def __init__(self, work: int, results: int, nonce: bytes, budget: Budget, is_killed: Callable[[], bool]) -> None:
        self.budget = budget
        self.outlet: Outlet | None = None
        self._work, self._results, self._nonce, self._is_killed = work, results, nonce, is_killed
        self._outgoing = bytearray()
        self._buffer = bytearray()
        self._records: deque[Record] = deque()
        self._silent_at = time.monotonic()
        """The last time at which nothing was waiting to be read."""
        self._poll = select.poll()
        self._poll.register(results, select.POLLIN)
        os.set_blocking(work, False)
        _widen(work)
        _widen(results)

    @property
    def unsent(self) -> int:
        """Bytes that the child has not taken yet."""
        return len(self._outgoing)

    def put(self, line: bytes) -> None:
        """Send a line, with the next `take` at the latest."""
        if not self._outgoing:
            self._poll.register(self._work, select.POLLOUT)
        self._outgoing += line

    def be_quiet(self) -> None:
        """What comes from now on was not said before now: the child had nothing to do."""
        self.expect(not self._records and not self._buffer)
        self._silent_at = time.monotonic()

    def take(self, deadline: float) -> Record:
        """The next record that is no print. Raises `OutOfTime`, `Ended`, and `Broken` if it is not whole and genuine.

        A time is over when nothing was there to be read at its end, however late that is looked at: whoever judges
        another case meanwhile makes no case late.
        """
        while True:
            while self._records:
                record = self._records.popleft()
                # Here and not where it is read: what a child says ahead of its turn is no fault of the case before.
                self.budget.spend(record.size)
                if "printed" not in record.fields:
                    return record
                self._hear(record.fields["printed"])
            if self._is_killed():
                raise Ended
            if self._silent_at >= deadline:
                raise OutOfTime
            self._exchange(deadline)
            if self.outlet is not None:
                self.outlet.tell()

    def expect(self, condition: bool) -> None:
        """Raises `Broken` unless the last record came in its turn."""
        if not condition:
            raise Broken(_TAMPERED)

    def close(self) -> None:
        os.close(self._results)
        os.close(self._work)

    def _exchange(self, deadline: float) -> None:
        """Write and read what can be, after waiting until something can."""
        now = time.monotonic()
        wait = min(max(0.0, deadline - now), LOOK_SECONDS)
        if self.outlet is not None:
            wait = min(wait, self.outlet.wait_s)
        ready = {descriptor for descriptor, _ in self._poll.poll(wait * 1000)}
        if self._results not in ready:
            self._silent_at = now if ready else now + wait
        if self._work in ready:
            self._write()
        if self._results in ready:
            self._read()

    def _write(self) -> None:
        try:
            del self._outgoing[: os.write(self._work, self._outgoing[:PIECE_BYTES])]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # What it said before it ended is still to be read.
            self._outgoing.clear()
        if not self._outgoing:
            self._poll.unregister(self._work)

    def _read(self) -> None:
        piece = os.read(self._results, PIECE_BYTES)
        if not piece:
            raise Ended
        latest = time.monotonic()
        self._buffer += piece
        if b"\n" in piece:
            *lines, self._buffer = self._buffer.split(b"\n")
            self._records.extend(Record(self._fields(line), self._silent_at, latest, len(line)) for line in lines)
        rest = self._buffer
        self.expect(len(rest) <= MAX_RECORD_BYTES and self._nonce.startswith(bytes(rest[: len(self._nonce)])))

    def _fields(self, line: bytearray) -> dict[str, Any]:
        if not line.startswith(self._nonce):
            raise Broken(_TAMPERED)
        try:
            text = line.decode()
            fields, end = _read_json(text, len(self._nonce))
        except (ValueError, RecursionError):
            raise Broken(_TAMPERED) from None
        if end != len(text) or not isinstance(fields, dict):
            raise Broken(_TAMPERED)
        return fields

    def _hear(self, printed: Any) -> None:
        self.expect(self.outlet is not None and isinstance(printed, str))
        piece = b""
        with contextlib.suppress(UnicodeEncodeError):
            piece = printed.encode("latin-1")
        self.expect(bool(piece) and self.outlet is not None and self.outlet.hear(piece))


def _widen(pipe: int) -> None:
    # Only Linux can be asked, and it may refuse.
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
