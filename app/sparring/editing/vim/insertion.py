"""What keys type, for all that types without the editor: repeating, counts, replacing."""

from collections.abc import Sequence

from sparring.editing.languages import Language
from sparring.editing.model import Edit
from sparring.editing.vim.lines import before, column_of
from sparring.editing.vim.values import is_named
from sparring.editing.vim.words import backward, kind_of

_REACH = 4_096
"""How far before the cursor keys may delete."""


def indentation(head: str, language: Language) -> str:
    """What a new line begins with, after a line that reads `head` before the cursor."""
    body = head.lstrip(" \t")
    indent = head[: len(head) - len(body)]
    if language.opens.search(head):
        return indent + language.indent
    if language.closes and language.closes.search(head):
        return indent.removesuffix(language.indent)
    return indent


def word_before(text: str, at: int) -> int:
    """Where <C-w> deletes from: the word before the cursor with the blanks after it, or the line break."""
    if at == 0 or text[at - 1] == "\n":
        return max(0, at - 1)
    start = text.rfind("\n", 0, at) + 1
    if not text[start:at].strip(" \t"):
        return start
    return max(start, backward(text, at, 1, False)) if kind_of(text[at - 1], False) else _before_blanks(text, start, at)


def _before_blanks(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1] in " \t":
        at -= 1
    return max(start, backward(text, at, 1, False))


def line_before(text: str, at: int) -> int:
    """Where <C-u> deletes from: the first character that is no blank, then the line's beginning, then its break."""
    start = text.rfind("\n", 0, at) + 1
    if at == start:
        return max(0, at - 1)
    indent = len(text[start:at]) - len(text[start:at].lstrip(" \t"))
    return start + indent if start + indent < at else start


def step_before(text: str, at: int, language: Language) -> int:
    """Where Backspace deletes from: a character, or a step of the indentation."""
    head = text[text.rfind("\n", 0, at) + 1 : at]
    if head and not head.strip(" ") and "\t" not in language.indent:
        return at - ((len(head) - 1) % len(language.indent) + 1)
    return before(text, at)


def tab(text: str, at: int, language: Language) -> str:
    """What Tab types here."""
    if language.indent == "\t":
        return "\t"
    width = len(language.indent)
    return " " * (width - column_of(text, at) % width)


def typed(text: str, at: int, keys: Sequence[str], language: Language) -> Edit:
    """What the keys of an insert mode that began at `at` make of the text."""
    low = max(0, at - _REACH)
    head = text[low:at]
    kept, stop = len(head), at
    for key in keys:
        if key in ("<BS>", "<C-h>"):
            head = head[: step_before(head, len(head), language)]
        elif key == "<C-w>":
            head = head[: word_before(head, len(head))]
        elif key == "<C-u>":
            head = head[: line_before(head, len(head))]
        elif key == "<Del>":
            stop = min(len(text), stop + 1)
        elif key in ("<CR>", "<C-j>", "<C-m>"):
            head += "\n" + indentation(head[head.rfind("\n") + 1 :], language)
        elif key == "<Tab>":
            head += tab(head, len(head), language)
        elif key == "<Space>":
            head += " "
        elif not is_named(key):
            head += key
            line = head[head.rfind("\n") + 1 :]
            if language.dedents.search(line):
                # The editor takes a closing bracket one step out.
                indent = line[: len(line) - len(line.lstrip(" \t"))]
                out = head[: len(head) - len(line)] + indent.removesuffix(language.indent)
                kept, head = min(kept, len(out)), out + line[len(indent) :]
        kept = min(kept, len(head))
    return Edit(low + kept, stop, head[kept:])
