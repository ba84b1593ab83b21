"""Two homes meet: real servers, a real router and real namespaces, from which nothing leaves this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from sparring.meeting import words
from tests.support.homes import (
    ALLOW,
    DENY,
    HOME_ADDRESS,
    OUTSIDE_ADDRESS,
    ROUTER_OUTSIDE,
    Homes,
    homes,
    why_not,
)

_WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(_WHY_NOT), reason=_WHY_NOT)


@pytest.fixture
def two_homes() -> Iterator[Homes]:
    with homes() as made:
        yield made


def step(report: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in report["steps"] if one["name"] == name)
    return found


def scopes(report: dict[str, Any]) -> list[str]:
    return [way["scope"] for way in report["ways"]]


@pytest.mark.soak
def test_in_one_network_the_link_is_for_this_network(two_homes: Homes) -> None:
    two_homes.build()
    ana = two_homes.send("home", "host")
    report = ana.hear("report")
    assert scopes(report) == ["network"]
    assert [way["host"] for way in report["ways"]] == [HOME_ADDRESS]
    assert step(report, words.ROUTER)["words"] == words.ROUTER_SILENT
    assert "VPN" in report["advice"]
    ben = two_homes.send("sibling", "join", ana.said[-1]["links"][0])
    assert ben.hear("met") == ["Ana", "Ben"]


def test_a_router_opens_a_port_and_somebody_outside_joins(two_homes: Homes) -> None:
    two_homes.build()
    two_homes.start_upnp(ALLOW)
    ana = two_homes.send("home", "host")
    report = ana.hear("report")
    assert scopes(report) == ["anywhere", "network"]
    assert (report["ways"][0]["host"], report["ways"][0]["is_tested"]) == (ROUTER_OUTSIDE, False)
    assert step(report, words.OUTSIDE) == {
        "name": words.OUTSIDE, "state": "unknown", "words": words.OUTSIDE_UNKNOWN
    }  # fmt: skip
    assert report["advice"] == ""
    assert HOME_ADDRESS in two_homes.forwarded()
    ben = two_homes.send("outside", "join", ana.said[-1]["links"][0])
    assert ben.hear("met") == ["Ana", "Ben"]
    ana.leave()
    assert two_homes.forwarded() == ""


@pytest.mark.soak
def test_a_way_in_that_leads_back_is_tested(two_homes: Homes) -> None:
    two_homes.build(leads_back=True)
    two_homes.start_upnp(ALLOW)
    ana = two_homes.send("home", "host")
    report = ana.hear("report")
    assert step(report, words.OUTSIDE)["state"] == "yes"
    assert (report["ways"][0]["scope"], report["ways"][0]["is_tested"]) == ("anywhere", True)


@pytest.mark.soak
def test_a_router_that_says_no_is_quoted(two_homes: Homes) -> None:
    two_homes.build()
    two_homes.start_upnp(DENY)
    report = two_homes.send("home", "host").hear("report")
    assert scopes(report) == ["network"]
    assert step(report, words.ROUTER)["words"].startswith("Your router said no: ")
    assert report["advice"] == words.ADVICE


@pytest.mark.soak
@pytest.mark.parametrize("outer", ["100.64.3.1", "192.168.178.1"])
def test_a_router_without_an_address_of_its_own_opens_nothing(two_homes: Homes, outer: str) -> None:
    two_homes.build(outer=outer)
    two_homes.start_upnp(ALLOW)
    report = two_homes.send("home", "host").hear("report")
    assert scopes(report) == ["network"]
    # This daemon keeps an address to itself that is not public.
    assert step(report, words.ROUTER)["words"] == words.ROUTER_OFFLINE
    assert report["advice"] == words.ADVICE
    assert two_homes.forwarded() == ""


@pytest.mark.soak
def test_a_server_in_between_is_reached_by_both(two_homes: Homes) -> None:
    two_homes.build()
    server = two_homes.send("outside", "serve")
    ana = two_homes.send("home", "open", OUTSIDE_ADDRESS, str(server.hear("port")))
    ben = two_homes.send("sibling", "join", ana.hear("link"))
    assert ben.hear("met") == ["Ana", "Ben"]


@pytest.mark.soak
def test_who_hosts_is_seen_in_the_network_and_not_outside(two_homes: Homes) -> None:
    two_homes.build()
    ben, cleo = two_homes.send("sibling", "listen"), two_homes.send("outside", "listen")
    assert ben.hear("listening")
    assert cleo.hear("listening")
    ana = two_homes.send("home", "announce")
    room = ana.hear("announced")
    (seen,) = ben.hear("nearby")
    assert seen == {"room": room, "name": "Ana", "port": 4242, "addresses": [HOME_ADDRESS]}
    ana.leave()
    assert ben.hear("nearby") == []
    cleo.leave()
    assert cleo.said == [{"listening": True}]
