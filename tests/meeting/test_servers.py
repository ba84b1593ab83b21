"""Remembered servers: what is an address, and that the keys are nobody else's."""

import stat
import sys
from pathlib import Path

import pytest

from sparring.meeting.servers import (
    FILE,
    MAX_SERVERS,
    SET_ASIDE,
    BadServer,
    Server,
    Servers,
    ServersError,
    parse_server,
)

KEY = "correct-horse-battery"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("sparring.example.org", "wss://sparring.example.org:443"),
        (" Sparring.Example.org/ ", "wss://sparring.example.org:443"),
        ("sparring.example.org:8443", "wss://sparring.example.org:8443"),
        ("https://sparring.example.org", "wss://sparring.example.org:443"),
        ("ws://sparring.example.org", "ws://sparring.example.org:8765"),
        ("sparring://10.0.0.4:9000", "ws://10.0.0.4:9000"),
        ("192.168.1.4", "ws://192.168.1.4:8765"),
        ("nas.local:8765", "ws://nas.local:8765"),
        ("localhost", "ws://localhost:8765"),
        ("fd00::4", "ws://[fd00::4]:8765"),
        ("[2a01:4f8::1]:443", "wss://[2a01:4f8::1]:443"),
    ],
)
def test_addresses_as_people_type_them(text: str, address: str) -> None:
    assert parse_server(text).address == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type the server's address"),
        ("   ", "Type the server's address"),
        ("ftp://x.example", "begins with wss://"),
        ("sparring://10.0.0.4:9000/abcdefghijklmnopqrstuv#secret.123456", "invite link"),
        ("wss://x.example/rooms/abc", "invite link"),
        ("x.example:99999", "cannot be read"),
        ("x.example:0", "no port"),
        ("user:pass@x.example", "cannot be read"),
        ("two words", "cannot be read"),
        ("x.example/path", "cannot be read"),
        ("[::1", "cannot be read"),
        ("x" * 400, "too long"),
    ],
)
def test_what_is_no_address_is_said_in_words(text: str, words: str) -> None:
    with pytest.raises(BadServer, match=words):
        parse_server(text)


def test_servers_are_kept_with_their_keys_for_the_owner_alone(tmp_path: Path) -> None:
    servers = Servers(tmp_path)
    one, two = parse_server("one.example", KEY), parse_server("two.example")
    servers.add(one)
    servers.add(two)
    servers.choose(one.address)
    again = Servers(tmp_path)
    assert again.all == (one, two)
    assert again.default == one
    assert again.default.access_key == KEY
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert KEY not in repr(one) + repr(again.all) + str(one)
    again.remove(one.address)
    assert Servers(tmp_path).all == (two,)
    assert Servers(tmp_path).default is None
    assert KEY not in (tmp_path / FILE).read_text()


def test_adding_again_changes_the_key(tmp_path: Path) -> None:
    servers = Servers(tmp_path)
    servers.add(parse_server("one.example"))
    servers.add(parse_server("two.example"))
    servers.add(parse_server("one.example", KEY))
    assert [one.access_key for one in servers.all] == [KEY, ""]


def test_there_is_an_end_to_the_list(tmp_path: Path) -> None:
    servers = Servers(tmp_path)
    for number in range(MAX_SERVERS):
        servers.add(Server("x.example", number + 1, True))
    with pytest.raises(BadServer, match="Remove one first"):
        servers.add(parse_server("one.more"))


def test_a_damaged_list_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"servers": [{"host": 3}]}')
    servers = Servers(tmp_path)
    assert servers.all == ()
    assert SET_ASIDE in servers.notice
    servers.add(parse_server("one.example"))
    assert "host" in (tmp_path / SET_ASIDE).read_text()


def test_a_list_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    # A folder under its name: not even root reads that.
    (tmp_path / FILE).mkdir()
    servers = Servers(tmp_path)
    assert "cannot be read" in servers.notice
    with pytest.raises(ServersError, match="left as it is"):
        servers.add(parse_server("one.example"))
    assert (tmp_path / FILE).is_dir()


def test_a_list_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    servers = Servers(tmp_path)
    servers.add(parse_server("one.example"))
    (tmp_path / f"{FILE}.part").mkdir()
    with pytest.raises(ServersError, match="cannot be saved"):
        servers.remove(parse_server("one.example").address)
    assert len(servers.all) == 1
    assert len(Servers(tmp_path).all) == 1
