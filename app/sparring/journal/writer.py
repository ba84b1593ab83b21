"""The one thread that writes the journal. The interface only enqueues, so a slow disk never holds up a key press."""

import atexit
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field

from sparring.journal.errors import JournalUnwritable

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.2
"""What is typed within this time is committed together; with the commit it stays well under a second."""
QUIET_TURNS = 25
"""So many times nothing came within that time: then whoever writes next wakes the thread."""
RETRY_SECONDS = 1.0

_CLOSED = "The journal is closed; what came after that was not saved."
_DEAD = (
    "Your journal cannot be saved any more ({error}). What was saved before is safe, what came after it is not saved."
    " Restart Sparring to go on."
)
_FAILING = (
    "Your journal cannot be saved right now ({error}). Everything is kept in memory and tried again:"
    " free some space and leave Sparring open."
)
_REFUSED = "One change was not saved in your journal, because it cannot be stored ({error}). Everything else is kept."

_DISK_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
"""What the disk may take later, https://sqlite.org/rescode.html; every other error is the operation's own."""

Operation = Callable[[sqlite3.Connection], None]


@dataclass(slots=True)
class _Write:
    run: Operation
    future: "Future[None]" = field(default_factory=Future)
    is_urgent: bool = True

    def settle(self, error: BaseException | None = None) -> None:
        """Resolve the future, unless whoever holds it has cancelled it."""
        try:
            if error is None:
                self.future.set_result(None)
            else:
                self.future.set_exception(error)
        except InvalidStateError:
            log.debug("nobody waits for this write any more")


class Writer:
    """Commits operations in the order in which they came.

    What the disk refuses is kept and tried again. What can never be stored fails alone: its future has the error, and
    the rest of its group is committed. Should the thread end all the same, every later write fails and says so.
    A program that ends before it closes this, by an error, does not wait for ever: what is left is written then.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.on_trouble: Callable[[str | None], None] = _ignore
        """Called in the writer's thread: a sentence when something is not saved, None when the disk works again."""
        self._connection = connection
        self._queue: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._hurry = threading.Event()
        """Something urgent came while a group was gathered."""
        self._closing = threading.Event()
        self._is_failing = False
        self._quiet_turns = QUIET_TURNS
        self._lock = threading.Lock()
        self._end = ""
        self._unsaved: list[_Write] = []
        # Any other thread would be waited for before what is registered is called.
        self._thread = threading.Thread(target=self._live, name="sparring-journal", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def submit(self, run: Operation, *, urgent: bool = True) -> "Future[None]":
        """Enqueue an operation. The future resolves when it is on disk; never wait for it on the interface's thread."""
        write = _Write(run, is_urgent=urgent)
        with self._lock:
            if not self._end:
                self._queue.put(write)
                if urgent:
                    self._hurry.set()
                return write.future
        log.error("a write came too late: %s", self._end)
        write.settle(JournalUnwritable(self._end))
        return write.future

    def refuse(self, error: Exception) -> "Future[None]":
        """Fail a write whose values could not even be prepared, in the order of the others."""

        def fail(connection: sqlite3.Connection) -> None:
            raise error

        return self.submit(fail)

    def flush(self, timeout: float | None = None) -> None:
        """Wait until all that was submitted is on disk or refused. Raises `TimeoutError` and `JournalUnwritable`."""
        self.submit(lambda connection: None).result(timeout)

    def close(self) -> None:
        """Write what is left and end the thread."""
        with self._lock:
            if not self._end:
                self._end = _CLOSED
                self._queue.put(None)
                self._hurry.set()
                self._closing.set()
        self._thread.join()
        atexit.unregister(self.close)

    def join(self, timeout: float | None = None) -> None:
        """Wait until the thread has ended, for whatever reason."""
        self._thread.join(timeout)

    def _live(self) -> None:
        try:
            self._work()
        except BaseException as error:
            log.exception("the journal's thread ended")
            self._die(error)
        finally:
            self._connection.close()

    def _work(self) -> None:
        stopping = False
        while not stopping:
            group, stopping = self._gather(bool(self._unsaved))
            self._unsaved += group
            self._unsaved = self._commit(self._unsaved)
        if self._unsaved:
            log.error("closing with %d writes that the disk did not take", len(self._unsaved))
            for write in self._unsaved:
                write.settle(JournalUnwritable(_CLOSED))

    def _die(self, error: BaseException) -> None:
        """Nothing is saved from now on: fail what waits, and tell."""
        sentence = _DEAD.format(error=_words(error))
        with self._lock:
            self._end = sentence
        waiting = list(self._unsaved)
        while not self._queue.empty():
            write = self._queue.get()
            if write is not None:
                waiting.append(write)
        for write in waiting:
            if not write.future.done():
                write.settle(JournalUnwritable(sentence))
        self._tell(sentence)

    def _gather(self, retrying: bool) -> tuple[list[_Write], bool]:
        """What is committed together, and whether it is the last.

        While somebody types this thread looks by itself: were it woken by a key, it would ask the interface for the
        interpreter while that handles the key, at each call into Qt.
        """
        group: list[_Write] = []
        if retrying:
            self._closing.wait(RETRY_SECONDS)
        elif self._quiet_turns < QUIET_TURNS:
            self._hurry.wait(GATHER_SECONDS)
        else:
            first = self._queue.get()
            if first is None:
                return group, True
            group.append(first)
            if not first.is_urgent:
                self._hurry.wait(GATHER_SECONDS)
        self._hurry.clear()
        while not self._queue.empty():
            write = self._queue.get()
            if write is None:
                return group, True
            group.append(write)
        self._quiet_turns = 0 if group else self._quiet_turns + 1
        return group, False

    def _commit(self, group: list[_Write]) -> list[_Write]:
        """Commit all that can be stored. Returns the whole group if the disk takes nothing, to try again."""
        if not group:
            return []
        try:
            refused = self._in_transaction(group)
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            if not _is_of_the_disk(error):
                raise
            if not self._is_failing:
                self._is_failing = True
                log.error("the journal cannot be written, will try again: %s", error)
                self._tell(_FAILING.format(error=error))
            return group
        if self._is_failing:
            self._is_failing = False
            self._tell(None)
        for problem in refused.values():
            log.error("a write was refused: %r", problem)
            self._tell(_REFUSED.format(error=_words(problem)))
        # Last, so that whoever waits for a write knows of its trouble when they go on.
        for number, write in enumerate(group):
            write.settle(refused.get(number))
        return []

    def _in_transaction(self, group: list[_Write]) -> dict[int, Exception]:
        """Run a group in one transaction. An operation that fails leaves no trace; its error is returned."""
        refused: dict[int, Exception] = {}
        execute = self._connection.execute
        execute("begin immediate")
        for number, write in enumerate(group):
            execute("savepoint one")
            try:
                write.run(self._connection)
            except Exception as error:
                # On some errors of the disk SQLite has rolled everything back by itself.
                if _is_of_the_disk(error) or not self._connection.in_transaction:
                    raise
                execute("rollback to one")
                refused[number] = error
            execute("release one")
        execute("commit")
        return refused

    def _tell(self, sentence: str | None) -> None:
        try:
            self.on_trouble(sentence)
        except Exception:
            log.exception("whoever listens for trouble with the journal failed")


def _is_of_the_disk(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.OperationalError) and code is not None and code & 0xFF in _DISK_CODES


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".encode(errors="backslashreplace").decode()


def _ignore(sentence: str | None) -> None:
    """Until somebody listens."""
