"""The session's screen: its parts say what the person wants, and show what they may see."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.editor import EditorOptions
from sparring.ui.screens.console import CaseView
from sparring.ui.screens.session import ChatLine, Claim, HintRow, PartnerState, SessionScreen, SessionState
from sparring.ui.shell.actions import visible_actions

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
BEN = PartnerState("Ben", online=True)
HINTS = (HintRow(1, "Sort first.", True), HintRow(2), HintRow(3))
MINE = "a = 1\nb = 2\nc = 3\n"
THEIRS = "a = 1\nb = 4\nc = 3\nd = 5\n"


@pytest.fixture
def screen(qtbot: QtBot) -> SessionScreen:
    made = SessionScreen()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.mine.editor.setFocus()
    qtbot.waitUntil(made.mine.editor.hasFocus)
    return made


def find(screen: QWidget, name: str) -> QAbstractButton:
    found = [one for one in screen.findChildren(QAbstractButton, name) if one.isVisible()]
    assert found, f"nothing visible is called {name}"
    return found[0]


def shows(screen: QWidget, name: str) -> bool:
    return any(one.isVisible() for one in screen.findChildren(QWidget, name))


def press(screen: SessionScreen, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    focus = QApplication.focusWidget()
    QTest.keyClick(focus if focus is not None else screen, key, modifiers)


def words(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def test_the_next_hint_is_taken_one_at_a_time(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN, hints=HINTS))
    press(screen, Qt.Key.Key_H, CONTROL | ALT)
    assert "Sort first." in words(screen.guide)
    assert not shows(screen, "hint-3")
    with qtbot.waitSignal(screen.guide.hint_taken) as taken:
        find(screen, "hint-2").click()
    assert taken.args == [2]


def test_an_interviewer_gives_the_next_hint_and_a_candidate_cannot_take_it(screen: SessionScreen, qtbot: QtBot) -> None:
    ladder = (HintRow(1, "Sort first.", True), HintRow(2, "Then two pointers."))
    asks = SessionState(
        partner=BEN, format="mock", role="interviewer", blind=False, hints=ladder, editorial="Two pointers.",
        follow_ups="- What if it streams?", rubric=(("testing", "Tries the empty list."),),
    )  # fmt: skip
    screen.show_state(asks)
    press(screen, Qt.Key.Key_H, CONTROL | ALT)
    with qtbot.waitSignal(screen.guide.hint_given) as given:
        find(screen, "hint-2").click()
    assert given.args == [2, "Then two pointers."]
    press(screen, Qt.Key.Key_I, CONTROL | ALT)
    assert "Tries the empty list." in words(screen.guide)
    screen.show_state(SessionState(partner=BEN, format="mock", role="candidate", blind=False, hints=HINTS))
    assert screen.guide.page == "statement"
    press(screen, Qt.Key.Key_H, CONTROL | ALT)
    assert not shows(screen, "hint-2")
    assert "Tries the empty list." not in words(screen.guide)


def test_talk_waits_in_the_top_bar_until_it_is_looked_at(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN))
    assert not shows(screen, "messages-waiting")
    screen.show_state(SessionState(partner=BEN, unread=2, chat=(ChatLine("Ben", "hello"), ChatLine("Ben", "hm"))))
    assert screen.mine.editor.hasFocus()
    with qtbot.waitSignal(screen.guide.chat_seen):
        find(screen, "messages-waiting").click()
    assert "hello" in words(screen.guide)
    with qtbot.waitSignal(screen.guide.said) as said:
        QTest.keyClicks(QApplication.focusWidget(), "on my way")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said.args == ["on my way"]


@pytest.mark.parametrize(
    ("key", "kind"), [(Qt.Key.Key_M, "more-time"), (Qt.Key.Key_R, "reveal"), (Qt.Key.Key_N, "hint")]
)
def test_a_nudge_is_one_key(screen: SessionScreen, qtbot: QtBot, key: Qt.Key, kind: str) -> None:
    screen.show_state(SessionState(partner=BEN))
    with qtbot.waitSignal(screen.guide.nudged) as nudged:
        press(screen, key, CONTROL | ALT)
    assert nudged.args == [kind]


def test_difficulty_is_asked_for(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN, can_hide_details=True, partner_wants_details=True))
    assert "your partner would like to" in find(screen, "show-details").text()
    with qtbot.waitSignal(screen.guide.details_toggled) as toggled:
        find(screen, "show-details").click()
    assert toggled.args == [True]
    screen.show_state(SessionState(partner=BEN, can_hide_details=True, details="hard · graphs"))
    assert "hard · graphs" in words(screen.guide)


def open_round(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.mine.editor.setPlainText(MINE)
    screen.partner.editor.setPlainText(THEIRS)
    with qtbot.waitSignal(screen.partner.side_by_side.changed):
        screen.show_state(SessionState(partner=BEN, phase="reveal", blind=False))
    qtbot.waitUntil(lambda: screen.partner.side_by_side.count == 2)


def test_after_the_reveal_differences_are_marked_and_stepped(screen: SessionScreen, qtbot: QtBot) -> None:
    open_round(screen, qtbot)
    assert screen.mine.editor.marks.lines == {1: "changed"}
    assert screen.partner.editor.marks.lines == {1: "changed", 3: "added"}
    assert "2 differences" in words(screen.partner)
    press(screen, Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier)
    assert "1 of 2" in words(screen.partner)
    press(screen, Qt.Key.Key_F7, SHIFT)
    assert "2 of 2" in words(screen.partner)
    screen.show_state(SessionState(partner=BEN, phase="focus", block=1))
    assert screen.mine.editor.marks.lines == {}


def test_two_problems_are_not_compared_and_that_is_said(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.mine.editor.setPlainText(MINE)
    screen.partner.editor.setPlainText(THEIRS)
    why = "Not compared: Ben solved “Beads”, you “Tolls”."
    screen.show_state(SessionState(partner=BEN, format="mock", phase="reveal", blind=False, not_compared=why))
    assert why in {one.text() for one in screen.partner.findChildren(QLabel) if one.isVisible()}
    assert not shows(screen, "difference-words")
    assert not shows(screen, "scroll-together")
    assert not shows(screen, "next-difference")
    assert screen.partner.side_by_side.count == 0
    assert shows(screen, "copy-theirs")
    screen.show_state(SessionState(partner=BEN, format="mock", phase="reveal", blind=False))
    qtbot.waitUntil(lambda: screen.partner.side_by_side.count == 2)
    assert not shows(screen, "not-compared")
    assert shows(screen, "difference-words")


GUIDE_KEYS = [(Qt.Key.Key_P, "statement"), (Qt.Key.Key_H, "hints"), (Qt.Key.Key_C, "chat")]


@pytest.mark.parametrize(("key", "page"), GUIDE_KEYS)
@pytest.mark.parametrize("way", ["key", "drawn together"])
def test_a_key_unfolds_the_column_in_which_it_acts(screen: SessionScreen, key: Qt.Key, page: str, way: str) -> None:
    screen.show_state(SessionState(partner=BEN, hints=HINTS))
    if way == "key":
        press(screen, Qt.Key.Key_B, CONTROL)
        assert not screen.guide.isVisible()
    else:
        screen._columns.setSizes([0, 800, 480])
        assert screen._columns.sizes()[0] == 0
    press(screen, key, CONTROL | ALT)
    assert screen.guide.isVisible()
    assert screen._columns.sizes()[0] > 0
    assert screen.guide.page == page
    assert screen.guide.isAncestorOf(QApplication.focusWidget())


def test_the_fold_key_brings_back_what_was_drawn_together(screen: SessionScreen) -> None:
    screen._columns.setSizes([380, 900, 0])
    press(screen, Qt.Key.Key_B, CONTROL | SHIFT)
    assert screen.partner.isVisible()
    assert screen._columns.sizes()[2] > 0
    press(screen, Qt.Key.Key_B, CONTROL | SHIFT)
    assert not screen.partner.isVisible()


def test_the_partners_folded_pane_comes_back_with_its_keys(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.mine.editor.setPlainText(MINE)
    screen.partner.editor.setPlainText(THEIRS)
    screen.show_state(SessionState(partner=BEN))
    for action in ("reveal", "next-difference", "copy-theirs"):
        screen.partner.hide()
        if action != "reveal":
            screen.show_state(SessionState(partner=BEN, phase="reveal", blind=False))
            qtbot.waitUntil(lambda: screen.partner.side_by_side.count == 2)
        found = {one.spec.id: one for one in visible_actions(screen)}[action]
        assert found.can_do
        found.do()
        assert screen.partner.isVisible(), action
    # What cannot be done unfolds nothing.
    screen.partner.hide()
    press(screen, Qt.Key.Key_F, CONTROL | ALT)
    assert not screen.partner.isVisible()


def test_a_nudge_goes_out_though_the_column_is_folded(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN))
    press(screen, Qt.Key.Key_B, CONTROL)
    with qtbot.waitSignal(screen.guide.nudged) as nudged:
        press(screen, Qt.Key.Key_M, CONTROL | ALT)
    assert nudged.args == ["more-time"]
    assert not screen.guide.isVisible()


def test_each_claims_what_their_solution_costs(screen: SessionScreen, qtbot: QtBot) -> None:
    open_round(screen, qtbot)
    time = screen.findChild(QLineEdit, "claim-time")
    assert isinstance(time, QLineEdit)
    with qtbot.waitSignal(screen.mine.claimed) as claimed:
        time.setFocus()
        QTest.keyClicks(time, "O(n)")
        QTest.keyClick(time, Qt.Key.Key_Return)
    assert claimed.args == ["O(n)", ""]
    ben = PartnerState("Ben", online=True, claim=Claim("O(n log n)", "O(1)"))
    screen.show_state(SessionState(partner=ben, phase="reveal", blind=False, my_claim=Claim("O(n)")))
    assert "Time O(n log n) · Space O(1)" in words(screen.partner)


def test_before_the_reveal_there_is_nothing_to_compare_or_to_claim(screen: SessionScreen) -> None:
    screen.show_state(SessionState(partner=BEN))
    for name in ("claim-time", "copy-theirs", "next-difference", "partner-editor", "follow"):
        assert not shows(screen, name), name


def test_theirs_is_copied_to_a_scratch_pad(screen: SessionScreen, qtbot: QtBot) -> None:
    open_round(screen, qtbot)
    with qtbot.waitSignal(screen.partner.copy_requested):
        press(screen, Qt.Key.Key_K, CONTROL | ALT)
    screen.show_state(SessionState(partner=BEN, phase="reveal", blind=False, has_scratch=True))
    press(screen, Qt.Key.Key_2, CONTROL | ALT)
    assert screen.mine.shown_editor is screen.mine.scratch
    assert screen.mine.scratch.hasFocus()


def test_the_interviewer_can_end_the_interview_with_the_candidate(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN, format="mock", role="interviewer", blind=False))
    with qtbot.waitSignal(screen.partner.reveal_toggled) as toggled:
        find(screen, "finish-block").click()
    assert toggled.args == [True]
    assert not shows(screen, "stuck")


def test_in_the_break_of_a_mock_the_next_problem_is_picked(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.show_state(SessionState(partner=BEN, format="mock", phase="break", blind=False, can_pick=True))
    with qtbot.waitSignal(screen.pick_requested):
        find(screen, "pick-next").click()
    screen.show_state(SessionState(partner=BEN, format="mock", role="candidate", blind=False))
    assert not shows(screen, "pick-next")


def test_the_board_is_a_key_away_and_the_code_another(screen: SessionScreen) -> None:
    screen.show_state(SessionState(partner=BEN))
    press(screen, Qt.Key.Key_3, CONTROL | ALT)
    assert screen.mine.page == "board"
    assert not screen.mine.console.isVisible()
    press(screen, Qt.Key.Key_1, CONTROL | ALT)
    assert screen.mine.editor.hasFocus()
    assert screen.mine.console.isVisible()


def test_the_focus_is_in_my_code_when_the_veil_has_gone(screen: SessionScreen) -> None:
    screen.show_state(SessionState(partner=BEN))
    screen.partner.veil.reveal.setFocus()
    screen.show_state(SessionState(partner=BEN, phase="reveal", blind=False))
    assert screen.mine.editor.hasFocus()


ORAL = SessionState(partner=BEN, is_oral=True, statement="Why?")


def test_a_prompt_has_notes_and_nothing_to_run(screen: SessionScreen, qtbot: QtBot) -> None:
    run, heights = find(screen, "run"), screen.mine.sizes()
    usual = run.toolTip()
    screen.show_state(ORAL)
    assert (find(screen, "mine-code").text(), screen.mine.editor.language.name) == ("Notes", "markdown")
    assert find(screen, "guide-statement").text() == "Question"
    assert screen.mine.editor.accessibleName() == "My notes"
    assert screen.partner.editor.accessibleName() == "My partner's notes"
    assert not run.isEnabled()
    assert "answered aloud" in run.toolTip()
    assert "Nothing to run" in words(screen)
    for name in ("case-list", "case-detail", "run-summary"):
        assert not shows(screen, name), name
    with qtbot.assertNotEmitted(screen.mine.console.run_requested):
        press(screen, Qt.Key.Key_Return, CONTROL)
    (action,) = [one for one in visible_actions(screen) if one.spec.id == "run"]
    assert (action.can_do, action.why_not) == (False, run.toolTip())
    # The line that says so leaves the room to the notes, and the next problem has its console back.
    qtbot.waitUntil(lambda: screen.mine.sizes()[1] < heights[1] / 2)
    screen.show_state(SessionState(partner=BEN))
    assert (run.isEnabled(), run.toolTip()) == (True, usual)
    assert screen.mine.editor.language.name == "python"
    assert not shows(screen, "nothing-to-run")
    assert screen.mine.sizes() == heights


def test_notes_wrap_whatever_is_set_for_code(screen: SessionScreen) -> None:
    wraps = screen.mine.editor.LineWrapMode.WidgetWidth
    screen.show_state(ORAL)
    screen.mine.set_options(EditorOptions(soft_wrap=False))
    assert screen.mine.editor.lineWrapMode() == screen.partner.editor.lineWrapMode() == wraps
    screen.show_state(SessionState(partner=BEN))
    assert screen.mine.editor.lineWrapMode() != wraps
    assert screen.partner.editor.lineWrapMode() != wraps


def test_while_a_prompt_is_on_a_run_of_the_problem_before_is_stopped(screen: SessionScreen, qtbot: QtBot) -> None:
    screen.mine.console.set_cases([CaseView("a")])
    screen.mine.console.begin(["a"])
    with qtbot.waitSignal(screen.mine.console.cancel_requested):
        screen.show_state(ORAL)
    screen.mine.console.finish("0 passed", "")
    assert "0 passed" not in words(screen)


def test_at_the_reveal_of_a_prompt_both_read_the_answer_and_nobody_says_what_it_costs(screen: SessionScreen) -> None:
    screen.show_state(ORAL)
    assert not shows(screen, "guide-interview")
    screen.show_state(replace(ORAL, phase="reveal", blind=False, editorial="It **depends**.", follow_ups="- On what?"))
    for name in ("claim-time", "claim-space", "next-difference", "scroll-together"):
        assert not shows(screen, name), name
    assert find(screen, "guide-interview").text() == "Answer"
    press(screen, Qt.Key.Key_I, CONTROL | ALT)
    assert screen.guide.page == "interview"
    assert "What a strong answer covers" in words(screen.guide)
    assert shows(screen, "copy-theirs")
    screen.show_state(replace(ORAL, round=2))
    assert screen.guide.page == "statement"
