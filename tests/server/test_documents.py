"""The policy never depends on the phase, and no other documents exist."""

import pytest

from sparring_server.documents import Access, access
from sparring_server.protocol.names import DocumentKind, DocumentName, parse_document


def test_the_policy() -> None:
    mine = DocumentName(DocumentKind.EDITOR, 1, "a" * 16)
    assert access(mine, "a" * 16, "member") is Access.READ_WRITE
    assert access(mine, "b" * 16, "member") is Access.READ_ONLY
    for name in ("session", "pad/1", "walkthrough/2", "board/32", "problem/1"):
        document = parse_document(name)
        assert document is not None
        assert access(document, "b" * 16, "member") is Access.READ_WRITE
        assert access(document, "b" * 16, "observer") is Access.READ_ONLY


@pytest.mark.parametrize(
    "name",
    [
        "", "editor", "editor/0/aaaaaaaaaaaaaaaa", "editor/1/../x", "pad/99", "session/1", "walkthrough/1\n", "board",
        "board/0", "board/33", "board/1/aaaaaaaaaaaaaaaa", "scratch/1", "problem", "problem/33",
    ],
)  # fmt: skip
def test_no_other_documents_exist(name: str) -> None:
    assert parse_document(name) is None
