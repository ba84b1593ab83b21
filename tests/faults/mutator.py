"""Makes bad messages out of good ones: in their bytes, in their fields, and in what the fields hold."""

import json
import random
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from sparring_server.protocol import frames
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.presence import Presence, decode_presences, encode_presences
from tests.faults.recording import Conversation

LONG_NUMBERS = (b"\xff" * 7 + b"\x0f", b"\xff" * 9 + b"\x01", b"\x80" * 12, b"\x80\x80\x80\x80\x08")
NAMES = ("", "session", "session\0x", "pad/0", "pad/99", "editor/1/../../etc", "editor/1/x", "problem/33", "🧮", "\0")
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**53, 1e308, float("nan"), "", "x" * 3_000, "\0", "\ud800", [], {}, [[[[]]]], {"a": {"b": 1}},
)  # fmt: skip
MAX_CUT = 16
MAX_BAD = 12


class Mutator:
    """Mutations of recorded conversations, the same for the same seed."""

    def __init__(self, conversations: Sequence[Conversation], seed: int) -> None:
        self._conversations = conversations
        self._pool = [message for conversation in conversations for message in conversation]
        self._chance = random.Random(seed)

    def conversation(self) -> list[bytes]:
        """A good beginning, which may be empty, and then bad messages, mostly of the kinds that were just said."""
        whole = self._chance.choice(self._conversations)
        good = self._chance.choice((0, 1, 2, 4, self._chance.randrange(len(whole) + 1)))
        known = whole[: good + 1] if self._chance.random() < 0.9 else self._pool
        bad = [self.message(self._chance.choice(known)) for _ in range(self._chance.randint(1, MAX_BAD))]
        return [*whole[:good], *bad]

    def message(self, message: bytes) -> bytes:
        """One bad message, or by chance one that is as good as before."""
        if self._chance.random() < 0.6:
            message = self._with_other_fields(message)
        else:
            message = self._with_other_bytes(message)
        return self._with_other_bytes(message) if self._chance.random() < 0.1 else message

    # Bytes.

    def _with_other_bytes(self, data: bytes) -> bytes:
        at = self._chance.randrange(len(data) + 1)
        end = min(len(data), at + self._chance.randint(1, MAX_CUT))
        match self._chance.randrange(7):
            case 0 if at < len(data):
                return data[:at] + bytes((data[at] ^ 1 << self._chance.randrange(8),)) + data[at + 1 :]
            case 1:
                return data[:at] + self._chance.randbytes(self._chance.randint(1, MAX_CUT)) + data[at:]
            case 2:
                return data[:at] + data[end:]
            case 3:
                return data[:end] + data[at:]
            case 4:
                return data[:at]
            case 5:
                return data[:at] + self._chance.choice(LONG_NUMBERS) + data[at:]
            case _:
                other = self._chance.choice(self._pool)
                return data[:at] + other[self._chance.randrange(len(other) + 1) :]

    # Fields.

    def _with_other_fields(self, data: bytes) -> bytes:
        try:
            frame = frames.decode(data)
        except MalformedData:
            return self._with_other_bytes(data)
        if isinstance(frame, frames.Ping | frames.Pong):
            return self._with_other_bytes(data)
        name = self._chance.choice([field.name for field in fields(frame)])
        if name == "document":
            other = self._chance.choice((*NAMES, f"pad/{self._chance.randint(1, 40)}"))
            return frames.encode(replace(frame, document=other))
        return frames.encode(replace(frame, **{name: self._other(frame, getattr(frame, name))}))

    def _other(self, frame: frames.Frame, value: object) -> object:
        match value:
            case bytes() if isinstance(frame, frames.Awareness):
                return self._other_presence(value)
            case bytes():
                return self._with_other_bytes(value)
            case str() if value.startswith("{"):
                return self._other_json(value)
            case str():
                return self._chance.choice((*NAMES, value * 40))
            case _:
                return value

    def _other_presence(self, update: bytes) -> bytes:
        if self._chance.random() < 0.3:
            return self._with_other_bytes(update)
        entries = decode_presences(update)
        made = [
            Presence(
                self._chance.choice((entry.client_id, 0, 2**53 - 1, self._chance.getrandbits(40))),
                self._chance.choice((entry.clock, 0, 2**53 - 1, entry.clock + 1)),
                self._chance.choice(
                    (entry.state, "null", "", "{", "[]", '{"member":3}', self._other_json(entry.state))
                ),
            )
            for entry in entries * self._chance.choice((1, 1, 2, 70))
        ]
        return encode_presences(made)

    def _other_json(self, text: str) -> str:
        try:
            value = json.loads(text)
        except ValueError:
            return text[: self._chance.randrange(len(text) + 1)]
        if not isinstance(value, dict) or not value:
            return text
        key = self._chance.choice(sorted(value))
        match self._chance.randrange(4):
            case 0:
                del value[key]
            case 1:
                value[str(self._chance.choice(NAMES))] = self._chance.choice(VALUES)
            case _:
                value[key] = self._chance.choice(VALUES)
        return json.dumps(value).encode(errors="replace").decode()
