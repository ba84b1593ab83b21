"""What is packed comes out as it went in; what a stranger packed comes out whole, inside its folder, or not at all."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems import ProblemError
from sparring.problems.archive import ArchiveError, Limits, pack, unpack
from sparring.problems.digest import digest
from tests.support.importing import content
from tests.support.problems import write_folder

SMALL = Limits(members=20, member_bytes=10_000, total_bytes=20_000)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def special(name: str, kind: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = (kind | 0o644) << 16
    return member


def with_size(data: bytes, size: int) -> bytes:
    """The archive with another size of its only member in its directory."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def refused(data: bytes | Path, into: Path, limits: Limits = SMALL) -> str:
    before = content(into.parent)
    with pytest.raises(ArchiveError) as caught:
        unpack(data, into, limits)
    assert not into.exists()
    assert content(into.parent) == before
    return str(caught.value)


def test_a_problem_comes_out_as_it_went_in(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    unpack(pack(folder), tmp_path / "there" / folder.name)
    assert content(tmp_path / "there" / folder.name) == content(folder)
    assert digest(tmp_path / "there" / folder.name) == digest(folder)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_folder(tmp_path / name) for name in ("a", "b"))
    (second / "solutions" / "__pycache__").mkdir()
    (second / "solutions" / "__pycache__" / "accepted.pyc").write_bytes(b"left behind")
    (second / ".hidden").write_text("mine")
    assert pack(first) == pack(second)
    (second / "hints.md").write_text("Another.")
    assert pack(first) != pack(second)
    assert digest(first) != digest(second)


def test_a_digest_tells_names_from_contents(tmp_path: Path) -> None:
    folders = []
    for number, files in enumerate(({"a": "bc", "d": ""}, {"ab": "c", "d": ""}, {"a": "bcd"}, {"a": "bc"})):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
        folders.append(folder)
    assert len({digest(folder) for folder in folders}) == len(folders)


def test_a_link_is_neither_packed_nor_digested(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "notes.md").symlink_to("/etc/hostname")
    for use in (pack, digest):
        with pytest.raises(ProblemError, match=r"notes\.md: is a link"):
            use(folder)  # type: ignore[operator]


def test_an_empty_folder_is_taken_and_a_full_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    unpack(zipped(("a", b"1")), tmp_path / "empty")
    assert content(tmp_path / "empty") == {"a": b"1"}
    with pytest.raises(ArchiveError, match="not empty"):
        unpack(zipped(("b", b"2")), tmp_path / "empty")
    assert content(tmp_path / "empty") == {"a": b"1"}


def test_a_refusal_empties_a_folder_that_was_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        unpack(with_size(zipped(("a/b", b"x" * 100)), 50), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../outside", "leads out of its folder"),
        ("a/../../outside", "leads out of its folder"),
        ("/etc/outside", "absolute name"),
        ("C:/outside", "absolute name"),
        ("c:outside", "absolute name"),
        ("..\\outside", "backslash"),
        ("a\\b", "backslash"),
        ("a\x1b[2J", "control character"),
        ("a\u202egpj", "control character"),
        ("a//b", "empty, doubled or too deep"),
        ("./a", "empty, doubled or too deep"),
        ("a/" * 40 + "b", "empty, doubled or too deep"),
        ("x" * 300, "too long"),
        ("nul.txt", "not every system"),
        ("a. ", "not every system"),
        ("ab:stream", "not every system"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str, words: str) -> None:
    assert words in refused(zipped(("fine", b"1"), (name, b"2")), tmp_path / "into")


def test_a_name_behind_a_null_byte_is_seen(tmp_path: Path) -> None:
    data = zipped(("aaaa/../../x", b"1")).replace(b"aaaa/../../x", b"a\0aa/../../x")
    assert "into" not in refused(data, tmp_path / "into")


@pytest.mark.parametrize(
    ("kind", "words"), [(stat.S_IFLNK, "is a link"), (stat.S_IFIFO, "not a regular"), (stat.S_IFCHR, "not a regular")]
)
def test_only_plain_files_are_unpacked(tmp_path: Path, kind: int, words: str) -> None:
    assert words in refused(zipped((special("odd", kind), b"/etc/hostname")), tmp_path / "into")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("a", "a", "two members have this name"),
        ("readme", "README", "two members have this name"),
        ("caf\u00e9", "cafe\u0301", "two members have this name"),
        ("a", "a/b", "a file and a folder at once"),
        ("a/b", "A", "a file and a folder at once"),
    ],
)
def test_two_members_do_not_share_a_name(tmp_path: Path, first: str, second: str, words: str) -> None:
    assert words in refused(zipped((first, b"1"), (second, b"2")), tmp_path / "into")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("secret", b"1")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data), tmp_path / "into") == "secret: is encrypted"


def test_another_compression_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"1")
    assert "compressed in a way" in refused(made.getvalue(), tmp_path / "into")


@pytest.mark.parametrize(("size", "words"), [(10, "more bytes than it says"), (500, "fewer bytes than it says")])
def test_a_lying_size_is_refused(tmp_path: Path, size: int, words: str) -> None:
    data = with_size(zipped(("before", b""), ("liar", b"x" * 100)), 0)
    at = data.rindex(b"PK\x01\x02") + 24
    assert f"liar: holds {words}" in refused(
        data[:at] + struct.pack("<I", size) + data[at + 4 :], tmp_path / "into"
    )  # fmt: skip


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    assert "larger than" in refused(zipped(("bomb", b"0" * 10_000_000)), tmp_path / "into")
    # It says that it is small, and is not.
    assert "more bytes than it says" in refused(with_size(zipped(("b", b"0" * 10_000_000)), 9_000), tmp_path / "into")
    many = zipped(*((str(number), b"0" * 9_999) for number in range(3)))
    assert "more than 20,000 bytes" in refused(many, tmp_path / "into")
    assert "more than 20 members" in refused(zipped(*((str(n), b"") for n in range(21))), tmp_path / "into")


def test_a_directory_of_millions_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zipped(("a", b"")) + b"PK\x01\x02" * 50_000)
    assert "members" in refused(path, tmp_path / "into")


@pytest.mark.parametrize("cut", [0, 1, 30, 60, -1, -10])
def test_a_damaged_archive_is_refused(tmp_path: Path, cut: int) -> None:
    whole = zipped(("a", b"some text, some text"), ("b", b"more"))
    refused(whole[:cut], tmp_path / "into")


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", b"some text")
    assert "a: is damaged" in refused(made.getvalue().replace(b"some text", b"same text"), tmp_path / "into")


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_whatever_comes_is_unpacked_or_refused(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, to: int
) -> None:
    data = bytearray(zipped(("a", b"text" * 20), ("b/c", junk)))
    data[at % len(data)] = to
    into = tmp_path_factory.mktemp("any") / "into"
    for one in (bytes(data), junk):
        try:
            unpack(one, into, SMALL)
        except ArchiveError:
            assert not into.exists()
        else:
            assert all(path.is_relative_to(into) for path in into.rglob("*"))
            return
