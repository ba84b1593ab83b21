"""Websocket frames in a stream of bytes, as far as a relay needs them (RFC 6455, section 5.2)."""

from dataclasses import dataclass
from typing import Self

_MASK_BIT = 0x80
_LENGTHS = {126: 2, 127: 8}
BINARY = 2


@dataclass(frozen=True, slots=True)
class Message:
    """One frame: its raw bytes as they came, and what is in it."""

    raw: bytes
    opcode: int
    is_final: bool
    payload: bytes

    @property
    def is_whole(self) -> bool:
        """A binary message in one frame, which is all that either end of ours sends."""
        return self.opcode == BINARY and self.is_final


class FrameReader:
    """Takes bytes, gives frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Self:
        self._buffer += data
        return self

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Message:
        buffer = self._buffer
        if len(buffer) < 2:
            raise StopIteration
        length, at = buffer[1] & 0x7F, 2
        if length in _LENGTHS:
            at += _LENGTHS[length]
            if len(buffer) < at:
                raise StopIteration
            length = int.from_bytes(buffer[2:at], "big")
        key = b""
        if buffer[1] & _MASK_BIT:
            key, at = bytes(buffer[at : at + 4]), at + 4
        end = at + length
        if len(buffer) < end:
            raise StopIteration
        raw = bytes(buffer[:end])
        del buffer[:end]
        payload = _unmask(raw[at:], key) if key else raw[at:]
        return Message(raw, raw[0] & 0x0F, bool(raw[0] & 0x80), payload)


def _unmask(payload: bytes, key: bytes) -> bytes:
    length = len(payload)
    mask = (key * (length // 4 + 1))[:length]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")
