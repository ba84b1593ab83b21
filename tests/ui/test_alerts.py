"""Alerts: heard and seen only as far as they are wanted, and silent where there is nothing to play them."""

import filecmp
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sparring.assets import resources_dir
from sparring.profile import Settings
from sparring.ui.alerts import Alerts, Sound

ROOT = Path(__file__).parents[2]
SOUNDS = ("bell", "minute", "key")


class Desk:
    """A loudspeaker and a desktop that remember."""

    def __init__(self) -> None:
        self.heard: list[Sound] = []
        self.seen: list[str] = []
        self.is_looked_at = False

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)

    def show_message(self, title: str, words: str) -> bool:
        self.seen.append(f"{title} {words}".strip())
        return True


def make(qtbot: QtBot, desk: Desk, settings: Settings) -> Alerts:
    window = QWidget()
    qtbot.addWidget(window)
    return Alerts(settings, window, speaker=desk, messages=desk, is_looked_at=lambda: desk.is_looked_at)


def everything(alerts: Alerts) -> None:
    alerts.one_minute_left()
    alerts.block_ended("Break: five minutes")
    alerts.nudge("Ben waves")
    alerts.key_click()


def test_all_is_heard_and_seen_from_another_window(qtbot: QtBot) -> None:
    desk = Desk()
    everything(make(qtbot, desk, Settings(key_clicks=True)))
    assert desk.heard == ["minute", "bell", "minute", "key"]
    assert desk.seen == ["One minute left", "Break: five minutes", "Sparring Ben waves"]


def test_no_message_covers_the_window_one_looks_at(qtbot: QtBot) -> None:
    desk = Desk()
    desk.is_looked_at = True
    everything(make(qtbot, desk, Settings()))
    assert desk.seen == []
    assert desk.heard == ["minute", "bell", "minute"]


@pytest.mark.parametrize(
    ("settings", "heard", "seen"),
    [
        (Settings(sound=False), 0, 3),
        (Settings(sound=False, key_clicks=True), 1, 3),
        (Settings(notifications=False), 3, 0),
        (Settings(notifications=False, sound=False, tray=False), 0, 0),
    ],
)
def test_each_can_be_switched_off(qtbot: QtBot, settings: Settings, heard: int, seen: int) -> None:
    desk = Desk()
    alerts = make(qtbot, desk, Settings())
    alerts.apply(settings)
    everything(alerts)
    assert (len(desk.heard), len(desk.seen)) == (heard, seen)


# A process of its own: nothing has loaded QtMultimedia there, and all that is written can be seen.
CHILD = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from sparring.profile import Settings
from sparring.ui.alerts import Alerts
app = QApplication([])
window = QWidget()
alerts = Alerts(Settings(key_clicks=True), window)
alerts.set_clock(90_000, True)
alerts.set_clock(None)
assert "PySide6.QtMultimedia" not in sys.modules
alerts.apply(Settings(sound=False))
alerts.block_ended("Break")
assert "PySide6.QtMultimedia" not in sys.modules
alerts.apply(Settings(key_clicks=True))
alerts.one_minute_left()
alerts.block_ended("Break")
alerts.nudge("hello")
alerts.key_click()
app.processEvents()
assert "PySide6.QtMultimedia" in sys.modules
"""


def test_without_loudspeaker_and_tray_there_is_silence() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", SOUNDS)
def test_sounds_are_small_soft_and_end_in_silence(name: str) -> None:
    path = resources_dir() / "sounds" / f"{name}.wav"
    assert path.stat().st_size < 60_000
    with wave.open(str(path)) as sound:
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 500 < max(map(abs, samples)) < 20_000
    assert max(map(abs, samples[-5:])) < 60


def test_sounds_are_made_the_same_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_sounds"), str(tmp_path)], check=True, timeout=60)
    _, differing, missing = filecmp.cmpfiles(
        tmp_path, resources_dir() / "sounds", [f"{name}.wav" for name in SOUNDS], shallow=False
    )
    assert (differing, missing) == ([], [])
