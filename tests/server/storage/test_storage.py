"""The acceptance kit that every storage passes, and what only a file can go through."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server.doors import Denied, Doors
from sparring_server.protocol import limits, names
from sparring_server.protocol.token import Credentials, Denial
from sparring_server.storage import MemoryStorage, SqliteStorage, Storage, StorageError

KINDS: dict[str, Callable[[Path], Storage]] = {
    "memory": lambda folder: MemoryStorage(),
    "sqlite": lambda folder: SqliteStorage(folder / "rooms.db"),
}


@pytest.fixture(params=KINDS)
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    made = KINDS[request.param](tmp_path)
    await made.open()
    yield made
    await made.close()


async def test_a_room_that_never_was_is_absent(storage: Storage) -> None:
    assert await storage.load("nowhere") is None


async def test_a_room_comes_back_in_order(storage: Storage) -> None:
    await storage.save_room("room", b"one", [(1, b"first")])
    await storage.save_room("room", b"two", [(2, b"second"), (3, b"third")])
    await asyncio.gather(*(storage.append_update("room", "pad/1", bytes([n])) for n in range(50)))
    await storage.append_update("room", "pad/2", b"other")
    await storage.save_room("elsewhere", b"x", [])
    stored = await storage.load("room")
    assert stored is not None
    assert stored.record == b"two"
    assert stored.documents == {"pad/1": [bytes([n]) for n in range(50)], "pad/2": [b"other"]}
    assert await storage.events("room", 1) == [b"second", b"third"]


async def test_compacting_keeps_what_came_meanwhile(storage: Storage) -> None:
    await storage.save_room("room", b"", [])
    for update in (b"a", b"b", b"c"):
        await storage.append_update("room", "pad/1", update)
    await storage.compact("room", "pad/1", 2, b"ab")
    await storage.append_update("room", "pad/1", b"d")
    stored = await storage.load("room")
    assert stored is not None
    assert stored.documents["pad/1"] == [b"ab", b"c", b"d"]


async def test_old_events_go(storage: Storage) -> None:
    await storage.save_room("room", b"", [(number, b"x") for number in range(1, limits.MAX_EVENTS_KEPT + 11)])
    assert len(await storage.events("room", 0)) == limits.MAX_EVENTS_KEPT


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
    await storage.save_room("room", b"", [])
    # The file may not grow any more: what SQLite says then is what it says on a full disk.
    await storage._submit(_no_room)
    waiting = storage.append_update("room", "pad/1", b"x" * 500_000)
    assert await asyncio.wait_for(trouble.get(), 20) is True
    with pytest.raises(StorageError, match="cannot save"):
        await storage.save_room("room", b"y" * 500_000, [])
    assert not waiting.done()
    await storage._submit(_room_again)
    await asyncio.wait_for(waiting, 20)
    assert await asyncio.wait_for(trouble.get(), 20) is False
    stored = await storage.load("room")
    assert stored is not None
    assert stored.documents == {"pad/1": [b"x" * 500_000]}
    await storage.close()


async def test_a_value_that_cannot_be_stored_fails_alone(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    await storage.save_room("room", b"", [])
    # In one group, so that one of them could take the others with it.
    good = [storage.append_update("room", "pad/1", bytes([number])) for number in range(3)]
    poison = [
        storage.append_update("\ud800", "pad/1", b"x"),
        storage.append_update("room", "pad/1", 2**64),  # type: ignore[arg-type]
        storage.save_room("room", object(), []),  # type: ignore[arg-type]
        storage.save_room("room", b"", [(2**63, b"x")]),
        storage._submit(_mistake),
    ]
    good += [storage.append_update("room", "pad/1", bytes([number])) for number in range(3, 6)]
    outcomes = await asyncio.wait_for(asyncio.gather(*poison, return_exceptions=True), 20)
    assert {type(outcome) for outcome in outcomes} == {StorageError}
    await asyncio.wait_for(asyncio.gather(*good), 20)
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
        await storage.save_room("room", b"", [])
        futures = [storage.append_update("room", "pad/1", body) for body in plan]  # type: ignore[arg-type]
        outcomes = await asyncio.wait_for(asyncio.gather(*futures, return_exceptions=True), 20)
        assert [outcome is None for outcome in outcomes] == [isinstance(body, bytes) for body in plan]
        stored = await storage.load("room")
        assert stored is not None
        assert stored.documents.get("pad/1", []) == [body for body in plan if isinstance(body, bytes)]
        await storage.close()

    asyncio.run(play())


async def test_a_durable_mistake_is_refused_and_not_tried_for_ever(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    with pytest.raises(StorageError, match="no such table"):
        await asyncio.wait_for(storage._submit(_mistake, durable=True), 20)
    await storage.close()


async def test_a_dead_thread_is_noticed(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "rooms.db")
    await storage.open()
    trouble: asyncio.Queue[bool] = asyncio.Queue()
    storage.on_trouble = trouble.put_nowait
    with pytest.raises(StorageError, match="any more"):
        await asyncio.wait_for(storage._submit(_deadly), 20)
    assert await asyncio.wait_for(trouble.get(), 20) is True
    with pytest.raises(StorageError, match="Restart"):
        await storage.append_update("room", "pad/1", b"x")
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
