"""A client that reads nothing: its partner notices nothing, it is cut at a written limit, and catches up."""

from pathlib import Path

from sparring.live.connection import LinkState
from sparring_server.protocol import limits
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.invite import Invite
from tests.faults.place import ProcessPlace
from tests.faults.plan import Way
from tests.faults.proxy import Relay
from tests.support.partners import Partner, Room, begin, in_focus, reveal, same_text, text_of
from tests.support.waiting import until

PASTE = "x" * 400_000


async def pastes(ana: Partner, size: int) -> None:
    """Paste and erase until so many bytes have gone out; each paste is acknowledged before the next."""
    assert ana.session.round is not None
    sent = 0
    while sent < size:
        for document in (ana.session.round.mine, ana.session.round.notes, ana.session.round.choosing):
            ana.type(document, PASTE)
            await ana.has_saved()
            text = text_of(document)
            del text[0 : len(PASTE)]
            sent += len(PASTE)
    ana.type(ana.session.round.notes, "that was all")
    await ana.has_saved()


async def test_a_slow_reader_is_cut_and_catches_up_while_its_partner_goes_on(tmp_path: Path) -> None:
    place = ProcessPlace("sqlite", tmp_path)
    faults: list[str] = []
    relay = Relay(lambda: place.address, lambda *_: None, lambda _: None, faults.append)
    try:
        await place.start()
        assert place.address is not None
        room = Room(place.address[1])
        slow = Room((await relay.open())[1])
        slow.invite = Invite("127.0.0.1", slow.invite.port, room.invite.room, room.invite.secret)
        ana = room.enter("Ana", opens=True)
        await ana.sees(lambda view: len(view.members) == 1)
        ben = slow.enter("Ben")
        await ana.sees(lambda view: len(view.members) == 2)
        await ben.sees(lambda view: len(view.members) == 2)
        await begin(ana, ben)
        await in_focus(ana, ben)
        await reveal(ana, ben)
        relay.troubles[Way.DOWN].is_open.clear()
        await pastes(ana, limits.MAX_UNSENT_BYTES * 2)
        assert str(int(CloseCode.RESET)) in place.log
        lost = ben.session.link is not LinkState.ONLINE
        relay.calm()
        if not lost:
            await until(lambda: ben.session.link is not LinkState.ONLINE, ben.session.link_changed, what="the cut")
        await ben.is_online()
        assert ana.session.round is not None
        assert ben.session.round is not None
        text = await same_text([ana.session.round.notes, ben.session.round.notes])
        assert text.endswith("that was all")
        await room.close()
        await slow.close()
        await relay.close()
        await place.stop()
    finally:
        await place.close()
    assert not faults
