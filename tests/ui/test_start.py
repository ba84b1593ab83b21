"""A start loads what Today needs, and says when Today can be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from bench.journals import make_journal
from sparring.profile import Profile
from sparring.ui import app as app_module
from sparring.ui.app import App, make_app
from sparring.ui.theme import INK, Theme
from sparring.ui.widgets import finish

LATER = (
    "asyncio", "qasync", "concurrent.futures", "queue", "sparring.journal.writer",
    "pycrdt", "websockets", "psygnal", "pygments", "segno", "sqlite_utils", "PySide6.QtMultimedia", "PySide6.QtNetwork",
    "sparring.problems.bank", "sparring.live.session", "sparring.runner.run", "sparring.ui.editor.code_editor",
)  # fmt: skip

BEGUN = {
    "session/lobby": "lobby", "session/work": "work", "session/walkthrough": "walkthrough", "journal": "journal",
    "settings": "settings", "bring-in": "bring_in",
}  # fmt: skip
"""The screens that are built in steps, and what they are called while they are."""
MOST_IN_A_STEP = 75
"""Widgets: as many as the finding of problems has, which are made at once."""

SHOW_TODAY = """
import sys
import sparring.__main__
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from sparring.profile import Profile
from sparring.ui.app import make_app
app = make_app(Profile(Path(sys.argv[1])))
app.window.show()
application.processEvents()
print(*(name for name in sys.argv[2:] if name in sys.modules))
from PySide6 import QtCore, QtGui, QtWidgets
for module, name in ((QtCore, "Qt"), (QtWidgets, "QStyle"), (QtWidgets, "QTextBrowser"), (QtWidgets, "QMessageBox")):
    if name in vars(module):
        print(name)
app.journal.close()
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SPARRING_HOME": str(folder), **more}


def test_today_is_shown_before_anything_else_is_loaded(tmp_path: Path) -> None:
    # The second start: the first one writes the schema, with the library that does that.
    for _ in range(2):
        command = [sys.executable, "-c", SHOW_TODAY, str(tmp_path), *LATER]
        done = subprocess.run(
            command, env=environment(tmp_path), capture_output=True, text=True, check=True, timeout=60
        )
    assert done.stdout.split() == []


def test_the_app_says_when_today_can_be_used_and_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sparring"]
    where = environment(tmp_path, SPARRING_SAY_WHEN_READY="1")
    done = subprocess.run(command, env=where, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "ready\n"


@pytest.mark.parametrize("name", ["journal", "settings", "session/lobby", "session/walkthrough"])
def test_a_screen_is_there_when_it_is_first_wanted(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    app = make_app(Profile(tmp_path))
    qtbot.addWidget(app.window)
    app.window.show_screen(name)
    assert app.window.current_screen == name
    app.journal.close()
    app.window.allow_close()


def test_the_other_screens_are_built_in_quiet_moments_and_disturb_nobody(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "WARM_UP_MS", 0)
    app = make_app(Profile(tmp_path))
    qtbot.addWidget(app.window)
    app.window.show()
    name = app.window.findChild(QLineEdit, "my-name")
    assert isinstance(name, QLineEdit)
    name.setFocus()
    qtbot.keyClicks(name, "An")
    qtbot.waitUntil(lambda: "settings" in vars(app), timeout=20_000)
    qtbot.keyClicks(name, "a")
    assert name.text() == "Ana"
    assert app.window.current_screen == "today"
    qtbot.waitUntil(lambda: {"bank", "screens", "journal_controller", "settings"} <= vars(app).keys())
    app.journal.close()
    app.window.allow_close()


def parts(screen: QWidget) -> list[tuple[str, str]]:
    return [(type(one).__name__, one.objectName()) for one in screen.findChildren(QWidget)]


def themes(screen: QWidget) -> set[Theme]:
    """What they paint with."""
    kept = [vars(one) for one in screen.findChildren(QWidget) if hasattr(one, "set_theme")]
    return {one.get("theme") or one["_theme"] for one in kept if "theme" in one or "_theme" in one}


def test_no_step_of_the_warm_up_makes_much(qtbot: QtBot, tmp_path: Path) -> None:
    app = make_app(Profile(tmp_path))
    qtbot.addWidget(app.window)
    count, new = len(parts(app.window)), []
    for _ in app._rest():
        there = len(parts(app.window))
        new.append(there - count)
        count = there
    # How long a step takes depends on the machine; how much it makes does not.
    assert max(new) <= MOST_IN_A_STEP
    assert len([one for one in new if one]) >= 30
    assert app.screens.work.mine.shown_editor.isVisibleTo(app.screens.work)
    for name, screen in BEGUN.items():
        app.window.show_screen(name)
        assert getattr(app._begun, screen).isVisibleTo(app.window)
    app.journal.close()
    app.window.allow_close()


def test_a_screen_that_is_half_built_is_finished_for_who_wants_it(qtbot: QtBot, tmp_path: Path) -> None:
    app = make_app(Profile(tmp_path))
    qtbot.addWidget(app.window)
    rest = app._rest()
    while not hasattr(vars(app._begun).get("work"), "guide"):
        next(rest)
    begun = {name: getattr(app._begun, screen) for name, screen in BEGUN.items()}
    for name in ("session/walkthrough", "journal", "settings", "bring-in"):
        next(begun[name].rest)
    half = {name: len(parts(screen)) for name, screen in begun.items()}
    # What is there can take another theme, and what is built later has the one of now.
    app.window.set_theme(INK)
    for name, screen in begun.items():
        app.window.show_screen(name)
        assert app.window.current_screen == name
        assert screen.isVisibleTo(app.window)
        assert next(screen.rest, None) is None
        if name != "session/lobby":  # It was whole before.
            assert len(parts(screen)) > half[name]
            assert themes(screen) <= {app.themes.theme}
    finish(rest)
    assert {"screens", "journal_controller", "settings", "bring_in"} <= vars(app).keys()
    app.journal.close()
    app.window.allow_close()


def test_a_screen_built_in_steps_is_the_one_that_is_built_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    app = make_app(Profile(tmp_path))
    qtbot.addWidget(app.window)
    for screen in BEGUN.values():
        stepwise = getattr(app._begun, screen)
        finish(stepwise.rest)
        at_once = type(stepwise)()
        qtbot.addWidget(at_once)
        assert parts(stepwise) == parts(at_once)
    app.journal.close()
    app.window.allow_close()


def picture_of(window: QWidget) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def shown_today(qtbot: QtBot, folder: Path, theme: str = "paper") -> App:
    """The app as a person with a name and some rounds finds it."""
    profile = Profile(folder)
    profile.change(name="Ana", theme=theme)
    make_journal(folder, 3)
    app = make_app(profile)
    qtbot.addWidget(app.window)
    with qtbot.waitActive(app.window), qtbot.waitExposed(app.window):
        app.window.show()
    qtbot.waitUntil(lambda: bool(app.today.home().hasFocus()))
    return app


@pytest.mark.parametrize("theme", ["ink", "paper"])
def test_nothing_on_today_changes_while_the_rest_is_built(qtbot: QtBot, tmp_path: Path, theme: str) -> None:
    app = shown_today(qtbot, tmp_path, theme)
    before = picture_of(app.window)
    assert (before.width(), before.height()) == (1280, 800)
    finish(app._rest())
    assert picture_of(app.window) == before
    app.journal.close()
    app.window.allow_close()
