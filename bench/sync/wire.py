"""Websocket frames as the load generator needs them (RFC 6455): built once, masked, and read with little work."""

import base64
import os
from collections.abc import Iterator

MASK = b"\x9d\x37\xe1\x5a"
"""One key for all frames, so that they can be made beforehand. A server unmasks them as it does any other."""
BINARY = 0x82
PING = 0x89
PONG = 0x8A
CLOSE = 0x88
_SHORT, _LONG = 126, 127


class BrokenFrame(ValueError):
    """A frame that no server of ours should send here: fragmented, compressed, masked or of an unknown kind."""


def masked(data: bytes, at: int = 0) -> bytes:
    """The bytes under the mask, where the first of them is byte number `at` of its message."""
    if not data:
        return b""
    shift = at % 4
    key = (MASK[shift:] + MASK[:shift]) * (len(data) // 4 + 1)
    mixed = int.from_bytes(data, "little") ^ int.from_bytes(key[: len(data)], "little")
    return mixed.to_bytes(len(data), "little")


def head(length: int, opcode: int = BINARY) -> bytes:
    """What stands before the masked payload of a client's frame."""
    if length < _SHORT:
        size = bytes((0x80 | length,))
    elif length < 1 << 16:
        size = bytes((0x80 | _SHORT,)) + length.to_bytes(2, "big")
    else:
        size = bytes((0x80 | _LONG,)) + length.to_bytes(8, "big")
    return bytes((opcode,)) + size + MASK


def frame(payload: bytes, opcode: int = BINARY) -> bytes:
    """A whole frame of a client."""
    return head(len(payload), opcode) + masked(payload)


def handshake(host: str, port: int, path: str) -> bytes:
    """What a client says first. No compression is offered."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def split(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(opcode byte, start, end) of the payload of each whole frame of a server. What is left begins at the last end.

    Raises `BrokenFrame`.
    """
    position, size = 0, len(data)
    while size - position >= 2:
        first = data[position]
        length = data[position + 1]
        start = position + 2
        if length == _SHORT:
            start += 2
            if start > size:
                return
            length = int.from_bytes(data[position + 2 : start], "big")
        elif length == _LONG:
            start += 8
            if start > size:
                return
            length = int.from_bytes(data[position + 2 : start], "big")
        elif length > _LONG:
            raise BrokenFrame("a server's frame is masked")
        if first not in (BINARY, PING, PONG, CLOSE):
            raise BrokenFrame(f"a frame that begins with {first:#x}")
        end = start + length
        if end > size:
            return
        yield first, start, end
        position = end
