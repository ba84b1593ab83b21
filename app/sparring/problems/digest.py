"""Whether two people have the same version of a problem: one short text that is equal if and only if they do."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sparring.problems.content import folder_content


def digest(folder: Path) -> str:
    """The digest (64 hex digits) of a problem folder: of the names and bytes of its files, and nothing else.

    The folder's own name, times, permissions and hidden files do not count. Raises `ProblemError`.
    """
    return content_digest(folder_content(folder))


def content_digest(content: Mapping[str, bytes]) -> str:
    """The digest of files that are not on disk; names have slashes."""
    whole = hashlib.sha256()
    for name in sorted(content):
        # With its length before it, no name or file can pass for the beginning of the next.
        for part in (name.encode("utf-8", "surrogateescape"), content[name]):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()
