"""A few letters find what is meant."""

from hypothesis import given
from hypothesis import strategies as st

from sparring.ui.shell.actions import ACTIONS
from sparring.ui.shell.matching import match
from sparring.ui.shell.palette import Entry, ranked

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


def found(query: str) -> list[str]:
    return [entry.words for entry, _ in ranked(query, [Entry(one.words, print) for one in ACTIONS])]


def test_starts_of_words_come_first() -> None:
    assert found("go se")[0] == "Go to the session"
    assert "Go to the settings" in found("stg")
    assert found("rev")[0] == "Ready to reveal"
    assert found("full")[0] == "Full screen, without the rail"
    assert found("hard")[0] == "Rate: hard"


def test_the_order_of_the_terms_is_free() -> None:
    assert "Go to the journal" in found("journal go")
    assert found("nothing of the kind") == []


def test_with_nothing_typed_everything_comes_as_it_was() -> None:
    assert found("") == [one.words for one in ACTIONS]


def test_what_cannot_be_done_comes_last() -> None:
    one, other = Entry("Skip the break", print, why_not="there is no break"), Entry("Go to Today, skip", print)
    assert [entry for entry, _ in ranked("skip", [one, other])] == [other, one]


@given(words, words)
def test_a_match_has_all_letters_in_order(query: str, text: str) -> None:
    found = match(query, text)
    if found is not None:
        assert all(0 <= place < len(text) for place in found.places)
        meant = {letter for place in found.places for letter in text[place].casefold()}
        assert {letter for letter in query.casefold() if not letter.isspace()} <= meant


@given(st.text("abc de", min_size=1, max_size=15), st.data())
def test_every_subsequence_of_a_word_is_found(text: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, len(text) - 1)))
    query = "".join(text[place] for place in sorted(places) if text[place] != " ")
    assert match(query, text) is not None
