"""Codes with which a websocket is closed, beyond those of RFC 6455. Hocuspocus uses the same for the same."""

from enum import IntEnum


class CloseCode(IntEnum):
    """Why a connection was closed, for programs; the reason beside it is for people."""

    GOING_AWAY = 1001
    """The server is stopping: connect again."""
    TOO_BIG = 1009
    RESET = 4205
    """Read too slowly, or a fault of the server: connect again and sync."""
    MALFORMED = 4400
    UNAUTHORIZED = 4401
    """No valid token came in time."""
    FORBIDDEN = 4403
    """Too many refused tokens, something that this member may not do, or removed from the room."""
    TIMEOUT = 4408
    LIMIT = 4429
    """A limit of `protocol.limits` was broken."""


RETRY_CODES = frozenset({CloseCode.GOING_AWAY, CloseCode.RESET, CloseCode.TIMEOUT})
"""After these a client connects again by itself; after the other codes from 4400 on it asks its person."""
