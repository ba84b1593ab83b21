"""Two clients, a server, and a seeded plan of edits, drops and restarts: the same text at every quiet point.

A failing seed is in the test's name: `pytest "tests/faults/test_two_partners.py::test_they_agree[7]"` plays it again.
"""

import asyncio
import random
from pathlib import Path

import pytest

from sparring.live.document import SharedDocument
from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from tests.support.partners import Partner, Room, in_focus, reveal, same_text, text_of

PIECES = ("a", "def f():\n", "🧮", "👩‍🚀", "é", "e\u0301", "漢字", "    ", "\n")


class Plan:
    """One seeded evening."""

    def __init__(self, seed: int, folder: Path) -> None:
        self._chance = random.Random(seed)
        self._storage = f"sqlite:{folder}/rooms.db"

    async def play(self) -> None:
        server = make_server(ServerConfig(storage=self._storage))
        await server.start()
        room = Room(server.port)
        ana, ben = await room.both()
        await in_focus(ana, ben)
        for partner in (ana, ben):
            assert partner.session.round is not None
            self._edit(partner.session.round.mine)
        await reveal(ana, ben)
        for _ in range(4):
            for _ in range(self._chance.randrange(1, 15)):
                await self._step(ana, ben)
            if self._chance.random() < 0.4:
                await server.stop()
                await self._step(ana, ben)
                server = make_server(ServerConfig(port=room.invite.port, storage=self._storage))
                await server.start()
            await self._quiet(ana, ben)
        await room.close()
        await server.stop()

    async def _step(self, ana: Partner, ben: Partner) -> None:
        partner = self._chance.choice((ana, ben))
        documents = partner.session.round
        assert documents is not None
        kind = self._chance.random()
        if kind < 0.1:
            self._drop(partner)
        elif kind < 0.2:
            # Let what is on its way arrive, or not.
            await asyncio.sleep(0)
        else:
            self._edit(self._chance.choice((documents.mine, documents.notes)))

    def _edit(self, document: SharedDocument) -> None:
        text = text_of(document)
        value = str(text)
        at = len(value[: self._chance.randrange(len(value) + 1)].encode())
        if value and self._chance.random() < 0.3:
            index = self._chance.randrange(len(value))
            start = len(value[:index].encode())
            del text[start : start + len(value[index].encode())]
        else:
            text.insert(at, self._chance.choice(PIECES))

    def _drop(self, partner: Partner) -> None:
        socket = partner.session._connection._socket
        if socket is not None:
            socket.transport.abort()

    async def _quiet(self, ana: Partner, ben: Partner) -> None:
        await asyncio.gather(ana.is_online(), ben.is_online())
        await asyncio.gather(ana.has_saved(), ben.has_saved())
        hers, his = ana.session.round, ben.session.round
        assert hers is not None
        assert his is not None
        assert hers.partners is not None
        assert his.partners is not None
        await same_text([hers.mine, his.partners])
        await same_text([his.mine, hers.partners])
        await same_text([hers.notes, his.notes])


@pytest.mark.parametrize("seed", range(8))
async def test_they_agree(seed: int, tmp_path: Path) -> None:
    await Plan(seed, tmp_path).play()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1_000, 1_200))
async def test_they_agree_for_long(seed: int, tmp_path: Path) -> None:
    await Plan(seed, tmp_path).play()
