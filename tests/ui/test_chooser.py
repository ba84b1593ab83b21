"""The chooser in the lobby: what is listed, what is hidden, chance, and the word of both."""

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sparring.problems.choosing import Choice
from sparring.ui.screens.chooser import Chooser, Suggestion, rows
from sparring.ui.screens.lobby import LobbyScreen, LobbyState, PlanFields
from sparring.ui.theme import INK, PAPER

T = TypeVar("T", bound=QWidget)

TOLLS = Choice("tolls", "Tolls", "medium", ("graphs",), 25, seen_at="2026-11-07T10:00:00+00:00", struggled=True)
SWAP = Choice("swap", "Seat swap", "easy", ("greedy", "sorting"), 20, seen_by_partner=True)
LOCKS = Choice("locks", "Locks", "hard", ("graphs",), 30, is_received=True)
STORY = Choice("story", "A conflict", "easy", ("behavioural",), 15, is_oral=True, seen_at="x", is_due=True)
ALL = (TOLLS, SWAP, LOCKS, STORY)
OURS = LobbyState(me="Ana", partner="Ben", partner_online=True, problems=ALL, partner_told=True)
SUGGESTED = Suggestion("Locks", 30, "partner", partner_agrees=True, can_agree=True)


def part(screen: QWidget, name: str, kind: type[T]) -> T:
    found = screen.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def find(screen: QWidget, name: str) -> QPushButton:
    return part(screen, name, QPushButton)


def shown(screen: QWidget) -> list[str]:
    view = part(screen, "problem-list", QListView)
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def titles(screen: QWidget) -> list[str]:
    return [line.split(",")[0] for line in shown(screen)]


@pytest.fixture
def lobby(qtbot: QtBot) -> LobbyScreen:
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    screen.show_state(OURS)
    screen.resize(1280, 800)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def test_each_row_says_what_both_have_done_with_it(lobby: LobbyScreen) -> None:
    assert shown(lobby) == [
        "A conflict, 15 min, due, new to your partner, interview question",
        "Locks, 30 min, received, new to both",
        "Seat swap, 20 min, new to you",
        "Tolls, 25 min, struggled, new to your partner",
    ]
    lobby.show_state(replace(OURS, partner_told=False, chosen="locks"))
    assert shown(lobby)[1] == "Locks, 30 min, received, new to you, suggested"
    assert not find(lobby, "new-to-both").isEnabled()
    assert "has not said yet" in find(lobby, "new-to-both").toolTip()


def test_filters_hold_together_and_are_counted(lobby: LobbyScreen) -> None:
    find(lobby, "new-to-me").click()
    assert titles(lobby) == ["Locks", "Seat swap"]
    difficulty = part(lobby, "filter-difficulty", QComboBox)
    assert [difficulty.itemText(number) for number in range(difficulty.count())] == [
        "Any difficulty", "easy", "medium", "hard",
    ]  # fmt: skip
    difficulty.setCurrentText("easy")
    assert titles(lobby) == ["Seat swap"]
    assert part(lobby, "problem-count", QLabel).text() == "1 of 4 problems"
    find(lobby, "clear-filters").click()
    assert len(titles(lobby)) == 4
    assert not find(lobby, "new-to-me").isChecked()
    part(lobby, "filter-kind", QComboBox).setCurrentText("Interview")
    assert titles(lobby) == ["A conflict"]
    part(lobby, "filter-kind", QComboBox).setCurrentText("Coding")
    part(lobby, "sort-problems", QComboBox).setCurrentText("Shortest first")
    assert titles(lobby) == ["Seat swap", "Tolls", "Locks"]


def test_a_filter_stays_when_other_problems_come(lobby: LobbyScreen) -> None:
    part(lobby, "filter-topic", QComboBox).setCurrentText("graphs")
    search = part(lobby, "problem-search", QLineEdit)
    search.setText("t")
    more = Choice("tunnels", "Tunnels", "easy", ("graphs",), 20)
    lobby.show_state(replace(OURS, problems=(*ALL, more)))
    assert titles(lobby) == ["Tolls", "Tunnels"]
    assert search.text() == "t"


def test_topics_are_found_only_while_they_are_shown(lobby: LobbyScreen) -> None:
    part(lobby, "problem-search", QLineEdit).setText("graphs")
    assert titles(lobby) == []
    assert not find(lobby, "surprise").isEnabled()
    part(lobby, "show-topics", QAbstractButton).click()
    assert titles(lobby) == ["Locks", "Tolls"]
    assert shown(lobby)[1].endswith("medium · graphs")


def test_enter_in_the_search_suggests_the_first(lobby: LobbyScreen, qtbot: QtBot) -> None:
    QTest.keyClick(lobby, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = part(lobby, "problem-search", QLineEdit)
    assert search.hasFocus()
    QTest.keyClicks(search, "swap")
    with qtbot.waitSignal(lobby.problem_chosen) as chosen:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == ["swap"]


def test_what_was_current_stays_current(lobby: LobbyScreen) -> None:
    view = part(lobby, "problem-list", QListView)
    view.setCurrentIndex(view.model().index(2, 0))
    part(lobby, "sort-problems", QComboBox).setCurrentText("Shortest first")
    assert titles(lobby)[view.currentIndex().row()] == "Seat swap"
    lobby.show_state(replace(OURS, chosen="locks", suggestion=SUGGESTED))
    assert titles(lobby)[view.currentIndex().row()] == "Locks"


def test_a_surprise_keeps_to_the_filters(qtbot: QtBot) -> None:
    chooser = Chooser()
    qtbot.addWidget(chooser)
    many = tuple(Choice(f"p{number}", f"P{number}", "easy", ("graphs",), 20) for number in range(30))
    chooser.show_choices((*many, SWAP), "p3", partner_told=True)
    part(chooser, "filter-topic", QComboBox).setCurrentText("graphs")
    drawn: list[str] = []
    chooser.chosen.connect(drawn.append)
    for _ in range(29):
        chooser.surprise(seed=7)
    # None twice, and never what is suggested already, until all had their turn.
    assert sorted(drawn) == sorted({one.id for one in many} - {"p3"})
    again = Chooser()
    qtbot.addWidget(again)
    again.show_choices(many, "p3", partner_told=True)
    with qtbot.waitSignal(again.chosen) as first:
        again.surprise(seed=7)
    assert first.args == drawn[:1]


def test_where_chance_has_nothing_left_it_says_so(qtbot: QtBot) -> None:
    chooser = Chooser()
    qtbot.addWidget(chooser)
    chooser.show_choices((TOLLS,), "", partner_told=True)
    chooser.surprise()
    assert "your last five" in part(chooser, "problem-count", QLabel).text()


def visible_primary(screen: QWidget) -> list[str]:
    return [
        one.objectName()
        for one in screen.findChildren(QPushButton)
        if one.property("role") == "primary" and one.isVisible()
    ]


def test_my_word_first_then_the_block(lobby: LobbyScreen, qtbot: QtBot) -> None:
    assert visible_primary(lobby) == ["start-block"]
    lobby.show_state(replace(OURS, chosen="locks", suggestion=SUGGESTED))
    assert visible_primary(lobby) == ["agree"]
    assert part(lobby, "suggested-by", QLabel).text() == "Ben suggests this · 30 min"
    assert part(lobby, "my-word", QWidget).accessibleName() == "Ana, has not agreed yet"
    assert part(lobby, "partner-word", QWidget).accessibleName() == "Ben, agrees"
    with qtbot.waitSignal(lobby.agreed) as word:
        QTest.keyClick(lobby, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert word.args == [True]
    mine = replace(SUGGESTED, i_agree=True)
    lobby.show_state(replace(OURS, chosen="locks", suggestion=mine, can_start=True))
    assert visible_primary(lobby) == ["start-block"]
    with qtbot.waitSignal(lobby.agreed) as word:
        find(lobby, "take-back").click()
    assert word.args == [False]


def test_agreeing_waits_for_the_problem(lobby: LobbyScreen, qtbot: QtBot) -> None:
    note = "Your app does not have this problem. It is on its way."
    lacked = replace(SUGGESTED, can_agree=False, minutes=0, note=note)
    lobby.show_state(replace(OURS, suggestion=lacked))
    assert not find(lobby, "agree").isEnabled()
    assert part(lobby, "suggestion-note", QLabel).text() == note
    assert not find(lobby, "ask-again").isVisible()
    lobby.show_state(replace(OURS, suggestion=replace(lacked, note="Your app could not take it.", can_ask_again=True)))
    with qtbot.waitSignal(lobby.asked_again):
        find(lobby, "ask-again").click()


def test_a_problem_brings_its_own_minutes(lobby: LobbyScreen, qtbot: QtBot) -> None:
    lobby.show_state(replace(OURS, suggestion=SUGGESTED))
    take = find(lobby, "take-minutes")
    assert take.text() == "Take its 30 minutes"
    with qtbot.waitSignal(lobby.plan_changed) as plan:
        take.click()
    assert plan.args == [PlanFields(focus_minutes=30)]
    lobby.show_state(replace(OURS, suggestion=SUGGESTED, plan=PlanFields(focus_minutes=30)))
    assert not take.isVisible()


def test_of_two_thousand_only_those_in_view_are_painted(lobby: LobbyScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[Choice] = []

    def counted(choice: Choice, *, partner_told: bool) -> list[str]:
        painted.append(choice)
        return []

    monkeypatch.setattr(rows, "marks_of", counted)
    many = tuple(Choice(f"p{number}", f"P{number}", "easy", ("graphs",), 20) for number in range(2_000))
    lobby.show_state(replace(OURS, problems=many, chosen="p1500", suggestion=SUGGESTED))
    for theme in (INK, PAPER):
        lobby._chooser.set_theme(theme)
        lobby.grab()
    assert 0 < len(painted) < 100
    assert len(shown(lobby)) == 2_000
