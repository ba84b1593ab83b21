"""Words of a text, and what fits what is typed."""

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.completion.context import is_code
from sparring.completion.matching import ANY_CASE, EXACT, SCATTERED, is_attribute, narrowed, prefix_at, rank, word_end
from sparring.completion.model import Completion
from sparring.completion.words import keywords, word_completions
from tests.support.work import calls_of


def at(marked: str) -> tuple[str, int]:
    """The text without its "|", and where that was."""
    position = marked.index("|")
    return marked[:position] + marked[position + 1 :], position


def names(marked: str, language: str = "text") -> list[str]:
    return [item.name for item in word_completions(*at(marked), language=language)]


def test_words_of_the_text_that_begin_like_the_one_typed() -> None:
    assert names("total count counter co|") == ["counter", "count"]


def test_the_word_being_typed_is_no_word_of_the_text() -> None:
    assert names("counter|") == []
    assert names("alpha\ncoun|ter") == []
    assert names("counter counter|") == ["counter"]


def test_near_words_come_before_far_ones_and_frequent_before_rare() -> None:
    filler = "# " + "z" * 3_000 + "\n"
    assert names("far_word\n" + filler + "far_near\nfar|") == ["far_near", "far_word"]
    assert names("visit_b visit_a visit_a visit_a\nvis|") == ["visit_a", "visit_b"]


def test_better_fits_come_first() -> None:
    assert names("leftRow left_row LRU lru lr|") == ["lru", "LRU", "left_row", "leftRow"]


def test_words_after_a_dot_stand_after_a_dot_elsewhere() -> None:
    assert names("node.left = other.right\nlocal = 1\nnode.|", "java") == ["right", "left"]
    assert "append" in names("d[1].app|", "python")
    assert names("x = 1.|", "java") == ["x"]


def test_keywords_come_after_words() -> None:
    assert names("returned = 1\nret|", "javascript") == ["returned", "return"]
    assert names("ret|") == []


@pytest.mark.parametrize(
    ("language", "some"),
    [
        ("python", {"lambda", "match", "yield"}),
        ("javascript", {"const", "typeof", "function", "null"}),
        ("typescript", {"interface", "readonly", "const"}),
        ("cpp", {"template", "constexpr", "while"}),
        ("c", {"struct", "sizeof", "typedef"}),
        ("java", {"public", "static", "class", "instanceof"}),
        ("go", {"func", "defer", "chan"}),
        ("rust", {"impl", "match", "mut"}),
        ("text", set()),
        ("no such language", set()),
    ],
)
def test_keywords_of_every_language(language: str, some: set[str]) -> None:
    found = keywords(language)
    assert some <= found
    assert not some or len(found) < 150
    assert language != "python" or set(keyword.kwlist) <= found


def test_names_with_letters_of_any_script() -> None:
    assert names("größe_der_welt 🧮 grö|") == ["größe_der_welt"]
    assert names("cafe\u0301_bar = 1; cafe\u0301|") == ["cafe\u0301_bar"]
    assert names("🧮🧮 heap_of_all\n'👩‍🚀' hea|") == ["heap_of_all"]


@pytest.mark.parametrize(
    ("name", "prefix", "fit"),
    [
        ("heappush", "heap", EXACT),
        ("heappush", "", EXACT),
        ("Heap", "he", ANY_CASE),
        ("heappush", "hps", SCATTERED),
        ("heappush", "hp", None),
        ("heap_push", "hp", SCATTERED),
        ("Exception", "en", None),
        ("heappush", "push", None),
        ("he", "hex", None),
    ],
)
def test_rank(name: str, prefix: str, fit: int | None) -> None:
    assert rank(name, prefix) == fit


def test_narrowing_keeps_the_order_among_equals() -> None:
    items = [Completion(name, "word") for name in ("sort", "Set", "set_b", "set_a")]
    assert [item.name for item in narrowed(items, "se")] == ["set_b", "set_a", "Set"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("x = 1|", True),
        ("# note|", False),
        ("x = 1  # no|te", False),
        ("# note\n|", True),
        ("'abc|", False),
        ("'abc'|", True),
        ("'it\\'s|", False),
        ("'open\n|", True),
        ('"""doc\nmore|', False),
        ('"""doc"""|', True),
        ("'''a \"\"\" b|", False),
        ("'# no comment' + |", True),
        ("f'{na|", True),
        ("f'{{na|", False),
        ("rf'{na:>|", False),
        ("f'{a}|", False),
        ("'{na|", False),
    ],
)
def test_code_is_neither_comment_nor_string(marked: str, expected: bool) -> None:
    assert is_code(*at(marked)) is expected


@pytest.mark.parametrize(
    ("marked", "prefix", "after_dot"),
    [("a.b|c", "b", True), ("1.|", "", False), ("x1.|", "", True), ("12ab|", "", False), ("a.\nb|", "b", False)],
)
def test_where_the_cursor_is(marked: str, prefix: str, after_dot: bool) -> None:
    text, position = at(marked)
    assert prefix_at(text, position) == prefix
    assert is_attribute(text, position) is after_dot


@given(st.text("ab_.1 é\u0301🧮\n\"'#{\\f", max_size=60), st.data())
def test_any_place_of_any_text(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    prefix = prefix_at(text, position)
    assert text[:position].endswith(prefix)
    assert position <= word_end(text, position) <= len(text)
    is_code(text, position)
    items = word_completions(text, position, limit=5, language="python")
    assert len(items) <= 5
    assert all(rank(item.name, prefix) is not None for item in items)
    assert len({item.name for item in items}) == len(items)


def test_the_work_grows_with_the_text_and_no_faster() -> None:
    def work(lines: int) -> int:
        text = "\n".join(f"    total_{n} = self.values[{n}].count + other_{n % 70}" for n in range(lines)) + "\nto"
        found: list[object] = []
        count = calls_of(lambda: found.extend(word_completions(text, len(text), language="python")))
        assert len(found) == 50
        return count

    assert work(4_000) < 5 * work(1_000)
