"""The engine as the editor meets it: modes, what it asks for, and what is no motion and no operator."""

import pytest

from sparring.editing import Edit, Selection, apply_edits, shift_selection
from sparring.editing.languages import LANGUAGES, Language
from sparring.editing.vim import Mode
from tests.support.vim import Desk

PYTHON = LANGUAGES["python"]


def desk(marked: str, language: Language = PYTHON) -> Desk:
    return Desk(marked, language)


@pytest.mark.parametrize(
    ("keys", "mode", "pending"),
    [
        ("", Mode.NORMAL, ""),
        ("2d", Mode.NORMAL, "2d"),
        ('"a', Mode.NORMAL, '"a'),
        ("g", Mode.NORMAL, "g"),
        ("2d<Esc>", Mode.NORMAL, ""),
        ("gz", Mode.NORMAL, ""),
        ("/fo", Mode.COMMAND, "/fo"),
        ("d/fo<BS>x", Mode.COMMAND, "/fx"),
        ("/foo bar<C-w>x", Mode.COMMAND, "/foo x"),
        (":1", Mode.COMMAND, ":1"),
        (":<BS>", Mode.NORMAL, ""),
        ("/<Esc>", Mode.NORMAL, ""),
        ("i", Mode.INSERT, ""),
        ("cw", Mode.INSERT, ""),
        ("R", Mode.REPLACE, ""),
        ("v", Mode.VISUAL, ""),
        ("vV", Mode.VISUAL_LINE, ""),
        ("V/a", Mode.COMMAND, "/a"),
        ("vv", Mode.NORMAL, ""),
        ("vy", Mode.NORMAL, ""),
        ("i<Esc>", Mode.NORMAL, ""),
        ("i<C-[>", Mode.NORMAL, ""),
    ],
)
def test_modes_and_what_is_pending(keys: str, mode: Mode, pending: str) -> None:
    at = desk("|foo bar").press(keys)
    assert (at.vim.mode, at.vim.pending) == (mode, pending)


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ("u", ("undo", 1)),
        ("3u", ("undo", 3)),
        ("<C-r>", ("redo", 1)),
        ("<C-d>", ("half-page-down", 1)),
        ("<C-u>", ("half-page-up", 1)),
        ("<C-f>", ("page-down", 1)),
        ("<C-b>", ("page-up", 1)),
        ("zz", ("centre", 1)),
        ("zt", ("top", 1)),
        ("5<C-e>", ("line-down", 5)),
        ("vzz", ("centre", 1)),
    ],
)
def test_what_only_the_editor_can_do_is_asked_of_it(keys: str, asked: tuple[str, int]) -> None:
    at = desk("|foo").press(keys)
    assert at.asked == [asked]
    assert at.last.selection is None


@pytest.mark.parametrize("key", ["<C-k>", "<C-s>", "<F5>", "<C-v>"])
def test_the_apps_own_keys_pass(key: str) -> None:
    assert not desk("|foo").vim.key(key, "foo", Selection.at(0), PYTHON).handled


@pytest.mark.parametrize("key", ["q", "Z", "é", "<Tab>", "&"])
def test_no_other_key_types_in_normal_mode(key: str) -> None:
    assert desk("|foo").vim.key(key, "foo", Selection.at(0), PYTHON).handled


def test_typing_in_insert_mode_is_the_editors() -> None:
    at = desk("|foo").press("i")
    for key in ("x", "<CR>", "<BS>", "<Tab>", "(", "<Left>", "<C-k>"):
        assert not at.vim.key(key, at.text, at.selection, PYTHON).handled


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        # Indentation and comments as the language has them.
        ("def f(x):|", "oreturn x<Esc>", "def f(x):\n    return |x"),
        ("    return |x", "oy<Esc>", "    return x\n|y"),
        ("    x|", "Oy<Esc>", "    |y\n    x"),
        ("def f():|", "opass<Esc>k.", "def f():\n    pas|s\n    pass"),
        ("if a:|", "3op<Esc>", "if a:\n    p\n    p\n    |p"),
        ("a|", "gcc", "|# a"),
        ("# |a", "gcc", "|a"),
        ("    a|\n  b\n\nc", "gcj", "  |#   a\n  # b\n\nc"),
        ("|a\n\n# b", "gcip", "|# a\n\n# b"),
        ("|# a\n#b", "Vjgc", "|a\nb"),
        ("|a\nb", "gccj.", "# a\n|# b"),
        # The colon's commands.
        ("|a\nb\n  c", ":3<CR>", "a\nb\n  |c"),
        ("|a\nb", ":99<CR>", "a\n|b"),
        ("a\nb\n|c", ":1<CR>", "|a\nb\nc"),
        ("|aa\naa", ":s/a/b<CR>", "|ba\naa"),
        ("|aa\naa", ":s/a/b/g<CR>", "|bb\naa"),
        ("|aa\naa", ":%s/a/b/g<CR>", "bb\n|bb"),
        ("|aa\naa\naa", ":2,3s/a/b/<CR>", "aa\nba\n|ba"),
        ("|aa\naa\naa", ":.,$s/a/b/<CR>", "ba\nba\n|ba"),
        ("|aa\naa\naa", ":.+1s/a/b/<CR>", "aa\n|ba\naa"),
        ("aa\n|aa\naa", "Vj:s/a/b/g<CR>", "aa\nbb\n|bb"),
        ("|foo bar", r":s/(\w+) (\w+)/\2 \1/<CR>", "|bar foo"),
        ("|a/b", r":s/\//-/<CR>", "|a-b"),
        ("|a/b", ":s#/#-#<CR>", "|a-b"),
        ("|Aa", ":s/a/x/gi<CR>", "|xx"),
        ("|ab", ":s/$/;/<CR>", "|ab;"),
        ("|a b", r":s/ /\n/<CR>", "|a\nb"),
        ("|foo", "/o<CR>ggd0:s//x/<CR>", "|fxo"),
        # Searching with Python's expressions.
        ("|a1 b22", r"/\d\d<CR>", "a1 b|22"),
        ("|a FOO", r"/foo\c<CR>", "a |FOO"),
        ("|a\nb a", "/^b<CR>", "a\n|b a"),
        ("|x a.b aab a.b", "fa*", "x a.b aab |a.b"),
        ("|ab", "d/b<CR>", "|b"),
        ("|ab ab", "2d/a<CR>", "|ab ab"),
        ("|", "/x<CR>", "|"),
        # Insert mode's own keys.
        ("|", "ifoo  <C-w>x<Esc>", "|x"),
        ("    |", "a<C-u>x<Esc>", "|x"),
        ("|ab", 'yiwA<C-r>"<Esc>', "aba|b"),
        ("|ab", "yiwo<C-r>0-<Esc>.", "ab\nab-\nab|-"),
        ("|", "i(<Tab>)<Esc>", "(   |)"),
        ("a|b", "i<Del>x<Esc>", "a|x"),
        # Registers.
        ("|a\nb\nc", 'dddd"2P', "|a\nc"),
        ("|ab", 'xx"-p', "|b"),
        ("|a\nb", 'yyp"0P', "a\n|a\na\nb"),
        ("|a b", 'vy"_dwp', "b|a"),
        # Moving in insert mode begins another insertion.
        ("|", "iab<Left>c<Esc>.", "ab|cc"),
        ("|ab", "3ix<Left>y<Esc>", "x|yab"),
        # Replace mode takes back what it did.
        ("|abcd", "Rx<Tab><BS><BS>y<Esc>", "|ybcd"),
        ("|ab", "Rx<CR><BS>y<Esc>", "x|y"),
        ("a|b", "R<BS>x<Esc>", "|xb"),
        ("|abcd", "2Rx<Esc>", "x|xcd"),
        # Visual mode's changes are repeated over as much.
        ("|abcdef", "vld.", "|ef"),
        ("|a\nb\nc\nd", "Vj>j.", "    a\n        |b\n    c\nd"),
        ("|ab cd", "vlcx<Esc>w.", "x |x"),
        # Text objects of text that has none.
        ("a|b", "di(", "a|b"),
        ("a|b", 'ci"', "a|b"),
        ("|a\nb", "y'zp", "|a\nb"),
        # gv and gi.
        ("|abc", "vl<Esc>$gvd", "|c"),
        ("|ab\ncd", "Ax<Esc>jgiy<Esc>", "abx|y\ncd"),
        ("|abc", "vliwd", "|"),
    ],
)
def test_conversations(before: str, keys: str, after: str) -> None:
    at = desk(before).press(keys)
    assert at.marked == after
    assert at.vim.mode is Mode.NORMAL


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("/foo<CR>", "pattern not found: foo"),
        ("n", "nothing has been searched for yet"),
        (":s/foo/x/<CR>", "pattern not found: foo"),
        (":frob<CR>", "not a command here: frob"),
        (":w<CR>", "Everything is saved as you type."),
        (":wq<CR>", "Everything is saved as you type."),
        ("'a", "no mark a here"),
        ("p", "that register is empty"),
        ("/b<CR>n", "went on at the beginning"),
        (":%s/[ab]/x/g<CR>", "2 places changed"),
    ],
)
def test_messages(keys: str, message: str) -> None:
    assert desk("|a b").press(keys).last.message == message


def test_what_is_no_pattern_is_said() -> None:
    assert desk("|a").press("/(<CR>").last.message.startswith("not a pattern: ")
    assert desk("|a").press(r":s/a/\9/<CR>").last.message.startswith("not a replacement: ")


def test_the_selection_covers_what_visual_mode_takes() -> None:
    at = desk("a|bc\ndef").press("v")
    assert (at.selected, at.selection) == ("b", Selection(1, 2))
    assert at.press("l").selected == "bc"
    assert at.press("hh").selection == Selection(2, 0)
    assert at.press("o").selection == Selection(0, 2)
    assert at.press("$").selected == "abc\n"
    assert at.press("V").selected == "abc\n"
    assert at.press("j").selected == "abc\ndef"


def test_a_selection_made_with_the_mouse_is_visual_mode() -> None:
    at = desk("|foo bar")
    at.selection = at.vim.settle(at.text, Selection(4, 7))
    assert at.vim.mode is Mode.VISUAL
    assert at.press("d").marked == "foo| "
    at.selection = Selection(0, 3)
    assert at.press("U").marked == "|FOO "


def test_a_click_leaves_visual_mode_and_stands_on_a_character() -> None:
    at = desk("|foo\nbar").press("vl")
    at.selection = at.vim.settle(at.text, Selection.at(3))
    assert (at.vim.mode, at.marked) == (Mode.NORMAL, "fo|o\nbar")


def test_a_click_in_insert_mode_begins_another_insertion() -> None:
    at = desk("|foo bar").press("3ia")
    at.selection = at.vim.settle(at.text, Selection.at(len(at.text)))
    assert at.press("b<Esc>.").marked == "afoo bar|bb"


def test_the_clipboard_is_a_register() -> None:
    at = desk("|foo bar").press('"+yiw')
    assert at.clipboard == "foo"
    at.clipboard = "x\r\ny\n"
    assert at.press('"+p').text == "foo bar\nx\ny"
    assert at.press('"*P').text.startswith("foo bar\nx\ny\nx")


def test_what_was_completed_is_repeated() -> None:
    at = desk("|").press("iap")
    at.text, at.selection = "append", Selection.at(6)
    at.vim.typed("append", deleted=2)
    assert at.press(" <Esc>.").text == "appendappend  "


def test_a_partner_types_above_while_lines_are_selected() -> None:
    at = desk("a\n|b\nc\nd").press("Vj")
    edit = Edit(0, 0, "new\n")
    at.text, at.selection = apply_edits(at.text, [edit]), shift_selection(at.selection, [edit])
    assert at.press("d").marked == "new\na\n|d"


def test_a_partner_types_in_the_middle_of_a_command() -> None:
    at = desk("foo |bar").press("d")
    edit = Edit(0, 3, "")
    at.text, at.selection = apply_edits(at.text, [edit]), shift_selection(at.selection, [edit])
    assert at.press("w").marked == "| "


def test_search_is_shown_until_noh() -> None:
    at = desk("|a b").press("/b<CR>")
    assert at.vim.highlighted == "b"
    assert at.press(":noh<CR>").vim.highlighted == ""
    assert at.press("n").vim.highlighted == "b"


def test_another_text_begins_in_normal_mode_with_the_same_registers() -> None:
    at = desk("|ab").press("yiwma2i")
    at.vim.reset()
    assert (at.vim.mode, at.vim.pending) == (Mode.NORMAL, "")
    assert at.press("p").text == "aabb"
    assert at.press("`a").last.message == "no mark a here"


def test_a_slip_with_a_count_does_no_harm() -> None:
    at = desk("|" + "x" * 1_000).press("yy99999999999p")
    assert at.last.message == "that would be too much text"
    assert len(at.press("99999999ia<Esc>").text) <= 1_001_000
