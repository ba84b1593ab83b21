"""A session on screen at one seat: the real window, screens, journal, runner and documents, without a server."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sparring.live.text import SharedText
from sparring.problems import Problem
from sparring.profile import Settings
from sparring.ui.alerts import Alerts
from sparring.ui.audio import WalkthroughRecorder
from sparring.ui.screens.console import Console
from sparring.ui.screens.lobby import LobbyScreen
from sparring.ui.screens.session import SessionScreen
from sparring.ui.screens.walkthrough import WalkthroughScreen
from sparring.ui.screens.wrapup import WrapUpScreen
from sparring.ui.session import SessionController, SessionScreens
from sparring.ui.session.choosing import Choosing
from sparring.ui.shell import MainWindow
from sparring.ui.toolchains import Toolchains
from sparring_server.protocol.view import Format, ProblemRef
from tests.support.evening import Evening
from tests.support.problems import MemoryBank

RUN_MS = 20_000
"""Only a failing test waits so long."""
CONTROL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


class Desk:
    """Where I sit. `close` it at the end."""

    def __init__(self, qtbot: QtBot, folder: Path, problem: Problem, format_: Format = Format.SIDE_BY_SIDE) -> None:
        self.qtbot, self.problem = qtbot, problem
        self.bank = MemoryBank()
        self.bank.hold(problem)
        self.evening = Evening(folder, bank=self.bank, problem=ProblemRef(problem.id, problem.title))
        self.window = MainWindow()
        qtbot.addWidget(self.window, before_close_func=lambda window: window.allow_close())
        self.screens = SessionScreens(LobbyScreen(), SessionScreen(), WalkthroughScreen(), WrapUpScreen())
        for name, screen in (
            ("session/lobby", self.screens.lobby), ("session/work", self.screens.work),
            ("session/walkthrough", self.screens.walkthrough), ("session/wrapup", self.screens.wrapup),
        ):  # fmt: skip
            self.window.add_screen(name, screen)
        self.alerts = Alerts(Settings(notifications=False, tray=False, sound=False), self.window)
        self.toolchains = Toolchains(folder, self.window)
        self.sit_down()
        self.evening.begins(format_)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.focus_home()

    def sit_down(self) -> None:
        """Follow the session on the screens."""
        choosing = Choosing(self.evening.session, self.bank, self.evening.journal, self.evening.folder / "received")
        self.controller = SessionController(
            self.window, self.screens, self.evening.session, self.evening.keeper, self.bank,
            WalkthroughRecorder(self.window), "", self.alerts, choosing, self.toolchains,
        )  # fmt: skip

    def come_back(self, format_: Format = Format.SIDE_BY_SIDE) -> None:
        """The app was closed and is opened again."""
        self.controller.close()
        self.evening.journal.flush()
        self.evening.opens(self.evening.keeper.record)
        self.sit_down()
        self.evening.session._set_view(self.evening.view)

    def close(self) -> None:
        self.controller.close()
        self.evening.journal.close()

    @property
    def console(self) -> Console:
        return self.screens.work.mine.console

    @property
    def text(self) -> SharedText:
        """What is in my editor."""
        assert self.evening.session.round is not None
        return self.evening.keeper.texts[self.evening.session.round.desk.name]

    def write(self, code: str) -> None:
        """Instead of whatever is in my editor."""
        self.text.edit(0, len(self.text.value), code)

    def find(self, name: str) -> QWidget:
        """The visible part with this name."""
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert found, f"nothing visible is called {name}"
        return found[0]

    def shows(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        focus = QApplication.focusWidget()
        QTest.keyClick(focus if focus is not None else self.window, key, modifiers)

    def ran(self) -> None:
        """Wait until the run is over."""
        self.qtbot.waitUntil(lambda: not self.console.is_running, timeout=RUN_MS)
