"""The profile folder: who I am here, what I chose, and where my journal lives."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec
import platformdirs
from msgspec import Meta

HOME_VARIABLE = "SPARRING_HOME"
_FILE = "settings.json"
_SET_ASIDE = "settings.unreadable.json"

COMPANION_PORT = 10_043
"""One of those that Competitive Companion sends to by itself (src/hosts/hosts.ts there)."""
ZOOM_PERCENT = 10
"""What a step of `Settings.zoom` adds to the size of code."""


class ProfileError(Exception):
    """The folder cannot be used; the message is for people."""


class Shown(msgspec.Struct, frozen=True):
    """How the settings screen shows a setting: its group, its words, what it means, the words of its choices."""

    group: str
    words: str
    help: str = ""
    choices: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True):
    """The one table of settings: what is kept, what is allowed, what it starts with, how it is shown."""

    name: Annotated[str, Meta(max_length=60), Shown("You", "Your name", "As your partner sees it")] = ""
    theme: Annotated[
        Literal["system", "ink", "paper"], Shown("Look", "Theme", "", ("As the system", "Ink", "Paper"))
    ] = "system"
    zoom: Annotated[int, Meta(ge=-4, le=10), Shown("Look", "Size of code")] = 0
    completion: Annotated[bool, Shown("Editor", "Suggest words while I type", "Off: as in a real interview")] = True
    auto_close: Annotated[bool, Shown("Editor", "Close brackets and quotes", "Types the second one for you")] = True
    soft_wrap: Annotated[bool, Shown("Editor", "Wrap long lines")] = False
    show_whitespace: Annotated[bool, Shown("Editor", "Show spaces and tabs")] = False
    vim: Annotated[bool, Shown("Editor", "Vim keys")] = False
    function_language: Annotated[
        Literal["python", "javascript"],
        Shown("Languages", "Functions", "What a new round begins with", ("Python", "JavaScript")),
    ] = "python"
    program_language: Annotated[
        str, Meta(max_length=40), Shown("Languages", "Programs that print", "What a new round begins with")
    ] = "python"
    nearby: Annotated[
        bool,
        Shown("Meeting", "See who hosts on my network", "And be seen: your name while you host, never the link"),
    ] = True
    router: Annotated[
        bool, Shown("Meeting", "Ask my router for a way in", "One port while you host, closed at the end")
    ] = True
    notifications: Annotated[bool, Shown("Alerts", "Notifications", "Only while you look at another window")] = True
    tray: Annotated[bool, Shown("Alerts", "Icon in the tray", "Shows the time that is left")] = True
    sound: Annotated[bool, Shown("Sound", "Bell and last minute", "A soft sound at the end of a block")] = True
    key_clicks: Annotated[bool, Shown("Sound", "Hear your partner type", "A very soft click for each key")] = False
    microphone: Annotated[str, Shown("Sound", "Microphone", "Used only when you press Record")] = ""
    companion: Annotated[
        bool, Shown("Problems", "Listen to Competitive Companion", "The browser’s extension sends, you decide")
    ] = False
    companion_port: Annotated[
        int, Meta(ge=1024, le=65_535), Shown("Problems", "Port for the browser", "One that the extension knows")
    ] = COMPANION_PORT


class Setting(msgspec.Struct, frozen=True):
    """One setting as the screen needs it. `kind` is "text", "choice", "switch", "number" (of steps) or "port"."""

    name: str
    shown: Shown
    kind: Literal["text", "choice", "switch", "number", "port"]
    default: object
    choices: tuple[tuple[str, str], ...] = ()
    """(value, words) of each choice."""
    low: int = 0
    high: int = 0


_TYPES: dict[str, Any] = get_type_hints(Settings, include_extras=True)


def _setting(name: str) -> Setting:
    base, *extras = get_args(_TYPES[name])
    shown = next(extra for extra in extras if isinstance(extra, Shown))
    limits = next((extra for extra in extras if isinstance(extra, Meta)), Meta())
    default = getattr(Settings(), name)
    if base is bool:
        return Setting(name, shown, "switch", default)
    if base is int:
        kind: Literal["number", "port"] = "port" if name.endswith("_port") else "number"
        return Setting(name, shown, kind, default, low=int(limits.ge or 0), high=int(limits.le or 0))
    if base is str:
        return Setting(name, shown, "text", default)
    return Setting(name, shown, "choice", default, tuple(zip(get_args(base), shown.choices, strict=True)))


SETTINGS = tuple(_setting(name) for name in Settings.__struct_fields__)
"""The table, for the settings screen."""


class Profile:
    """One person's folder on this machine. `SPARRING_HOME` points to another one."""

    def __init__(self, folder: Path | None = None) -> None:
        chosen = os.environ.get(HOME_VARIABLE)
        self.folder = folder or (Path(chosen) if chosen else platformdirs.user_data_path("Sparring", appauthor=False))
        self.notice = ""
        """What could not be read, in words; empty if everything could."""
        self._unknown: dict[str, Any] = {}
        self.settings = self._load()

    @property
    def rooms(self) -> Path:
        """Where the server that I host keeps its rooms."""
        return self.folder / "rooms.db"

    @property
    def hosting(self) -> Path:
        """Where the server that I host keeps its certificate and key."""
        return self.folder / "hosting"

    @property
    def problems(self) -> Path:
        """My own shelf of problems: what I imported, pasted or wrote."""
        return self.folder / "problems"

    @property
    def received(self) -> Path:
        """The problems that a partner sent over."""
        return self.folder / "received-problems"

    @property
    def imports(self) -> Path:
        """The records of what was imported, each of which can be undone."""
        return self.folder / "imports"

    def change(self, **fields: object) -> None:
        """Change settings and write them, whole or not at all. Raises `ProfileError`."""
        for name, value in fields.items():
            try:
                msgspec.convert(value, _TYPES[name])
            except (KeyError, msgspec.ValidationError) as error:
                raise ProfileError(f"The setting {name} cannot be {value!r} ({error}). It stays as it was.") from error
        self.settings = msgspec.structs.replace(self.settings, **fields)
        # What a newer version wrote is kept for it.
        kept = self._unknown | msgspec.structs.asdict(self.settings)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f"{_FILE}.part"
            unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
            unfinished.replace(self.folder / _FILE)
        except OSError as error:
            raise ProfileError(f"The settings cannot be saved in {self.folder} ({error}).") from error

    def _load(self) -> Settings:
        path = self.folder / _FILE
        try:
            found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        except (FileNotFoundError, NotADirectoryError):
            return Settings()
        except OSError as error:
            raise ProfileError(
                f"The settings in {path} cannot be read ({error}). They were left as they are."
            ) from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            return self._set_aside(path, error)
        read: dict[str, Any] = {}
        unreadable: list[str] = []
        for name, value in found.items():
            if name not in _TYPES:
                self._unknown[name] = value
                continue
            try:
                read[name] = msgspec.convert(value, _TYPES[name])
            except msgspec.ValidationError:
                unreadable.append(name)
        if unreadable:
            self.notice = (
                f"In the settings, {', '.join(unreadable)} could not be read and"
                f" {'starts' if len(unreadable) == 1 else 'start'} afresh. The others are as you left them."
            )
        return Settings(**read)

    def _set_aside(self, path: Path, error: Exception) -> Settings:
        """Keep a damaged file under another name, so that nothing is written over it."""
        aside = path.with_name(_SET_ASIDE)
        try:
            path.replace(aside)
        except OSError as trouble:
            raise ProfileError(
                f"The settings in {path} cannot be read ({error}) nor set aside ({trouble}). They were left alone."
            ) from trouble
        self.notice = (
            f"The settings could not be read ({error}) and start afresh. The old file is kept as {aside.name}."
        )
        return Settings()
