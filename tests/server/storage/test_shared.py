"""Rooms in a real Redis: what only a medium of several processes can go through."""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pycrdt
import pytest

from sparring_server.protocol import limits
from sparring_server.storage.base import ConflictError, StorageError
from sparring_server.storage.shared import RedisStorage, bus, keys, link, storage
from sparring_server.storage.shared.address import PASSWORD_VARIABLE, RedisAddress
from sparring_server.storage.shared.wire import ReplyError, ReplyReader, Wire, pack
from tests.support.redis_server import RedisServer, running_redis
from tests.support.tls import Authority

PATIENCE_SECONDS = 20.0


@dataclass
class Ear:
    """A room of one process that remembers what it heard."""

    heard: list[tuple[Any, ...]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def _note(self, *what: object) -> None:
        self.heard.append(what)
        self.news.set()

    def heard_update(self, document: str, update: bytes) -> None:
        self._note("update", document, update)

    def heard_change(self, version: int, record: bytes, events: Sequence[bytes]) -> None:
        self._note("change", version, record, list(events))

    def heard_presence(self, process: str, document: str, member: str, update: bytes) -> None:
        self._note("presence", process, document, member, update)

    def heard_members(self, process: str, members: frozenset[str], asks: bool) -> None:
        self._note("members", process, members, asks)

    def lost_touch(self) -> None:
        self._note("lost touch")

    async def hears(self, *what: object) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while what not in self.heard:
                self.news.clear()
                await self.news.wait()


@dataclass
class Trouble:
    """What a storage tells of its trouble."""

    told: asyncio.Queue[bool] = field(default_factory=asyncio.Queue)

    async def is_told(self) -> bool:
        return await asyncio.wait_for(self.told.get(), PATIENCE_SECONDS)


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[RedisServer]:
    async with running_redis(tmp_path / "redis") as server:
        yield server


@pytest.fixture
async def open_one(redis: RedisServer) -> AsyncIterator[Callable[[], Any]]:
    """Storages on the same Redis, each as of a process of its own."""
    opened: list[RedisStorage] = []

    async def open_() -> RedisStorage:
        made = RedisStorage(redis.url)
        await made.open()
        opened.append(made)
        return made

    yield open_
    await asyncio.gather(*(made.close() for made in opened))


async def append(storage: RedisStorage, room: str, document: str, update: bytes) -> bool:
    stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    storage.append_update(room, document, update, stored.set_result)
    return await asyncio.wait_for(stored, PATIENCE_SECONDS)


def typing(words: str) -> list[bytes]:
    """The updates of somebody who types this, letter by letter."""
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    updates: list[bytes] = []
    subscription = document.observe(lambda event: updates.append(event.update))
    text = document.get("content", type=pycrdt.Text)
    for letter in words:
        text += letter
    document.unobserve(subscription)
    return updates


def text_of(pieces: Sequence[bytes]) -> str:
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for piece in pieces:
        document.apply_update(piece)
    return str(document.get("content", type=pycrdt.Text))


# Versions.


async def test_of_two_processes_that_change_a_room_at_once_one_is_told(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    assert await ana.save_room("room", b"new", [], after=0, at_ms=1) == 1
    outcomes = await asyncio.gather(
        ana.save_room("room", b"by ana", [(1, b"a")], after=1, at_ms=2),
        ben.save_room("room", b"by ben", [(1, b"b")], after=1, at_ms=2),
        return_exceptions=True,
    )
    assert {type(outcome) for outcome in outcomes} == {int, ConflictError}
    winner = "ana" if outcomes[0] == 2 else "ben"
    for one in (ana, ben):
        stored = await one.load("room")
        assert stored is not None
        assert (stored.record, stored.version) == (f"by {winner}".encode(), 2)
        assert await one.events("room", 0) == [winner[0].encode()]
    with pytest.raises(ConflictError):
        await ben.save_room("room", b"new again", [], after=0, at_ms=3)


async def test_a_save_whose_answer_was_lost_is_done_once(open_one: Callable[[], Any]) -> None:
    ana = await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    saving = asyncio.create_task(ana.save_room("room", b"next", [(1, b"a")], after=1, at_ms=2))
    await asyncio.sleep(0)
    # It is on its way; the answer will find nobody.
    ana._link._wire._flush()
    ana._link.cut()
    assert await asyncio.wait_for(saving, PATIENCE_SECONDS) == 2
    stored = await ana.load("room")
    assert stored is not None
    assert stored.version == 2
    assert await ana.events("room", 0) == [b"a"]


# The bus.


async def test_what_one_process_does_the_others_hear(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    here, there, elsewhere = Ear(), Ear(), Ear()
    await ana.listen("room", here)
    await ben.listen("room", there)
    await ben.listen("other", elsewhere)
    ana.tell_presence("room", "session", "ana", b"said to nobody")
    ben.tell_members("room", frozenset(), asks=True)
    await here.hears("members", ben.process, frozenset(), True)
    here.heard.clear()
    await ana.save_room("room", b"new", [(1, b"a"), (2, b"b")], after=0, at_ms=1)
    await append(ana, "room", "pad/1", b"one")
    ana.tell_presence("room", "session", "ana", b"typing")
    ana.tell_members("room", frozenset({"ana"}), asks=True)
    await there.hears("members", ana.process, frozenset({"ana"}), True)
    assert there.heard == [
        ("change", 1, b"new", [b"a", b"b"]),
        ("update", "pad/1", b"one"),
        ("presence", ana.process, "session", "ana", b"typing"),
        ("members", ana.process, frozenset({"ana"}), True),
    ]
    assert here.heard == elsewhere.heard == []
    # Where nobody else has the room any more, nothing is said.
    ben.stop_listening("room")
    await ana.listen("other", here)
    ben.tell_members("other", frozenset({"ben"}))
    await here.hears("members", ben.process, frozenset({"ben"}), False)
    assert ana._bus._shared == {"other": {ben.process}}


async def test_a_room_that_was_put_away_is_heard_no_more_and_heard_again(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    first, second = Ear(), Ear()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    await ben.listen("room", first)
    ben.stop_listening("room")
    await ben.listen("room", second)
    await append(ana, "room", "pad/1", b"one")
    await second.hears("update", "pad/1", b"one")
    assert first.heard == []


async def test_updates_of_many_rooms_at_once_are_stored_and_heard_in_order(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    rooms = [f"room-{number}" for number in range(20)]
    ears = {room: Ear() for room in rooms}
    for room in rooms:
        await ana.save_room(room, b"", [], after=0, at_ms=1)
        await ben.listen(room, ears[room])
    done: list[bool] = []
    for number in range(1_000):
        ana.append_update(rooms[number % 20], f"pad/{number % 3}", b"%d" % number, done.append)
    last = await asyncio.gather(*(append(ana, room, "pad/9", b"end") for room in rooms))
    assert done == [True] * 1_000
    assert last == [True] * 20
    for at, room in enumerate(rooms):
        await ears[room].hears("update", "pad/9", b"end")
        expected = [("update", f"pad/{number % 3}", b"%d" % number) for number in range(at, 1_000, 20)]
        assert ears[room].heard[:-1] == expected
        stored = await ben.load(room)
        assert stored is not None
        assert sum(map(len, stored.documents.values())) == 51


async def test_a_room_that_cannot_take_news_does_not_deafen_the_others(
    open_one: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Ear):
        def heard_update(self, document: str, update: bytes) -> None:
            raise RuntimeError("broken")

    ana, ben = await open_one(), await open_one()
    for room in ("room", "other"):
        await ana.save_room(room, b"", [], after=0, at_ms=1)
    good = Ear()
    await ben.listen("room", Broken())
    await ben.listen("other", good)
    await append(ana, "room", "pad/1", b"one")
    await append(ana, "other", "pad/1", b"two")
    await good.hears("update", "pad/1", b"two")
    assert "could not take" in caplog.text


async def test_a_process_that_ends_takes_its_members_along(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    ear = Ear()
    await ben.listen("room", ear)
    ana.tell_members("room", frozenset({"ana"}))
    await ear.hears("members", ana.process, frozenset({"ana"}), False)
    await ana.close()
    await ear.hears("members", ana.process, frozenset(), False)


async def test_a_process_that_died_is_noticed(open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(storage, "PROCESS_SECONDS", 0.3)
    ana, ben = await open_one(), await open_one()
    ear = Ear()
    await ben.listen("room", ear)
    ana.tell_members("room", frozenset({"ana"}))
    await ear.hears("members", ana.process, frozenset({"ana"}), False)
    # Nothing more comes from it, not even a farewell.
    ana._beating.cancel()
    await ear.hears("members", ana.process, frozenset(), False)


async def test_a_process_that_was_given_up_says_again_who_is_there(
    open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "HEARTBEAT_SECONDS", 0.05)
    ana = await open_one()
    ear = Ear()
    await ana.listen("room", ear)
    await ana._call("DEL", keys.process_key(ana.process))
    await ear.hears("lost touch")


# Trouble.


async def test_while_redis_is_away_updates_are_kept_and_rooms_catch_up_when_it_is_back(
    redis: RedisServer, open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sparring_server.storage.shared.appending.TROUBLE_SECONDS", 0.0)
    ana, ben = await open_one(), await open_one()
    trouble = Trouble()
    ana.on_trouble = trouble.told.put_nowait
    ear, own = Ear(), Ear()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    await ben.listen("room", ear)
    await ana.listen("room", own)
    assert await append(ana, "room", "pad/1", b"before")
    await redis.kill()
    done: list[bool] = []
    for number in range(10):
        ana.append_update("room", "pad/1", bytes([number]), done.append)
    assert await trouble.is_told() is True
    assert not ana.healthy
    for refused in (
        ana.load("room"), ana.events("room", 0), ana.expire(5), ana.compact("room", "pad/1"), ana.time_ms(),
        ana.save_room("room", b"next", [], after=1, at_ms=2), ana.listen("room", Ear()),
    ):  # fmt: skip
        with pytest.raises(StorageError, match="storage"):
            await refused
    assert done == []
    await redis.start()
    assert await trouble.is_told() is False
    assert await append(ana, "room", "pad/1", b"after")
    assert done == [True] * 10
    await own.hears("lost touch")
    await ear.hears("lost touch")
    stored = await ben.load("room")
    assert stored is not None
    assert set(stored.documents["pad/1"]) == {b"before", b"after", *(bytes([number]) for number in range(10))}
    # And it hears again.
    assert await append(ana, "room", "pad/1", b"news")
    await ear.hears("update", "pad/1", b"news")
    assert ana.healthy


async def test_killed_in_the_middle_of_writing_redis_has_all_that_was_acknowledged(
    redis: RedisServer, open_one: Callable[[], Any]
) -> None:
    ana = await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    for kill in range(3):
        acknowledged: list[int] = []
        some = asyncio.Event()

        def note(number: int, stored: bool, acknowledged: list[int] = acknowledged, some: asyncio.Event = some) -> None:
            if stored:
                acknowledged.append(number)
            if len(acknowledged) > 200:
                some.set()

        async def write(kill: int = kill, note: Callable[[int, bool], None] = note) -> None:
            for number in range(100_000):
                name = kill * 1_000_000 + number
                ana.append_update("room", "pad/1", b"%d" % name, partial(note, name))
                if number % 7 == 0:
                    await asyncio.sleep(0)

        writing = asyncio.create_task(write())
        await asyncio.wait_for(some.wait(), PATIENCE_SECONDS)
        await redis.kill()
        writing.cancel()
        promised = set(acknowledged)
        await redis.start()
        fresh = await open_one()
        stored = await fresh.load("room")
        assert stored is not None
        assert promised <= {int(update) for update in stored.documents["pad/1"]}
        # What was not acknowledged comes again by itself.
        assert await append(ana, "room", "pad/2", b"end")


async def test_a_full_redis_acknowledges_nothing_and_recovers(
    open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sparring_server.storage.shared.appending.RETRY_SECONDS", 0.02)
    monkeypatch.setattr(limits, "MAX_UNSAVED_BYTES", 1_000)
    ana = await open_one()
    trouble = Trouble()
    ana.on_trouble = trouble.told.put_nowait
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    await ana._call("CONFIG", "SET", "maxmemory", 1)
    done: list[bool] = []
    for number in range(1_200):
        ana.append_update("room", "pad/1", bytes([number % 256]), done.append)
    assert ana.is_choked
    assert await trouble.is_told() is True
    assert not ana.healthy
    with pytest.raises(StorageError, match="takes nothing"):
        await ana.save_room("room", b"next", [], after=1, at_ms=2)
    assert done == []
    await ana._call("CONFIG", "SET", "maxmemory", 0)
    assert await trouble.is_told() is False
    assert await append(ana, "room", "pad/1", b"end")
    assert done == [True] * 1_200
    assert not ana.is_choked
    stored = await ana.load("room")
    assert stored is not None
    assert len(stored.documents["pad/1"]) == 1_201


async def test_scripts_that_were_thrown_away_are_brought_again(open_one: Callable[[], Any]) -> None:
    ana = await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    await ana._call("SCRIPT", "FLUSH")
    assert await append(ana, "room", "pad/1", b"one")
    await ana._call("SCRIPT", "FLUSH")
    assert await ana.save_room("room", b"next", [], after=1, at_ms=2) == 2


async def test_a_redis_that_does_not_answer_is_given_up(
    redis: RedisServer, open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (link, bus):
        monkeypatch.setattr(module, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(link, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr("sparring_server.storage.shared.wire.CONNECT_SECONDS", 0.2)
    ana = await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    ear = Ear()
    await ana.listen("room", ear)
    redis.freeze()
    with pytest.raises(StorageError, match="cannot reach"):
        await asyncio.wait_for(ana.load("room"), PATIENCE_SECONDS)
    if ana._bus.is_up:
        await asyncio.wait_for(ana._bus._lost.wait(), PATIENCE_SECONDS)
    redis.thaw()
    await ear.hears("lost touch")
    assert await append(ana, "room", "pad/1", b"one")


async def test_updates_of_a_room_that_is_gone_are_refused(
    open_one: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    ana = await open_one()
    assert not await append(ana, "nowhere", "pad/1", b"one")
    assert await ana.load("nowhere") is None
    assert "expired" in caplog.text


async def test_what_waits_when_the_server_stops_is_stored_first(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    done: list[bool] = []
    for number in range(100):
        ana.append_update("room", "pad/1", bytes([number]), done.append)
    await ana.close()
    assert done == [True] * 100
    with pytest.raises(StorageError, match="closed"):
        ana.append_update("room", "pad/1", b"late", done.append)
    stored = await ben.load("room")
    assert stored is not None
    assert len(stored.documents["pad/1"]) == 100


# Compaction and expiry.


async def test_two_processes_compact_at_once_while_both_write(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    words = "what is written while others tidy up stays written, letter by letter: çà et là 🧮 " * 5
    updates = typing(words)
    tidying = 0

    async def tidy(one: RedisStorage) -> None:
        nonlocal tidying
        while tidying < 40:
            tidying += 1
            await one.compact("room", "pad/1")

    async def write() -> None:
        for number, update in enumerate(updates):
            assert await append((ana, ben)[number % 2], "room", "pad/1", update)

    await asyncio.gather(write(), tidy(ana), tidy(ben))
    await ana.compact("room", "pad/1")
    stored = await ben.load("room")
    assert stored is not None
    assert len(stored.documents["pad/1"]) == 1
    assert text_of(stored.documents["pad/1"]) == words


async def test_a_compaction_of_what_was_compacted_meanwhile_changes_nothing(
    open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, ben = await open_one(), await open_one()
    await ana.save_room("room", b"new", [], after=0, at_ms=1)
    updates = typing("abcdef")
    for update in updates[:3]:
        await append(ana, "room", "pad/1", update)
    loop = asyncio.get_running_loop()
    merge = storage._merge

    def merge_late(pieces: list[bytes]) -> bytes:
        # While ana merges, ben does so too and goes on writing.
        monkeypatch.setattr(storage, "_merge", merge)

        async def meanwhile() -> None:
            await ben.compact("room", "pad/1")
            for update in updates[3:]:
                await append(ben, "room", "pad/1", update)

        asyncio.run_coroutine_threadsafe(meanwhile(), loop).result(PATIENCE_SECONDS)
        return merge(pieces)

    monkeypatch.setattr(storage, "_merge", merge_late)
    await ana.compact("room", "pad/1")
    stored = await ana.load("room")
    assert stored is not None
    assert len(stored.documents["pad/1"]) == 4
    assert text_of(stored.documents["pad/1"]) == "abcdef"


async def test_rooms_expire_by_their_last_save_whole_and_once(open_one: Callable[[], Any]) -> None:
    ana, ben = await open_one(), await open_one()
    for number in range(30):
        await ana.save_room(f"room-{number}", b"new", [(1, b"x")], after=0, at_ms=number)
        await append(ana, f"room-{number}", "pad/1", b"one")
        await append(ana, f"room-{number}", "pad/2", b"two")
    await ben.save_room("room-3", b"used again", [], after=1, at_ms=100)
    # As if a process had died between the list of rooms and the save.
    await ana._call("ZADD", keys.ROOMS, 0, "room-20")
    await ana._call("ZADD", keys.ROOMS, 0, "never-was")
    ear = Ear()
    await ben.listen("room-5", ear)
    named = await asyncio.gather(ana.expire(10), ben.expire(10))
    assert sorted(named[0] + named[1]) == sorted(f"room-{number}" for number in range(10) if number != 3)
    await ear.hears("lost touch")
    for number in range(30):
        assert (await ana.load(f"room-{number}") is None) == (number < 10 and number != 3)
    left = await ana._call("KEYS", f"{keys.PREFIX}:{{room-5}}*")
    assert left == []
    assert await ana._call("ZSCORE", keys.ROOMS, "room-20") == b"20"
    assert await ana._call("ZSCORE", keys.ROOMS, "never-was") is None


# Time, address, wire.


async def test_processes_go_by_one_clock(open_one: Callable[[], Any]) -> None:
    ana = await open_one()
    before = await ana._call("TIME")
    told = await ana.time_ms()
    after = await ana._call("TIME")
    assert int(before[0]) * 1000 + int(before[1]) / 1000 <= told + 1
    assert told <= int(after[0]) * 1000 + int(after[1]) / 1000 + 1


async def test_a_wrong_password_and_a_wrong_address_are_said_in_words_and_not_told(
    redis: RedisServer, open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await open_one()
    await one._call("CONFIG", "SET", "requirepass", "swordfish")
    for address in (redis.url, f"redis://:herring@127.0.0.1:{redis.port}/0"):
        with pytest.raises(StorageError, match="password") as caught:
            await RedisStorage(address).open()
        assert "herring" not in str(caught.value)
        assert f"127.0.0.1:{redis.port}" in str(caught.value)
    right = RedisStorage(f"redis://:swordfish@127.0.0.1:{redis.port}/0")
    assert "swordfish" not in str(right._address) + repr(right._address)
    await right.open()
    await right.close()
    monkeypatch.setenv(PASSWORD_VARIABLE, "swordfish")
    by_variable = RedisStorage(redis.url)
    await by_variable.open()
    await by_variable.close()
    for address in ("redis://:herring@127.0.0.1:1", "redis://:herring@127.0.0.1:port", "redis://:herring@[::1"):
        with pytest.raises(StorageError) as caught:
            await RedisStorage(address).open()
        assert "herring" not in str(caught.value)


async def test_by_a_socket_of_the_machine(redis: RedisServer, tmp_path: Path) -> None:
    await redis.stop()
    await redis.start("--unixsocket", str(tmp_path / "redis.sock"))
    one = RedisStorage(f"unix://{tmp_path}/redis.sock?db=3")
    await one.open()
    assert await one.save_room("room", b"new", [], after=0, at_ms=1) == 1
    await one.close()


async def test_by_tls_whose_authority_the_address_names(redis: RedisServer, tmp_path: Path) -> None:
    authority = Authority.make(tmp_path)
    certificate, key = authority.sign(tmp_path)
    await redis.stop()
    tls = ("--tls-cert-file", str(certificate), "--tls-key-file", str(key), "--tls-auth-clients", "no")
    await redis.start("--port", "0", "--tls-port", str(redis.port), *tls)
    address = f"rediss://127.0.0.1:{redis.port}/0"
    # A certificate that nobody vouches for: nothing is sent, and it is said in words.
    with pytest.raises(StorageError, match="certificate"):
        await RedisStorage(address).open()
    with pytest.raises(StorageError, match=r"hung up|reset"):
        await RedisStorage(redis.url).open()
    ana = RedisStorage(f"{address}?ssl_ca_certs={authority.certificate}")
    await ana.open()
    assert await ana.save_room("room", b"new", [], after=0, at_ms=1) == 1
    ear = Ear()
    ben = RedisStorage(f"{address}?ssl_ca_certs={authority.certificate}")
    await ben.open()
    await ben.listen("room", ear)
    (update,) = typing("x")
    assert await append(ana, "room", "pad/1", update)
    await ear.hears("update", "pad/1", update)
    await ana.close()
    await ben.close()


async def test_somebody_else_on_that_port() -> None:
    over = asyncio.Event()

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()
        over.set()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        with pytest.raises(StorageError):
            await RedisStorage(f"redis://127.0.0.1:{port}").open()
        await asyncio.wait_for(over.wait(), PATIENCE_SECONDS)


def hang_up_on_everybody(listener: socket.socket) -> None:
    """A Redis that dies at any moment of being greeted."""
    dice = random.Random(3)
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with contextlib.suppress(OSError), client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", dice.randrange(2), 0))
            if answers := dice.randrange(4):
                client.recv(4_096)
                client.sendall(b"+OK\r\n" * answers)


def test_whenever_redis_hangs_up_it_is_said_in_words() -> None:
    # On uvloop, as the server is: it raises what asyncio does not, and that must not end the trying.
    uvloop = pytest.importorskip("uvloop")

    async def knock(port: int) -> None:
        address = RedisAddress.parse(f"redis://127.0.0.1:{port}/0")
        for _ in range(100):
            over = asyncio.Event()
            with contextlib.suppress(StorageError):
                wire = await Wire.connect(address, lambda reply: None, lambda wire, over=over: over.set())  # type: ignore[misc]
                wire.send(pack("PING"))
                await asyncio.wait_for(over.wait(), PATIENCE_SECONDS)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        hanging_up = threading.Thread(target=hang_up_on_everybody, args=(listener,))
        hanging_up.start()
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(knock(listener.getsockname()[1]))
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            hanging_up.join()


async def test_a_fault_while_connecting_does_not_end_the_trying(
    open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await open_one()
    ear = Ear()
    await ana.listen("room", ear)
    connect = Wire.connect
    faults = iter([ValueError("a fault of ours")])

    async def stumble(*arguments: Any) -> Wire:
        for fault in faults:
            raise fault
        return await connect(*arguments)

    monkeypatch.setattr(Wire, "connect", stumble)
    ana._bus.cut()
    await ear.hears("lost touch")
    assert "a fault while connecting" in caplog.text


def test_an_address_shows_no_secret() -> None:
    assert str(RedisAddress.parse("rediss://ana:secret@example.org:7000/2")) == "example.org:7000/2"
    assert "secret" not in repr(RedisAddress.parse("redis://:secret@example.org"))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_replies_are_cut_wherever_the_network_cuts_them(size: int) -> None:
    stream = (
        b"+OK\r\n:12\r\n$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n$4\r\n\r\n\r\n\r\n-OOM too much\r\n"
        b"*3\r\n*2\r\n:1\r\n$2\r\nab\r\n*0\r\n$1\r\nz\r\n" + b"$3000\r\n" + b"\r" * 3000 + b"\r\n"
    )
    reader = ReplyReader()
    replies = [reply for at in range(0, len(stream), size) for reply in reader.feed(stream[at : at + size])]
    error = replies.pop(7)
    assert isinstance(error, ReplyError)
    assert error.code == "OOM"
    assert replies == [b"OK", 12, None, None, [], b"", b"\r\n\r\n", [[1, b"ab"], [], b"z"], b"\r" * 3000]


def test_a_command_is_packed_by_bytes() -> None:
    assert pack("SET", "é", b"\r\n", 12) == b"*4\r\n$3\r\nSET\r\n$2\r\n\xc3\xa9\r\n$2\r\n\r\n\r\n$2\r\n12\r\n"


def test_logs_merge_to_what_they_held() -> None:
    updates = typing("abc")
    assert text_of([storage._merge(updates)]) == "abc"


async def test_it_can_be_closed_while_it_connects_although_the_library_swallows_that(
    open_one: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await open_one()
    connect = Wire.connect
    connecting, closing = asyncio.Event(), asyncio.Event()

    async def deaf(*arguments: Any) -> Wire:
        connecting.set()
        with contextlib.suppress(asyncio.CancelledError):
            await closing.wait()
        return await connect(*arguments)

    monkeypatch.setattr(Wire, "connect", deaf)
    ana._bus.cut()
    await asyncio.wait_for(connecting.wait(), PATIENCE_SECONDS)
    await asyncio.wait_for(ana.close(), PATIENCE_SECONDS)
