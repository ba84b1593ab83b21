"""Bad messages by the thousand: no crash, nothing left behind, and an answer to every malformed one.

The mutator works on what real clients said (`recording`); hypothesis builds frames from the protocol's types. Most go
straight into `Connection`, a part over real sockets to a real process.
"""

import asyncio
import gc
import itertools
import json
import random
import resource
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sparring_server.connection import Connection
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import frames, names
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.token import Credentials, encode_token
from tests.faults.driver import Crash, Driver, is_malformed
from tests.faults.mutator import Mutator
from tests.faults.place import ProcessPlace
from tests.faults.recording import Conversation, record

MESSAGES = 2_000
SOCKET_MESSAGES = 300
SOAK_MESSAGES = 980_000
SOAK_SOCKET_MESSAGES = 20_000
EPOCH_MESSAGES = 49_000
"""After so many a new server is taken, and memory must be where it was after the first few."""
SETTLING_EPOCHS = 4
SLACK_BYTES = 24 * 1024 * 1024
PAGE_BYTES = resource.getpagesize()
CLOSED_BY_US = 1000
FAILING = Path("test-output/fuzzing")


async def talk(conversations: list[Conversation], seed: int, count: int) -> None:
    """So many messages to one server without sockets. A conversation that breaks it is kept in a file."""
    mutator, driver = Mutator(conversations, seed), Driver()
    for number in itertools.count():
        conversation = mutator.conversation()
        try:
            await driver.converse(conversation, number)
        except Crash:
            keep(conversation, f"{seed}-{number}")
            raise
        if driver.messages >= count:
            break
    await driver.close()


def keep(conversation: list[bytes], name: str) -> None:
    FAILING.mkdir(parents=True, exist_ok=True)
    (FAILING / f"{name}.json").write_text(json.dumps([message.hex() for message in conversation]))


def left_behind() -> int:
    """Rooms, connections and tasks that are there when everything has ended; an earlier test may have left some."""
    gc.collect()
    objects = sum(isinstance(one, LiveRoom | Connection) for one in gc.get_objects())
    return objects + len(asyncio.all_tasks()) - 1


def resident_bytes(process_id: int | str = "self") -> int:
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE_BYTES


async def test_bad_messages_break_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")
    conversations = await record()
    before = left_behind()
    await talk(conversations, 1, MESSAGES)
    assert left_behind() <= before
    assert not caplog.records


@pytest.mark.soak
async def test_a_million_bad_messages_break_nothing_and_leave_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")
    conversations = await record()
    before = left_behind()
    sizes: list[int] = []
    for seed in range(SOAK_MESSAGES // EPOCH_MESSAGES):
        print(f"fuzzing with seed {seed}, {sizes[-1] if sizes else 0} bytes")  # noqa: T201
        await talk(conversations, seed, EPOCH_MESSAGES)
        assert left_behind() <= before
        assert not caplog.records
        sizes.append(resident_bytes())
    assert sizes[-1] - sizes[SETTLING_EPOCHS] < SLACK_BYTES, sizes


# Frames that hypothesis builds.

DOCUMENTS = st.sampled_from(
    ("session", "pad/1", "walkthrough/1", "board/32", "problem/1", "editor/1/ana-ana-ana-ana-", "pad/33", "", "\0")
) | st.text(max_size=8)
UPDATES = st.binary(max_size=40) | st.sampled_from((b"\x00\x00", b"\x00", bytes.fromhex("0101010004010763")))
TOKENS = st.builds(
    lambda secret, opens, role: encode_token(
        Credentials(secret="s" * 16 + secret, member="ana-ana-ana-ana-", key="k" * 16, open=opens, role=role)
    ),
    st.sampled_from(("", "x")),
    st.booleans(),
    st.sampled_from(("member", "observer")),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("command", "ref", "x")), inner),
    max_leaves=6,
).map(json.dumps)
FRAMES = st.one_of(
    st.builds(frames.SyncStep1, DOCUMENTS, UPDATES),
    st.builds(frames.SyncStep2, DOCUMENTS, UPDATES),
    st.builds(frames.SyncUpdate, DOCUMENTS, UPDATES),
    st.builds(frames.Awareness, DOCUMENTS, UPDATES),
    st.builds(frames.Token, DOCUMENTS, TOKENS | st.text(max_size=20), st.none() | st.text(max_size=5)),
    st.builds(frames.QueryAwareness, DOCUMENTS),
    st.builds(frames.Stateless, DOCUMENTS, JSON | st.text(max_size=20)),
    st.builds(frames.Close, DOCUMENTS, st.text(max_size=5)),
    st.builds(frames.SyncStatus, DOCUMENTS, st.booleans()),
    st.builds(frames.PermissionDenied, DOCUMENTS, st.text(max_size=5)),
    st.builds(frames.Authenticated, DOCUMENTS, st.sampled_from(("read-write", "readonly"))),
    st.just(frames.Ping()),
).map(frames.encode)
OPENING = frames.encode(
    frames.Token(
        "session", encode_token(Credentials(secret="s" * 16, member="ana-ana-ana-ana-", key="k" * 16, open=True))
    )
)


@settings(max_examples=150)
@given(st.lists(FRAMES, max_size=12), st.booleans())
def test_well_built_nonsense_breaks_nothing(said: list[bytes], is_in: bool) -> None:
    async def converse() -> None:
        driver = Driver()
        await driver.converse([OPENING, *said] if is_in else said)
        await driver.close()

    asyncio.run(converse())


# Over real sockets.


class Stranger:
    """Someone who sends bad messages to a real server, each time from another address of this machine."""

    def __init__(self, place: ProcessPlace, conversations: list[Conversation], seed: int) -> None:
        self._place = place
        self._mutator = Mutator(conversations, seed)
        self._chance = random.Random(seed)
        self._visits = itertools.count()
        self.messages = 0

    async def visit(self) -> None:
        """One conversation. A malformed message must end it with a code; a server that hangs up must say why."""
        assert self._place.address is not None
        visit = next(self._visits)
        host, port = self._place.address
        url = f"ws://{host}:{port}/rooms/fuzzed-room-{visit % 8:04}"
        local = (f"127.1.{visit // 250 % 250}.{visit % 250 + 1}", 0)
        conversation = self._mutator.conversation()
        async with connect(url, compression=None, proxy=None, local_addr=local, max_queue=None) as socket:
            await self._say(socket, conversation)
            if any(map(is_malformed, conversation)):
                await socket.wait_closed()
        if socket.close_code != CLOSED_BY_US:
            keep(conversation, f"socket-{visit}")
            assert socket.close_code in (*CloseCode,), f"hung up with {socket.close_code}"
            assert socket.close_reason

    async def _say(self, socket: ClientConnection, conversation: list[bytes]) -> None:
        try:
            for message in conversation:
                self.messages += 1
                if self._chance.random() < 0.05 and len(message) > 2:
                    # In pieces, which is as good.
                    await socket.send((message[:1], message[1:2], message[2:]))
                else:
                    await socket.send(message)
        except ConnectionClosed:
            pass

    async def knock(self) -> None:
        """Bytes that are no websocket, or stop being one."""
        assert self._place.address is not None
        _, writer = await asyncio.open_connection(*self._place.address)
        greeting = b"GET /rooms/fuzzed-room-0000 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        key = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        whole = greeting + key + self._chance.randbytes(60)
        writer.write(whole[: self._chance.randrange(len(whole))] if self._chance.random() < 0.5 else whole)
        writer.close()
        self.messages += 1
        try:
            await writer.wait_closed()
        except OSError:
            pass


async def a_bystander(place: ProcessPlace) -> ClientConnection:
    """Somebody in a room of their own, who must notice nothing of all that."""
    assert place.address is not None
    host, port = place.address
    socket = await connect(f"ws://{host}:{port}/rooms/{names.new_id()}", compression=None, proxy=None)
    await socket.send(OPENING)
    await answers(socket)
    return socket


async def answers(socket: ClientConnection) -> None:
    await socket.send(frames.PING)
    while await socket.recv() != frames.PONG:
        pass


async def disturb(folder: Path, seed: int, count: int) -> list[int]:
    """So many bad messages to a real process; its size from time to time."""
    place = ProcessPlace("memory", folder)
    sizes: list[int] = []
    try:
        await place.start()
        bystander = await a_bystander(place)
        stranger = Stranger(place, await record(), seed)
        while stranger.messages < count:
            for _ in range(20):
                await stranger.visit()
                await stranger.knock()
            await answers(bystander)
            sizes.append(resident_bytes(place.process_id))
        await bystander.close()
        await place.stop()
    finally:
        await place.close()
    assert "Traceback" not in place.log
    # The websocket library calls a stranger's bytes an error; the server itself must have none.
    errors = [line for line in place.log.splitlines() if " ERROR " in line]
    assert not errors
    return sizes


async def test_bad_messages_over_sockets_are_answered_with_a_code(tmp_path: Path) -> None:
    await disturb(tmp_path, 2, SOCKET_MESSAGES)


@pytest.mark.soak
async def test_many_bad_messages_over_sockets_leave_nothing(tmp_path: Path) -> None:
    sizes = await disturb(tmp_path, 3, SOAK_SOCKET_MESSAGES)
    assert sizes[-1] - sizes[len(sizes) // 3] < SLACK_BYTES, sizes
