"""A few words stand for a large case, for the same one everywhere, and never for more than there is room for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.problems import parse_type
from sparring.problems.expanding import MAX_PARTS, ExpansionError, expand


def test_forms_can_be_inside_one_another() -> None:
    assert expand({"$concat": [{"$range": [3]}, {"$repeat": [[7], 2]}, [9]]}) == [0, 1, 2, 7, 7, 9]
    assert expand({"$repeat": [{"$concat": ["a", "b"]}, 3]}) == "ababab"


def test_chance_is_the_same_on_every_machine() -> None:
    # The published first numbers of SplitMix64 for this seed.
    words = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert expand({"$random": {"seed": 1234567, "shape": [3], "low": 0, "high": 2**64 - 1}}) == words
    assert expand({"$random": {"seed": 1234567, "shape": [1, 2], "low": 5, "high": 9}}) == [
        [5 + word % 5 for word in words[:2]]
    ]


@given(st.integers(), st.integers(0, 30), st.integers(-50, 50), st.integers(0, 50))
def test_chance_keeps_its_bounds(seed: int, count: int, low: int, width: int) -> None:
    made = expand({"$random": {"seed": seed, "shape": [count], "low": low, "high": low + width}})
    assert len(made) == count
    assert all(low <= number <= low + width for number in made)


@given(st.integers(), st.integers(1, 20), st.integers(0, 40), st.booleans())
def test_a_graph_is_one(seed: int, nodes: int, edges: int, is_weighted: bool) -> None:
    given_graph: dict[str, Any] = {"seed": seed, "nodes": nodes, "edges": edges}
    if is_weighted:
        given_graph |= {"low": 1, "high": 5}
    made = parse_type("graph[weighted]" if is_weighted else "graph").from_json(expand({"$graph": given_graph}), "g")
    assert sorted(made) == list(range(nodes))
    assert sum(map(len, made.values())) == edges


def test_a_graph_may_have_texts_for_nodes() -> None:
    made = expand({"$graph": {"seed": 1, "nodes": 3, "edges": 5, "low": 1, "high": 2, "text": True}})
    assert parse_type("map[string, list[tuple[string, int]]]").from_json(made, "g") == {
        node: [tuple(edge) for edge in edges] for node, edges in made.items()
    }


@pytest.mark.parametrize(
    "value",
    [
        {"$range": [0, 10**12]},
        {"$range": [0, 10**30, 1]},
        {"$range": [10**30, 0, -1]},
        {"$repeat": ["ab", 10**9]},
        {"$repeat": [{"$repeat": [{"$repeat": [[1], 1000]}, 1000]}, 1000]},
        {"$random": {"seed": 1, "shape": [10**4, 10**4], "low": 0, "high": 1}},
        {"$random": {"seed": 1, "shape": [10**9, 0], "low": 0, "high": 1}},
        {"$graph": {"seed": 1, "nodes": 10**9, "edges": 0}},
        {"$graph": {"seed": 1, "nodes": 1, "edges": 10**9}},
        ["x" * (MAX_PARTS + 1)],
    ],
)
def test_too_much_is_refused_before_it_is_made(value: Any) -> None:
    with pytest.raises(ExpansionError, match="too much"):
        expand(value)


@pytest.mark.parametrize(
    "value",
    [
        {"$nothing": 1},
        {"$range": 3},
        {"$range": [1, 2, 0]},
        {"$range": [True]},
        {"$repeat": [[1], -1]},
        {"$repeat": [3, 3]},
        {"$concat": []},
        {"$concat": ["a", ["b"]]},
        {"$random": {"seed": 1, "shape": [2], "low": 3, "high": 2}},
        {"$random": {"seed": 1, "shape": [], "low": 0, "high": 1}},
        {"$random": []},
        {"$graph": {"seed": 1, "nodes": 0, "edges": 0}},
        {"$graph": {"seed": 1, "nodes": 2, "edges": 1, "low": 1}},
        {"$graph": {"seed": 1, "nodes": 2, "edges": 1, "text": 1}},
        {"$graph": [1]},
    ],
)
def test_a_form_that_is_not_as_described_is_refused(value: Any) -> None:
    with pytest.raises(ExpansionError):
        expand(value)
