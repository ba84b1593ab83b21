"""Real app processes, driven through their own interfaces."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.formats import PROBLEM
from demo.player import Player


@pytest.fixture
def players(tmp_path: Path) -> Iterator[list[Player]]:
    started: list[Player] = []
    yield started
    for player in started:
        player.end()


def sit_down(players: list[Player], tmp_path: Path, name: str) -> Player:
    player = Player(name, tmp_path / name, tmp_path)
    players.append(player)
    player.sit_down()
    return player


def begin_alone(ana: Player) -> None:
    ana.do("write", name="my-name", text="Ana")
    ana.click("start-session")
    ana.do("wait", screen="session/lobby", name="invite-link")
    ana.click("format-solo")
    ana.do("pick", name="problem-list", words=PROBLEM)
    ana.click("start-block")
    ana.do("wait", screen="session/work")


def test_a_killed_app_comes_back_with_what_was_typed(players: list[Player], tmp_path: Path) -> None:
    ana = sit_down(players, tmp_path, "Ana")
    begin_alone(ana)
    ana.do("code", name="my-editor", text="typed = 'before the crash 🧮'\nkept = True")
    before = ana.do("read", name="my-editor")
    # The promise is all but the last second: let the second pass on the app's own clock.
    ana.do("wait", name="clock", contains="22:")
    ana.kill()
    again = sit_down(players, tmp_path, "Ana")
    assert "Nothing was lost" in again.do("read", name="resume-words")
    again.click("resume-session")
    again.do("wait", screen="session/work", name="my-editor", contains="before the crash")
    assert again.do("read", name="my-editor") == before
    again.click("reveal")
    again.do("wait", name="to-walkthrough")
    again.click("end-session")
    again.do("wait", screen="journal", name="detail-mine", contains="before the crash")
    assert again.close() == 0


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("", "Paste the invite link"),
        ("https://example.org", "should begin with sparring://"),
        ("sparring://127.0.0.1:9/abcdefghijklmnopqrstuv", "cut off"),
        ("sparring://127.0.0.1:9/abcdefghijklmnopqrstuv#secretsecretsecret.000000", "damaged"),
    ],
)
def test_a_bad_link_is_said_in_words(players: list[Player], tmp_path: Path, link: str, words: str) -> None:
    ana = sit_down(players, tmp_path, "Ana")
    ana.do("write", name="my-name", text="Ana")
    ana.do("write", name="invite-link-input", text=link)
    ana.click("join-session")
    ana.do("wait", name="today-error", contains=words)
    assert ana.close() == 0


def test_what_is_set_is_kept_and_shown_again(players: list[Player], tmp_path: Path) -> None:
    ana = sit_down(players, tmp_path, "Ana")
    ana.click("rail-settings")
    ana.do("write", name="setting-name", text="Ana")
    for name in ("setting-theme-ink", "setting-vim", "setting-sound", "setting-zoom-more"):
        ana.click(name)
    assert ana.close() == 0
    kept = json.loads((tmp_path / "Ana" / "settings.json").read_text())
    assert [kept[name] for name in ("name", "theme", "vim", "sound", "zoom")] == ["Ana", "ink", True, False, 1]
    again = sit_down(players, tmp_path, "Ana")
    again.click("rail-settings")
    assert again.do("read", name="setting-zoom-words") == "110 %"
    assert again.close() == 0


def test_a_damaged_settings_file_is_said_and_set_aside(players: list[Player], tmp_path: Path) -> None:
    (tmp_path / "Ana").mkdir()
    (tmp_path / "Ana" / "settings.json").write_text("{")
    ana = sit_down(players, tmp_path, "Ana")
    ana.do("wait", name="notice", contains="could not be read")
    assert ana.close() == 0


def test_a_name_is_asked_for_first(players: list[Player], tmp_path: Path) -> None:
    ana = sit_down(players, tmp_path, "Ana")
    ana.click("start-session")
    ana.do("wait", name="today-error", contains="Type your name first")


def test_a_profile_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = {**os.environ, "SPARRING_HOME": str(tmp_path / "file" / "profile")}
    tried = subprocess.run(
        [sys.executable, "-m", "sparring", "journal", "list"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert tried.returncode == 1
    assert "cannot write to its folder" in tried.stderr
    assert "Traceback" not in tried.stderr
