"""No secret in a log, an error, an argument or a variable: a whole conversation at the level of debugging."""

import asyncio
import base64
import contextlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.token import Denial, encode_token
from tests.server.test_process import ServerProcess
from tests.support.partners import Partner, Room, in_focus, new_seat, reveal
from tests.support.raw import RawClient
from tests.support.waiting import until

KEY = "the-key-of-the-club-4711"
MALFORMED = b"\xff" * 10
SHORTEST = 12
"""Of a secret no piece of so many characters may be seen anywhere."""


def pieces(secret: str) -> Iterator[bytes]:
    """Parts of a secret, in the shapes in which programs write what they send."""
    for start in range(0, len(secret) - SHORTEST + 1, 4):
        part = secret[start : start + SHORTEST].encode()
        yield part
        yield part.hex().encode()
        yield part.hex(" ").encode()
        yield base64.b64encode(part)[:SHORTEST]


def assert_untold(told: bytes, secrets: Iterable[str], where: str) -> None:
    for secret in secrets:
        for piece in pieces(secret):
            assert piece not in told, f"part of a secret is in {where}"


def test_pieces_of_secrets_are_found_in_what_a_library_would_write() -> None:
    secret = names.new_secret()
    for told in (secret[3:40].encode(), f"> BINARY {secret.encode().hex(' ')} [43 bytes]".encode()):
        with pytest.raises(AssertionError):
            assert_untold(told, [secret], "this test")


async def test_a_server_tells_no_secret_whatever_is_said_to_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    (tmp_path / "key").write_text(KEY)
    server = await ServerProcess.start(
        tmp_path / "rooms.db", 0, "--log-level", "debug", "--access-key-file", str(tmp_path / "key")
    )
    room = Room(server.port)
    old = room.invite
    ana = room.enter("Ana", seat=replace(new_seat("Ana", opens=True), access_key=KEY))
    await ana.sees(lambda view: view.members, "her seat")
    eve = room.enter("Eve")
    await eve.sees(lambda view: len(view.members) == 2, "both")
    secrets = {KEY, old.secret, ana.session.seat.key, eve.session.seat.key}
    shown = [*(proc(server.process.pid, name) for name in ("cmdline", "environ")), repr(old), repr(ana.session.seat)]
    secrets |= await say_all_that_is_wrong(room)
    await removes(ana, eve)
    room.invite = ana.session.invite
    ben = room.enter("Ben")
    await play(ana, ben)
    secrets |= {ana.session.invite.secret, ben.session.seat.key}
    await room.close()
    assert server.process.stderr is not None
    server.process.terminate()
    said = await server.process.stderr.read()
    await server.process.wait()
    assert b"cut a connection" in said
    assert_untold(said, secrets, "the server's log")
    # The clients without manners write all they send at this level; the app's must not.
    kept = "\n".join(record.getMessage() for record in caplog.records if record.name != "websockets.client")
    assert_untold(kept.encode(), secrets, "the app's log")
    assert "> BINARY" in caplog.text
    assert "> BINARY" not in kept
    for told in shown:
        assert_untold(told if isinstance(told, bytes) else told.encode(), secrets, "what the system shows")
    words = [*eve.denials, *ana.refusals, *ana.troubles, *(repr(event) for event in ana.events)]
    assert_untold("\n".join(words).encode(), secrets, "what a person reads")


async def removes(ana: Partner, eve: Partner) -> None:
    ana.session.rotate_invite(eve.id)
    await until(lambda: eve.denials, eve.session.denied, what="the end")
    await ana.hears(messages.InviteRotated)


async def play(ana: Partner, ben: Partner) -> None:
    await ben.sees(lambda view: len(view.members) == 2, "both")
    ana.session.send(messages.PickProblem(problem=messages.ProblemRef("tolls", "Tolls")))
    await ben.sees(lambda view: view.problem, "a problem")
    ben.session.send(messages.Agree(problem=messages.ProblemRef("tolls", "Tolls")))
    await ana.sees(lambda view: not view.awaited(), "that both agree")
    await in_focus(ana, ben)
    await reveal(ana, ben)


async def say_all_that_is_wrong(room: Room) -> set[str]:
    """Secrets where they do not belong; all of those that were sent."""
    sent: set[str] = set()
    for wrong in ({"secret": names.new_secret()}, {"key": names.new_secret()}, {"access": names.new_secret()}):
        async with RawClient(room.invite, role="observer", **wrong) as client:
            await client.knock()
            sent |= {client.credentials.secret, client.credentials.key, client.credentials.access} - {""}
    secret, key = names.new_secret(), names.new_secret()
    sent |= {secret, key}
    token = encode_token(RawClient(room.invite, secret=secret, key=key).credentials)
    odd = [
        frames.Token(names.SESSION_DOCUMENT, token[:-1]),
        frames.Token(names.SESSION_DOCUMENT, token.replace('"member"', '"king"')),
        frames.Token(names.SESSION_DOCUMENT, token.replace('"secret":"', '"secret":"!')),
        frames.Token(secret, token),
        frames.Stateless(names.SESSION_DOCUMENT, token),
        frames.SyncUpdate(names.SESSION_DOCUMENT, token.encode()),
    ]
    for frame in odd:
        async with RawClient(room.invite) as client:
            await client.send(frame)
            await client.socket.send(MALFORMED)
            await client.is_cut()
    async with RawClient(room.invite, role="observer") as client:
        await client.join("Watcher")
        sent |= {client.credentials.key}
        for command in (
            {"command": "rotate-invite", "secret": f"{secret} "},
            {"command": secret},
            {"command": "rotate-invite", "secret": secret, "remove": 3},
            {"command": "rotate-invite", "secret": secret, "ref": secret},
        ):
            await client.send(frames.Stateless(names.SESSION_DOCUMENT, json.dumps(command)))
            await client.hears_notice(messages.Refused)
        assert await client.knock(secret) == Denial.NO_SUCH_DOCUMENT
        await client.send(frames.Stateless(names.SESSION_DOCUMENT, token[:-1]))
        await client.is_cut()
    return sent


def proc(pid: int, name: str) -> bytes:
    """What the system shows of a process; nothing where it shows nothing, or the process is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""
