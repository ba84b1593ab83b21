"""The settings file: old ones, new ones, damaged ones."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.profile import SETTINGS, Profile, ProfileError, Settings


def write(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(text)


def test_an_old_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, '{"name": "Ana", "theme": "ink", "microphone": "usb"}')
    profile = Profile(tmp_path)
    assert profile.settings == Settings(name="Ana", theme="ink", microphone="usb")
    assert profile.notice == ""


def test_an_unreadable_value_starts_afresh_with_a_notice(tmp_path: Path) -> None:
    write(tmp_path, '{"name": "Ana", "theme": "purple", "zoom": 99, "vim": "yes", "sound": false}')
    profile = Profile(tmp_path)
    assert profile.settings == Settings(name="Ana", sound=False)
    assert "theme, zoom, vim" in profile.notice


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"name": "Ana"', ""])
def test_a_damaged_file_is_set_aside(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    profile = Profile(tmp_path)
    assert profile.settings == Settings()
    assert "settings.unreadable.json" in profile.notice
    profile.change(name="Ana")
    assert (tmp_path / "settings.unreadable.json").read_text() == text
    assert Profile(tmp_path).settings.name == "Ana"


def test_what_a_newer_version_wrote_is_kept(tmp_path: Path) -> None:
    write(tmp_path, '{"name": "Ana", "telepathy": {"on": true}}')
    Profile(tmp_path).change(zoom=2)
    kept = json.loads((tmp_path / "settings.json").read_text())
    assert (kept["telepathy"], kept["name"], kept["zoom"]) == ({"on": True}, "Ana", 2)


@pytest.mark.parametrize(("name", "value"), [("zoom", 11), ("theme", "purple"), ("vim", "yes"), ("no-such", 1)])
def test_a_value_that_is_not_allowed_is_refused(tmp_path: Path, name: str, value: object) -> None:
    profile = Profile(tmp_path)
    with pytest.raises(ProfileError, match="stays as it was"):
        profile.change(**{name: value})
    assert profile.settings == Settings()
    assert not (tmp_path / "settings.json").exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError, match="cannot be saved"):
        Profile(tmp_path / "file").change(name="Ana")


def test_the_table_knows_every_setting() -> None:
    assert [one.name for one in SETTINGS] == list(Settings.__struct_fields__)
    for one in SETTINGS:
        assert one.shown.words
        assert (one.kind == "choice") == bool(one.choices)
        assert (one.kind in ("number", "port")) == (one.low < one.high)


@given(
    st.dictionaries(
        st.sampled_from([one.name for one in SETTINGS]), st.none() | st.integers() | st.text() | st.booleans()
    )
)
def test_no_file_of_values_stops_the_app(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    folder = tmp_path_factory.mktemp("profile")
    write(folder, json.dumps(values))
    profile = Profile(folder)
    for name, value in values.items():
        assert getattr(profile.settings, name) in (value, getattr(Settings(), name))
