"""A past round on screen: what there is of it is shown, what there is not takes no room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from sparring.journal import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    Journal,
    ParkedThought,
    RoundRecord,
    SessionRecord,
)
from sparring.live.board import Element, board_to_json
from sparring.ui.board.picture import BoardPicture
from sparring.ui.editor import CodeEditor
from sparring.ui.journal_controller import JournalController
from sparring.ui.screens.journal import JournalScreen
from sparring.ui.shell import MainWindow
from sparring.ui.theme import INK, PAPER, ThemeController

MINE = Element("a", "box", "me", 1, 0, 0, 140, 60, "frontier")
THEIRS = Element("b", "box", "ben", 2, 200, 0, 140, 60)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    opened.save_session(SessionRecord("s", "r", "l", "me", "k", True, "2026-11-21T09:00:00+00:00", "Ben"))
    opened.save_round(RoundRecord("plain", "s", 1, "tolls", "Tolls", "2026-11-21T09:10:00+00:00", outcome="passed"))
    asked = RoundRecord("asked", "s", 2, "stamps", "Stamps", "2026-11-21T10:10:00+00:00", format="mock",
                        role="interviewer", outcome="interviewed")  # fmt: skip
    opened.save_round(asked)
    opened.save_attempt("plain", "me", "python", "def tolls(): ...", 1, 1)
    opened.save_attempt("asked", "partner", "python", "def stamps(): ...", 0, 0)
    opened.save_board("asked", board_to_json((MINE, THEIRS)))
    opened.save_claim("asked", "partner", ClaimMade("O(n k)", "O(n)"))
    opened.save_hint("asked", HintSeen("partner", 1, "Smallest first?"))
    opened.save_chat("s", 1, ChatSaid("Ben", "is <b>zero</b> a stamp?", False, 5), "asked")
    opened.park_thought("s", ParkedThought("t", 6, "telephone grandmother", "asked"))
    opened.flush()
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, journal: Journal) -> JournalScreen:
    window = MainWindow()
    qtbot.addWidget(window)
    controller = JournalController(window, journal)
    controller.screen.setParent(window)
    controller.screen.resize(1200, 800)
    window.setCentralWidget(controller.screen)
    window.show()
    controller.refresh()
    controller.screen.round_opened.emit("asked")
    return controller.screen


def part(screen: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = screen.findChild(kind, name)
    assert found is not None, name
    return found


def test_an_interview_that_i_led_shows_what_my_partner_did(screen: JournalScreen) -> None:
    words = part(screen, QLabel, "detail-words")
    assert isinstance(words, QLabel)
    assert "mock interview, you asked · interviewed" in words.text()
    assert part(screen, QWidget, "detail-partner").isVisible()
    assert not part(screen, QWidget, "detail-mine").isVisible()
    claim = part(screen, QLabel, "partner-claim")
    assert isinstance(claim, QLabel)
    assert claim.text() == "Time O(n k) · Space O(n)"
    said = part(screen, QTextBrowser, "detail-said")
    assert isinstance(said, QTextBrowser)
    lines = said.toPlainText().replace("\xa0", " ").splitlines()
    assert lines == [
        "Hints Ben saw", "1  Smallest first?", "Chat", "Ben  is <b>zero</b> a stamp?", "Parked thoughts",
        "telephone grandmother",
    ]  # fmt: skip


def test_what_a_round_does_not_have_is_not_offered(screen: JournalScreen) -> None:
    pages = ("detail-page-notes", "detail-page-board", "detail-page-said")
    assert [part(screen, QAbstractButton, name).isVisible() for name in pages] == [True, True, True]
    screen.round_opened.emit("plain")
    assert [part(screen, QAbstractButton, name).isVisible() for name in pages] == [True, False, False]
    assert part(screen, QWidget, "detail-notes").isVisible()
    assert not part(screen, QWidget, "detail-partner").isVisible()


def test_one_key_goes_through_the_pages(qtbot: QtBot, screen: JournalScreen) -> None:
    screen.window().activateWindow()
    qtbot.waitUntil(screen.window().isActiveWindow)
    # There are no notes, so that the sketch comes first.
    shown = []
    for _ in range(4):
        pages = ("detail-notes", "detail-board", "detail-said")
        shown.append(next(name for name in pages if part(screen, QWidget, name).isVisible()))
        QTest.keyClick(screen, Qt.Key.Key_F8)
    assert shown == ["detail-board", "detail-said", "detail-notes", "detail-board"]


def colours_in(picture: BoardPicture) -> set[str]:
    image = picture.grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(0, image.width()) for y in range(0, image.height(), 3)}


def test_a_sketch_wears_the_theme(qtbot: QtBot, qapp: object) -> None:
    picture = BoardPicture("picture")
    qtbot.addWidget(picture)
    picture.resize(400, 120)
    picture.show()
    theme = ThemeController(qapp)  # type: ignore[arg-type]
    theme.choose("ink")
    picture.show_board(board_to_json((MINE, THEIRS)), "me")
    assert {INK.background, INK.panel} <= colours_in(picture)
    theme.choose("paper")
    assert {PAPER.background, PAPER.panel} <= colours_in(picture)
    assert "frontier" in picture.accessibleDescription()
    theme.choose("system")


def test_notes_to_a_prompt_wrap_and_were_not_to_be_run(screen: JournalScreen, journal: Journal) -> None:
    spoken = RoundRecord("spoken", "s", 3, "a-bell", "A bell", "2026-11-21T11:10:00+00:00", outcome="answered")
    journal.save_round(spoken)
    journal.save_attempt("spoken", "me", "markdown", "## Numbers", 0, 0)
    journal.flush()
    mine, words = part(screen, CodeEditor, "detail-mine"), part(screen, QLabel, "detail-words")
    assert isinstance(mine, CodeEditor)
    assert isinstance(words, QLabel)
    screen.round_opened.emit("spoken")
    assert (mine.language.name, mine.lineWrapMode()) == ("markdown", CodeEditor.LineWrapMode.WidgetWidth)
    assert "answered" in words.text()
    assert "never run" not in words.text()
    screen.round_opened.emit("plain")
    assert (mine.language.name, mine.lineWrapMode()) == ("python", CodeEditor.LineWrapMode.NoWrap)
    assert "never run" in words.text()
