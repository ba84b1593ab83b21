"""The microphone: a real recording where a virtual one can be had, and words where there is none."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from demo.microphone import MicrophoneUnavailable, virtual_microphone

# A process of its own, since Qt reads its audio back end once.
CHILD = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from sparring.ui.audio import WalkthroughRecorder
app = QCoreApplication([])
recorder = WalkthroughRecorder()
levels = []
def done(**what):
    print(json.dumps(what), flush=True)
    app.quit()
recorder.failed.connect(lambda words: done(failed=words))
recorder.finished.connect(lambda one: done(duration=one.duration_ms, level=max(levels)))
recorder.level_changed.connect(levels.append)
wanted = int(sys.argv[2])
def elapsed(ms):
    print("heard", ms, flush=True)
    if wanted and ms >= wanted:
        recorder.stop()
recorder.elapsed_changed.connect(elapsed)
QTimer.singleShot(0, lambda: recorder.start(Path(sys.argv[1])))
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


PLAYER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from sparring.ui.audio import WalkthroughPlayer
app = QCoreApplication([])
player = WalkthroughPlayer()
def moved(position, duration):
    if position > 300:
        print("played", duration, flush=True)
        app.quit()
player.moved.connect(moved)
player.failed.connect(lambda words: (print(words, flush=True), app.quit()))
QTimer.singleShot(0, lambda: player.toggle(Path(sys.argv[1])))
QTimer.singleShot(15_000, app.quit)
app.exec()
"""


def played(path: Path, environment: dict[str, str]) -> str:
    child = subprocess.run(
        [sys.executable, "-c", PLAYER, str(path)], capture_output=True, text=True, timeout=40, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
    )  # fmt: skip
    return child.stdout


def listen(path: Path, wanted_ms: int, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(wanted_ms)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
    )  # fmt: skip


def samples(path: Path) -> "memoryview[int]":
    with wave.open(str(path)) as recording:
        return memoryview(recording.readframes(recording.getnframes())).cast("h")


def test_without_a_microphone_it_says_so(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/nothing", "QT_AUDIO_BACKEND": "pulseaudio"}
    child = listen(tmp_path / "a.wav", 1_000, nowhere)
    told, _ = child.communicate(timeout=40)
    assert "No microphone was found" in json.loads(told.splitlines()[-1])["failed"]
    assert not (tmp_path / "a.wav").exists()


def test_spoken_words_are_heard_and_survive_a_kill(tmp_path: Path) -> None:
    try:
        with virtual_microphone() as microphone:
            child = listen(tmp_path / "a.wav", 2_500, microphone.environment)
            assert child.stdout is not None
            child.stdout.readline()
            microphone.say("The town that leaves the heap is final.")
            told, _ = child.communicate(timeout=40)
            answer = json.loads(told.splitlines()[-1])
            assert answer["duration"] >= 2_400
            assert answer["level"] > 0.3
            assert max(map(abs, samples(tmp_path / "a.wav"))) > 1_000
            assert "played" in played(tmp_path / "a.wav", microphone.environment)
            (tmp_path / "broken.wav").write_bytes(b"no sound")
            assert "cannot be played" in played(tmp_path / "broken.wav", microphone.environment)

            killed = listen(tmp_path / "b.wav", 0, microphone.environment)
            assert killed.stdout is not None
            for line in killed.stdout:
                if int(line.split()[1]) > 2_500:
                    break
            killed.kill()
            killed.wait()
            killed.stdout.close()
            # The header was renewed within the last second before the kill.
            assert len(samples(tmp_path / "b.wav")) >= 1.4 * 16_000
    except MicrophoneUnavailable as reason:
        pytest.skip(f"no virtual microphone here: {reason}")


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    try:
        with virtual_microphone() as microphone:
            child = listen(tmp_path / "file" / "a.wav", 1_000, microphone.environment)
            told, _ = child.communicate(timeout=40)
            assert "cannot be written" in json.loads(told.splitlines()[-1])["failed"]
    except MicrophoneUnavailable as reason:
        pytest.skip(f"no virtual microphone here: {reason}")
