"""Updates on their way to Redis.

What is appended in one turn of the event loop goes out together at its end, one step for each room in it: nothing waits
for a timer, nor for an earlier answer. Redis shares one `fsync` among all that has arrived when it comes to it. Until
Redis has answered an update is kept here; if the answer is lost it is sent again, and may then be stored twice, which
is harmless: an update says what is in a document, not what to do to it.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sparring_server.protocol import limits
from sparring_server.storage.shared import keys, said
from sparring_server.storage.shared.link import CommandLink
from sparring_server.storage.shared.scripts import APPEND
from sparring_server.storage.shared.wire import Argument, Reply, ReplyError, pack

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
"""Between two tries while Redis refuses to write."""
TROUBLE_SECONDS = 1.0
"""A connection that comes back sooner is no trouble worth telling."""
MAX_STEP_UPDATES = 500
MAX_STEP_BYTES = 1_048_576
"""In one step, which Redis does without serving anybody else."""

MEDIUM_CODES = frozenset(
    {
        "LOST", "OOM", "MISCONF", "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "BUSY", "CLUSTERDOWN",
        "TRYAGAIN", "NOAUTH", "NOPERM",
    }
)  # fmt: skip
"""What may pass: Redis or its keeper will mend it. Any other refusal is the command's own."""


@dataclass(slots=True)
class _Append:
    room: str
    document: str
    update: bytes
    done: Callable[[bool], None]


class Appender:
    """Keeps updates until Redis has them."""

    def __init__(self, link: CommandLink, process: bytes, on_trouble: Callable[[bool], None]) -> None:
        self._link = link
        self._process = process
        self._on_trouble = on_trouble
        self._fresh: list[_Append] = []
        self._again: list[_Append] = []
        self._is_blocked = False
        self._timer: asyncio.TimerHandle | None = None
        self._loading: asyncio.Task[None] | None = None
        self._unsaved = 0
        self._unsaved_bytes = 0
        self._nothing_unsaved = asyncio.Event()
        self._nothing_unsaved.set()
        self.is_failing = False

    @property
    def is_choked(self) -> bool:
        """Whether so much waits that no more should be taken."""
        return self._unsaved_bytes > limits.MAX_UNSAVED_BYTES

    def append(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        """See `Storage.append_update`."""
        self._unsaved += 1
        self._unsaved_bytes += len(update)
        self._nothing_unsaved.clear()
        one = _Append(room, document, update, done)
        if self._is_blocked:
            self._again.append(one)
            return
        if not self._fresh:
            asyncio.get_running_loop().call_soon(self._send_fresh)
        self._fresh.append(one)

    async def flush(self, seconds: float) -> None:
        """Wait until everything is stored, or for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._nothing_unsaved.wait()
        except TimeoutError:
            log.error("stopping with %d updates that Redis did not take", self._unsaved)

    def close(self) -> None:
        """Try no more."""
        self._is_blocked = True
        self._stop_timer()
        if self._loading is not None:
            self._loading.cancel()

    # Sending.

    def _send_fresh(self) -> None:
        fresh, self._fresh = self._fresh, []
        if self._is_blocked:
            self._again += fresh
        elif len(fresh) == 1:
            self._send(fresh)
        else:
            for step in _steps(fresh):
                self._send(step)

    def _send(self, step: list[_Append]) -> None:
        """One step: updates of one room."""
        room = step[0].room
        logs: dict[str, int] = {}
        pairs: list[Argument] = []
        for one in step:
            pairs += (logs.setdefault(one.document, len(logs) + 1), one.update)
        message = said.encode(self._process, said.Updated([(one.document, one.update) for one in step]))
        command = pack(
            "EVALSHA",
            APPEND.sha,
            1 + len(logs),
            keys.room_key(room),
            *[keys.log_key(room, document) for document in logs],
            keys.channel(room),
            message,
            *[keys.document_field(document) for document in logs],
            *pairs,
        )
        self._link.send(command, partial(self._answered, step))

    def _answered(self, step: list[_Append], reply: Reply) -> None:
        if isinstance(reply, ReplyError):
            self._refused(step, reply)
            return
        if reply != 1:
            log.error("room %s has expired; %d updates are not stored", step[0].room, len(step))
        self._settle(step, reply == 1)
        if self._is_blocked and self._link.is_up:
            self._resume()

    def _settle(self, step: list[_Append], stored: bool) -> None:
        self._unsaved -= len(step)
        self._unsaved_bytes -= sum(len(one.update) for one in step)
        if not self._unsaved:
            self._nothing_unsaved.set()
        for one in step:
            one.done(stored)

    # Trouble.

    def _refused(self, step: list[_Append], error: ReplyError) -> None:
        if error.code == "NOSCRIPT":
            self._keep(step)
            if self._loading is None:
                self._loading = asyncio.create_task(self._load_scripts())
        elif error.code not in MEDIUM_CODES:
            log.error("Redis refused %d updates of room %s: %s", len(step), step[0].room, error)
            self._settle(step, False)
        else:
            self._keep(step)
            if error.code != "LOST":
                if not self.is_failing:
                    log.error("Redis cannot store, will try again: %s", error)
                self._set_failing(True)
                if self._timer is None:
                    self._timer = asyncio.get_running_loop().call_later(RETRY_SECONDS, self._probe)

    def _keep(self, step: list[_Append]) -> None:
        self._is_blocked = True
        self._again += step

    async def _load_scripts(self) -> None:
        try:
            await self._link.load_scripts()
        except ReplyError as error:
            log.error("Redis took no scripts: %s", error)
        self._loading = None
        self._probe()

    def _probe(self) -> None:
        """Send the first step of what waits; the rest follows when it is stored."""
        self._stop_timer()
        if not self._link.is_up:
            return
        if not self._again:
            self._resume()
            return
        first, *rest = _steps(self._again)
        self._again = [one for step in rest for one in step]
        self._send(first)

    def _resume(self) -> None:
        self._stop_timer()
        self._is_blocked = False
        again, self._again = self._again, []
        for step in _steps(again):
            self._send(step)
        self._set_failing(False)

    def link_went_down(self) -> None:
        """The connection is lost: keep everything."""
        self._is_blocked = True
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(TROUBLE_SECONDS, self._set_failing, True)

    def link_came_up(self) -> None:
        """The connection is back: send what waits."""
        self._probe()

    def _set_failing(self, failing: bool) -> None:
        if failing != self.is_failing:
            self.is_failing = failing
            self._on_trouble(failing)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _steps(appends: Sequence[_Append]) -> list[list[_Append]]:
    """In steps of one room each, and of a bounded size."""
    steps: list[list[_Append]] = []
    open_: dict[str, tuple[list[_Append], int]] = {}
    for one in appends:
        step, size = open_.get(one.room, ([], 0))
        if step and (len(step) >= MAX_STEP_UPDATES or size + len(one.update) > MAX_STEP_BYTES):
            step, size = [], 0
        if not step:
            steps.append(step)
        step.append(one)
        open_[one.room] = (step, size + len(one.update))
    return steps
