"""The editor as one meets it: keys, mouse, clipboard, input methods and what is painted."""

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sparring.editing import Selection
from sparring.ui.editor.lexing import MAX_LEXED_CHARACTERS
from sparring.ui.editor.line_numbers import LineNumbers
from sparring.ui.editor.painting import BRACKET_REACH, BRACKET_STEP, matching_bracket
from sparring.ui.theme import INK, PAPER
from tests.support.editor import ALT, CONTROL, NONE, SHIFT, EditorDesk, wait_for_colours
from tests.support.work import calls_of

# Brackets and quotes.


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("|", "(", "(|)"),
        ("|", "([{", "([{|}])"),
        ("|x", "(", "(|x"),
        ("(|)", ")", "()|"),
        ("f(|", ")", "f()|"),
        ("|", '""', '""|'),
        ("|", '"""', '"""|'),
        ("it|", "'", "it'|"),
        ("a\n|\nb", "[", "a\n[|]\nb"),
        ("x = |  # some", "{", "x = {|}  # some"),
    ],
)
def test_brackets_and_quotes_close_themselves(qtbot: QtBot, before: str, typed: str, after: str) -> None:
    desk = EditorDesk(qtbot, before)
    desk.keys(typed)
    assert desk.marked == after


def test_without_that_setting_a_bracket_is_a_bracket(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot)
    desk.editor.auto_close = False
    desk.keys("([")
    desk.press(Qt.Key.Key_Backspace)
    desk.keys("\"'")
    assert desk.marked == "(\"'|"


def test_a_bracket_goes_round_what_is_selected(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "total + 1")
    desk.select(0, 5)
    desk.keys("(")
    assert desk.marked == "([total|) + 1"


def test_backspace_takes_an_empty_pair(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "f(|)")
    desk.press(Qt.Key.Key_Backspace)
    assert desk.marked == "f|"


# Many cursors.


def test_home_goes_to_the_code_then_to_the_margin_at_every_cursor(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "    one|\n  two|\nthree|")
    desk.press(Qt.Key.Key_Home)
    assert desk.marked == "    |one\n  |two\n|three"
    desk.press(Qt.Key.Key_Home)
    assert desk.marked == "|    one\n|  two\n|three"
    desk.press(Qt.Key.Key_End)
    desk.press(Qt.Key.Key_Home, SHIFT)
    assert desk.selected == ["one", "two", "three"]


def test_alt_and_a_click_add_a_cursor_and_take_it_away(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one|\ntwo\nthree")
    desk.click(7, ALT)
    desk.click(13, ALT)
    desk.keys("!")
    assert desk.text == "one!\ntwo!\nthree!"
    desk.click(2)
    desk.keys("?")
    assert desk.text == "on?e!\ntwo!\nthree!"


def test_a_click_with_alt_on_my_only_cursor_leaves_it(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one|")
    desk.click(3, ALT)
    assert desk.marked == "one|"


def test_a_click_with_alt_on_a_cursor_takes_it_away(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one|\ntwo|")
    desk.click(3, ALT)
    assert desk.marked == "one\ntwo|"


def test_the_same_word_further_down_is_taken_too(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "na|me = name + name")
    for _ in range(3):
        desk.press(Qt.Key.Key_D, CONTROL)
    desk.keys("n")
    assert desk.text == "n = n + n"
    desk.press(Qt.Key.Key_Escape)
    assert len(desk.editor.selections) == 1


def test_an_input_method_types_at_every_cursor(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a|\nb|\nc|")
    desk.compose("ni")
    desk.commit("你🧮")
    assert desk.marked == "a你🧮|\nb你🧮|\nc你🧮|"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.text == "a\nb\nc"


# The clipboard.


def test_copy_and_cut_take_the_line_when_nothing_is_selected(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one\nt|wo\nthree")
    desk.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "two\n"
    desk.press(Qt.Key.Key_X, CONTROL)
    assert desk.marked == "one\n|three"
    assert QGuiApplication.clipboard().text() == "two\n"


def test_other_programs_line_ends_become_ours(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "x|y")
    desk.paste("one\r\ntwo\rthree\u2028four\x00")
    assert desk.marked == "xone\ntwo\nthree\nfour|y"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.text == "xy"


def test_a_line_for_each_cursor(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a=|\nb=|")
    desk.paste("1\n2\n")
    assert desk.text == "a=1\nb=2"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.text == "a=\nb="


def test_a_dropped_text_is_selected_where_it_was_let_go(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "|one\ntwo")
    desk.drop("x\r\ny", 5)
    assert desk.marked == "one\nt[x\ny|wo"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.text == "one\ntwo"


@pytest.mark.parametrize(
    ("place", "after"), [(0, "[two|one  three"), (8, "one  [two|three"), (5, "one [two| three"), (7, "one [two| three")]
)
def test_my_own_text_moves_when_i_drag_it(qtbot: QtBot, place: int, after: str) -> None:
    desk = EditorDesk(qtbot, "one two three")
    desk.select(4, 7)
    desk.drop("two", place, from_here=True)
    assert desk.marked == after
    if desk.text != "one two three":
        desk.press(Qt.Key.Key_Z, CONTROL)
        assert desk.text == "one two three"


# Input methods and dead keys.


def test_a_remote_edit_in_the_middle_of_composing(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one |two")
    desk.compose("ni")
    desk.partner_writes(0, "é🧮 ")
    assert desk.text == "é🧮 one two"
    desk.compose("nih")
    desk.partner_writes(desk.text.index("one"), "", deleted=3)
    desk.partner_writes(len(desk.text), "\nmore")
    desk.commit("你")
    assert desk.marked == "é🧮  你|two\nmore"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.text == "é🧮  two\nmore"


def test_the_partner_deletes_the_line_i_compose_in(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one\ntwo|\nthree")
    desk.compose("ni")
    desk.partner_writes(3, "", deleted=4)
    assert desk.text == "one\nthree"
    desk.commit("你")
    assert desk.marked == "one你|\nthree"


def test_pasting_while_composing(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a|b")
    desk.compose("ni")
    desk.paste("[pasted]")
    assert desk.text == "a[pasted]b"
    desk.commit("你")
    assert desk.marked == "a[pasted]你|b"


def test_what_is_given_up_leaves_nothing(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a|b")
    desk.compose("ni")
    desk.compose("")
    assert desk.marked == "a|b"
    assert not desk.editor.textCursor().block().layout().preeditAreaText()


def test_an_input_method_that_takes_back_what_it_gave(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "cafe|")
    event = QInputMethodEvent()
    event.setCommitString("é", -1, 1)
    QApplication.sendEvent(desk.editor, event)
    assert desk.marked == "café|"


# Other scripts.


def test_a_letter_with_marks_goes_as_one(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a|")
    for letter in "e\u0301", "👩‍🚀", "ש":
        desk.type_letter(letter)
    assert desk.text == "ae\u0301👩‍🚀ש"
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.marked == "ae\u0301|"
    desk.press(Qt.Key.Key_Left)
    assert desk.marked == "a|e\u0301"


words = st.text(st.sampled_from("ab (\té🧮👩‍🚀\u0301漢\u05d0\u0628\u0640\u200f\u202e"), min_size=1, max_size=6)
moves = st.sampled_from(
    [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Delete]
)


@given(plan=st.lists(st.one_of(words, moves, st.just(Qt.Key.Key_Return)), max_size=20))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_right_to_left_words_and_marks_are_the_document(qtbot: QtBot, plan: list[str | Qt.Key]) -> None:
    desk = EditorDesk(qtbot)
    for number, step in enumerate(plan):
        if isinstance(step, Qt.Key):
            desk.press(step)
        elif number % 2:
            desk.commit(step)
        else:
            desk.type_letter(step)
        if step in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            # A letter that is typed before a mark takes it; but no step ends inside of what people see as one.
            starts = {found.start() for found in regex.finditer(r"\X", desk.text)}
            assert desk.editor.cursor_position in starts | {len(desk.text)}


# A text that can only be read.

EVERY_KEY = [
    Qt.Key(code)
    for code in (*range(0x20, 0x61), *range(0x7B, 0x7F), *range(0x01000000, 0x0100000C), *range(0x01000010, 0x01000017))
]


def test_no_key_changes_a_text_that_can_only_be_read(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "def f(|):\n    return 1\n")
    desk.editor.set_read_only_view(True)
    QGuiApplication.clipboard().setText("pasted")
    before = desk.text
    for modifiers in (NONE, SHIFT, CONTROL, ALT, CONTROL | SHIFT, CONTROL | ALT, ALT | SHIFT):
        for key in EVERY_KEY:
            desk.press(key, modifiers)
            assert desk.text == before, (key, modifiers)
    desk.commit("你")
    desk.drop("dropped", 0)
    desk.editor.paste()
    desk.editor.replace_range(0, 3, "x")
    assert desk.text == before


# Looks.


def test_zoom_keeps_the_tab_stops(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "\tx\n    x", language="go")
    for zoom in (0, 7, -5, 0):
        desk.editor.set_zoom(zoom)
        assert desk.place_of(1).x() == pytest.approx(desk.place_of(7).x(), abs=1)
    desk.window.setStyleSheet("QPlainTextEdit { font-size: 21px }")
    assert desk.place_of(1).x() == pytest.approx(desk.place_of(7).x(), abs=1)


def test_ctrl_and_the_wheel_zoom_as_the_keys_do(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "x")
    desk.press(Qt.Key.Key_Equal, CONTROL)
    desk.press(Qt.Key.Key_Plus, CONTROL)
    assert desk.editor.zoom == 2
    for _ in range(40):
        desk.press(Qt.Key.Key_Minus, CONTROL)
    assert desk.editor.zoom == -5
    desk.press(Qt.Key.Key_0, CONTROL)
    assert desk.editor.zoom == 0


def test_long_lines_go_on_below(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "word " * 60 + "\nlast")
    assert desk.editor.horizontalScrollBar().maximum() > 0
    desk.editor.set_soft_wrap(True)
    assert desk.editor.horizontalScrollBar().maximum() == 0
    assert desk.editor.document().firstBlock().lineCount() > 1
    desk.press(Qt.Key.Key_Down)
    assert desk.editor.textCursor().blockNumber() == 0
    desk.editor.set_soft_wrap(False)
    assert desk.editor.document().firstBlock().lineCount() == 1


def picture_of(desk: EditorDesk) -> QImage:
    return desk.editor.grab().toImage()


def test_spaces_and_tabs_can_be_seen(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a b\tc")
    plain = picture_of(desk)
    desk.editor.set_whitespace_shown(True)
    assert picture_of(desk) != plain
    desk.editor.set_whitespace_shown(False)
    assert picture_of(desk) == plain


def test_line_numbers_follow_theme_font_wrapping_and_marks(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "word " * 60 + "\ntwo\nthree")
    numbers = desk.editor.findChild(LineNumbers)
    assert isinstance(numbers, LineNumbers)

    def picture() -> QImage:
        return numbers.grab().toImage()

    seen = [picture()]

    def is_new() -> None:
        assert picture() not in seen
        seen.append(picture())

    desk.editor.set_theme(PAPER)
    is_new()
    desk.editor.set_soft_wrap(True)
    is_new()
    desk.window.resize(900, 400)
    is_new()
    desk.editor.set_zoom(4)
    is_new()
    desk.editor.set_zoom(0)
    desk.window.setStyleSheet("QPlainTextEdit { font-size: 20px }")
    is_new()
    desk.editor.marks.lines = {1: "added"}
    desk.editor.update_numbers()
    is_new()
    desk.press(Qt.Key.Key_End, CONTROL)
    is_new()


def test_go_to_a_line(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "one|\ntwo|\nthree")
    desk.editor.go_to_line(2)
    assert desk.marked == "one\n|two\nthree"
    desk.editor.go_to_line(99)
    assert desk.marked == "one\ntwo\n|three"
    desk.editor.go_to_line(-1)
    assert desk.marked == "|one\ntwo\nthree"


def bold_places(desk: EditorDesk) -> list[int]:
    return sorted(
        one.cursor.selectionStart()
        for one in desk.editor.extraSelections()
        if one.format.foreground().color() == QColor(INK.me)
    )


def test_the_other_bracket_is_marked(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "|f(a[0], {1})")
    assert bold_places(desk) == []
    for _ in range(2):
        desk.press(Qt.Key.Key_Right)
    assert bold_places(desk) == [1, 11]
    desk.press(Qt.Key.Key_End)
    assert bold_places(desk) == [1, 11]
    desk.editor.set_selections((Selection.at(6),))
    assert bold_places(desk) == [3, 5]


@pytest.mark.parametrize(
    ("text", "position", "other"),
    [
        ("(()", 0, None), ("(())", 0, 3), ("(())", 3, 0), ("(]", 0, None), ("[([])]", 5, 0), (")", 0, None),
        ("(" + "()" * BRACKET_STEP + ")", 2 * BRACKET_STEP + 1, 0), ("x" * BRACKET_STEP + ")", BRACKET_STEP, None),
        ("(" + "x" * BRACKET_REACH + ")", BRACKET_REACH + 1, None),
    ],
)  # fmt: skip
def test_matching_brackets(text: str, position: int, other: int | None) -> None:
    assert matching_bracket(text, position) == other


def test_the_other_bracket_is_found_without_reading_what_is_beyond_it() -> None:
    near, far = "f(x)", "(x)" * BRACKET_STEP
    assert calls_of(lambda: matching_bracket(near + far, 1)) == calls_of(lambda: matching_bracket(near, 1))
    back = [calls_of(lambda text=far * times + near: matching_bracket(text, len(text) - 1)) for times in (1, 3)]
    assert back[0] == back[1]


def test_the_right_button_offers_a_menu_and_holds_nothing_up(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "o|ne")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), desk.editor.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(desk.editor.viewport(), event)
    menu = desk.editor.findChild(QMenu)
    assert isinstance(menu, QMenu)
    comment = menu.actions()[-1]
    assert comment.text().startswith("Comment lines")
    with qtbot.waitSignal(menu.destroyed):
        comment.trigger()
        menu.close()
    assert desk.text == "# one"


# A line of data.


def test_typing_in_a_line_of_data_stays_quick(qtbot: QtBot) -> None:
    desk = EditorDesk(qtbot, "a = 1\n" + "[1, 2], " * 12_500 + "\nb = 2")
    desk.editor.set_selections((Selection.at(50_000),))
    wait_for_colours(qtbot, desk.editor)
    assert desk.editor.document().findBlockByNumber(2).layout().formats()
    for key in "abcdefgh":
        QTest.keyClick(desk.editor, key)
    # Qt sets the whole line anew, which alone takes it 20 to 35 ms; with thousands of colours it was 300.
    coloured = desk.editor.document().findBlockByNumber(1).layout().formats()
    assert all(one.start + one.length <= MAX_LEXED_CHARACTERS for one in coloured)
    assert desk.text[50_000:50_008] == "abcdefgh"
