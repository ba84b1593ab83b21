"""What this machine can run is said with version and place, and what it cannot with a way to get it."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sparring.runner import LANGUAGES, found, toolchains
from sparring.runner.toolchains import toolchain


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder on the PATH; what was found before is looked for again afterwards."""
    monkeypatch.setenv("PATH", str(tmp_path))
    toolchains.toolchain.cache_clear()
    yield tmp_path
    toolchains.toolchain.cache_clear()


def put(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_there_is_one_for_each_language() -> None:
    listed = found()
    assert [one.name for one in listed] == list(LANGUAGES)
    assert listed[0].version == ".".join(map(str, sys.version_info[:3]))
    for one in listed:
        assert one.is_ready == bool(one.path)
        assert not one.is_ready or (one.version and one.path and one.path.is_file())
        assert one.how_to_get


@pytest.mark.usefixtures("tools")
def test_what_is_missing_says_how_to_get_it() -> None:
    assert [one.name for one in found() if one.is_ready] == ["python"]
    assert "Install Node.js" in found()[1].how_to_get


def test_an_old_one_is_named_and_not_used(tools: Path) -> None:
    put(tools, "node", "echo v12.1.0")
    node = toolchain(LANGUAGES["javascript"])
    assert (node.is_ready, node.version) == (False, "12.1.0")
    assert "JavaScript 12.1.0 is older than 18" in node.how_to_get


@pytest.mark.parametrize("script", ["exit 1", "echo nothing", "kill -9 $$", "printf '\\377\\376'"])
def test_one_that_cannot_say_its_version_is_missing(tools: Path, script: str) -> None:
    put(tools, "node", script)
    assert not toolchain(LANGUAGES["javascript"]).is_ready


def test_one_in_my_own_folder_is_all_that_is_shown_of_it(tools: Path) -> None:
    put(tools, "node", "echo v22.3.4")
    node = toolchain(LANGUAGES["javascript"])
    assert (node.version, node.visible) == ("22.3.4", (tools / "node",))


def test_a_door_is_followed_home(tools: Path) -> None:
    home = tools / "home"
    (home / "bin").mkdir(parents=True)
    put(home / "bin", "rustc", "echo rustc 1.99.0")
    put(tools, "rustc", f"echo {home}")
    rust = toolchain(LANGUAGES["rust"])
    assert (rust.version, rust.path, rust.visible) == ("1.99.0", home / "bin" / "rustc", (home,))
    assert not toolchain(replace(LANGUAGES["rust"], tool="rustd")).is_ready
