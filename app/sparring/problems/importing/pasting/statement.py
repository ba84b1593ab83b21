"""The text of a page as the Markdown of a statement."""

import re

from sparring.problems.importing.pasting.labels import is_fence, label_of, undecorated
from sparring.problems.importing.pasting.sections import Block, Page

_MARKDOWN = re.compile(r"^[ \t]*(```|~~~|#{1,4} \S|\* \S)|\*\*\S[^*\n]*\*\*|`[^`\n]+`|\]\(https?://", re.MULTILINE)
_SPECIAL = re.compile(r"(\\(?=[^\w\s])|[*_`]|<(?=[A-Za-z/!])|^#|^>|~(?=~)|\](?=\())")
_ITEM = re.compile(r"^\s*(?:[-•·●–]|\d{1,2}[.)])\s+")
_HARD_BREAK = "  "
WRAPPED_FROM = 60
"""A line this long whose follower begins small was cut by its page, and not by its author."""


def statement_of(page: Page) -> str:
    """Markdown of everything but the code to start with, the hints and the follow-up questions."""
    blocks = [block for block in page.blocks if block.kind in ("prose", "data", "constraints")]
    is_markdown = _MARKDOWN.search("\n".join(line for block in blocks for line in block.lines)) is not None
    parts = [_written(block, is_markdown=is_markdown) for block in blocks]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(part for part in parts if part.strip())).strip()


def _written(block: Block, *, is_markdown: bool) -> str:
    lines = list(block.lines)
    if block.kind == "data":
        return _fenced(lines)
    if block.kind == "constraints":
        items = [undecorated(line) for line in lines if line.strip()]
        listed = "\n".join(f"- {one if is_markdown else _escaped(one)}" for one in items if not is_fence(one))
        return f"**Constraints**\n\n{listed}" if listed else ""
    if is_markdown:
        return _balanced("\n".join(lines).strip("\n"))
    return _prose(lines)


def _fenced(lines: list[str]) -> str:
    body = [_without_copy(line.rstrip()) for line in lines if not is_fence(line) and line.strip() != "Copy"]
    text = "\n".join(body).strip("\n")
    return f"```text\n{text}\n```" if text else ""


def _balanced(text: str) -> str:
    """A fence whose other half was cut away would swallow the rest of the page."""
    fences = sum(is_fence(line) for line in text.split("\n"))
    return text if fences % 2 == 0 else "\n".join(line for line in text.split("\n") if not is_fence(line))


def _prose(lines: list[str]) -> str:
    """Plain text: its line ends are kept, but for lines that a page had cut; its signs mean themselves."""
    made: list[str] = []
    for number, line in enumerate(lines):
        bare = line.strip()
        if not bare:
            made.append("")
            continue
        label = label_of(bare)
        if label is not None and not label.rest:
            # A heading of the page.
            made += ["", f"**{_escaped(_without_copy(bare))}**", ""]
            continue
        item = _ITEM.match(bare)
        if item is not None:
            if made and made[-1] and not made[-1].startswith("- "):
                made.append("")
            made.append(f"- {_escaped(bare[item.end() :])}")
            continue
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        is_cut = len(bare) >= WRAPPED_FROM and following[:1].islower()
        ends_here = not following or _ITEM.match(following) is not None
        if made and made[-1].startswith("- "):
            made.append("")
        made.append(_escaped(bare) + ("" if is_cut or ends_here else _HARD_BREAK))
    return "\n".join(made).strip()


def _without_copy(line: str) -> str:
    """A label without the word of the button that pages copy along with it."""
    return re.sub(r"(?i)(?<=put)\s*copy$|(?<=\d)\s*copy$", "", line)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
