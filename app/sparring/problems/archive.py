"""Problems as zip files: packs a folder, and unpacks what a stranger may have made.

Nothing of an archive's directory is believed. Each name is looked at before anything is written; while the bytes come,
they are counted; what is refused leaves nothing behind.
"""

import copy
import io
import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sparring.problems.content import MAX_PROBLEM_BYTES, MAX_PROBLEM_FILES, folder_content
from sparring.problems.files import MAX_FILE_BYTES

MAX_NAME_BYTES = 240
"""Of one part of a member's name; file systems end at 255."""
MAX_PARTS = 12
"""Folders inside one another."""
CHUNK_BYTES = 65_536
_DAWN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name; all members have it."""
_ENTRY = b"PK\x01\x02"
"""What each entry of a zip file's directory begins with."""
_WITHOUT_END = 2**62
_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{digit}" for kind in ("com", "lpt") for digit in "123456789")}
"""Names that mean a device on Windows."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OverflowError)


class ArchiveError(Exception):
    """An archive is refused; the message names the member, and nothing was left behind."""


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold."""

    members: int
    member_bytes: int
    total_bytes: int


PROBLEM = Limits(MAX_PROBLEM_FILES * 2, MAX_FILE_BYTES, MAX_PROBLEM_BYTES)
"""For one problem of our own format, its folders counted."""
COLLECTION = Limits(50_000, 64 * 1_048_576, 512 * 1_048_576)
"""For what somebody imports: many problems at once, or a package with large inputs."""


def pack(folder: Path) -> bytes:
    """A zip file of a problem folder; the same files give the same bytes. Raises `ProblemError`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in folder_content(folder).items():
            member = zipfile.ZipInfo(name, _DAWN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(member, data)
    return made.getvalue()


def unpack(data: bytes | Path, into: Path, limits: Limits = PROBLEM) -> None:
    """Write an archive's files below `into`, which is made, or is there and empty.

    Raises `ArchiveError`, also where the disk is full; then `into` is as it was before.
    """
    was_there = into.exists()
    if was_there and (not into.is_dir() or any(into.iterdir())):
        raise ArchiveError(f"{into.name}: is there already and not empty, so nothing was unpacked")
    try:
        with data.open("rb") if isinstance(data, Path) else io.BytesIO(data) as file:
            _demand_few_entries(file, limits)
            with zipfile.ZipFile(file) as archive:
                members = _checked(archive.infolist(), limits)
                into.mkdir(parents=True, exist_ok=True)
                _write(archive, members, into, limits)
    except BaseException as error:
        _clear(into, was_there)
        if isinstance(error, ArchiveError) or not isinstance(error, (OSError, *_UNREADABLE)):
            raise
        if isinstance(error, OSError) and error.strerror:
            raise ArchiveError(f"the archive cannot be unpacked: {error.strerror}") from error
        raise ArchiveError(f"the archive is damaged or no zip file: {error}") from error


def _demand_few_entries(file: IO[bytes], limits: Limits) -> None:
    """Count before `zipfile` makes an object of each entry: a directory of millions would fill the memory."""
    count, tail = 0, b""
    while chunk := file.read(1_048_576):
        count += (tail + chunk).count(_ENTRY)
        tail = chunk[-len(_ENTRY) + 1 :]
        if count > limits.members:
            raise ArchiveError(f"the archive has more than {limits.members:,} members")
    file.seek(0)


def _checked(members: list[zipfile.ZipInfo], limits: Limits) -> list[zipfile.ZipInfo]:
    """The members that are files, each looked at."""
    if len(members) > limits.members:
        raise ArchiveError(f"the archive has more than {limits.members:,} members")
    files: dict[str, zipfile.ZipInfo] = {}
    folders: set[str] = set()
    for member in members:
        name = _safe_name(member)
        parts = name.split("/")
        folders |= {"/".join(parts[:count]) for count in range(1, len(parts))}
        if member.is_dir():
            folders.add(name)
            continue
        if name in files:
            raise ArchiveError(f"{_shown(member)}: two members have this name")
        files[name] = member
        _demand_plain(member, limits)
    for name in files:
        if name in folders:
            raise ArchiveError(f"{_shown(files[name])}: is a file and a folder at once")
    if sum(member.file_size for member in files.values()) > limits.total_bytes:
        raise ArchiveError(f"the archive holds more than {limits.total_bytes:,} bytes")
    return list(files.values())


def _safe_name(member: zipfile.ZipInfo) -> str:
    """A member's name as a file system that ignores case would compare it. Raises unless it stays inside."""
    # zipfile cuts names at a null byte and turns separators round; what was written is looked at.
    name = member.orig_filename
    if "\\" in name or any(unicodedata.category(sign).startswith("C") for sign in name):
        raise ArchiveError(f"{_shown(member)}: has a backslash or a control character in its name")
    if name.startswith("/") or _DRIVE.match(name):
        raise ArchiveError(f"{_shown(member)}: has an absolute name")
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        raise ArchiveError(f"{_shown(member)}: leads out of its folder")
    if "" in parts or "." in parts or len(parts) > MAX_PARTS:
        raise ArchiveError(f"{_shown(member)}: has a name that is empty, doubled or too deep")
    for part in parts:
        if len(part.encode("utf-8", "replace")) > MAX_NAME_BYTES:
            raise ArchiveError(f"{_shown(member)}: has a name that is too long")
        if part != part.rstrip(". ") or ":" in part or part.partition(".")[0].casefold() in _DEVICES:
            raise ArchiveError(f"{_shown(member)}: has a name that not every system can keep")
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()


def _demand_plain(member: zipfile.ZipInfo, limits: Limits) -> None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise ArchiveError(f"{_shown(member)}: is a link, and links are not followed")
    if kind not in (0, stat.S_IFREG):
        raise ArchiveError(f"{_shown(member)}: is not a regular file")
    if member.flag_bits & 0x1:
        raise ArchiveError(f"{_shown(member)}: is encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveError(f"{_shown(member)}: is compressed in a way that is not known here")
    if member.file_size > limits.member_bytes:
        raise ArchiveError(f"{_shown(member)}: is larger than {limits.member_bytes:,} bytes")


def _write(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], into: Path, limits: Limits) -> None:
    left = limits.total_bytes
    for member in members:
        path = into.joinpath(*member.orig_filename.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        # With the size that it claims, zipfile would end there and hide that more follows.
        probe = copy.copy(member)
        probe.file_size = _WITHOUT_END
        size = 0
        try:
            with archive.open(probe) as source, path.open("xb") as target:
                while chunk := source.read(CHUNK_BYTES):
                    size += len(chunk)
                    if size > member.file_size:
                        raise ArchiveError(f"{_shown(member)}: holds more bytes than it says")
                    target.write(chunk)
        except _UNREADABLE as error:
            raise ArchiveError(f"{_shown(member)}: is damaged: {error}") from error
        if size < member.file_size:
            raise ArchiveError(f"{_shown(member)}: holds fewer bytes than it says")
        left -= size
        if left < 0:
            raise ArchiveError(f"the archive holds more than {limits.total_bytes:,} bytes")


def _clear(into: Path, was_there: bool) -> None:
    if not was_there:
        shutil.rmtree(into, ignore_errors=True)
        return
    for path in into.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _shown(member: zipfile.ZipInfo) -> str:
    """A name to show in one line, whatever is in it."""
    name = member.orig_filename
    shown = "".join(sign if sign.isprintable() else "?" for sign in name[:80])
    return f"{shown}{'…' if len(name) > 80 else ''}"
