"""What partners tell one another to choose a problem, over a real server."""

import pytest

from sparring.live.exchange import CannotSend, ProblemExchange, Said
from sparring_server.protocol import limits
from tests.support.partners import Partner, Room
from tests.support.waiting import until

DIGEST, OTHER = "ab" * 32, "cd" * 32


async def two(room: Room) -> tuple[Partner, Partner, ProblemExchange, ProblemExchange]:
    ana, ben = await room.both()
    hers, his = ana.session.exchange, ben.session.exchange
    assert hers is not None
    assert his is not None
    await until(lambda: hers.is_synced and his.is_synced, hers.changed, his.changed, what="both synced")
    return ana, ben, hers, his


async def test_who_lacks_a_problem_asks_and_gets_it(room: Room) -> None:
    ana, ben, hers, his = await two(room)
    his.ask(DIGEST)
    await until(lambda: hers.is_asked(DIGEST), hers.changed, what="the question")
    assert not his.is_asked(DIGEST)
    assert his.has_asked(DIGEST)
    packed = bytes(range(256)) * (limits.MAX_PACKED_PROBLEM_BYTES // 256)
    hers.send(DIGEST, packed)
    await until(lambda: his.parcel(DIGEST), his.changed, what="the parcel")
    assert his.parcel(DIGEST) == packed
    assert his.parcel(OTHER) is None
    his.say(Said(DIGEST, True))
    await until(lambda: hers.said_by(ben.id), hers.changed, what="the answer")
    assert hers.said_by(ben.id) == Said(DIGEST, True)
    await ana.has_saved()


async def test_asked_again_what_was_said_counts_no_more(room: Room) -> None:
    _, ben, hers, his = await two(room)
    hers.send(DIGEST, b"a lie")
    await until(lambda: his.parcel(DIGEST), his.changed)
    his.say(Said(DIGEST, False, "it is not the version that was suggested."))
    await until(lambda: hers.said_by(ben.id), hers.changed)
    his.ask(DIGEST)
    await until(lambda: hers.said_by(ben.id) is None, hers.changed, what="a new question")
    assert his.parcel(DIGEST) == b"a lie"


async def test_all_that_can_be_sent_in_a_round_fits_a_frame(room: Room) -> None:
    """The server keeps what was replaced, and who comes back gets it all in one step 2."""
    ana, ben, hers, his = await two(room)
    for exchange in (hers, his):
        exchange.tell_seen(b"m" * limits.MAX_SEEN_BYTES)
    for number in range(4):
        hers.send(f"{number:064x}", bytes([number]) * (limits.MAX_PACKED_PROBLEM_BYTES // 4))
    await until(lambda: his.parcel(f"{3:064x}"), his.changed, what="the last parcel")
    await ana.has_saved()
    late = room.enter("Ben", seat=ben.session.seat)
    await until(
        lambda: late.session.exchange and late.session.exchange.parcel(f"{3:064x}"), late.session.exchange_changed
    )
    assert not late.denials


async def test_what_comes_over_is_no_text_of_the_round(room: Room) -> None:
    """The journal keeps every document that is opened; a packed problem is kept on the shelf instead."""
    ana, ben, hers, _ = await two(room)
    opened: list[str] = []
    late = room.enter("Ben", seat=ben.session.seat)
    late.session.document_opened.connect(lambda document: opened.append(document.name))
    hers.send(DIGEST, b"small")
    await until(lambda: late.session.exchange and late.session.exchange.parcel(DIGEST), late.session.exchange_changed)
    assert opened
    assert not any(name.startswith("problem/") for name in opened)
    await ana.has_saved()


async def test_what_is_too_much_is_not_sent(room: Room) -> None:
    _, _, hers, _ = await two(room)
    with pytest.raises(CannotSend, match="too large"):
        hers.send(DIGEST, b"x" * (limits.MAX_PACKED_PROBLEM_BYTES + 1))
    hers.send(DIGEST, b"x" * (limits.MAX_PACKED_PROBLEM_BYTES - 4))
    with pytest.raises(CannotSend, match="in this round already"):
        hers.send(OTHER, b"small")


async def test_what_was_seen_comes_back_with_the_connection(room: Room) -> None:
    ana, ben, hers, his = await two(room)
    hers.tell_seen(b"marks!")
    his.tell_seen(b"")
    await until(lambda: his.seen_by(ana.id) == b"marks!", his.changed, what="her marks")
    await until(lambda: hers.seen_by(ben.id) is not None, hers.changed, what="that he has seen nothing")
    late = room.enter("Ben", seat=ben.session.seat)
    await until(
        lambda: late.session.exchange and late.session.exchange.seen_by(ana.id) == b"marks!",
        late.session.exchange_changed,
        what="her marks once more",
    )


async def test_what_no_app_writes_is_not_believed(room: Room) -> None:
    _, ben, hers, _ = await two(room)
    for name, value in (("said", 5), ("said", "kept"), ("said", f"{DIGEST} eaten"), ("seen", "text"), ("sent", 7)):
        hers._map(name)[ben.id if name != "sent" else "parcel"] = value
    hers._map("sent")["bytes"] = float("inf")
    assert (hers.said_by(ben.id), hers.seen_by(ben.id), hers.parcel(DIGEST)) == (None, None, None)
    hers._map("seen")[ben.id] = b"x" * (limits.MAX_SEEN_BYTES + 1)
    assert hers.seen_by(ben.id) is None
    hers.send(DIGEST, b"small")
    assert hers.parcel(DIGEST) == b"small"
