"""Folders of strangers: links, pipes, huge and broken files, code in the wrong place. Each is refused in words."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sparring.problems import ProblemError, load_problem
from tests.support.problems import write_folder


def _one(**changes: Any) -> list[dict[str, Any]]:
    return [{"name": "a", "hidden": False, "arguments": [1], "expected": 2} | changes]


def test_a_small_folder_is_whole(tmp_path: Path) -> None:
    problem = load_problem(write_folder(tmp_path))
    assert problem.starter == "def solve(n):\n    ...\n"
    assert "@param {number} n" in problem.starters["javascript"]
    assert "function solve(n) {" in problem.starters["javascript"]
    assert problem.complexity_matters


def test_starters_say_what_a_node_is(tmp_path: Path) -> None:
    signature = 'name = "solve"\nparameters = [["n", "list[linked_list[int]]"]]\nreturns = "tree[int]"'
    tests = [{"name": "a", "hidden": False, "arguments": [[[1, 2], []]], "expected": [1, None, 2]}]
    problem = load_problem(write_folder(tmp_path, signature=signature, tests=tests))
    for starter in problem.starters.values():
        assert "ListNode(val" in starter
        assert "TreeNode(val" in starter
    compile(problem.starter, "starter.py", "exec")
    assert "{(ListNode | null)[]} n" in problem.starters["javascript"]


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ({}, "must be a list"),
        ([], "1 to 500"),
        ([3], "case 1 must be a map"),
        (_one() * 501, "1 to 500"),
        (_one() * 2, "name 'a' of an earlier case"),
        (_one(hidden=True), "no case is an example"),
        (_one(hidden="no"), "true or false"),
        (_one(name=""), "is empty"),
        (_one(name=3), "must be a text"),
        (_one(name="x" * 1000), "at most 80"),
        (_one(arguments=[1, 2]), "takes 1"),
        (_one(arguments={"n": 1}), "must be a list"),
        (_one(arguments=["1"]), "n: int is expected, a string was found"),
        (_one(arguments=[True]), "a bool was found"),
        (_one(expected=2.0), "result: int is expected, a float was found"),
        (_one(expcted=2), "is not a known field; is 'expected' meant?"),
        (_one(arguments=[{"$repeat": ["x", 10**12]}]), "too much"),
        ("[" * 100_000, "nested too deep"),
        ('[{"name": "a", "name": "b"}]', "stands twice"),
        ('[{"name": NaN}]', "NaN is not JSON"),
        ("[" + "9" * 10_000 + "]", "tests.json"),
        ('[\n{"name": }]', "line 2"),
        ("[" + " " * 1_100_000 + "]", "is larger than"),
    ],
)
def test_bad_cases_are_named(tmp_path: Path, tests: Any, words: str) -> None:
    with pytest.raises(ProblemError, match=r"tests\.json") as caught:
        load_problem(write_folder(tmp_path, tests=tests))
    assert words in str(caught.value)
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("starter.py", "def other(n): ...", "does not define solve()"),
        ("starter.py", "def solve(m): ...", "must begin with the parameters n"),
        ("starter.js", "const other = 1;", "does not define solve()"),
        ("starter.cpp", "int main() {}", "written in python or javascript"),
        ("solutions/accepted.py", "def solve(n)\n    return 1", "line 1"),
        ("solutions/accepted.py", "x = " + "(" * 5_000, "solutions/accepted.py"),
        ("solutions/accepted.py", "def solve(n): return '\0'", "solutions/accepted.py"),
        ("solutions/good.py", "def solve(n): ...", "must be like accepted.py"),
        ("solutions/accepted.rb", "", "must be like accepted.py"),
        ("solutions/wrong_far.js", "", "is empty"),
        ("checker.py", "def check(a, b): ...", "must begin with the parameters arguments, expected, got"),
        ("checker.py", "", "does not define check()"),
        ("hints.md", "One.\n---\n---\nThree.", "empty step"),
        ("rubric.toml", "criterion = 3", "must be a list"),
        ("rubric.toml", '[[criterion]]\nname = "x"', "'criterion 1: strong' is missing"),
        ("statement.md", "   \n", "is empty"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, file: str, text: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        load_problem(write_folder(tmp_path, files={file: text}))
    assert file.partition("/")[0] in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ('complexity_matters = "no"', "must be true or false"),
        ("complexty_matters = false", "is 'complexity_matters' meant?"),
        ("time_limit_s = nan", "must be a number"),
        ("memory_limit_mb = 1e9", "must be a whole number"),
        ("memory_limit_mb = 999999", "between 16 and 4,096"),
        ('mode = "stdin"', "no meaning for a problem that reads standard input"),
    ],
)
def test_a_bad_field_is_named(tmp_path: Path, head: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        load_problem(write_folder(tmp_path, head=head))
    assert words in str(caught.value)


def test_a_checker_compares_alone(tmp_path: Path) -> None:
    checker = {"checker.py": "def check(arguments, expected, got):\n    return True\n"}
    folder = write_folder(tmp_path, files=checker)
    assert load_problem(folder).checker == checker["checker.py"]
    path = folder / "problem.toml"
    path.write_text(f"{path.read_text()}\n[comparison]\nunordered = true\n")
    with pytest.raises(ProblemError, match="beside a checker"):
        load_problem(folder)


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nothing-there")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("make", [_link, _circle, _dangling, _pipe, _folder, _bytes])
@pytest.mark.parametrize("file", ["problem.toml", "tests.json", "solutions/accepted.py", "checker.py", "starter.js"])
def test_what_is_no_plain_file_is_refused(tmp_path: Path, file: str, make: Callable[[Path], None]) -> None:
    folder = write_folder(tmp_path)
    (folder / file).unlink(missing_ok=True)
    make(folder / file)
    with pytest.raises(ProblemError) as caught:
        load_problem(folder)
    assert file in str(caught.value)


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    real = write_folder(tmp_path / "elsewhere")
    (tmp_path / "next-number").symlink_to(real)
    with pytest.raises(ProblemError, match="links are not followed"):
        load_problem(tmp_path / "next-number")
    solutions = real / "solutions"
    solutions.rename(tmp_path / "solutions")
    solutions.symlink_to(tmp_path / "solutions")
    with pytest.raises(ProblemError, match="solutions: is a link"):
        load_problem(real)


def test_a_number_with_thousands_of_digits_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, files={"rubric.toml": f"[[criterion]]\nname = {'9' * 5_000}\n"})
    with pytest.raises(ProblemError, match=r"rubric\.toml: .*digits"):
        load_problem(folder)
