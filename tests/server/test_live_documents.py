"""Acknowledgements of a slow medium: in the order of the updates, and never before what they stand for is stored."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pycrdt
import pytest

from sparring_server.counts import Counts
from sparring_server.live_documents import LiveDocuments, TooLargeError
from sparring_server.protocol import limits
from sparring_server.storage import StorageError
from sparring_server.storage.memory import MemoryStorage
from sparring_server.update_log import EMPTY_UPDATE


class SlowStorage(MemoryStorage):
    """A medium that has taken nothing for good before the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[bool], None]] = []

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        self.waiting.append(done)


@dataclass(eq=False)
class Writer:
    """A client that remembers what it was told."""

    key: str = "pad/1"
    member_id: str = "ana-ana-ana-ana-"
    told: list[bool] = field(default_factory=list)

    def send(self, frame: bytes) -> None:
        raise AssertionError("nobody else writes")

    def acknowledge(self, stored: bool) -> None:
        self.told.append(stored)

    def acknowledge_later(self) -> None:
        self.told.append(True)


def updates(count: int) -> list[bytes]:
    made: list[bytes] = []
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    document.observe(lambda event: made.append(event.update))
    for letter in range(count):
        document.get("content", type=pycrdt.Text).insert(0, str(letter))
    return made


async def test_a_client_that_comes_back_is_not_told_that_what_waits_is_saved() -> None:
    storage = SlowStorage()
    documents = LiveDocuments("room", storage, Counts())
    pad, before, back = documents["pad/1"], Writer(), Writer()
    documents.update(pad, updates(1)[0], before)
    # The log has it, so a step 2 after a new connection is empty. The medium does not have it yet.
    documents.update(pad, EMPTY_UPDATE, back)
    assert (before.told, back.told) == ([], [])
    storage.waiting[0](True)
    assert (before.told, back.told) == ([True], [True])
    documents.update(pad, EMPTY_UPDATE, back)
    assert back.told == [True, True]


async def test_what_needs_no_storing_is_answered_after_what_came_before_it() -> None:
    storage = SlowStorage()
    documents = LiveDocuments("room", storage, Counts())
    pad, ana, reader = documents["pad/1"], Writer(), Writer()
    documents.update(pad, updates(1)[0], ana)
    pad.answer(reader, True)
    assert reader.told == []
    storage.waiting[0](True)
    assert (ana.told, reader.told) == ([True], [True])


async def test_answers_come_in_the_order_of_the_updates() -> None:
    storage = SlowStorage()
    documents = LiveDocuments("room", storage, Counts())
    pad, ana = documents["pad/1"], Writer()
    for update in updates(3):
        documents.update(pad, update, ana)
    storage.waiting[1](True)
    assert ana.told == []
    storage.waiting[0](False)
    assert ana.told == [False, True]
    storage.waiting[2](True)
    assert ana.told == [False, True, True]
    assert documents.are_saved


class DeadStorage(SlowStorage):
    """A medium that can take nothing any more."""

    def append_update(self, room: str, document: str, update: bytes, done: Callable[[bool], None]) -> None:
        raise StorageError("The server cannot save any more.")


async def test_a_room_whose_storage_has_died_can_still_be_left() -> None:
    documents = LiveDocuments("room", DeadStorage(), Counts())
    pad, ana = documents["pad/1"], Writer()
    with pytest.raises(StorageError, match="cannot save"):
        documents.update(pad, updates(1)[0], ana)
    assert ana.told == [False]
    async with asyncio.timeout(5):
        await documents.flush()


async def test_a_room_counts_what_is_left_after_merging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROOM_BYTES", 8_000)
    documents = LiveDocuments("room", MemoryStorage(), Counts())
    pad, ana = documents["pad/1"], Writer()
    some: list[bytes] = []
    typed: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    typed.observe(lambda event: some.append(event.update))
    text = typed.get("content", type=pycrdt.Text)
    for _ in range(400):
        text += "x"
    for update in some:
        documents.update(pad, update, ana)
    # An update takes half as much once it is merged.
    assert sum(map(len, some)) > 8_000 > pad.log.size_bytes
    letter: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    letter.get("content", type=pycrdt.Text).insert(0, "x" * 4_000)
    with pytest.raises(TooLargeError, match="a room"):
        documents.update(documents["notes/1"], letter.get_update(), ana)
    # What is small still goes.
    documents.update(documents["notes/1"], some[0], ana)
