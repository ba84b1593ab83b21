"""What somebody does in one of the homes of `tests.support.homes`: host a session, join one, run a server.

Says what happens as lines of JSON, and ends with standard input.
"""

import asyncio
import json
import sys
import threading
from dataclasses import asdict
from typing import Any

from sparring.live.session import LiveSession, Seat
from sparring.meeting.addresses import local_addresses
from sparring.meeting.announcing import Announcement, Nearby, Neighbourhood
from sparring.meeting.hosting import Hosting
from sparring.meeting.reach import Hosted, Report
from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol import names
from sparring_server.protocol.invite import Invite, parse_invite


def say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def until_told(loop: asyncio.AbstractEventLoop) -> asyncio.Queue[str]:
    """The lines of standard input; an empty one at its end."""
    heard: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(heard.put_nowait, line.strip())
        loop.call_soon_threadsafe(heard.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    return heard


async def host() -> None:
    """A real server, a room on it, and a search for ways to it. The links of all ways are said."""
    told = until_told(asyncio.get_running_loop())
    async with make_server(ServerConfig(host="0.0.0.0")) as server:
        room, secret = names.new_id(), names.new_secret()
        session = LiveSession(
            Invite("127.0.0.1", server.port, room, secret), Seat(names.new_id(), names.new_secret(), "Ana", opens=True)
        )
        entered = asyncio.Event()
        session.view_changed.connect(lambda _: entered.set())
        session.start()
        await entered.wait()

        def found(report: Report) -> None:
            if report.is_done:
                links = [Invite(way.host, way.port, room, secret).link for way in report.ways]
                say(report=asdict(report), links=links)

        hosting = Hosting(Hosted(server.port, local_addresses()), found)
        running = asyncio.create_task(hosting.run())
        await told.get()
        hosting.end()
        await running
        await session.close()


async def join(link: str) -> None:
    """Join with a link, and say whom one meets."""
    told = until_told(asyncio.get_running_loop())
    session = LiveSession(parse_invite(link), Seat(names.new_id(), names.new_secret(), "Ben"))
    met = asyncio.Event()

    def looked(_: object) -> None:
        if session.view is not None and len(session.view.members) == 2:
            met.set()

    session.view_changed.connect(looked)
    session.link_trouble.connect(lambda sentence: say(trouble=sentence))
    session.start()
    await met.wait()
    assert session.view is not None
    say(met=sorted(one.name for one in session.view.members))
    await told.get()
    await session.close()


async def serve() -> None:
    """A server that somebody runs."""
    told = until_told(asyncio.get_running_loop())
    async with make_server(ServerConfig(host="0.0.0.0")) as server:
        say(port=server.port)
        await told.get()


async def open_there(host: str, port: str) -> None:
    """Open a room on a server that somebody else runs, and say its link."""
    told = until_told(asyncio.get_running_loop())
    invite = Invite(host, int(port), names.new_id(), names.new_secret())
    session = LiveSession(invite, Seat(names.new_id(), names.new_secret(), "Ana", opens=True))
    entered = asyncio.Event()
    session.view_changed.connect(lambda _: entered.set())
    session.start()
    await entered.wait()
    say(link=invite.link)
    await told.get()
    await session.close()


async def announce() -> None:
    """Announce a room."""
    told = until_told(asyncio.get_running_loop())
    near = Neighbourhood(lambda _: None)
    addresses = tuple(one.address for one in local_addresses() if one.is_ipv4)
    await near.open(addresses)
    room = names.new_id()
    await near.announce(Announcement(room, "Ana", 4242, addresses))
    say(announced=room)
    await told.get()
    await near.close()


async def listen() -> None:
    """Say who hosts here, each time it changes."""
    told = until_told(asyncio.get_running_loop())

    def changed(found: tuple[Nearby, ...]) -> None:
        say(nearby=[asdict(one) for one in found])

    near = Neighbourhood(changed)
    await near.open([one.address for one in local_addresses() if one.is_ipv4])
    say(listening=True)
    await told.get()
    await near.close()


_DOES: dict[str, Any] = {
    "host": host, "join": join, "serve": serve, "open": open_there, "announce": announce, "listen": listen,
}  # fmt: skip

if __name__ == "__main__":
    asyncio.run(_DOES[sys.argv[1]](*sys.argv[2:]))
