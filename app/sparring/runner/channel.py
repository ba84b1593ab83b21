"""The two pipes to a child: cases go in, records come out. Whatever comes out is a claim."""

import contextlib
import json
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from sparring.runner.outlet import Outlet
from sparring.runner.wires import Wires, now

LOOK_SECONDS = 0.1
"""How often a silent child is looked after: is its time over, has the run been cancelled?"""
MAX_RECORD_BYTES = 4_194_304
"""One line of results; the harness stays below."""
MAX_RUN_BYTES = 67_108_864
"""All results of a run."""

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
    """What a child says. It said so after `earliest` and before `latest`, times of `wires.now`."""

    fields: dict[str, Any]
    earliest: float
    latest: float
    size: int


class Channel:
    """Both pipes' ends on this side. `outlet` gets what is printed; without one, nothing may be."""

    def __init__(self, wires: Wires, nonce: bytes, budget: Budget, is_killed: Callable[[], bool]) -> None:
        self.budget = budget
        self.outlet: Outlet | None = None
        self._wires, self._nonce, self._is_killed = wires, nonce, is_killed
        self._buffer = bytearray()
        self._records: deque[Record] = deque()

    @property
    def unsent(self) -> int:
        """Bytes that the child has not taken yet."""
        return self._wires.unsent

    def put(self, line: bytes) -> None:
        """Send a line, with the next `take` at the latest."""
        self._wires.send(line)

    def be_quiet(self) -> None:
        """What comes from now on was not said before now: the child had nothing to do."""
        self.expect(not self._records and not self._buffer)
        self._wires.silent_at = now()

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
            if self._wires.silent_at >= deadline:
                raise OutOfTime
            self._exchange(deadline)
            if self.outlet is not None:
                self.outlet.tell()

    def expect(self, condition: bool) -> None:
        """Raises `Broken` unless the last record came in its turn."""
        if not condition:
            raise Broken(_TAMPERED)

    def close(self) -> None:
        self._wires.close()

    def _exchange(self, deadline: float) -> None:
        """Write and read what can be, after waiting until something can."""
        wait = min(max(0.0, deadline + self._wires.late_s - now()), LOOK_SECONDS)
        if self.outlet is not None:
            wait = min(wait, self.outlet.wait_s)
        piece = self._wires.receive(wait)
        if piece is not None:
            self._read(*piece)

    def _read(self, data: bytes, latest: float) -> None:
        if not data:
            raise Ended
        self._buffer += data
        if b"\n" in data:
            *lines, self._buffer = self._buffer.split(b"\n")
            earliest = self._wires.silent_at
            self._records.extend(Record(self._fields(line), earliest, latest, len(line)) for line in lines)
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
