"""Remembered servers: the list of the settings, what stands behind it, and a session that starts on one."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from sparring.meeting.servers import Servers, parse_server
from sparring.profile import Profile
from sparring.ui.app import App, make_app
from sparring.ui.screens.server_list import ServerList, ServerRow, ServersState
from sparring.ui.screens.settings import SettingsScreen, SettingsState
from sparring_server.config import ServerConfig
from sparring_server.gateway import make_server
from sparring_server.protocol.invite import parse_invite

PATIENCE_SECONDS = 30.0
"""Only a failing test waits so long."""
ONE, TWO = "wss://one.example:443", "ws://192.168.1.4:8765"
KEY = "an-access-key-of-ours"


@pytest.fixture
def shown(qtbot: QtBot) -> ServerList:
    screen = SettingsScreen()
    qtbot.addWidget(screen)
    rows = (ServerRow(ONE, True), ServerRow(TWO, words="Nothing answers there."))
    screen.show_state(SettingsState(servers=ServersState(rows, TWO)))
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen.servers


def part(where: QWidget, name: str) -> QWidget:
    found = where.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(where: QWidget, name: str) -> None:
    found = part(where, name)
    assert isinstance(found, QAbstractButton)
    assert found.isEnabled(), name
    found.click()


def write(where: QWidget, name: str, text: str) -> None:
    found = part(where, name)
    assert isinstance(found, QLineEdit)
    found.setText(text)


def test_each_server_has_its_words_and_one_is_chosen(shown: ServerList) -> None:
    radios = {one.text(): one.isChecked() for one in shown.findChildren(QRadioButton)}
    assert radios == {"This app hosts": False, ONE: False, TWO: True}
    words = part(shown, "server-words-192.168.1.4:8765")
    assert isinstance(words, QLabel)
    assert words.text() == "Nothing answers there."
    for pressed in shown.findChildren(QAbstractButton):
        assert pressed.accessibleName()
        assert pressed.toolTip()
    key = part(shown, "server-key")
    assert isinstance(key, QLineEdit)
    assert key.echoMode() == QLineEdit.EchoMode.Password


def test_keys_reach_all_of_it(shown: ServerList, qtbot: QtBot) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(shown.test_requested) as tested:
        QTest.keyClick(shown, Qt.Key.Key_T, control)
    assert tested.args == [TWO]
    with qtbot.waitSignal(shown.remove_requested) as removed:
        QTest.keyClick(shown, Qt.Key.Key_X, control | shift)
    assert removed.args == [TWO]
    QTest.keyClick(shown, Qt.Key.Key_L, control)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QRadioButton)
    assert focus.text() == TWO
    with qtbot.waitSignal(shown.chosen) as chosen:
        QTest.keyClick(focus, Qt.Key.Key_Up)
    assert chosen.args == [ONE]
    QTest.keyClick(shown, Qt.Key.Key_A, control | shift)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "two.example")
    write(shown, "server-key", KEY)
    with qtbot.waitSignal(shown.add_requested) as added:
        QTest.keyClick(focus, Qt.Key.Key_Return, control)
    assert added.args == ["two.example", KEY]


def test_what_is_typed_stays_until_it_was_taken(shown: ServerList) -> None:
    write(shown, "server-address", "two words")
    shown.show_state(ServersState((), error="This address cannot be read."))
    address, error = part(shown, "server-address"), part(shown, "server-error")
    assert isinstance(address, QLineEdit)
    assert isinstance(error, QLabel)
    assert (address.text(), error.text()) == ("two words", "This address cannot be read.")
    shown.show_state(ServersState((ServerRow(ONE),), added=1))
    assert (address.text(), error.text()) == ("", "")


async def until(condition: Callable[[], object]) -> None:
    """Return once it holds; it is looked at again whenever the interface has had a turn."""
    holds = asyncio.get_running_loop().create_future()
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: holds.set_result(None) if condition() and not holds.done() else None)
    timer.start()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await holds
    finally:
        timer.stop()


async def close(app: App) -> None:
    closed = asyncio.get_running_loop().create_future()
    app.closed.connect(lambda: closed.set_result(None))
    app.window.close()
    await closed


def words(app: App, name: str) -> str:
    found = app.window.findChild(QWidget, name)
    return found.text() if isinstance(found, QLabel | QLineEdit) else ""


async def use_a_server(app: App) -> None:
    app.begin()
    app._go("settings")
    async with make_server(ServerConfig(access_key=KEY)) as server:
        address = server.address.removeprefix("ws://")
        write(app.window, "server-address", f"ws://{address}")
        write(app.window, "server-key", KEY)
        press(app.window, "add-server")
        await until(lambda: words(app, f"server-words-{address}") == "A Sparring server answers.")
        press(app.window, f"server-{address}")
        await until(lambda: Servers(app.profile.folder).default)
        app._go("today")
        await until(lambda: words(app, "today-busy") == f"on {address}")
        press(app.window, "start-session")
        await until(lambda: app.window.current_screen == "session/lobby")
        invite = parse_invite(words(app, "invite-link"))
        assert (invite.host, invite.port) == ("127.0.0.1", server.port)
        assert "reaches the server" in words(app, "invite-words")
        assert app._server is None
        await app._leave("")
    # It is gone: the next try says so, and nothing is half begun.
    press(app.window, "start-session")
    await until(lambda: "no server listens at that port" in words(app, "today-error"))
    assert app._controller is None
    app._go("settings")
    press(app.window, f"remove-{address}")
    await until(lambda: "is forgotten" in app.window.notice)
    assert Servers(app.profile.folder).all == ()
    press(app.window, "notice-act")
    await until(lambda: [one.access_key for one in Servers(app.profile.folder).all] == [KEY])


async def host_here(app: App) -> None:
    app.begin()
    press(app.window, "start-session")
    await until(lambda: app.window.current_screen == "session/lobby")
    assert parse_invite(words(app, "invite-link")).host == "127.0.0.1"
    assert words(app, "invite-words") == "Works on this machine only."
    server = app._server
    assert server is not None
    await app._leave("")
    await until(lambda: not server.is_running)


async def and_close(app: App, play: Callable[[App], Coroutine[Any, Any, None]]) -> None:
    try:
        await play(app)
    finally:
        await close(app)


@pytest.mark.parametrize("play", [use_a_server, host_here])
def test_in_the_app(qapp: QApplication, tmp_path: Path, play: Callable[[App], Coroutine[Any, Any, None]]) -> None:
    profile = Profile(tmp_path)
    profile.change(name="Ana")
    loop = qasync.QEventLoop(qapp, already_running=False)
    asyncio.set_event_loop(loop)
    # As in `open_app`: the app ends when it has saved everything.
    qapp.setQuitOnLastWindowClosed(False)
    app = make_app(profile)
    app.window.show()
    try:
        loop.run_until_complete(and_close(app, play))
    finally:
        qapp.setQuitOnLastWindowClosed(True)
        asyncio.set_event_loop(None)
        loop.close()


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "servers.json").write_text("{")
    assert "starts afresh" in Servers(tmp_path).notice
    assert parse_server("one.example").address == ONE
