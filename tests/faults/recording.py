"""What real clients say to a server, message by message: the raw material of the mutator."""

import asyncio

from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Plan
from tests.faults.proxy import Relay
from tests.support.partners import Partner, Room, in_focus, reveal, same_text

Conversation = tuple[bytes, ...]
"""All messages of one connection, in order. The first is a token that opens a new room anywhere."""


async def record() -> list[Conversation]:
    """Two evenings, one with two editors and one at a pad, each from both seats."""
    async with make_server(ServerConfig()) as server:
        return [*await _record(server.port, Plan()), *await _record(server.port, Plan(format=Format.PAIR))]


async def _record(port: int, plan: Plan) -> list[Conversation]:
    said: dict[object, list[bytes]] = {}
    faults: list[str] = []
    relay = Relay(
        lambda: ("127.0.0.1", port), lambda *_: None, lambda _: None, faults.append,
        lambda link, message: said.setdefault(link, []).append(message),
    )  # fmt: skip
    room = Room((await relay.open())[1])
    try:
        ana, ben = await room.both(plan)
        await _talk(ana, ben)
    finally:
        await room.close()
        await relay.close()
    assert not faults
    return [tuple(messages) for messages in said.values()]


async def _talk(ana: Partner, ben: Partner) -> None:
    await in_focus(ana, ben)
    for command in (messages.Stuck(on=True), messages.Pause(), messages.Resume(), messages.Extend()):
        ana.session.send(command)
    ben.session.send(messages.TakeHint(number=1))
    ben.session.send(messages.Nudge(kind="hint"))
    ana.session.presence.update(typed=3, lines=1)
    assert ana.session.round is not None
    assert ben.session.round is not None
    if ana.session.round.pad is not None and ben.session.round.pad is not None:
        pads = [ana.session.round.pad, ben.session.round.pad]
        ana.type(pads[0], "def f():\n    return '🧮'\n")
        await same_text(pads)
        ben.type(pads[1], "# says Ben\n", 0)
        await same_text(pads)
    await reveal(ana, ben)
    ana.type(ana.session.round.notes, "why it is fast")
    if ana.session.round.pad is None:
        ana.type(ana.session.round.mine, "def g(): ...\n")
    ana.session.send(messages.ClaimComplexity(time="O(n log n)", space="O(n)"))
    ana.session.send(messages.StartWalkthrough(speaker=ana.id))
    ben.session.send(messages.GiveFeedback(scores={"communication": 3}, text="Said the invariant."))
    ben.session.send(messages.Say(text="well done 👏"))
    await ana.hears(messages.Said)
    await asyncio.gather(ana.has_saved(), ben.has_saved())
