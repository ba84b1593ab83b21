"""The language of my code: chosen in a list over the editor, never at the cost of a word."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from sparring.live.presence import Activity
from sparring.problems import Problem
from sparring.problems.starters import made_starter
from sparring.profile import Settings
from sparring.ui.screens.settings import SettingsScreen, SettingsState
from sparring.ui.screens.toolchain_list import ToolchainRow
from sparring.ui.toolchains import Toolchains
from sparring_server.protocol.presence import Presence, encode_presences
from sparring_server.protocol.view import Format, Phase
from tests.support.desk import ALT, CONTROL, Desk
from tests.support.evening import BEN
from tests.support.problems import function_problem, printing_problem

PYTHON = "def solve(n):\n    ...\n"


def palette_languages(desk: Desk) -> list[str]:
    return [entry.words for entry in desk.controller.palette_entries() if entry.words.startswith("Write in ")]


def a_function() -> Problem:
    problem = function_problem("int", {"n": "int"}, [([1], 2)])
    return replace(problem, starters={"python": PYTHON, "javascript": made_starter(problem.signature, "javascript")})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, a_function())
    yield made
    made.close()


def choose(desk: Desk, language: str) -> None:
    box = desk.find("choose-language")
    assert isinstance(box, QComboBox)
    index = box.findData(language)
    assert index >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(index)
    box.activated.emit(index)


def offered(desk: Desk) -> list[str]:
    box = desk.find("choose-language")
    assert isinstance(box, QComboBox)
    return [box.itemText(n) for n in range(box.count())]


def test_an_untouched_starter_makes_room_for_the_other(desk: Desk) -> None:
    assert desk.text.value == PYTHON
    choose(desk, "javascript")
    assert desk.text.value == desk.problem.starters["javascript"]
    assert desk.screens.work.mine.editor.language.name == "javascript"
    choose(desk, "python")
    assert desk.text.value == PYTHON


def test_what_i_typed_waits_under_its_language(desk: Desk) -> None:
    desk.write("def solve(n):\n    return n + 1\n")
    choose(desk, "javascript")
    desk.write("function solve(n) { return n + 1; }\n")
    choose(desk, "python")
    assert desk.text.value == "def solve(n):\n    return n + 1\n"
    choose(desk, "javascript")
    assert desk.text.value == "function solve(n) { return n + 1; }\n"


def test_language_and_drafts_survive_the_app(desk: Desk) -> None:
    desk.write("x = 1  # mine\n")
    choose(desk, "javascript")
    desk.write("let x = 1;\n")
    desk.come_back()
    assert desk.screens.work.mine.editor.language.name == "javascript"
    assert desk.text.value == "let x = 1;\n"
    choose(desk, "python")
    assert desk.text.value == "x = 1  # mine\n"


def test_the_attempt_and_the_run_know_their_language(desk: Desk) -> None:
    choose(desk, "javascript")
    desk.write("function solve(n) { return n + 1; }\n")
    desk.console.press_run()
    desk.ran()
    assert desk.console.summary.startswith("1 passed")
    detail = desk.evening.kept(desk.problem.id)
    assert (detail.language, detail.my_code) == ("javascript", "function solve(n) { return n + 1; }\n")
    runs = desk.evening.journal._read(lambda db: db.execute("select language, passed from run").fetchall())
    assert runs == [("javascript", 1)]


def test_a_new_text_begins_in_the_language_that_i_chose_last(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.controller.desk.languages.preferred) as told:
        choose(desk, "javascript")
    assert told.args == ["function_language", "javascript"]
    desk.controller.desk.languages.set_preferred("javascript", "python")
    assert desk.evening.session.round is not None
    scratch = desk.evening.session.open_scratch()
    assert scratch is not None
    desk.controller.desk.languages.begin(scratch, desk.problem)
    assert desk.controller.desk.languages.of(scratch) == "javascript"


def test_it_is_a_key_and_an_entry_of_the_palette(desk: Desk) -> None:
    assert palette_languages(desk) == ["Write in JavaScript"]
    desk.press(Qt.Key.Key_L, CONTROL | ALT)
    box = desk.find("choose-language")
    assert isinstance(box, QComboBox)
    assert box.view().isVisible()
    box.hidePopup()


def test_the_partner_is_told_of_my_language_and_of_no_word(desk: Desk) -> None:
    presence = desk.evening.session.presence
    assert presence.mine.language == "python"
    choose(desk, "javascript")
    desk.write("let secret = 1;\n")
    assert presence.mine.language == "javascript"
    assert "secret" not in msgspec.json.encode(presence.mine).decode()
    desk.come_back()
    assert desk.evening.session.presence.mine.language == "javascript"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("rust", "Rust · 42 lines"),
        ("a-language-of-their-own", "a-language-of-their-own · 42 lines"),
        ("", "42 lines"),
        ("two\nlines", "42 lines"),
        ("x" * 41, "42 lines"),
    ],
)
def test_the_veil_says_what_they_write_in(desk: Desk, language: str, words: str) -> None:
    told = Activity(BEN.id, BEN.name, lines=42, language=language)
    state = msgspec.json.encode(told).decode()
    desk.evening.session.presence.receive(encode_presences([Presence(7, 1, state)]))
    shown = desk.find("veil-activity")
    assert isinstance(shown, QLabel)
    assert shown.text() == words


def test_a_printing_problem_can_be_solved_in_what_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, printing_problem([("1", "1")]))
    qtbot.waitUntil(lambda: bool(desk.toolchains.rows), timeout=30_000)
    ready = [row.title for row in desk.toolchains.rows if row.is_ready]
    assert offered(desk) == ready
    assert ready[0] == "Python"
    desk.close()


def test_in_a_pair_the_pad_keeps_the_drafts_for_both(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, a_function(), Format.PAIR)
    desk.write("x = 1\n")
    choose(desk, "javascript")
    documents = desk.evening.session.round
    assert documents is not None
    assert documents.pad is not None
    assert documents.drafts is None
    # Both see in the pad what it is in.
    assert desk.evening.session.presence.mine.language == ""
    choose(desk, "python")
    assert desk.text.value == "x = 1\n"
    desk.close()


def test_an_interviewer_has_no_language_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, a_function())
    desk.evening.begins(Format.MOCK, interviewer=desk.evening.me)
    assert desk.evening.view.phase is Phase.FOCUS
    assert not desk.shows("choose-language")
    assert desk.evening.session.presence.mine.language == ""
    assert palette_languages(desk) == []
    desk.close()


def test_the_settings_list_what_there_is_and_how_to_get_the_rest(qtbot: QtBot) -> None:
    screen = SettingsScreen()
    qtbot.addWidget(screen)
    rows = (
        ToolchainRow("python", "Python", "3.11.2"),
        ToolchainRow("go", "Go", how_to_get="Install Go: go.dev/dl.", is_ready=False),
    )
    screen.show_state(SettingsState(Settings(program_language="go"), toolchains=rows))
    words = {part.objectName(): part.text() for part in screen.findChildren(QLabel)}
    assert (words["toolchain-python"], words["toolchain-go"]) == ("3.11.2", "Install Go: go.dev/dl.")
    box = screen.findChild(QComboBox, "setting-program_language")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Go, not found"
    with qtbot.waitSignal(screen.look_requested):
        screen._toolchains.look.click()


def test_looking_does_not_hold_up_the_interface(qtbot: QtBot) -> None:
    toolchains = Toolchains()
    with qtbot.waitSignals([toolchains.changed, toolchains.changed], timeout=30_000):
        toolchains.look()
        assert toolchains.is_looking
        assert toolchains.rows == ()
    assert not toolchains.is_looking
    row = toolchains.find("python")
    assert row is not None
    assert row.version
