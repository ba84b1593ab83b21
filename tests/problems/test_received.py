"""What a partner sends is checked, kept whole or not at all, and no version is lost."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from sparring.problems import Bank, load_problem, received
from sparring.problems.archive import pack
from sparring.problems.digest import digest
from sparring.problems.received import NotReceived, find_version, keep_received
from tests.support.problems import write_folder


def version(place: Path, words: str, **kind: object) -> tuple[bytes, str]:
    folder = write_folder(place / words, files={"statement.md": words}, **kind)  # type: ignore[arg-type]
    return pack(folder), digest(folder)


def names(shelf: Path) -> list[str]:
    return sorted(one.name for one in shelf.iterdir())


def test_what_comes_is_on_the_shelf_and_in_the_bank(tmp_path: Path) -> None:
    packed, wanted = version(tmp_path, "first")
    shelf = tmp_path / "received-problems"
    folder = keep_received(packed, "next-number", wanted, shelf)
    assert load_problem(folder).statement == "first"
    assert find_version(None, shelf, "next-number", wanted) == folder
    assert names(shelf) == ["next-number"]
    summary = Bank({"received": shelf}).summaries["next-number"]
    assert (summary.shelf, summary.folder) == ("received", folder)


def test_another_version_takes_the_place_and_the_earlier_one_is_still_found(tmp_path: Path) -> None:
    shelf = tmp_path / "received-problems"
    (first, one), (second, two) = version(tmp_path, "first"), version(tmp_path, "second")
    for packed, wanted in ((first, one), (second, two), (first, one), (second, two)):
        keep_received(packed, "next-number", wanted, shelf)
    assert load_problem(shelf / "next-number").statement == "second"
    earlier = find_version(shelf / "next-number", shelf, "next-number", one)
    assert earlier is not None
    assert load_problem(earlier).statement == "first"
    assert find_version(None, shelf, "next-number", "0" * 64) is None
    assert list(Bank({"received": shelf}).summaries) == ["next-number"]


def test_a_version_can_be_had_in_the_place_of_my_own(tmp_path: Path) -> None:
    mine, shelf = tmp_path / "problems", tmp_path / "received-problems"
    write_folder(mine, files={"statement.md": "mine"})
    packed, wanted = version(tmp_path, "theirs")
    theirs = keep_received(packed, "next-number", wanted, shelf)
    bank = Bank({"mine": mine, "received": shelf})
    assert bank.problems["next-number"].statement == "mine"
    bank.prefer(theirs, "received")
    assert bank.problems["next-number"].statement == "theirs"
    bank.refresh()
    assert (bank.problems["next-number"].statement, bank.summaries["next-number"].shelf) == ("theirs", "received")
    bank.prefer(None)
    assert bank.problems["next-number"].statement == "mine"


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("packed", "problem_id", "words"),
    [
        (b"no zip", "next-number", "damaged or no zip"),
        (zipped({"../outside": b"x"}), "next-number", "leads out"),
        (zipped({"problem.toml": b"x"}), "next-number", "not the version"),
        (b"", "../outside", "no name of a problem"),
    ],
)
def test_what_lies_is_refused_and_leaves_nothing(tmp_path: Path, packed: bytes, problem_id: str, words: str) -> None:
    shelf = tmp_path / "received-problems"
    with pytest.raises(NotReceived, match=words):
        keep_received(packed, problem_id, "0" * 64, shelf)
    assert not shelf.exists() or names(shelf) == []
    assert names(tmp_path) in ([], ["received-problems"])


def test_a_problem_that_cannot_be_read_is_refused_with_file_and_field(tmp_path: Path) -> None:
    packed, wanted = version(tmp_path, "broken", tests=[{"name": "x", "hidden": False, "arguments": ["no"]}])
    shelf = tmp_path / "received-problems"
    with pytest.raises(NotReceived, match=r"tests\.json.*case 1"):
        keep_received(packed, "next-number", wanted, shelf)
    other, wanted = version(tmp_path, "another", name="other-number")
    with pytest.raises(NotReceived, match=r"problem\.toml"):
        keep_received(other, "next-number", wanted, shelf)
    assert names(shelf) == []


def test_cases_that_take_too_long_to_read_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        {"name": str(number), "hidden": False, "arguments": [number], "expected": number + 1} for number in range(3)
    ]
    packed, wanted = version(tmp_path, "long", tests=json.dumps(cases))
    monkeypatch.setattr(received, "CHECK_SECONDS", -1.0)
    with pytest.raises(NotReceived, match="too long"):
        keep_received(packed, "next-number", wanted, tmp_path / "received-problems")
