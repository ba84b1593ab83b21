"""The update logs of a room's documents, and who may read and write which. Pure.

A log holds Yjs updates as they came and never decodes text. It merges in tiers: every `FAN_OUT` updates become one
segment, every `FAN_OUT` segments a larger one, so that no merge takes long and reading a long log stays cheap.
Merging never goes through a document: a document drops updates that still wait for their predecessors when it is
encoded again, and those were acknowledged (tests/server/test_documents.py shows it).
"""

from collections.abc import Iterable
from enum import Enum

import pycrdt

from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.names import DocumentKind, DocumentName
from sparring_server.protocol.view import Role

FAN_OUT = 64
EMPTY_UPDATE = b"\x00\x00"
EMPTY_STATE_VECTOR = b"\x00"


class Access(Enum):
    """What one member may do with one document."""

    READ_WRITE = "read-write"
    READ_ONLY = "readonly"


def access(document: DocumentName, member_id: str, role: Role) -> Access:
    """The policy of a room. It never depends on the phase: a blind text is nowhere but on its writer's disk."""
    if role == "observer":
        return Access.READ_ONLY
    if document.kind is DocumentKind.EDITOR and document.owner != member_id:
        return Access.READ_ONLY
    return Access.READ_WRITE


def check_update(update: bytes) -> None:
    """Raise `MalformedData` unless these bytes are a Yjs update (version 1). Costs about a microsecond."""
    try:
        pycrdt.get_state(update)
    except ValueError:
        raise MalformedData("the update cannot be read") from None


class UpdateLog:
    """Everything that was written into one document, in the order of arrival."""

    __slots__ = ("_state_vector", "_tiers", "size_bytes")

    def __init__(self, updates: Iterable[bytes] = ()) -> None:
        self._tiers: list[list[bytes]] = [[]]
        self._state_vector: bytes | None = EMPTY_STATE_VECTOR
        self.size_bytes = 0
        """What the log takes in memory, about."""
        for update in updates:
            self.append(update)

    def append(self, update: bytes) -> None:
        """Take a checked update."""
        self.size_bytes += len(update)
        self._state_vector = None
        pieces = self._tiers[0]
        pieces.append(update)
        if len(pieces) == FAN_OUT:
            self._merge_tier(0)

    def _merge_tier(self, tier: int) -> None:
        pieces = self._tiers[tier]
        merged = pycrdt.merge_updates(*pieces)
        self.size_bytes += len(merged) - sum(map(len, pieces))
        pieces.clear()
        if tier + 1 == len(self._tiers):
            self._tiers.append([])
        self._tiers[tier + 1].append(merged)
        if len(self._tiers[tier + 1]) == FAN_OUT:
            self._merge_tier(tier + 1)

    def pieces(self) -> list[bytes]:
        """The log as it is kept: updates, and merged ones, oldest first."""
        return [piece for tier in reversed(self._tiers) for piece in tier]

    def merged(self) -> bytes:
        """The whole log as one update, which it is kept as from then on."""
        pieces = self.pieces()
        if not pieces:
            return EMPTY_UPDATE
        if len(pieces) > 1:
            pieces = [pycrdt.merge_updates(*pieces)]
            self._tiers = [*([] for _ in self._tiers[1:]), pieces] if len(self._tiers) > 1 else [[], pieces]
            self.size_bytes = len(pieces[0])
        return pieces[0]

    def state_vector(self) -> bytes:
        """What this log has, for a step 1."""
        if self._state_vector is None:
            self._state_vector = pycrdt.get_state(self.merged())
        return self._state_vector

    def difference(self, state_vector: bytes) -> bytes:
        """What somebody with this state vector lacks, for a step 2. Raises `MalformedData`."""
        if state_vector == EMPTY_STATE_VECTOR:
            return self.merged()
        try:
            return pycrdt.get_update(self.merged(), state_vector)
        except ValueError:
            raise MalformedData("the state vector cannot be read") from None

    def has_all_of(self, update: bytes) -> bool:
        """Whether an update brings nothing new. Slow (builds the document); for readers' step 2 only."""
        if update == EMPTY_UPDATE:
            return True
        document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        document.apply_update(self.merged())
        before = document.get_update()
        document.apply_update(update)
        return document.get_update() == before
