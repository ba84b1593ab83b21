"""In a pair my view goes where the partner writes, if I want that, and never while I write myself."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sparring.live.presence import Activity, Cursor
from sparring.ui.editor import CodeEditor
from sparring.ui.session.controller import FOLLOW_REST_SECONDS
from sparring_server.protocol.presence import Presence, encode_presences
from sparring_server.protocol.view import Format
from tests.support.desk import ALT, CONTROL, Desk
from tests.support.evening import BEN
from tests.support.problems import function_problem


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, function_problem("int", {"n": "int"}, [([1], 2)]), Format.PAIR)
    made.write("\n".join(f"line {number}" for number in range(300)))
    editor_of(made).go_to_line(1)
    yield made
    made.close()


def editor_of(desk: Desk) -> CodeEditor:
    return desk.screens.work.mine.editor


def goes_to(desk: Desk, line: int, clock: int) -> None:
    """Ben's cursor is at the start of a line of the pad, counted from 0."""
    assert desk.evening.session.round is not None
    place = desk.text.value.index(f"line {line}\n")
    activity = Activity(BEN.id, "Ben", cursor=Cursor(desk.evening.session.round.desk.name, place, place))
    desk.evening.session.presence.receive(
        encode_presences([Presence(7, clock, msgspec.json.encode(activity).decode())])
    )


def sees(desk: Desk, line: int) -> bool:
    return line in desk.screens.work.mine.editor.lines_in_view


def test_my_view_follows_only_if_i_want_that(desk: Desk) -> None:
    goes_to(desk, 250, 1)
    assert sees(desk, 0)
    desk.press(Qt.Key.Key_F, CONTROL | ALT)
    goes_to(desk, 251, 2)
    assert sees(desk, 251)
    assert not sees(desk, 0)
    assert editor_of(desk).cursor_position == 0
    desk.press(Qt.Key.Key_F, CONTROL | ALT)
    goes_to(desk, 20, 3)
    assert sees(desk, 251)


def test_nothing_drags_my_view_while_i_type(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.press(Qt.Key.Key_F, CONTROL | ALT)
    QTest.keyClick(editor_of(desk), Qt.Key.Key_X)
    goes_to(desk, 250, 1)
    assert sees(desk, 0)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + FOLLOW_REST_SECONDS + 1)
    goes_to(desk, 251, 2)
    assert sees(desk, 251)
