"""All rooms of one server: found in memory, fetched from storage, or made by the client that invented them."""

import asyncio
import logging

from sparring_server.clock import Clock
from sparring_server.counts import Counts
from sparring_server.doors import Denied, FailedTries, OpeningKey, Openings
from sparring_server.held import Held
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import limits
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.storage import ConflictError, Storage, StorageAwayError, StorageError

log = logging.getLogger(__name__)

_AT_A_ROOM = (Denial.WRONG_SECRET, Denial.WRONG_MEMBER_KEY)
"""Wrong tries that count for the room as well as for the address."""


class Hub:
    """Rooms by id. A room is in memory while somebody is in it."""

    def __init__(self, storage: Storage, clock: Clock, opening: OpeningKey | None = None) -> None:
        """`opening` is what those must have who open rooms; without it anybody may."""
        self._storage = storage
        self._clock = clock
        self._opening = opening or OpeningKey()
        self.counts = Counts()
        self.held = Held()
        self._rooms: dict[str, LiveRoom] = {}
        self._arriving: dict[str, int] = {}
        self._doorways: dict[str, asyncio.Lock] = {}
        self._failed_tries = FailedTries()
        self._openings = Openings()
        self.storage_is_failing = False
        storage.on_trouble = self._tell_trouble

    def __len__(self) -> int:
        """How many rooms are in memory."""
        return len(self._rooms)

    async def enter(self, room_id: str, credentials: Credentials, address: str) -> LiveRoom:
        """The room, once its door has opened for these credentials. The caller must `leave` it again.

        Raises `Denied`, also when the room cannot be read (its sentence is in the log, not on the wire), and
        `StorageAwayError` when it may be readable in a moment.
        """
        now_ms = self._clock.now_ms()
        if self._failed_tries.is_locked_out(address, now_ms, room_id):
            raise Denied(Denial.TOO_MANY_TRIES)
        self._arriving[room_id] = self._arriving.get(room_id, 0) + 1
        try:
            # One at a time, so that two who come together do not fetch or make the room twice.
            async with self._doorways.setdefault(room_id, asyncio.Lock()):
                room = self._rooms.get(room_id)
                if room is None:
                    room = self._rooms[room_id] = await self._fetch(room_id, credentials, address)
                await room.admit(credentials)
            self._failed_tries.came_in(address, room_id)
            return room
        except Denied as denied:
            if denied.denial in _AT_A_ROOM:
                self._failed_tries.failed(address, now_ms, room_id)
            elif denied.denial is Denial.NO_SUCH_ROOM or (denied.denial is Denial.ACCESS_KEY and credentials.access):
                self._failed_tries.failed(address, now_ms)
            await self.leave(room_id)
            raise
        except StorageAwayError:
            await self.leave(room_id)
            raise
        except StorageError as error:
            log.error("room %s cannot be entered: %s", room_id, error)
            await self.leave(room_id)
            raise Denied(Denial.STORAGE_TROUBLE) from error
        except BaseException:
            await self.leave(room_id)
            raise

    async def _fetch(self, room_id: str, credentials: Credentials, address: str) -> LiveRoom:
        if len(self._rooms) >= limits.MAX_ROOMS_IN_MEMORY:
            raise Denied(Denial.SERVER_FULL)
        room = LiveRoom(room_id, self._storage, self._clock, self.counts)
        try:
            # Listening begins before the room is read, so that nothing another process does meanwhile is missed.
            await self._storage.listen(room_id, room)
            await self._load(room, credentials, address)
        except BaseException:
            self._storage.stop_listening(room_id)
            raise
        return room

    async def _load(self, room: LiveRoom, credentials: Credentials, address: str) -> None:
        stored = await self._storage.load(room.id)
        if stored is None and not credentials.open:
            raise Denied(Denial.NO_SUCH_ROOM)
        if stored is None:
            self._opening.check(credentials)
            self._openings.take(address, self._clock.now_ms())
            try:
                await room.create(credentials)
                return
            except ConflictError:
                # Another process was first.
                stored = await self._storage.load(room.id)
        if stored is None:
            raise StorageError(f"room {room.id} came and went")
        room.restore(stored)

    async def leave(self, room_id: str) -> None:
        """One who entered has gone; after the last one the room leaves memory, once everything in it is saved."""
        self._arriving[room_id] -= 1
        if self._arriving[room_id]:
            return
        room = self._rooms.get(room_id)
        while True:
            if room is not None:
                # Outside of the door: who comes back meanwhile finds the room as it is, even while the disk is full.
                try:
                    await room.flush()
                except StorageError as error:
                    log.error("room %s was not put away tidily: %s", room_id, error)
            async with self._doorways.setdefault(room_id, asyncio.Lock()):
                if self._arriving.get(room_id) or self._rooms.get(room_id) is not room:
                    # Somebody came back; or has been here since, and put the room away.
                    return
                if room is not None and not room.is_saved:
                    continue
                if room is not None:
                    room.close()
                self._rooms.pop(room_id, None)
                self._arriving.pop(room_id, None)
                self._doorways.pop(room_id, None)
                return

    async def sweep(self, keep_ms: int) -> int:
        """Delete rooms whose last change is longer ago than that; how many. Raises `StorageError`."""
        for room in tuple(self._rooms.values()):
            await room.touch()
        expired = await self._storage.expire(int(self._clock.now_ms()) - keep_ms)
        if expired:
            log.info("%d rooms expired", len(expired))
        return len(expired)

    def _tell_trouble(self, failing: bool) -> None:
        self.storage_is_failing = failing
        for room in self._rooms.values():
            room.announce_trouble(failing)
