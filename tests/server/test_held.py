"""Acknowledgements that wait for company come in their order, soon, and before whatever is sent after them."""

import asyncio
from itertools import pairwise

import pycrdt
import pytest
from websockets.frames import Frame, Opcode

from sparring_server import held
from sparring_server.clock import Clock
from sparring_server.config import ServerConfig
from sparring_server.connection import Connection
from sparring_server.gateway import Gateway, make_server
from sparring_server.hub import Hub
from sparring_server.protocol import frames, limits, names
from sparring_server.protocol.closing import CloseCode
from sparring_server.storage.memory import MemoryStorage
from sparring_server.websocket import _head
from tests.faults.driver import Peer
from tests.support.partners import new_invite
from tests.support.raw import RawClient

PAD, WALKTHROUGH = "pad/1", names.walkthrough_document(1)


def updates(count: int) -> list[bytes]:
    made: list[bytes] = []
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    watch = document.observe(lambda event: made.append(event.update))
    for _ in range(count):
        document.get("content", type=pycrdt.Text).insert(0, "x")
    del watch
    return made


async def two(server: Gateway) -> tuple[RawClient, RawClient]:
    """Two clients of one room, who both have the pad and the walkthrough open."""
    invite = new_invite(server.port)
    clients = await RawClient(invite, open=True).__aenter__(), await RawClient(invite).__aenter__()
    for client in clients:
        for document in (PAD, WALKTHROUGH):
            assert await client.knock(document) == ""
    return clients


async def test_they_come_by_themselves_and_in_order() -> None:
    async with make_server(ServerConfig(storage="memory")) as server:
        ana, ben = await two(server)
        for update in updates(3):
            await ana.send(frames.SyncUpdate(PAD, update))
            await ana.send(frames.SyncUpdate(WALKTHROUGH, update))
        told = [await ana.next(frames.SyncStatus) for _ in range(6)]
        assert told == [frames.SyncStatus(PAD, True), frames.SyncStatus(WALKTHROUGH, True)] * 3
        await ana.socket.close()
        await ben.socket.close()


async def test_they_go_out_before_the_next_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing but the next frame can bring them.
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 3_600.0)
    async with make_server(ServerConfig(storage="memory")) as server:
        ana, ben = await two(server)
        one, other = updates(2)
        await ana.send(frames.SyncUpdate(PAD, one))
        assert await ben.next(frames.SyncUpdate, frames.SyncStatus) == frames.SyncUpdate(PAD, one)
        await ben.send(frames.SyncUpdate(PAD, other))
        assert await ana.next(frames.SyncUpdate, frames.SyncStatus) == frames.SyncStatus(PAD, True)
        assert await ana.next(frames.SyncUpdate, frames.SyncStatus) == frames.SyncUpdate(PAD, other)
        # Ben's own goes out before his connection is closed.
        await ben.socket.send("text is not part of the protocol")
        assert await ben.next(frames.SyncUpdate, frames.SyncStatus) == frames.SyncStatus(PAD, True)
        await asyncio.wait_for(ben.socket.wait_closed(), 20)
        await ana.socket.close()


async def test_nothing_is_held_for_a_client_that_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 0.2)
    async with make_server(ServerConfig(storage="memory")) as server:
        ana, ben = await two(server)
        one, other = updates(2)
        await ana.send(frames.SyncUpdate(PAD, one))
        await ben.next(frames.SyncUpdate)
        ana.socket.transport.abort()
        await ben.send(frames.SyncUpdate(PAD, other))
        assert await ben.next(frames.SyncStatus) == frames.SyncStatus(PAD, True)
        await ben.socket.close()


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, limits.MAX_FRAME_BYTES])
async def test_a_frame_of_any_size_is_framed_as_a_websocket_library_reads_it(size: int) -> None:
    message = bytes(size)
    assert _head(size) + message == Frame(Opcode.BINARY, message).serialize(mask=False)


class Out:
    """Who released, in order, and whether that is all."""

    def __init__(self, count: int) -> None:
        self.released: list[int] = []
        self.all = asyncio.Event()
        self._count = count

    def add(self, number: int) -> None:
        self.released.append(number)
        if len(self.released) == self._count:
            self.all.set()


class Holder:
    """One that holds something and says when it is to release it."""

    def __init__(self, out: Out, number: int) -> None:
        self.held = [b"frame"]
        self._out, self._number = out, number

    def release(self) -> None:
        self._out.add(self._number)


def wait(gathered: held.Held, holder: Holder) -> None:
    gathered.wait(holder, holder.held)


async def test_few_go_out_in_one_turn_of_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 0.0)
    out = Out(100)
    gathered = held.Held()
    turns: list[int] = []

    def count() -> None:
        turns.append(len(out.released))
        if not out.all.is_set():
            asyncio.get_running_loop().call_soon(count)

    for number in range(50):
        gathered.soon(Holder(out, number))
    for number in range(50, 100):
        wait(gathered, Holder(out, number))
    count()
    await asyncio.wait_for(out.all.wait(), 20)
    assert sorted(out.released) == list(range(100))
    assert out.released[:50] == list(range(50))
    steps = [after - before for before, after in pairwise([*turns, 100])]
    assert max(steps) <= held.RELEASED_IN_A_TURN


async def test_who_goes_or_is_sent_away_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 3_600.0)
    async with make_server(ServerConfig(storage="memory")) as server:
        ana, ben = await two(server)
        one, other = updates(2)
        await ana.send(frames.SyncUpdate(PAD, one))
        await ben.next(frames.SyncUpdate)
        await ana.socket.close()
        await ben.send(frames.SyncUpdate(PAD, other))
        # The ping's answer comes from the websocket library and brings nothing with it.
        await (await ben.socket.ping())
        stopping = asyncio.create_task(server.stop())
        assert await ben.next(frames.SyncStatus) == frames.SyncStatus(PAD, True)
        await stopping
        assert ben.socket.close_code == CloseCode.GOING_AWAY


async def test_what_went_out_with_another_frame_is_not_released_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 0.01)
    out = Out(2)
    gathered = held.Held()
    gone, waiting, last = (Holder(out, number) for number in range(3))
    wait(gathered, gone)
    wait(gathered, waiting)
    gone.held = [b"the next one"]
    wait(gathered, last)
    await asyncio.wait_for(out.all.wait(), 20)
    assert out.released == [1, 2]
    wait(gathered, waiting)
    gathered.soon(gone)
    gathered.release_all()
    assert out.released[2:] == [0, 1]


async def test_acknowledgements_do_not_pile_up_for_a_client_that_never_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNSENT_BYTES", 1_000)
    hub = Hub(MemoryStorage(), Clock())
    peer = Peer("10.0.0.1", is_choked=True)
    connection = Connection(names.new_id(), hub, peer)
    connection.send_later(frames.encode(frames.SyncStatus(PAD, True)))
    peer.unsent_bytes = 1_000
    hub.held.release_all()
    assert peer.cut_by is None
    connection.send_later(frames.encode(frames.SyncStatus(PAD, True)))
    peer.unsent_bytes = 1_001
    hub.held.release_all()
    assert peer.cut_by is not None
    assert peer.cut_by.code == CloseCode.RESET
    # Nothing more is held for it, and it can be cut but once.
    connection.send_soon(frames.encode(frames.SyncStatus(PAD, True)))
    hub.held.release_all()
    assert hub.counts.cuts == 1
    await connection.close()


async def test_who_is_gone_keeps_nobody_elses_from_going_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LONGEST_WAIT_SECONDS", 1.0)
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    async with make_server(ServerConfig(storage="memory")) as server:
        ana = await RawClient(new_invite(server.port), open=True).__aenter__()
        ben = await RawClient(new_invite(server.port), open=True).__aenter__()
        (update,) = updates(1)
        assert await ana.knock(PAD) == await ben.knock(PAD) == ""
        await ana.send(frames.SyncUpdate(PAD, update))
        await (await ana.socket.ping())
        ana.socket.transport.abort()
        while len(server._clients) > 1:
            await (await ben.socket.ping())
        await ben.send(frames.SyncUpdate(PAD, update))
        assert await ben.next(frames.SyncStatus) == frames.SyncStatus(PAD, True)
        await ben.socket.close()
    assert faults == []


async def test_a_fault_of_one_does_not_hold_up_the_others() -> None:
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    out, gathered = Out(1), held.Held()

    class Broken(Holder):
        def release(self) -> None:
            raise RuntimeError("closed")

    gathered.soon(Broken(out, 0))
    gathered.soon(Holder(out, 1))
    await asyncio.wait_for(out.all.wait(), 20)
    assert len(faults) == 1
