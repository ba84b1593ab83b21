"""Reads a tape back."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from sparring.journal import Journal
from sparring.tape.events import AnyTapeEvent, Edit

_decoder: msgspec.json.Decoder[AnyTapeEvent] = msgspec.json.Decoder(AnyTapeEvent)


@dataclass(frozen=True)
class Taped:
    """An event with its place on the tape."""

    seq: int
    at_ms: int
    lane: str
    round: int
    event: AnyTapeEvent


def read_tape(journal: Journal, session_id: str) -> list[Taped]:
    """A session's tape, in order."""
    return [
        Taped(row.seq, row.at_ms, row.lane, row.round, _decoder.decode(row.body)) for row in journal.tape(session_id)
    ]


def text_at(tape: Iterable[Taped], document: str, at_ms: int) -> str:
    """What a document's text was at a time of the tape."""
    text = ""
    for taped in tape:
        if taped.at_ms > at_ms:
            break
        if isinstance(taped.event, Edit) and taped.event.document == document:
            for position, deleted, inserted in taped.event.patches:
                text = text[:position] + inserted + text[position + deleted :]
    return text
