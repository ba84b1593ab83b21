"""What processes say to each other on the bus. Each message begins with the name of the process that says it."""

import msgspec

from sparring_server.protocol.names import new_id

PROCESS_NAME_BYTES = len(new_id())


class Updated(msgspec.Struct, tag="u", array_like=True, frozen=True):
    """These updates were stored."""

    updates: list[tuple[str, bytes]]
    """Document and update."""


class Changed(msgspec.Struct, tag="c", array_like=True, frozen=True):
    """The room's record was saved."""

    version: int
    record: bytes
    events: list[bytes]


class Present(msgspec.Struct, tag="p", array_like=True, frozen=True):
    """A member says something about themselves."""

    document: str
    member: str
    update: bytes


class Members(msgspec.Struct, tag="m", array_like=True, frozen=True):
    """Who is connected to this process."""

    members: list[str]
    asks: bool


class Left(msgspec.Struct, tag="l", array_like=True, frozen=True):
    """This process has the room in memory no longer."""


class Deleted(msgspec.Struct, tag="d", array_like=True, frozen=True):
    """The room has expired."""


class Ended(msgspec.Struct, tag="e", array_like=True, frozen=True):
    """This process ends; nobody is connected to it any more. Not of one room."""


Said = Updated | Changed | Present | Members | Left | Deleted | Ended

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Said] = msgspec.msgpack.Decoder(Said)


def encode(process: bytes, said: Said) -> bytes:
    """A message of this process."""
    return process + _encoder.encode(said)


def speaker(message: bytes) -> bytes:
    """Which process says this."""
    return message[:PROCESS_NAME_BYTES]


def decode(message: bytes) -> Said:
    """What it says. Raises `msgspec.MsgspecError`."""
    return _decoder.decode(message[PROCESS_NAME_BYTES:])
