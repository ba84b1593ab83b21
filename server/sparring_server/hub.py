"""All rooms of one server: found in memory, fetched from storage, or made by the client that invented them."""

import asyncio
import logging

from sparring_server.clock import Clock
from sparring_server.doors import Denied, FailedTries
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import limits
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.storage import Storage, StorageError

log = logging.getLogger(__name__)


class Hub:
    """Rooms by id. A room is in memory while somebody is in it."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._rooms: dict[str, LiveRoom] = {}
        self._arriving: dict[str, int] = {}
        self._doorways: dict[str, asyncio.Lock] = {}
        self._failed_tries = FailedTries()
        storage.on_trouble = self._tell_trouble

    async def enter(self, room_id: str, credentials: Credentials, address: str) -> LiveRoom:
        """The room, once its door has opened for these credentials. The caller must `leave` it again.

        Raises `Denied`, also when the room cannot be read (its sentence is in the log, not on the wire).
        """
        now_ms = self._clock.now_ms()
        if self._failed_tries.is_locked_out(address, now_ms):
            raise Denied(Denial.TOO_MANY_TRIES)
        self._arriving[room_id] = self._arriving.get(room_id, 0) + 1
        try:
            # One at a time, so that two who come together do not fetch or make the room twice.
            async with self._doorways.setdefault(room_id, asyncio.Lock()):
                room = self._rooms.get(room_id) or await self._fetch(room_id, credentials)
                await room.admit(credentials)
                self._rooms[room_id] = room
            return room
        except Denied as denied:
            if denied.denial in (Denial.WRONG_SECRET, Denial.WRONG_MEMBER_KEY, Denial.NO_SUCH_ROOM):
                self._failed_tries.failed(address, now_ms)
            await self.leave(room_id)
            raise
        except StorageError as error:
            log.error("room %s cannot be entered: %s", room_id, error)
            await self.leave(room_id)
            raise Denied(Denial.STORAGE_TROUBLE) from error
        except BaseException:
            await self.leave(room_id)
            raise

    async def _fetch(self, room_id: str, credentials: Credentials) -> LiveRoom:
        stored = await self._storage.load(room_id)
        if stored is None and not credentials.open:
            raise Denied(Denial.NO_SUCH_ROOM)
        if len(self._rooms) >= limits.MAX_ROOMS_IN_MEMORY:
            raise Denied(Denial.SERVER_FULL)
        if stored is None:
            return await LiveRoom.create(room_id, credentials, self._storage, self._clock)
        return LiveRoom.restore(room_id, stored, self._storage, self._clock)

    async def leave(self, room_id: str) -> None:
        """One who entered has gone; after the last one the room leaves memory."""
        self._arriving[room_id] -= 1
        if self._arriving[room_id]:
            return
        async with self._doorways.setdefault(room_id, asyncio.Lock()):
            if self._arriving.get(room_id):
                return
            room = self._rooms.get(room_id)
            if room is not None:
                await room.flush()
            # Somebody may have come to the door while the room was being put away.
            if not self._arriving.get(room_id):
                if room is not None:
                    room.close()
                self._rooms.pop(room_id, None)
                self._arriving.pop(room_id, None)
                self._doorways.pop(room_id, None)

    def _tell_trouble(self, failing: bool) -> None:
        for room in self._rooms.values():
            room.announce_trouble(failing)
