"""Pygments colours, line by line: a key press lexes its own line, and the next ones only while their state changes."""

from typing import Any, cast

from pygments.lexer import RegexLexer
from pygments.lexers import PythonLexer, TextLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextBlockUserData, QTextCharFormat, QTextDocument

from sparring.ui.theme import Theme

_LEXERS: dict[str, type[RegexLexer]] = {"python": PythonLexer}


class _LineState(QTextBlockUserData):
    """The lexer's stack at the end of a line."""

    def __init__(self, stack: tuple[str, ...]) -> None:
        super().__init__()
        self.stack = stack


class Highlighter(QSyntaxHighlighter):
    """Colours one document in one language.

    Qt asks for one line at a time and goes on to the next while the line's state number changes. That number stands
    for the lexer's stack (inside a triple-quoted string, say), so only what a change touches is lexed again.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._lexer: RegexLexer | None = None
        self._stacks: dict[tuple[str, ...], int] = {}
        self._formats: dict[_TokenType, QTextCharFormat | None] = {}
        self._theme = theme

    def set_language(self, language: str) -> None:
        """Colour as `language`, or not at all for one that is unknown."""
        lexer = _LEXERS.get(language)
        self._lexer = lexer(stripnl=False, ensurenl=False) if lexer and lexer is not TextLexer else None
        self.rehighlight()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if self._lexer is None:
            return
        stack = list(self._stack_before())
        # The lexer gets the line with its end, since many rules look for it.
        end = len(text)
        units = None if text.isascii() else _unit_offsets(text)
        for index, token, value in _lex_line(self._lexer, text + "\n", stack):
            style = self._format(token)
            start, stop = index, min(index + len(value), end)
            if style is not None and start < stop:
                if units is not None:
                    start, stop = units[start], units[stop]
                self.setFormat(start, stop - start, style)
        final = tuple(stack)
        self.setCurrentBlockUserData(_LineState(final))
        self.setCurrentBlockState(self._stacks.setdefault(final, len(self._stacks)))

    def _stack_before(self) -> tuple[str, ...]:
        state = self.currentBlock().previous().userData()
        return state.stack if isinstance(state, _LineState) else ("root",)

    def _format(self, token: _TokenType) -> QTextCharFormat | None:
        if token not in self._formats:
            colour = _colour(token, self._theme)
            style = None
            if colour is not None:
                style = QTextCharFormat()
                style.setForeground(QColor(colour))
            self._formats[token] = style
        return self._formats[token]


def _lex_line(lexer: RegexLexer, line: str, stack: list[str]) -> "list[tuple[int, _TokenType, str]]":
    """Lex one line from `stack` on, leaving in it the stack at the line's end.

    Pygments takes an initial stack but does not give the final one back, so this walks the lexer's own table of
    rules (`_tokens`), as `RegexLexer.get_tokens_unprocessed` does.
    """
    table = cast("dict[str, list[Any]]", cast(Any, lexer)._tokens)
    found: list[tuple[int, _TokenType, str]] = []
    position = 0
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


def _unit_offsets(text: str) -> list[int]:
    """For each code point of a line and its end, where it is in UTF-16 units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


def _colour(token: _TokenType, theme: Theme) -> str | None:
    if token in Comment:
        return theme.syntax_comment
    if token in Keyword or token in Operator.Word:
        return theme.syntax_keyword
    if token in String:
        return theme.syntax_string
    if token in Number:
        return theme.syntax_number
    if token in Name.Function or token in Name.Class or token in Name.Builtin or token in Name.Decorator:
        return theme.syntax_name
    return None
