"""What an import did, kept so that it can be looked at and undone."""

import datetime
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from sparring.problems.digest import digest
from sparring.problems.importing.writing import UNFINISHED, ShelfError
from sparring.problems.model import ProblemError

MAX_RECORD_BYTES = 16 * 1_048_576
_OF_THE_SYSTEM = (".DS_Store", ".directory")
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}\Z")


class RecordError(Exception):
    """The record of an import is not there or cannot be read; the message is for people."""


@dataclass(frozen=True)
class Imported:
    """A problem that came in; `notes` say in words what of it did not."""

    id: str
    title: str
    notes: tuple[str, ...] = ()
    digest: str = ""
    """Of its folder as it was written: undoing takes away what is still like this."""


@dataclass(frozen=True)
class LeftOut:
    """Something that did not come in, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class ImportReport:
    """One import from beginning to end."""

    id: str
    when: str
    """UTC, as ISO 8601 writes it."""
    source: str
    """What was imported: a path, a link."""
    kind: str
    came_in: tuple[Imported, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def new_report(source: str, kind: str) -> ImportReport:
    """An empty report with an id of its own, which begins with the time: in order of their ids is in order of time."""
    now = datetime.datetime.now(datetime.UTC)
    name = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    return ImportReport(name, now.isoformat(timespec="seconds"), source, kind)


def keep(report: ImportReport, records: Path) -> None:
    """Write the report, whole or not at all. Raises `ShelfError`."""
    unfinished = records / f".{report.id}.part"
    try:
        records.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
        unfinished.replace(records / f"{report.id}.json")
    except OSError as error:
        _forget(unfinished)
        raise ShelfError(f"{records}: cannot be written: {error.strerror}") from error


def forget(report_id: str, records: Path) -> None:
    """Take the record away, if there is one."""
    _forget(records / f"{report_id}.json")


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass


def imports(records: Path) -> list[ImportReport]:
    """Every import that can be undone, the latest first. A record that cannot be read is passed over."""
    found = []
    try:
        names = sorted((path.stem for path in records.glob("*.json")), reverse=True)
    except OSError:
        return []
    for name in names:
        try:
            found.append(recorded(name, records))
        except RecordError:
            continue
    return found


def recorded(report_id: str, records: Path) -> ImportReport:
    """One report. Raises `RecordError`."""
    if _ID.match(report_id) is None:
        raise RecordError(f"{report_id!r} is no import's id. `sparring problems imports` shows them.")
    path = records / f"{report_id}.json"
    try:
        with path.open("rb") as file:
            text = file.read(MAX_RECORD_BYTES + 1)
        if len(text) > MAX_RECORD_BYTES:
            raise RecordError(f"{path}: is larger than any record of an import")
        report = msgspec.json.decode(text, type=ImportReport)
    except FileNotFoundError:
        raise RecordError(f"There is no import {report_id}, or it was undone already.") from None
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: is damaged: {error}") from error
    if report.id != report_id or any(Path(one.id).name != one.id or one.id in ("", "..") for one in report.came_in):
        raise RecordError(f"{path}: is not what this program wrote, so nothing was undone by it")
    return report


def undo_import(report_id: str, shelf: Path, records: Path) -> tuple[str, ...]:
    """Take away exactly what this import brought.

    The result says in words what stayed and why: what was changed by hand since, and what cannot be removed. Then the
    record stays, too; when nothing stays it goes. Raises `RecordError`, `ShelfError`.
    """
    report = recorded(report_id, records)
    stayed: list[str] = []
    kept: list[Imported] = []
    for one in report.came_in:
        folder = shelf / one.id
        if not os.path.lexists(folder):
            continue
        try:
            if digest(folder) == one.digest and not _has_hidden_files(folder):
                _remove(folder, shelf)
                continue
            words = "was changed since it came in"
        except ProblemError as error:
            words = f"was changed since it came in ({error})"
        except OSError as error:
            words = f"cannot be removed: {error.strerror}"
        stayed.append(f"{one.id} {words}, and stays.")
        kept.append(one)
    if kept:
        keep(replace(report, came_in=tuple(kept)), records)
    else:
        forget(report.id, records)
    return tuple(stayed)


def _has_hidden_files(folder: Path) -> bool:
    """They are no part of a problem, so somebody put them there."""
    return any(path.name.startswith(".") and path.name not in _OF_THE_SYSTEM for path in folder.rglob("*"))


def _remove(folder: Path, shelf: Path) -> None:
    """Out of the readers' sight at once, then from the disk."""
    aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=shelf))
    try:
        folder.rename(aside / folder.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
