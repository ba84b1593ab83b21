"""A day of a public server in a minute and a half: rooms open, are idle, are left, expire and return.

Whatever happened, an empty server is as small as it was.
"""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pycrdt
import pytest
from websockets.asyncio.client import ClientConnection, connect

from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.names import SESSION_DOCUMENT
from sparring_server.protocol.token import Credentials, Denial, encode_token
from sparring_server.protocol.view import Format, Plan
from tests.faults.place import ProcessPlace
from tests.faults.test_fuzzing import resident_bytes
from tests.support.partners import PROBLEM

HOURS_IN_A_SECOND = 1_000 / 3_600
SECONDS_OF_A_DAY = 24 / HOURS_IN_A_SECOND
ROOMS = 500
WAVES = 6
SLACK_BYTES = 16 * 1024 * 1024
PATIENCE_SECONDS = 60.0
PAD = "pad/1"
WORDS = "def f():\n    return 'a line of an evening'\n" * 40
VISITORS_OF_AN_ADDRESS = 100
_addresses = itertools.count()


class Visitor:
    """One member of a room, as often as they come."""

    def __init__(self, invite: Invite, *, opens: bool) -> None:
        self._token = encode_token(
            Credentials(secret=invite.secret, member=names.new_id(), key=names.new_secret(), open=opens)
        )
        self._invite = invite
        self.text: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
        self.denial = ""

    async def comes(self, address: tuple[str, int]) -> None:
        """Say hello and take what the pad has."""
        number = next(_addresses) // VISITORS_OF_AN_ADDRESS
        local = (f"127.3.{number // 250 % 250}.{number % 250 + 1}", 0)
        url = Invite(*address, self._invite.room, "").url
        self.socket: ClientConnection = await connect(url, compression=None, proxy=None, local_addr=local)
        await self._send(frames.Token(SESSION_DOCUMENT, self._token))
        answer = await self._next(frames.Authenticated, frames.PermissionDenied)
        if isinstance(answer, frames.PermissionDenied):
            self.denial = answer.reason
            return
        await self.says(messages.Join(name="Ana"))
        await self._send(frames.Token(PAD, self._token))
        await self._send(frames.SyncStep1(PAD, self.text.get_state()))
        difference = await self._next(frames.SyncStep2)
        assert isinstance(difference, frames.SyncStep2)
        self.text.apply_update(difference.update)

    async def writes(self, words: str) -> None:
        """Write, and wait until it is saved."""
        before = self.text.get_state()
        self.text.get("content", type=pycrdt.Text).insert(0, words)
        await self._send(frames.SyncUpdate(PAD, self.text.get_update(before)))
        await self._next(frames.SyncStatus)

    async def says(self, command: messages.AnyCommand) -> None:
        await self._send(frames.Stateless(SESSION_DOCUMENT, messages.encode_message(command)))

    async def goes(self) -> None:
        await self.socket.close()

    async def _send(self, frame: frames.Frame) -> None:
        await self.socket.send(frames.encode(frame))

    async def _next(self, *kinds: type[frames.Frame]) -> frames.Frame:
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            frame = frames.decode(data)
            if isinstance(frame, kinds):
                return frame


class Room:
    """Two visitors."""

    def __init__(self) -> None:
        invite = Invite("127.0.0.1", 1, names.new_id(), names.new_secret())
        self.ana, self.ben = Visitor(invite, opens=True), Visitor(invite, opens=False)

    async def opens(self, address: tuple[str, int]) -> None:
        """Both come, and the clock of a block runs on whether or not anybody is there."""
        await self.ana.comes(address)
        await self.ben.comes(address)
        plan = Plan(format=Format.SOLO, focus_minutes=5, break_minutes=1)
        for command in (messages.SetPlan(plan=plan), messages.PickProblem(problem=PROBLEM), messages.Start()):
            await self.ana.says(command)

    async def writes(self) -> None:
        """A page the first time and a line ever after: who returns shall not need more memory than who came before."""
        is_new = not str(self.ana.text.get("content", type=pycrdt.Text))
        await self.ana.writes(WORDS if is_new else "# again\n")
        await self.ben.writes("# says Ben\n")

    async def is_left(self) -> None:
        await asyncio.gather(self.ana.goes(), self.ben.goes())


class Day:
    """The server, and who comes to it."""

    def __init__(self, folder: Path, rooms: int) -> None:
        # A room expires after a day without a change.
        more = ("--clock-rate", "1000", "--room-days", "1", "--metrics", "--log-level", "warning")
        self.place = ProcessPlace("sqlite", folder, more=more)
        self.rooms = [Room() for _ in range(rooms)]
        self.sizes: list[int] = []

    @property
    def address(self) -> tuple[str, int]:
        assert self.place.address is not None
        return self.place.address

    async def wave(self, rooms: list[Room]) -> None:
        """They all come, write, stay for a while without a word, and go. Then the server is empty."""
        await self._each(rooms, lambda room: room.opens(self.address))
        assert await self.figure("sparring_rooms") == len(rooms)
        await self._each(rooms, lambda room: room.writes())
        await self._each(rooms, lambda room: room.is_left())
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.figure("sparring_rooms") or await self.figure("sparring_connections"):
                pass
        self.sizes.append(resident_bytes(self.place.process_id))

    async def _each(self, rooms: list[Room], what: Callable[[Room], Awaitable[None]]) -> None:
        # So many at a time as a listening socket queues; all of them are there at once in the end.
        for start in range(0, len(rooms), 50):
            await asyncio.gather(*(what(room) for room in rooms[start : start + 50]))

    async def figure(self, name: str) -> int:
        """One of those at /metrics."""
        reader, writer = await asyncio.open_connection(*self.address)
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        page = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
        writer.close()
        found = re.search(rf"^{name} ([0-9.]+)".encode(), page, re.MULTILINE)
        assert found is not None, page
        return int(float(found[1]))


async def test_rooms_come_and_go_and_an_empty_server_holds_none(tmp_path: Path) -> None:
    day = Day(tmp_path, 10)
    try:
        await day.place.start()
        for _ in range(2):
            await day.wave(day.rooms)
        assert str(day.rooms[0].ben.text.get("content", type=pycrdt.Text)).count("return") == 40
        await day.place.stop()
    finally:
        await day.place.close()


@pytest.mark.soak
async def test_after_a_day_memory_is_where_it_was(tmp_path: Path) -> None:
    day = Day(tmp_path, ROOMS)
    busy, idle = day.rooms[: ROOMS // 2], day.rooms[ROOMS // 2 :]
    try:
        await day.place.start()
        await day.wave(day.rooms)
        begun = asyncio.get_running_loop().time()
        for wave in range(WAVES):
            # The day is long; these come every few hours.
            await asyncio.sleep(max(0.0, begun + SECONDS_OF_A_DAY * wave / WAVES - asyncio.get_running_loop().time()))
            await day.wave(busy)
        # The others have not been here for a day and a sweep's hour, and are forgotten.
        await asyncio.sleep(max(0.0, begun + SECONDS_OF_A_DAY * 1.2 - asyncio.get_running_loop().time()))
        for room in idle[:5]:
            await room.ben.comes(day.address)
            assert room.ben.denial == Denial.NO_SUCH_ROOM
            await room.ben.goes()
        await day.wave(day.rooms)
        print("megabytes after each wave:", [size // 1_000_000 for size in day.sizes])  # noqa: T201
        assert day.sizes[-1] - day.sizes[0] < SLACK_BYTES, day.sizes
        await day.place.stop()
    finally:
        await day.place.close()
    assert "ERROR" not in day.place.log
