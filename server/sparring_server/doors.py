"""Who may come in: salted hashes of a room's secret and of its members' keys, and waits after wrong tries. Pure.

Secrets are 256 random bits, so one fast salted hash is enough: nothing can be guessed from it, and a slow hash would
only help those who want to keep the server busy.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict

import msgspec

from sparring_server.addresses import is_loopback
from sparring_server.protocol import limits
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.protocol.view import Role

_SALT_BYTES = 16
_HOUR_MS = 3_600_000


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
    former: tuple[SaltedHash, ...] = ()
    """Secrets that were replaced, newest first. They open nothing but seats that were taken before."""

    @classmethod
    def of_new_room(cls, credentials: Credentials) -> "Doors":
        return cls(SaltedHash.of(credentials.secret))

    def admit(self, credentials: Credentials) -> "Doors":
        """The doors after this client came in: with a new seat, or unchanged. Raises `Denied`."""
        seat = self.seats.get(credentials.member)
        is_current = self.secret.matches(credentials.secret)
        if not is_current and (seat is None or not any(old.matches(credentials.secret) for old in self.former)):
            raise Denied(Denial.WRONG_SECRET)
        if seat is not None:
            if not seat.key.matches(credentials.key):
                raise Denied(Denial.WRONG_MEMBER_KEY)
            if seat.role != credentials.role:
                # Else an observer could make a third member of themselves.
                raise Denied(Denial.NOT_ALLOWED)
            return self
        taken = sum(other.role == credentials.role for other in self.seats.values())
        seats = limits.MEMBERS_PER_ROOM if credentials.role == "member" else limits.OBSERVERS_PER_ROOM
        if taken >= seats:
            raise Denied(Denial.ROOM_FULL)
        new_seat = Seat(SaltedHash.of(credentials.key), credentials.role)
        return msgspec.structs.replace(self, seats={**self.seats, credentials.member: new_seat})

    def rotate(self, secret: str, removed: str = "") -> "Doors":
        """The doors with another secret, and without the seat of who is removed.

        Whoever has a seat keeps it: their own key and the secret that they had go on opening it. For all others the
        old secret opens nothing any more.
        """
        seats = {member: seat for member, seat in self.seats.items() if member != removed}
        former = (self.secret, *self.former)[: limits.FORMER_SECRETS]
        return Doors(SaltedHash.of(secret), seats, former)

    def is_current(self, secret: str) -> bool:
        """Whether this is the secret of the room now."""
        return self.secret.matches(secret)


class OpeningKey:
    """The access key of a public server: who wants to open a room there must have it. Keeps no more than its hash."""

    def __init__(self, access_key: str = "") -> None:
        """Without a key anybody may open rooms."""
        self._hash = SaltedHash.of(access_key) if access_key else None

    def check(self, credentials: Credentials) -> None:
        """Raises `Denied` unless these credentials may open a room."""
        if self._hash is not None and not self._hash.matches(credentials.access):
            raise Denied(Denial.ACCESS_KEY)


class Waits:
    """Wrong tries by key, and how long each key has to wait: longer with each of them, and forgotten after a while."""

    def __init__(self, free_tries: int, longest_ms: int, remembered: int) -> None:
        self._free, self._longest_ms, self._remembered = free_tries, longest_ms, remembered
        self._tries: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def failed(self, key: str, now_ms: float) -> None:
        """Count one more; past `remembered` keys the one that has been quiet for longest is forgotten."""
        _, count = self._seen(key, now_ms)
        self._tries.pop(key, None)
        self._tries[key] = (now_ms, count + 1)
        while len(self._tries) > self._remembered:
            self._tries.popitem(last=False)

    def ends_ms(self, key: str, now_ms: float) -> float:
        """When this key may try again: now, or later."""
        last_ms, count = self._seen(key, now_ms)
        over = count - self._free
        if over <= 0:
            return now_ms
        # The exponent is bounded before it is used: somebody may try for weeks.
        wait_ms = min(limits.FIRST_WAIT_MS * 2.0 ** min(over - 1, 32), self._longest_ms)
        return max(now_ms, last_ms + wait_ms)

    def forget(self, now_ms: float) -> None:
        """Let go of what is too old to count."""
        while self._tries:
            key, (last_ms, _) = next(iter(self._tries.items()))
            if now_ms - last_ms < limits.FORGET_TRIES_MS:
                return
            del self._tries[key]

    def __len__(self) -> int:
        return len(self._tries)

    def _seen(self, key: str, now_ms: float) -> tuple[float, int]:
        last_ms, count = self._tries.get(key, (now_ms, 0))
        return (now_ms, 0) if now_ms - last_ms >= limits.FORGET_TRIES_MS else (last_ms, count)


class FailedTries:
    """Wrong tries by address and by room. What is tried during a wait is not looked at, so it lengthens no wait.

    The wait of a room is not for those who came in before: nobody can shut a session's partners out with noise.
    """

    def __init__(self) -> None:
        self._of_address = Waits(
            limits.FREE_TRIES_PER_ADDRESS, limits.LONGEST_WAIT_OF_ADDRESS_MS, limits.MAX_REMEMBERED_ADDRESSES
        )
        self._of_room = Waits(limits.FREE_TRIES_PER_ROOM, limits.LONGEST_WAIT_OF_ROOM_MS, limits.MAX_REMEMBERED_ROOMS)
        self._came_in: OrderedDict[tuple[str, str], None] = OrderedDict()

    def failed(self, address: str, now_ms: float, room: str = "") -> None:
        """A wrong try from this address (`addresses.throttle_key`), at the door of this room."""
        for waits in (self._of_address, self._of_room):
            waits.forget(now_ms)
        self._of_address.failed(address, now_ms)
        if room:
            self._of_room.failed(room, now_ms)

    def came_in(self, address: str, room: str) -> None:
        """Somebody from this address had the right secret and key."""
        self._came_in.pop((address, room), None)
        self._came_in[address, room] = None
        while len(self._came_in) > limits.MAX_REMEMBERED_ADDRESSES:
            self._came_in.popitem(last=False)

    def is_locked_out(self, address: str, now_ms: float, room: str = "") -> bool:
        """Whether to refuse without a look at the token."""
        if self._of_address.ends_ms(address, now_ms) > now_ms:
            return True
        is_known = (address, room) in self._came_in
        return bool(room) and not is_known and self._of_room.ends_ms(room, now_ms) > now_ms


class Openings:
    """How many new rooms an address may still open. This machine itself may open as many as it wants."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now_ms: float) -> None:
        """Open one more. Raises `Denied` if this address has opened too many."""
        if is_loopback(address):
            return
        left, at_ms = self._left.pop(address, (float(limits.ROOMS_OPENED_BURST), now_ms))
        left += (now_ms - at_ms) * limits.ROOMS_OPENED_PER_HOUR / _HOUR_MS
        left = min(left, limits.ROOMS_OPENED_BURST)
        self._left[address] = (left - 1 if left >= 1 else left, now_ms)
        while len(self._left) > limits.MAX_REMEMBERED_ADDRESSES:
            self._left.popitem(last=False)
        if left < 1:
            raise Denied(Denial.SERVER_FULL)
