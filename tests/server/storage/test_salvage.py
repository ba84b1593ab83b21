"""A rooms' file that a bad disk has been at: what can be read is served, the rest is named and never replaced."""

import asyncio
import contextlib
import dataclasses
import random
import re
import sqlite3
from pathlib import Path

import pytest

from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol.token import SENTENCES, Denial
from sparring_server.storage import SqliteStorage, StorageError
from tests.server.storage.test_storage import append, text_of, typed
from tests.support.partners import Partner, Room, in_focus, reveal
from tests.support.waiting import until

ROOMS = 40
PAGE = 4_096


async def filled(path: Path) -> dict[str, str]:
    """A file with many rooms; the text of each."""
    storage = SqliteStorage(path)
    await storage.open()
    texts = {f"room-{number:02}": f"the text of room {number} " * 20 for number in range(ROOMS)}
    for room, text in texts.items():
        await storage.save_room(room, b"{}" * 50, [(1, b"event" * 20)], after=0, at_ms=1)
        assert all(await asyncio.gather(*(append(storage, room, "pad/1", update) for update in typed(text))))
    await storage.close()
    # No page is free, so that damage anywhere is damage to something.
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("vacuum")
    return texts


def spoil(path: Path, seed: int, pages: int = 1) -> None:
    """Overwrite some pages behind the first few, as a dying disk does."""
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(pages):
        page = chance.randrange(8, len(data) // PAGE)
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(data)


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.mark.parametrize("seed", range(6))
async def test_a_damaged_file_gives_back_what_can_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    path = tmp_path / "rooms.db"
    texts = await filled(path)
    spoil(path, seed)
    damaged = path.read_bytes()
    storage = SqliteStorage(path)
    await storage.open()
    lost = set(re.findall(r"room-\d\d", caplog.text))
    whole = 0
    for room, text in texts.items():
        if room in lost:
            # It does not come back as an empty one, whoever opens it.
            with pytest.raises(StorageError, match="set aside"):
                await storage.load(room)
            continue
        stored = await storage.load(room)
        assert stored is not None
        assert text_of(stored.documents["pad/1"]) == text
        assert await storage.events(room, 0) == [b"event" * 20]
        whole += 1
    assert whole >= ROOMS / 2
    assert "was damaged" in caplog.text
    assert [file.read_bytes() for file in files(tmp_path) if ".damaged-" in file.name] == [damaged]
    # The new file is sound, and takes new rooms.
    await storage.save_room("new", b"", [], after=0, at_ms=1)
    await storage.close()
    caplog.clear()
    again = SqliteStorage(path)
    await again.open()
    assert not caplog.records
    assert await again.load("new") is not None
    await again.close()


async def test_what_is_no_database_of_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rooms.db"
    path.write_bytes(b"my shopping list" * 1_000)
    with pytest.raises(StorageError, match="cannot be used"):
        await SqliteStorage(path).open()
    assert path.read_bytes() == b"my shopping list" * 1_000
    assert [file.name for file in files(tmp_path)] == ["rooms.db"]


@pytest.mark.parametrize("query", ["update room set record = '{'", "update document_update set body = x'ff01'"])
async def test_a_room_that_cannot_be_read_is_said_so_and_the_others_are_served(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    path = tmp_path / "rooms.db"
    async with make_server(ServerConfig(port=0, storage=f"sqlite:{path}")) as server:
        room = Room(server.port)
        ana, ben = await room.both()
        await in_focus(ana, ben)
        await reveal(ana, ben)
        assert ana.session.round is not None
        ana.type(ana.session.round.mine, "words")
        await ana.has_saved()
        await room.close()
    with sqlite3.connect(path) as connection:
        connection.execute(query)
    connection.close()
    async with make_server(ServerConfig(port=0, storage=f"sqlite:{path}")) as server:
        spoiled = Room(server.port)
        spoiled.invite = dataclasses.replace(room.invite, port=server.port)
        back = spoiled.enter("Ana", seat=ana.session.seat)
        await until(lambda: back.denials, back.session.denied, what="a denial")
        assert SENTENCES[Denial.STORAGE_TROUBLE] in back.denials[0]
        assert "cannot be read" in caplog.text
        other = Room(server.port)
        cem, _ = await other.both()
        assert isinstance(cem, Partner)
        await other.close()
        await spoiled.close()
