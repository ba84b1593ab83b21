"""Undo: mine only, one intent at a time, and still so after the connection was lost."""

from collections.abc import Callable

import pycrdt
import pytest

from sparring.editing import Edit
from sparring.live.document import SharedDocument
from sparring.live.text import UNDO_GROUP_EDITS, UNDO_GROUP_SECONDS, Intent, SharedText
from tests.support.partners import Partner, Room, in_focus, reveal, same_text


class Hand:
    """Types into a text, by a clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.shared = SharedText(pycrdt.Doc(), monotonic=lambda: self.now)
        self.at = 0

    @property
    def text(self) -> str:
        return self.shared.value

    def type(self, text: str) -> "Hand":
        for letter in text:
            self.shared.replace((Edit(self.at, self.at, letter),), Intent.TYPE)
            self.at += 1
        return self

    def backspace(self, count: int = 1) -> "Hand":
        for _ in range(count):
            self.shared.replace((Edit(self.at - 1, self.at, ""),), Intent.DELETE)
            self.at -= 1
        return self

    def command(self, text: str) -> "Hand":
        """A paste, say."""
        self.shared.replace((Edit(self.at, self.at, text),), Intent.COMMAND)
        self.at += len(text)
        return self

    def go(self, place: int) -> "Hand":
        self.at = place
        return self

    def wait(self, seconds: float) -> "Hand":
        self.now += seconds
        return self

    def take_back(self) -> list[str]:
        """What the text is after each undo."""
        seen = []
        while self.shared.undo():
            seen.append(self.text)
        return seen


@pytest.mark.parametrize(
    ("act", "undone"),
    [
        (lambda hand: hand.type("one"), [""]),
        (lambda hand: hand.type("one").backspace(2), ["one", ""]),
        (lambda hand: hand.type("one").backspace(2).type("ff"), ["o", "one", ""]),
        (lambda hand: hand.type("a").command("pasted").type("b"), ["apasted", "a", ""]),
        (lambda hand: hand.command("x").command("y"), ["x", ""]),
        (lambda hand: hand.type("one\n").type("two"), ["one\n", ""]),
        (lambda hand: hand.type("one").wait(UNDO_GROUP_SECONDS + 0.1).type("two"), ["one", ""]),
        (lambda hand: hand.type("one").wait(UNDO_GROUP_SECONDS - 0.1).type("two"), [""]),
        (lambda hand: hand.type("one").go(0).type("two"), ["one", ""]),
        (lambda hand: hand.type("x" * UNDO_GROUP_EDITS + "y"), ["x" * UNDO_GROUP_EDITS, ""]),
    ],
)
def test_groups_follow_intents(act: Callable[[Hand], Hand], undone: list[str]) -> None:
    assert act(Hand()).take_back() == undone


def test_what_is_taken_back_comes_again_until_i_type() -> None:
    hand = Hand().type("one").command(" two")
    assert hand.shared.undo()
    assert hand.shared.undo()
    assert hand.shared.redo()
    assert hand.text == "one"
    hand.go(3).type("!")
    assert not hand.shared.redo()
    assert hand.text == "one!"


def test_an_undo_between_two_keys_ends_the_run() -> None:
    hand = Hand().type("ab")
    hand.shared.undo()
    hand.shared.redo()
    hand.type("c")
    assert hand.take_back() == ["ab", ""]


def test_all_that_is_one_is_taken_back_as_one() -> None:
    hand = Hand().type("before ")
    hand.shared.group_all(True)
    hand.command("x").type("one\n").wait(60).backspace(2).go(0).type("y")
    hand.shared.group_all(False)
    hand.type("z")
    assert hand.text == "yzbefore xon"
    assert hand.take_back() == ["ybefore xon", "before ", ""]


def test_a_move_ends_what_is_one() -> None:
    hand = Hand()
    hand.shared.group_all(True)
    hand.type("one")
    hand.shared.end_group()
    hand.type("two")
    assert hand.take_back() == ["one", ""]


async def notes_of(ana: Partner, ben: Partner) -> tuple[SharedDocument, SharedDocument]:
    """A text that both write."""
    await in_focus(ana, ben)
    await reveal(ana, ben)
    assert ana.session.round is not None
    assert ben.session.round is not None
    return ana.session.round.notes, ben.session.round.notes


async def test_after_a_lost_connection_undo_is_still_mine_only(room: Room) -> None:
    ana, ben = await room.both()
    anas_notes, bens_notes = await notes_of(ana, ben)
    anas, bens = SharedText(anas_notes.doc), SharedText(bens_notes.doc)
    anas.edit(0, 0, "ana 1. ")
    assert await same_text([anas_notes, bens_notes]) == "ana 1. "
    bens.edit(len(bens.value), 0, "ben 1. ")
    assert await same_text([anas_notes, bens_notes]) == "ana 1. ben 1. "

    await ana.is_gone()
    anas.edit(len(anas.value), 0, "ana 2. ")
    bens.edit(0, 0, "ben 2. ")
    ana.session.start()
    text = await same_text([anas_notes, bens_notes])
    assert text == "ben 2. ana 1. ben 1. ana 2. "

    assert anas.undo()
    assert await same_text([anas_notes, bens_notes]) == "ben 2. ana 1. ben 1. "
    assert anas.undo()
    assert await same_text([anas_notes, bens_notes]) == "ben 2. ben 1. "
    assert not anas.undo()
    assert bens.undo()
    assert await same_text([anas_notes, bens_notes]) == "ben 1. "
    assert anas.redo()
    assert anas.redo()
    assert await same_text([anas_notes, bens_notes]) == "ana 1. ben 1. ana 2. "


async def test_undone_offline_is_undone_for_both(room: Room) -> None:
    ana, ben = await room.both()
    anas_notes, bens_notes = await notes_of(ana, ben)
    anas, bens = SharedText(anas_notes.doc), SharedText(bens_notes.doc)
    anas.edit(0, 0, "mine ")
    await same_text([anas_notes, bens_notes])
    await ana.is_gone()
    assert anas.undo()
    bens.edit(len(bens.value), 0, "theirs")
    assert (anas.value, bens.value) == ("", "mine theirs")
    ana.session.start()
    assert await same_text([anas_notes, bens_notes]) == "theirs"
    assert anas.redo()
    assert await same_text([anas_notes, bens_notes]) == "mine theirs"
