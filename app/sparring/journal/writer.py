"""The one thread that writes the journal. The interface only enqueues, so a slow disk never holds up a key press."""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.2
"""What is typed within this time is committed together; with the commit it stays well under a second."""
RETRY_SECONDS = 1.0

Operation = Callable[[sqlite3.Connection], None]


@dataclass(slots=True)
class _Write:
    run: Operation
    future: "Future[None]" = field(default_factory=Future)
    is_urgent: bool = True


class Writer:
    """Commits operations in the order in which they came. What the disk refuses is kept and tried again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.on_trouble: Callable[[str | None], None] = _ignore
        """Called in the writer's thread: a sentence when saving begins to fail, None when it works again."""
        self._connection = connection
        self._queue: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._is_failing = False
        self._thread = threading.Thread(target=self._work, name="sparring-journal")
        self._thread.start()

    def submit(self, run: Operation, *, urgent: bool = True) -> "Future[None]":
        """Enqueue an operation. The future resolves when it is on disk; never wait for it on the interface's thread."""
        write = _Write(run, is_urgent=urgent)
        self._queue.put(write)
        return write.future

    def flush(self, timeout: float | None = None) -> None:
        """Wait until all that was submitted is on disk. Raises `TimeoutError`."""
        self.submit(lambda connection: None).result(timeout)

    def close(self) -> None:
        """Write what is left and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        unsaved: list[_Write] = []
        stopping = False
        while not stopping:
            group, stopping = self._gather(bool(unsaved))
            unsaved = self._commit([*unsaved, *group])
        if unsaved:
            log.error("closing with %d writes that the disk did not take", len(unsaved))
        self._connection.close()

    def _gather(self, retrying: bool) -> tuple[list[_Write], bool]:
        group: list[_Write] = []
        deadline: float | None = time.monotonic() + RETRY_SECONDS if retrying else None
        while True:
            try:
                timeout = None if deadline is None else max(0.0, deadline - time.monotonic())
                write = self._queue.get(timeout=timeout)
            except queue.Empty:
                return group, False
            if write is None:
                return group, True
            group.append(write)
            wait = 0.0 if write.is_urgent else GATHER_SECONDS
            if deadline is None or (write.is_urgent and not retrying):
                deadline = time.monotonic() + wait

    def _commit(self, group: list[_Write]) -> list[_Write]:
        if not group:
            return []
        try:
            self._connection.execute("begin immediate")
            for write in group:
                write.run(self._connection)
            self._connection.execute("commit")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            return self._sort_out(group, error)
        for write in group:
            write.future.set_result(None)
        if self._is_failing:
            self._is_failing = False
            self.on_trouble(None)
        return []

    def _sort_out(self, group: list[_Write], error: sqlite3.Error) -> list[_Write]:
        """A full disk may mend; an operation that breaks a rule will not, and must not block others."""
        if isinstance(error, sqlite3.OperationalError):
            if not self._is_failing:
                self._is_failing = True
                log.error("the journal cannot be written, will try again: %s", error)
                self.on_trouble(
                    f"Your journal cannot be saved right now ({error}). Everything is kept in memory and tried again:"
                    " free some space and leave Sparring open."
                )
            return group
        if len(group) > 1:
            return [again for write in group for again in self._commit([write])]
        log.error("a write was refused: %s", error)
        group[0].future.set_exception(error)
        return []


def _ignore(sentence: str | None) -> None:
    """Until somebody listens."""
