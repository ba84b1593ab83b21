"""A real Redis whose disk is full: nothing is acknowledged that it does not have, and all of it once there is room."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sparring_server.storage.shared import RedisStorage
from tests.faults.place import Disk
from tests.support.redis_server import RedisServer

PATIENCE_SECONDS = 20.0
BIG = 8_192
"""More than a file's last page has room for."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    small = Disk(tmp_path / "disk")
    small.open(small=True)
    if not small.can_be_full:
        pytest.skip("only root can mount a small file system")
    yield small
    small.close()


async def is_told(told: "asyncio.Queue[bool]", failing: bool) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await told.get() is not failing:
            pass


@pytest.mark.parametrize("fsync", ["always", "everysec"])
async def test_a_redis_with_a_full_disk_loses_nothing_that_was_acknowledged(
    disk: Disk, fsync: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RETRY_SECONDS", "TROUBLE_SECONDS"):
        monkeypatch.setattr(f"sparring_server.storage.shared.appending.{name}", 0.05)
    redis = RedisServer(disk.folder / "redis")
    await redis.start("--appendfsync", fsync)
    ana = RedisStorage(redis.url)
    await ana.open()
    told: asyncio.Queue[bool] = asyncio.Queue()
    ana.on_trouble = told.put_nowait
    try:
        await ana.save_room("room", b"new", [], after=0, at_ms=1)
        acknowledged: list[bytes] = []
        all_are = asyncio.Event()
        appended = [bytes([number]) * BIG for number in range(40)]

        def append(update: bytes) -> None:
            def done(stored: bool) -> None:
                assert stored
                acknowledged.append(update)
                if len(acknowledged) == len(appended):
                    all_are.set()

            ana.append_update("room", "pad/1", update, done)

        append(appended[0])
        disk.fill()
        for update in appended[1:]:
            append(update)
            await asyncio.sleep(0)
        # With `always` this Redis ends itself; with `everysec` it refuses to write (MISCONF).
        await is_told(told, failing=True)
        assert len(acknowledged) < len(appended)
        disk.free()
        if fsync == "always":
            with contextlib.suppress(ProcessLookupError):
                await redis.kill()
            await redis.start("--appendfsync", fsync)
        await is_told(told, failing=False)
        await asyncio.wait_for(all_are.wait(), PATIENCE_SECONDS)
        # In whatever order: the document sorts them for its clients.
        assert sorted(acknowledged) == appended
        stored = await ana.load("room")
        assert stored is not None
        # What Redis had taken when it ended may be there twice, which an update does not mind.
        assert set(Counter(stored.documents["pad/1"])) == set(appended)
        await ana.save_room("room", b"next", [], after=1, at_ms=2)
    finally:
        await ana.close()
        with contextlib.suppress(ProcessLookupError):
            await redis.kill()
