"""One Yjs document of a room at this seat: kept here first, synced with the room while it is attached."""

from collections import deque
from collections.abc import Callable, Iterable

import pycrdt
from psygnal import Signal

from sparring_server.protocol import frames
from sparring_server.protocol.frames import Scope

REMOTE = "remote"
"""The origin of transactions that came over the wire; everything else happened at this seat."""


class SharedDocument:
    """A document and its conversation with the server.

    Local changes are sent only while the document is attached and the server has said what it has; until then they
    wait in the document itself, and the next step 2 brings them all. Nothing is buffered for sending (reconnect is
    connect). A document that was never attached is nowhere but here.
    """

    updated = Signal(bytes, bool)
    """(update, is_remote): the document changed; the update is what must be kept on disk."""
    synced_changed = Signal(bool)
    unsaved_changed = Signal(int)
    scope_changed = Signal(str)

    def __init__(self, name: str, stored_updates: Iterable[bytes] = ()) -> None:
        self.name = name
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self.scope: Scope | None = None
        self._send: Callable[[bytes], None] | None = None
        self._is_live = False
        self._is_synced = False
        self._is_applying = False
        self._unsaved = 0
        self._awaited: deque[int] = deque()
        updates = list(stored_updates)
        if updates:
            self.doc.apply_update(updates[0] if len(updates) == 1 else pycrdt.merge_updates(*updates))
        self._subscription = self.doc.observe(self._changed)

    @property
    def is_attached(self) -> bool:
        return self._send is not None

    @property
    def is_synced(self) -> bool:
        """Whether everything that the server had on attach has arrived."""
        return self._is_synced

    @property
    def unsaved(self) -> int:
        """Local changes since attaching that the server has not acknowledged."""
        return self._unsaved

    # The conversation.

    def attach(self, send: Callable[[bytes], None], token: str) -> None:
        """Begin, or begin again on a new connection: who I am, and what I have."""
        self._send = send
        self._is_live = False
        self._awaited.clear()
        send(frames.encode(frames.Token(self.name, token)))
        send(frames.encode(frames.SyncStep1(self.name, self.doc.get_state())))

    def connection_lost(self) -> None:
        """The socket is gone. What was not acknowledged counts as unsaved until the next step 2 is."""
        self._send = None
        self._is_live = False
        self._awaited.clear()
        self._set_synced(False)

    def detach(self) -> None:
        """End the conversation and keep the document."""
        if self._send is not None:
            self._send(frames.encode(frames.Close(self.name, "detached")))
        self.connection_lost()

    def receive(self, frame: frames.Frame) -> None:
        """Take a frame that the server sent for this document."""
        match frame:
            case frames.Authenticated():
                self.scope = frame.scope
                self.scope_changed.emit(frame.scope)
            case frames.SyncStep1():
                self._answer_step1(frame.state_vector)
            case frames.SyncStep2():
                self._apply(frame.update)
                self._set_synced(True)
            case frames.SyncUpdate():
                self._apply(frame.update)
            case frames.SyncStatus():
                self._acknowledged(frame.applied)

    def _answer_step1(self, state_vector: bytes) -> None:
        if self._send is None:
            return
        self._is_live = True
        self._awaited.append(self._unsaved)
        self._send(frames.encode(frames.SyncStep2(self.name, self.doc.get_update(state_vector))))

    def _apply(self, update: bytes) -> None:
        self._is_applying = True
        try:
            with self.doc.transaction(origin=REMOTE):
                self.doc.apply_update(update)
        finally:
            self._is_applying = False

    def _acknowledged(self, applied: bool) -> None:
        if not self._awaited:
            return
        covered = self._awaited.popleft()
        if applied and covered:
            self._set_unsaved(self._unsaved - covered)

    # Changes.

    def _changed(self, event: pycrdt.TransactionEvent) -> None:
        update = event.update
        if self._is_applying:
            self.updated.emit(update, True)
            return
        if self._is_live and self._send is not None:
            self._awaited.append(1)
            self._send(frames.encode(frames.SyncUpdate(self.name, update)))
        self.updated.emit(update, False)
        self._set_unsaved(self._unsaved + 1)

    def _set_unsaved(self, count: int) -> None:
        self._unsaved = count
        self.unsaved_changed.emit(count)

    def _set_synced(self, synced: bool) -> None:
        if synced != self._is_synced:
            self._is_synced = synced
            self.synced_changed.emit(synced)
