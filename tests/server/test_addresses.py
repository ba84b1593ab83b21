"""Where a client comes from: proxies are believed if they are trusted, and web pages if they are allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring_server.addresses import (
    check_origin,
    client_address,
    is_loopback,
    origin_allowed,
    parse_networks,
    throttle_key,
)

PROXIES = parse_networks(["10.0.0.0/8", "fd00::/8", "127.0.0.1"])
addresses = st.ip_addresses().map(str)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.1.2.3", [], "10.1.2.3"),
        ("10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["6.6.6.6", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("10.1.2.3", ["198.51.100.1, garbage"], "10.1.2.3"),
        ("10.1.2.3", [""], "10.1.2.3"),
        ("10.1.2.3", ["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
        ("fd00::1", ["[2001:db8::5]:4711"], "2001:db8::5"),
        ("::ffff:10.1.2.3", ["198.51.100.1:555"], "198.51.100.1"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_a_proxy_is_believed_only_if_it_is_trusted(peer: str, forwarded: list[str], client: str) -> None:
    assert client_address(peer, forwarded, PROXIES) == client


@given(addresses, st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=4))
def test_nobody_chooses_their_own_address(peer: str, forwarded: list[str]) -> None:
    assert client_address(peer, forwarded, ()) == peer
    behind = client_address("10.0.0.1", [*forwarded, "198.51.100.1"], PROXIES)
    assert behind == "198.51.100.1"


@given(addresses)
def test_one_home_is_one_key(address: str) -> None:
    key = throttle_key(address)
    assert throttle_key(key.removesuffix("/64")) == key
    assert key.endswith("/64") == (":" in key)


def test_ipv6_counts_by_home_and_mapped_addresses_are_ipv4() -> None:
    assert throttle_key("2001:db8:1:2:3::4") == throttle_key("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert throttle_key("::ffff:192.0.2.1") == "192.0.2.1"
    assert throttle_key("fe80::1%eth0") == "fe80::/64"
    assert throttle_key("no address") == "no address"


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="/99"):
        parse_networks(["10.0.0.0/99"])


@pytest.mark.parametrize(
    ("origin", "allowed", "goes_on"),
    [
        (None, [], True),
        ("https://evil.example", [], False),
        ("null", [], False),
        ("", [], False),
        ("https://club.example", ["https://club.example"], True),
        ("HTTPS://Club.Example:443", ["https://club.example/"], True),
        ("http://club.example", ["https://club.example"], False),
        ("https://club.example.evil.example", ["https://club.example"], False),
        ("https://club.example:8443", ["https://club.example"], False),
        ("https://anything.example", ["*"], True),
    ],
)
def test_a_web_page_needs_leave(origin: str | None, allowed: list[str], goes_on: bool) -> None:
    assert origin_allowed(origin, allowed) is goes_on


def test_what_is_no_origin_is_refused_in_words() -> None:
    for fine in ("*", "https://club.example", "http://localhost:8080"):
        check_origin(fine)
    for wrong in ("club.example", "https://", "ftp://club.example", "https://club.example/page", "http://["):
        with pytest.raises(ValueError, match="is no origin"):
            check_origin(wrong)


def test_this_machine_is_known_by_its_addresses_and_their_keys() -> None:
    for here in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        assert is_loopback(here)
        assert is_loopback(throttle_key(here))
    for elsewhere in ("198.51.100.1", "2001:db8::1", "", "no address"):
        assert not is_loopback(elsewhere)
        assert not is_loopback(throttle_key(elsewhere))
