"""The token of an Auth frame: which room secret I know, who I am, and the key that proves it."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from sparring_server.protocol import limits
from sparring_server.protocol.lib0 import MalformedData

Secret = Annotated[str, msgspec.Meta(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}\Z")]


class Credentials(msgspec.Struct, frozen=True):
    """What one client shows at the door. Its `repr` hides what must not reach a log."""

    secret: Secret
    """The room's secret, from the invite link."""
    member: _Id
    key: Secret
    """Made once per room by this member's client; nobody else can return as them."""
    role: Literal["member", "observer"] = "member"
    open: bool = False
    """Make the room if there is none. Only the client that invented the room says so."""
    access: Annotated[str, msgspec.Meta(max_length=limits.MAX_ACCESS_KEY_LENGTH)] = ""
    """The server's access key, where it asks for one; only together with `open`."""

    def __repr__(self) -> str:
        return f"Credentials(member={self.member!r}, role={self.role!r})"


class Denial(StrEnum):
    """Why a token was refused: the reason of a PermissionDenied frame."""

    BAD_TOKEN = "bad-token"
    NO_SUCH_ROOM = "no-such-room"
    WRONG_SECRET = "wrong-secret"
    WRONG_MEMBER_KEY = "wrong-member-key"
    ROOM_FULL = "room-full"
    NO_SUCH_DOCUMENT = "no-such-document"
    NOT_ALLOWED = "not-allowed"
    TOO_MANY_TRIES = "too-many-tries"
    ACCESS_KEY = "access-key"
    SERVER_FULL = "server-full"
    STORAGE_TROUBLE = "storage-trouble"


SENTENCES: dict[Denial, str] = {
    Denial.BAD_TOKEN: "The server did not understand this app's token. Are both on the same version of Sparring?",
    Denial.NO_SUCH_ROOM: "This session does not exist on that server. Ask your partner for a new link.",
    Denial.WRONG_SECRET: "This link does not open the session. Ask your partner to copy the invite link again.",
    Denial.WRONG_MEMBER_KEY: "Somebody else has this seat in the session. Join with the invite link to take your own.",
    Denial.ROOM_FULL: "Both seats of this session are taken.",
    Denial.NO_SUCH_DOCUMENT: "The session has no such document.",
    Denial.NOT_ALLOWED: "This document is not open to you.",
    Denial.TOO_MANY_TRIES: "There were too many wrong tries. Wait a few minutes, then join again.",
    Denial.ACCESS_KEY: "This server opens sessions only for those who have its access key. Add the key in Settings.",
    Denial.SERVER_FULL: "The server has no room for another session right now. Try again later.",
    Denial.STORAGE_TROUBLE: "The server cannot read or save this session right now. Its owner must look at its disk.",
}
"""What a person reads instead of the reason."""

_decoder = msgspec.json.Decoder(Credentials)


def encode_token(credentials: Credentials) -> str:
    """The text that goes into an Auth frame."""
    return msgspec.json.encode(credentials).decode()


def decode_token(text: str) -> Credentials:
    """The credentials in a token. Raises `MalformedData`, without quoting the token."""
    try:
        return _decoder.decode(text)
    except msgspec.MsgspecError:
        # The library's message may quote a value, and a value here is a secret.
        raise MalformedData("the token is not valid") from None
