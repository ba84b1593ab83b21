"""Which problems somebody has worked on, told in few bytes and without their names: a mark for each id."""

import hashlib
from collections.abc import Iterable

MARK_BYTES = 6
"""Of two thousand problems, two share a mark once in a hundred million banks."""


def mark_of(problem_id: str) -> bytes:
    """A short mark of an id."""
    return hashlib.sha256(problem_id.encode()).digest()[:MARK_BYTES]


def encode_seen(problem_ids: Iterable[str]) -> bytes:
    """The marks of these problems, in an order that says nothing."""
    return b"".join(sorted(map(mark_of, problem_ids)))


def decode_seen(marks: bytes) -> frozenset[bytes]:
    """The marks in what somebody told; bytes that make no whole mark are left out."""
    return frozenset(marks[start : start + MARK_BYTES] for start in range(0, len(marks) - MARK_BYTES + 1, MARK_BYTES))
