"""Find and replace, as one types and reads it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sparring.ui.editor.find_bar import FindBar
from tests.support.editor import NONE, SHIFT, EditorDesk


class FindDesk(EditorDesk):
    def __init__(self, qtbot: QtBot, marked: str) -> None:
        super().__init__(qtbot, marked)
        self.bar = FindBar(self.editor)
        self.layout.addWidget(self.bar)

    def line(self, name: str) -> QLineEdit:
        found = self.bar.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit)
        return found

    def button(self, name: str) -> QPushButton:
        found = self.bar.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        return found

    def find(self, pattern: str, *options: str, with_replace: bool = False) -> None:
        self.bar.open(with_replace=with_replace)
        self.line("find-pattern").clear()
        QTest.keyClicks(self.line("find-pattern"), pattern)
        for option in options:
            self.click_on(option)

    def replace_by(self, template: str) -> None:
        self.line("replace-template").clear()
        QTest.keyClicks(self.line("replace-template"), template)

    def click_on(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def enter(self, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.line("find-pattern"), Qt.Key.Key_Return, modifiers)


def test_matches_are_counted_marked_and_walked_round(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one two One\none")
    desk.find("one")
    assert desk.bar.words == "3 found"
    assert len(desk.editor.marks.matches) == 3
    for place in (0, 8, 12, 0):
        desk.enter()
        assert desk.editor.selections[0].start == place
    assert desk.bar.words == "1 of 3"
    desk.enter(SHIFT)
    assert desk.editor.selections[0].start == 12
    assert desk.window.focusWidget() is desk.line("find-pattern")


def test_the_options(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one Ones ONE on.")
    desk.find("one")
    assert desk.bar.words == "3 found"
    desk.click_on("find-case")
    assert desk.bar.words == "1 found"
    desk.click_on("find-case")
    desk.click_on("find-word")
    assert desk.bar.words == "2 found"
    desk.click_on("find-word")
    desk.find("on.", "find-regex")
    assert desk.bar.words == "4 found"
    desk.click_on("find-regex")
    assert desk.bar.words == "1 found"


@pytest.mark.parametrize("pattern", ["(", "[", "*", r"\9", "(?P<"])
def test_half_an_expression_says_so_and_harms_nothing(qtbot: QtBot, pattern: str) -> None:
    desk = FindDesk(qtbot, "|one")
    desk.find(pattern, "find-regex", with_replace=True)
    assert desk.bar.words.startswith("This is no regular expression yet")
    desk.enter()
    desk.click_on("replace-all")
    assert desk.text == "one"
    assert desk.editor.marks.matches == ()


def test_an_expression_that_takes_too_long_is_given_up(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|" + "a" * 3_000)
    desk.find("(a|aa)+$x", "find-regex")
    assert "takes too long" in desk.bar.words


def test_what_is_selected_is_what_to_look_for(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "one two one")
    desk.select(8, 11)
    desk.bar.open(with_replace=False)
    assert desk.line("find-pattern").text() == "one"
    assert desk.bar.words == "2 found"
    desk.select(0, 0)
    desk.bar.open(with_replace=False)
    assert desk.line("find-pattern").text() == "one"


def test_escape_goes_back_to_the_code(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one")
    desk.find("one")
    desk.enter()
    QTest.keyClick(desk.line("find-pattern"), Qt.Key.Key_Escape)
    assert not desk.bar.isVisible()
    assert desk.editor.marks.matches == ()
    assert desk.window.focusWidget() is desk.editor
    assert desk.marked == "[one|"


def test_one_at_a_time_and_all_at_once_and_undo(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|a b a b a")
    desk.find("a", with_replace=True)
    desk.replace_by("aa")
    template = desk.line("replace-template")
    QTest.keyClick(template, Qt.Key.Key_Return)
    assert desk.text == "a b a b a"
    QTest.keyClick(template, Qt.Key.Key_Return)
    assert desk.text == "aa b a b a"
    assert desk.editor.selections[0].start == 5
    desk.click_on("replace-all")
    assert desk.text == "aaaa b aa b aa"
    assert desk.bar.words == "4 replaced"
    desk.editor.undo_requested.emit()
    assert desk.text == "aa b a b a"


def test_groups_stand_in_the_replacement(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|get(a, b) get(c, d)")
    desk.find(r"get\((\w), (\w)\)", "find-regex", with_replace=True)
    desk.replace_by(r"\2.get(\1)")
    desk.click_on("replace-all")
    assert desk.text == "b.get(a) d.get(c)"
    desk.find(r"\w\.", with_replace=True)
    desk.replace_by(r"\7")
    desk.click_on("replace-all")
    assert desk.bar.words.startswith("The replacement cannot be used")
    assert desk.text == "b.get(a) d.get(c)"


def test_emoji_before_a_match_do_not_move_it(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|🧮é👩‍🚀 one one")
    desk.find("one", with_replace=True)
    desk.enter()
    assert desk.selected == ["one"]
    desk.replace_by("x")
    desk.click_on("replace-all")
    assert desk.text == "🧮é👩‍🚀 x x"


def test_the_partners_edit_is_known_to_the_next_step(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one one")
    desk.find("one", with_replace=True)
    desk.enter()
    desk.partner_writes(0, "once ")
    desk.enter()
    assert desk.marked == "once one [one|"
    assert desk.bar.words == "2 of 2"
    desk.partner_writes(9, "", deleted=3)
    desk.replace_by("x")
    QTest.keyClick(desk.line("replace-template"), Qt.Key.Key_Return)
    assert desk.text == "once one "


def test_matches_follow_edits_while_the_line_is_open(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one")
    desk.find("one")
    desk.partner_writes(0, "one ")
    qtbot.waitUntil(lambda: desk.bar.words == "2 found")


def test_what_can_only_be_read_can_be_searched_and_not_replaced(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one one")
    desk.editor.set_read_only_view(True)
    desk.find("one", with_replace=True)
    assert desk.bar.words == "2 found"
    assert not desk.button("replace-all").isVisible()
    assert not desk.line("replace-template").isVisible()


def test_the_next_match_is_found_with_the_line_closed(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one one")
    desk.find("one")
    desk.enter()
    desk.bar.dismiss()
    desk.bar.go()
    assert desk.editor.selections[0].start == 4
    assert desk.editor.marks.matches == ()


def test_everything_has_a_name(qtbot: QtBot) -> None:
    desk = FindDesk(qtbot, "|one")
    desk.bar.open(with_replace=True)
    for kind in (QLineEdit, QPushButton):
        for one in desk.bar.findChildren(kind):
            assert one.accessibleName()
