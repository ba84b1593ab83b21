"""Pygments, one line at a time: from the state at a line's start to its tokens and the state at its end."""

import functools
from dataclasses import dataclass
from typing import Any, cast

from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, String, Token, _TokenType
from pygments.util import ClassNotFound

MAX_LEXED_CHARACTERS = 5_000
"""Of a longer line only the beginning is coloured: it is data, not code."""

KEPT_LINES = 2_000
"""Results that are kept: one text is often shown in two editors, and lines come back (undo, a paste, a new theme)."""

Span = tuple[int, int, _TokenType]
"""Start and end in code points of the line, and what it is."""


@dataclass(frozen=True, slots=True)
class LineState:
    """What carries over from one line to the next: the lexer's stack, and what is open over lines."""

    stack: tuple[str, ...] = ("root",)
    inside: int = -1
    """Index of the open `_Block`, or -1."""


ROOT = LineState()


@dataclass(frozen=True, slots=True)
class _Block:
    """What can go over several lines, which the lexer's rules match only as a whole."""

    opening: str
    closing: str
    token: _TokenType


_C_BLOCKS = (_Block("/*", "*/", Comment.Multiline),)
_BLOCKS: dict[str, tuple[_Block, ...]] = {
    "javascript": _C_BLOCKS,
    "typescript": _C_BLOCKS,
    "cpp": _C_BLOCKS,
    "c": _C_BLOCKS,
    "java": _C_BLOCKS,
    "go": (*_C_BLOCKS, _Block("`", "`", String)),
}


class LineLexer:
    """One language. A line is lexed alone, so that a key press costs one line and what its state changes."""

    def __init__(self, name: str, lexer: RegexLexer) -> None:
        self._lexer = lexer
        self._blocks = _BLOCKS.get(name, ())
        self.lex = functools.lru_cache(KEPT_LINES)(self._lex_line)
        """The spans of a line (without its end) and the state after it."""

    def _lex_line(self, line: str, state: LineState) -> tuple[tuple[Span, ...], LineState]:
        if len(line) > MAX_LEXED_CHARACTERS:
            line = line[:MAX_LEXED_CHARACTERS]
        spans: list[Span] = []
        begin = 0
        if state.inside >= 0:
            block = self._blocks[state.inside]
            end = line.find(block.closing)
            if end < 0:
                return ((0, len(line), block.token),), state
            begin = end + len(block.closing)
            spans.append((0, begin, block.token))
        stack = list(state.stack)
        inside = -1
        # The lexer gets the line with its end, since many rules look for it.
        for start, token, value in _lex(self._lexer, line + "\n", begin, stack):
            opened = self._opened(line, start, token, value)
            if opened >= 0:
                spans.append((start, len(line), self._blocks[opened].token))
                inside, stack = opened, list(state.stack)
                break
            stop = min(start + len(value), len(line))
            if start < stop and token is not Token.Text:
                spans.append((start, stop, token))
        return tuple(spans), LineState(tuple(stack), inside)

    def _opened(self, line: str, start: int, token: _TokenType, value: str) -> int:
        """The block that begins at this token and does not end on this line; -1 if none does."""
        for index, block in enumerate(self._blocks):
            if not line.startswith(block.opening, start):
                continue
            if token in Comment and token not in Comment.Multiline:
                continue
            if token in String and token is not block.token:
                continue
            if line.find(block.closing, start + len(block.opening)) < 0:
                return index
        return -1


@functools.cache
def line_lexer(language: str, pygments_name: str) -> LineLexer | None:
    """The lexer of a language, or None if it has no colours."""
    if pygments_name == "text":
        return None
    try:
        lexer = get_lexer_by_name(pygments_name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return LineLexer(language, lexer) if isinstance(lexer, RegexLexer) else None


def _lex(lexer: RegexLexer, line: str, position: int, stack: list[str]) -> "list[tuple[int, _TokenType, str]]":
    """Lex one line from `position` and `stack` on, leaving in it the stack at the line's end.

    Pygments takes an initial stack but does not give the final one back, so this walks the lexer's own table of
    rules (`_tokens`), as `RegexLexer.get_tokens_unprocessed` does.
    """
    table = cast("dict[str, list[Any]]", cast(Any, lexer)._tokens)
    found: list[tuple[int, _TokenType, str]] = []
    while position < len(line):
        for match_rule, action, new_state in table[stack[-1]]:
            match = match_rule(line, position)
            if not match:
                continue
            if action is not None:
                if isinstance(action, _TokenType):
                    found.append((position, action, match.group()))
                else:
                    found.extend(action(lexer, match))
            position = match.end()
            if new_state is not None:
                _move(stack, new_state)
            break
        else:
            if line[position] == "\n":
                stack[:] = ["root"]
            else:
                found.append((position, Token.Error, line[position]))
            position += 1
    return found


def _move(stack: list[str], new_state: object) -> None:
    if isinstance(new_state, tuple):
        for state in new_state:
            _move(stack, state)
    elif new_state == "#pop":
        if len(stack) > 1:
            stack.pop()
    elif new_state == "#push":
        stack.append(stack[-1])
    elif isinstance(new_state, int):
        # Never pop the root.
        del stack[max(1, len(stack) + new_state) :]
    else:
        stack.append(str(new_state))
