"""Names of rooms, members and documents, and which document is whose."""

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sparring_server.protocol import limits

_ID = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
_DOCUMENT = re.compile(
    r"(?P<session>session)"
    r"|editor/(?P<editor_round>[1-9][0-9]?)/(?P<owner>[A-Za-z0-9_-]{16,64})"
    r"|(?P<shared>pad|walkthrough|board|problem)/(?P<shared_round>[1-9][0-9]?)"
)

SESSION_DOCUMENT = "session"


def is_id(text: str) -> bool:
    """Whether `text` may name a room or a member."""
    return _ID.match(text) is not None


def new_id() -> str:
    """A fresh id of a room or a member: 128 random bits."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """A fresh room secret or member key: 256 random bits."""
    return secrets.token_urlsafe(32)


class DocumentKind(StrEnum):
    """What a document of a room is for."""

    SESSION = "session"
    EDITOR = "editor"
    PAD = "pad"
    WALKTHROUGH = "walkthrough"
    BOARD = "board"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """One document of a room. `round` is 0 and `owner` empty where they do not apply."""

    kind: DocumentKind
    round: int = 0
    owner: str = ""

    def __str__(self) -> str:
        match self.kind:
            case DocumentKind.SESSION:
                return SESSION_DOCUMENT
            case DocumentKind.EDITOR:
                return f"editor/{self.round}/{self.owner}"
            case _:
                return f"{self.kind}/{self.round}"


def parse_document(text: str) -> DocumentName | None:
    """The document that `text` names, or None if a room has no such document."""
    match = _DOCUMENT.fullmatch(text)
    if match is None:
        return None
    if match["session"]:
        return DocumentName(DocumentKind.SESSION)
    number = int(match["editor_round"] or match["shared_round"])
    if number > limits.MAX_ROUNDS:
        return None
    if match["owner"]:
        return DocumentName(DocumentKind.EDITOR, number, match["owner"])
    return DocumentName(DocumentKind(match["shared"]), number)


def editor_document(round_number: int, member_id: str) -> str:
    """The name of one member's editor in one round."""
    return str(DocumentName(DocumentKind.EDITOR, round_number, member_id))


def pad_document(round_number: int) -> str:
    """The name of the pad that both write, in the pair format."""
    return str(DocumentName(DocumentKind.PAD, round_number))


def walkthrough_document(round_number: int) -> str:
    """The name of the shared walkthrough notes of one round."""
    return str(DocumentName(DocumentKind.WALKTHROUGH, round_number))


def board_document(round_number: int) -> str:
    """The name of the drawing board of one round."""
    return str(DocumentName(DocumentKind.BOARD, round_number))


def problem_document(round_number: int) -> str:
    """The name of what partners need to choose a problem: what each has seen, and a problem that one of them lacks."""
    return str(DocumentName(DocumentKind.PROBLEM, round_number))
