"""Who may come in: salted hashes of a room's secret and of its members' keys, and limits on failed tries. Pure.

Secrets are 256 random bits, so one fast salted hash is enough: nothing can be guessed from it, and a slow hash would
only help those who want to keep the server busy.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict

import msgspec

from sparring_server.protocol import limits
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.protocol.view import Role

_SALT_BYTES = 16
_WINDOW_MS = 60_000


class Denied(Exception):
    """The token does not open the door."""

    def __init__(self, denial: Denial) -> None:
        super().__init__(denial.value)
        self.denial = denial


class SaltedHash(msgspec.Struct, frozen=True):
    """What the server keeps of a secret."""

    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, secret: str) -> "SaltedHash":
        salt = secrets.token_bytes(_SALT_BYTES)
        return cls(salt, _digest(salt, secret))

    def matches(self, secret: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.digest, _digest(self.salt, secret))


def _digest(salt: bytes, secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), salt=salt, digest_size=32, person=b"sparring-door").digest()


class Seat(msgspec.Struct, frozen=True):
    """One member who has been here: nobody else can return as them."""

    key: SaltedHash
    role: Role


class Doors(msgspec.Struct, frozen=True):
    """The secret of one room and the seats that were taken."""

    secret: SaltedHash
    seats: dict[str, Seat] = {}

    @classmethod
    def of_new_room(cls, credentials: Credentials) -> "Doors":
        return cls(SaltedHash.of(credentials.secret))

    def admit(self, credentials: Credentials) -> "Doors":
        """The doors after this client came in: with a new seat, or unchanged. Raises `Denied`."""
        if not self.secret.matches(credentials.secret):
            raise Denied(Denial.WRONG_SECRET)
        seat = self.seats.get(credentials.member)
        if seat is not None:
            if not seat.key.matches(credentials.key):
                raise Denied(Denial.WRONG_MEMBER_KEY)
            return self
        taken = sum(other.role == credentials.role for other in self.seats.values())
        seats = limits.MEMBERS_PER_ROOM if credentials.role == "member" else limits.OBSERVERS_PER_ROOM
        if taken >= seats:
            raise Denied(Denial.ROOM_FULL)
        new_seat = Seat(SaltedHash.of(credentials.key), credentials.role)
        return Doors(self.secret, {**self.seats, credentials.member: new_seat})


class FailedTries:
    """Counts wrong secrets and keys by address, in windows of a minute; forgets the oldest addresses."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def failed(self, address: str, now_ms: float) -> None:
        since, count = self._tries.pop(address, (now_ms, 0))
        if now_ms - since >= _WINDOW_MS:
            since, count = now_ms, 0
        self._tries[address] = (since, count + 1)
        while len(self._tries) > limits.MAX_REMEMBERED_ADDRESSES:
            self._tries.popitem(last=False)

    def is_locked_out(self, address: str, now_ms: float) -> bool:
        since, count = self._tries.get(address, (now_ms, 0))
        return count >= limits.MAX_FAILED_TRIES_PER_MINUTE and now_ms - since < _WINDOW_MS
