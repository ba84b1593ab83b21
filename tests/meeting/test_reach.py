"""The search for ways, over real sockets: what is told while it runs, and what is left when it is cut short."""

import asyncio

import pytest

from sparring.meeting import reach, words
from sparring.meeting.addresses import Kind, LocalAddress
from sparring.meeting.hosting import Hosting
from sparring.meeting.reach import Hosted, Report, Scope, Search, State, Way
from sparring_server.gateway import Gateway
from tests.support.fake_router import FakeRouter

LOOPBACK = LocalAddress("127.0.0.1", "eth0", Kind.NETWORK)
"""The one address that a test may use, in the part of a home's."""


@pytest.fixture
def as_if_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's own address plays the router's outer one."""
    monkeypatch.setattr(reach, "is_public", lambda address: True)


def hosted(server: Gateway, router: FakeRouter | None = None, *addresses: LocalAddress) -> Hosted:
    target = router.target if router else None
    return Hosted(server.port, addresses or (LOOPBACK,), ask_router=router is not None, router_at=target)


async def look(what: Hosted) -> tuple[Report, list[Report], Search]:
    told: list[Report] = []
    search = Search(what, told.append)
    return await search.run(), told, search


def step(report: Report, name: str) -> tuple[State, str]:
    found = next(one for one in report.steps if one.name == name)
    return found.state, found.words


async def test_without_a_router_the_link_is_for_this_network(server: Gateway) -> None:
    report, told, _ = await look(hosted(server))
    assert report.best == Way("127.0.0.1", server.port, Scope.NETWORK, True, "eth0")
    assert report.best.words == "Works in this network only."
    assert step(report, words.ROUTER) == (State.LEFT_OUT, words.ROUTER_OFF)
    assert report.advice == words.ADVICE
    assert told[0].best is None
    assert told[-1] is report
    assert [one.is_done for one in told] == [False] * (len(told) - 1) + [True]


@pytest.mark.usefixtures("as_if_outside")
async def test_a_port_that_the_router_opened_goes_before_the_network(server: Gateway) -> None:
    async with FakeRouter(external="127.0.0.1") as router:
        report, _, search = await look(hosted(server, router))
        assert report.best == Way("127.0.0.1", server.port, Scope.ANYWHERE, True)
        assert report.best.words == "Works from anywhere."
        assert step(report, words.OUTSIDE) == (State.YES, words.OUTSIDE_ANSWERS)
        assert report.advice == ""
        assert search.mapping is not None
        assert list(router.open) == [server.port]


@pytest.mark.usefixtures("as_if_outside")
async def test_a_way_in_that_does_not_lead_back_is_not_called_tested(server: Gateway) -> None:
    async with FakeRouter(
        external="127.0.0.1", refuse=lambda values: 718 if values["NewExternalPort"] == str(server.port) else 0
    ) as router:
        report, _, _ = await look(hosted(server, router))
        assert report.best is not None
        assert (report.best.scope, report.best.is_tested) == (Scope.ANYWHERE, False)
        assert "could not be tested from here" in report.best.words
        assert step(report, words.OUTSIDE) == (State.UNKNOWN, words.OUTSIDE_UNKNOWN)


async def test_an_address_that_is_shared_opens_nothing(server: Gateway) -> None:
    for external, said in (
        ("100.64.3.7", words.shared_address("100.64.3.7")),
        ("192.168.178.20", words.double_nat("192.168.178.20")),
        ("", words.ROUTER_OFFLINE),
    ):
        async with FakeRouter(external=external) as router:
            report, _, search = await look(hosted(server, router))
            assert step(report, words.ROUTER) == (State.NO, said)
            assert (report.reason, report.advice) == (said, words.ADVICE)
            assert [way.scope for way in report.ways] == [Scope.NETWORK]
            assert search.mapping is None
            assert router.open == {}


async def test_a_no_of_the_router_leaves_the_network(server: Gateway) -> None:
    async with FakeRouter(refuse=lambda values: 606) as router:
        report, _, _ = await look(hosted(server, router))
        assert step(report, words.ROUTER) == (State.NO, "Your router said no: it does not allow this.")
        assert [way.scope for way in report.ways] == [Scope.NETWORK]


async def test_an_address_on_the_internet_promises_nothing(server: Gateway) -> None:
    """This machine reaches itself there; whether a firewall lets others in is not known."""
    public = LocalAddress("127.0.0.1", "eth0", Kind.PUBLIC)
    vpn = LocalAddress("127.0.0.1", "wg0", Kind.VPN)
    report, _, _ = await look(hosted(server, None, vpn, public))
    assert [(way.scope, way.is_tested) for way in report.ways] == [(Scope.ANYWHERE, False), (Scope.VPN, True)]
    assert report.ways[1].words == "Works in your VPN only (wg0)."


async def test_without_any_network_it_is_this_machine_alone(server: Gateway, unused_tcp_port: int) -> None:
    for what, said in (
        (Hosted(server.port, (), ask_router=True), words.NO_NETWORK),
        (Hosted(unused_tcp_port, (LOOPBACK,), ask_router=False), words.BLOCKED),
    ):
        report, _, _ = await look(what)
        assert [way.scope for way in report.ways] == [Scope.MACHINE]
        assert step(report, words.NETWORK) == (State.NO, said)
        assert (report.reason, report.advice) == (said, words.ADVICE_ALONE)


@pytest.mark.usefixtures("as_if_outside")
async def test_hosting_opens_a_port_and_closes_it_at_the_end(server: Gateway) -> None:
    done = asyncio.Event()
    async with FakeRouter(external="127.0.0.1") as router:
        hosting = Hosting(hosted(server, router), lambda report: done.set() if report.is_done else None)
        running = asyncio.create_task(hosting.run())
        await done.wait()
        assert list(router.open) == [server.port]
        hosting.end()
        await running
        assert router.open == {}


async def test_enough_is_enough_and_what_was_found_stays(server: Gateway) -> None:
    found, done, told = asyncio.Event(), asyncio.Event(), list[Report]()

    def hear(report: Report) -> None:
        told.append(report)
        if report.ways:
            found.set()
        if report.is_done:
            done.set()

    # Nobody answers at the address of the search.
    silent = Hosted(server.port, (LOOPBACK,), ask_router=True, router_at=("127.0.0.1", 9))
    hosting = Hosting(silent, hear)
    running = asyncio.create_task(hosting.run())
    await found.wait()
    hosting.stop_looking()
    await done.wait()
    assert [way.scope for way in told[-1].ways] == [Scope.NETWORK]
    assert step(told[-1], words.ROUTER) == (State.UNKNOWN, words.NOT_WAITED)
    hosting.end()
    await running


@pytest.mark.usefixtures("as_if_outside")
async def test_a_session_that_ends_at_once_leaves_no_port_open(server: Gateway) -> None:
    asked = asyncio.Event()

    def accept(values: dict[str, str]) -> int:
        asked.set()
        return 0

    async with FakeRouter(external="127.0.0.1", refuse=accept) as router:
        hosting = Hosting(hosted(server, router), lambda report: None)
        running = asyncio.create_task(hosting.run())
        await asked.wait()
        hosting.end()
        await running
        assert router.open == {}
