"""Where updates are written first: one after the other at the end of a table without an index.

Updates come from all rooms in turn. Put straight to the others of its room, each would touch two pages of the file that
no other touches, and pages are what a commit costs. At the end of one table a hundred share a page. They are folded in
when there are many. Reading needs no folding: a full disk can be read.
"""

import sqlite3
from collections.abc import Sequence

FOLD_AT = 4_096
"""Rows; about half a megabyte, which folds in some ten milliseconds."""

_APPEND = "insert into update_tail (room, document, body) values (?, ?, ?)"
_READ = "select document, body from update_tail where room = ? order by id"
_FOLD = (
    "insert into document_update (room, document, body) select room, document, body from update_tail"
    " where room in (select id from room) order by room, document, id"
)


class Tail:
    """What the writer thread knows of the table. May know of too many rooms: folding nothing is no harm."""

    def __init__(self) -> None:
        self._rooms: set[str] = set()
        self._rows = 0
        self._fold_at = FOLD_AT
        self._may_hold_any = True

    def append(self, connection: sqlite3.Connection, rows: Sequence[tuple[str, str, bytes]]) -> None:
        """Add updates: room, document, body. In a transaction."""
        connection.executemany(_APPEND, rows)
        self._rooms.update(row[0] for row in rows)
        self._rows += len(rows)

    @property
    def is_long(self) -> bool:
        """Whether it is time to fold."""
        return self._rows >= self._fold_at

    def read(self, connection: sqlite3.Connection, room: str) -> list[tuple[str, bytes]]:
        """Documents and updates of this room, oldest first. They come after all others of their room."""
        if not self._may_hold_any and room not in self._rooms:
            return []
        return connection.execute(_READ, (room,)).fetchall()

    def rolled_back(self) -> None:
        """What was folded in this transaction may be in the table again."""
        self._may_hold_any = True

    def put_off(self) -> None:
        """Folding failed; it is tried anew when there is more."""
        self._fold_at = self._rows + FOLD_AT

    def fold(self, connection: sqlite3.Connection) -> None:
        """Put all updates to the others of their rooms; those of rooms that expired meanwhile go. In a transaction."""
        connection.execute(_FOLD)
        connection.execute("delete from update_tail")
        self._rooms.clear()
        self._rows = 0
        self._fold_at = FOLD_AT
        self._may_hold_any = False
