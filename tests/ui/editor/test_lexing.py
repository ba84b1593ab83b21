"""Colours: line by line they are what Pygments says of the whole file, and an edit costs what it touches."""

from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import _TokenType
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sparring.editing.languages import language_of
from sparring.ui.editor import CodeEditor
from sparring.ui.editor.highlighter import colour_of
from sparring.ui.editor.lexing import MAX_LEXED_CHARACTERS, ROOT, LineLexer, line_lexer
from sparring.ui.theme import INK, PAPER
from tests.support.editor import highlighter_of, wait_for_colours

SAMPLES = Path(__file__).parent / "samples"
LANGUAGES = ("python", "javascript", "typescript", "cpp", "c", "java", "go", "rust")


def sample(language: str) -> str:
    return (SAMPLES / f"{language}.txt").read_text()


def lexer_of(language: str) -> LineLexer:
    known = language_of(language)
    lexer = line_lexer(known.name, known.lexer)
    assert lexer is not None
    return lexer


def colours_by_line(text: str, language: str) -> list[list[str | None]]:
    lexer, state = lexer_of(language), ROOT
    rows: list[list[str | None]] = []
    for line in text.split("\n"):
        row: list[str | None] = [None] * len(line)
        spans, state = lexer.lex(line, state)
        for start, stop, token in spans:
            row[start:stop] = [colour_of(token, INK)] * (stop - start)
        rows.append(row)
    return rows


def colours_of_all(text: str, language: str) -> list[list[str | None]]:
    lexer = get_lexer_by_name(language_of(language).lexer, stripnl=False, ensurenl=False)
    flat: list[str | None] = [None] * len(text)
    for position, token, value in lexer.get_tokens_unprocessed(text):
        flat[position : position + len(value)] = [colour_of(cast(_TokenType, token), INK)] * len(value)
    rows, read = [], 0
    for line in text.split("\n"):
        rows.append(flat[read : read + len(line)])
        read += len(line) + 1
    return rows


def seen(text: str, rows: list[list[str | None]]) -> list[list[tuple[str, str | None]]]:
    """The colours of what can be seen: blanks have none."""
    return [
        [(letter, colour) for letter, colour in zip(line, row, strict=True) if not letter.isspace()]
        for line, row in zip(text.split("\n"), rows, strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_line_by_line_is_what_the_whole_file_is(language: str) -> None:
    text = sample(language)
    by_line, whole = seen(text, colours_by_line(text, language)), seen(text, colours_of_all(text, language))
    for number, (mine, theirs) in enumerate(zip(by_line, whole, strict=True), 1):
        assert mine == theirs, f"line {number}"


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_spans_are_in_order_and_inside_their_line(language: str, data: st.DataObject) -> None:
    pieces = sample(language).split(" ")
    line = " ".join(data.draw(st.lists(st.sampled_from(pieces), max_size=12))).replace(
        "\n", data.draw(st.text("ab\\'"))
    )
    lexer = lexer_of(language)
    state = ROOT
    for _ in range(2):
        spans, state = lexer.lex(line, state)
        read = 0
        for start, stop, _token in spans:
            assert read <= start < stop <= len(line)
            read = stop


@pytest.mark.parametrize(
    ("language", "lines", "colour"),
    [
        ("python", ['x = """one', "two", '"""'], "syntax_string"),
        ("python", ["x = 'one \\", "two'"], "syntax_string"),
        ("javascript", ["x = `one ${1}", "two`"], "syntax_string"),
        ("javascript", ["x = 'one \\", "two'"], "syntax_string"),
        ("typescript", ["`a`; /* one", "two */"], "syntax_comment"),
        ("cpp", ['x = R"end(one )" ', 'two)end";'], "syntax_string"),
        ("cpp", ["#define A 1 /* one", "two */"], "syntax_comment"),
        ("go", ["x := `one", "two`"], "syntax_string"),
        ("java", ['x = """', "two", '""";'], "syntax_string"),
        ("rust", ['x = r##"one "#', 'two"##;'], "syntax_string"),
        ("rust", ["/* one /* two */", "three", "*/"], "syntax_comment"),
    ],
)
def test_what_goes_over_lines_ends_where_it_ends(language: str, lines: list[str], colour: str) -> None:
    text = "\n".join([*lines, "x = 1"])
    rows = colours_by_line(text, language)
    assert rows[1][0] == getattr(INK, colour)
    assert rows[-1] == colours_by_line("x = 1", language)[0]


@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_a_forgotten_quote_spoils_its_own_line_only(language: str) -> None:
    rows = colours_by_line("x = 'one\nlet y = 1", language)
    assert rows[1] == colours_by_line("let y = 1", language)[0]


def test_a_line_of_data_has_no_colours_and_the_next_lines_are_right() -> None:
    rows = colours_by_line("x = '" + "a" * MAX_LEXED_CHARACTERS + "\ny = 1", "python")
    assert set(rows[0]) == {None}
    assert rows[1] == colours_by_line("y = 1", "python")[0]


# In a widget.


def formats(editor: CodeEditor) -> list[list[tuple[int, int, str]]]:
    block = editor.document().begin()
    rows = []
    while block.isValid():
        row: list[tuple[int, int, str]] = []
        for one in block.layout().formats():
            name = one.format.foreground().color().name()
            if row and row[-1][2] == name and row[-1][0] + row[-1][1] == one.start:
                # Qt joins what it was given in one go, and not what came with another edit.
                row[-1] = (row[-1][0], row[-1][1] + one.length, name)
            else:
                row.append((one.start, one.length, name))
        rows.append(row)
        block = block.next()
    return rows


def an_editor(qtbot: QtBot, language: str, text: str) -> CodeEditor:
    editor = CodeEditor("mine", "My code")
    qtbot.addWidget(editor)
    editor.set_language(language)
    editor.setPlainText(text)
    wait_for_colours(qtbot, editor)
    return editor


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edits_end_in_the_colours_of_a_fresh_widget(qtbot: QtBot, language: str, data: st.DataObject) -> None:
    text = sample(language)
    editor = an_editor(qtbot, language, text)
    pieces = st.sampled_from(
        [
            "",
            '"',
            "'",
            "`",
            '"""',
            "/*",
            "*/",
            "//",
            "#",
            "\n",
            "\\",
            "${",
            "}",
            "{",
            "(",
            "é🧮",
            "x = 1\n",
            'r#"',
            '"#',
        ]
    )
    cursor = QTextCursor(editor.document())
    for _ in range(data.draw(st.integers(1, 6))):
        last = editor.document().characterCount() - 1
        start = data.draw(st.integers(0, last))
        cursor.setPosition(start)
        cursor.setPosition(
            min(last, start + data.draw(st.sampled_from([0, 0, 1, 3, 80]))), QTextCursor.MoveMode.KeepAnchor
        )
        cursor.insertText(data.draw(pieces))
    wait_for_colours(qtbot, editor)
    assert formats(editor) == formats(an_editor(qtbot, language, editor.toPlainText()))


def test_a_key_lexes_its_own_line(qtbot: QtBot) -> None:
    editor = an_editor(qtbot, "python", "value = [1, 2]  # some\n" * 2_000)
    editor.go_to_line(1_000)
    before = highlighter_of(editor).lexed
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    wait_for_colours(qtbot, editor)
    assert highlighter_of(editor).lexed - before <= 5


def test_another_theme_lexes_nothing(qtbot: QtBot) -> None:
    editor = an_editor(qtbot, "python", sample("python"))
    before, dark = highlighter_of(editor).lexed, formats(editor)
    editor.set_theme(PAPER)
    wait_for_colours(qtbot, editor)
    assert highlighter_of(editor).lexed == before
    assert formats(editor) != dark
    assert [[one[:2] for one in row] for row in formats(editor)] == [[one[:2] for one in row] for row in dark]


def test_a_string_opened_at_the_top_of_a_long_file_is_taken_in_slices(qtbot: QtBot) -> None:
    lines = 5_000
    editor = an_editor(
        qtbot, "python", "def solve(items: list[int]) -> int:  # fold\n    return sum(items)\n" * (lines // 2)
    )
    editor.auto_close = False
    editor.resize(600, 400)
    editor.show()
    editor.go_to_line(1)
    alive: list[int] = []
    ticks = QTimer(editor)
    ticks.timeout.connect(lambda: alive.append(highlighter_of(editor).lexed))
    ticks.start(0)
    for key in '"""':
        QTest.keyClick(editor, key)
    pauses: list[int] = []
    highlighter_of(editor)._slice.timeout.connect(lambda: pauses.append(highlighter_of(editor)._slice.interval()))
    wait_for_colours(qtbot, editor)
    # What the key shows is painted before the first slice; the others follow at once.
    assert set(pauses) == {0}, pauses
    ticks.stop()
    # The loop went on between the slices, many times before the last line had its colours.
    assert len(set(alive)) > 5
    rows = formats(editor)
    assert len({row[0][2] for row in rows[:-1]}) == 1
    assert all(len(row) == 1 for row in rows[:-1])
