"""An unmodified `@hocuspocus/provider` in a room of ours, with a partner who uses the app's own client."""

import asyncio
import base64
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sparring_server.protocol import messages, names
from sparring_server.protocol.token import Credentials, encode_token
from tests.support.partners import PROBLEM, Partner, Room, in_focus, new_seat, reveal, same_text, text_of
from tests.support.waiting import until

HERE = Path(__file__).parent
IS_CI = os.environ.get("CI") == "true"
MISSING = "" if shutil.which("node") and (HERE / "node_modules").is_dir() else "Node or its packages are missing"
pytestmark = pytest.mark.skipif(
    bool(MISSING) and not IS_CI, reason=f"{MISSING}: run scripts/setup test where Node 20 is installed"
)


class Provider:
    """The Node process and what it told."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._heard: list[dict[str, Any]] = []
        self.wire = b""

    @classmethod
    async def start(cls, room: Room, member: str, key: str, role: str = "member") -> "Provider":
        token = encode_token(Credentials(secret=room.invite.secret, member=member, key=key, role=role))  # type: ignore[arg-type]
        process = await asyncio.create_subprocess_exec(
            "node", "provider.mjs", room.invite.url, token, cwd=HERE,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24,
        )  # fmt: skip
        provider = cls(process)
        await provider.hears(lambda event: event.get("ready"))
        return provider

    async def do(self, **command: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        await self._process.stdin.drain()

    async def hears(self, wanted: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """The next event that is wanted; those before it are dropped."""
        assert self._process.stdout is not None
        async with asyncio.timeout(15):
            while True:
                for index, event in enumerate(self._heard):
                    if wanted(event):
                        del self._heard[: index + 1]
                        return event
                self._heard.clear()
                event = json.loads(await self._process.stdout.readline())
                if "wire" in event:
                    self.wire += base64.b64decode(event["wire"])
                self._heard.append(event)

    async def close(self) -> None:
        await self.do(do="quit")
        await self._process.wait()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("rooms.db*"))


async def seated(room: Room) -> tuple[Partner, Provider, str]:
    """Ana with the app's client, and a provider in the other seat, in the first block."""
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "Ana's seat")
    seat = new_seat("Node")
    node = await Provider.start(room, seat.member, seat.key)
    await node.do(do="open", name="session")
    await node.hears(lambda event: event.get("authenticated") == "session")
    await node.hears(lambda event: event.get("stateless") and event["payload"]["notice"] == "snapshot")
    await node.do(do="stateless", name="session", message={"command": "join", "name": "Node"})
    await ana.sees(lambda view: len(view.members) == 2, "the provider's seat")
    ana.session.send(messages.PickProblem(problem=PROBLEM))
    await ana.sees(lambda view: view.problem, "her own suggestion")
    word = {"command": "agree", "problem": {"id": PROBLEM.id, "title": PROBLEM.title}}
    await node.do(do="stateless", name="session", message=word)
    await ana.sees(lambda view: not view.awaited(), "the provider's word")
    ana.session.send(messages.Start())
    await ana.sees(lambda view: view.phase == "focus", "the block")
    return ana, node, seat.member


async def test_text_flows_both_ways_after_the_reveal(room: Room) -> None:
    ana, node, member = await seated(room)
    assert ana.session.round is not None
    ana.type(ana.session.round.mine, "def 🧮(): ...\n")
    ana.session.send(messages.Reveal(ready=True))
    await node.do(do="stateless", name="session", message={"command": "reveal", "ready": True})
    await ana.sees(lambda view: view.revealed, "the reveal")

    mine = names.editor_document(1, member)
    await node.do(do="open", name=mine)
    assert (await node.hears(lambda event: event.get("authenticated") == mine))["scope"] == "read-write"
    await node.do(do="insert", name=mine, at=0, text="return 42 # 👩‍🚀")
    await node.hears(lambda event: event.get("unsynced") == mine and event["number"] == 0)
    assert ana.session.round.partners is not None
    theirs = ana.session.round.partners
    await until(lambda: "👩‍🚀" in str(text_of(theirs)), theirs.updated)

    hers = names.editor_document(1, ana.id)
    await node.do(do="open", name=hers)
    assert (await node.hears(lambda event: event.get("authenticated") == hers))["scope"] == "readonly"
    await node.hears(lambda event: event.get("text") == "def 🧮(): ...\n" or event.get("synced") == hers)

    notes = names.walkthrough_document(1)
    await node.do(do="open", name=notes)
    await node.hears(lambda event: event.get("synced") == notes)
    ana.type(ana.session.round.notes, "from Ana; ")
    await node.hears(lambda event: event.get("of") == notes and "from Ana" in event["text"])
    await node.do(do="insert", name=notes, at=0, text="from Node; ")
    shared = ana.session.round.notes
    await until(lambda: "from Node" in str(text_of(shared)), shared.updated)
    await node.close()


async def test_a_write_to_anothers_editor_stays_unsaved_and_unseen(room: Room) -> None:
    ana, node, _ = await seated(room)
    await node.do(do="stateless", name="session", message={"command": "reveal", "ready": True})
    ana.session.send(messages.Reveal(ready=True))
    await ana.sees(lambda view: view.revealed, "the reveal")
    hers = names.editor_document(1, ana.id)
    await node.do(do="open", name=hers)
    await node.hears(lambda event: event.get("synced") == hers)
    await node.do(do="insert", name=hers, at=0, text="graffiti")
    await node.hears(lambda event: event.get("unsynced") == hers and event["number"] > 0)
    assert ana.session.round is not None
    ana.type(ana.session.round.mine, "clean")
    await ana.has_saved()
    assert await same_text([ana.session.round.mine]) == "clean"
    await node.close()


async def test_strangers_and_unknown_documents_are_denied(room: Room) -> None:
    ana, node, _ = await seated(room)
    await node.do(do="open", name="editor/1/../../etc")
    denied = await node.hears(lambda event: event.get("denied"))
    assert denied["reason"] == "no-such-document"
    await node.close()
    stranger = Room(room.invite.port)
    stranger.invite = type(room.invite)(room.invite.host, room.invite.port, room.invite.room, names.new_secret())
    eve = await Provider.start(stranger, names.new_id(), names.new_secret())
    await eve.do(do="open", name="session")
    assert (await eve.hears(lambda event: event.get("denied")))["reason"] == "wrong-secret"
    await eve.close()
    assert len(ana.view.members) == 2


async def test_an_observer_reads_only(room: Room) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    node = await Provider.start(room, names.new_id(), names.new_secret(), role="observer")
    for document in ("session", names.walkthrough_document(1)):
        await node.do(do="open", name=document)
        assert (await node.hears(lambda event: event.get("authenticated")))["scope"] == "readonly"
    await node.do(do="stateless", name="session", message={"command": "end", "ref": 7})
    refused = await node.hears(lambda event: event.get("stateless") and event["payload"]["notice"] == "refused")
    assert refused["payload"]["ref"] == 7
    await node.close()


async def test_awareness_is_exchanged(room: Room) -> None:
    ana, node, member = await seated(room)
    await node.do(do="awareness", name="session", key="member", value=member)
    await until(lambda: ana.session.presence.of(member), ana.session.presence.changed)
    ana.session.presence.update(lines=21)
    await node.hears(
        lambda event: event.get("awareness") and any(state.get("lines") == 21 for state in event["states"])
    )
    await node.close()
    await until(lambda: ana.session.presence.of(member) is None, ana.session.presence.changed)


async def test_nobody_speaks_for_another(room: Room) -> None:
    ana, node, member = await seated(room)
    await node.do(do="awareness", name="session", key="member", value=ana.id)
    await node.do(do="awareness", name="session", key="member", value=member)
    await until(lambda: ana.session.presence.of(member), ana.session.presence.changed)
    assert ana.session.presence.of(ana.id) is None
    await node.close()


async def test_a_blind_text_is_nowhere(room: Room, tmp_path: Path) -> None:
    ana, node, _ = await seated(room)
    assert ana.session.round is not None
    for document in (names.editor_document(1, ana.id), names.pad_document(1), names.walkthrough_document(1)):
        await node.do(do="open", name=document)
        await node.hears(lambda event, document=document: event.get("synced") == document)
    ana.type(ana.session.round.mine, "the_blind_secret = 4711\n")
    ana.session.presence.update(lines=2, typed=24)
    await node.hears(lambda event: event.get("awareness") and any(state.get("lines") == 2 for state in event["states"]))
    ana.session.send(messages.Say(text="a word after it"))
    await node.hears(lambda _: b"a word after it" in node.wire)
    stored = await asyncio.to_thread(everything_in, tmp_path)
    assert b"a word after it" in node.wire
    assert b"a word after it" in stored
    for fragment in (b"blind_secret", b"4711"):
        assert fragment not in node.wire
        assert fragment not in stored
    await node.close()
