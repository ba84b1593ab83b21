"""Types are read, written and held against values; what does not fit is named with the way to it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.problems import ValueType, parse_type
from sparring.problems.structures import GraphOf, LinkedListOf, TreeOf, has_nodes
from sparring.problems.type_syntax import TypeSyntaxError
from sparring.problems.value_types import (
    BOOL,
    FLOAT,
    INT,
    STRING,
    ListOf,
    MapOf,
    Mismatch,
    OptionalOf,
    TupleOf,
)

scalars = st.sampled_from([INT, FLOAT, BOOL, STRING])
types = st.recursive(
    scalars | st.builds(GraphOf, st.booleans()),
    lambda inner: (
        st.builds(ListOf, inner)
        | st.builds(lambda items: TupleOf(tuple(items)), st.lists(inner, min_size=1, max_size=3))
        | st.builds(MapOf, st.sampled_from([INT, STRING]), inner)
        | st.builds(LinkedListOf, inner)
        | st.builds(TreeOf, scalars)
        | st.builds(OptionalOf, scalars)
    ),
    max_leaves=3,
)


@given(types)
def test_a_type_is_read_as_it_is_written(kind: ValueType) -> None:
    assert parse_type(str(kind)) == kind


@given(st.text(max_size=30))
def test_any_text_is_a_type_or_refused(text: str) -> None:
    try:
        kind = parse_type(text)
    except TypeSyntaxError:
        return
    assert parse_type(str(kind)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "integer",
        "list",
        "list[]",
        "list[int",
        "list[int]]",
        "list[int, int]",
        "map[float, int]",
        "map[list[int], int]",
        "map[int, int, int]",
        "graph[]",
        "graph[int]",
        "tree[optional[int]]",
        "optional[tree[int]]",
        "optional[linked_list[int]]",
        "optional[optional[int]]",
        "List[int]",
        "list[" * 5_000 + "int" + "]" * 5_000,
    ],
)
def test_what_is_no_type_is_refused_in_words(text: str) -> None:
    with pytest.raises(TypeSyntaxError) as caught:
        parse_type(text)
    assert 10 < len(str(caught.value)) < 60_000


def test_a_map_of_one_type_has_text_keys() -> None:
    assert parse_type("map[int]") == parse_type("map[string, int]")


@pytest.mark.parametrize(
    ("text", "value", "made"),
    [
        ("float", 3, 3.0),
        ("tuple[int, string]", [1, "a"], (1, "a")),
        ("map[int, bool]", {"-2": True}, {-2: True}),
        ("optional[int]", None, None),
        ("linked_list[int]", [1, 2], [1, 2]),
        ("tree[int]", [1, None, 2, None, None], [1, None, 2]),
        ("tree[int]", [None], []),
        ("graph", {"0": [1], "1": []}, {0: [1], 1: []}),
        ("graph[weighted]", {"0": [[0, 5]]}, {0: [(0, 5)]}),
    ],
)
def test_a_value_takes_its_checked_form(text: str, value: Any, made: Any) -> None:
    got = parse_type(text).from_json(value, "it")
    assert got == made
    assert type(got) is type(made)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("int", True, "int is expected, a bool was found"),
        ("int", 1.0, "a float was found"),
        ("bool", 1, "an int was found"),
        ("string", None, "null was found"),
        ("float", float("inf"), "finite"),
        ("float", float("nan"), "finite"),
        ("float", 10**400, "finite"),
        ("list[int]", [1, [2]], "it[1]: int is expected, a list was found"),
        ("tuple[int, int]", [1, 2, 3], "a list of 3"),
        ("map[int, int]", {"01": 1}, "is not an int"),
        ("map[int, int]", {"x" * 10**6: 1}, "is not an int"),
        ("map[string, int]", [["a", 1]], "a list was found"),
        ("linked_list[int]", None, "null was found"),
        ("tree[int]", [1, None, None, 2], "it[3]: no node above"),
        ("tree[int]", [None, 1], "no node above"),
        ("graph", {"0": [1]}, "leads to 1, which is no key"),
        ("graph[weighted]", {"0": [0]}, "tuple[int, int] is expected"),
    ],
)
def test_a_value_of_another_type_is_named(text: str, value: Any, words: str) -> None:
    with pytest.raises(Mismatch) as caught:
        parse_type(text).from_json(value, "it")
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200


def test_nodes_are_found_wherever_they_are() -> None:
    assert has_nodes(parse_type("map[int, list[linked_list[int]]]")) == (True, False)
    assert has_nodes(parse_type("tuple[tree[int], linked_list[tree[int]]]")) == (True, True)
    assert has_nodes(parse_type("graph[weighted]")) == (False, False)
