"""A mock interview at one seat: the break in which the next problem is settled, and the turn from one to the other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from sparring.problems import Problem
from sparring.ui.screens.session.guide import NO_HINTS_YET
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, ProblemRef
from tests.support.desk import Desk
from tests.support.evening import BEN
from tests.support.problems import function_problem

NEXT = ProblemRef("the-next", "The next")


def first() -> Problem:
    return replace(function_problem("int", {"n": "int"}, [([1], 2)]), statement="Count the geese.")


def following() -> Problem:
    made = function_problem("int", {"n": "int"}, [([1], 2), ([2], 3)])
    return replace(made, id=NEXT.id, title=NEXT.title, statement="Count the swans.", editorial="Look up.")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, first())
    made.bank.hold(following())
    made.evening.begins(Format.MOCK, interviewer=BEN.id)
    yield made
    made.close()


def begins_the_break(desk: Desk) -> None:
    plan = msgspec.structs.replace(desk.evening.view.plan, swap_roles=True, blocks=2)
    change = messages.PhaseChanged(Phase.BREAK, 1, 1, True)
    desk.evening.tells("", change, phase=Phase.BREAK, plan=plan, interviewer=desk.evening.me)


def statement(desk: Desk) -> str:
    reader = desk.find("statement")
    assert isinstance(reader, QTextBrowser)
    return reader.toPlainText()


def test_the_next_problem_is_shown_once_both_agree(desk: Desk) -> None:
    begins_the_break(desk)
    assert statement(desk) == "Count the geese."
    suggested = {"problem": NEXT, "suggested_by": BEN.id, "agreed": (BEN.id,)}
    desk.evening.tells(BEN.id, messages.ProblemPicked(NEXT), **suggested)
    assert statement(desk) == "Count the geese."
    assert len(desk.console.cases) == 1
    assert desk.shows("agree-next")
    desk.evening.tells(desk.evening.me, messages.AgreementMarked(True), agreed=(BEN.id, desk.evening.me))
    assert statement(desk) == "Count the swans."
    assert len(desk.console.cases) == 2
    desk.evening.tells(BEN.id, messages.AgreementMarked(False), agreed=(desk.evening.me,))
    assert statement(desk) == "Count the geese."


def test_while_a_suggestion_waits_the_page_of_hints_says_so(desk: Desk) -> None:
    words = desk.window.findChild(QLabel, "hint-words")
    assert isinstance(words, QLabel)
    for interviewer in (desk.evening.me, BEN.id):
        begins_the_break(desk)
        desk.evening.tells(BEN.id, messages.RolesSwapped(interviewer), interviewer=interviewer)
        assert words.text() not in (NO_HINTS_YET, "This problem has no hints.")
        suggested = {"problem": NEXT, "suggested_by": BEN.id, "agreed": (BEN.id,)}
        desk.evening.tells(BEN.id, messages.ProblemPicked(NEXT), **suggested)
        assert words.text() == NO_HINTS_YET
        desk.evening.tells(desk.evening.me, messages.AgreementMarked(True), agreed=(BEN.id, desk.evening.me))
        assert words.text() not in (NO_HINTS_YET, "This problem has no hints.")


def test_it_is_the_same_after_the_app_was_closed(desk: Desk) -> None:
    begins_the_break(desk)
    suggested = {"problem": NEXT, "suggested_by": BEN.id, "agreed": (BEN.id,)}
    desk.evening.tells(BEN.id, messages.ProblemPicked(NEXT), **suggested)
    desk.come_back(Format.MOCK)
    assert statement(desk) == "Count the geese."


def test_the_reveal_of_two_problems_compares_nothing(desk: Desk) -> None:
    begins_the_break(desk)
    begins = messages.PhaseChanged(Phase.FOCUS, 1, 2, False)
    desk.evening.tells("", begins, phase=Phase.FOCUS, block=2, problem=NEXT, suggested_by="", agreed=())
    candidates = (desk.evening.me, BEN.id)
    shown = messages.PhaseChanged(Phase.REVEAL, 1, 2, True)
    desk.evening.tells("", shown, phase=Phase.REVEAL, revealed=True, candidates=candidates)
    assert desk.shows("not-compared")
    assert not desk.shows("next-difference")
    desk.come_back(Format.MOCK)
    assert desk.shows("not-compared")


def test_done_stays_where_it_is_when_the_other_begins_to_explain(desk: Desk) -> None:
    me = desk.evening.me
    solo = messages.PhaseChanged(Phase.WALKTHROUGH, 1, 1, False)
    desk.evening.tells(
        me, solo, phase=Phase.WALKTHROUGH, revealed=True, timer=None, speaker=me, candidates=(me, BEN.id)
    )
    done = desk.find("turn-done")
    assert isinstance(done, QPushButton)
    done.setFocus()
    desk.evening.tells(me, messages.WalkthroughStopped(me), speaker=None, spoken=(me,))
    assert done.isVisible()
    assert QApplication.focusWidget() is done
    desk.evening.tells("", messages.WalkthroughStarted(BEN.id), speaker=BEN.id)
    assert (done.isVisible(), done.text()) == (True, "Ben is done")
    assert QApplication.focusWidget() is done
