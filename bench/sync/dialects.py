"""How each kind of server is spoken to: the path, what is said first, and what stands before a sync message."""

from dataclasses import dataclass
from typing import Literal

from sparring_server.protocol import frames, names
from sparring_server.protocol.lib0 import var_bytes, var_string, var_uint
from sparring_server.protocol.token import Credentials, encode_token

Speech = Literal["sparring", "hocuspocus", "sync", "relay"]
"""Our server; Hocuspocus; y-protocols on the room's path; a relay that knows no protocol."""

STEP1, STEP2, UPDATE = 0, 1, 2
SYNC, AUTH, STATUS = frames.FrameType.SYNC, frames.FrameType.AUTH, frames.FrameType.SYNC_STATUS
DENIED = 1
EMPTY_STATE = b"\x00"


@dataclass(frozen=True)
class Seat:
    """One client's place: where it connects, and the bytes that it says."""

    path: str
    prefix: bytes
    """Before every message: the document's name, where the dialect names documents."""
    token: bytes
    """The first frame's payload; empty where nobody asks for one."""
    acknowledged: bool
    """Whether each update is answered with a status."""
    syncs: bool
    """Whether a step 1 is answered."""

    @property
    def step1(self) -> bytes:
        return self.prefix + sync_message(STEP1, EMPTY_STATE)


def sync_message(kind: int, content: bytes) -> bytes:
    """A message of y-protocols: 0 is Sync, in every dialect here."""
    return var_uint(SYNC) + var_uint(kind) + var_bytes(content)


def room(speech: Speech, number: int) -> tuple[Seat, Seat]:
    """The two seats of a new room. `number` makes names of one length; ids and secrets are random."""
    match speech:
        case "sparring":
            return _sparring_room()
        case "hocuspocus":
            name = f"bench-{names.new_id()[:12]}-{number:06}"
            token = frames.encode(frames.Token(name, "bench"))
            seat = Seat("/", var_string(name), token, acknowledged=True, syncs=True)
        case "sync" | "relay":
            path = f"/bench-{names.new_id()[:12]}-{number:06}"
            seat = Seat(path, b"", b"", acknowledged=False, syncs=speech == "sync")
    return seat, seat


def _sparring_room() -> tuple[Seat, Seat]:
    path = f"/rooms/{names.new_id()}"
    document = names.walkthrough_document(1)
    secret = names.new_secret()
    seats = []
    for _ in range(2):
        credentials = Credentials(secret=secret, member=names.new_id(), key=names.new_secret(), open=True)
        token = frames.encode(frames.Token(document, encode_token(credentials)))
        seats.append(Seat(path, var_string(document), token, acknowledged=True, syncs=True))
    return seats[0], seats[1]
