"""What can stand in the palette. Apart from it, since it is made when it first opens."""

from collections.abc import Callable, Iterable

from msgspec import Struct


class Entry(Struct, frozen=True):
    """One line of the palette. With `why_not` it is shown dim and cannot be chosen."""

    words: str
    act: Callable[[], object]
    key: str = ""
    where: str = ""
    why_not: str = ""


Provider = Callable[[], Iterable[Entry]]
"""Adds lines for what is on the screen now; asked each time the palette opens."""
