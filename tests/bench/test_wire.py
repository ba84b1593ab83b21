"""The load generator's frames are those that the websockets library reads and writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from bench.sync import wire


def received(data: bytes) -> list[Frame]:
    """What a server of the websockets library makes of a client's bytes."""
    server = ServerProtocol()
    server.receive_data(wire.handshake("127.0.0.1", 80, "/rooms/one"))
    (request,) = server.events_received()
    assert isinstance(request, Request)
    assert request.path == "/rooms/one"
    server.send_response(server.accept(request))
    server.receive_data(data)
    return [event for event in server.events_received() if isinstance(event, Frame)]


def sent(*payloads: bytes) -> bytes:
    """What such a server sends."""
    server = ServerProtocol()
    server.receive_data(wire.handshake("127.0.0.1", 80, "/"))
    (request,) = server.events_received()
    assert isinstance(request, Request)
    server.send_response(server.accept(request))
    server.data_to_send()
    for payload in payloads:
        server.send_binary(payload)
    return b"".join(server.data_to_send())


@pytest.mark.parametrize("length", [0, 1, 4, 125, 126, 127, 65_535, 65_536])
def test_a_frame_of_any_length_is_read_by_a_server(length: int) -> None:
    payload = bytes(number % 251 for number in range(length))
    (frame,) = received(wire.frame(payload))
    assert frame.opcode is Opcode.BINARY
    assert frame.data == payload


@given(before=st.binary(max_size=20), after=st.binary(max_size=60))
def test_a_name_and_an_end_can_be_masked_each_by_itself(before: bytes, after: bytes) -> None:
    whole = wire.head(len(before) + len(after)) + wire.masked(before) + wire.masked(after, len(before))
    assert whole == wire.frame(before + after)


@given(payloads=st.lists(st.binary(max_size=300), max_size=5), cut=st.integers(min_value=0))
def test_whole_frames_are_found_and_what_is_not_whole_is_left(payloads: list[bytes], cut: int) -> None:
    data = sent(*payloads)
    cut %= len(data) + 1
    found: list[bytes] = []
    rest = b""
    for part in (data[:cut], data[cut:]):
        rest += part
        end = 0
        for opcode, start, end in wire.split(rest):
            assert opcode == wire.BINARY
            found.append(rest[start:end])
        rest = rest[end:]
    assert found == payloads
    assert not rest


def test_a_long_frame_is_found() -> None:
    payload = bytes(70_000)
    assert [(opcode, end - start) for opcode, start, end in wire.split(sent(payload))] == [(wire.BINARY, 70_000)]


@pytest.mark.parametrize(
    "data", [b"\x02\x01x", b"\xc2\x01x", b"\x82\x81\x00\x00\x00\x00x"], ids=["part", "packed", "masked"]
)
def test_frames_that_no_server_should_send_are_refused(data: bytes) -> None:
    with pytest.raises(wire.BrokenFrame):
        list(wire.split(data))


def test_the_handshake_asks_for_no_compression() -> None:
    assert b"extensions" not in wire.handshake("127.0.0.1", 80, "/").lower()
