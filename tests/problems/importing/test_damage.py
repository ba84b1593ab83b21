"""Damaged files of every format: each problem comes in whole or is left out in words, and nothing else happens."""

import random
import shutil
from pathlib import Path

import pytest

from sparring.problems import load_problem
from sparring.problems.importing import import_from, undo_import
from tests.support.importing import canonical_case, content, write_canonical, write_exercise, write_package
from tests.support.problems import write_folder

TESTS = """
def test_one(self):
    numbers = [1]
    self.assertEqual(add_up(numbers), 1)

def test_two(self):
    self.assertEqual(add_up([1, 2], start=2), 5)
"""
PIECES = [
    b"\0", b"\xff", b"{", b"[", b"]", b"}", b'"', b"null", b"-1e999", b"NaN", b"\n", b"../", b"\\", b": ", b"- ",
    b"\x1b", b"9" * 5_000, b"(", b"*", b"&a", b"'''", b"[[", b"true", "😀".encode(),
]  # fmt: skip


def write_all(where: Path) -> None:
    write_folder(where / "own")
    cases = [canonical_case("a", {"n": 1.5, "m": ["a"]}, {"a": 1}), canonical_case("b", {"n": 2, "m": []}, {})]
    write_canonical(where / "exercises" / "spec", cases)
    write_exercise(where / "track", TESTS)
    files = {
        "submissions/submissions.yaml": "accepted: {permitted: [AC]}\n",
        "submissions/wrong_answer/same.java": "class same {}\n",
        "data/secret/test_group.yaml": "output_validator_args: [float_tolerance, '1e-6']\n",
        "statement/problem.sv.tex": "\\section{x} $a^{b}$\n",
        "solution/solution.en.md": "Twice.\n",
    }
    write_package(where / "kattis" / "twice", files=files)


def damage(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    match chance.randrange(4):
        case 0:
            return data[:at] + chance.choice(PIECES) + data[at:]
        case 1:
            return data[:at] + data[at + chance.randint(1, 20) :]
        case 2:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    return data[:at]


def damage_and_import(where: Path, seed: int) -> None:
    chance = random.Random(seed)
    write_all(where / "from")
    files = sorted(path for path in (where / "from").rglob("*") if path.is_file())
    for path in chance.sample(files, 5):
        if chance.random() < 0.1:
            path.unlink()
        else:
            path.write_bytes(damage(path.read_bytes(), chance))
    before = content(where / "from")
    report = import_from(where / "from", where / "shelf", where / "records")
    for one in report.came_in:
        assert load_problem(where / "shelf" / one.id).title == one.title
    assert all(left.why for left in report.left_out)
    assert content(where / "from") == before
    if report.came_in:
        assert undo_import(report.id, where / "shelf", where / "records") == ()
    assert list((where / "shelf").iterdir()) == []


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_told_of(tmp_path: Path, seed: int) -> None:
    damage_and_import(tmp_path, seed)


@pytest.mark.soak
def test_many_damaged_files_are_told_of(tmp_path: Path) -> None:
    for seed in range(1_000, 4_000):
        where = tmp_path / str(seed)
        damage_and_import(where, seed)
        shutil.rmtree(where)
