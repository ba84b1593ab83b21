"""The acceptance kit that every storage passes, and what only a file can go through."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from sparring_server.doors import Denied, Doors
from sparring_server.protocol import limits, names
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.storage import ConflictError, MemoryStorage, SqliteStorage, Storage, StorageError, sqlite, tail
from sparring_server.storage.shared import RedisStorage
from tests.support.redis_server import running_redis


@contextlib.asynccontextmanager
async def in_memory(folder: Path) -> AsyncIterator[Storage]:
    yield MemoryStorage()


@contextlib.asynccontextmanager
async def in_a_file(folder: Path) -> AsyncIterator[Storage]:
    yield SqliteStorage(folder / "rooms.db")


@contextlib.asynccontextmanager
async def in_redis(folder: Path) -> AsyncIterator[Storage]:
    async with running_redis(folder / "redis") as server:
        yield RedisStorage(server.url)


KINDS: dict[str, Callable[[Path], contextlib.AbstractAsyncContextManager[Storage]]] = {
    "memory": in_memory,
    "sqlite": in_a_file,
    "redis": in_redis,
}


@pytest.fixture(params=KINDS)
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    async with KINDS[request.param](tmp_path) as made:
        await made.open()
        yield made
        await made.close()


class Sized:
    """Something with a length that SQLite cannot store."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __len__(self) -> int:
        return 8


async def new_room(storage: Storage, room: str = "room", record: bytes = b"") -> None:
    assert await storage.save_room(room, record, [], after=0, at_ms=1) == 1


def append(storage: Storage, room: str, document: str, update: bytes) -> asyncio.Future[bool]:
    """A future with what the storage says of an update: True where it is stored for good."""
    future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    storage.append_update(room, document, update, future.set_result)
    return future


def typed(words: str) -> list[bytes]:
    """The updates of typing these words, one a character."""
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    text = doc.get("content", type=pycrdt.Text)
    made: list[bytes] = []
    watch = doc.observe(lambda event: made.append(event.update))
    for position, character in enumerate(words):
        text.insert(position, character)
    del watch
    return made


def text_of(updates: list[bytes]) -> str:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for update in updates:
        doc.apply_update(update)
    return str(doc.get("content", type=pycrdt.Text))


async def test_a_room_that_never_was_is_absent(storage: Storage) -> None:
    assert await storage.load("nowhere") is None
    assert await storage.events("nowhere", 0) == []


async def test_a_room_comes_back_in_order(storage: Storage) -> None:
    assert await storage.save_room("room", b"one", [(1, b"first")], after=0, at_ms=1) == 1
    assert await storage.save_room("room", b"two", [(2, b"second"), (3, b"third")], after=1, at_ms=2) == 2
    updates = typed("x" * 50)
    assert all(await asyncio.gather(*(append(storage, "room", "pad/1", update) for update in updates)))
    assert await append(storage, "room", "pad/2", updates[0])
    await new_room(storage, "elsewhere")
    stored = await storage.load("room")
    assert stored is not None
    assert (stored.record, stored.version) == (b"two", 2)
    assert stored.documents == {"pad/1": updates, "pad/2": updates[:1]}
    assert await storage.events("room", 1) == [b"second", b"third"]


async def test_a_change_is_made_from_the_latest_version_or_not_at_all(storage: Storage) -> None:
    await new_room(storage, record=b"one")
    assert await storage.save_room("room", b"two", [(1, b"first")], after=1, at_ms=2) == 2
    for stale in (0, 1, 3):
        with pytest.raises(ConflictError):
            await storage.save_room("room", b"other", [(1, b"another first")], after=stale, at_ms=3)
    with pytest.raises(ConflictError):
        await storage.save_room("nowhere", b"", [], after=1, at_ms=1)
    stored = await storage.load("room")
    assert stored is not None
    assert (stored.record, stored.version) == (b"two", 2)
    assert await storage.events("room", 0) == [b"first"]
    assert await storage.load("nowhere") is None


async def test_of_many_changes_at_once_each_version_is_made_once(storage: Storage) -> None:
    await new_room(storage)

    async def change(writer: int) -> int:
        conflicts = 0
        while True:
            stored = await storage.load("room")
            assert stored is not None
            try:
                number = stored.version
                body = f"{writer}".encode()
                await storage.save_room("room", body, [(number, body)], after=stored.version, at_ms=1)
            except ConflictError:
                conflicts += 1
            else:
                return conflicts

    await asyncio.gather(*(change(writer) for writer in range(8)))
    stored = await storage.load("room")
    assert stored is not None
    assert stored.version == 9
    assert sorted(await storage.events("room", 0)) == [f"{writer}".encode() for writer in range(8)]


async def test_compacting_keeps_what_was_written_before_and_after(storage: Storage) -> None:
    await new_room(storage)
    updates = typed("compacting adds first" * 10)
    saved = [append(storage, "room", "pad/1", update) for update in updates[:100]]
    # In the middle of typing, and again, and where there is nothing to do.
    compacted = [storage.compact("room", "pad/1") for _ in range(2)]
    saved += [append(storage, "room", "pad/1", update) for update in updates[100:]]
    await asyncio.gather(*compacted, storage.compact("room", "pad/2"), storage.compact("nowhere", "pad/1"))
    assert all(await asyncio.gather(*saved))
    await storage.compact("room", "pad/1")
    stored = await storage.load("room")
    assert stored is not None
    assert text_of(stored.documents["pad/1"]) == "compacting adds first" * 10
    assert len(stored.documents["pad/1"]) < len(updates)


async def test_old_events_go(storage: Storage) -> None:
    events = [(number, b"x") for number in range(1, limits.MAX_EVENTS_KEPT + 11)]
    await storage.save_room("room", b"", events, after=0, at_ms=1)
    assert len(await storage.events("room", 0)) == limits.MAX_EVENTS_KEPT


async def test_rooms_that_nobody_changed_for_long_expire_with_all_they_had(storage: Storage) -> None:
    for room, at_ms in (("old", 1_000), ("older", 999), ("young", 3_000)):
        await storage.save_room(room, b"", [(1, b"event")], after=0, at_ms=at_ms)
        assert await append(storage, room, "pad/1", typed("x")[0])
    await storage.save_room("old", b"", [], after=1, at_ms=2_000)
    assert await storage.expire(2_000) == ["older"]
    assert await storage.expire(2_000) == []
    assert await storage.load("older") is None
    assert await storage.events("older", 0) == []
    for room in ("old", "young"):
        stored = await storage.load(room)
        assert stored is not None
        assert list(stored.documents) == ["pad/1"]
    # A room of the same name is a new one.
    await new_room(storage, "older")
    stored = await storage.load("older")
    assert stored is not None
    assert stored.documents == {}


async def test_two_servers_do_not_share_a_file(tmp_path: Path) -> None:
    first, second = SqliteStorage(tmp_path / "rooms.db"), SqliteStorage(tmp_path / "rooms.db")
    await first.open()
    with pytest.raises(StorageError, match="cannot be used"):
        await second.open()
    await first.close()


async def test_a_full_disk_acknowledges_nothing_and_recovers(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    trouble: asyncio.Queue[bool] = asyncio.Queue()
    storage.on_trouble = trouble.put_nowait
    await new_room(storage)
    # The file may not grow any more: what SQLite says then is what it says on a full disk.
    await storage._submit(_no_room)
    waiting = append(storage, "room", "pad/1", b"x" * 500_000)
    assert await asyncio.wait_for(trouble.get(), 20) is True
    with pytest.raises(StorageError, match="cannot save"):
        await storage.save_room("room", b"y" * 500_000, [], after=1, at_ms=1)
    # What is there can still be read, and what comes lines up.
    assert await storage.load("room") is not None
    later = append(storage, "room", "pad/1", b"z")
    assert not waiting.done()
    assert not later.done()
    await storage._submit(_room_again)
    assert await asyncio.wait_for(asyncio.gather(waiting, later), 20) == [True, True]
    assert await asyncio.wait_for(trouble.get(), 20) is False
    stored = await storage.load("room")
    assert stored is not None
    assert stored.documents == {"pad/1": [b"x" * 500_000, b"z"]}
    await storage.close()


async def test_what_may_wait_for_a_full_disk_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNSAVED_BYTES", 100_000)
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    await new_room(storage)
    await storage._submit(_no_room)
    assert not storage.is_choked
    waiting = append(storage, "room", "pad/1", b"x" * 200_000)
    assert storage.is_choked
    await storage._submit(_room_again)
    assert await asyncio.wait_for(waiting, 20)
    assert not storage.is_choked
    await storage.close()


async def test_a_value_that_cannot_be_stored_fails_alone(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    await new_room(storage)
    # In one group, so that one of them could take the others with it.
    good = [append(storage, "room", "pad/1", bytes([number])) for number in range(3)]
    bad = [append(storage, "\ud800", "pad/1", b"x"), append(storage, "room", "\ud800", b"x")]
    poison = [
        storage.save_room("room", object(), [], after=1, at_ms=1),  # type: ignore[arg-type]
        storage.save_room("room", b"", [(2**63, b"x")], after=1, at_ms=1),
        storage._submit(_mistake),
    ]
    good += [append(storage, "room", "pad/1", bytes([number])) for number in range(3, 6)]
    outcomes = await asyncio.wait_for(asyncio.gather(*poison, return_exceptions=True), 20)
    assert {type(outcome) for outcome in outcomes} == {StorageError}
    assert await asyncio.wait_for(asyncio.gather(*bad), 20) == [False, False]
    assert all(await asyncio.wait_for(asyncio.gather(*good), 20))
    stored = await storage.load("room")
    assert stored is not None
    assert stored.documents == {"pad/1": [bytes([number]) for number in range(6)]}
    await storage.close()


@given(
    plan=st.lists(st.one_of(st.binary(max_size=8), st.sampled_from([2**64, object(), "\ud800", 1 + 1j])), max_size=30)
)
@settings(max_examples=25)
def test_every_good_update_is_in_the_file(tmp_path_factory: pytest.TempPathFactory, plan: list[object]) -> None:
    async def play() -> None:
        storage = SqliteStorage(tmp_path_factory.mktemp("rooms") / "rooms.db")
        await storage.open()
        await new_room(storage)
        bodies = [Sized(body) if not isinstance(body, bytes) else body for body in plan]
        futures = [append(storage, "room", "pad/1", body) for body in bodies]  # type: ignore[arg-type]
        outcomes = await asyncio.wait_for(asyncio.gather(*futures), 20)
        assert outcomes == [isinstance(body, bytes) for body in plan]
        stored = await storage.load("room")
        assert stored is not None
        assert stored.documents.get("pad/1", []) == [body for body in plan if isinstance(body, bytes)]
        await storage.close()

    asyncio.run(play())


@given(plan=st.lists(st.sampled_from(["write", "read", "fail", "compact", "restart"]), max_size=60))
@settings(max_examples=25)
def test_updates_are_read_wherever_they_are_on_their_way(
    tmp_path_factory: pytest.TempPathFactory, plan: list[str]
) -> None:
    async def play() -> None:
        path = tmp_path_factory.mktemp("rooms") / "rooms.db"
        storage = SqliteStorage(path)
        await storage.open()
        await new_room(storage)
        updates = typed("x" * plan.count("write"))
        written: list[bytes] = []
        for step in plan:
            match step:
                case "write":
                    written.append(updates[len(written)])
                    append(storage, "room", "pad/1", written[-1])
                case "read":
                    stored = await storage.load("room")
                    assert stored is not None
                    assert text_of(stored.documents.get("pad/1", [])) == "x" * len(written)
                case "fail":
                    # A read folds what has come; a mistake in the same group takes the folding back.
                    both = (storage.load("room"), storage._submit(_mistake))
                    await asyncio.gather(*both, return_exceptions=True)
                case "compact":
                    await storage.compact("room", "pad/1")
                case "restart":
                    await storage.close()
                    storage = SqliteStorage(path)
                    await storage.open()
        stored = await storage.load("room")
        assert stored is not None
        assert text_of(stored.documents.get("pad/1", [])) == "x" * len(written)
        await storage.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "FOLD_AT", 5)
        asyncio.run(play())


async def test_a_dead_thread_is_noticed(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    trouble: asyncio.Queue[bool] = asyncio.Queue()
    storage.on_trouble = trouble.put_nowait
    with pytest.raises(StorageError, match="any more"):
        await asyncio.wait_for(storage._submit(_deadly), 20)
    assert await asyncio.wait_for(trouble.get(), 20) is True
    with pytest.raises(StorageError, match="Restart"):
        append(storage, "room", "pad/1", b"x")
    await storage.close()


async def test_a_file_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "rooms.db")) as connection:
        old = Migrations("sparring_server")
        old()(sqlite.create_rooms)
        old.apply(Database(connection))
        connection.execute("insert into room values ('room', ?)", (b'{"view":{},"at_ms":1234}',))
        connection.execute("insert into document_update (room, document, body) values ('room', 'pad/1', ?)", (b"x",))
        connection.commit()
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    stored = await storage.load("room")
    assert stored is not None
    assert stored.version == 1
    assert stored.documents == {"pad/1": [b"x"]}
    assert await storage.expire(1_234) == []
    assert await storage.expire(1_235) == ["room"]
    await storage.close()


def _mistake(connection: sqlite3.Connection) -> None:
    connection.execute("insert into nowhere values (1)")


def _deadly(connection: sqlite3.Connection) -> None:
    raise SystemExit


def _no_room(connection: sqlite3.Connection) -> None:
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages}")


def _room_again(connection: sqlite3.Connection) -> None:
    connection.execute("pragma max_page_count = 1000000")


def credentials(**changes: str) -> Credentials:
    values = {"secret": names.new_secret(), "member": names.new_id(), "key": names.new_secret(), **changes}
    return Credentials(**values)  # type: ignore[arg-type]


def test_doors_open_for_the_right_secret_and_key_only() -> None:
    ana = credentials()
    doors = Doors.of_new_room(ana).admit(ana)
    assert doors.admit(ana) is doors
    assert ana.secret not in repr(doors)
    for wrong, denial in (
        (credentials(member=ana.member, key=ana.key), Denial.WRONG_SECRET),
        (credentials(secret=ana.secret, member=ana.member), Denial.WRONG_MEMBER_KEY),
    ):
        with pytest.raises(Denied) as caught:
            doors.admit(wrong)
        assert caught.value.denial is denial
    doors = doors.admit(credentials(secret=ana.secret))
    with pytest.raises(Denied, match="room-full"):
        doors.admit(credentials(secret=ana.secret))
    assert doors.admit(credentials(secret=ana.secret, role="observer")).seats
