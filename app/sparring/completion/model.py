"""What the app asks the child process, and what it answers: one line of JSON each, with its limits."""

import msgspec

MAX_TEXT = 120_000
"""Code points of a text that is analysed, some 3,500 lines; a longer one gets its words only."""
MAX_REQUEST_BYTES = 6 * MAX_TEXT + 4_096
"""A line of the app to the child; JSON can make six bytes of one control character."""
MAX_ANSWER_BYTES = 262_144
"""A line of the child to the app."""
MAX_ITEMS = 200
MAX_NAME = 120
"""Code points of a name; longer ones are left out."""
MAX_DETAIL = 200
"""Code points of a detail, or of one parameter of a signature."""
MAX_PARAMETERS = 24


class Completion(msgspec.Struct, frozen=True):
    """One name that could be written."""

    name: str
    kind: str
    """"function", "class", "module", "keyword", "word" and so on, as a person may read it; or empty."""
    detail: str = ""
    """One line more: how it is called, say."""


class Signature(msgspec.Struct, frozen=True):
    """The call that the cursor is in."""

    name: str
    parameters: tuple[str, ...]
    active: int | None = None
    """Which of the parameters is being written."""

    @property
    def line(self) -> str:
        """As one would write it."""
        return f"{self.name}({', '.join(self.parameters)})"


class Request(msgspec.Struct, frozen=True):
    """What could come at this place of a Python text?"""

    id: int
    text: str
    line: int
    """Counted from 1."""
    column: int
    """In code points, counted from 0."""


class Answer(msgspec.Struct, frozen=True):
    """What could come there."""

    id: int
    items: tuple[Completion, ...] = ()
    signature: Signature | None = None
    is_known: bool = True
    """False if time was up or the analysis failed: then no items means nothing."""


READY = Answer(0)
"""The child's first line: it has loaded what it needs. Requests count from 1."""
