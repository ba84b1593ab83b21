"""The wire: what is encoded comes back, and nothing else comes in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparring_server
from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.invite import BadInvite, Invite, is_pinned, parse_invite, pin_of
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.presence import Presence, decode_presences, encode_presences
from sparring_server.protocol.token import Credentials, Denial, decode_token, encode_token

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
data = st.binary(max_size=60)
every_frame = st.one_of(
    st.builds(frames.SyncStep1, text, data), st.builds(frames.SyncStep2, text, data),
    st.builds(frames.SyncUpdate, text, data), st.builds(frames.Awareness, text, data),
    st.builds(frames.Token, text, text, st.none() | text), st.builds(frames.PermissionDenied, text, text),
    st.builds(frames.Authenticated, text, st.sampled_from(["read-write", "readonly"])),
    st.builds(frames.QueryAwareness, text), st.builds(frames.Stateless, text, text),
    st.builds(frames.Close, text, text),
    st.builds(frames.SyncStatus, text, st.booleans()), st.just(frames.Ping()), st.just(frames.Pong()),
)  # fmt: skip


@given(every_frame)
def test_every_frame_comes_back(frame: frames.Frame) -> None:
    assert frames.decode(frames.encode(frame)) == frame


@given(st.binary(max_size=80))
def test_any_bytes_are_a_frame_or_malformed(garbage: bytes) -> None:
    try:
        frames.decode(garbage)
    except MalformedData:
        pass


@given(every_frame, st.binary(min_size=1, max_size=3))
def test_nothing_may_follow_a_frame(frame: frames.Frame, more: bytes) -> None:
    if isinstance(frame, frames.Ping | frames.Pong):
        return
    try:
        assert frames.decode(frames.encode(frame) + more) != frame
    except MalformedData:
        pass


@given(st.lists(st.builds(Presence, st.integers(0, 2**31), st.integers(0, 2**31), text), max_size=5))
def test_presence_comes_back(entries: list[Presence]) -> None:
    assert decode_presences(encode_presences(entries)) == entries


def test_a_token_comes_back_and_shows_no_secret() -> None:
    credentials = Credentials(secret=names.new_secret(), member=names.new_id(), key=names.new_secret())
    assert decode_token(encode_token(credentials)) == credentials
    assert credentials.secret not in repr(credentials)
    assert credentials.key not in repr(credentials)
    with pytest.raises(MalformedData) as caught:
        decode_token(encode_token(credentials).replace('"member"', '"other"'))
    assert credentials.secret not in str(caught.value)


INVITE = Invite("192.168.1.5", 43123, names.new_id(), names.new_secret())
PINNED = Invite("192.168.1.5", 43123, names.new_id(), names.new_secret(), tls=True, pin=pin_of(b"a certificate"))


def test_a_link_comes_back() -> None:
    assert parse_invite(f"  <{INVITE.link}>\n") == INVITE
    assert INVITE.secret not in repr(INVITE)
    assert INVITE.secret not in INVITE.url
    six = Invite("::1", 1, INVITE.room, INVITE.secret, tls=True)
    assert parse_invite(six.link) == six


def test_a_link_with_a_pin_comes_back() -> None:
    assert parse_invite(PINNED.link) == PINNED
    assert PINNED.pin == pin_of(b"a certificate")
    assert is_pinned(b"a certificate", PINNED.pin)
    assert not is_pinned(b"another", PINNED.pin)
    assert not is_pinned(None, PINNED.pin)


def test_links_of_before_there_were_pins_can_be_read() -> None:
    old = "sparrings://club.example:8765/Qm9vdGggcm9vbSBpZA#c2VjcmV0LW9mLWEtcm9vbS1vZi1vdXJz.8fbea9"
    assert parse_invite(old) == Invite(
        "club.example", 8765, "Qm9vdGggcm9vbSBpZA", "c2VjcmV0LW9mLWEtcm9vbS1vZi1vdXJz", tls=True
    )


def test_a_pin_is_taken_out_of_no_link_unnoticed() -> None:
    where, key = PINNED.link.split("#")
    secret, pin, check = key.split(".")
    plain = where.replace("sparrings", "sparring")
    for link in (
        f"{where}#{secret}.{check}",
        f"{plain}#{key}",
        f"{where}#{secret}.{pin[:-1]}.{check}",
        f"{where}#{key}.x",
    ):
        with pytest.raises(BadInvite, match="damaged"):
            parse_invite(link)


links = st.sampled_from([INVITE.link, PINNED.link])


@given(links, st.floats(0, 1, exclude_max=True))
def test_a_cut_off_link_is_noticed_before_anything_is_sent(link: str, part: float) -> None:
    with pytest.raises(BadInvite) as caught:
        parse_invite(link[: int(part * len(link))])
    assert str(caught.value).endswith((".", "//"))


@given(links, st.integers(12, len(PINNED.link) - 1), st.sampled_from("abcXYZ019"))
def test_a_mistyped_link_is_noticed(link: str, position: int, other: str) -> None:
    position %= len(link)
    if position > 11 and link[position] != other:
        with pytest.raises(BadInvite):
            parse_invite(link[:position] + other + link[position + 1 :])


@pytest.mark.parametrize("wrong", ["", "hello", "https://example.org/x", "sparring://", "sparring://h:99999/x#y.z"])
def test_what_is_no_link_is_said_in_words(wrong: str) -> None:
    with pytest.raises(BadInvite):
        parse_invite(wrong)


def test_an_unknown_command_is_told_from_garbage() -> None:
    with pytest.raises(messages.UnknownCommand):
        messages.decode_command('{"command": "dance", "ref": 4}')
    assert messages.command_ref('{"command": "dance", "ref": 4}') == 4
    with pytest.raises(MalformedData):
        messages.decode_command("{")


def test_the_specification_names_every_message() -> None:
    specification = (Path(sparring_server.__file__).parent / "PROTOCOL.md").read_text()
    kinds = [*messages.Command.__subclasses__(), *messages.Change.__subclasses__(), *messages.Notice.__subclasses__()]
    tags = [str(kind.__struct_config__.tag) for kind in kinds]
    for word in [*tags, *Denial, *(kind.name.replace("_", " ").title().replace(" ", "") for kind in frames.FrameType)]:
        assert re.search(rf"`{re.escape(word)}`", specification), word
