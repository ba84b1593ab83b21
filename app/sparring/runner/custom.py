"""Languages of one's own: `languages.toml` in a folder makes further rows of the table, for problems that print."""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sparring.problems import ProblemError
from sparring.problems.fields import Fields
from sparring.problems.files import Folder
from sparring.runner.languages import LANGUAGES, Language

FILE = "languages.toml"
MAX_LANGUAGES = 50
MAX_WORDS = 50
"""Words of a command, paths, variables: of each at most so many."""
MAX_TEXT = 1_000
_NAME = re.compile(r"[a-z][a-z0-9+#-]{0,29}\Z")
_SOURCE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}\Z")
_TOOL = re.compile(r"[A-Za-z0-9_.+-]{1,60}\Z")
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}\Z")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}\Z")
_PLACES = ("tool", "bin", "folder", "memory_mb")
_BEGINS = ("{tool}", "{bin}/", "{folder}/", "/")


@dataclass(frozen=True)
class OwnLanguages:
    """What the file says. A row that is wrong is left out, and a sentence says why; the others stay."""

    languages: tuple[Language, ...] = ()
    faults: tuple[str, ...] = ()


def own_languages(folder: Path) -> OwnLanguages:
    """The rows of the file in this folder; none if there is no file. Nothing is run."""
    if not (folder / FILE).exists() and not (folder / FILE).is_symlink():
        return OwnLanguages()
    place = Folder(folder)
    try:
        table = Fields(place, FILE, place.toml(FILE))
        entries = table.items("language")
        table.finish()
        if len(entries) > MAX_LANGUAGES:
            raise table.complaint("language", f"has more than {MAX_LANGUAGES} entries")
    except ProblemError as error:
        return OwnLanguages(faults=(str(error),))
    languages: list[Language] = []
    faults: list[str] = []
    for number, entry in enumerate(entries, 1):
        try:
            if not isinstance(entry, dict):
                raise table.complaint("language", "must be [[language]] tables")
            fields = Fields(place, FILE, entry, f"language {number}: ")
            languages.append(_language(fields, [one.name for one in languages]))
        except ProblemError as error:
            faults.append(str(error))
    return OwnLanguages(tuple(languages), tuple(faults))


def _language(fields: Fields, taken: Iterable[str]) -> Language:
    name = _matching(fields, "name", _NAME, "must be a short name of small letters and digits")
    if name in LANGUAGES or name in taken:
        raise fields.complaint("name", f"is {name!r}, and there is a language of that name already")
    title = _text(fields, "title")
    tool = _matching(fields, "tool", _TOOL, "must be the name of a program on the PATH, without a folder")
    source = _matching(fields, "source", _SOURCE, "must be the name of a file, without a folder")
    language = Language(
        name,
        title,
        tool,
        source,
        run=_command(fields, "run"),
        how_to_get=_text(fields, "how_to_get", f"Install {title}, so that {tool} is on the PATH."),
        compile=_command(fields, "compile", is_required=False),
        version=_words(fields, "version", ("--version",)),
        least=_least(fields),
        home=_words(fields, "home", ()),
        has_home=fields.flag("has_home", False),
        visible=_paths(fields),
        environment=_environment(fields),
        memory=_memory(fields, "memory", "AS"),
        extra_memory_mb=fields.integer("extra_memory_mb", 0, 8_192, 64),
        extra_seconds=fields.number("extra_seconds", 0, 30, 0.0),
        compile_memory=_memory(fields, "compile_memory", "DATA"),
        out_of_memory=_words(fields, "out_of_memory", ()),
    )
    fields.finish()
    return language


def _text(fields: Fields, name: str, *default: str) -> str:
    text = fields.text(name, *default)
    if len(text) > MAX_TEXT or "\0" in text or "\n" in text:
        raise fields.complaint(name, f"must be one line of at most {MAX_TEXT:,} characters")
    return text


def _matching(fields: Fields, name: str, pattern: re.Pattern[str], words: str) -> str:
    text = fields.text(name)
    if not pattern.match(text) or text in (".", ".."):
        raise fields.complaint(name, f"is {text[:60]!r}; it {words}")
    return text


def _words(fields: Fields, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = fields.items(name, list(default))
    if len(words) > MAX_WORDS or not all(isinstance(word, str) and _is_word(word) for word in words):
        raise fields.complaint(name, f"must be a list of at most {MAX_WORDS} texts of one line")
    return tuple(words)


def _is_word(word: str) -> bool:
    return 0 < len(word) <= MAX_TEXT and not set(word) & {"\0", "\n"}


def _command(fields: Fields, name: str, *, is_required: bool = True) -> tuple[str, ...]:
    if is_required and not fields.has(name):
        raise fields.complaint(name, 'is missing; it is a list like ["{tool}", "{folder}/main.lua"]')
    words = _words(fields, name, ())
    for word in words:
        try:
            parts = list(string.Formatter().parse(word))
        except ValueError:
            raise fields.complaint(name, f"has {word!r}: braces that do not belong there are written twice") from None
        if any(place not in (None, *_PLACES) or form or turn for _, place, form, turn in parts):
            known = ", ".join(f"{{{place}}}" for place in _PLACES)
            raise fields.complaint(name, f"has {word!r}; between braces there can be {known}")
    if (words or is_required) and not "".join(words[:1]).startswith(_BEGINS):
        raise fields.complaint(name, "must begin with {tool}, {bin}/…, {folder}/… or a whole path")
    return words


def _least(fields: Fields) -> tuple[int, ...]:
    if not fields.has("least"):
        return ()
    text = _matching(fields, "least", _VERSION, 'must be a version like "5.4"')
    return tuple(map(int, text.split(".")))


def _paths(fields: Fields) -> tuple[str, ...]:
    paths = _words(fields, "visible", ())
    for path in paths:
        pure = PurePosixPath(path)
        # A pattern in the first place would show everything.
        is_whole = pure.is_absolute() and len(pure.parts) > 2 and ".." not in pure.parts
        if not is_whole or set(pure.parts[1]) & set("*?["):
            raise fields.complaint("visible", f"has {path!r}; it must be a whole path of at least two steps")
    return paths


def _environment(fields: Fields) -> tuple[tuple[str, str], ...]:
    if not fields.has("environment"):
        return ()
    given: Any = fields.anything("environment")
    if not isinstance(given, dict) or len(given) > MAX_WORDS:
        raise fields.complaint("environment", f"must be a table of at most {MAX_WORDS} texts")
    for name, value in given.items():
        if not _VARIABLE.match(name) or not isinstance(value, str) or "\0" in value or len(value) > MAX_TEXT:
            raise fields.complaint("environment", f"has {name[:60]!r}, which is no variable with a text")
    return tuple(given.items())


def _memory(fields: Fields, name: str, default: str) -> str:
    text = fields.text(name, default)
    if text not in ("AS", "DATA"):
        raise fields.complaint(name, 'must be "AS" or "DATA"')
    return text
