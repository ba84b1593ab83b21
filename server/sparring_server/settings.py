"""The one table of a server's settings: it makes the flags, reads the environment and the file, and is documented.

A flag wins over the environment, that over the file, and that over the default. Secrets are never flags: everybody on
a machine can read the arguments of its processes.
"""

import argparse
import os
import tomllib
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sparring_server import __version__
from sparring_server.config import TEST_MODE_VARIABLE, ConfigError, ServerConfig

CONFIG_VARIABLE = "SPARRING_SERVER_CONFIG"
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off", "")


@dataclass(frozen=True)
class Setting:
    """One setting: a field of `ServerConfig` and what people type for it."""

    name: str
    """The field, and the key in the file."""
    words: str
    kind: type = str
    """`str`, `int`, `float`, `bool`, or `tuple` for several texts."""
    singular: str = ""
    """What the flag of one of several is called."""
    choices: tuple[str, ...] = ()
    secret: bool = False
    """Read from a file that a flag names, or from the environment; never a flag itself."""
    hidden: bool = False
    """For the demo and tests."""
    preset: Any = None
    """What the command takes where nobody says anything, if it is not the field's own default."""

    @property
    def flag(self) -> str:
        name = (self.singular or self.name).replace("_", "-")
        return f"--{name}-file" if self.secret else f"--{name}"

    @property
    def variable(self) -> str:
        """The environment's name for it; several are separated by commas."""
        return f"SPARRING_SERVER_{self.name.upper()}"

    @property
    def default(self) -> Any:
        """What holds where nobody says anything."""
        if self.preset is not None:
            return self.preset
        return next(field.default for field in fields(ServerConfig) if field.name == self.name)


SETTINGS: tuple[Setting, ...] = (
    Setting("host", "address to listen on"),
    Setting("port", "port; 0 for any free one", int, preset=8765),
    Setting(
        "storage",
        "where rooms live: sqlite:PATH, redis://HOST:PORT/NUMBER (shared by many servers), or memory:",
        preset="sqlite:sparring-rooms.db",
    ),
    Setting("tls_cert", "serve TLS with the certificate (and its chain) in this file of PEM"),
    Setting("tls_key", "its key, if that stands in a file of its own"),
    Setting("tls_self_signed", "serve TLS with a certificate of its own, made once and kept in this folder"),
    Setting("access_key", "what those must have who open a room; joining one takes only its link", secret=True),
    Setting(
        "allow_origins",
        "web pages that may connect, such as https://example.org; apps need no leave",
        tuple,
        singular="allow_origin",
    ),
    Setting(
        "trusted_proxies",
        "addresses or networks of proxies whose X-Forwarded-For is believed",
        tuple,
        singular="trusted_proxy",
    ),
    Setting("room_days", "forget rooms in which nothing has changed for so many days; 0: never", int),
    Setting("log_level", "how much is told", choices=("debug", "info", "warning", "error")),
    Setting("log_format", "lines for people, or JSON for programs", choices=("text", "json")),
    Setting("metrics", "show figures at /metrics (who can reach the port can read them)", bool),
    Setting("drain_seconds", "after SIGTERM, let clients go in turn for so long, while /readyz says no", float),
    Setting("clock_rate", "compressed time", float, hidden=True),
)


def read_config(arguments: Sequence[str] | None, environment: MutableMapping[str, str]) -> tuple[ServerConfig, bool]:
    """The settings from all places together, and whether the server ends with its standard input.

    Raises `ConfigError` with a sentence; `SystemExit` for what the parser itself answers, such as `--help`.
    """
    options = make_parser().parse_args(arguments)
    path = options.config or environment.get(CONFIG_VARIABLE)
    said: dict[str, Any] = {setting.name: setting.preset for setting in SETTINGS if setting.preset is not None}
    said |= _read_file(Path(path)) if path else {}
    for setting in SETTINGS:
        text = environment.pop(setting.variable, None) if setting.secret else environment.get(setting.variable)
        if text is not None:
            said[setting.name] = _from_text(setting, text)
        flag = getattr(options, setting.name)
        if flag is not None:
            said[setting.name] = _read_secret(setting, flag) if setting.secret else _from_flag(setting, flag)
    said["test_mode"] = environment.get(TEST_MODE_VARIABLE) == "1"
    return ServerConfig(**said), bool(options.stop_with_stdin)


def make_parser() -> argparse.ArgumentParser:
    """The command line of `sparring-server`."""
    parser = argparse.ArgumentParser(
        prog="sparring-server",
        description="The sync server of Sparring: relays two partners' session, keeps its time and guards its doors.",
        epilog="Each setting may also stand in the environment (SPARRING_SERVER_PORT) or in the file (port = 8765).",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--config", metavar="FILE", help=f"a TOML file with settings (or {CONFIG_VARIABLE})")
    for setting in SETTINGS:
        _add(parser, setting)
    parser.add_argument(
        "--stop-with-stdin",
        action="store_true",
        help="end when standard input ends: for the server that an app hosts, so that it never outlives it",
    )
    return parser


def _add(parser: argparse.ArgumentParser, setting: Setting) -> None:
    words = argparse.SUPPRESS if setting.hidden else setting.words
    if setting.secret:
        words = f"{setting.words}; it stands in this file (or in {setting.variable})"
    elif not setting.hidden and setting.default not in ("", (), False):
        words = f"{setting.words} (default: {setting.default})"
    common: dict[str, Any] = {"dest": setting.name, "default": None, "help": words.replace("%", "%%")}
    if setting.kind is bool:
        parser.add_argument(setting.flag, action=argparse.BooleanOptionalAction, **common)
    elif setting.kind is tuple:
        parser.add_argument(setting.flag, action="append", metavar=(setting.singular or setting.name).upper(), **common)
    elif setting.choices:
        parser.add_argument(setting.flag, choices=setting.choices, **common)
    elif setting.secret:
        parser.add_argument(setting.flag, metavar="FILE", **common)
    else:
        parser.add_argument(setting.flag, type=setting.kind, metavar=setting.kind.__name__.upper(), **common)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"The settings in {path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The settings in {path} are not TOML: {error}") from error
    known = {setting.name: setting for setting in SETTINGS}
    if unknown := sorted(set(table) - set(known)):
        raise ConfigError(f"{path}: there is no setting {unknown[0]}. See sparring-server --help.")
    if any(setting.secret and setting.name in table for setting in SETTINGS) and path.stat().st_mode & 0o077:
        raise ConfigError(f"{path} holds a secret and can be read by others: chmod 600 {path}")
    return {name: _from_file(known[name], value, path) for name, value in table.items()}


def _from_file(setting: Setting, value: object, path: Path) -> object:
    if setting.kind is tuple and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if setting.kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not setting.kind or (setting.choices and value not in setting.choices):
        raise ConfigError(f"{path}: {setting.name} should be {_wanted(setting)}.")
    return value


def _from_text(setting: Setting, text: str) -> object:
    try:
        if setting.kind is bool:
            if text.lower() not in _TRUE + _FALSE:
                raise ValueError(text)
            return text.lower() in _TRUE
        if setting.kind is tuple:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if setting.choices and text not in setting.choices:
            raise ValueError(text)
        return setting.kind(text)
    except ValueError:
        raise ConfigError(f"{setting.variable} should be {_wanted(setting)}.") from None


def _from_flag(setting: Setting, value: object) -> object:
    if setting.name == "storage" and isinstance(value, str) and urlsplit(value).password:
        raise ConfigError(
            "Everybody on this machine can read a password on the command line."
            f" Put the address of the storage into {setting.variable} or into the file of settings."
        )
    return tuple(value) if isinstance(value, list) else value


def _read_secret(setting: Setting, path: str) -> str:
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ConfigError(f"{path} ({setting.flag}) cannot be read: {reason}.") from None
    if not secret:
        raise ConfigError(f"{path} ({setting.flag}) is empty.")
    return secret


def _wanted(setting: Setting) -> str:
    if setting.choices:
        return f"one of {', '.join(setting.choices)}"
    return {str: "a text", int: "a whole number", float: "a number", bool: "true or false", tuple: "a list of texts"}[
        setting.kind
    ]


def settings_table() -> str:
    """All settings as a Markdown table, for docs/server.md."""
    lines = ["| in the file | flag | in the environment | default | meaning |", "| --- | --- | --- | --- | --- |"]
    for setting in SETTINGS:
        if not setting.hidden:
            default = "" if setting.default in ("", ()) else f"`{str(setting.default).lower()}`"
            lines.append(
                f"| `{setting.name}` | `{setting.flag}` | `{setting.variable}` | {default} | {setting.words} |"
            )
    return "\n".join(lines)


def environment_of_process() -> MutableMapping[str, str]:
    """Where settings are read from; secrets are taken out of it, so that no child process inherits them."""
    return os.environ
