"""The types that are made of nodes. In JSON, and everywhere outside the sandbox, they are plain lists and maps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sparring.problems.value_types import INT, ListOf, MapOf, Mismatch, Spec, TupleOf, ValueType, mismatch


@dataclass(frozen=True)
class LinkedListOf(ValueType):
    """A singly linked list: a list in JSON; a solution gets its first `ListNode`, or None."""

    item: ValueType

    def __str__(self) -> str:
        return f"linked_list[{self.item}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list:
            raise mismatch(self, value, where)
        return [self.item.from_json(item, f"{where}[{index}]") for index, item in enumerate(value)]

    def spec(self) -> Spec:
        return ["linked_list", self.item.spec()]

    def parts(self) -> tuple[ValueType, ...]:
        return (self.item,)


@dataclass(frozen=True)
class TreeOf(ValueType):
    """A binary tree: its values level by level in JSON, null where a node has no child; a `TreeNode` or None inside.

    A missing node has no children of its own in the list, and nulls at its end are left out.
    """

    item: ValueType

    def __str__(self) -> str:
        return f"tree[{self.item}]"

    def from_json(self, value: Any, where: str) -> Any:
        if type(value) is not list:
            raise mismatch(self, value, where)
        made: list[Any] = []
        places = 1
        for index, item in enumerate(value):
            if not places:
                raise Mismatch(f"{where}[{index}]: no node above has room for a child here")
            places -= 1
            if item is None:
                made.append(None)
                continue
            made.append(self.item.from_json(item, f"{where}[{index}]"))
            places += 2
        while made and made[-1] is None:
            made.pop()
        return made

    def spec(self) -> Spec:
        return ["tree", self.item.spec()]

    def parts(self) -> tuple[ValueType, ...]:
        return (self.item,)


@dataclass(frozen=True)
class GraphOf(ValueType):
    """A graph by its neighbours: a map from each node, an int, to the next ones, each with a weight if weighted."""

    is_weighted: bool

    def __str__(self) -> str:
        return "graph[weighted]" if self.is_weighted else "graph"

    def from_json(self, value: Any, where: str) -> Any:
        made = self._map().from_json(value, where)
        for node, next_nodes in made.items():
            for next_node in self._ends(next_nodes):
                if next_node not in made:
                    raise Mismatch(f"{where}[{node}]: leads to {next_node}, which is no key of the graph")
        return made

    def spec(self) -> Spec:
        return self._map().spec()

    def _map(self) -> MapOf:
        return MapOf(INT, ListOf(TupleOf((INT, INT)) if self.is_weighted else INT))

    def _ends(self, next_nodes: list[Any]) -> Iterator[Any]:
        return (one[0] for one in next_nodes) if self.is_weighted else iter(next_nodes)


def has_nodes(kind: ValueType) -> tuple[bool, bool]:
    """Whether there is a linked list, and whether there is a tree, anywhere in a type."""
    inside = [has_nodes(part) for part in kind.parts()]
    has_lists = isinstance(kind, LinkedListOf) or any(lists for lists, _ in inside)
    return has_lists, isinstance(kind, TreeOf) or any(trees for _, trees in inside)
