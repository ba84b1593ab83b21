"""The console in a session: the real runner and the real sandbox, my own cases, the stress test, and the questions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from sparring.problems import Case, Problem, Solution, SolutionKind
from sparring.runner.sandbox import best
from sparring.ui.round_book import RoundKey
from sparring.ui.screens.console import CaseView
from sparring_server.protocol.view import Format
from tests.support.desk import ALT, CONTROL, RUN_MS, SHIFT, Desk
from tests.support.problems import function_problem, printing_problem

RIGHT = "def solve(n):\n    return n + 1\n"
WRONG_FROM_10 = "def solve(n):\n    return n + 1 if n < 10 else 0\n"
GENERATOR = "def generate(random, size):\n    return [size]\n"


def next_number() -> Problem:
    made = function_problem("int", {"n": "int"}, [([1], 2), ([2], 3), ([30], 31)])
    first, second, third = made.cases
    return replace(
        made,
        cases=(first, second, Case(third.name, True, third.arguments, third.expected)),
        generator=GENERATOR,
        solutions=(Solution("accepted", SolutionKind.ACCEPTED, RIGHT),),
    )


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, next_number())
    yield made
    made.close()


def states(desk: Desk) -> dict[str, str]:
    return {case.name: case.state for case in desk.console.cases}


def case(desk: Desk, name: str) -> CaseView:
    return next(case for case in desk.console.cases if case.name == name)


def click(desk: Desk, name: str) -> None:
    found = desk.find(name)
    assert isinstance(found, QAbstractButton)
    found.click()


def fill(desk: Desk, **texts: str) -> None:
    """Into the form: its fields are called after the parameters."""
    for name, text in texts.items():
        edit = desk.find(f"own-{name.replace('_', '-')}")
        if isinstance(edit, QPlainTextEdit):
            edit.setPlainText(text)
        else:
            assert isinstance(edit, QLineEdit)
            edit.setText(text)


def add_case(desk: Desk, **texts: str) -> None:
    click(desk, "add-own-case")
    fill(desk, **texts)
    click(desk, "save-own-case")


def saved(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: not desk.console.form.isVisible(), timeout=RUN_MS)


def kept(desk: Desk) -> list[tuple[str, tuple[str, ...], str]]:
    desk.evening.journal.flush()
    return [(one.name, one.inputs, one.expected) for one in desk.evening.journal.own_cases(desk.problem.id)]


def answer(desk: Desk, name: str) -> None:
    click(desk, f"question-{name}")


# Runs.


def test_all_then_the_examples_then_one_by_keys(desk: Desk) -> None:
    desk.write(WRONG_FROM_10)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.ran()
    assert states(desk) == {"0": "passed", "1": "passed", "2": "wrong"}
    assert case(desk, "2").input == "n = 30"
    assert case(desk, "2").memory_kb > 0
    desk.write("def solve(n):\n    return 0\n")
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    desk.ran()
    assert states(desk) == {"0": "wrong", "1": "wrong", "2": "wrong"}
    assert desk.console.summary.startswith("0 passed, 2 not")
    desk.write(RIGHT)
    desk.console.point_at("1")
    desk.press(Qt.Key.Key_Return, CONTROL | ALT)
    desk.ran()
    assert states(desk) == {"0": "wrong", "1": "passed", "2": "wrong"}
    desk.press(Qt.Key.Key_F5)
    desk.ran()
    assert desk.console.summary.startswith("1 passed ·")


def test_only_a_run_of_everything_says_how_far_i_am(desk: Desk) -> None:
    desk.write(RIGHT)
    desk.console.run_examples()
    desk.ran()
    presence = desk.evening.session.presence
    key = RoundKey(1, desk.problem.id)
    assert (presence.mine.total, presence.mine.running) == (0, False)
    assert desk.evening.keeper.evidence[key].total == 0
    desk.console.press_run()
    desk.ran()
    assert (presence.mine.passed, presence.mine.total, presence.mine.runs) == (3, 3, 1)
    assert desk.evening.keeper.evidence[key].passed_all


def test_an_error_leads_to_my_line(desk: Desk) -> None:
    desk.write("def solve(n):\n    return helper(n)\n\n\ndef helper(n):\n    return [][n]\n")
    desk.console.run_examples()
    desk.ran()
    assert case(desk, "0").error_line == 6
    desk.console.line_requested.emit(6)
    assert desk.screens.work.mine.editor.textCursor().blockNumber() == 5
    assert desk.screens.work.mine.editor.hasFocus()


def test_output_is_there_before_the_run_is_over_and_the_run_ends_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    made = printing_problem([("1", "1")], time_limit_s=30)
    desk = Desk(qtbot, tmp_path, made)
    desk.write("import time\nprint('here I am', flush=True)\nwhile True:\n    time.sleep(0.01)\n")
    desk.console.press_run()
    output = desk.console.detail._printed
    desk.qtbot.waitUntil(lambda: "here I am" in output.toPlainText(), timeout=RUN_MS)
    assert desk.console.is_running
    desk.press(Qt.Key.Key_F5, SHIFT)
    desk.ran()
    assert states(desk) == {"0": "skipped"}
    assert desk.console.summary.startswith("Stopped · 0 passed")
    # What I stopped speaks neither for me nor against me.
    assert desk.evening.keeper.evidence[RoundKey(1, desk.problem.id)].failed_runs == 0
    assert not desk.evening.session.presence.mine.running
    desk.close()


def test_nothing_to_run_is_said_and_i_am_not_running(desk: Desk) -> None:
    desk.write("print(1)")
    desk.bank.drop()
    desk.evening.session._set_view(desk.evening.view)
    desk.console.press_run()
    assert "not in your bank" in desk.console.detail._page.toPlainText()
    assert not desk.evening.session.presence.mine.running


# My own cases.


def test_an_own_case_gets_its_answer_from_the_accepted_solution_and_runs_with_the_others(desk: Desk) -> None:
    desk.press(Qt.Key.Key_A, CONTROL | ALT)
    focus = QApplication.focusWidget()
    assert focus is desk.find("own-n")
    fill(desk, n="41", its_name="large")
    desk.press(Qt.Key.Key_Return)
    saved(desk)
    assert kept(desk) == [("large", ("41",), "42")]
    desk.write(WRONG_FROM_10)
    desk.console.press_run()
    desk.ran()
    assert states(desk) == {"0": "passed", "1": "passed", "2": "wrong", "large": "wrong"}
    assert (case(desk, "large").expected, case(desk, "large").got) == ("42", "0")
    # How far I am is said by the problem's own cases.
    assert desk.evening.session.presence.mine.total == 3


def test_a_malformed_own_case_says_where_and_loses_nothing(desk: Desk) -> None:
    add_case(desk, n="4 1", expected_value="[", its_name="hm")
    error = desk.find("own-n-error")
    assert "n is no JSON: extra data at column 3." in error.text()  # type: ignore[attr-defined]  # a label
    assert desk.find("own-n").hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.console.form.isVisible()
    click(desk, "add-own-case")
    assert [desk.console.form._get(key) for key in ("its name", "n", "expected value")] == ["hm", "4 1", "["]
    assert kept(desk) == []


def test_an_input_that_the_accepted_solution_cannot_answer_is_not_saved(qtbot: QtBot, tmp_path: Path) -> None:
    picky = Solution("accepted", SolutionKind.ACCEPTED, "def solve(n):\n    return [2, 3][n]\n")
    desk = Desk(qtbot, tmp_path, replace(next_number(), solutions=(picky,)))
    add_case(desk, n="7")
    desk.qtbot.waitUntil(lambda: desk.shows("own-expected-value-error"), timeout=RUN_MS)
    assert "IndexError" in desk.find("own-expected-value-error").text()  # type: ignore[attr-defined]  # a label
    fill(desk, expected_value="8")
    click(desk, "save-own-case")
    assert kept(desk) == [("my case 1", ("7",), "8")]
    desk.close()


def test_own_cases_are_edited_and_removed_and_come_back(desk: Desk) -> None:
    add_case(desk, n="5", expected_value="6")
    saved(desk)
    click(desk, "edit-own-case")
    fill(desk, n="7", expected_value="8")
    click(desk, "save-own-case")
    saved(desk)
    assert kept(desk) == [("my case 1", ("7",), "8")]
    click(desk, "add-own-case")
    fill(desk, n="1", its_name="my case 1", expected_value="2")
    click(desk, "save-own-case")
    assert "already" in desk.find("own-its-name-error").text()  # type: ignore[attr-defined]  # a label
    desk.press(Qt.Key.Key_Escape)
    desk.come_back()
    assert case(desk, "my case 1").input == "n = 7"
    desk.console.point_at("my case 1")
    desk.console._list.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert kept(desk) == []
    assert "my case 1" not in states(desk)
    click(desk, "add-own-case")
    assert desk.console.form._get("n") == "7"


def test_a_case_that_no_longer_fits_is_kept_and_says_why(desk: Desk) -> None:
    add_case(desk, n="5", expected_value="6")
    saved(desk)
    desk.evening.journal.flush()
    text = function_problem("int", {"n": "string"}, [(["a"], 1)])
    desk.bank.hold(text)
    desk.evening.session._set_view(desk.evening.view)
    assert states(desk) == {"0": "", "my case 1": "malformed"}
    assert "string is expected" in case(desk, "my case 1").traceback
    desk.console.press_run()
    desk.ran()
    assert states(desk)["my case 1"] == "malformed"


def test_of_a_program_a_case_is_text(qtbot: QtBot, tmp_path: Path) -> None:
    made = printing_problem([("1", "2")])
    code = "print(int(input()) + 1)\n"
    desk = Desk(qtbot, tmp_path, replace(made, solutions=(Solution("accepted", SolutionKind.ACCEPTED, code),)))
    add_case(desk, standard_input="8\n")
    saved(desk)
    assert kept(desk) == [("my case 1", ("8\n",), "9\n")]
    desk.close()


# The stress test.


def test_the_smallest_failing_case_is_shown_and_can_be_kept(desk: Desk) -> None:
    desk.write(WRONG_FROM_10)
    desk.press(Qt.Key.Key_X, CONTROL | ALT)
    assert desk.console.is_running
    desk.ran()
    assert "another answer" in desk.console.stress_page.words
    page = desk.console.stress_page._detail.toPlainText()
    assert "n = 10" in page
    assert "expected\n11" in page
    desk.press(Qt.Key.Key_J, CONTROL | ALT)
    assert kept(desk) == [("stress 1", ("10",), "11")]
    assert not desk.shows("stress-words")


def test_two_that_agree_say_so_and_a_stress_test_is_stopped_at_once(desk: Desk) -> None:
    desk.write("import time\n\n\ndef solve(n):\n    time.sleep(0.05)\n    return n + 1\n")
    with desk.qtbot.waitSignal(desk.controller._running._worker.progressed, timeout=RUN_MS):
        click(desk, "stress")
    assert "tried" in desk.console.stress_page.words
    click(desk, "run")
    desk.ran()
    assert desk.console.stress_page.words.startswith("Stopped after")
    assert not desk.shows("keep-failing")


def test_from_the_console_the_focus_is_where_one_goes_on_and_esc_leads_back(desk: Desk) -> None:
    desk.write(WRONG_FROM_10)
    desk.find("case-list").setFocus()
    desk.press(Qt.Key.Key_X, CONTROL | ALT)
    assert desk.find("run").hasFocus()
    assert not desk.shows("run-summary")
    desk.ran()
    assert desk.find("keep-failing").hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.find("case-list").hasFocus()
    assert desk.console.summary == "Stress test: a case fails"


# Somebody else's code.


def copy_theirs(desk: Desk, code: str) -> None:
    desk.evening.writes(code, "partner")
    desk.screens.work.partner.copy_requested.emit()


def test_a_copy_of_theirs_is_shown_before_it_runs_and_enter_is_no_answer(desk: Desk) -> None:
    copy_theirs(desk, RIGHT)
    desk.console.press_run()
    assert not desk.console.is_running
    shown = desk.find("question-code")
    assert isinstance(shown, QPlainTextEdit)
    assert (shown.toPlainText(), shown.hasFocus()) == (RIGHT, True)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        desk.press(key)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert shown.isVisible()
    assert not desk.console.is_running
    desk.press(Qt.Key.Key_Escape)
    assert not desk.shows("question-code")
    assert states(desk) == {"0": "", "1": "", "2": ""}


def test_the_question_says_what_the_sandbox_is_worth(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: bool(desk.toolchains.guarantee), timeout=RUN_MS)
    copy_theirs(desk, RIGHT)
    desk.console.press_run()
    words = desk.find("question-words").text()  # type: ignore[attr-defined]  # a label
    assert words.startswith("Ben wrote this")
    assert words.endswith(best().leaves)
    answer(desk, "yes")
    desk.ran()
    assert best().keeps in desk.find("run-summary").toolTip()


def test_yes_is_reached_by_tab_and_holds_for_this_copy(desk: Desk) -> None:
    copy_theirs(desk, RIGHT)
    desk.console.press_run()
    desk.press(Qt.Key.Key_Tab)
    assert desk.find("question-no").hasFocus()
    desk.press(Qt.Key.Key_Tab)
    assert desk.find("question-yes").hasFocus()
    desk.press(Qt.Key.Key_Space)
    desk.ran()
    assert desk.console.summary.startswith("3 passed")
    desk.console.press_run()
    desk.ran()
    copy_theirs(desk, RIGHT + "# once more\n")
    desk.console.press_run()
    assert desk.shows("question-code")
    answer(desk, "no")
    # What is in my own editor is mine.
    desk.screens.work.mine.show_page("code")
    desk.console.press_run()
    desk.ran()
    assert not desk.shows("question-code")


def test_a_pad_is_asked_about_once_if_my_partner_has_typed_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    problem = replace(next_number(), starters={"python": "def solve(n):\n    ...\n"})
    desk = Desk(qtbot, tmp_path, problem, Format.PAIR)
    pad = desk.evening.session.round.pad if desk.evening.session.round else None
    assert pad is not None
    desk.write(RIGHT)
    desk.console.press_run()
    desk.ran()
    assert not desk.shows("question-code")
    with pad.doc.transaction(origin="remote"):
        pad.doc.get("content", type=type(desk.text._text)).insert(0, "import os\n")
    desk.console.press_run()
    assert desk.shows("question-code")
    answer(desk, "yes")
    desk.ran()
    desk.console.press_run()
    assert not desk.shows("question-code")
    desk.ran()
    desk.close()


def test_code_that_came_with_a_problem_is_shown_too(desk: Desk) -> None:
    desk.bank.hold(desk.problem, "received")
    desk.write(RIGHT)
    # Without a checker there is nothing of theirs in a run.
    desk.console.run_examples()
    desk.ran()
    click(desk, "stress")
    shown = desk.find("question-code")
    assert isinstance(shown, QPlainTextEdit)
    assert GENERATOR in shown.toPlainText()
    assert RIGHT in shown.toPlainText()
    answer(desk, "no")
    add_case(desk, n="5")
    assert desk.shows("question-code")
    answer(desk, "yes")
    saved(desk)
    assert kept(desk) == [("my case 1", ("5",), "6")]
