"""Colours for code: a key press lexes its own line, and the next ones only while their state changes."""

import time

from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockUserData,
    QTextCharFormat,
    QTextDocument,
)

from sparring.editing.languages import Language
from sparring.live import positions
from sparring.ui.editor.lexing import ROOT, LineLexer, LineState, Span, line_lexer
from sparring.ui.theme import Theme

_BOLD = (Generic.Heading, Generic.Subheading, Generic.Strong)
"""What prose in Markdown has instead of keywords."""
SLICE_SECONDS = 0.006
"""How long one go may take: a long file is coloured slice by slice, and the window stays alive."""
AFTER_EDIT_MS = 10
"""From an edit to the first slice of what it left waiting: what the edit shows is painted in between."""


class _Line(QTextBlockUserData):
    """What a line was lexed from and into, so that nothing is lexed twice."""

    def __init__(
        self, lexer: LineLexer, text: str, before: LineState, after: LineState, spans: tuple[Span, ...]
    ) -> None:
        super().__init__()
        self.keep(lexer, text, before, after, spans)

    def keep(self, lexer: LineLexer, text: str, before: LineState, after: LineState, spans: tuple[Span, ...]) -> None:
        self.lexer = lexer
        self.text = text
        self.before = before
        self.after = after
        self.spans = spans


class Highlighter(QSyntaxHighlighter):
    """Colours one document in one language.

    Qt asks for one line at a time and goes on to the next while the line's state number changes. That number stands
    for the lexer's state (inside a triple-quoted string, say), so only what a change touches is lexed again. A change
    that touches thousands of lines is taken in slices, from the first line that waits.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._lexer: LineLexer | None = None
        self._numbers: dict[LineState, int] = {}
        self._formats: dict[_TokenType, QTextCharFormat | None] = {}
        self._theme = theme
        self.lexed = 0
        """How many lines have been lexed: what edits cost."""
        self._until: float | None = None
        self._pause_ms = 0
        """Before the next slice, should this one not be enough."""
        self._waiting: int | None = None
        self.touched: range = range(0)
        """The lines whose colours may be others since this was cleared last."""
        self._slice = QTimer(self)
        self._slice.setSingleShot(True)
        self._slice.timeout.connect(self._go_on)

    def set_language(self, language: Language) -> None:
        """Colour as this language, or not at all for one without colours."""
        self._lexer = line_lexer(language.name, language.lexer)
        self._numbers = {}
        self._all_again()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._formats.clear()
        self._all_again()

    @property
    def is_complete(self) -> bool:
        """Whether no line waits for its colours."""
        return self._waiting is None

    def _all_again(self) -> None:
        self._waiting = 0
        self._go_on()

    def _wait(self, number: int) -> None:
        self._waiting = number if self._waiting is None else min(self._waiting, number)
        if not self._slice.isActive():
            self._slice.start(self._pause_ms)

    def _go_on(self) -> None:
        """The next slice of the lines that wait."""
        number, self._waiting = self._waiting, None
        self._until, self._pause_ms = time.perf_counter() + SLICE_SECONDS, 0
        block = self.document().findBlockByNumber(number or 0)
        while block.isValid():
            if time.perf_counter() > self._until:
                self._wait(block.blockNumber())
                break
            self.rehighlightBlock(block)
            block = block.next()
        self._until = None

    def highlightBlock(self, text: str) -> None:
        if self._lexer is None:
            self.setCurrentBlockState(-1)
            return
        block = self.currentBlock()
        number = block.blockNumber()
        known = _line_of(block)
        if known is None and self._waiting is not None and number > self._waiting:
            # A new line below one that waits has its turn after that one.
            return
        before = _state_after(block.previous())
        if known is not None and known.lexer is not self._lexer:
            known = None
        is_known = known is not None and known.text == text and known.before == before
        if not is_known or self._waiting is not None:
            touched = self.touched or range(number, number + 1)
            self.touched = range(min(touched.start, number), max(touched.stop, number + 1))
        if known is not None and is_known:
            self._paint(text, known.spans)
            return
        if self._is_late():
            # Its old colours stay until its turn comes.
            self._wait(block.blockNumber())
            if known is not None:
                self._paint(text, known.spans)
            return
        self.lexed += 1
        spans, after = self._lexer.lex(text, before)
        self._paint(text, spans)
        kept = _line_of(block)
        if kept is None:
            self.setCurrentBlockUserData(_Line(self._lexer, text, before, after, spans))
        else:
            # PySide never frees what was given to a block before: a new object for every key would stay for good.
            kept.keep(self._lexer, text, before, after, spans)
        self.setCurrentBlockState(self._numbers.setdefault(after, len(self._numbers)))

    def _is_late(self) -> bool:
        now = time.perf_counter()
        if self._until is None:
            # Qt began by itself, after an edit; this turn ends when the window is idle again.
            self._until, self._pause_ms = now + SLICE_SECONDS, AFTER_EDIT_MS
            QTimer.singleShot(0, self, self._turn_ended)
        return now > self._until

    def _turn_ended(self) -> None:
        self._until = None

    def _paint(self, text: str, spans: tuple[Span, ...]) -> None:
        if text.isascii():
            for start, stop, token in spans:
                style = self._format(token)
                if style is not None:
                    self.setFormat(start, stop - start, style)
            return
        units = positions.utf16_offsets(text, [place for span in spans for place in span[:2]])
        for index, (_, _, token) in enumerate(spans):
            style = self._format(token)
            if style is not None:
                start, stop = units[2 * index], units[2 * index + 1]
                self.setFormat(start, stop - start, style)

    def _format(self, token: _TokenType) -> QTextCharFormat | None:
        if token not in self._formats:
            colour = colour_of(token, self._theme)
            style = None
            if colour is not None:
                style = QTextCharFormat()
                style.setForeground(QColor(colour))
                if token in _BOLD:
                    style.setFontWeight(QFont.Weight.Bold)
                style.setFontItalic(token is Generic.Emph)
            self._formats[token] = style
        return self._formats[token]


def _line_of(block: QTextBlock) -> _Line | None:
    line = block.userData() if block.isValid() else None
    return line if isinstance(line, _Line) else None


def _state_after(block: QTextBlock) -> LineState:
    line = _line_of(block)
    return line.after if line is not None else ROOT


def colour_of(token: _TokenType, theme: Theme) -> str | None:
    """The colour of a kind of token; None for that of plain text."""
    if token in Comment:
        return theme.syntax_comment
    if token in (Generic.Strong, Generic.Emph):
        return theme.text
    if token in Keyword or token in Operator.Word or token in _BOLD:
        return theme.syntax_keyword
    if token in String:
        return theme.syntax_string
    if token in Number:
        return theme.syntax_number
    if token in Name.Function or token in Name.Class or token in Name.Builtin or token in Name.Decorator:
        return theme.syntax_name
    return None
