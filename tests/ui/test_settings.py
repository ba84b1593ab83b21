"""Settings: one table, shown in words, told by one signal."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sparring.profile import SETTINGS, Settings
from sparring.ui.screens.settings import UNPLUGGED, SettingsScreen, SettingsState


@pytest.fixture
def screen(qtbot: QtBot) -> SettingsScreen:
    made = SettingsScreen()
    qtbot.addWidget(made)
    made.show_state(SettingsState(Settings(name="Ana")))
    return made


def press(screen: SettingsScreen, name: str) -> None:
    found = screen.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    found.click()


def test_every_setting_is_on_the_screen_with_words_and_a_tooltip(screen: SettingsScreen) -> None:
    words = {part.text() for part in screen.findChildren(QLabel)}
    for one in SETTINGS:
        assert one.shown.words in words
        assert one.shown.group in words
        control = screen.findChild(QWidget, f"setting-{one.name}")
        assert control is not None, one.name
    for pressed in screen.findChildren(QAbstractButton):
        assert pressed.toolTip() or pressed.parentWidget().toolTip(), pressed.objectName()


@pytest.mark.parametrize("name", [one.name for one in SETTINGS if one.kind == "switch"])
def test_a_switch_tells_its_new_value(screen: SettingsScreen, qtbot: QtBot, name: str) -> None:
    before = getattr(Settings(), name)
    with qtbot.waitSignal(screen.setting_changed) as told:
        press(screen, f"setting-{name}")
    assert told.args == [name, not before]


def test_choices_and_steps(screen: SettingsScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.setting_changed) as told:
        press(screen, "setting-theme-ink")
    assert told.args == ["theme", "ink"]
    with qtbot.waitSignal(screen.setting_changed) as told:
        press(screen, "setting-zoom-more")
    assert told.args == ["zoom", 1]
    words = screen.findChild(QLabel, "setting-zoom-words")
    assert isinstance(words, QLabel)
    assert words.text() == "110 %"


def test_showing_a_state_tells_nothing(screen: SettingsScreen, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(screen.setting_changed):
        screen.show_state(SettingsState(Settings(name="Ben", zoom=3, vim=True, theme="ink", microphone="x")))


def test_an_unplugged_microphone_is_said_and_kept(screen: SettingsScreen) -> None:
    box, words = screen.findChild(QComboBox, "setting-microphone"), screen.findChild(QLabel, "help-microphone")
    assert isinstance(box, QComboBox)
    assert isinstance(words, QLabel)
    screen.show_state(SettingsState(Settings(microphone="usb"), (("built-in", "Built-in"),)))
    assert (box.currentData(), words.text()) == ("usb", UNPLUGGED)
    screen.show_state(SettingsState(Settings(microphone="usb"), (("usb", "USB microphone"),)))
    assert (box.currentText(), words.text() == UNPLUGGED) == ("USB microphone", False)
