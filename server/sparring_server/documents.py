"""Who in a room may read and write which document. Pure."""

from enum import Enum

from sparring_server.protocol.names import DocumentKind, DocumentName
from sparring_server.protocol.view import Role


class Access(Enum):
    """What one member may do with one document."""

    READ_WRITE = "read-write"
    READ_ONLY = "readonly"


def access(document: DocumentName, member_id: str, role: Role) -> Access:
    """The policy of a room. It never depends on the phase: a blind text is nowhere but on its writer's disk."""
    if role == "observer":
        return Access.READ_ONLY
    if document.kind is DocumentKind.EDITOR and document.owner != member_id:
        return Access.READ_ONLY
    return Access.READ_WRITE
