"""Find and replace."""

import pytest

from sparring.editing import Selection, apply_edits
from sparring.editing.search import BadPattern, Query, find_all, next_match, replace


def found(text: str, query: Query) -> list[str]:
    return [text[one.start : one.stop] for one in find_all(text, query)]


def test_plain_words_are_found_whatever_their_case_unless_it_matters() -> None:
    assert found("Total total", Query("total")) == ["Total", "total"]
    assert found("Total total", Query("total", match_case=True)) == ["total"]
    assert found("total totals", Query("total", whole_word=True)) == ["total"]
    assert found("a.b axb", Query("a.b")) == ["a.b"]


def test_regular_expressions_look_at_lines() -> None:
    assert found("a = 1\nb = 2", Query(r"^\w", is_regex=True)) == ["a", "b"]
    assert found("abc", Query("x*", is_regex=True)) == []


def test_an_expression_that_is_not_finished_says_so() -> None:
    with pytest.raises(BadPattern, match="no regular expression yet"):
        find_all("abc", Query("(", is_regex=True))
    with pytest.raises(BadPattern, match="cannot be used"):
        replace("abc", Query("b", is_regex=True), r"\7")


def test_an_expression_that_would_take_for_ever_is_given_up() -> None:
    with pytest.raises(BadPattern, match="too long"):
        find_all("a" * 200_000 + "b", Query("(?:a|a?)+$c|(a*)*(a*)*$c", is_regex=True))


def test_next_and_previous_go_round() -> None:
    matches = find_all("x.x.x", Query("x"))
    assert next_match(matches, Selection(0, 1)) == Selection(2, 3)
    assert next_match(matches, Selection(4, 5)) == Selection(0, 1)
    assert next_match(matches, Selection(0, 1), backwards=True) == Selection(4, 5)
    assert next_match((), Selection.at(0)) is None


def test_replacing_one_and_all() -> None:
    text = "a1 b2"
    query = Query(r"(\w)(\d)", is_regex=True)
    assert apply_edits(text, replace(text, query, r"\2\1").edits) == "1a 2b"
    assert apply_edits(text, replace(text, query, "-", only=Selection(3, 5)).edits) == "a1 -"
    assert apply_edits("a.b", replace("a.b", Query("."), r"\1").edits) == r"a\1b"
