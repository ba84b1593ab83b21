"""Values made for a solution and taken from it, by the specification of their type (`ValueType.spec`).

This runs inside the sandbox, beside the solution. `JSON form -> make -> what a solution gets`, and back with `take`.
"""

MAX_NODES = 1_000_000
MAX_SHOWN = 16


class ListNode:
    """One node of a singly linked list."""

    __slots__ = ("next", "val")

    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next

    def __repr__(self):
        shown, node = [], self
        while isinstance(node, ListNode) and len(shown) < MAX_SHOWN:
            shown.append(repr(node.val))
            node = node.next
        return f"ListNode({' → '.join(shown)}{' → …' if node is not None else ''})"


class TreeNode:
    """One node of a binary tree."""

    __slots__ = ("left", "right", "val")

    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right

    def __repr__(self):
        shown, row, place = [], [self], 0
        while place < len(row) and len(shown) < MAX_SHOWN:
            node = row[place]
            place += 1
            shown.append(repr(getattr(node, "val", None)))
            if isinstance(node, TreeNode):
                row += [node.left, node.right]
        is_cut = any(node is not None for node in row[place:])
        while shown[-1] == "None" and len(shown) > 1:
            shown.pop()
        return f"TreeNode({', '.join(shown)}{', …' if is_cut else ''})"


def needs_making(spec):
    """Whether JSON says a value of this type in another way than Python."""
    return spec[0] in ("tuple", "map", "linked_list", "tree") or any(map(needs_making, spec[1:]))


def has_nodes(spec):
    return spec[0] in ("linked_list", "tree") or any(map(has_nodes, spec[1:]))


def make(spec, value):
    """What a solution gets."""
    if value is None or not needs_making(spec):
        return value
    kind = spec[0]
    if kind == "optional":
        return make(spec[1], value)
    if kind == "list":
        return [make(spec[1], item) for item in value]
    if kind == "tuple":
        return tuple(make(part, item) for part, item in zip(spec[1:], value))
    if kind == "map":
        key = int if spec[1] == ["int"] else str
        return {key(name): make(spec[2], item) for name, item in value.items()}
    items = [make(spec[1], item) for item in value]
    return make_list(items) if kind == "linked_list" else make_tree(items)


def make_list(items):
    """The first node, or None."""
    first = None
    for item in reversed(items):
        first = ListNode(item, first)
    return first


def make_tree(items):
    """The root of a tree that is written level by level, or None."""
    if not items:
        return None
    root = TreeNode(items[0])
    row, place = [root], 1
    for node in row:
        for side in ("left", "right"):
            if place < len(items) and items[place] is not None:
                child = TreeNode(items[place])
                setattr(node, side, child)
                row.append(child)
            place += 1
    return root


def take(spec, value):
    """The JSON form of what a solution returned. What is of another kind is left for the runner to refuse."""
    if not has_nodes(spec):
        return value
    kind = spec[0]
    if kind == "linked_list":
        return [take(spec[1], item) for item in take_list(value)]
    if kind == "tree":
        return [None if item is None else take(spec[1], item) for item in take_tree(value)]
    if value is None:
        return None
    if kind == "optional":
        return take(spec[1], value)
    if kind == "list" and isinstance(value, (list, tuple)):
        return [take(spec[1], item) for item in value]
    if kind == "tuple" and isinstance(value, (list, tuple)) and len(value) == len(spec) - 1:
        return [take(part, item) for part, item in zip(spec[1:], value)]
    if kind == "map" and isinstance(value, dict):
        return {key: take(spec[2], item) for key, item in value.items()}
    return value


def take_list(node):
    """The values of a list. Any class with `val` and `next` is a node: solutions bring their own."""
    items, seen = [], set()
    while node is not None:
        if not (hasattr(node, "val") and hasattr(node, "next")):
            raise TypeError(f"a ListNode or None is expected, not a value of type {type(node).__name__}")
        if id(node) in seen:
            raise ValueError(f"the linked list goes round in a circle after {len(items):,} nodes")
        if len(items) >= MAX_NODES:
            raise ValueError(f"the linked list has more than {MAX_NODES:,} nodes")
        seen.add(id(node))
        items.append(node.val)
        node = node.next
    return items


def take_tree(root):
    """The values of a tree, level by level, None where there is no node; none at the end."""
    items, seen, row = [], set(), [root]
    # `row` grows as it is read. It keeps every node alive, so that no id is used twice.
    for node in row:
        if node is None:
            items.append(None)
            continue
        if not (hasattr(node, "val") and hasattr(node, "left") and hasattr(node, "right")):
            raise TypeError(f"a TreeNode or None is expected, not a value of type {type(node).__name__}")
        if id(node) in seen:
            raise ValueError(f"the tree reaches one node twice ({node.val!r:.40}), so it is no tree")
        if len(seen) >= MAX_NODES:
            raise ValueError(f"the tree has more than {MAX_NODES:,} nodes")
        seen.add(id(node))
        items.append(node.val)
        row += (node.left, node.right)
    while items and items[-1] is None:
        items.pop()
    return items
