"""The console as a widget: what it shows of a case, and what it asks for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from sparring.ui.screens.console import CaseView, Console
from sparring.ui.screens.console.buttons import NO_GENERATOR
from sparring.ui.screens.console.case_view import as_page
from sparring.ui.theme import INK

CASES = [CaseView("one"), CaseView("two", hidden=True), CaseView("three", own_id="k", input="n = 3")]


@pytest.fixture
def console(qtbot: QtBot) -> Console:
    made = Console()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_cases(CASES)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(console: Console, name: str) -> None:
    found = next(one for one in console.findChildren(QAbstractButton, name) if one.isVisible())
    found.click()


def page(console: Console) -> str:
    found = console.findChild(QTextBrowser, "case-detail")
    assert isinstance(found, QTextBrowser)
    return found.toPlainText()


def printed(console: Console) -> QPlainTextEdit:
    found = console.findChild(QPlainTextEdit, "case-output")
    assert isinstance(found, QPlainTextEdit)
    return found


def test_all_examples_one_and_again(console: Console) -> None:
    asked: list[object] = []
    console.run_requested.connect(asked.append)
    press(console, "run")
    press(console, "run-examples")
    console.run_again()
    console.point_at("two")
    press(console, "run-case")
    console.run_again()
    assert asked == [None, ("one",), ("one",), ("two",), ("two",)]


def test_a_run_of_one_case_leaves_the_others_as_they_were(console: Console) -> None:
    console.begin(["one", "two", "three"])
    for name in ("one", "two", "three"):
        console.add_result(CaseView(name, "passed"))
    console.finish("3 passed", "sandboxed")
    console.begin(["two"])
    assert [case.state for case in console.cases] == ["passed", "", "passed"]
    console.add_result(CaseView("two", "wrong", expected="1", got="2"))
    console.finish("0 passed, 1 not", "sandboxed")
    assert [case.state for case in console.cases] == ["passed", "wrong", "passed"]
    assert "Wrong" in page(console)


def test_while_it_runs_nothing_else_is_asked_for_and_stop_is_a_button(console: Console, qtbot: QtBot) -> None:
    console.begin(["one"])
    asked: list[object] = []
    console.run_requested.connect(asked.append)
    console.run_case()
    console.run_again()
    console.run_examples()
    assert asked == []
    with qtbot.waitSignal(console.cancel_requested):
        press(console, "run")


def test_time_memory_and_the_difference_are_said(console: Console) -> None:
    view = CaseView("one", "wrong", expected="[1, 2]", got="[1, 3]", elapsed_ms=12.4, memory_kb=20_480, input="n = 1")
    console.begin(["one"])
    console.add_result(view)
    console.finish("0 passed, 1 not", "")
    assert "Wrong · 12 ms · 20 MB" in page(console)
    html = as_page(view, INK)
    assert f'color:{INK.wrong};text-decoration:underline;font-weight:600">3</span>' in html
    assert f'color:{INK.passed};text-decoration:underline;font-weight:600">2</span>' in html


def test_every_line_of_mine_in_an_error_is_a_link(console: Console, qtbot: QtBot) -> None:
    words = "line 3, in solve: <b>x()</b>\nline 12, in x: return y[1]\nmain.cpp:7:4: error"
    html = as_page(CaseView("one", "error", traceback=words, error_line=12), INK)
    assert [f'<a href="{line}">' in html for line in (3, 12, 7)] == [True, True, True]
    assert "<b>x()" not in html
    # What a checker says of the output is about no line of mine.
    assert "<a " not in as_page(CaseView("one", "wrong", traceback="line 3 is too long"), INK)
    with qtbot.waitSignal(console.line_requested) as asked:
        console.detail._follow(QUrl("12"))
    assert asked.args == [12]


def test_what_is_printed_arrives_while_it_runs(console: Console) -> None:
    console.begin(["one", "two"])
    console.add_output("two", "first\n")
    assert printed(console).isVisible()
    assert printed(console).toPlainText() == "first\n"
    console.add_output("two", "second\n")
    assert printed(console).toPlainText() == "first\nsecond\n"
    console.add_result(CaseView("one", "passed"))
    console.add_result(CaseView("two", "passed", output="first\nsecond\nthird\n"))
    console.finish("2 passed", "")
    assert page(console).startswith("✓ Passed")
    console.point_at("two")
    press(console, "case-page-printed")
    assert printed(console).toPlainText() == "first\nsecond\nthird\n"


def test_who_looks_at_a_case_is_not_taken_away_from_it(console: Console) -> None:
    console.begin(["one", "two"])
    console.point_at("three")
    console.add_output("two", "look at me\n")
    console.add_result(CaseView("one", "passed"))
    console.add_result(CaseView("two", "wrong", expected="1", got="2"))
    console.finish("1 passed, 1 not", "")
    assert "n = 3" in page(console)


def test_ten_thousand_lines_are_shown_and_counted(console: Console) -> None:
    lines = "".join(f"line {number}\n" for number in range(10_000))
    console.begin(["one"])
    console.add_result(CaseView("one", "passed", output=lines))
    console.finish("1 passed", "")
    button = console.findChild(QAbstractButton, "case-page-printed")
    assert isinstance(button, QAbstractButton)
    assert button.text() == "Printed (10,000 lines)"
    press(console, "case-page-printed")
    assert printed(console).toPlainText() == lines
    # The page of the result holds none of them.
    assert len(page(console)) < 200


def test_a_case_is_copied_whole(console: Console) -> None:
    console.begin(["one"])
    long = "1, " * 2_000
    console.add_result(CaseView("one", "wrong", expected=long, got="2", output="hm\n"))
    console.finish("0 passed, 1 not", "")
    press(console, "copy-case")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("one: Wrong")
    assert long in text
    assert "printed:\nhm" in text


def test_only_my_own_cases_are_edited_and_removed(console: Console, qtbot: QtBot) -> None:
    names = ("edit-own-case", "remove-own-case")
    console.point_at("one")
    assert not any(one.isVisible() for name in names for one in console.findChildren(QAbstractButton, name))
    console.point_at("three")
    with qtbot.waitSignal(console.edit_requested) as asked:
        press(console, "edit-own-case")
    assert asked.args == ["k"]


def test_without_a_generator_the_stress_test_says_why_not(console: Console) -> None:
    button = console.findChild(QAbstractButton, "stress")
    assert isinstance(button, QAbstractButton)
    assert (button.isEnabled(), button.toolTip()) == (False, NO_GENERATOR)
    console.set_generator(True)
    assert button.isEnabled()


def test_cases_that_come_anew_keep_what_is_known_and_the_place(console: Console) -> None:
    console.begin(["one", "three"])
    console.add_result(CaseView("one", "passed"))
    console.add_result(CaseView("three", "passed", own_id="k", input="n = 3"))
    console.finish("2 passed", "")
    console.point_at("two")
    console.set_cases([*CASES[:2], replace(CASES[2], input="n = 4"), CaseView("four", own_id="l")])
    assert [case.state for case in console.cases] == ["passed", "", "", ""]
    assert "Not run yet" in page(console)
