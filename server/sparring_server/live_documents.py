"""The documents of a room that is in memory: their logs, who follows them, and the way of an update.

An update is logged and forwarded at once, and acknowledged when storage has it. It is never applied to a document.
"""

import asyncio
from collections import deque
from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol

from sparring_server.counts import Counts
from sparring_server.protocol import frames, limits
from sparring_server.storage import Storage, StorageError
from sparring_server.update_log import EMPTY_UPDATE, FAN_OUT, UpdateLog, check_update

COMPACT_EVERY = 4_096
"""Updates of a document after which what storage has of it is merged, while the room is in use."""


class Subscriber(Protocol):
    """One document of one connection, as the room sees it."""

    @property
    def key(self) -> str:
        """The name under which this client knows the document."""

    @property
    def member_id(self) -> str:
        """Whose connection it is."""

    @property
    def secret(self) -> str:
        """The room's secret with which its client came in."""

    def send(self, frame: bytes) -> None:
        """Hand over a frame; never waits."""

    def expel(self, reason: str) -> None:
        """End the whole connection: its member has been removed. Nothing more comes from it."""

    def acknowledge(self, stored: bool) -> None:
        """Say that an update is stored, or never will be."""

    def acknowledge_later(self) -> None:
        """The same of an update that is stored, for which nobody waited: with what else is said before long."""


class TooLargeError(Exception):
    """A document or the room's list of documents is at its limit."""


class _Answer:
    """What one sender is told of one update, once it is known. The storage calls it; there is one for each update."""

    __slots__ = ("_document", "_documents", "sender", "stored")

    def __init__(self, documents: "LiveDocuments", document: "LiveDocument", sender: Subscriber) -> None:
        self._documents = documents
        self._document = document
        self.sender = sender
        self.stored: bool | None = None

    def __call__(self, stored: bool) -> None:
        self.stored = stored
        self._documents.one_is_settled()
        self._document.settle()


class _Known(NamedTuple):
    """An answer that only waits for those before it."""

    sender: Subscriber
    stored: bool


class LiveDocument:
    """One document: the log, and the clients that follow it."""

    __slots__ = ("_answers", "is_stored", "log", "name", "pieces", "subscribers")

    def __init__(self, name: str, stored_log: UpdateLog | None = None) -> None:
        self.name = name
        self.log = UpdateLog() if stored_log is None else stored_log
        self.is_stored = stored_log is not None
        """What is appended to the log is stored thereby."""
        self.subscribers: set[Subscriber] = set()
        self._answers: deque[_Answer | _Known] | None = None
        """In the order in which the updates came: clients count, and a step 2 builds on all that came before it."""
        self.pieces = 0
        """About how many stored updates there are since they were last merged in storage."""

    def answer(self, sender: Subscriber, stored: bool) -> None:
        """Acknowledge what needs no storing, after all that came before it."""
        if self._answers:
            self._answers.append(_Known(sender, stored))
        else:
            sender.acknowledge(stored)

    def answer_later(self, answer: _Answer) -> None:
        """Acknowledge what is being stored, once it is known whether it is."""
        if self._answers is None:
            self._answers = deque()
        self._answers.append(answer)

    def settle(self) -> None:
        """Acknowledge, in order, whatever is known."""
        answers = self._answers
        while answers and (stored := answers[0].stored) is not None:
            answers.popleft().sender.acknowledge(stored)


class LiveDocuments:
    """All documents of one room."""

    __slots__ = (
        "_all_saved", "_compacting", "_counts", "_documents", "_room_id", "_size_bytes", "_storage", "_waiting",
        "has_changed",
    )  # fmt: skip

    def __init__(self, room_id: str, storage: Storage, counts: Counts) -> None:
        self._room_id = room_id
        self._storage = storage
        self._counts = counts
        self._documents: dict[str, LiveDocument] = {}
        self._size_bytes = 0
        """What the documents take together, or more."""
        self._waiting = 0
        self._all_saved = asyncio.Event()
        self._all_saved.set()
        self._compacting: set[asyncio.Task[None]] = set()
        self.has_changed = False
        """Whether an update was taken since this was last set to False."""

    def __getitem__(self, name: str) -> LiveDocument:
        """The document of this name, made if there is none. Raises `TooLargeError`."""
        document = self._documents.get(name)
        if document is None:
            if len(self._documents) >= limits.MAX_DOCUMENTS_PER_ROOM:
                raise TooLargeError(f"more than {limits.MAX_DOCUMENTS_PER_ROOM} documents in a room")
            document = self._documents[name] = LiveDocument(name, self._storage.log_of(self._room_id, name))
        return document

    @property
    def has_subscribers(self) -> bool:
        return any(document.subscribers for document in self._documents.values())

    def of_members(self, members: Collection[str]) -> list[tuple[LiveDocument, Subscriber]]:
        """What these members follow."""
        return [
            (document, subscriber)
            for document in self._documents.values()
            for subscriber in document.subscribers
            if subscriber.member_id in members
        ]

    @property
    def are_saved(self) -> bool:
        """Whether storage has everything."""
        return not self._waiting

    def restore(self, stored: Mapping[str, list[bytes]]) -> None:
        """Take what storage has, beside what was heard meanwhile. Raises `MalformedData` if it cannot be read."""
        for name, updates in stored.items():
            document = self[name]
            if document.is_stored:
                continue
            for update in updates:
                check_update(update)
                document.log.append(update)
            document.pieces = len(updates)
        self._size_bytes = sum(document.log.size_bytes for document in self._documents.values())

    def update(self, document: LiveDocument, update: bytes, sender: Subscriber, frame: bytes | None = None) -> None:
        """Log, forward and store a checked update. `frame` is it as it came, if it can be forwarded like that.

        Raises `TooLargeError` and `StorageError`.
        """
        if self._storage.is_choked:
            raise StorageError("The server cannot save right now, and has kept as much as it can.")
        if update == EMPTY_UPDATE:
            # It says that the log has everything of this client's; storage may still be busy with that.
            document.answer(sender, True)
            return
        log = document.log
        if log.size_bytes + len(update) > limits.MAX_DOCUMENT_BYTES:
            raise TooLargeError(f"a document of more than {limits.MAX_DOCUMENT_BYTES} bytes")
        self._size_bytes += len(update)
        if self._size_bytes > limits.MAX_ROOM_BYTES:
            self._check_size(len(update))
        log.append(update)
        self._forward(document, update, sender, frame)
        self._counts.updates += 1
        self._counts.updates_bytes += len(update)
        self.has_changed = True
        if document.is_stored:
            sender.acknowledge_later()
            return
        if not self._waiting:
            self._all_saved.clear()
        self._waiting += 1
        answer = _Answer(self, document, sender)
        document.answer_later(answer)
        try:
            self._storage.append_update(self._room_id, document.name, update, answer)
        except StorageError:
            # Nothing waits for a storage that has died: the room can still be left.
            answer(False)
            raise
        document.pieces += 1
        if document.pieces >= COMPACT_EVERY:
            self._compact_soon(document)

    def _check_size(self, size: int) -> None:
        """Count again, with so many bytes that are to come: merging makes logs smaller. Raises `TooLargeError`."""
        self._size_bytes = sum(document.log.size_bytes for document in self._documents.values())
        if self._size_bytes + size > limits.MAX_ROOM_BYTES:
            raise TooLargeError(f"a room of more than {limits.MAX_ROOM_BYTES} bytes")
        self._size_bytes += size

    def one_is_settled(self) -> None:
        """Storage has one more update, or never will."""
        self._waiting -= 1
        if not self._waiting:
            self._all_saved.set()

    def heard(self, name: str, update: bytes) -> None:
        """Take an update that another process stored."""
        document = self[name]
        document.log.append(update)
        self._forward(document, update, None, None)

    def catch_up(self, stored: Mapping[str, list[bytes]]) -> None:
        """Take from storage what was missed, and forward just that."""
        for name, updates in stored.items():
            document = self[name]
            missed = UpdateLog(updates).difference(document.log.state_vector())
            if missed != EMPTY_UPDATE:
                self.heard(name, missed)

    def _forward(self, document: LiveDocument, update: bytes, sender: Subscriber | None, frame: bytes | None) -> None:
        key = "" if sender is None else sender.key
        for subscriber in document.subscribers:
            if subscriber is sender:
                continue
            if frame is not None and subscriber.key == key:
                subscriber.send(frame)
            else:
                subscriber.send(frames.encode(frames.SyncUpdate(subscriber.key, update)))

    # Storage.

    async def flush(self) -> None:
        """Wait until everything is in storage, and merge there what grew long. Raises `StorageError`."""
        await self._all_saved.wait()
        await asyncio.gather(*self._compacting)
        for document in self._documents.values():
            if document.pieces > FAN_OUT:
                await self._compact(document)

    def _compact_soon(self, document: LiveDocument) -> None:
        document.pieces = 1
        task = asyncio.create_task(self._compact(document))
        self._compacting.add(task)
        task.add_done_callback(self._compacting.discard)

    async def _compact(self, document: LiveDocument) -> None:
        document.pieces = 1
        await self._storage.compact(self._room_id, document.name)
