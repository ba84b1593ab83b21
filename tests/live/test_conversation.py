"""Two real clients and a real server: a session as a dialogue."""

import asyncio
from pathlib import Path

from sparring.live.connection import LinkState
from sparring.live.session import Seat
from sparring.live.text import SharedText
from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol import messages, names
from sparring_server.protocol.view import Format, Hint, Phase, Plan, ProblemRef
from tests.support.partners import PROBLEM, Room, agree, in_focus, new_seat, reveal, same_text
from tests.support.waiting import until


async def test_a_session_from_lobby_to_end(room: Room) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    assert ana.view.timer is not None
    assert ana.view.timer.total_ms == 25 * 60_000

    ben.session.send(messages.Pause())
    view = await ana.sees(lambda view: view.timer and not view.timer.is_running, "a pause")
    assert view.timer is not None
    assert view.timer.paused_by == ben.id
    ana.session.send(messages.Resume())
    ana.session.send(messages.Extend())
    view = await ben.sees(lambda view: view.timer and view.timer.total_ms == 27 * 60_000, "two more minutes")
    ben.session.send(messages.Stuck(on=True))
    await ana.sees(lambda view: view.stuck == (ben.id,), "that Ben is stuck")

    await reveal(ana, ben)
    assert ben.view.phase is Phase.REVEAL
    ana.session.send(messages.StartWalkthrough(speaker=ana.id))
    await ben.sees(lambda view: view.speaker == ana.id, "Ana's turn")
    ana.session.send(messages.StopWalkthrough())
    await ana.sees(lambda view: view.speaker == ben.id, "Ben's turn")
    ben.session.send(messages.GiveFeedback(scores={"communication": 3}, text="Said the invariant."))
    feedback = await ana.hears(messages.FeedbackGiven)
    assert feedback.change == messages.FeedbackGiven(1, {"communication": 3}, "Said the invariant.")
    ben.session.send(messages.StopWalkthrough())
    await ana.sees(lambda view: view.phase is Phase.WRAP_UP, "the wrap-up")
    ana.session.send(messages.NextRound())
    await ben.sees(lambda view: view.phase is Phase.LOBBY and view.round == 2, "the next lobby")
    ben.session.send(messages.End())
    await ana.sees(lambda view: view.phase is Phase.ENDED, "the end")
    assert "ended" in await ana.is_refused(messages.Start())

    numbers = [event.number for event in ben.events]
    assert numbers == sorted(set(numbers))
    assert [event.change for event in ana.events] == [event.change for event in ben.events][-len(ana.events) :]


async def test_texts_stay_home_until_the_reveal_and_flow_after_it(room: Room, tmp_path: Path) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    ana.type(ana.session.round.mine, "def blind_secret_of_ana(): ...\n")
    ben.session.send(messages.Say(text="anything over the wire"))
    await ana.hears(messages.Said)
    assert not ana.session.round.mine.is_attached
    assert b"blind_secret" not in everything_in(tmp_path)

    await reveal(ana, ben)
    assert ben.session.round.partners is not None
    assert await same_text([ana.session.round.mine, ben.session.round.partners]) == "def blind_secret_of_ana(): ...\n"
    ana.type(ana.session.round.mine, "# 🧮 after\n")
    assert "🧮" in await same_text([ana.session.round.mine, ben.session.round.partners])
    await ana.has_saved()


async def test_both_type_into_the_notes(room: Room) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    ana.type(ana.session.round.notes, "Invariant: settled towns are final. ")
    ben.type(ben.session.round.notes, "Stale entries are skipped. ")
    text = await same_text([ana.session.round.notes, ben.session.round.notes])
    assert "Invariant" in text
    assert "Stale" in text


async def test_the_pad_of_a_pair(room: Room) -> None:
    ana, ben = await room.both(Plan(format=Format.PAIR))
    await in_focus(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    assert ana.session.round.pad is not None
    assert ben.session.round.pad is not None
    ana.type(ana.session.round.pad, "a")
    ben.type(ben.session.round.pad, "b")
    assert sorted(await same_text([ana.session.round.pad, ben.session.round.pad])) == ["a", "b"]


async def test_a_mock_interview_with_roles_that_swap(room: Room, tmp_path: Path) -> None:
    ana, ben = await room.both(Plan(format=Format.MOCK, blocks=2))
    await in_focus(ana, ben)
    hers, his = ana.session.round, ben.session.round
    assert hers is not None
    assert his is not None
    assert (ana.view.interviewer, ana.view.candidate) == (ana.id, ben.id)
    assert (hers.desk, his.desk) == (hers.scratch, his.mine)

    ben.type(his.desk, "def answer_of_ben(): ...")
    assert hers.partners is not None
    assert await same_text([his.mine, hers.partners]) == "def answer_of_ben(): ..."
    ana.type(hers.desk, "private_note_of_ana")
    ana.session.send(messages.GiveHint(number=1, text="Sort both lists."))
    assert (await ben.hears(messages.HintGiven)).change == messages.HintGiven(1, "Sort both lists.")
    assert "Ask for one" in await ben.is_refused(messages.TakeHint(number=2))
    ana.type(hers.board, "boxes and arrows")
    await same_text([hers.board, his.board])

    for partner in (ana, ben):
        partner.session.send(messages.Reveal(ready=True))
    await ana.hears(messages.RolesSwapped)
    ana.session.send(messages.PickProblem(problem=ProblemRef("stamps", "Stamps for the letter")))
    await ben.sees(lambda view: view.interviewer == ben.id and not view.hints, "the other problem")
    await agree(ana, ben)
    ben.session.send(messages.Skip())
    for partner in (ana, ben):
        await partner.sees(lambda view: view.block == 2, "the second interview")
    assert (hers.desk, his.desk) == (hers.mine, his.scratch)
    ana.type(hers.desk, "def answer_of_ana(): ...")
    assert his.partners is not None
    assert await same_text([hers.mine, his.partners]) == "def answer_of_ana(): ..."

    await reveal(ana, ben)
    await ben.sees(lambda view: view.phase is Phase.REVEAL, "the end of both")
    ben.session.send(messages.ClaimComplexity(time="O(n log n)", space="O(1)"))
    await ana.sees(lambda view: view.complexities, "Ben's claim")
    await ana.has_saved()
    assert hers.scratch is not None
    assert not hers.scratch.is_attached
    assert b"answer_of_ana" in everything_in(tmp_path)
    assert b"private_note" not in everything_in(tmp_path)


async def test_who_comes_back_to_an_interview_sees_its_hints(room: Room) -> None:
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "Ana's seat")
    seat = new_seat("Ben")
    ben = room.enter("Ben", seat=seat)
    await ana.sees(lambda view: len(view.members) == 2, "Ben")
    ana.session.send(messages.SetPlan(plan=Plan(format=Format.MOCK)))
    ana.session.send(messages.PickProblem(problem=PROBLEM))
    await ben.sees(lambda view: view.problem, "the suggestion")
    await agree(ana, ben)
    await in_focus(ana, ben)
    await ben.session.close()
    ana.session.send(messages.GiveHint(number=1, text="Sort both lists."))
    again = room.enter("Ben", seat=seat)
    view = await again.sees(lambda view: view.hints, "the hint")
    assert view.hints == (Hint(1, ben.id, "Sort both lists."),)


async def test_the_board_stays_home_until_the_reveal(room: Room, tmp_path: Path) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    hers, his = ana.session.round, ben.session.round
    assert hers is not None
    assert his is not None
    ana.type(hers.board, "blind_drawing_of_ana")
    ben.session.send(messages.Nudge(kind="reveal"))
    assert (await ana.hears(messages.Nudged)).change == messages.Nudged("reveal")
    assert not hers.board.is_attached
    assert b"blind_drawing" not in everything_in(tmp_path)
    await reveal(ana, ben)
    assert await same_text([hers.board, his.board]) == "blind_drawing_of_ana"


async def test_a_partner_who_drops_out_of_a_block(room: Room) -> None:
    """The clock goes on, both see who is missing, a pause is one command, and nothing is lost on return."""
    ana, ben = await room.both()
    await in_focus(ana, ben)
    assert ben.session.round is not None
    await until(lambda: ana.session.presence.of(ben.id), ana.session.presence.changed)
    started = ana.view.timer

    await ben.is_gone()
    await until(lambda: ana.session.presence.of(ben.id) is None, ana.session.presence.changed, what="his absence")
    ben.type(ben.session.round.mine, "written while alone")
    assert (ana.view.phase, ana.view.timer) == (Phase.FOCUS, started)
    assert ana.session.partner is not None

    ana.session.send(messages.Pause())
    await ana.sees(lambda view: view.timer and view.timer.paused_by == ana.id, "the pause")
    ben.session.start()
    await ben.sees(lambda view: view.timer and view.timer.paused_by == ana.id, "her pause")
    await until(lambda: ana.session.presence.of(ben.id), ana.session.presence.changed, what="his return")
    ben.session.send(messages.Resume())
    view = await ana.sees(lambda view: view.timer and view.timer.is_running, "the clock")
    assert started is not None
    assert view.timer is not None
    assert (view.timer.deadline_ms or 0) >= (started.deadline_ms or 0)
    await reveal(ana, ben)
    assert ana.session.round is not None
    assert ana.session.round.partners is not None
    assert await same_text([ben.session.round.mine, ana.session.round.partners]) == "written while alone"


async def test_each_sees_how_good_the_others_link_is(room: Room) -> None:
    ana, ben = await room.both()

    def link_of_ben() -> int:
        seen = ana.session.presence.of(ben.id)
        return seen.round_trip_ms if seen else 0

    await until(link_of_ben, ana.session.presence.changed, what="the length of his link")
    assert link_of_ben() <= 5_120
    ben.session.presence.update(completion=False, writing_board=True)
    await until(
        lambda: (seen := ana.session.presence.of(ben.id)) and not seen.completion and seen.writing_board,
        ana.session.presence.changed,
        what="his interview mode",
    )


async def test_presence_comes_changes_and_goes(room: Room) -> None:
    ana, ben = await room.both()
    await until(lambda: ana.session.presence.of(ben.id), ana.session.presence.changed)
    ben.session.presence.update(lines=21, passed=7, total=12)
    await until(lambda: (seen := ana.session.presence.of(ben.id)) and seen.lines == 21, ana.session.presence.changed)
    await ben.session.close()
    await until(lambda: ana.session.presence.of(ben.id) is None, ana.session.presence.changed)


async def test_an_unknown_room_is_not_made_by_a_guest(room: Room) -> None:
    guest = room.enter("Guest")
    await until(lambda: guest.denials, guest.session.denied)
    assert "does not exist" in guest.denials[0]
    assert guest.session.link is LinkState.REFUSED


async def test_a_wrong_secret_opens_nothing(room: Room) -> None:
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "Ana's seat")
    room.invite = type(room.invite)(room.invite.host, room.invite.port, room.invite.room, names.new_secret())
    eve = room.enter("Eve")
    await until(lambda: eve.denials, eve.session.denied)
    assert "does not open" in eve.denials[0]


async def test_nobody_returns_as_another(room: Room) -> None:
    ana, _ = await room.both()
    eve = room.enter("Ana", seat=Seat(ana.id, names.new_secret(), "Ana"))
    await until(lambda: eve.denials, eve.session.denied)
    assert "seat" in eve.denials[0]


async def test_a_third_partner_finds_both_seats_taken(room: Room) -> None:
    await room.both()
    third = room.enter("Cem")
    await until(lambda: third.denials, third.session.denied)
    assert "taken" in third.denials[0]


async def test_commands_out_of_turn_are_refused_in_words(room: Room) -> None:
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "Ana's seat")
    assert "Pick a problem" in await ana.is_refused(messages.Start())
    ana.session.send(messages.PickProblem(problem=PROBLEM))
    assert "has not joined" in await ana.is_refused(messages.Start())
    assert "No clock" in await ana.is_refused(messages.Pause())
    assert "nothing to reveal" in await ana.is_refused(messages.Reveal(ready=True))


async def test_offline_work_arrives_after_the_server_came_back(tmp_path: Path) -> None:
    config = ServerConfig(storage=f"sqlite:{tmp_path}/rooms.db")
    async with make_server(config) as first:
        room = Room(first.port)
        ana, ben = await room.both()
        await in_focus(ana, ben)
        await reveal(ana, ben)
        assert ana.session.round is not None
        assert ben.session.round is not None
        ana.type(ana.session.round.mine, "one ")
        await ana.has_saved()
    await until(lambda: ana.session.link is LinkState.RECONNECTING, ana.session.link_changed)
    ana.type(ana.session.round.mine, "two ")
    assert ana.session.unsaved == 1
    assert "no connection" in await ana.is_refused(messages.Stuck(on=True))

    async with make_server(ServerConfig(port=first_port(room), storage=config.storage)):
        await ana.has_saved()
        assert ben.session.round.partners is not None
        assert await same_text([ana.session.round.mine, ben.session.round.partners]) == "one two "
        await room.close()


async def test_my_undo_goes_on_after_a_reconnect_and_leaves_what_the_partner_wrote(tmp_path: Path) -> None:
    config = ServerConfig(storage=f"sqlite:{tmp_path}/rooms.db")
    async with make_server(config) as first:
        room = Room(first.port)
        ana, ben = await room.both(Plan(format=Format.PAIR))
        await in_focus(ana, ben)
        assert ana.session.round is not None
        assert ben.session.round is not None
        pads = [seat.session.round.pad for seat in (ana, ben) if seat.session.round is not None]
        assert pads[0] is not None
        text = SharedText(pads[0].doc)
        text.edit(0, 0, "one ")
        await ana.has_saved()
    await until(lambda: ana.session.link is LinkState.RECONNECTING, ana.session.link_changed)
    text.edit(4, 0, "two ")

    async with make_server(ServerConfig(port=first_port(room), storage=config.storage)):
        await ana.has_saved()
        assert pads[1] is not None
        assert await same_text([pads[0], pads[1]]) == "one two "
        ben.type(pads[1], "ben ", 0)
        assert await same_text([pads[0], pads[1]]) == "ben one two "
        await until(lambda: text.value == "ben one two ", text.changed)
        left = []
        while text.undo():
            left.append(await same_text([pads[0], pads[1]]))
        assert left == ["ben one ", "ben "]
        while text.redo():
            pass
        assert await same_text([pads[0], pads[1]]) == "ben one two "
        await room.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def first_port(room: Room) -> int:
    return room.invite.port


async def test_who_was_away_hears_what_was_missed(room: Room) -> None:
    ana = room.enter("Ana", opens=True)
    await ana.sees(lambda view: view.members, "Ana's seat")
    seat = new_seat("Ben")
    ben = room.enter("Ben", seat=seat)
    await ana.sees(lambda view: len(view.members) == 2, "Ben")
    await ben.session.close()
    ana.session.send(messages.Say(text="while you were away"))
    await ana.hears(messages.Said)
    again = room.enter("Ben", seat=seat)
    said = await again.hears(messages.Said)
    assert said.change == messages.Said("while you were away")


async def test_both_clocks_agree(room: Room) -> None:
    ana, ben = await room.both()
    await asyncio.gather(ana.is_online(), ben.is_online())
    await until(lambda: ana.session.clock.is_set and ben.session.clock.is_set, ana.session.view_changed)
    assert abs(ana.session.clock.now_ms() - ben.session.clock.now_ms()) < 50


async def test_nothing_answers(unused_tcp_port: int) -> None:
    room = Room(unused_tcp_port)
    ana = room.enter("Ana", opens=True)
    await until(lambda: ana.troubles, ana.session.link_trouble)
    assert "Nobody answers" in ana.troubles[0]
    await room.close()
