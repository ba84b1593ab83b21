"""A board as text, for the journal: what every element holds, so that a picture can be made of it in any theme."""

from collections.abc import Iterable

import msgspec

from sparring.live.board.elements import MAX_ELEMENTS, Element, from_fields, write


def board_to_json(elements: Iterable[Element]) -> str:
    """The elements in their order."""
    fields = [{"id": element.id, **write(element)} for element in elements]
    return msgspec.json.encode(fields).decode()


def board_from_json(text: str) -> tuple[Element, ...]:
    """The elements again. What is no element of ours is left out, as on the board itself; it is never an error."""
    try:
        stored = msgspec.json.decode(text or "[]", type=list[dict[str, object]])
    except msgspec.DecodeError:
        return ()
    read = (from_fields(str(fields.get("id", "")), fields) for fields in stored[:MAX_ELEMENTS])
    return tuple(element for element in read if element is not None)
