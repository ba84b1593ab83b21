"""Whatever is pressed, in whatever text: nothing breaks, and the cursor stands where it may."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.editing import Edit, Selection, apply_edits, shift_selection
from sparring.editing.languages import LANGUAGES, Language
from sparring.editing.vim import Mode, Vim
from sparring.editing.vim.lines import after, before, on_character, snapped
from tests.support.vim import Desk
from tests.support.work import calls_of

KEYS = [
    *"hjklwWbBeE0^$GgfFtT;,{}%nN*#/?:dcyxXsSDCYJr~pPoOiIaAuUvVRm'`\"123.<>_+-|[](\"'bBaz&q",
    *("<Esc>", "<Esc>", "<CR>", "<BS>", "<Del>", "<Tab>", "<Left>", "<Up>", "<C-r>", "<C-w>", "<C-u>", "<C-v>", "<F1>"),
    *"é漢🧮",
]
texts = st.text(st.sampled_from("ab_ \n\n\t.(){}[]\"'é́👩\u200d🚀🧮🇩🇪漢"), max_size=40)
key_lists = st.lists(st.sampled_from(KEYS), max_size=30)
languages = st.sampled_from([LANGUAGES["python"], LANGUAGES["go"], LANGUAGES["text"]])


def check(desk: Desk) -> None:
    """What holds after every key."""
    text, selection, mode = desk.text, desk.selection, desk.vim.mode
    assert 0 <= selection.start <= selection.stop <= len(text)
    if mode not in (Mode.INSERT, Mode.REPLACE):
        assert snapped(text, selection.anchor) == selection.anchor
        assert snapped(text, selection.head) == selection.head
    if mode is Mode.NORMAL:
        assert selection.is_empty
        assert on_character(text, selection.head) == selection.head
    assert 0 <= desk.vim.cursor(text, selection) <= len(text)


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(0, 40), key_lists, languages)
def test_no_keys_break_anything(text: str, at: int, keys: list[str], language: Language) -> None:
    at = on_character(text, min(at, len(text)))
    desk = Desk(text[:at] + "|" + text[at:], language)
    for key in keys:
        desk.press_one(key)
        check(desk)


@settings(max_examples=150, deadline=None)
@given(texts, st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 60), st.integers(0, 3), texts), max_size=15))
def test_a_partner_types_between_the_keys(text: str, steps: list[tuple[str, int, int, str]]) -> None:
    desk = Desk("|" + text)
    for key, start, length, inserted in steps:
        start = min(start, len(desk.text))
        edit = Edit(start, min(len(desk.text), start + length), inserted)
        desk.text = apply_edits(desk.text, [edit])
        desk.selection = shift_selection(desk.selection, [edit])
        desk.press_one(key)
        assert 0 <= desk.selection.start <= desk.selection.stop <= len(desk.text)
        if desk.last.selection is not None and desk.vim.mode is Mode.NORMAL:
            check(desk)


@given(texts)
def test_characters_forth_and_back(text: str) -> None:
    at, stops = 0, [0]
    while at < len(text):
        at = after(text, at)
        stops.append(at)
    while at:
        assert stops.pop() == at
        at = before(text, at)


@pytest.mark.parametrize("keys", ["w", "b", "e", "j", "k", "fr", "$", "0", "{", "x", "dd", "yyp", "diw", "%"])
def test_a_key_costs_the_same_in_a_long_text(keys: str) -> None:
    short, long = (_work(lines, keys) for lines in (500, 5_000))
    assert long <= short * 1.5 + 50


def _work(lines: int, keys: str) -> int:
    text = "    result = compute(first, second)  # é\n" * lines
    vim, selection = Vim(), Selection.at(on_character(text, len(text) // 2))
    return calls_of(lambda: [vim.key(key, text, selection, LANGUAGES["python"]) for key in keys])
