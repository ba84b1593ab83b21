"""Update logs lose nothing, and the policy never depends on the phase."""

import random

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server.documents import EMPTY_UPDATE, Access, UpdateLog, access, check_update
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.names import DocumentKind, DocumentName, parse_document


def updates_of(count: int, seed: int) -> tuple[list[bytes], str]:
    chance = random.Random(seed)
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    text = doc.get("content", type=pycrdt.Text)
    updates: list[bytes] = []
    watch = doc.observe(lambda event: updates.append(event.update))
    for _ in range(count):
        length = len(text)
        if length > 3 and chance.random() < 0.3:
            at = chance.randrange(length - 1)
            del text[at : at + 1]
        else:
            text.insert(chance.randrange(length + 1), "x")
    del watch
    return updates, str(text)


def text_from(*updates: bytes) -> str:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for update in updates:
        doc.apply_update(update)
    return str(doc.get("content", type=pycrdt.Text))


@given(count=st.integers(0, 300), seed=st.integers(0, 1_000))
@settings(max_examples=25, deadline=None)
def test_a_log_gives_back_what_was_written(count: int, seed: int) -> None:
    updates, text = updates_of(count, seed)
    log = UpdateLog()
    for update in updates:
        log.append(update)
    assert text_from(log.merged()) == text
    half = updates[: count // 2]
    partial: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for update in half:
        partial.apply_update(update)
    partial.apply_update(log.difference(partial.get_state()))
    assert str(partial.get("content", type=pycrdt.Text)) == text


def test_updates_that_wait_for_their_predecessors_are_kept() -> None:
    """A Doc drops them when it is encoded again; the log must not go through one."""
    updates, text = updates_of(5, 3)
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    log = UpdateLog()
    for update in (updates[0], updates[2], updates[4]):
        doc.apply_update(update)
        log.append(update)
    assert text_from(doc.get_update(), updates[1], updates[3]) != text
    assert text_from(log.merged(), updates[1], updates[3]) == text


def test_a_reader_who_says_nothing_new_is_known() -> None:
    updates, _ = updates_of(20, 1)
    log = UpdateLog()
    for update in updates:
        log.append(update)
    assert log.has_all_of(EMPTY_UPDATE)
    assert log.has_all_of(updates[7])
    assert not log.has_all_of(updates_of(3, 2)[0][0])


@given(st.binary(max_size=40))
def test_garbage_is_refused_or_harmless(data: bytes) -> None:
    try:
        check_update(data)
    except MalformedData:
        return
    log = UpdateLog()
    log.append(data)
    log.merged()


def test_the_policy() -> None:
    mine = DocumentName(DocumentKind.EDITOR, 1, "a" * 16)
    assert access(mine, "a" * 16, "member") is Access.READ_WRITE
    assert access(mine, "b" * 16, "member") is Access.READ_ONLY
    for name in ("session", "pad/1", "walkthrough/2", "board/32", "problem/1"):
        document = parse_document(name)
        assert document is not None
        assert access(document, "b" * 16, "member") is Access.READ_WRITE
        assert access(document, "b" * 16, "observer") is Access.READ_ONLY


@pytest.mark.parametrize(
    "name",
    [
        "", "editor", "editor/0/aaaaaaaaaaaaaaaa", "editor/1/../x", "pad/99", "session/1", "walkthrough/1\n", "board",
        "board/0", "board/33", "board/1/aaaaaaaaaaaaaaaa", "scratch/1", "problem", "problem/33",
    ],
)  # fmt: skip
def test_no_other_documents_exist(name: str) -> None:
    assert parse_document(name) is None
