"""Values as people write them."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems.importing.pasting.literals import LiteralError, is_balanced, read_literal, split_top

VALUES: list[tuple[str, Any]] = [
    ("3", 3),
    ("-7", -7),
    ("+7", 7),
    ("−7", -7),
    ("2.50", 2.5),
    ("1e3", 1000.0),
    ("1_000", 1000),
    (".5", 0.5),
    ("3L", 3),
    ("1.5f", 1.5),
    ("true", True),
    ("False", False),
    ("null", None),
    ("None", None),
    ("nullptr", None),
    ("nil", None),
    ('"a b"', "a b"),
    ("'a'", "a"),
    ("`x`", "x"),
    ("“smart”", "smart"),
    ("‘x’", "x"),
    (r'"a\"b\n"', 'a"b\n'),
    (r'"\u00e9\x41"', "éA"),
    ("[]", []),
    ("[1,2,3]", [1, 2, 3]),
    ("[1, 2,]", [1, 2]),
    ("{1,2}", [1, 2]),
    ("(1, 2)", [1, 2]),
    ("(3)", 3),
    ("(3,)", [3]),
    ("{{1,2},{3}}", [[1, 2], [3]]),
    ("{}", {}),
    ('{"a": 1, "b": [2]}', {"a": 1, "b": [2]}),
    ("{a: 1}", {"a": 1}),
    ("{1: 'x'}", {"1": "x"}),
    ("[3,9,20,null,null,15,7]", [3, 9, 20, None, None, 15, 7]),
    ("[[1,2],\n [3,4]]", [[1, 2], [3, 4]]),
    ("hello", "hello"),
    ("[abc, def]", ["abc", "def"]),
    ("[1; 2; 3]", [1, 2, 3]),
    ("1->2->3", [1, 2, 3]),
    ("1 → 2 → NULL", [1, 2]),
    ('"a->b"', "a->b"),
    ("5;", 5),
    ("[\"1\",'0']", ["1", "0"]),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_value_is_read_as_it_is_meant(text: str, value: Any) -> None:
    found = read_literal(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no value"),
        ("[1, 2", "never closed"),
        ('"abc', "never closed"),
        ("[1, 2, ..., 9]", "left out"),
        ("[1 2]", "a comma"),
        ("2, nums = [2]", "not expected"),
        ("[1] or [2]", "not expected"),
        ("{1, a: 2}", "a map"),
        ("[" * 50 + "]" * 50, "deeper"),
        ("9" * 5000, "too long"),
        ("1e999", "too large"),
        ("]", "stands where"),
        ("{[1]: 2}", "key"),
    ],
)
def test_what_is_no_value_is_said(text: str, words: str) -> None:
    with pytest.raises(LiteralError, match=words):
        read_literal(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, min_size=1, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40)
@given(st.lists(JSON, max_size=4))
def test_json_is_read_as_json(value: list[Any]) -> None:
    assert read_literal(json.dumps(value)) == value


@settings(max_examples=40)
@given(st.text(alphabet="[](){}\"'`,:;=-> 1a.\\\n“’…é"))
def test_any_text_is_a_value_or_an_error_in_words(text: str) -> None:
    with contextlib.suppress(LiteralError):
        json.dumps(read_literal(text))
    is_balanced(text)
    pieces = split_top(text, ",;")
    assert all(text[begin : begin + len(piece)] == piece for begin, piece in pieces)


def test_typographic_signs_inside_straight_quotes_stay() -> None:
    assert read_literal('["it’s – “so”", "−"]') == ["it’s – “so”", "−"]
    assert read_literal("[“it’s”, –3]") == ["it's", -3]
