"""What the clients of a room type: real Yjs updates, made by pycrdt, in the order in which they go out."""

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pycrdt

from bench.sync import dialects, merged, wire
from sparring_server.protocol.lib0 import Reader, var_bytes

TEXT = "content"
RUN_OF_KEYS = 12
"""After so many keys the cursor goes elsewhere."""
DELETIONS = 0.1
RECORDED = 6_000
"""Transactions of a recorded evening that are made ready; no run gets further."""
PIECES, PIECE_CHARACTERS = 20, 512
"""10 KB of text, as a session brings it: not in one go."""
CLIENT_IDS = (2_711_828_182, 3_141_592_653)
"""Of the size that Yjs draws by chance, always the same, so that all rooms can share the bytes."""


Frame = tuple[bytes, bytes, bytes, int]
"""What stands before the masked name of the document, what follows it masked, the same unmasked, and the author's
clock after it."""


class Script:
    """Updates of two authors, and who is next at each position. `frames` has them ready to be sent."""

    def __init__(self, order: Sequence[int], updates: tuple[list[bytes], list[bytes]]) -> None:
        self.order = order
        self._updates = updates
        self.frames: tuple[list[Frame], list[Frame]] = ([], [])
        self._prefix_bytes = 0

    def make_frames(self, prefix_bytes: int) -> None:
        """Have a frame of every update, for documents whose names take so many bytes."""
        if prefix_bytes != self._prefix_bytes:
            self._prefix_bytes = prefix_bytes
            for made in self.frames:
                made.clear()
        for updates, made, client in zip(self._updates, self.frames, CLIENT_IDS, strict=True):
            for update in updates[len(made) :]:
                body = dialects.sync_message(dialects.UPDATE, update)
                clock = merged.reach(update)[0].get(client, made[-1][3] if made else 0)
                made.append((wire.head(prefix_bytes + len(body)), wire.masked(body, prefix_bytes), body, clock))

    def at_least(self, positions: int) -> None:
        """Raise `ValueError` if there are not so many positions."""
        if positions > len(self.order):
            raise ValueError(f"the script ends at {len(self.order)}, and {positions} positions are asked for")


class Typing(Script):
    """Both type one character after the other, turn and turn about; as long as anybody asks."""

    def __init__(self) -> None:
        self._docs: list[Any] = []
        self._texts: list[Any] = []
        self._order: list[int] = []
        self._watches: list[Any] = []
        updates: tuple[list[bytes], list[bytes]] = ([], [])
        for author in (0, 1):
            self._watches.append(_text_of(author, updates[author], self._docs, self._texts))
        super().__init__(self._order, updates)

    def at_least(self, positions: int) -> None:
        while len(self._order) < positions:
            author = len(self._order) % 2
            self._texts[author].insert(len(self._order) // 2, "x")
            self._order.append(author)


def _text_of(author: int, updates: list[bytes], docs: list[Any], texts: list[Any]) -> Any:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc(client_id=CLIENT_IDS[author])
    docs.append(doc)
    texts.append(doc.get(TEXT, type=pycrdt.Text))
    return doc.observe(lambda event: updates.append(event.update))


def pieces() -> Script:
    """10 KB of text by the first author."""
    docs: list[Any] = []
    texts: list[Any] = []
    updates: list[bytes] = []
    watch = _text_of(0, updates, docs, texts)
    for number in range(PIECES):
        texts[0].insert(number * PIECE_CHARACTERS, ("x" * 63 + "\n") * (PIECE_CHARACTERS // 64))
    del watch
    return Script([0] * PIECES, (updates, []))


def edits(count: int) -> list[bytes]:
    """One author's long evening: runs of keys here and there, some of them deletions."""
    chance = random.Random(count)
    docs: list[Any] = []
    texts: list[Any] = []
    updates: list[bytes] = []
    watch = _text_of(0, updates, docs, texts)
    position = length = 0
    for number in range(count):
        if number % RUN_OF_KEYS == 0:
            position = chance.randint(0, length)
        if position and chance.random() < DELETIONS:
            del texts[0][position - 1 : position]
            position, length = position - 1, length - 1
        else:
            texts[0].insert(position, "x")
            position, length = position + 1, length + 1
    del watch
    return updates


def kept(file: Path, count: int) -> None:
    """Have `edits(count)` in a file: they take seconds to make."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(var_bytes(update) for update in edits(count)))


def from_file(file: Path) -> Script:
    """What `kept` left, as one author's script."""
    reader = Reader(file.read_bytes())
    updates = []
    while reader.remaining:
        updates.append(reader.var_bytes(1 << 20))
    return Script([0] * len(updates), (updates, []))


def characters(file: Path) -> int:
    """How long the text is after what `kept` left."""
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    reader = Reader(file.read_bytes())
    with document.transaction():
        while reader.remaining:
            document.apply_update(reader.var_bytes(1 << 20))
    return len(document.get(TEXT, type=pycrdt.Text))


def recorded(trace: Path, most: int = RECORDED) -> Script:
    """The first hours of a recorded evening of two people who type at the same time, each seeing the other late."""
    docs: list[Any] = []
    texts: list[Any] = []
    updates: tuple[list[bytes], list[bytes]] = ([], [])
    watches = [_text_of(author, updates[author], docs, texts) for author in (0, 1)]
    # The docs also report what they take over from the other, which is not sent again.
    order: list[int] = []
    ordinal: list[int] = []
    own: tuple[list[bytes], list[bytes]] = ([], [])
    seen = [0, 0]
    for transaction in json.loads(gzip.decompress(trace.read_bytes()))["txns"][:most]:
        author = transaction["agent"]
        other = 1 - author
        for parent in transaction["parents"]:
            if order[parent] == other:
                for update in own[other][seen[author] : ordinal[parent] + 1]:
                    docs[author].apply_update(update)
                seen[author] = max(seen[author], ordinal[parent] + 1)
        updates[author].clear()
        with docs[author].transaction():
            for position, deleted, inserted in transaction["patches"]:
                # Positions are characters; the recording has nothing beyond ASCII that would count otherwise.
                if deleted:
                    del texts[author][position : position + deleted]
                if inserted:
                    texts[author].insert(position, inserted)
        order.append(author)
        ordinal.append(len(own[author]))
        own[author].extend(updates[author][-1:])
    del watches
    return Script(order, own)
