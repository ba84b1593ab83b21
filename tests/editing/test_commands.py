"""What keys do to a text. "|" is a cursor, "‹…›" a selection with its head at the end, "«…»" one with it in front."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.editing import Change, Edit, Selection, apply_edits, characters, cursors, lines, merged, shift
from sparring.editing.languages import Language, language_of

PYTHON = language_of("python")
Command = Callable[[str, tuple[Selection, ...]], Change]


def read(marked: str) -> tuple[str, tuple[Selection, ...]]:
    text = ""
    found: list[Selection] = []
    opened = 0
    for character in marked:
        match character:
            case "|":
                found.append(Selection.at(len(text)))
            case "‹" | "«":
                opened = len(text)
            case "›":
                found.append(Selection(opened, len(text)))
            case "»":
                found.append(Selection(len(text), opened))
            case _:
                text += character
    return text, tuple(found)


def write(text: str, selections: tuple[Selection, ...]) -> str:
    marks: list[tuple[int, int, str]] = []
    for one in selections:
        if one.is_empty:
            marks.append((one.head, 1, "|"))
        else:
            opening, closing = ("‹", "›") if one.anchor < one.head else ("«", "»")
            marks += [(one.start, 2, opening), (one.stop, 0, closing)]
    for position, _, mark in sorted(marks, reverse=True):
        text = text[:position] + mark + text[position:]
    return text


def after(command: Command, marked: str) -> str:
    text, selections = read(marked)
    change = command(text, selections)
    return write(apply_edits(text, change.edits), change.selections)


def typing(character: str, language: Language = PYTHON, *, auto_close: bool = True) -> Command:
    return lambda text, selections: characters.type_character(
        text, selections, character, language, auto_close=auto_close
    )


@pytest.mark.parametrize(
    ("character", "before", "expected"),
    [
        ("(", "f|", "f(|)"),
        ("(", "f|x", "f(|x"),
        (")", "f(|)", "f()|"),
        (")", "f(g(|)", "f(g()|)"),
        ("[", "x = |", "x = [|]"),
        ('"', "x = |", 'x = "|"'),
        ('"', 'x = "a|"', 'x = "a"|'),
        ("'", "don|", "don'|"),
        ("'", '"it|"', '"it\'|"'),
        ("(", "‹a + b›", "(‹a + b›)"),
        ("[", "«a»", "[«a»]"),
        ('"', "‹a›", '"‹a›"'),
        ("x", "‹ab›c", "x|c"),
        ("x", "a| b| c|", "ax| bx| cx|"),
        ("(", "a| b|", "a(|) b(|)"),
        ("é", "|", "é|"),
        ("🧮", "a|b", "a🧮|b"),
    ],
)
def test_a_character(character: str, before: str, expected: str) -> None:
    assert after(typing(character), before) == expected


def test_auto_closing_can_be_turned_off() -> None:
    assert after(typing("(", auto_close=False), "f|") == "f(|"
    assert after(typing('"', auto_close=False), "‹a›") == '"|'


def test_a_closing_brace_goes_back_to_its_opening() -> None:
    java = language_of("java")
    assert after(typing("}", java), "class A {\n        |") == "class A {\n}|"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("def f():|", "def f():\n    |"),
        ("    return 1|", "    return 1\n|"),
        ("    x = 1|", "    x = 1\n    |"),
        ("f(|)", "f(\n    |\n)"),
        ("    a|   b", "    a\n    |b"),
        ("x‹yz›", "x\n|"),
        ("if a:  # why|", "if a:  # why\n    |"),
    ],
)
def test_enter(before: str, expected: str) -> None:
    assert after(lambda text, where: characters.new_line(text, where, PYTHON), before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("ab|", "a|"),
        ("        |x", "    |x"),
        ("      |x", "    |x"),
        ("f(|)", "f|"),
        ('"|"', "|"),
        ("👩‍🚀|", "|"),
        ("e\u0301|", "|"),
        ("a\n|b", "a|b"),
        ("‹ab›c", "|c"),
        ("a|a|a|", "|"),
        ("|", "|"),
    ],
)
def test_backspace(before: str, expected: str) -> None:
    command: Command = lambda text, where: characters.backspace(text, where, PYTHON, auto_close=True)  # noqa: E731
    assert after(command, before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("|👩‍🚀b", "|b"), ("a|", "a|"), ("a|\nb", "a|b"), ("a‹b›c", "a|c")],
)
def test_delete(before: str, expected: str) -> None:
    assert after(characters.delete, before) == expected


def test_words_go_whole() -> None:
    assert after(characters.delete_word_before, "total_sum = value|") == "total_sum = |"
    assert after(characters.delete_word_before, "total_sum = |") == "total_sum |"
    assert after(characters.delete_word_after, "|  value + 1") == "| + 1"


@pytest.mark.parametrize(
    ("command", "before", "expected"),
    [
        ("comment", "‹a\n\n  b›", "# ‹a\n\n#   b›"),
        ("comment", "‹# a\n\n#   b›", "‹a\n\n  b›"),
        ("comment", "    ‹x\n  y›\nz", "  #   ‹x\n  # y›\nz"),
        ("indent", "‹a\n\nb›", "    ‹a\n\n    b›"),
        ("indent", "‹a\n›b", "    ‹a\n›b"),
        ("unindent", "    ‹a\n  b›", "‹a\nb›"),
        ("tab", "a|", "a   |"),
        ("tab", "‹a\nb›", "    ‹a\n    b›"),
        ("up", "a\nb|\nc", "b|\na\nc"),
        ("up", "a|\nb", "a|\nb"),
        ("down", "a|\nb\nc", "b\na|\nc"),
        ("down", "a\nb|", "a\nb|"),
        ("down", "‹a\nb›\nc", "c\n‹a\nb›"),
        ("up", "a\nb\nc|", "a\nc|\nb"),
        ("duplicate", "a\nb|", "a\nb\nb|"),
        ("duplicate", "‹a\nb›", "a\nb\n‹a\nb›"),
        ("delete", "a\nb|\nc", "a\n|c"),
        ("delete", "a\nb|", "a|"),
        ("delete", "a|", "|"),
        ("delete", "a|\nb\nc|", "|b|"),
    ],
)
def test_lines(command: str, before: str, expected: str) -> None:
    commands: dict[str, Command] = {
        "comment": lambda text, where: lines.toggle_comment(text, where, PYTHON),
        "indent": lambda text, where: lines.indent(text, where, PYTHON),
        "unindent": lambda text, where: lines.unindent(text, where, PYTHON),
        "tab": lambda text, where: lines.tab(text, where, PYTHON),
        "up": lambda text, where: lines.move_lines(text, where, -1),
        "down": lambda text, where: lines.move_lines(text, where, 1),
        "duplicate": lines.duplicate_lines,
        "delete": lines.delete_lines,
    }
    assert after(commands[command], before) == expected


def test_each_line_is_an_edit_of_its_own() -> None:
    """So that what a partner types in one of them at the same time stays where it belongs."""
    text = "a = 1\nb = 2\nc = 3"
    change = lines.toggle_comment(text, (Selection(0, len(text)),), PYTHON)
    assert change.edits == (Edit(0, 0, "# "), Edit(6, 6, "# "), Edit(12, 12, "# "))
    moved = lines.move_lines(text, (Selection.at(7),), -1)
    assert all(edit.stop <= 6 or edit.start >= 11 for edit in moved.edits), "the moved line itself is not rewritten"


@pytest.mark.parametrize(
    ("steps", "before", "expected"),
    [
        (1, "to|tal + total", "‹total› + total"),
        (2, "to|tal + total", "‹total› + ‹total›"),
        (3, "to|tal + total", "‹total› + ‹total›"),
    ],
)
def test_the_next_occurrence(steps: int, before: str, expected: str) -> None:
    text, selections = read(before)
    for _ in range(steps):
        selections = cursors.add_next_occurrence(text, selections)
    assert write(text, selections) == expected


def test_cursors_above_and_below() -> None:
    text, selections = read("abc\nx|\nabcdef")
    assert write(text, cursors.add_vertically(text, selections, -1)) == "a|bc\nx|\nabcdef"
    assert write(text, cursors.add_vertically(text, selections, 1)) == "abc\nx|\na|bcdef"
    text, selections = read("‹ab\ncd›")
    assert write(text, cursors.split_into_lines(text, selections)) == "ab|\ncd|"


def test_pasting_as_many_lines_as_cursors_gives_one_to_each() -> None:
    assert after(lambda text, where: characters.paste(where, "1\n2\n"), "a|\nb|") == "a1|\nb2|"
    assert after(lambda text, where: characters.paste(where, "1\n2"), "a|") == "a1\n2|"


def test_cutting_without_a_selection_takes_the_line() -> None:
    text, selections = read("a\nb|b\nc")
    taken, change = characters.cut_lines(text, selections)
    assert (taken, write(apply_edits(text, change.edits), change.selections)) == ("bb\n", "a\n|c")


texts = st.text(st.sampled_from("ab (\n)\t[]{}'\":#é👩‍🚀\u0301"), max_size=40)


@st.composite
def seats(draw: st.DrawFn) -> tuple[str, tuple[Selection, ...]]:
    text = draw(texts)
    places = st.integers(0, len(text))
    found = draw(st.lists(st.builds(Selection, places, places), min_size=1, max_size=4))
    return text, merged(found)


ALL: list[Command] = [
    *(typing(character) for character in "x(\"}'"),
    lambda text, where: characters.new_line(text, where, PYTHON),
    lambda text, where: characters.backspace(text, where, PYTHON, auto_close=True),
    characters.delete,
    characters.delete_word_before,
    characters.delete_word_after,
    lambda text, where: characters.cut_lines(text, where)[1],
    lambda text, where: characters.paste(where, "p\nq"),
    lambda text, where: lines.toggle_comment(text, where, PYTHON),
    lambda text, where: lines.indent(text, where, PYTHON),
    lambda text, where: lines.unindent(text, where, PYTHON),
    lambda text, where: lines.tab(text, where, PYTHON),
    lambda text, where: lines.move_lines(text, where, -1),
    lambda text, where: lines.move_lines(text, where, 1),
    lines.duplicate_lines,
    lines.delete_lines,
]


@given(seats(), st.sampled_from(ALL))
def test_every_command_gives_sorted_edits_and_cursors_within_the_text(
    seat: tuple[str, tuple[Selection, ...]], command: Command
) -> None:
    text, selections = seat
    change = command(text, selections)
    stop = 0
    for edit in change.edits:
        assert stop <= edit.start <= edit.stop <= len(text)
        stop = edit.stop
    result = apply_edits(text, change.edits)
    assert change.selections
    for one in change.selections:
        assert 0 <= one.start <= one.stop <= len(result)


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), texts), max_size=5), st.integers(0, 40))
def test_what_is_before_and_after_a_position_stays_so(
    text: str, raw: list[tuple[int, int, str]], position: int
) -> None:
    edits: list[Edit] = []
    read_to = 0
    for start, length, inserted in sorted(raw):
        if read_to <= start and start + length <= len(text):
            edits.append(Edit(start, start + length, inserted))
            read_to = start + length + 1
    position = min(position, len(text))
    result = apply_edits(text, edits)
    early = shift(position, edits, after_insertion=False)
    late = shift(position, edits, after_insertion=True)
    assert 0 <= early <= late <= len(result)
    outside = all(not edit.start < position < edit.stop for edit in edits)
    if outside:
        behind = [edit for edit in edits if edit.start >= position]
        ahead = [edit for edit in edits if edit.start < position or edit.start == edit.stop == position]
        assert result[late:] == apply_edits(
            text[position:],
            [Edit(edit.start - position, edit.stop - position, edit.inserted) for edit in behind if edit not in ahead],
        )
