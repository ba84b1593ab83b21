"""Vim's keys in the real widget: what one presses, sees, and what a partner does in between."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from sparring.editing import Selection
from sparring.editing.vim import Mode
from sparring.ui.editor.vim_keys import VimKeys
from tests.support.editor import ALT, CONTROL, SHIFT, EditorDesk


class VimDesk(EditorDesk):
    def __init__(self, qtbot: QtBot, marked: str = "|", language: str = "python") -> None:
        super().__init__(qtbot, marked, language)
        self.vim = VimKeys(self.editor)
        self.statuses: list[str] = []
        self.vim.status_changed.connect(self.statuses.append)

    @property
    def status(self) -> str:
        return self.statuses[-1]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[VimDesk]:
    made = VimDesk(qtbot)
    yield made
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("|one two three", "dw", "|two three"),
        ("|one two three", "2dw", "|three"),
        ("|one two three", "d2w", "|three"),
        ("one |two three", "ciwnew<Esc>", "one ne|w three"),
        ("|a\nb\nc", "ddp", "b\n|a\nc"),
        ("|a\nb\nc\nd", "2ddGp", "c\nd\n|a\nb"),
        ("|abc", "xx.", "|"),
        ("|a b c d", "dw..", "|d"),
        ("|a\nb\nc", "A;<Esc>j.j.", "a;\nb;\nc|;"),
        ("|one", "ohello<Esc>", "one\nhell|o"),
        ("|one", "3ix<Esc>", "xx|xone"),
        ("|f(one, two)", "f(ci(new<Esc>", "f(ne|w)"),
        ("|abcd", "Rxy<Esc>", "x|ycd"),
        ("|one two", "vex", "| two"),
        ("|a\nb\nc", "Vjd", "|c"),
        ("|ab", "yyp", "ab\n|ab"),
        ("|foo bar foo", "*x", "foo bar |oo"),
        ("|é🧮 x", "xx", "| x"),
        ("|if x:", "opass<Esc>", "if x:\n    pas|s"),
    ],
)
def test_conversations(desk: VimDesk, before: str, keys: str, after: str) -> None:
    desk.write(before)
    desk.keys(keys)
    assert desk.marked == after
    assert desk.vim.mode is Mode.NORMAL


def test_what_is_unfinished_is_shown_below(desk: VimDesk) -> None:
    desk.write("|one two")
    for keys, status in [
        ("2d", "NORMAL  2d"), ("<Esc>", "NORMAL"), ("v", "VISUAL"), ("<Esc>", "NORMAL"), ("V", "VISUAL LINE"),
        ("<Esc>", "NORMAL"), ("i", "INSERT"), ("<Esc>", "NORMAL"), ("R", "REPLACE"), ("<Esc>", "NORMAL"),
        ("/tw", "/tw"), ("<CR>", "NORMAL"), ("/none<CR>", "NORMAL  pattern not found: none"),
    ]:  # fmt: skip
        desk.keys(keys)
        assert desk.status == status


def test_the_cursor_is_a_block_but_for_inserting(desk: VimDesk) -> None:
    desk.write("|one")
    block = desk.editor.cursorWidth()
    assert block > 2
    desk.keys("i")
    assert desk.editor.cursorWidth() == 2
    desk.keys("<Esc>")
    assert desk.editor.cursorWidth() == block


def test_a_search_lights_up_until_noh(desk: VimDesk) -> None:
    desk.write("|Foo foo FOO")
    desk.keys(r"/foo\c<CR>")
    assert desk.marked == "Foo |foo FOO"
    assert [(one.start, one.stop) for one in desk.editor.marks.matches] == [(0, 3), (4, 7), (8, 11)]
    desk.keys("ggx")
    assert [(one.start, one.stop) for one in desk.editor.marks.matches] == [(3, 6), (7, 10)]
    desk.keys(":noh<CR>")
    assert desk.editor.marks.matches == ()


def test_matches_of_the_find_line_are_left_alone(desk: VimDesk) -> None:
    desk.write("|one two")
    desk.editor.marks.matches = (Selection(0, 3),)
    desk.keys("lix<Esc>")
    assert desk.editor.marks.matches == (Selection(0, 3),)


def test_a_pattern_that_would_hold_the_window_is_given_up(desk: VimDesk) -> None:
    desk.write("|" + "a" * 5_000 + "\nb")
    desk.keys(r"/(a|aa)+$x<CR>")
    assert "takes too long" in desk.status
    desk.keys(r":%s/(a|aa)+$x/y/<CR>")
    assert "takes too long" in desk.status
    assert desk.text == "a" * 5_000 + "\nb"


# Keys of the window.


def shortcut(desk: VimDesk, keys: str) -> list[str]:
    heard: list[str] = []
    QShortcut(QKeySequence(keys), desk.window).activated.connect(lambda: heard.append(keys))
    return heard


def test_vims_ctrl_keys_win_in_normal_mode_and_the_windows_do_else(desk: VimDesk) -> None:
    desk.write("|line\n" * 100)
    stuck, clock, palette = (shortcut(desk, keys) for keys in ("Ctrl+D", "Ctrl+P", "Ctrl+K"))
    more = shortcut(desk, "Ctrl+E")
    desk.keys("<C-d>")
    assert not stuck
    assert desk.editor.textCursor().blockNumber() > 0
    desk.press(Qt.Key.Key_P, CONTROL)
    desk.press(Qt.Key.Key_K, CONTROL)
    assert (clock, palette) == (["Ctrl+P"], ["Ctrl+K"])
    desk.keys("i")
    desk.press(Qt.Key.Key_E, CONTROL)
    assert more == ["Ctrl+E"]
    desk.keys("<Esc>")
    desk.press(Qt.Key.Key_E, CONTROL)
    assert more == ["Ctrl+E"]


def test_the_editors_own_commands_work_in_every_mode(desk: VimDesk) -> None:
    desk.write("|one\ntwo")
    desk.press(Qt.Key.Key_Slash, CONTROL)
    assert desk.text == "# one\ntwo"
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.text == "two\n# one"
    desk.keys("i")
    desk.press(Qt.Key.Key_Slash, CONTROL)
    assert desk.text == "two\none"


def test_pages(desk: VimDesk) -> None:
    desk.write("|line\n" * 200)
    desk.keys("<C-f>")
    page = desk.editor.textCursor().blockNumber()
    assert page > 5
    desk.keys("<C-b>")
    assert desk.editor.textCursor().blockNumber() == 0
    desk.keys("<C-d><C-d>")
    assert 0 < desk.editor.textCursor().blockNumber() <= page + 4
    desk.keys("<C-u><C-u><C-u>")
    assert desk.editor.textCursor().blockNumber() == 0
    desk.keys("Gzt")
    desk.keys("50Gzt")
    assert desk.editor.firstVisibleBlock().blockNumber() == 49


# The mouse.


def test_what_the_mouse_selects_is_visual_modes(desk: VimDesk) -> None:
    desk.write("|one two three")
    desk.drag(4, 7)
    assert desk.vim.mode is Mode.VISUAL
    assert desk.status == "VISUAL"
    desk.keys("d")
    assert desk.text == "one  three"
    assert desk.vim.mode is Mode.NORMAL


def test_a_click_ends_visual_mode_and_what_is_unfinished(desk: VimDesk) -> None:
    desk.write("|one two")
    desk.keys("v")
    desk.keys("e2")
    desk.click(5)
    assert desk.marked == "one t|wo"
    assert desk.status == "NORMAL"


def test_a_click_beyond_the_line_is_on_its_last_character(desk: VimDesk) -> None:
    desk.write("|one\ntwo")
    desk.click(3)
    assert desk.marked == "on|e\ntwo"


def test_a_click_in_insert_mode_begins_another_insertion(desk: VimDesk) -> None:
    desk.write("|one two")
    desk.keys("ix")
    desk.click(8)
    desk.keys("y<Esc>")
    assert desk.text == "xone twoy"
    desk.keys("0.")
    assert desk.text == "yxone twoy"


# The partner.


def test_the_partner_writes_between_two_keys(desk: VimDesk) -> None:
    desk.write("one |two three")
    desk.keys("d")
    desk.partner_writes(0, "zero ")
    desk.keys("w")
    assert desk.marked == "zero one |three"
    desk.keys("cw")
    desk.keys("fo")
    desk.partner_writes(0, "# ")
    desk.keys("ur<Esc>")
    assert desk.text == "# zero one four"
    desk.keys("u")
    assert desk.text == "# zero one three"


def test_the_partner_deletes_what_visual_mode_has_taken(desk: VimDesk) -> None:
    desk.write("one |two three")
    desk.keys("ve")
    desk.partner_writes(3, "", deleted=6)
    assert desk.text == "onehree"
    desk.keys("x")
    assert desk.vim.mode is Mode.NORMAL
    desk.keys("<Esc>A!<Esc>")
    assert desk.text.endswith("!")


def test_the_partner_deletes_everything_while_i_insert(desk: VimDesk) -> None:
    desk.write("|one\ntwo\nthree")
    desk.keys("jjcw")
    desk.partner_writes(0, "", deleted=len(desk.text))
    desk.keys("new<Esc>u<C-r>.")
    assert desk.vim.mode is Mode.NORMAL


# Undo.


def test_u_takes_back_one_thing_at_a_time(desk: VimDesk) -> None:
    desk.write("|one two three")
    desk.keys("dwdwifive <Esc>")
    assert desk.text == "five three"
    desk.keys("u")
    assert desk.text == "three"
    desk.keys("u")
    assert desk.text == "two three"
    desk.keys("u")
    assert desk.text == "one two three"
    desk.keys("2<C-r>")
    assert desk.text == "three"
    desk.keys("3u")
    assert desk.text == "one two three"
    assert desk.vim.mode is Mode.NORMAL


def test_two_insertions_are_two_things(desk: VimDesk) -> None:
    desk.write("|")
    desk.keys("ione<Esc>a two<Esc>")
    assert desk.text == "one two"
    desk.keys("u")
    assert desk.text == "one"
    desk.keys("u")
    assert desk.text == ""


def test_a_repeated_insertion_is_one_thing(desk: VimDesk) -> None:
    desk.write("|")
    desk.keys("3iab<Esc>")
    assert desk.text == "ababab"
    desk.keys("u")
    assert desk.text == ""


def test_what_completion_and_the_clipboard_put_in_is_part_of_the_insertion(desk: VimDesk) -> None:
    desk.write("|old\n")
    desk.keys("cwhe")
    desk.editor.replace_range(0, 2, "heappush")
    desk.paste("(a)")
    desk.keys("<CR>x<BS><Esc>")
    assert desk.text == "heappush(a)\n\n"
    desk.keys("u")
    assert desk.text == "old\n"


def test_an_arrow_begins_another_insertion(desk: VimDesk) -> None:
    desk.write("|")
    desk.keys("iab<Left>x<Esc>")
    assert desk.text == "axb"
    desk.keys("u")
    assert desk.text == "ab"
    desk.keys("u")
    assert desk.text == ""


# Input methods, the clipboard, completion.


def test_an_input_method_types_in_insert_mode_and_dot_does_it_again(desk: VimDesk) -> None:
    desk.write("|x")
    desk.keys("i")
    desk.compose("ni")
    desk.commit("你")
    desk.keys("<Esc>")
    assert desk.marked == "|你x"
    desk.keys(".")
    assert desk.text == "你你x"


def test_an_input_method_gives_keys_in_normal_mode(desk: VimDesk) -> None:
    desk.write("|one 你é")
    desk.commit("é")
    assert desk.text == "one 你é"
    desk.keys("f")
    desk.compose("ni")
    desk.commit("你")
    assert desk.marked == "one |你é"
    assert not desk.editor.textCursor().block().layout().preeditAreaText()
    desk.keys("r")
    desk.commit("é")
    assert desk.text == "one éé"
    desk.keys("/")
    desk.commit("éé")
    desk.keys("<CR>")
    assert desk.status.startswith("NORMAL")


def test_an_input_method_overtypes_in_replace_mode(desk: VimDesk) -> None:
    desk.write("|abc")
    desk.keys("R")
    desk.commit("é你")
    desk.keys("<BS><Esc>")
    assert desk.text == "ébc"


def test_dot_types_what_was_pasted(desk: VimDesk) -> None:
    desk.write("|\n")
    desk.keys("i")
    desk.paste("a(b")
    desk.keys("<Esc>j.")
    assert desk.text == "a(b\na(b"


def test_dot_types_what_completion_put_in(desk: VimDesk) -> None:
    desk.write("|\n")
    desk.keys("ihe")
    desk.editor.replace_range(0, 2, "heappush")
    desk.keys("x<Esc>j.")
    assert desk.text == "heappushx\nheappushx"


def test_what_is_taken_is_on_the_clipboard_when_asked(desk: VimDesk) -> None:
    desk.write("|one two")
    desk.keys('"+yw')
    assert QGuiApplication.clipboard().text() == "one "


# On and off.


def test_off_and_on_again(desk: VimDesk, qtbot: QtBot) -> None:
    desk.write("|one two one")
    desk.keys("/one<CR>v")
    with qtbot.waitSignal(desk.vim.destroyed):
        desk.vim.detach()
    assert desk.editor.marks.matches == ()
    assert desk.editor.cursorWidth() == 1
    desk.press(Qt.Key.Key_End)
    desk.keys("x")
    assert desk.text == "one two onex"
    desk.vim = VimKeys(desk.editor)
    desk.keys("0x")
    assert desk.text == "ne two onex"
    desk.click(3)
    desk.paste("!")
    assert "!" in desk.text


@pytest.mark.parametrize("keys", ["x", "dd", "ix", "p", "J", "R", "o", "cw", ".", "~", "u", ":s/a/b/<CR>", "vd", "3ix"])
def test_a_text_that_can_only_be_read_is_only_read(desk: VimDesk, keys: str) -> None:
    desk.write("|abc def\nghi")
    desk.editor.set_read_only_view(True)
    desk.keys("yw" + keys)
    assert desk.text == "abc def\nghi"
    assert desk.vim.mode is Mode.NORMAL
    desk.keys("0w")
    assert desk.editor.cursor_position == 4


def test_many_cursors_become_one(desk: VimDesk) -> None:
    desk.write("one|\ntwo|")
    desk.press(Qt.Key.Key_Right, SHIFT)
    desk.keys("x")
    assert len(desk.editor.selections) == 1
