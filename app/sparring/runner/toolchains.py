"""Which languages can be run on this machine, in which version, and how to get those that cannot."""

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sparring.runner.inside import interpreter
from sparring.runner.languages import LANGUAGES, Language

PROBE_SECONDS = 20.0
_VERSION = re.compile(r"\d+(?:\.\d+)+|\d+")
_SYSTEM = (Path("/usr"), Path("/bin"), Path("/lib"))


@dataclass(frozen=True)
class Toolchain:
    """What runs one language. `path` is None if it is missing, or too old to be used."""

    name: str
    """The language's name."""
    title: str
    version: str
    """As the tool says it: digits and points; empty if it is missing."""
    path: Path | None
    how_to_get: str
    visible: tuple[Path, ...] = ()
    """What of the disk it needs beyond the system's own folders."""

    @property
    def is_ready(self) -> bool:
        return self.path is not None


def found(own: Sequence[Language] = ()) -> list[Toolchain]:
    """One for each language, in the table's order, then those of one's own (`custom.own_languages`).

    The first call asks every tool for its version.
    """
    return [toolchain(language) for language in (*LANGUAGES.values(), *own)]


@functools.cache
def toolchain(language: Language) -> Toolchain:
    """The toolchain of one language, looked for once; `toolchain.cache_clear()` looks again."""
    missing = Toolchain(language.name, language.title, "", None, language.how_to_get)
    if language.name == "python":
        version = ".".join(map(str, sys.version_info[:3]))
        return Toolchain(language.name, language.title, version, Path(interpreter()), language.how_to_get)
    place = shutil.which(language.tool)
    if place is None:
        return missing
    path = Path(place).absolute()
    if language.home:
        home = _ask(path, language.home).strip()
        place = shutil.which(language.tool, path=str(Path(home) / "bin")) if home else None
        if place is None:
            return missing
        path = Path(place)
    elif language.has_home:
        path = path.resolve()
    match = _VERSION.search(_ask(path, language.version))
    if match is None:
        return missing
    version = match[0]
    if tuple(map(int, version.split(".")))[: len(language.least)] < language.least:
        oldest = ".".join(map(str, language.least))
        words = f"{language.title} {version} is older than {oldest}. {language.how_to_get}"
        return Toolchain(language.name, language.title, version, None, words)
    return Toolchain(language.name, language.title, version, path, language.how_to_get, _visible(language, path))


def _visible(language: Language, path: Path) -> tuple[Path, ...]:
    needed = [path.parent.parent] if language.home or language.has_home else [path, path.resolve()]
    shown = [one for one in needed if not any(one.resolve().is_relative_to(folder) for folder in _SYSTEM)]
    for pattern in language.visible:
        shown += sorted(Path("/").glob(pattern.lstrip("/")))
    return tuple(dict.fromkeys(shown))


def _ask(path: Path, arguments: tuple[str, ...]) -> str:
    """What a tool says; nothing if it cannot be asked. Java says its version on standard error."""
    try:
        asked = subprocess.run(
            [str(path), *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PROBE_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return (asked.stdout or asked.stderr) if asked.returncode == 0 else ""
