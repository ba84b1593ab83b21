"""The update log of one document. Pure.

A log holds Yjs updates as they came and never decodes text. It merges in tiers: every `FAN_OUT` updates become one
segment, every `FAN_OUT` segments a larger one, so that no merge takes long and reading a long log stays cheap.
Merging never goes through a document: a document drops updates that still wait for their predecessors when it is
encoded again, and those were acknowledged (tests/server/test_update_log.py shows it).

What was merged because somebody needed it is the base from then on, once it is long, and what comes after it is the
tail. Whoever comes next costs the reading of the tail only: of the base it is enough to know which clocks it has.
"""

from collections.abc import Iterable

import pycrdt

from sparring_server.protocol.lib0 import MalformedData, Reader, var_uint

FAN_OUT = 64
BASE_BYTES = 16_384
"""A merged log of so many bytes is not merged again for each little that comes after it."""
TAIL_SHARE = 16
"""But when what came after is more than one part in so many."""
EMPTY_UPDATE = b"\x00\x00"
EMPTY_STATE_VECTOR = b"\x00"
_GARBAGE_COLLECTED = b"\x00"
"""How a structure begins (and, but for its length, ends) of which nothing is left but its clocks."""
_NO_DELETIONS = b"\x00"


def check_update(update: bytes) -> None:
    """Raise `MalformedData` unless these bytes are a Yjs update (version 1). Costs about a microsecond."""
    try:
        pycrdt.get_state(update)
    except ValueError:
        raise MalformedData("the update cannot be read") from None


class UpdateLog:
    """Everything that was written into one document, in the order of arrival."""

    __slots__ = ("_base", "_extended", "_state_vector", "_tiers", "size_bytes")

    def __init__(self, updates: Iterable[bytes] = ()) -> None:
        self._base: _Base | None = None
        self._tiers: list[list[bytes]] = [[]]
        self._state_vector: bytes | None = EMPTY_STATE_VECTOR
        self._extended: bytes | None = None
        """The tail on top of the base's clocks, until there is more of it."""
        self.size_bytes = 0
        """What the log takes in memory, about."""
        for update in updates:
            self.append(update)

    def append(self, update: bytes) -> None:
        """Take a checked update."""
        self.size_bytes += len(update)
        self._state_vector = self._extended = None
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

    def _tail(self) -> list[bytes]:
        return [piece for tier in reversed(self._tiers) for piece in tier]

    def pieces(self) -> list[bytes]:
        """The log as it is kept: updates, and merged ones, oldest first."""
        tail = self._tail()
        return tail if self._base is None else [self._base.update, *tail]

    def merged(self) -> bytes:
        """The whole log as one update, which it is kept as from then on."""
        pieces = self.pieces()
        if len(pieces) > 1:
            merged = pycrdt.merge_updates(*pieces)
            if len(merged) >= BASE_BYTES:
                self._base, self._tiers = _Base(merged), [[]]
            else:
                self._base, self._tiers = None, [*([] for _ in range(max(1, len(self._tiers) - 1))), [merged]]
            self._extended = None
            self.size_bytes = len(merged)
            return merged
        return pieces[0] if pieces else EMPTY_UPDATE

    def _settled_base(self) -> "_Base | None":
        """The base, if there is a tail on it that is best read by itself."""
        base = self._base
        if base is None or base.size_bytes == self.size_bytes or not base.has_no_gaps:
            return None
        return base if (self.size_bytes - base.size_bytes) * TAIL_SHARE <= base.size_bytes else None

    def _extended_by_tail(self, base: "_Base") -> bytes:
        if self._extended is None:
            self._extended = pycrdt.merge_updates(base.stand_in, *self._tail())
        return self._extended

    def state_vector(self) -> bytes:
        """What this log has, for a step 1."""
        if self._state_vector is None:
            base = self._settled_base()
            self._state_vector = pycrdt.get_state(self.merged() if base is None else self._extended_by_tail(base))
        return self._state_vector

    def difference(self, state_vector: bytes) -> bytes:
        """What somebody with this state vector lacks. Raises `MalformedData`."""
        if state_vector == EMPTY_STATE_VECTOR:
            return self.merged()
        base = self._settled_base()
        try:
            if base is not None and base.is_known_to(state_vector):
                news = pycrdt.get_update(self._extended_by_tail(base), state_vector)
                # A state vector does not tell which deletions somebody knows, so all of them go along, as ever.
                return pycrdt.merge_updates(base.deletions, news)
            return pycrdt.get_update(self.merged(), state_vector)
        except ValueError:
            raise MalformedData("the state vector cannot be read") from None

    def answer(self, state_vector: bytes) -> tuple[bytes, ...]:
        """The same as updates to be sent in this order, the last as the step 2. Raises `MalformedData`.

        A newcomer to a long log gets the base and then the tail. Not the other way round: when what a document waited
        for comes late, yrs may leave the rest waiting until the next update.
        """
        if state_vector == EMPTY_STATE_VECTOR and (base := self._settled_base()) is not None:
            return base.update, pycrdt.merge_updates(*self._tail())
        return (self.difference(state_vector),)

    def has_all_of(self, update: bytes) -> bool:
        """Whether an update brings nothing new. Slow (builds the document); for readers' step 2 only."""
        if update == EMPTY_UPDATE:
            return True
        document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        document.apply_update(self.merged())
        before = document.get_update()
        document.apply_update(update)
        return document.get_update() == before


class _Base:
    """A long merged update, and what can be said of it without reading it again."""

    __slots__ = ("_clocks", "_deletions", "size_bytes", "update")

    def __init__(self, update: bytes) -> None:
        self.update = update
        self.size_bytes = len(update)
        self._clocks: dict[int, int] | None = None
        self._deletions = b""

    @property
    def _known(self) -> dict[int, int]:
        """By client: the first clock that is not here. Reads the update, once."""
        if self._clocks is None:
            state_vector = pycrdt.get_state(self.update)
            self._clocks = _clocks(state_vector)
            self._deletions = pycrdt.get_update(self.update, state_vector)
        return self._clocks

    @property
    def has_no_gaps(self) -> bool:
        """Whether nothing in it waits for predecessors. Then nothing follows its state vector but deletions."""
        return bool(self._known) and self._deletions[:1] == b"\x00"

    @property
    def deletions(self) -> bytes:
        """An update of all that it deletes and nothing else."""
        assert self.has_no_gaps
        return self._deletions

    @property
    def stand_in(self) -> bytes:
        """A short update with the same clocks and nothing in them, to merge what follows with."""
        known = self._known
        # Higher clients come first, as in every update.
        parts = [var_uint(len(known))]
        for client in sorted(known, reverse=True):
            parts += (var_uint(1), var_uint(client), var_uint(0), _GARBAGE_COLLECTED, var_uint(known[client]))
        return b"".join((*parts, _NO_DELETIONS))

    def is_known_to(self, state_vector: bytes) -> bool:
        """Whether somebody with this state vector has all of it, deletions apart. Raises `MalformedData`."""
        theirs = _clocks(state_vector)
        return all(theirs.get(client, 0) >= clock for client, clock in self._known.items())


def _clocks(state_vector: bytes) -> dict[int, int]:
    reader = Reader(state_vector)
    return {reader.var_uint(): reader.var_uint() for _ in range(reader.var_uint())}
