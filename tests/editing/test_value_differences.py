"""What differs between two values is marked, and stays in view however long they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.editing.value_differences import MAX_ALONE, Piece, abbreviated, compare_values


def written(pieces: tuple[Piece, ...]) -> str:
    """Changes in brackets, gaps as three points."""
    marks = {"same": "{}", "changed": "[{}]", "gap": "…"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("expected", "got", "left", "right"),
    [
        ("(1, 2, 3)", "(1, 2, 4)", "(1, 2, [3])", "(1, 2, [4])"),
        ("123", "143", "[123]", "[143]"),
        ("1.5 2", "1.25 2", "[1.5] 2", "[1.25] 2"),
        ("()", "(1)", "()", "([1])"),
        ("a\n", "a", "a[\n]", "a"),
        ("True", "False", "[True]", "[False]"),
        ("(1, 2, 3)", "(1, 3)", "(1, [2, ]3)", "(1, 3)"),
        ("same", "same", "same", "same"),
        ("", "x", "", "[x]"),
    ],
)
def test_what_differs_is_marked(expected: str, got: str, left: str, right: str) -> None:
    one, other = compare_values(expected, got)
    assert (written(one), written(other)) == (left, right)


def test_a_difference_deep_in_long_values_is_in_view() -> None:
    numbers = list(range(20_000))
    other = [*numbers[:15_000], 7, *numbers[15_001:]]
    left, right = compare_values(str(numbers), str(other))
    assert (Piece("15000", "changed") in left, Piece("7", "changed") in right) == (True, True)
    assert sum(len(piece.text) for piece in left) < 400
    assert [piece.kind for piece in left].count("gap") == 2


def test_outputs_that_have_nothing_in_common_are_cut_too() -> None:
    left, right = compare_values("ab\n" * 5_000, "abc\n" * 5_000)
    assert max(sum(len(piece.text) for piece in side) for side in (left, right)) < 1_500


def test_a_value_alone_loses_its_middle() -> None:
    assert abbreviated("short") == (Piece("short"),)
    first, gap, last = abbreviated("x" * 10_000)
    assert (gap.kind, len(first.text + last.text)) == ("gap", MAX_ALONE)


@given(st.text("ab1, \n", max_size=60), st.text("ab1, \n", max_size=60))
def test_short_texts_are_whole_and_what_is_unmarked_is_the_same(one: str, other: str) -> None:
    left, right = compare_values(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    same = ["".join(piece.text for piece in side if piece.kind == "same") for side in (left, right)]
    assert same[0] == same[1]
