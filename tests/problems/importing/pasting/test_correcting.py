"""What a person corrects in what was understood, and whatever else is pasted."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems.importing.pasting import (
    EXPECTED,
    HIDDEN,
    NAME,
    Pasted,
    PasteForm,
    corrected,
    draft_of,
    read_paste,
    with_case,
    without_case,
)


def read(text: str = "", **fields: Any) -> Pasted:
    return read_paste(PasteForm(text, **fields))


FORM = PasteForm("T\nInput: nums = [1], k = 2\nOutput: 3\nInput: nums = [5, ..., 7], k = 1\nOutput: 6")


def test_a_cell_is_corrected_and_stays_so_while_its_text_stays() -> None:
    form = replace(FORM, signature="f(nums: list[int], k: int) -> int")
    form = corrected(form, 0, 0, "[1]", "[1, 1]")
    form = corrected(form, 0, EXPECTED, "3", "4")
    form = corrected(form, 0, NAME, "example 1", "the small one")
    form = corrected(form, 0, HIDDEN, "", "hidden")
    case = read_paste(form).cases[0]
    assert (case.name, case.hidden, case.inputs, case.expected) == ("the small one", True, ("[1, 1]", "2"), "4")
    other = read_paste(replace(form, text=form.text.replace("[1]", "[7]")))
    assert other.cases[0].inputs[0] == "[7]"
    assert other.cases[0].expected == "4"
    assert len(corrected(form, 0, EXPECTED, "3", "3").corrections) == 3


def test_a_cell_is_corrected_twice() -> None:
    form = corrected(FORM, 0, EXPECTED, "3", "4")
    form = corrected(form, 0, EXPECTED, "4", "5")
    assert read_paste(form).cases[0].expected == "5"
    assert corrected(form, 0, EXPECTED, "5", "3").corrections == ()


def test_a_case_is_written_by_hand_and_corrected_in_the_table() -> None:
    form = with_case(with_case(FORM))
    for column, text in ((0, "[9]"), (1, "9"), (EXPECTED, "18")):
        form = corrected(form, 3, column, "", text)
    pasted = read_paste(form)
    assert [one.name for one in pasted.cases] == ["example 1", "example 2", "case 3", "case 4"]
    assert pasted.cases[3].inputs == ("[9]", "9")
    assert ([9], 9) in [case.arguments for case in pasted.ready]


def test_a_case_is_taken_out_and_the_corrections_below_go_along() -> None:
    form = with_case(corrected(FORM, 1, EXPECTED, "6", "7"))
    form = corrected(form, 2, 0, "", "[8]")
    form = without_case(form, read_paste(form), 0)
    pasted = read_paste(form)
    assert [(case.inputs[0], case.expected) for case in pasted.cases] == [("[5, ..., 7]", "7"), ("[8]", "")]
    form = without_case(form, pasted, 1)
    assert [case.expected for case in read_paste(form).cases] == ["7"]
    assert without_case(form, pasted, 9) is form


def test_title_mode_and_signature_can_be_chosen() -> None:
    pasted = read("A\nInput:\n3\nOutput:\n4", title="Better", mode="program")
    assert (pasted.title, pasted.mode, pasted.ready[0].stdin) == ("Better", "program", "3\n")
    again = read("A\nInput:\n3\nOutput:\n4", mode="function", difficulty="hard")
    assert (again.signature_words, again.difficulty) == ("a(n: int) -> int", "hard")


# Whatever is pasted.

PILED_UP = (
    "\n",
    " ",
    "e.g. ",
    "Input: ",
    "f(",
    "[",
    "->",
    "/**\n",
    "vector<",
    "a: ",
    "'",
    "@param {",
    "x\n\n",
    "1 ",
    "*",
)


@pytest.mark.parametrize("piece", PILED_UP)
def test_what_is_piled_up_is_read_to_its_end(piece: str) -> None:
    """Each of these once took the reader minutes, or its stack, or might have."""
    pile = piece * (6_000 // len(piece))
    for fields in (
        {"text": f"T\nInput: x = {pile}\nOutput: 3"},
        {"signature": pile},
        {"examples": pile},
        {"text": pile},
    ):
        assert read(**fields).troubles is not None


PIECES = st.sampled_from(
    [
        "Example 1:",
        "Input:",
        "Output:",
        "Input: x = [1, 2]",
        "Output: 3",
        "Explanation: so",
        "Constraints:",
        "1 <= n",
        "Sample Input 1",
        "Sample Output 1",
        "```",
        "Hint 1: think",
        "def f(a: int) -> int:",
        "class Solution:",
        "Copy",
        "",
        ">>> f(1)",
        "f(1) -> 2",
        "3 4",
        "\u200b",
        "\ud800",
        "Some words about it, and more of them.",
        "| a | b |",
        "Input",
        "Follow-up: faster?",
        "Easy",
        "2. Title",
        "[[1,2],[3]]",
        "“a”",
        "function f(a) {",
        "time limit per test: 2 s",
        "\x00",
    ]
)


@settings(max_examples=40)
@given(st.lists(PIECES | st.text(max_size=20), max_size=14), st.lists(PIECES, max_size=4), PIECES)
def test_nothing_that_is_pasted_breaks_it(lines: list[str], examples: list[str], signature: str) -> None:
    pasted = read("\n".join(lines), examples="\n".join(examples), signature=signature)
    assert len(pasted.ready) <= len(pasted.cases)
    assert all(one.words for one in pasted.troubles)
    assert all(len(case.inputs) == len(pasted.columns) for case in pasted.cases)
    if pasted.can_be_kept:
        draft_of(pasted)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(-99, 99), max_size=5), st.text(st.characters(codec="utf-8"), max_size=8)),
        min_size=1,
        max_size=4,
        unique_by=str,
    )
)
def test_what_is_written_in_the_usual_way_comes_back_as_it_was(rows: list[tuple[list[int], str]]) -> None:
    text = "Any\n" + "\n".join(
        f"Input: nums = {json.dumps(nums)}, s = {json.dumps(word)}\nOutput: {len(nums)}" for nums, word in rows
    )
    pasted = read(text)
    assert [case.arguments for case in pasted.ready] == [(nums, word) for nums, word in rows]
    assert pasted.troubles == ()
