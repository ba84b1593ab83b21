"""Pygments, one line at a time: from the state at a line's start to its tokens and the state at its end."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.c_cpp import CFamilyLexer
from pygments.token import Comment, Keyword, Name, String, Token, _TokenType
from pygments.util import ClassNotFound

MAX_LEXED_CHARACTERS = 2_000
"""A longer line has no colours, and the next one goes on as if it was not there: it is data, not code."""

Span = tuple[int, int, _TokenType]
"""Start and end in code points of the line, and what it is."""


@dataclass(frozen=True, slots=True)
class Open:
    """What a line leaves open, which the lexer's rules match only as a whole."""

    token: _TokenType
    closing: str
    """What ends it: a regular expression, matched from the line's beginning."""
    is_continued: bool = False
    """Goes on only on lines after a backslash."""

    def goes_on_after(self, line: str) -> bool:
        return not self.is_continued or _ends_in_backslash(line)


@dataclass(frozen=True, slots=True)
class LineState:
    """What carries over from one line to the next: the lexer's stack, and what is open over lines."""

    stack: tuple[str, ...] = ("root",)
    inside: Open | None = None


ROOT = LineState()


@dataclass(frozen=True, slots=True)
class _Block:
    """How something begins that can go over lines; `closing` can name the opening's group as `{0}`."""

    opening: re.Pattern[str]
    closing: str
    token: _TokenType
    is_continued: bool = False

    def opened(self, line: str, start: int) -> Open | None:
        """What is still open at the line's end, if this begins at `start`."""
        match = self.opening.match(line, start)
        if not match:
            return None
        closing = self.closing.format(*map(re.escape, match.groups()))
        opened = Open(self.token, closing, self.is_continued)
        is_closed = re.compile(closing).match(line, match.end())
        return opened if not is_closed and opened.goes_on_after(line) else None


def _ends_in_backslash(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


_COMMENT = _Block(re.compile(r"/\*"), r".*?\*/", Comment.Multiline)
_SCRIPT = (
    _COMMENT,
    _Block(re.compile("'"), r"(?:\\.|[^'\\])*'", String.Single, is_continued=True),
    _Block(re.compile('"'), r'(?:\\.|[^"\\])*"', String.Double, is_continued=True),
)
_BLOCKS: dict[str, tuple[_Block, ...]] = {
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "cpp": (_COMMENT, _Block(re.compile(r'(?:[LuU]|u8)?R"([^\\()\s]{0,16})\('), r".*?\){0}\"", String)),
    "c": (_COMMENT,),
    "java": (_COMMENT,),
    "go": (_COMMENT, _Block(re.compile("`"), ".*?`", String)),
    "rust": (_Block(re.compile(r'b?r(#*)"'), '.*?"{0}', String),),
}


class LineLexer:
    """One language. A line is lexed alone, so that a key press costs one line and what its state changes.

    What the lexer tells only from the lines below is lost: in C, that a name is a function's whose brace comes later.
    """

    def __init__(self, name: str, lexer: RegexLexer) -> None:
        self._lexer = lexer
        self._blocks = _BLOCKS.get(name, ())
        self._types = _library_types(lexer)

    def lex(self, line: str, state: LineState) -> tuple[tuple[Span, ...], LineState]:
        """The spans of a line (without its end) and the state after it."""
        if len(line) > MAX_LEXED_CHARACTERS:
            return (), state
        spans: list[Span] = []
        begin = 0
        if state.inside is not None:
            end = re.compile(state.inside.closing).match(line)
            if end is None:
                goes_on = state.inside.goes_on_after(line)
                return ((0, len(line), state.inside.token),), state if goes_on else LineState(state.stack)
            begin = end.end()
            spans.append((0, begin, state.inside.token))
        stack = list(state.stack)
        # The lexer gets the line with its end, since many rules look for it.
        for start, token, value in _lex(self._lexer, line + "\n", begin, stack):
            opened = self._opened(line, start, token) if self._blocks else None
            if opened is not None:
                spans.append((start, len(line), opened.token))
                return tuple(spans), LineState(tuple(stack), opened)
            stop = min(start + len(value), len(line))
            if start < stop and token is not Token.Text:
                is_type = token is Name and value in self._types
                spans.append((start, stop, Keyword.Type if is_type else token))
        return tuple(spans), LineState(tuple(stack))

    def _opened(self, line: str, start: int, token: _TokenType) -> Open | None:
        """The block that begins at this token and does not end on this line."""
        if token in String or (token in Comment and token not in Comment.Multiline and token not in Comment.Preproc):
            return None
        return next(filter(None, (block.opened(line, start) for block in self._blocks)), None)


def _library_types(lexer: RegexLexer) -> frozenset[str]:
    """Names that the lexers of the C family take for types after their rules are through."""
    if not isinstance(lexer, CFamilyLexer):
        return frozenset()
    return frozenset(lexer.stdlib_types | lexer.c99_types | lexer.linux_types)


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


def _lex(lexer: RegexLexer, line: str, position: int, stack: list[str]) -> Iterator[tuple[int, _TokenType, str]]:
    """The tokens of one line from `position` and `stack` on; the stack is each token's while that one is looked at,
    and the line's end's after the last.

    Pygments takes an initial stack but does not give the final one back, so this walks the lexer's own table of
    rules (`_tokens`), as `RegexLexer.get_tokens_unprocessed` does.
    """
    table = cast("dict[str, list[Any]]", cast(Any, lexer)._tokens)
    while position < len(line):
        for match_rule, action, new_state in table[stack[-1]]:
            match = match_rule(line, position)
            if not match:
                continue
            if action is not None:
                if isinstance(action, _TokenType):
                    yield position, action, match.group()
                else:
                    yield from action(lexer, match)
            position = match.end()
            if new_state is not None:
                _move(stack, new_state)
            break
        else:
            if line[position] == "\n":
                stack[:] = ["root"]
            else:
                yield position, Token.Error, line[position]
            position += 1


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
