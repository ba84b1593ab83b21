"""The names of everything in Redis.

A room's own keys share its id as hash tag, so that a cluster keeps them in one slot.
"""

PREFIX = "sparring"

ROOMS = f"{PREFIX}:rooms"
"""A sorted set: every room by the time of its last save, for those that are old enough to go."""

PROCESSES = f"{PREFIX}:processes"
"""The channel on which a process says that it ends."""


def room_key(room: str) -> str:
    """A hash: `record`, `version`, `by` (which save made it), `at`, and by document how often it was compacted."""
    return f"{PREFIX}:{{{room}}}"


def events_key(room: str) -> str:
    """A sorted set of `number:body`, by number."""
    return f"{PREFIX}:{{{room}}}:events"


def log_key(room: str, document: str) -> str:
    """A list of updates, oldest first."""
    return f"{PREFIX}:{{{room}}}:log:{document}"


def channel(room: str) -> str:
    """Where all that is stored and said in a room is published."""
    return f"{PREFIX}:{{{room}}}:bus"


def room_of_channel(name: str) -> str:
    """The reverse of `channel`; empty for another name."""
    _, _, rest = name.partition("{")
    return rest.partition("}")[0]


DOCUMENT_FIELD = "document:"


def document_field(document: str) -> str:
    """Where a room's hash counts the compactions of this document."""
    return DOCUMENT_FIELD + document


def process_key(process: str) -> str:
    """There while a process lives."""
    return f"{PREFIX}:process:{process}"
