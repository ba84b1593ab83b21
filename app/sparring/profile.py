"""The profile folder: who I am here, and where my journal lives."""

import os
from pathlib import Path

import msgspec
import platformdirs

HOME_VARIABLE = "SPARRING_HOME"
_FILE = "settings.json"


class ProfileError(Exception):
    """The folder cannot be used; the message is for people."""


class Settings(msgspec.Struct, frozen=True):
    """What the settings screen shows."""

    name: str = ""
    theme: str = "system"
    microphone: str = ""


class Profile:
    """One person's folder on this machine. `SPARRING_HOME` points to another one."""

    def __init__(self, folder: Path | None = None) -> None:
        chosen = os.environ.get(HOME_VARIABLE)
        self.folder = folder or (Path(chosen) if chosen else platformdirs.user_data_path("Sparring", appauthor=False))
        self.settings = self._load()

    @property
    def rooms(self) -> Path:
        """Where the server that I host keeps its rooms."""
        return self.folder / "rooms.db"

    def change(self, **fields: str) -> None:
        """Change settings and write them, whole or not at all. Raises `ProfileError`."""
        self.settings = msgspec.structs.replace(self.settings, **fields)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f"{_FILE}.part"
            unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(self.settings)))
            unfinished.replace(self.folder / _FILE)
        except OSError as error:
            raise ProfileError(f"The settings cannot be saved in {self.folder} ({error}).") from error

    def _load(self) -> Settings:
        path = self.folder / _FILE
        try:
            return msgspec.json.decode(path.read_bytes(), type=Settings)
        except (FileNotFoundError, NotADirectoryError):
            return Settings()
        except (OSError, msgspec.MsgspecError) as error:
            raise ProfileError(
                f"The settings in {path} cannot be read ({error}). They were left as they are; mend or remove the file."
            ) from error
