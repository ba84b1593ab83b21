"""One case as it is shown: as a line of the list, as a page, and as text to copy."""

import html
import re
from dataclasses import dataclass

from sparring.editing.value_differences import Piece, abbreviated, compare_values
from sparring.ui.theme import Theme

MARKS = {
    "passed": "✓", "wrong": "✕", "error": "!", "timeout": "⏱", "memory": "▦", "skipped": "–", "malformed": "?", "": "·",
}  # fmt: skip
STATE_WORDS = {
    "passed": "Passed", "wrong": "Wrong", "error": "Error", "timeout": "Too slow", "memory": "Too much memory",
    "skipped": "Not run", "malformed": "Cannot be run", "": "Not run yet",
}  # fmt: skip
_LINE = re.compile(r"\b(?:line |(?:solution|main|Main)\.\w{1,4}:)(\d{1,7})")
"""Where an interpreter or a compiler names a line of the code."""


@dataclass(frozen=True)
class CaseView:
    """One case as it is shown. `state` is that of the runner, "malformed", or empty before its turn."""

    name: str
    state: str = ""
    hidden: bool = False
    expected: str = ""
    got: str = ""
    output: str = ""
    traceback: str = ""
    error_line: int | None = None
    elapsed_ms: float = 0.0
    memory_kb: int = 0
    input: str = ""
    """What it gives to the code, cut if it is long; empty if that is not to be seen."""
    own_id: str = ""
    """Of a case that I have added."""
    is_program: bool = False
    """Whether what is printed is the answer."""

    @property
    def is_own(self) -> bool:
        return bool(self.own_id)

    @property
    def printed(self) -> str:
        """All that it printed."""
        return self.output or (self.got if self.is_program else "")

    @property
    def line(self) -> str:
        """Its line in the list."""
        kind = " (mine)" if self.is_own else "" if self.hidden else " (example)"
        return f"{MARKS.get(self.state, '?')}  {self.name}{kind}"

    @property
    def measures(self) -> str:
        """Time and memory, where they were measured."""
        if self.state not in ("passed", "wrong", "error") or not (self.elapsed_ms or self.memory_kb):
            return ""
        memory = f" · {self.memory_kb / 1024:.0f} MB" if self.memory_kb else ""
        return f" · {self.elapsed_ms:.0f} ms{memory}"

    @property
    def words(self) -> str:
        """How it went."""
        return f"{STATE_WORDS.get(self.state, self.state)}{self.measures}"


def as_text(case: CaseView) -> str:
    """Everything, to be copied."""
    parts = [f"{case.name}: {case.words}"]
    for title, text in (
        ("input", case.input), ("expected", case.expected if case.state else ""), ("got", case.got),
        ("", case.traceback), ("printed", case.output),
    ):  # fmt: skip
        if text:
            parts.append(f"{title}:\n{text}" if title else text)
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def as_page(case: CaseView, theme: Theme) -> str:
    """The page of a case, as HTML. Its links are the numbers of my lines."""
    colour = {"passed": theme.passed, "": theme.dim, "skipped": theme.dim}.get(case.state, theme.wrong)
    mark = MARKS.get(case.state, "?")
    parts = [
        f'<b style="color:{colour}">{mark} {html.escape(STATE_WORDS.get(case.state, case.state))}</b>'
        f"{html.escape(case.measures)}"
    ]
    if case.traceback:
        parts.append(_code(_linked(case)))
    if case.state == "wrong":
        expected, got = compare_values(case.expected, case.got)
        parts.append(_titled("expected", _marked(expected, theme.passed, theme), theme))
        parts.append(_titled("got", _marked(got, theme.wrong, theme) or _nothing(theme), theme))
    elif case.state == "passed":
        parts.append(_titled("got, as expected", _marked(abbreviated(case.got), theme.text, theme), theme))
    elif case.state and case.expected and case.state not in ("skipped", "malformed"):
        parts.append(_titled("expected", _marked(abbreviated(case.expected), theme.text, theme), theme))
    if case.input and case.state != "passed":
        parts.append(_titled("input", html.escape(case.input), theme))
    return "".join(f'<p style="margin:0 0 6px 0">{part}</p>' for part in parts)


def _linked(case: CaseView) -> str:
    """What an error says, with each of my lines as a link."""
    words = html.escape(case.traceback)
    if case.state != "error":
        return words
    linked = _LINE.sub(lambda match: f'<a href="{match[1]}">{match[0]}</a>', words)
    if case.error_line is not None and f'href="{case.error_line}"' not in linked:
        linked += f'\n<a href="{case.error_line}">Go to line {case.error_line}</a>'
    return linked


def _titled(title: str, code: str, theme: Theme) -> str:
    return f'<span style="color:{theme.dim}">{title}</span><br>{_code(code)}'


def _code(escaped: str) -> str:
    return f"<code>{escaped.replace(chr(10), '<br>').replace('  ', '&nbsp; ')}</code>"


def _marked(pieces: tuple[Piece, ...], colour: str, theme: Theme) -> str:
    """Pieces of a value; what differs is underlined as well, so that colour is not alone."""
    made = []
    for piece in pieces:
        text = html.escape(piece.text)
        if piece.kind == "changed":
            shown = text.replace("\n", "⏎\n")
            made.append(f'<span style="color:{colour};text-decoration:underline;font-weight:600">{shown}</span>')
        elif piece.kind == "gap":
            made.append(f'<span style="color:{theme.dim}">{text}</span>')
        else:
            made.append(text)
    return "".join(made)


def _nothing(theme: Theme) -> str:
    return f'<span style="color:{theme.dim}">nothing</span>'
