"""The tray: the time that is left and a short menu, where the desktop has one."""

import pytest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.tray import Tray


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop that says it has a tray; off-screen there is none."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))


def icon(tray: Tray) -> QSystemTrayIcon:
    found = tray.findChild(QSystemTrayIcon)
    assert isinstance(found, QSystemTrayIcon)
    return found


def press(window: QWidget, words: str) -> None:
    menu = window.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_without_a_tray_nothing_happens(window: QWidget) -> None:
    tray = Tray(window)
    tray.set_wanted(True)
    tray.set_clock("12:00 left", True)
    assert not tray.show_message("Break", "")
    assert tray.findChild(QSystemTrayIcon) is None


def test_the_icon_says_the_time_and_can_be_switched_off(window: QWidget, desktop: None) -> None:
    tray = Tray(window)
    tray.set_wanted(True)
    tray.set_clock("Sparring: 12:00 left", True)
    assert icon(tray).toolTip() == "Sparring: 12:00 left"
    tray.set_clock("", None)
    assert icon(tray).toolTip() == "Sparring"
    tray.set_wanted(False)
    assert not icon(tray).isVisible()


def test_the_menu_shows_pauses_resumes_and_quits(window: QWidget, desktop: None, qtbot: QtBot) -> None:
    tray = Tray(window)
    tray.set_wanted(True)
    with qtbot.assertNotEmitted(tray.pause_requested):
        press(window, "Pause")
    tray.set_clock("12:00", True)
    with qtbot.waitSignal(tray.pause_requested):
        press(window, "Pause")
    tray.set_clock("12:00", False)
    with qtbot.waitSignal(tray.resume_requested):
        press(window, "Resume")
    with qtbot.waitSignal(tray.show_requested):
        press(window, "Show Sparring")
    with qtbot.waitSignal(tray.quit_requested):
        press(window, "Quit")


def test_a_message_borrows_an_icon_that_is_not_wanted(window: QWidget, desktop: None) -> None:
    tray = Tray(window)
    tray.set_wanted(False)
    assert tray.findChild(QSystemTrayIcon) is None
    assert tray.show_message("Break", "Stand up")
    tray.set_clock("11:59", True)
    assert icon(tray).isVisible()
