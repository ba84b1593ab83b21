"""The board in words, for those who hear it."""

from collections.abc import Sequence

from sparring.live.board import Element, SharedBoard

_KINDS = {"stroke": "Pen stroke", "box": "Box", "ellipse": "Ellipse", "arrow": "Arrow", "text": "Text"}


def describe(board: SharedBoard, element_id: str) -> str:
    """One element: "Box 8", "Ellipse without label"."""
    element = board.find(element_id)
    if element is None:
        return "nothing"
    label = " ".join(element.text.split())
    if element.kind == "stroke":
        return _KINDS["stroke"]
    return f"{_KINDS[element.kind]} {label}" if label else f"{_KINDS[element.kind]} without label"


def describe_selection(board: SharedBoard, selected: Sequence[Element]) -> str:
    """What is selected, whose it is, and what its arrows lead to."""
    shown = board.elements
    if len(selected) != 1:
        return f"{len(selected)} of {len(shown)} elements selected" if selected else f"{len(shown)} elements"
    one = selected[0]
    whose = "mine" if one.author == board.me else "my partner's"
    words = [describe(board, one.id), whose, f"{shown.index(one) + 1} of {len(shown)}"]
    if one.kind == "arrow":
        ends = (one.from_id, "from"), (one.to_id, "to")
        words += [f"{way} {describe(board, end)}" for end, way in ends if board.find(end)]
    else:
        leads_to = [arrow.to_id for arrow in shown if arrow.from_id == one.id and board.find(arrow.to_id)]
        words += [f"to {describe(board, child)}" for child in leads_to]
    return ", ".join(words)
