"""`sparring problems check` proves what is right, and says of the rest what is wrong and where."""

from pathlib import Path

import pytest

from sparring.__main__ import main
from sparring.assets import problem_shelves
from sparring.profile import HOME_VARIABLE
from sparring.runner import LANGUAGES, toolchains
from sparring.runner.toolchains import toolchain
from tests.support.problems import write_folder, write_prompt

WHOLE = {
    "solutions/accepted.js": "const solve = (n) => n + 1;\n",
    "solutions/wrong_same.py": "def solve(n):\n    return n\n",
    "generator.py": "def generate(random, size):\n    return [random.randint(0, size)]\n",
}
needs_node = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no Node.js here")


def check(*arguments: str | Path) -> int:
    return main(["problems", "check", *map(str, arguments)])


@needs_node
def test_a_whole_folder_is_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path, head="complexity_matters = false", files=WHOLE)
    assert check("--strict", "--jobs", "1", folder) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("ok   next-number (12 cases)\n", "")


def test_the_demands_can_be_switched_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path)
    assert check(folder) == 0
    assert check("--strict", folder) == 1
    assert "next-number/solutions/accepted.js: is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        ("accepted_two.py", "def solve(n):\n    return 1\n", "said to be accepted, but the case 'from 1' is wrong: 1"),
        ("wrong_not.py", "def solve(n):\n    return n + 1\n", "said to be wrong, but no case shows it"),
        ("wrong_crash.py", "def solve(n):\n    return 1 / 0\n", "said to be wrong, but no case shows it"),
        ("slow_not.py", "def solve(n):\n    return n + 1\n", "said to be slow, but every case ends"),
        (
            "slow_wrong.py",
            "def solve(n):\n    while n: pass\n    return 7\n",
            "said to be slow, but the case 'from 0' is",
        ),
        pytest.param(
            "accepted.js", "const solve = (n) => n;\n", "accepted.js: is said to be accepted", marks=needs_node
        ),
    ],
)
def test_a_false_solution_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, code: str, words: str
) -> None:
    folder = write_folder(tmp_path, head="time_limit_s = 0.2", files={f"solutions/{file}": code})
    cases = folder / "tests.json"
    cases.write_text(cases.read_text().split(', {"name": "from 2"')[0] + "]")
    assert check(folder) == 1
    said = capsys.readouterr()
    assert f"next-number/solutions/{file}: is" in said.err
    assert words in said.err
    assert said.out.startswith("BAD  next-number")


def test_a_prompt_is_checked_without_running_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = write_prompt(tmp_path)
    meagre = write_prompt(
        tmp_path, name="b-bell", title="Another", files={"hints.md": "Why?", "statement.md": "Which?"}
    )
    known = (problem_shelves()["prompts"] / "trees-or-a-network" / "statement.md").read_text()
    twin = write_prompt(tmp_path, name="c-bell", title="A third", files={"statement.md": known})
    assert check("--strict", whole, meagre, twin) == 1
    said = capsys.readouterr()
    assert "ok   a-bell (oral)\nBAD  b-bell (oral)\n" in said.out
    assert "b-bell/hints.md: has 1 steps, and 3 are wanted" in said.err
    assert "trees-or-a-network and c-bell are one problem: their statements are nearly the same" in said.err
    assert "a-bell/" not in said.err


def test_a_faulty_generator_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = "def generate(random, size):\n    return [str(size)]\n"
    assert check(write_folder(tmp_path, files={"generator.py": drawn})) == 1
    said = capsys.readouterr()
    assert said.err.startswith("next-number/generator.py: ")
    assert "n: int is expected, a string was found" in said.err
    assert said.out.startswith("BAD  next-number")


def test_twins_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write_folder(tmp_path)
    second = write_folder(tmp_path, name="number-that-follows", title="The number that follows")
    third = write_folder(tmp_path, name="cheapest", title="Cheapest Seat Swap", files={"statement.md": "Swap seats."})
    assert check(first, second, third) == 1
    said = capsys.readouterr().err
    assert "next-number and number-that-follows are one problem: their statements are nearly the same" in said
    assert "cheapest-seat-swap and cheapest are one problem: they have the same title" in said


def test_a_broken_folder_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken").mkdir()
    assert check(tmp_path / "broken", write_folder(tmp_path)) == 1
    said = capsys.readouterr()
    assert "broken/problem.toml: the file is missing" in said.err
    assert "ok   next-number" in said.out


def test_a_language_that_is_missing_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    toolchains.toolchain.cache_clear()
    try:
        assert check(write_folder(tmp_path, files=WHOLE)) == 0
    finally:
        monkeypatch.undo()
        toolchains.toolchain.cache_clear()
    assert "next-number/solutions/accepted.js: was not tried: there is no JavaScript here" in capsys.readouterr().out


def test_the_number_of_jobs_is_sane() -> None:
    with pytest.raises(SystemExit):
        check("--jobs", "0")


def test_ones_own_problems_are_listed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["problems", "list"]) == 0
    assert "(mine)" not in capsys.readouterr().out
    (tmp_path / "problems").mkdir()
    write_folder(tmp_path / "problems")
    assert main(["problems", "list"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows if row.endswith("(mine)")] == ["next-number"]


def test_a_profile_that_cannot_be_used_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "file"))
    assert main(["problems", "list"]) == 1
    assert "file" in capsys.readouterr().err
