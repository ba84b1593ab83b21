"""The whole way once, in a real app with a real server: a post of the browser, two clicks, and it is picked."""

import asyncio
import json
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from sparring.profile import Profile
from sparring.ui.app import App, make_app
from tests.problems.importing.test_companion_post import TASK

PATIENCE_SECONDS = 30.0
"""Only a failing test waits so long."""


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


def post(port: int) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/",
        json.dumps(TASK | {"batch": {"id": "x", "size": 1}}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return int(answer.status)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def play(app: App) -> None:
    def press(name: str) -> None:
        found = app.window.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton)
        assert found.isEnabled(), name
        found.click()

    app.begin()
    press("start-session")
    await until(lambda: app.window.current_screen == "session/lobby")
    await until(lambda: app.bring_in.port)
    assert await asyncio.to_thread(post, app.bring_in.port) == 200
    await until(lambda: app.window.notice)
    press("notice-act")
    assert app.window.current_screen == "bring-in"
    press("keep-post")
    session = app._session
    assert session is not None
    await until(lambda: session.view is not None and session.view.problem is not None)
    assert session.view is not None
    assert session.view.problem is not None
    assert session.view.problem.id == "a-sharing-a-melon"
    assert app.bank.problems["a-sharing-a-melon"].cases[0].stdin == "8\n"
    press("leave-bring-in")
    assert app.window.current_screen == "session/lobby"
    # A pasted one, brought in from the lobby as well, from its button on.
    press("lobby-bring-in")
    press("way-paste")
    screen = app.bring_in.screen
    screen.paste.form.text.setPlainText("Count the twos\nInput: nums = [2, 2]\nOutput: 2")
    keep = app.window.findChild(QAbstractButton, "keep-pasted")
    assert isinstance(keep, QAbstractButton)
    await until(keep.isEnabled)
    assert keep.text() == "Keep and suggest to both"
    press("keep-pasted")
    await until(lambda: session.view and session.view.problem and session.view.problem.id == "count-the-twos")
    title = app.window.findChild(QLineEdit, "preview-title")
    assert isinstance(title, QLineEdit)
    await until(lambda: not title.isVisible())
    # What came in is listed after a new look, too.
    press("way-earlier")
    listed = app.window.findChild(QListView, "earlier-imports")
    assert isinstance(listed, QListView)
    await until(lambda: listed.model().rowCount() == 2)
    server = app._server
    closed = asyncio.get_running_loop().create_future()
    app.closed.connect(lambda: closed.set_result(None))
    app.window.close()
    await closed
    assert server is not None
    await until(lambda: not server.is_running)


def test_a_problem_goes_from_the_browser_to_both(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.change(name="Ana", companion=True, companion_port=free_port())
    loop = qasync.QEventLoop(qapp, already_running=False)
    asyncio.set_event_loop(loop)
    # As in `open_app`: the app ends when it has saved everything.
    qapp.setQuitOnLastWindowClosed(False)
    app = make_app(profile)
    app.window.show()
    try:
        loop.run_until_complete(asyncio.wait_for(play(app), 90))
    finally:
        qapp.setQuitOnLastWindowClosed(True)
        asyncio.set_event_loop(None)
        loop.close()
