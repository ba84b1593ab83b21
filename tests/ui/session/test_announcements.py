"""What a screen reader says of a session: agreement, readiness, the bell and the reveal, each once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from sparring.ui import announcing
from sparring.ui.session.announcements import Announcements, words_of
from sparring.ui.shell.actions import key_of, key_words
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Member, Phase, Plan, ProblemRef, RoomView, Timer
from tests.support.desk import Desk
from tests.support.evening import BEN
from tests.support.problems import function_problem

ANA = Member("ana-ana-ana-ana-", "Ana", "member")
TOLLS = ProblemRef("tolls", "Tolls")
RUNS, WAITS = Timer(1_000, deadline_ms=1_000), Timer(1_000, remaining_ms=1_000)


def told(change: messages.AnyChange, by: str = BEN.id, number: int = 1, **fields: Any) -> messages.Event:
    view = RoomView(members=(ANA, BEN), problem=TOLLS, phase=Phase.FOCUS, block=1, timer=RUNS)
    return messages.Event(number, 1_000_000, by, change, msgspec.structs.replace(view, number=number, **fields))


def phase(to: Phase, *, bell: bool, form: Format = Format.SIDE_BY_SIDE, **fields: Any) -> messages.Event:
    return told(messages.PhaseChanged(to, 1, 1, bell), "", phase=to, plan=Plan(format=form), **fields)


SUGGESTED: dict[str, Any] = {"phase": Phase.LOBBY, "suggested_by": BEN.id}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (told(messages.ProblemPicked(TOLLS), agreed=(BEN.id,), **SUGGESTED), "Ben suggests “Tolls”."),
        (told(messages.ProblemPicked(TOLLS), ANA.id, **{**SUGGESTED, "suggested_by": ANA.id}), ""),
        (told(messages.ProblemPicked(None), problem=None), ""),
        (
            told(messages.AgreementMarked(True), agreed=(BEN.id, ANA.id), **SUGGESTED),
            "Ben agrees with “Tolls”. Both of you agree.",
        ),
        (
            told(messages.AgreementMarked(True), ANA.id, agreed=(BEN.id, ANA.id), **SUGGESTED),
            "You agree with “Tolls”. Both of you agree.",
        ),
        (told(messages.AgreementMarked(False), agreed=(ANA.id,), **SUGGESTED), "Ben no longer agrees with “Tolls”."),
        (told(messages.AgreementMarked(False), ANA.id, **SUGGESTED), "You no longer agree with “Tolls”."),
        (told(messages.ReadyMarked(True), ready=(BEN.id,)), "Ben is ready to reveal."),
        (told(messages.ReadyMarked(False)), "Ben is no longer ready to reveal."),
        (told(messages.ReadyMarked(True), ANA.id, ready=(ANA.id,)), ""),
        (told(messages.ReadyMarked(True), ready=(ANA.id, BEN.id)), ""),
        (
            told(messages.ReadyMarked(True), ready=(BEN.id,), plan=Plan(format=Format.MOCK)),
            "Ben says that this interview is over.",
        ),
        (phase(Phase.FOCUS, bell=False), "Block 1 begins."),
        (phase(Phase.FOCUS, bell=True, timer=WAITS), "The break is over. Block 1 waits to be started."),
        (phase(Phase.BREAK, bell=True), "The block is over. Time for a break."),
        (phase(Phase.BREAK, bell=True, timer=WAITS), "The block is over. Time for a break, once it is started."),
        (phase(Phase.REVEAL, bell=True, timer=None), "Time is up. The veil is lifted."),
        (phase(Phase.REVEAL, bell=False, timer=None), "The veil is lifted."),
        (
            phase(Phase.REVEAL, bell=True, timer=None, form=Format.PAIR),
            "Time is up. The work of this round is over.",
        ),
        (told(messages.Revealed(True), ""), ""),
        (told(messages.StuckMarked(True)), ""),
    ],
)
def test_the_words(event: messages.Event, words: str) -> None:
    assert words_of(event, ANA.id) == words


def test_each_change_is_said_once_and_nothing_that_is_long_past() -> None:
    said: list[tuple[str, bool]] = []
    made = Announcements(ANA.id, lambda words, at_once: said.append((words, at_once)))
    ready, over = told(messages.ReadyMarked(True), number=4, ready=(BEN.id,)), phase(Phase.BREAK, bell=True)
    made.happened(ready, 1_000_500)
    made.happened(ready, 1_000_900)
    assert said == [("Ben is ready to reveal.", False)]
    made.happened(msgspec.structs.replace(over, number=5), 1_060_000)
    made.happened(msgspec.structs.replace(over, number=6), 1_000_600)
    assert said[1:] == [("The block is over. Time for a break.", True)]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What a screen reader hears; whether it listens is for the platform to say, and off-screen none does."""
    found: list[tuple[str, bool]] = []
    urgent = QAccessible.AnnouncementPoliteness.Assertive

    class Listening:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            found.append((event.message(), event.politeness() is urgent))

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    return found


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, function_problem("int", {"n": "int"}, [([1], 2)]))
    yield made
    made.close()


def test_a_session_says_what_happens(desk: Desk, heard: list[tuple[str, bool]]) -> None:
    evening = desk.evening
    evening.tells(BEN.id, messages.ReadyMarked(True), ready=(BEN.id,))
    evening.tells("", messages.Revealed(True), revealed=True)
    evening.tells("", messages.PhaseChanged(Phase.REVEAL, 1, 1, True), phase=Phase.REVEAL, timer=None)
    assert heard == [("Ben is ready to reveal.", False), ("Time is up. The veil is lifted.", True)]


def test_a_notice_is_said_once_while_it_stands(desk: Desk, heard: list[tuple[str, bool]]) -> None:
    refusal = "Only the interviewer can do this."
    for _ in range(2):
        desk.evening.session.refused.emit(refusal)
    assert heard == [(refusal, False)]
    desk.window.clear_notice()
    desk.evening.session.refused.emit(refusal)
    assert heard == [(refusal, False)] * 2
    desk.window.show_notice("The old server is forgotten.", "Undo", desk.window.clear_notice)
    assert heard[2:] == [(f"The old server is forgotten. Undo: {key_words(key_of('notice-act'))}.", False)]


def test_chat_is_said_where_it_does_not_wait_in_the_top_bar(desk: Desk, heard: list[tuple[str, bool]]) -> None:
    # What the evening tells carries times of before this app came in.
    desk.controller._entered_ms = 0
    desk.evening.tells(BEN.id, messages.Said("On your left"))
    assert heard == []
    desk.window.show_screen("session/lobby")
    desk.evening.tells(BEN.id, messages.Said("Shall we?"))
    assert heard == [("Ben: Shall we?", False)]


def test_nothing_is_said_while_nobody_listens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: pytest.fail("somebody was told"))
    announcing.announce(desk.window, "The veil is lifted.")


def test_the_platform_takes_an_announcement(desk: Desk) -> None:
    QAccessible.setActive(True)
    announcing.announce(desk.window, "The veil is lifted.", at_once=True)
    QAccessible.setActive(False)
