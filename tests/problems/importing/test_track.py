"""Exercises of a Python track: cases are read out of the syntax of the tests, and nothing of it is run."""

import ast
import json
from pathlib import Path

import pytest

from sparring.problems import Difficulty, ProblemError, SolutionKind
from sparring.problems.importing import ProblemDraft
from sparring.problems.importing.literals import NotLiteral, value_of
from sparring.problems.importing.report import LeftOut
from sparring.problems.importing.track import read_exercise
from sparring.problems.importing.unittests import FoundCall, Missed, read_tests
from tests.support.importing import write_exercise

TESTS = """
def test_nothing(self):
    self.assertEqual(add_up([]), 0)

def test_several_lines(self):
    numbers = [1, 2, 3]
    expected = 6
    self.assertEqual(add_up(numbers), expected)

def test_the_other_way_round(self):
    self.assertEqual(13, add_up([1, 2 * 6]))

def test_a_start(self):
    result = add_up([1], start=SEVEN)
    self.assertEqual(result, 8)

def test_negative(self):
    with self.assertRaises(ValueError):
        add_up([-1])
"""


def read(tmp_path: Path, tests: str = TESTS, **options: object) -> list[ProblemDraft | LeftOut]:
    folder = write_exercise(tmp_path / "track", tests, **options)  # type: ignore[arg-type]
    return list(read_exercise(folder, tmp_path / "track"))


def test_an_exercise_becomes_a_problem(tmp_path: Path) -> None:
    (draft,) = read(tmp_path)
    assert isinstance(draft, ProblemDraft)
    assert (draft.title, draft.difficulty) == ("Add Up", Difficulty.EASY)
    assert draft.topics == ("exercism", "list methods")
    assert draft.source == "https://exercism.org/tracks/python/exercises/add-up"
    assert [(case.name, case.arguments, case.expected) for case in draft.cases] == [
        ("nothing", ([], 0), 0),
        ("several lines", ([1, 2, 3], 0), 6),
        ("the other way round", ([1, 12], 0), 13),
        ("a start", ([1], 7), 8),
    ]
    (solution,) = draft.solutions
    assert (solution.kind, solution.language) == (SolutionKind.ACCEPTED, "python")
    assert draft.notes == ("1 case was left out: it expects an error, and a function here gives a result ('negative')",)


def test_hints_and_approaches_come_along(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path / "track", TESTS, difficulty=9)
    (folder / ".docs" / "hints.md").write_text("Look at `sum`.")
    (folder / ".approaches").mkdir()
    (folder / ".approaches" / "introduction.md").write_text("There is one way.")
    (draft,) = read_exercise(folder, tmp_path)
    assert isinstance(draft, ProblemDraft)
    assert (draft.hints, draft.editorial, draft.difficulty) == (("Look at `sum`.",), "There is one way.", "hard")


def test_nothing_above_what_was_given_is_read(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path / "track", TESTS, difficulty=9)
    (draft,) = read_exercise(folder, folder)
    assert isinstance(draft, ProblemDraft)
    assert (draft.title, draft.difficulty) == ("Add Up", Difficulty.MEDIUM)


def test_nothing_of_it_is_run(tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'sprung')!r}, 'w')\n"
    folder = write_exercise(tmp_path / "track", TESTS, example=trap + "def add_up(numbers, start=0): ...\n")
    test = folder / "add_up_test.py"
    test.write_text(trap + test.read_text())
    assert list(read_exercise(folder, tmp_path))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("line", "expected", "extra"),
    [
        ("self.assertIs(add_up([1]), True)", True, {}),
        ("self.assertTrue(add_up([1]))", True, {}),
        ("self.assertFalse(add_up([1]))", False, {}),
        ("self.assertIsNone(add_up([1]))", None, {}),
        ("self.assertEqual(add_up([1]), 1, msg=f'no {1}')", 1, {}),
        ("self.assertEqual(first=add_up([1]), second=1)", 1, {}),
        ("self.assertCountEqual(add_up([1]), [2, 1])", [2, 1], {"is_unordered": True}),
        ("self.assertAlmostEqual(add_up([1]), 0.5, places=2)", 0.5, {"tolerance": 0.005}),
        ("self.assertAlmostEqual(add_up([1]), 0.5, delta=0.1)", 0.5, {"tolerance": 0.1}),
        ("self.assertEqual(add_up([1]), '\\n'.join(['a', 'b']))", "a\nb", {}),
        ("self.assertEqual(add_up([1]), 'ab' * 2 + 'c')", "ababc", {}),
        ("self.assertEqual(add_up([1]), (1, -2.5))", (1, -2.5), {}),
        ("self.assertEqual(add_up([1]), {'a': [1, None]})", {"a": [1, None]}, {}),
        ("self.assertEqual(add_up([1]), {1: 'a'})", {1: "a"}, {}),
        ("self.assertEqual(add_up([1]), [1, 2, 3][:2])", [1, 2], {}),
        ("self.assertEqual(add_up([1]), 2 ** 64 - 1)", 2**64 - 1, {}),
    ],
)
def test_checks_that_are_understood(line: str, expected: object, extra: dict[str, object]) -> None:
    (found,) = read_line(line)
    assert found == FoundCall("it", "add_up", ([1],), (), expected, **{"tolerance": None, **extra})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("self.assertEqual(Adder([1]).total(), 1)", "no plain call"),
        ("self.assertEqual(sorted(add_up([1])), [1])", "no plain call"),
        ("self.assertEqual(add_up(*[1]), 1)", "not written out"),
        ("self.assertEqual(add_up(**{'numbers': []}), 1)", "not written out"),
        ("self.assertEqual(add_up(list(range(3))), 1)", "not written out"),
        ("self.assertEqual(add_up(lambda x: x), 1)", "not written out"),
        ("self.assertEqual(add_up({1, 2}), 1)", "not written out"),
        ("self.assertEqual(add_up([10 ** 10 ** 10]), 1)", "not written out"),
        ("self.assertEqual(add_up('x' * 10 ** 9), 1)", "not written out"),
        ("self.assertEqual(add_up([unknown]), 1)", "not written out"),
        ("self.assertIn(add_up([1]), [1])", "none that is understood"),
        ("self.assert_own(add_up([1]))", "none that is understood"),
        ("for n in range(3): self.assertEqual(add_up([n]), n)", "loop or block"),
        ("import os", "none that are understood"),
        ("os.remove('x')", "none that are understood"),
    ],
)
def test_what_would_have_to_be_run_is_left_out(line: str, words: str) -> None:
    (found,) = read_line(line)
    assert isinstance(found, Missed)
    assert words in found.why


def read_line(line: str) -> list[FoundCall | Missed]:
    head = "import os\nimport unittest\nfrom add_up import add_up, Adder\n\nclass T(unittest.TestCase):\n"
    return read_tests(ast.parse(f"{head}    def test_it(self):\n        {line}\n"))


@pytest.mark.parametrize(
    "text", ["1 if x else 2", "f'{1}'", "x()", "b'a'", "...", "1j", "{**{}}", "[*[1]]", "-'a'", "[1][5]"]
)
def test_what_is_no_literal(text: str) -> None:
    with pytest.raises(NotLiteral):
        value_of(ast.parse(text, mode="eval").body, {})


@pytest.mark.parametrize(
    ("tests", "example", "words"),
    [
        ("x = 1", None, "no test that is understood"),
        (TESTS, "class add_up: ...", None),
        (TESTS, "def add_up(*numbers): ...", None),
        (TESTS.replace("add_up(", "adder.add_up("), None, "no plain call"),
    ],
)
def test_what_is_no_function_is_said(tmp_path: Path, tests: str, example: str | None, words: str | None) -> None:
    options = {} if example is None else {"example": example}
    if words is None:
        # The stub says what to write; there is just no reference.
        (draft,) = read(tmp_path, tests, **options)
        assert isinstance(draft, ProblemDraft)
        assert draft.solutions == ()
        return
    with pytest.raises(ProblemError, match=words):
        read(tmp_path, tests, **options)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        (".meta/config.json", "{", "config.json: line 1"),
        (".meta/config.json", "[]", "must be a map with 'files'"),
        (".meta/config.json", '{"files": {"test": 3}}', "'files.test' must be a list"),
        (".meta/config.json", '{"files": {"test": ["../../secret.py"]}}', "inside the exercise"),
        (".meta/config.json", '{"files": {"test": ["/etc/passwd"]}}', "inside the exercise"),
        (".meta/config.json", '{"files": {"test": ["leap.spec.js"]}}', "only the Python track"),
        (".meta/example.py", "def add_up(:", "example.py: line 1"),
        ("add_up_test.py", "x = (\n1 +", "add_up_test.py: line"),
        ("add_up_test.py", "x = " + "(" * 5_000, "add_up_test.py"),
        ("add_up_test.py", "x = '\0'", "add_up_test.py"),
        ("add_up_test.py", "\ufeffimport os" * 3, "add_up_test.py"),
        (".docs/instructions.md", "", "nothing says what to solve"),
    ],
)
def test_malformed_files_are_named(tmp_path: Path, file: str, text: str, words: str) -> None:
    folder = write_exercise(tmp_path / "track", TESTS)
    (folder / file).write_text(text)
    with pytest.raises(ProblemError) as caught:
        list(read_exercise(folder, tmp_path))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"exercises": 3}', '{"exercises": {"practice": [3]}}', '{"exercises": []}']
)
def test_a_broken_track_does_not_stop_an_exercise(tmp_path: Path, text: str) -> None:
    folder = write_exercise(tmp_path / "track", TESTS)
    (tmp_path / "track" / "config.json").write_text(text)
    (draft,) = read_exercise(folder, tmp_path)
    assert isinstance(draft, ProblemDraft)
    assert draft.title == "Add Up"


@pytest.mark.parametrize("name", [".docs", ".meta"])
def test_no_folder_of_it_is_a_link(tmp_path: Path, name: str) -> None:
    folder = write_exercise(tmp_path / "track", TESTS)
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProblemError, match="is a link"):
        list(read_exercise(folder, tmp_path))


def test_a_deprecated_exercise_is_left_out(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path / "track", TESTS)
    entry = {"slug": "add-up", "status": "deprecated"}
    (tmp_path / "track" / "config.json").write_text(json.dumps({"exercises": {"practice": [entry]}}))
    with pytest.raises(ProblemError, match="deprecated"):
        list(read_exercise(folder, tmp_path))
