"""One table of settings: flags, environment, file, and what is said about mistakes in them."""

import contextlib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring_server.config import ConfigError, ServerConfig
from sparring_server.settings import SETTINGS, make_parser, read_config, settings_table

NOT_SETTINGS = {"test_mode"}


def read(*arguments: str, **environment: str) -> ServerConfig:
    return read_config(list(arguments), environment)[0]


def test_every_field_is_a_setting_and_every_setting_a_field() -> None:
    assert {setting.name for setting in SETTINGS} == {field.name for field in fields(ServerConfig)} - NOT_SETTINGS
    assert len({setting.flag for setting in SETTINGS}) == len(SETTINGS)


def test_nothing_said_serves_this_machine_from_a_file() -> None:
    config = read()
    assert (config.host, config.port, config.storage) == ("127.0.0.1", 8765, "sqlite:sparring-rooms.db")


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('port = 1\nhost = "10.0.0.1"\nlog_level = "debug"\nmetrics = true\ndrain_seconds = 3\n')
    config = read("--config", str(file), "--port", "3", SPARRING_SERVER_PORT="2", SPARRING_SERVER_HOST="10.0.0.2")
    assert (config.port, config.host, config.log_level) == (3, "10.0.0.2", "debug")
    assert config.metrics
    assert config.drain_seconds == 3.0
    assert read(SPARRING_SERVER_CONFIG=str(file)).port == 1
    assert not read("--config", str(file), "--no-metrics").metrics
    assert not read("--config", str(file), SPARRING_SERVER_METRICS="off").metrics


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = 'x'", "port should be a whole number"),
        ("port = true", "port should be a whole number"),
        ("prot = 1", "no setting prot"),
        ("log_format = 'xml'", "one of text, json"),
        ("port = ", "not TOML"),
        ("port = 99999", "no port"),
        ("drain_seconds = 1e9", "0 to 600"),
        ("\x00", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_said_in_words(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "server.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        read("--config", str(file))


def test_a_file_that_is_not_there_or_not_text_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read("--config", str(tmp_path / "nowhere.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not TOML"):
        read("--config", str(tmp_path / "bytes.toml"))


@pytest.mark.parametrize(
    ("name", "text"), [("PORT", "many"), ("METRICS", "maybe"), ("LOG_LEVEL", "loud"), ("DRAIN_SECONDS", "")]
)
def test_a_mistake_in_the_environment_names_the_variable(name: str, text: str) -> None:
    with pytest.raises(ConfigError, match=f"SPARRING_SERVER_{name} should be"):
        read(**{f"SPARRING_SERVER_{name}": text})


def test_a_password_of_the_storage_is_not_taken_from_the_command_line() -> None:
    address = "redis://:p4ss@localhost/0"
    with pytest.raises(ConfigError, match="can read a password") as caught:
        read("--storage", address)
    assert "p4ss" not in str(caught.value)
    assert read(SPARRING_SERVER_STORAGE=address).storage == address


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_the_environment(text: str) -> None:
    for setting in SETTINGS:
        with contextlib.suppress(ConfigError):
            read_config([], {setting.variable: text})


def test_the_help_names_every_flag() -> None:
    words = make_parser().format_help()
    for setting in SETTINGS:
        assert (setting.flag in words) != setting.hidden


def test_the_documentation_has_the_table() -> None:
    assert settings_table() in (Path(__file__).parents[2] / "docs" / "server.md").read_text()
