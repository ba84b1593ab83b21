"""Update logs lose nothing, and what somebody lacks is the same whether or not a log was merged before."""

import random
from collections.abc import Callable, Sequence

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server import update_log
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.update_log import EMPTY_STATE_VECTOR, EMPTY_UPDATE, UpdateLog, check_update


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


class Author:
    """Somebody who types into a text of their own copy, and the updates of that."""

    def __init__(self, client: int) -> None:
        self.doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc(client_id=client)
        self.text = self.doc.get("content", type=pycrdt.Text)

    def types(self, at: int, deletes: bool) -> bytes:
        before = self.doc.get_state()
        length = len(self.text)
        if deletes and length:
            del self.text[at % length : min(length, at % length + 2)]
        else:
            self.text.insert(at % (length + 1), "ab")
        return self.doc.get_update(before)


def clocks(state_vector: bytes) -> list[bytes]:
    """A state vector's parts in an order of their own, since that of the bytes is any."""
    count, rest = state_vector[0], state_vector[1:]
    numbers, number = [], b""
    for byte in rest:
        number += bytes([byte])
        if byte < 0x80:
            numbers.append(number)
            number = b""
    assert len(numbers) == 2 * count
    return sorted(numbers[i] + numbers[i + 1] for i in range(0, len(numbers), 2))


Asker = tuple[bytes, bytes]
"""A state vector, and an update with all that its owner has."""
NOBODY = (EMPTY_STATE_VECTOR, EMPTY_UPDATE)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 50), st.booleans(),
        st.sampled_from(("arrives", "arrives", "arrives", "late", "twice", "hears")),
    ),
    min_size=1, max_size=60,
)  # fmt: skip


@given(steps=STEPS, asks=st.sets(st.integers(0, 59)), share=st.sampled_from((1, 4, 16)))
@settings(max_examples=120, deadline=None)
def test_who_comes_gets_the_same_as_from_all_of_it_merged_at_once(
    steps: list[tuple[int, int, bool, str]], asks: set[int], share: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update_log, "BASE_BYTES", 20)
        patch.setattr(update_log, "TAIL_SHARE", share)
        patch.setattr(update_log, "FAN_OUT", 5)
        authors = [Author(client) for client in (7, 300, 2**40)]
        log, came, late = UpdateLog(), [EMPTY_UPDATE], [EMPTY_UPDATE]
        known = [NOBODY]
        for number, (author, at, deletes, fate) in enumerate(steps):
            update = authors[author].types(at, deletes)
            if fate == "hears" and len(late) == 1:
                authors[author].doc.apply_update(pycrdt.merge_updates(*came))
            known.append((authors[author].doc.get_state(), authors[author].doc.get_update()))
            if fate == "late":
                late.append(update)
            for _ in range({"late": 0, "twice": 2}.get(fate, 1)):
                log.append(update)
                came.append(update)
            if number in asks:
                check(log, came, late, (*known[-4:], NOBODY))
        check(log, came, late, known)
        assert log.size_bytes == sum(map(len, log.pieces()))


def check(log: UpdateLog, came: list[bytes], late: list[bytes], askers: Sequence[Asker]) -> None:
    """Whoever asks has the whole text afterwards, and all of it once what is late has come as well."""
    everything = pycrdt.merge_updates(*came)
    assert clocks(log.state_vector()) == clocks(pycrdt.get_state(everything))
    whole, in_the_end = text_from(everything), text_from(pycrdt.merge_updates(everything, *late))
    for state_vector, has in askers:
        answer, plain = log.answer(state_vector), pycrdt.get_update(everything, state_vector)
        # Merged first: a document that gets them out of order may leave some waiting (see `answer`).
        assert text_from(pycrdt.merge_updates(has, *answer)) == text_from(pycrdt.merge_updates(has, plain))
        assert text_from(pycrdt.merge_updates(has, *answer, *late)) == in_the_end
        if has == EMPTY_UPDATE:
            assert text_from(*answer) == whole
            if len(late) == 1:
                # What others type may be heard between the token and the step 1; the log has it too.
                assert all(text_from(*came[-count:], *answer) == whole for count in (1, 3))


def test_a_newcomer_to_a_long_log_costs_the_reading_of_its_tail_only(monkeypatch: pytest.MonkeyPatch) -> None:
    updates, text = updates_of(3_000, 5)
    log = UpdateLog(updates[:-50])
    log.merged()
    read: list[int] = []
    monkeypatch.setattr(pycrdt, "merge_updates", counting(pycrdt.merge_updates, read))
    monkeypatch.setattr(pycrdt, "get_state", counting(pycrdt.get_state, read))
    monkeypatch.setattr(pycrdt, "get_update", counting(pycrdt.get_update, read))
    log.append(updates[-50])
    log.answer(EMPTY_STATE_VECTOR)
    assert sum(read) > len(log.merged())
    log = UpdateLog(updates[:-50])
    log.merged()
    for number, update in enumerate(updates[-50:]):
        log.append(update)
        if number == 0:
            log.state_vector()
            read.clear()
        answer = log.answer(EMPTY_STATE_VECTOR)
        state_vector = log.state_vector()
        back = log.answer(state_vector)
        assert text_from(*answer, *back) == text if number == 49 else True
    assert sum(read) < 50 * 3 * 2_000
    assert len(log.pieces()[0]) > 16_384


def counting(function: Callable[..., bytes], read: list[int]) -> Callable[..., bytes]:
    def counted(*updates: bytes) -> bytes:
        read.append(sum(map(len, updates)))
        return function(*updates)

    return counted


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("state_vector", [b"", b"\x01", b"\x02\x01\x01", b"\xff" * 12])
def test_a_state_vector_that_cannot_be_read_is_refused(state_vector: bytes, is_long: bool) -> None:
    updates, _ = updates_of(2_000 if is_long else 20, 5)
    log = UpdateLog(updates[:-5])
    log.merged()
    for update in updates[-5:]:
        log.append(update)
    with pytest.raises(MalformedData):
        log.answer(state_vector)
    assert (len(log.pieces()) > 1) is is_long
