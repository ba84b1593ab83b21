"""A change that the server takes from nobody: said in words, kept here, and mended by taking it out."""

from sparring.live.connection import LinkState
from sparring_server.protocol import limits
from tests.support.partners import Room, in_focus, reveal, same_text, text_of
from tests.support.waiting import until

PASTE = "x" * (limits.MAX_FRAME_BYTES + 100_000)


async def test_a_paste_that_is_too_large_ends_the_link_with_a_sentence_and_without_a_loss(room: Room) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    kept: dict[str, list[bytes]] = {}
    mine = ana.session.round.mine
    mine.updated.connect(lambda update, is_remote: kept.setdefault(mine.name, []).append(update))
    ana.type(mine, "def f(): ...\n")
    ana.type(mine, PASTE)
    await until(lambda: ana.denials, ana.session.denied, what="a sentence")
    assert ana.session.link is LinkState.REFUSED
    assert "too large" in ana.denials[0]
    assert ana.session.unsaved
    text = text_of(mine)
    assert PASTE in str(text)
    del text[len(text) - len(PASTE) : len(text)]
    await ana.session.close()

    again = room.enter("Ana", seat=ana.session.seat, stored=lambda name: kept.get(name, ()))
    await again.sees(lambda view: view.revealed, "the room again")
    assert again.session.round is not None
    assert ben.session.round is not None
    assert ben.session.round.partners is not None
    again.type(again.session.round.mine, "# it goes on", 0)
    theirs = ben.session.round.partners
    await until(lambda: "# it goes on" in str(text_of(theirs)), theirs.updated, what="what is written after that")
    assert await same_text([again.session.round.mine, theirs]) == "# it goes ondef f(): ...\n"
    await again.has_saved()
