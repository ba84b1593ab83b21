"""Nodes are made of lists and become lists again; what is no list or tree is refused in bounded time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.problems import parse_type
from sparring.runner import harness_shapes as shapes
from sparring.runner.harness_shapes import ListNode, TreeNode

trees = st.recursive(st.none(), lambda inner: st.builds(TreeNode, st.integers(-9, 9), inner, inner), max_leaves=12)


@given(st.lists(st.integers()))
def test_a_list_comes_back(items: list[int]) -> None:
    assert shapes.take_list(shapes.make_list(items)) == items


@given(trees)
def test_a_tree_comes_back_and_is_of_its_type(root: TreeNode | None) -> None:
    items = shapes.take_tree(root)
    assert parse_type("tree[int]").from_json(items, "it") == items
    assert shapes.take_tree(shapes.make_tree(items)) == items


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("linked_list[int]", [1, 2, 3], "ListNode(1 → 2 → 3)"),
        ("linked_list[int]", [], "None"),
        ("linked_list[int]", list(range(10**5)), "ListNode(0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → 10 → 11 → 12 → 13"),
        ("tree[int]", [1, None, 2, 3], "TreeNode(1, None, 2, 3)"),
        ("tree[string]", list("abcdefghijklmnopqrstuvw"), "TreeNode('a', 'b', 'c'"),
        ("list[linked_list[int]]", [[1], []], "[ListNode(1), None]"),
        ("linked_list[tuple[int, int]]", [[1, 2]], "ListNode((1, 2))"),
        ("graph[weighted]", {"0": [[1, 5]], "1": []}, "{0: [(1, 5)], 1: []}"),
        ("optional[tuple[int, int]]", None, "None"),
        ("map[string, tree[int]]", {"a": [1]}, "{'a': TreeNode(1)}"),
    ],
)
def test_values_are_made_readable_and_taken_again(text: str, value: Any, shown: str) -> None:
    spec = parse_type(text).spec()
    made = shapes.make(spec, value)
    assert repr(made).startswith(shown)
    assert len(repr(made)) < 200
    back = parse_type(text).from_json(value, "it")
    assert shapes.take(spec, made) == back


def test_a_class_of_their_own_is_a_node() -> None:
    class Mine:
        def __init__(self, val: int, next: Any) -> None:
            self.val, self.next = val, next

    assert shapes.take(["linked_list", ["int"]], Mine(1, Mine(2, None))) == [1, 2]


def test_circles_and_shared_nodes_end_in_words() -> None:
    ring = ListNode(1, ListNode(2))
    ring.next.next = ring
    with pytest.raises(ValueError, match="circle after 2 nodes"):
        shapes.take_list(ring)
    assert repr(ring).endswith("→ …)")
    leaf = TreeNode(3)
    with pytest.raises(ValueError, match="one node twice"):
        shapes.take_tree(TreeNode(1, leaf, leaf))
    loop = TreeNode(1)
    loop.left = loop
    with pytest.raises(ValueError, match="one node twice"):
        shapes.take_tree(loop)
    assert len(repr(loop)) < 200


def test_a_list_that_makes_its_nodes_on_the_way_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        val = 1

        @property
        def next(self) -> "Endless":
            return Endless()

        left = right = next

    monkeypatch.setattr(shapes, "MAX_NODES", 1_000)
    kept = Endless()
    with pytest.raises(ValueError, match=r"more than 1,000 nodes|circle"):
        shapes.take_list(kept)
    with pytest.raises(ValueError, match="more than 1,000 nodes"):
        shapes.take_tree(kept)


@pytest.mark.parametrize(("text", "value"), [("linked_list[int]", [1]), ("tree[int]", 3), ("linked_list[int]", "ab")])
def test_what_is_no_node_is_named(text: str, value: Any) -> None:
    with pytest.raises(TypeError, match="is expected, not a value of type"):
        shapes.take(parse_type(text).spec(), value)
