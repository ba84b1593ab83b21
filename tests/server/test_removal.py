"""A member is removed and the link changed, over real sockets: who is gone stays gone, who remains goes on."""

from dataclasses import replace
from pathlib import Path

from sparring.live.connection import LinkState
from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway, make_server
from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.token import SENTENCES, Denial
from tests.support.partners import Partner, Room, in_focus, new_seat, reveal
from tests.support.raw import RawClient
from tests.support.waiting import until


async def removes(ana: Partner, member: str) -> None:
    before = ana.session.invite
    ana.session.rotate_invite(member)
    await ana.hears(messages.InviteRotated)
    await until(lambda: ana.session.invite != before, ana.session.invite_changed, what="a new link")


async def is_out(partner: Partner) -> str:
    await until(lambda: partner.denials, partner.session.denied, what="the end")
    assert partner.session.link is LinkState.REFUSED
    return partner.denials[-1]


async def test_who_took_a_seat_with_a_leaked_link_is_removed_and_cannot_return(room: Room) -> None:
    ana, eve = await room.both()
    await in_focus(ana, eve)
    await reveal(ana, eve)
    old = room.invite
    await removes(ana, eve.id)
    assert "removed" in await is_out(eve)
    assert not any(isinstance(event.change, messages.InviteRotated) for event in eve.events)
    assert eve.session.invite.secret == old.secret
    # As themselves, as somebody new, and as Ana.
    assert await is_out(room.enter("Eve", seat=eve.session.seat)) == SENTENCES[Denial.WRONG_SECRET]
    assert await is_out(room.enter("Eve")) == SENTENCES[Denial.WRONG_SECRET]
    stolen = replace(eve.session.seat, member=ana.id)
    assert await is_out(room.enter("Eve", seat=stolen)) == SENTENCES[Denial.WRONG_MEMBER_KEY]
    # Ben gets the new link, and the session goes on where it was.
    room.invite = ana.session.invite
    ben = room.enter("Ben")
    view = await ben.sees(lambda view: len(view.partners) == 2, "both seats")
    assert [member.name for member in view.members] == ["Ana", "Ben"]
    assert view.revealed
    # Ana comes back with what her disk has: the new link, or still the old one.
    for invite in (ana.session.invite, old):
        await ana.session.close()
        room.invite = invite
        ana = room.enter("Ana", seat=ana.session.seat)
        await ana.sees(lambda view: len(view.partners) == 2, "the session")
    # Ben has the new secret and is there, so Ana is told.
    await until(lambda: ana.session.invite == ben.session.invite, ana.session.invite_changed, what="the new link")


async def test_the_new_secret_goes_to_those_who_remain_and_to_no_disk(server: Gateway, tmp_path: Path) -> None:
    room = Room(server.port)
    ana, ben = await room.both()
    async with RawClient(room.invite, role="observer") as eve:
        await eve.join("Eve")
        await removes(ana, eve.credentials.member)
        code, reason = await eve.is_cut()
        assert code == CloseCode.FORBIDDEN
        assert "removed" in reason
    secret = ana.session.invite.secret
    assert secret.encode() not in b"".join(frames.encode(frame) for frame in eve.frames)
    await until(lambda: ben.session.invite == ana.session.invite, ben.session.invite_changed, what="the new link")
    assert [member.name for member in ben.view.members] == ["Ana", "Ben"]
    await room.close()
    await server.stop()
    everything = everything_in(tmp_path)
    assert room.invite.room.encode() in everything
    for hidden in (secret, room.invite.secret, ana.session.seat.key, ben.session.seat.key):
        assert hidden.encode() not in everything


async def test_what_the_removed_had_on_its_way_is_not_taken(room: Room) -> None:
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "her seat")
    async with RawClient(room.invite) as eve:
        await eve.join("Eve")
        assert await eve.knock("pad/1") == ""
        await removes(ana, eve.credentials.member)
        for _ in range(3):
            await eve.say(messages.Join(name="Eve again"))
        await eve.send(frames.SyncUpdate("pad/1", b"\x01\x01\x01\x00\x04\x01\x07content\x03eve\x00"))
        await eve.is_cut()
    assert await ana.is_refused(messages.Resume())
    assert [member.name for member in ana.view.members] == ["Ana"]
    async with RawClient(ana.session.invite) as ben:
        await ben.join("Ben")
        assert await ben.knock("pad/1") == ""
        await ben.send(frames.SyncStep1("pad/1", b"\x00"))
        answer = await ben.next(frames.SyncStep2)
        assert isinstance(answer, frames.SyncStep2)
        assert answer.update == b"\x00\x00"


async def test_only_who_opened_the_session_may_do_it(room: Room) -> None:
    ana, ben = await room.both()
    secret = names.new_secret()
    assert "Only who opened" in await ben.is_refused(messages.RotateInvite(secret=secret, remove=ana.id))
    assert ana.session.link is LinkState.ONLINE
    late = room.enter("Ana", seat=ana.session.seat)
    await late.sees(lambda view: len(view.members) == 2, "the session with its old link")


async def test_the_link_alone_can_be_changed(room: Room) -> None:
    ana, ben = await room.both()
    old = room.invite
    ana.session.rotate_invite()
    for partner in (ana, ben):
        await until(lambda partner=partner: partner.session.invite != old, partner.session.invite_changed)
    assert ana.session.invite == ben.session.invite
    assert ana.session.link is ben.session.link is LinkState.ONLINE
    async with RawClient(old, role="observer") as eve:
        assert await eve.knock() == Denial.WRONG_SECRET
    async with RawClient(ana.session.invite, role="observer") as friend:
        assert await friend.knock() == ""


async def test_a_removal_outlasts_the_server(tmp_path: Path) -> None:
    config = ServerConfig(storage=f"sqlite:{tmp_path}/rooms.db")
    async with make_server(config) as server:
        room = Room(server.port)
        ana, eve = await room.both()
        await removes(ana, eve.id)
        await is_out(eve)
        await room.close()
    async with make_server(replace(config, port=server_port(room))) as server:
        back = Room(server.port)
        back.invite = room.invite
        assert await is_out(back.enter("Eve", seat=eve.session.seat)) == SENTENCES[Denial.WRONG_SECRET]
        again = back.enter("Ana", seat=ana.session.seat)
        await again.sees(lambda view: [one.name for one in view.members] == ["Ana"], "her session")
        # Nobody is here who could tell her the new secret; when somebody comes who can, she hears it.
        assert again.session.invite == room.invite
        back.invite = ana.session.invite
        ben = back.enter("Ben", seat=new_seat("Ben"))
        await ben.sees(lambda view: len(view.members) == 2, "both")
        await until(lambda: again.session.invite == ana.session.invite, again.session.invite_changed)
        await back.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def server_port(room: Room) -> int:
    return room.invite.port
