"""The binary frames of the Hocuspocus protocol: `varString document, varUint type, payload`.

`decode` turns what a socket brought into one of the named types below or raises `MalformedData`; `encode` is its
inverse. Only what a client or a server may put on the wire is here: the types that Hocuspocus servers use among
themselves (SyncReply 4, BroadcastStateless 6) are refused.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from sparring_server.protocol import limits
from sparring_server.protocol.lib0 import MalformedData, Reader, var_bytes, var_string, var_uint

Scope = Literal["read-write", "readonly"]
_SCOPES: dict[str, Scope] = {"read-write": "read-write", "readonly": "readonly"}

PING = b"\x09"
"""A keepalive is this lone byte, without a document."""
PONG = b"\x0a"


class FrameType(IntEnum):
    """The number after the document's name."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    STATELESS = 5
    CLOSE = 7
    SYNC_STATUS = 8
    PING = 9
    PONG = 10


@dataclass(frozen=True, slots=True)
class SyncStep1:
    """Sync 0: here is what I have (a Yjs state vector); send what I lack."""

    document: str
    state_vector: bytes


@dataclass(frozen=True, slots=True)
class SyncStep2:
    """Sync 1: what you lacked (a Yjs update), in answer to a step 1."""

    document: str
    update: bytes


@dataclass(frozen=True, slots=True)
class SyncUpdate:
    """Sync 2: something changed (a Yjs update)."""

    document: str
    update: bytes


@dataclass(frozen=True, slots=True)
class Awareness:
    """Presence of one or more clients (a y-protocols awareness update). Latest wins, never stored."""

    document: str
    update: bytes


@dataclass(frozen=True, slots=True)
class Token:
    """Auth 0, client to server: who I am (a `protocol.token`), for one document."""

    document: str
    token: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class PermissionDenied:
    """Auth 1, server to client: the token does not open this document; `reason` is a `Denial`."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Authenticated:
    """Auth 2, server to client: the token opens this document, to write or only to read."""

    document: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    """Send me everybody's presence."""

    document: str


@dataclass(frozen=True, slots=True)
class Stateless:
    """A command, event or other JSON message of `protocol.messages`."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Close:
    """I detach from this document; the socket stays."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """Server to client: your update is in storage (`applied`), or was refused."""

    document: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Ping:
    """Are you there? Keeps a silent socket open."""


@dataclass(frozen=True, slots=True)
class Pong:
    """I am here."""


Frame = (
    SyncStep1
    | SyncStep2
    | SyncUpdate
    | Awareness
    | Token
    | PermissionDenied
    | Authenticated
    | QueryAwareness
    | Stateless
    | Close
    | SyncStatus
    | Ping
    | Pong
)


def encode(frame: Frame) -> bytes:
    """The bytes of one websocket message."""
    match frame:
        case Ping():
            return PING
        case Pong():
            return PONG
    return var_string(frame.document) + _body(frame)


def _body(
    frame: SyncStep1
    | SyncStep2
    | SyncUpdate
    | Awareness
    | Token
    | PermissionDenied
    | Authenticated
    | QueryAwareness
    | Stateless
    | Close
    | SyncStatus,
) -> bytes:
    match frame:
        case SyncStep1():
            return bytes((FrameType.SYNC, 0)) + var_bytes(frame.state_vector)
        case SyncStep2():
            return bytes((FrameType.SYNC, 1)) + var_bytes(frame.update)
        case SyncUpdate():
            return bytes((FrameType.SYNC, 2)) + var_bytes(frame.update)
        case Awareness():
            return bytes((FrameType.AWARENESS,)) + var_bytes(frame.update)
        case Token():
            version = var_string(frame.version) if frame.version is not None else b""
            return bytes((FrameType.AUTH, 0)) + var_string(frame.token) + version
        case PermissionDenied():
            return bytes((FrameType.AUTH, 1)) + var_string(frame.reason)
        case Authenticated():
            return bytes((FrameType.AUTH, 2)) + var_string(frame.scope)
        case QueryAwareness():
            return bytes((FrameType.QUERY_AWARENESS,))
        case Stateless():
            return bytes((FrameType.STATELESS,)) + var_string(frame.text)
        case Close():
            return bytes((FrameType.CLOSE,)) + var_string(frame.reason)
        case SyncStatus():
            return bytes((FrameType.SYNC_STATUS,)) + var_uint(int(frame.applied))


def decode(data: bytes, max_bytes: int = limits.MAX_FRAME_BYTES) -> Frame:
    """The frame in one websocket message. Raises `MalformedData` for anything that is not exactly one.

    A client takes `limits.MAX_ANSWER_BYTES` from its server.
    """
    if data == PING:
        return Ping()
    if data == PONG:
        return Pong()
    if len(data) > max_bytes:
        raise MalformedData(f"a frame of {len(data)} bytes where at most {max_bytes} are allowed")
    reader = Reader(data)
    document = reader.var_string(limits.MAX_DOCUMENT_NAME_BYTES)
    frame = _decode_body(document, reader, max_bytes)
    if reader.remaining:
        raise MalformedData(f"{reader.remaining} bytes too many at the end of the frame")
    return frame


def _decode_body(document: str, reader: Reader, max_bytes: int) -> Frame:
    number = reader.var_uint()
    match number:
        case FrameType.SYNC:
            return _decode_sync(document, reader, max_bytes)
        case FrameType.AWARENESS:
            return Awareness(document, reader.var_bytes(limits.MAX_AWARENESS_BYTES))
        case FrameType.AUTH:
            return _decode_auth(document, reader)
        case FrameType.QUERY_AWARENESS:
            return QueryAwareness(document)
        case FrameType.STATELESS:
            return Stateless(document, reader.var_string(max_bytes))
        case FrameType.CLOSE:
            return Close(document, reader.var_string(limits.MAX_STATELESS_BYTES))
        case FrameType.SYNC_STATUS:
            return SyncStatus(document, reader.var_uint() == 1)
        case _:
            raise MalformedData(f"unknown frame type {number}")


def _decode_sync(document: str, reader: Reader, max_bytes: int) -> Frame:
    step = reader.var_uint()
    payload = reader.var_bytes(max_bytes)
    match step:
        case 0:
            return SyncStep1(document, payload)
        case 1:
            return SyncStep2(document, payload)
        case 2:
            return SyncUpdate(document, payload)
        case _:
            raise MalformedData(f"unknown sync step {step}")


def _decode_auth(document: str, reader: Reader) -> Frame:
    kind = reader.var_uint()
    text = reader.var_string(limits.MAX_TOKEN_BYTES)
    match kind:
        case 0:
            version = reader.var_string(limits.MAX_TOKEN_BYTES) if reader.remaining else None
            return Token(document, text, version)
        case 1:
            return PermissionDenied(document, text)
        case 2 if text in _SCOPES:
            return Authenticated(document, _SCOPES[text])
        case _:
            raise MalformedData(f"unknown auth message {kind}")
