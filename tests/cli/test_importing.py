"""`sparring problems import`, `imports` and `undo`, with real files, real runs and a profile of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sparring.__main__ import main
from sparring.cli import importing, proving
from sparring.profile import HOME_VARIABLE, Profile
from sparring.runner.sandbox import LimitsOnly
from tests.support.importing import (
    ADD,
    PRINT_DOUBLE,
    canonical_case,
    content,
    write_canonical,
    write_exercise,
    write_package,
)
from tests.support.problems import write_folder

TESTS = """
def test_one(self):
    self.assertEqual(add_up([1]), 1)

def test_two(self):
    self.assertEqual(add_up([1, 2]), 3)

def test_none(self):
    with self.assertRaises(ValueError):
        add_up(None)
"""


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Profile()


def problems(*arguments: str | Path) -> int:
    return main(["problems", *map(str, arguments)])


def test_a_clone_comes_in_is_listed_and_goes(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    write_exercise(tmp_path / "track", TESTS)
    assert problems("import", tmp_path / "track") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(
        "in   add-up\n       1 case was left out: it expects an error, and a function here gives a result ('none')\n"
    )
    (name,) = re.findall(r"^1 problem came in \(Exercism Python track\)\. .*undo (\S+)$", said.out, re.MULTILINE)
    assert problems("check", profile.problems / "add-up") == 0
    assert problems("imports") == 0
    assert f"{name}  " in capsys.readouterr().out
    assert problems("undo", name) == 0
    assert capsys.readouterr().out == "1 problem is gone.\n"
    assert list(profile.problems.iterdir()) == []
    assert problems("undo", name) == 1
    assert "There is no import" in capsys.readouterr().err


def test_a_reference_that_fails_keeps_its_problem_out(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    write_exercise(tmp_path / "track", TESTS, example=ADD.replace("start + sum(numbers)", "len(numbers)"))
    assert problems("import", tmp_path / "track") == 1
    said = capsys.readouterr().out
    assert "left Add Up: " in said
    assert "said to be accepted, but the case 'two' is wrong: 2 instead of 3" in said
    assert list(profile.problems.iterdir()) == []
    assert problems("import", "--keep-unproved", tmp_path / "track") == 0
    assert not (profile.problems / "add-up" / "solutions").exists()


def test_a_package_is_proved_with_all_its_solutions(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "submissions/accepted/broken.py": "1 / 0\n",
        "submissions/wrong_answer/same.py": "print(input())\n",
        "submissions/wrong_answer/right.py": PRINT_DOUBLE,
        "submissions/time_limit_exceeded/slow.py": "while True: pass\n",
    }
    head = "name: Twice\nlimits: {time_limit: 0.2}\n"
    write_package(tmp_path / "from" / "twice", head=head, files=files)
    write_package(tmp_path / "from" / "own", head="name: Own\nvalidation: custom\n")
    assert problems("import", tmp_path / "from") == 3
    said = capsys.readouterr().out
    assert "twice/solutions/accepted_broken.py: is said to be accepted, but the case 'sample/1' is error" in said
    assert "twice/solutions/wrong_right.py: is said to be wrong, but no case shows it" in said
    assert "left own: answers are judged by the package's own output validator" in said
    kept = sorted(path.name for path in (profile.problems / "twice" / "solutions").iterdir())
    assert kept == ["accepted_twice.py", "slow.py", "wrong_same.py"]
    assert problems("check", profile.problems / "twice") == 0


def test_without_a_reference_nothing_is_proved_and_that_is_said(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [canonical_case("a", {"n": 1}, 2), canonical_case("b", {"n": 2}, 3)]
    assert problems("import", write_canonical(tmp_path / "add-up", cases) / "canonical-data.json") == 0
    assert "nothing proves its cases" in capsys.readouterr().out
    assert problems("check", profile.problems / "add-up") == 0
    assert "add-up/solutions: there is no accepted one, so nothing proves the cases" in capsys.readouterr().out
    assert problems("check", "--strict", profile.problems / "add-up") == 1


def test_what_was_changed_stays_and_the_code_says_so(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(tmp_path / "from", name="one", title="One")
    write_folder(tmp_path / "from", name="two", title="Two", files={"statement.md": "Quite another."})
    assert problems("import", tmp_path / "from") == 0
    (name,) = re.findall(r"undo (\S+)$", capsys.readouterr().out, re.MULTILINE)
    (profile.problems / "one" / "hints.md").write_text("Mine.")
    assert problems("undo", name) == 3
    said = capsys.readouterr()
    assert said.err == "sparring: one was changed since it came in, and stays.\n"
    assert [path.name for path in profile.problems.iterdir()] == ["one"]
    assert problems("undo", name) == 1


def test_ids_of_what_sparring_brings_stay_theirs(tmp_path: Path, profile: Profile) -> None:
    folder = write_folder(tmp_path / "from", name="cheapest-seat-swap", title="Seats")
    assert problems("import", folder) == 1
    assert not (profile.problems / folder.name).exists()


def test_without_a_sandbox_nothing_is_run(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving.sandbox, "best", LimitsOnly)
    write_exercise(tmp_path / "track", TESTS, example=ADD.replace("return", "return 1 +"))
    assert problems("import", tmp_path / "track") == 0
    assert "was not tried: there is no sandbox here" in capsys.readouterr().out


def test_nothing_commands_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_package(tmp_path / "from" / "x\x1b[2Jx", head="name: x\nvalidation: custom\n")
    write_package(tmp_path / "from" / "twice", head='name: "Tw\\x1b[31mice"\n')
    assert problems("import", tmp_path / "from") == 3
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize("path", ["missing", "words.txt", "broken.zip"])
def test_what_cannot_be_imported_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    (tmp_path / "words.txt").write_text("words")
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert problems("import", tmp_path / path) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("sparring: ")
    assert said.err.count("\n") == 1


def test_who_interrupts_has_nothing(
    tmp_path: Path, profile: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(problem: object, **options: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "prove_strangers", interrupted)
    assert problems("import", write_folder(tmp_path / "from")) == 130
    assert capsys.readouterr().err == "sparring: Cancelled. Nothing came in.\n"
    assert list(profile.problems.iterdir()) == []
    assert not profile.imports.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
def test_a_disk_that_is_full_leaves_nothing_half_done(tmp_path: Path, profile: Profile) -> None:
    write_folder(profile.problems, name="mine", title="Mine")
    before = content(profile.folder)
    tests = [{"name": str(n), "hidden": n > 0, "arguments": [n], "expected": n + 1} for n in range(99)]
    write_folder(tmp_path / "from", name="one", title="One")
    write_folder(tmp_path / "from", name="two", title="Two", tests=tests, files={"statement.md": "Quite another."})
    # No file may grow beyond 5,000 bytes; what the system says then, it says like that of a full disk.
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000));"
        "from sparring.__main__ import main; sys.exit(main(['problems', 'import', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "from")],
        capture_output=True, text=True, check=False, env={**os.environ, HOME_VARIABLE: str(profile.folder)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert content(profile.folder) == before
    assert [path.name for path in profile.problems.iterdir()] == ["mine"]
