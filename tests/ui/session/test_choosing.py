"""Two seats with banks and journals of their own choose a problem over a real server."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sparring.journal import Journal, RoundRecord, SessionRecord
from sparring.journal.records import new_key, utc_now
from sparring.live.session import LiveSession
from sparring.problems import Bank, load_problem
from sparring.problems.digest import digest
from sparring.ui.session.choosing import Choosing
from sparring_server.protocol import limits, messages
from sparring_server.protocol.view import Phase, Plan, RoomView
from tests.support.partners import Partner, Room, new_seat
from tests.support.problems import write_folder
from tests.support.waiting import PATIENCE_SECONDS

STARTER, OWN = "starter-one", "bens-own"


@dataclass
class SeatOf:
    """One app without its windows: its disk, its room, and what it tells."""

    home: Path
    partner: Partner
    bank: Bank
    journal: Journal
    choosing: Choosing
    told: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        def wake(*_: object) -> None:
            self.news.set()

        self.choosing.changed.connect(wake)
        self.choosing.told.connect(self.told.append)
        self.choosing.told.connect(wake)
        self.session.view_changed.connect(self.choosing.follow)
        self._wake = wake
        self.session.view_changed.connect(wake)

    @property
    def session(self) -> LiveSession:
        return self.partner.session

    @property
    def view(self) -> RoomView:
        return self.partner.view

    @property
    def received(self) -> Path:
        return self.home / "received-problems"

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not condition():
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            pytest.fail(f"waited in vain for {what}; {self.choosing.version}, told {self.told}")

    async def has(self, problem_id: str) -> None:
        await self.until(
            lambda: self.session.view and self.view.problem and self.view.problem.id == problem_id
            and self.choosing.version.state == "here",
            f"{problem_id} to be here",
        )  # fmt: skip

    async def refuses(self, words: str) -> None:
        await self.until(lambda: words in self.choosing.version.words, words)


def bank_of(home: Path, starters: Path) -> Bank:
    shelves = {"starter": starters, "mine": home / "problems", "received": home / "received-problems"}
    return Bank(shelves, optional=("mine", "received"))


@pytest.fixture
def starters(tmp_path: Path) -> Path:
    shelf = tmp_path / "starters"
    for name in (STARTER, "starter-two"):
        write_folder(shelf, name=name, title=name)
    return shelf


@pytest.fixture
def journals() -> Iterator[list[Journal]]:
    opened: list[Journal] = []
    yield opened
    for journal in opened:
        journal.close()


class Table:
    """Two seats at one room."""

    def __init__(self, room: Room, folder: Path, starters: Path, journals: list[Journal]) -> None:
        self._room, self._folder, self._starters, self._journals = room, folder, starters, journals
        self._seats: list[SeatOf] = []

    async def sits(self, name: str, *, starters: Path | None = None, seen: tuple[str, ...] = (), **kind: Any) -> SeatOf:
        home = self._folder / name
        home.mkdir(exist_ok=True)
        journal = Journal.open(home)
        self._journals.append(journal)
        _have_seen(journal, seen)
        partner = self._room.enter(name, **kind)
        bank = bank_of(home, starters or self._starters)
        made = SeatOf(
            home, partner, bank, journal, Choosing(partner.session, bank, journal, home / "received-problems")
        )
        self._seats.append(made)
        await made.until(lambda: partner.session.view and partner.session.exchange, "the room")
        await made.until(lambda: partner.session.exchange.is_synced, "the document")  # type: ignore[union-attr]
        return made

    async def both(self, **kind: Any) -> tuple[SeatOf, SeatOf]:
        ana = await self.sits("Ana", opens=True)
        ben = await self.sits("Ben", **kind)
        await ana.until(lambda: len(ana.view.members) == 2, "Ben's seat")
        return ana, ben

    def close(self) -> None:
        for one in self._seats:
            one.choosing.close()


def _have_seen(journal: Journal, problems: tuple[str, ...]) -> None:
    session = SessionRecord(new_key(), "room", "sparring://x", "me", "key", True, utc_now(), ended_at=utc_now())
    journal.save_session(session)
    for number, problem in enumerate(problems, 1):
        journal.save_round(RoundRecord(new_key(), session.id, number, problem, problem, utc_now()))
    journal.flush()


@pytest.fixture
async def table(
    qapp: QApplication, room: Room, tmp_path: Path, starters: Path, journals: list[Journal]
) -> AsyncIterator[Table]:
    made = Table(room, tmp_path, starters, journals)
    yield made
    made.close()


async def test_suggest_agree_and_start_then_another(table: Table) -> None:
    ana, ben = await table.both()
    ana.choosing.suggest(STARTER)
    await ben.has(STARTER)
    assert ben.view.suggested_by == ana.partner.id
    assert "Ben has not agreed" in await ana.partner.is_refused(messages.Start())
    ben.choosing.agree()
    await ana.until(lambda: not ana.view.awaited(), "Ben's word")
    ben.choosing.suggest("starter-two")
    await ana.has("starter-two")
    assert [one.name for one in ana.view.awaited()] == ["Ana"]
    ana.choosing.agree()
    await ben.until(lambda: not ben.view.awaited(), "Ana's word")
    ana.choosing.agree(on=False)
    await ben.until(lambda: ben.view.awaited(), "that she took it back")
    ana.choosing.agree()
    await ben.until(lambda: not ben.view.awaited(), "Ana's word")
    ben.session.send(messages.Start())
    await ana.until(lambda: ana.view.phase is Phase.FOCUS, "the block")
    assert ana.choosing.problem is not None
    assert ana.choosing.problem.title == "starter-two"
    assert ana.told == ben.told == []


async def test_who_lacks_a_problem_gets_it_and_keeps_it(table: Table, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "Ben" / "problems", name=OWN, title="Ben's own", files={"checker.py": "def check(arguments, expected, got):\n    return True\n"})  # fmt: skip  # noqa: E501
    ana, ben = await table.both()
    ben.choosing.suggest(OWN)
    await ana.has(OWN)
    assert ana.told == ["Ben's problem “Ben's own” is kept on your shelf."]
    assert digest(ana.received / OWN) == digest(folder)
    assert ana.choosing.problem == load_problem(ana.received / OWN)
    assert ana.bank.summaries[OWN].shelf == "received"
    assert next(one for one in ana.choosing.known.choices if one.id == OWN).is_received
    await ben.until(lambda: not ben.choosing.version.words, "that it has arrived")
    # Suggested once more it is there already.
    ana.choosing.suggest(STARTER)
    await ben.has(STARTER)
    ben.choosing.suggest(OWN)
    await ana.has(OWN)
    assert len(ana.told) == 1


async def test_two_versions_under_one_name(table: Table, tmp_path: Path) -> None:
    mine = write_folder(tmp_path / "Ana" / "problems", name=OWN, title="Ana's version")
    write_folder(tmp_path / "Ben" / "problems", name=OWN, title="Ben's version")
    ana, ben = await table.both()
    ben.choosing.suggest(OWN)
    await ana.has(OWN)
    assert ana.choosing.problem is not None
    assert ana.choosing.problem.title == "Ben's version"
    assert load_problem(mine).title == "Ana's version"
    ana.choosing.suggest(STARTER)
    await ben.has(STARTER)
    assert ana.bank.problems[OWN].title == "Ana's version"


async def test_a_lying_archive_is_refused_in_words_on_both_screens(table: Table, tmp_path: Path) -> None:
    write_folder(tmp_path / "Ben" / "problems", name=OWN, title="Ben's own")
    ana, ben = await table.both()
    ben.choosing._send = _lie  # type: ignore[method-assign]  # another app, which sends what it did not suggest
    ben.choosing.suggest(OWN)
    await ana.refuses("not the version that was suggested")
    await ben.refuses("Ana's app could not take it: it is not the version that was suggested.")
    assert ana.choosing.version.state == "refused"
    assert ana.choosing.can_ask_again
    assert list(ana.received.iterdir()) == []
    assert ana.choosing.problem is None
    # The honest one comes in its place, and is taken when it is asked for anew.
    del ben.choosing._send
    hers, his = ana.session.exchange, ben.session.exchange
    assert hers is not None
    assert his is not None
    del his._map("sent")["parcel"]
    lie, wanted = hers.parcel(ben.view.problem.digest), ben.view.problem.digest  # type: ignore[union-attr]
    await ana.until(lambda: hers.parcel(wanted) not in (lie, None), "another parcel")
    assert ana.choosing.version.state == "refused"
    ana.choosing.ask_again()
    await ana.has(OWN)
    assert not ben.choosing.can_ask_again


async def _lie(exchange: Any, ref: Any) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("problem.toml", f'id = "{ref.id}"')
    exchange.send(ref.digest, made.getvalue())


async def test_what_is_too_large_is_not_sent_and_both_are_told(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_PACKED_PROBLEM_BYTES", 500)
    write_folder(tmp_path / "Ben" / "problems", name=OWN, title="Ben's own")
    ana, ben = await table.both()
    ben.choosing.suggest(OWN)
    await ana.refuses("Ben's app could not send it: it is too large")
    await ben.refuses("Your app could not send it: it is too large")
    assert ana.choosing.can_ask_again
    monkeypatch.undo()
    ana.choosing.ask_again()
    await ana.has(OWN)


async def test_a_problem_of_sparring_itself_is_not_sent_over(table: Table, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    write_folder(newer, name=STARTER, title="newer version")
    ana, ben = await table.both(starters=newer)
    ben.choosing.suggest(STARTER)
    await ana.refuses("Ben's app could not send it: it is one of Sparring's own")
    await ben.refuses("different versions of it")
    assert ana.choosing.version.state == "lacked"
    assert ana.choosing.problem is None


async def test_nothing_takes_the_name_of_one_of_sparrings_own(table: Table, tmp_path: Path) -> None:
    write_folder(tmp_path / "Ben" / "problems", name=STARTER, title="Not the real one")
    empty = tmp_path / "empty"
    empty.mkdir()
    ana, ben = await table.both(starters=empty)
    ben.choosing.suggest(STARTER)
    await ben.refuses("Ana's app could not take it: it has the name of one of Sparring's own problems.")
    assert not ana.received.exists()
    assert ana.bank.problems[STARTER].title == STARTER


async def test_it_arrives_although_the_connection_was_lost(table: Table, room: Room, tmp_path: Path) -> None:
    write_folder(tmp_path / "Ben" / "problems", name=OWN, title="Ben's own")
    seat = new_seat("Ana", opens=True)
    ana = await table.sits("Ana", seat=seat)
    ben = await table.sits("Ben")
    await ana.until(lambda: len(ana.view.members) == 2, "Ben's seat")
    await ana.partner.is_gone()
    ben.choosing.suggest(OWN)
    await ben.has(OWN)
    ana.session.start()
    await ana.has(OWN)
    # Ben goes before he has heard that it arrived, and comes back.
    await ben.partner.is_gone()
    ana.choosing.agree()
    await ana.until(lambda: not ana.view.awaited(), "her own word")
    ben.session.start()
    await ben.until(lambda: not ben.view.awaited() and not ben.choosing.version.words, "her word, and that she has it")


async def test_what_each_has_seen_is_told(table: Table) -> None:
    ana = await table.sits("Ana", opens=True, seen=(STARTER, "long-gone"))
    assert not ana.choosing.known.partner_told
    ben = await table.sits("Ben", seen=("starter-two",))
    await ana.until(lambda: ana.choosing.known.partner_told, "what Ben has seen")
    await ben.until(lambda: ben.choosing.known.partner_told, "what Ana has seen")
    of_ana = {one.id: one for one in ana.choosing.known.choices}
    assert (of_ana[STARTER].is_new_to_me, of_ana[STARTER].seen_by_partner) == (False, False)
    assert (of_ana["starter-two"].is_new_to_me, of_ana["starter-two"].seen_by_partner) == (True, True)
    assert not any(one.is_new_to_both for one in ana.choosing.known.choices)
    assert ana.choosing.known.choices is ana.choosing.known.choices
    ben.session.send(messages.SetPlan(plan=Plan(north_star="x")))
    await ana.until(lambda: ana.view.plan.north_star == "x", "the plan")
    assert {one.id: one for one in ana.choosing.known.choices} == of_ana


async def test_a_folder_that_cannot_be_read_is_said_in_words(table: Table, tmp_path: Path) -> None:
    write_folder(tmp_path / "Ana" / "problems", name=OWN, title="Broken", tests="{")
    ana, _ = await table.both()
    ana.choosing.suggest(OWN)
    await ana.until(lambda: ana.told, "a word")
    assert "“Broken” cannot be suggested" in ana.told[0]
    assert "tests.json" in ana.told[0]
    assert ana.view.problem is None
