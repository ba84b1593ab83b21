"""Filters, orders and surprises over what both have done with each problem."""

import random

import pytest

from sparring.problems.choosing import NOT_AGAIN, Choice, Wanted, choose, difficulties_of, in_order, surprise, topics_of
from sparring.problems.seen import MARK_BYTES, decode_seen, encode_seen, mark_of

TOLLS = Choice("tolls", "Shortest path with Tolls", "medium", ("graphs",), 30, seen_at="2026-11-07T10:00:00+00:00")
SWAP = Choice("swap", "Cheapest seat swap", "easy", ("greedy", "sorting"), 20, seen_by_partner=True)
LOCKS = Choice(
    "locks", "Locks", "hard", ("graphs", "bits"), 25, seen_at="2026-11-14T10:00:00+00:00", struggled=True, is_due=True
)
STORY = Choice("story", "A conflict you settled", "easy", ("behavioural",), 15, is_oral=True)
ALL = (TOLLS, SWAP, LOCKS, STORY)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"tolls", "swap", "locks", "story"}),
        (Wanted("tolls path"), {"tolls"}),
        (Wanted("graphs"), set()),
        (Wanted("graphs", shows_details=True), {"tolls", "locks"}),
        (Wanted("hard graphs", shows_details=True), {"locks"}),
        (Wanted(topic="graphs"), {"tolls", "locks"}),
        (Wanted(difficulty="easy"), {"swap", "story"}),
        (Wanted(kind="oral"), {"story"}),
        (Wanted(kind="coding"), {"tolls", "swap", "locks"}),
        (Wanted(marks=frozenset({"new-to-me"})), {"swap", "story"}),
        (Wanted(marks=frozenset({"new-to-both"})), {"story"}),
        (Wanted(marks=frozenset({"struggled"})), {"locks"}),
        (Wanted(marks=frozenset({"due", "new-to-me"})), set()),
    ],
)
def test_all_that_is_wanted_must_hold(wanted: Wanted, found: set[str]) -> None:
    assert {one.id for one in choose(ALL, wanted)} == found


def test_the_orders() -> None:
    def ids(order: str) -> list[str]:
        return [one.id for one in in_order(ALL, order)]  # type: ignore[arg-type]

    assert ids("title") == ["story", "swap", "locks", "tolls"]
    assert ids("minutes") == ["story", "swap", "locks", "tolls"]
    assert ids("due")[0] == "locks"
    assert ids("longest ago") == ["story", "swap", "tolls", "locks"]
    assert topics_of(ALL) == ["behavioural", "bits", "graphs", "greedy", "sorting"]
    assert difficulties_of(ALL) == ["easy", "medium", "hard"]


def test_a_surprise_is_none_of_the_last_few_and_the_same_for_a_seed() -> None:
    seen = [
        Choice(str(day), f"Seen {day}", "easy", ("x",), 20, seen_at=f"2026-11-{day:02}T10:00:00+00:00")
        for day in range(1, 9)
    ]
    shuffled = random.Random(1).sample(seen, len(seen))
    drawn = {surprise(shuffled, seed=seed) for seed in range(40)}
    assert drawn == set(seen[:-NOT_AGAIN])
    assert surprise(seen, seed=7) == surprise(shuffled, seed=7)
    assert surprise(seen, {"1", "2"}, seed=3) == seen[2]
    assert surprise(seen[-NOT_AGAIN:]) is None


def test_what_was_seen_is_told_in_marks() -> None:
    told = encode_seen(["tolls", "swap"])
    assert decode_seen(told) == {mark_of("tolls"), mark_of("swap")}
    assert len(told) == 2 * MARK_BYTES
    assert decode_seen(told + b"bits") == decode_seen(told)
    assert decode_seen(b"") == frozenset()
